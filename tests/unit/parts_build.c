#include "parts_build.h"

#include <archive.h>
#include <archive_entry.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BUILT_MAX = 16 << 20 };

static void set_kind(struct archive *archive, enum build_kind kind)
{
    switch (kind) {
    case BUILD_ZIP:
        archive_write_set_format_zip(archive);
        break;
    case BUILD_ZIP_STORED:
        archive_write_set_format_zip(archive);
        assert_int_equal(archive_write_set_options(archive, "zip:compression=store"), 0);
        break;
    case BUILD_ZIP_LOCKED:
        archive_write_set_format_zip(archive);
        assert_int_equal(archive_write_set_options(archive, "zip:encryption=traditional"), 0);
        archive_write_set_passphrase(archive, "secret");
        break;
    case BUILD_TAR_GZ:
        archive_write_add_filter_gzip(archive);
        archive_write_set_format_pax_restricted(archive);
        break;
    case BUILD_TAR:
        archive_write_set_format_pax_restricted(archive);
        break;
    case BUILD_7Z:
        archive_write_set_format_7zip(archive);
        break;
    }
}

static void write_zeros(struct archive *archive, size_t count)
{
    static const char zeros[65536];

    for (size_t n; count; count -= n) {
        n = count < sizeof(zeros) ? count : sizeof(zeros);
        assert_int_equal(archive_write_data(archive, zeros, n), (la_ssize_t)n);
    }
}

static void write_entry(struct archive *archive, const struct build_entry *from)
{
    struct archive_entry *entry = archive_entry_new();
    size_t len = from->text ? strlen(from->text) : from->zeros;

    archive_entry_set_pathname(entry, from->name);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, 1000000000, 0);
    archive_entry_set_filetype(entry, from->link ? AE_IFLNK : AE_IFREG);
    if (from->link)
        archive_entry_set_symlink(entry, from->link);
    else
        archive_entry_set_size(entry, (la_int64_t)len);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    if (from->text)
        assert_int_equal(archive_write_data(archive, from->text, len), (la_ssize_t)len);
    else if (!from->link)
        write_zeros(archive, from->zeros);
    archive_entry_free(entry);
}

void build_archive(enum build_kind kind, const struct build_entry *entries, struct buf *out)
{
    struct archive *archive = archive_write_new();
    size_t used = 0;

    buf_init(out, BUILT_MAX);
    assert_non_null(buf_reserve(out, BUILT_MAX));
    set_kind(archive, kind);
    archive_write_set_bytes_in_last_block(archive, 1);
    assert_int_equal(archive_write_open_memory(archive, out->data, BUILT_MAX, &used), ARCHIVE_OK);
    for (; entries->name; entries++)
        write_entry(archive, entries);
    assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
    archive_write_free(archive);
    out->len = used;
}

void read_built(struct told *told, const char *name, enum build_kind kind,
                const struct build_entry *entries)
{
    struct buf bytes;

    build_archive(kind, entries, &bytes);
    told_read(told, name, bytes.data, bytes.len, PLENTY);
    buf_release(&bytes);
}
