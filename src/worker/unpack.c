#include "worker/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/bytes.h"

struct unpack {
    struct archive *archive;
    const struct input *input;
    struct emit *emit;
    uint64_t expanded;
    uint64_t files;
    uint64_t refused; /* entries that became failed children */
    bool single;      /* a compressed file that holds one file, not an archive */
    bool bomb;
};

static void cleanup_archive(struct archive **archive)
{
    archive_read_free(*archive);
}

static bool has_word(const char *text, const char *word)
{
    return text && strcasestr(text, word) != NULL;
}

static const char *error_text(struct archive *archive)
{
    const char *text = archive_error_string(archive);

    return text ? text : "it cannot be read";
}

/* Which kind of damage libarchive speaks of; its codes do not tell them apart. */
static enum reason error_reason(struct archive *archive)
{
    const char *text = error_text(archive);

    if (has_word(text, "encrypt") || has_word(text, "passphrase"))
        return REASON_PASSWORD;
    if (has_word(text, "truncated") || has_word(text, "end of file") ||
        has_word(text, "decompression failed (-5)")) /* zlib: no more input */
        return REASON_TRUNCATED;
    return has_word(text, "too many filters") ? REASON_LIMIT_DEPTH : REASON_CORRUPT;
}

/* "leak.7z.001", "leak.zip.002", "leak.z01": a volume of a set. */
static bool name_is_volume(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!dot || strlen(dot) != 4)
        return false;
    bool digits = strspn(dot + 2, "0123456789") == 2;
    return digits && (strchr("0123456789", dot[1]) != NULL || dot[1] == 'z' || dot[1] == 'Z');
}

/* The last record of a ZIP (APPNOTE 4.3.16) numbers the volumes: more than one, and others are
 * missing. */
static bool zip_is_volume(const struct input *input)
{
    size_t tail = input->len < 65557 ? input->len : 65557;
    const unsigned char *end = input->data + input->len;

    if (input->len >= 4 && le32_get(input->data) == 0x08074b50)
        return true;
    for (const unsigned char *p = end - tail; p + 22 <= end; p++) {
        if (le32_get(p) != 0x06054b50)
            continue;
        uint16_t disk = le16_get(p + 4);
        return disk != 0 && disk != 0xffff;
    }
    return false;
}

/* A 7z header (7zFormat.txt) tells where its second half ends; beyond the file, bytes are missing.
 */
static bool sevenzip_is_cut(const struct input *input)
{
    if (input->len < 32 || memcmp(input->data, "7z\xBC\xAF\x27\x1C", 6) != 0)
        return false;
    uint64_t offset = le64_get(input->data + 12);
    uint64_t size = le64_get(input->data + 20);
    return offset > input->len || size > input->len || 32 + offset + size > input->len;
}

static struct verdict damaged(const struct unpack *unpack)
{
    enum reason reason = error_reason(unpack->archive);

    if (reason != REASON_PASSWORD &&
        (zip_is_volume(unpack->input) || name_is_volume(unpack->input->name)))
        return verdict_failed(REASON_MISSING_PART, "a volume of a set; join its parts: %s",
                              error_text(unpack->archive));
    if (reason == REASON_CORRUPT && sevenzip_is_cut(unpack->input))
        reason = REASON_TRUNCATED;
    return verdict_failed(reason, "%s; %llu files were read", error_text(unpack->archive),
                          (unsigned long long)unpack->files);
}

static bool too_large(struct unpack *unpack)
{
    unpack->bomb = unpack->expanded > BOMB_FLOOR &&
                   unpack->expanded / BOMB_RATIO > (uint64_t)unpack->input->len;
    return unpack->bomb;
}

/* Gives the bytes of the entry that was begun as a child. Returns what ended it. */
static enum reason send_data(struct unpack *unpack, const char **ret_detail)
{
    for (;;) {
        const void *block;
        size_t len;
        la_int64_t offset;
        int status = archive_read_data_block(unpack->archive, &block, &len, &offset);

        if (status == ARCHIVE_EOF)
            return REASON_NONE;
        if (status < ARCHIVE_WARN) {
            *ret_detail = error_text(unpack->archive);
            return error_reason(unpack->archive);
        }
        unpack->expanded += len;
        if (too_large(unpack)) {
            *ret_detail = "it expands like a bomb";
            return REASON_LIMIT_SIZE;
        }
        emit_child_data(unpack->emit, block, len);
        if (unpack->emit->stop) {
            *ret_detail = "the limit on expanded bytes was reached";
            return REASON_LIMIT_SIZE;
        }
    }
}

/* An entry without bytes of its own: how it is recorded. */
static enum reason special_entry(struct archive_entry *entry, char *detail, size_t size)
{
    const char *target = NULL;

    if (archive_entry_filetype(entry) == AE_IFLNK) {
        target = archive_entry_symlink(entry);
        snprintf(detail, size, "a symbolic link to %s", target ? target : "?");
        return REASON_SYMLINK;
    }
    target = archive_entry_hardlink(entry);
    if (target) {
        snprintf(detail, size, "a hard link to %s", target);
        return REASON_SYMLINK;
    }
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0) {
        snprintf(detail, size, "a device, pipe or socket");
        return REASON_SPECIAL;
    }
    return REASON_NONE;
}

