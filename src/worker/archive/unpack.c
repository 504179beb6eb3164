#include "worker/archive/unpack.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/archive/program_facts.h"
#include "worker/archive/rar4.h"
#include "worker/archive/rar5.h"
#include "worker/archive/sevenzip.h"
#include "worker/archive/source.h"
#include "worker/archive/unpack_entry.h"
#include "worker/archive/unpack_program.h"
#include "worker/archive/volumes.h"

enum { RESUMES_MAX = 1000 };

/* ---- which formats ---- */

static struct archive *plain_archive(void)
{
    struct archive *archive = archive_read_new();

    archive_read_support_format_zip_seekable(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    archive_read_support_format_cab(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_ar(archive);
    archive_read_support_format_iso9660(archive);
    archive_read_support_format_lha(archive);
    archive_read_support_format_xar(archive);
    return archive;
}

/* A ZIP whose directory is missing or wrong still has a header before each entry. */
static struct archive *zip_by_headers(void)
{
    struct archive *archive = archive_read_new();

    archive_read_support_format_zip_streamable(archive);
    return archive;
}

/* Named one by one: libarchive's "all" includes filters that start other programs. */
static struct archive *compressed_file(void)
{
    struct archive *archive = archive_read_new();

    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_lzip(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_filter_compress(archive);
    archive_read_support_filter_uu(archive);
    archive_read_support_filter_rpm(archive);
    archive_read_support_format_empty(archive);
    archive_read_support_format_raw(archive);
    return archive;
}

static struct archive *compressed_archive(void)
{
    struct archive *archive = compressed_file();

    archive_read_support_format_tar(archive);
    archive_read_support_format_cpio(archive);
    return archive;
}

/* ---- what became of it ---- */

static struct verdict damaged(const struct unpack *unpack)
{
    enum reason reason = unpack_error_reason(unpack->archive);
    const char *missing = volumes_missing(unpack->input);

    if (reason == REASON_PASSWORD)
        return verdict_failed(REASON_PASSWORD, LOCKED_HINT);
    if (missing)
        return verdict_failed(REASON_MISSING_PART, "%s; %llu files were read", missing,
                              (unsigned long long)unpack->files);
    if (reason == REASON_CORRUPT && volumes_sevenzip_is_cut(unpack->input))
        reason = REASON_TRUNCATED;
    return verdict_failed(reason, "%s; %llu files were read", unpack_error(unpack->archive),
                          (unsigned long long)unpack->files);
}

static struct verdict swollen(const struct unpack *unpack)
{
    return verdict_failed(REASON_LIMIT_SIZE,
                          "it expands to more than %d times its size; %llu files were read",
                          BOMB_RATIO, (unsigned long long)unpack->files);
}

static struct verdict verdict_of(const struct unpack *unpack)
{
    unsigned long long files = unpack->files;
    const char *word = files == 1 ? "file" : "files";
    const char *missing = volumes_missing(unpack->input);

    if (missing)
        return verdict_failed(REASON_MISSING_PART, "%s; %llu %s were read", missing, files, word);
    if (unpack->swollen)
        return verdict_failed(REASON_LIMIT_SIZE, "%llu %s, of which %llu would expand like a bomb",
                              files, word, (unsigned long long)unpack->swollen);
    if (unpack->locked)
        return verdict_empty(REASON_CONTAINER, "%llu %s, %llu not readable, %llu of them locked",
                             files, word, (unsigned long long)unpack->refused,
                             (unsigned long long)unpack->locked);
    if (unpack->refused)
        return verdict_empty(REASON_CONTAINER, "%llu %s, %llu not readable", files, word,
                             (unsigned long long)unpack->refused);
    return verdict_empty(REASON_CONTAINER, "%llu %s", files, word);
}

/* ---- reading ---- */

/* The library gives up an archive over one bad entry. A ZIP and a 7Z can be read on behind it. */
static bool resume(struct unpack *unpack)
{
    bool listed = unpack_is_zip(unpack) || archive_format(unpack->archive) == ARCHIVE_FORMAT_7ZIP;

    return listed && unpack_reopen(unpack, unpack->headers);
}

/* Entries that share their bytes are read more often than they are there. */
static bool overlaps(const struct unpack *unpack)
{
    uint64_t len = source_len(unpack->source);

    return unpack_is_zip(unpack) && unpack->expanded > BOMB_FLOOR &&
           unpack_given(unpack) > 2 * len + BOMB_FLOOR;
}

static struct verdict unpack_all(struct unpack *unpack)
{
    uint64_t resumed_at = 0;
    int resumes = 0;

    for (;;) {
        struct archive_entry *entry;

        /* Where a name cannot be converted the library asks whether memory ended, and then ends the
         * process: not over memory that was refused to an earlier entry. */
        errno = 0;
        int status = archive_read_next_header(unpack->archive, &entry);
        if (status == ARCHIVE_EOF)
            break;
        if (status == ARCHIVE_RETRY)
            continue;
        if (status < ARCHIVE_WARN) { /* once behind each entry */
            if (unpack->headers == resumed_at || ++resumes > RESUMES_MAX || !resume(unpack))
                return damaged(unpack);
            resumed_at = unpack->headers;
            continue;
        }
        unpack->headers++;
        if (archive_format(unpack->archive) == ARCHIVE_FORMAT_EMPTY)
            break;
        unpack->single = archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW;
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (unpack->emit->children >= CHILDREN_MAX)
            return verdict_failed(REASON_LIMIT_COUNT, "more than %d files", CHILDREN_MAX);
        enum entry_end end = unpack_entry(unpack, entry);
        bool streamed = archive_filter_count(unpack->archive) > 1; /* the rest lies behind it */
        if (unpack->bomb || overlaps(unpack) || (unpack->swollen && streamed))
            return swollen(unpack);
        if (unpack->emit->stop)
            return verdict_failed(unpack->emit->stop_reason,
                                  "the limit on expanded bytes was reached in file %llu",
                                  (unsigned long long)unpack->files);
        if (end == ENTRY_DAMAGED && (++resumes > RESUMES_MAX || !resume(unpack)))
            return damaged(unpack);
    }
    return verdict_of(unpack);
}

/* What no password opened, or nothing here unpacks. */
struct sealed {
    const uint8_t *headers; /* by header, an enum seal; NULL: none */
    size_t count;
    bool all;
};

/* Reads what `open` makes of the source. */
static struct verdict unpack_with(struct archive *(*open)(void), const struct input *input,
                                  struct source *source, const struct sealed *sealed,
                                  struct emit *emit, uint64_t *ret_files)
{
    struct unpack unpack = {
        .archive = open(), .input = input, .source = source, .emit = emit, .again = open};
    struct verdict verdict;

    if (sealed) {
        unpack.sealed = sealed->headers;
        unpack.sealed_count = sealed->count;
        unpack.sealed_all = sealed->all;
    }
    if (source_open(source, unpack.archive) == ARCHIVE_OK)
        verdict = unpack_all(&unpack);
    else
        verdict = damaged(&unpack);
    *ret_files = unpack.files;
    archive_read_free(unpack.archive);
    source_free(unpack.resumed);
    return verdict;
}

void unpack_start(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
}

static struct verdict read_archive(const struct input *input, struct source *source,
                                   const struct sealed *sealed, struct emit *emit)
{
    uint64_t files = 0;
    unsigned char start[4] = {0};

    (void)source_copy(source, 0, start, sizeof(start));
    struct verdict verdict = unpack_with(plain_archive, input, source, sealed, emit, &files);
    bool headers = memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "PK\7\x08", 4) == 0 ||
                   memcmp(start, "PK00", 4) == 0;
    if (files || verdict.outcome != OUTCOME_FAILED || verdict.reason == REASON_PASSWORD || !headers)
        return verdict;
    struct verdict second = unpack_with(zip_by_headers, input, source, NULL, emit, &files);
    return files ? second : verdict;
}

/* RAR, written anew for the library. What that lost is told, unless the library's own words are. */
static struct verdict read_rar(const struct input *input, struct rar *rar, struct emit *emit)
{
    uint64_t files = 0;
    struct verdict verdict;
    const char *missing = volumes_missing(input);

    if (rar->comment)
        emit_meta(emit, "description", rar->comment);
    if (rar->source && rar->reason != REASON_PASSWORD)
        verdict =
            unpack_with(plain_archive, input, rar->source,
                        &(struct sealed){.headers = rar->seals, .count = rar->count}, emit, &files);
    else
        verdict = verdict_failed(rar->reason ? rar->reason : REASON_CORRUPT, "%s",
                                 rar->detail ? rar->detail : "it has no main header");
    if (!missing && rar->reason == REASON_MISSING_PART)
        missing = volumes_next(input);
    if (verdict.outcome == OUTCOME_EMPTY && rar->reason != REASON_NONE)
        verdict =
            verdict_failed(rar->reason, "%s; %llu files were read",
                           rar->reason == REASON_MISSING_PART && missing ? missing : rar->detail,
                           (unsigned long long)files);
    rar_release(rar);
    return verdict;
}

static struct verdict read_from(const struct input *input, size_t from, struct emit *emit)
{
    struct rar rar = {0};
    if (rar5_is(input->data + from, input->len - from)) {
        rar5_open(input, from, &rar);
        return read_rar(input, &rar, emit);
    }
    if (rar4_is(input->data + from, input->len - from))
        rar4_open(input, from, plain_archive, &rar);
    if (rar.source)
        return read_rar(input, &rar, emit);
    CLEANUP(cleanup_source) struct source *source = volumes_join(input, from);
    CLEANUP(cleanup_source) struct source *opened = NULL;
    enum sevenzip_state state = sevenzip_open(input, source, &opened);
    struct sealed sealed = {.all = state == SEVENZIP_CLOSED};
    if (state == SEVENZIP_LOCKED)
        return verdict_failed(REASON_PASSWORD, LOCKED_HINT);
    struct verdict verdict = read_archive(input, opened ? opened : source, &sealed, emit);
    /* the library cannot list every archive that it cannot open */
    if (sealed.all && verdict.outcome == OUTCOME_FAILED && !emit->children)
        return verdict_failed(REASON_PASSWORD, LOCKED_HINT);
    return verdict;
}

struct verdict unpack_archive_read(const struct input *input, struct emit *emit)
{
    return read_from(input, 0, emit);
}

struct verdict unpack_program_read(const struct input *input, struct emit *emit)
{
    size_t at = program_archive_at(input->data, input->len);

    program_facts(input, emit);
    if (at >= input->len && emit_words(emit) == 0)
        return verdict_empty(REASON_UNSUPPORTED, "a program, and no archive in it");
    if (at >= input->len) {
        struct verdict told =
            verdict_empty(REASON_UNSUPPORTED, "a program; what it says of itself is its text");
        told.outcome = OUTCOME_TEXT;
        return told;
    }
    return read_from(input, at, emit);
}

struct verdict unpack_compressed_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_source) struct source *source = source_of_input(input, 0);
    uint64_t files;

    struct verdict verdict = unpack_with(compressed_archive, input, source, NULL, emit, &files);
    if (files || verdict.outcome != OUTCOME_EMPTY)
        return verdict;
    /* a file that begins with zeros, as a disk's image may, looks like a TAR that ends at once */
    return unpack_with(compressed_file, input, source, NULL, emit, &files);
}