/* The name of the file inside FILE.gz: without the suffix. */
static void single_name(const struct input *input, struct buf *name)
{
    static const struct {
        const char *suffix, *instead;
    } suffixes[] = {{".tgz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}, {".gz", ""},
                    {".bz2", ""},     {".xz", ""},       {".zst", ""},     {".lzma", ""},
                    {".lz4", ""},     {".z", ""},        {".svgz", ".svg"}};
    const char *base = strrchr(input->name, '/');

    base = base ? base + 1 : input->name;
    size_t len = strlen(base);
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        size_t cut = strlen(suffixes[i].suffix);
        if (len > cut && strcasecmp(base + len - cut, suffixes[i].suffix) == 0) {
            buf_append(name, base, len - cut);
            buf_append_str(name, suffixes[i].instead);
            return;
        }
    }
    buf_append_str(name, *base ? base : "data");
}

static void entry_name(const struct unpack *unpack, struct archive_entry *entry, struct buf *name)
{
    const char *path = archive_entry_pathname(entry);

    if (unpack->single) {
        single_name(unpack->input, name);
        return;
    }
    if (!path)
        path = archive_entry_pathname_utf8(entry);
    if (path)
        buf_append(name, path, strnlen(path, NAME_MAX_BYTES));
    if (name->len == 0)
        buf_printf(name, "file-%llu", (unsigned long long)unpack->files);
}

/* Returns false when reading the archive cannot go on. */
static bool send_entry(struct unpack *unpack, struct archive_entry *entry)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    char note[DETAIL_MAX] = "";
    const char *detail = note;

    unpack->files++;
    buf_init(&name, 2 * NAME_MAX_BYTES);
    entry_name(unpack, entry, &name);
    emit_child(unpack->emit, name.data, name.len, "",
               archive_entry_mtime_is_set(entry) ? (int64_t)archive_entry_mtime(entry) : INT64_MIN);
    enum reason reason = special_entry(entry, note, sizeof(note));
    if (reason == REASON_NONE && archive_entry_is_data_encrypted(entry)) {
        reason = REASON_PASSWORD;
        detail = "the archive's entry is encrypted";
    } else if (reason == REASON_NONE) {
        reason = send_data(unpack, &detail);
        emit_child_end(unpack->emit, reason, reason ? detail : "");
        unpack->refused += reason != REASON_NONE;
        return reason == REASON_NONE || reason == REASON_PASSWORD;
    }
    emit_child_end(unpack->emit, reason, detail);
    unpack->refused++;
    return true;
}

static struct verdict verdict_of(const struct unpack *unpack)
{
    unsigned long long files = unpack->files;

    if (unpack->refused)
        return verdict_empty(REASON_CONTAINER, "%llu %s, %llu not readable", files,
                             files == 1 ? "file" : "files", (unsigned long long)unpack->refused);
    return verdict_empty(REASON_CONTAINER, "%llu %s", files, files == 1 ? "file" : "files");
}

static struct verdict unpack_all(struct unpack *unpack)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive_read_next_header(unpack->archive, &entry);

        if (status == ARCHIVE_EOF)
            break;
        if (status == ARCHIVE_RETRY)
            continue;
        if (status < ARCHIVE_WARN)
            return damaged(unpack);
        if (archive_format(unpack->archive) == ARCHIVE_FORMAT_EMPTY)
            break;
        unpack->single = archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW;
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (unpack->emit->children >= CHILDREN_MAX)
            return verdict_failed(REASON_LIMIT_COUNT, "more than %d files", CHILDREN_MAX);
        bool going = send_entry(unpack, entry);
        if (unpack->bomb)
            return verdict_failed(REASON_LIMIT_SIZE,
                                  "it expands to more than %d times its size; %llu files were read",
                                  BOMB_RATIO, (unsigned long long)unpack->files);
        if (unpack->emit->stop)
            return verdict_failed(unpack->emit->stop_reason,
                                  "the limit on expanded bytes was reached in file %llu",
                                  (unsigned long long)unpack->files);
        if (!going)
            return damaged(unpack);
    }
    if (unpack->files == 0 && zip_is_volume(unpack->input))
        return verdict_failed(REASON_MISSING_PART, "the last volume of a set, without the others");
    return verdict_of(unpack);
}

static struct verdict unpack_open(struct unpack *unpack)
{
    if (archive_read_open_memory(unpack->archive, unpack->input->data, unpack->input->len) !=
        ARCHIVE_OK)
        return damaged(unpack);
    return unpack_all(unpack);
}

void unpack_start(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
}

/* A ZIP whose directory is missing or wrong still has a header before each entry. */
static struct verdict read_by_headers(const struct input *input, struct emit *emit,
                                      struct verdict first)
{
    CLEANUP(cleanup_archive) struct archive *archive = archive_read_new();
    struct unpack unpack = {.archive = archive, .input = input, .emit = emit};

    archive_read_support_format_zip_streamable(archive);
    struct verdict second = unpack_open(&unpack);
    return unpack.files ? second : first;
}

struct verdict unpack_archive_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_archive) struct archive *archive = archive_read_new();
    struct unpack unpack = {.archive = archive, .input = input, .emit = emit};

    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_tar(archive);
    struct verdict verdict = unpack_open(&unpack);
    if (unpack.files == 0 && verdict.reason == REASON_CORRUPT && input->len > 4 &&
        memcmp(input->data, "PK\3\4", 4) == 0)
        return read_by_headers(input, emit, verdict);
    return verdict;
}

struct verdict unpack_compressed_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_archive) struct archive *archive = archive_read_new();
    struct unpack unpack = {.archive = archive, .input = input, .emit = emit};

    /* Named one by one: libarchive's "all" includes filters that start other programs. */
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_filter_compress(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_empty(archive);
    archive_read_support_format_raw(archive);
    return unpack_open(&unpack);
}
