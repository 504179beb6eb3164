#include "worker/archive/unpack_entry.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "worker/archive/unpack.h"

static bool has_word(const char *text, const char *word)
{
    return strcasestr(text, word) != NULL;
}

const char *unpack_error(struct archive *archive)
{
    const char *text = archive_error_string(archive);

    return text ? text : "it cannot be read";
}

/* libarchive's codes do not tell kinds of damage apart; its words do. */
enum reason unpack_error_reason(struct archive *archive)
{
    const char *text = unpack_error(archive);

    if (has_word(text, "encrypt") || has_word(text, "passphrase"))
        return REASON_PASSWORD;
    if (has_word(text, "truncated") || has_word(text, "end of file") ||
        has_word(text, "decompression failed (-5)")) /* zlib: no more input */
        return REASON_TRUNCATED;
    if (has_word(text, "unsupported") || has_word(text, "not supported"))
        return REASON_UNSUPPORTED;
    return has_word(text, "too many filters") ? REASON_LIMIT_DEPTH : REASON_CORRUPT;
}

/* ---- names ---- */

/* The name of the file inside FILE.gz: without the suffix. */
static void single_name(const struct input *input, struct buf *name)
{
    static const struct {
        const char *suffix, *instead;
    } suffixes[] = {{".tgz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}, {".gz", ""},
                    {".bz2", ""},     {".xz", ""},       {".zst", ""},     {".lzma", ""},
                    {".lz4", ""},     {".lz", ""},       {".z", ""},       {".svgz", ".svg"},
                    {".uu", ""},      {".uue", ""}};
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

static const char *raw_name(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname(entry);

    return path ? path : archive_entry_pathname_utf8(entry);
}

/* A second look at the archive, for its names alone. */
static void find_charset(struct unpack *unpack)
{
    enum { LOOKED_AT = 20000 };
    CLEANUP(cleanup_buf) struct buf names = {0};
    CLEANUP(cleanup_source) struct source *source = NULL;
    struct archive *archive = unpack->again ? unpack->again() : NULL;
    struct archive_entry *entry;

    unpack->names_known = true;
    if (!archive)
        return;
    buf_init(&names, NAMES_SAMPLE);
    source = source_copy_of(unpack->source);
    if (source_open(source, archive) == ARCHIVE_OK)
        for (int i = 0; i < LOOKED_AT && !names.full; i++) {
            int status = archive_read_next_header(archive, &entry);
            if (status < ARCHIVE_WARN || status == ARCHIVE_EOF ||
                archive_format(archive) == ARCHIVE_FORMAT_RAW)
                break;
            const char *name = raw_name(entry);
            if (!name) /* there are entries without one */
                continue;
            size_t len = strnlen(name, NAME_MAX_BYTES);
            if (!utf8_valid(name, len) && !buf_append(&names, name, len))
                (void)buf_append_char(&names, '\n');
        }
    archive_read_free(archive);
    if (names.len)
        unpack->names = name_charset_detect(names.data, names.len);
}

/* A name in letters, or as it is where its character set cannot be told. */
static void put_name(struct unpack *unpack, const char *name, struct buf *out)
{
    size_t len = strlen(name);

    if (utf8_valid(name, len)) {
        (void)buf_append(out, name, utf8_prefix(name, len, NAME_MAX_BYTES));
        return;
    }
    if (!unpack->names_known)
        find_charset(unpack);
    if (len > NAME_MAX_BYTES)
        len = NAME_MAX_BYTES;
    if (!unpack->names || !name_charset_convert(unpack->names, name, len, out))
        (void)buf_append(out, name, len);
}

static void entry_name(struct unpack *unpack, struct archive_entry *entry, struct buf *name)
{
    const char *path = raw_name(entry);

    if (unpack->single)
        single_name(unpack->input, name);
    else if (path)
        put_name(unpack, path, name);
    if (name->len == 0)
        buf_printf(name, "file-%llu", (unsigned long long)unpack->files);
}

/* ---- what is no file ---- */

static enum reason special_entry(struct unpack *unpack, struct archive_entry *entry,
                                 struct buf *detail)
{
    const char *link = archive_entry_symlink(entry);
    const char *hard = archive_entry_hardlink(entry);

    if (archive_entry_filetype(entry) == AE_IFLNK) {
        (void)buf_append_str(detail, "a symbolic link to ");
        put_name(unpack, link ? link : "?", detail);
        return REASON_SYMLINK;
    }
    if (hard) {
        (void)buf_append_str(detail, "a hard link to ");
        put_name(unpack, hard, detail);
        return REASON_SYMLINK;
    }
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0) {
        (void)buf_append_str(detail, "a device, pipe or socket");
        return REASON_SPECIAL;
    }
    return REASON_NONE;
}

/* ---- bytes ---- */

struct sending {
    struct unpack *unpack;
    uint64_t sent;       /* of this entry, holes included */
    uint64_t read_start; /* what the archive had given when it began */
    const char *detail;
    bool cut; /* the archive ended well, the entry did not */
};

/* More than a floor, and more than a multiple of what it came from. */
static bool swells(uint64_t expanded, uint64_t from)
{
    return expanded > BOMB_FLOOR && expanded / BOMB_RATIO > from;
}

/* Whether the entry, or the archive with it, may grow by `len`; says which limit is reached. */
static enum reason admit(struct sending *sending, uint64_t len)
{
    struct unpack *unpack = sending->unpack;
    uint64_t given = unpack_given(unpack) - sending->read_start;

    if (swells(sending->sent + len, given + BOMB_SLACK)) {
        sending->detail = "it expands like a bomb";
        unpack->swollen++;
        return REASON_LIMIT_SIZE;
    }
    unpack->expanded += len;
    sending->sent += len;
    if (swells(unpack->expanded, source_len(unpack->source))) {
        sending->detail = "the archive expands like a bomb";
        unpack->bomb = true;
        return REASON_LIMIT_SIZE;
    }
    return REASON_NONE;
}

/* The hole before a block of a sparse file, as the zeros it stands for. */
static enum reason send_zeros(struct sending *sending, uint64_t len)
{
    static const char zeros[64 << 10];

    while (len) {
        size_t step = len < sizeof(zeros) ? (size_t)len : sizeof(zeros);
        enum reason reason = admit(sending, step);
        if (reason != REASON_NONE)
            return reason;
        emit_child_data(sending->unpack->emit, zeros, step);
        if (sending->unpack->emit->stop)
            return REASON_NONE;
        len -= step;
    }
    return REASON_NONE;
}

static enum reason send_block(struct sending *sending, const void *block, size_t len, uint64_t at)
{
    enum reason reason = REASON_NONE;

    if (at > sending->sent)
        reason = send_zeros(sending, at - sending->sent);
    if (reason == REASON_NONE)
        reason = admit(sending, len);
    if (reason == REASON_NONE)
        emit_child_data(sending->unpack->emit, block, len);
    return reason;
}

/* Gives the bytes of the entry that was begun as a child. Returns what ended it. */
static enum reason send_data(struct sending *sending, struct archive_entry *entry)
{
    struct unpack *unpack = sending->unpack;
    enum reason reason = REASON_NONE;

    while (reason == REASON_NONE) {
        const void *block;
        size_t len;
        la_int64_t at;
        int status = archive_read_data_block(unpack->archive, &block, &len, &at);

        if (status == ARCHIVE_EOF) {
            uint64_t size =
                archive_entry_size_is_set(entry) ? (uint64_t)archive_entry_size(entry) : 0;
            if (size > sending->sent && archive_entry_sparse_count(entry))
                reason = send_zeros(sending, size - sending->sent);
            if (reason == REASON_NONE && size > sending->sent) {
                sending->detail = "the archive has only its beginning";
                sending->cut = true;
                return REASON_TRUNCATED;
            }
            return reason;
        }
        if (status < ARCHIVE_WARN) {
            sending->detail = unpack_error(unpack->archive);
            return unpack_error_reason(unpack->archive);
        }
        if (len)
            reason = send_block(sending, block, len, at < 0 ? 0 : (uint64_t)at);
        if (unpack->emit->stop) {
            sending->detail = "the limit on expanded bytes was reached";
            return REASON_LIMIT_SIZE;
        }
    }
    return reason;
}

/* An entry that says itself that it is a bomb is not even begun. */
static bool says_bomb(const struct unpack *unpack, struct archive_entry *entry)
{
    int64_t size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;

    return size > 0 && swells((uint64_t)size, source_len(unpack->source));
}

static enum entry_end finish(struct unpack *unpack, enum reason reason, const char *detail)
{
    emit_child_end(unpack->emit, reason, reason ? detail : "");
    unpack->refused += reason != REASON_NONE;
    unpack->locked += reason == REASON_PASSWORD;
    if (unpack->emit->stop || unpack->bomb)
        return ENTRY_STOP;
    return ENTRY_DONE;
}

/* ---- passwords of ZIP ---- */

bool unpack_is_zip(const struct unpack *unpack)
{
    return (archive_format(unpack->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

/* An archive of its own on `source`, at header `number`; NULL when it cannot be reached. */
static struct archive *open_at(const struct unpack *unpack, struct source *source,
                               const char *password, uint64_t number,
                               struct archive_entry **ret_entry)
{
    struct archive *archive = unpack->again();

    *ret_entry = NULL;
    if (password)
        archive_read_add_passphrase(archive, password);
    int status = source_open(source, archive);
    for (uint64_t i = 0; i < number && status == ARCHIVE_OK; i++) {
        status = archive_read_next_header(archive, ret_entry);
        status = status == ARCHIVE_WARN ? ARCHIVE_OK : status;
    }
    if (status == ARCHIVE_OK)
        return archive;
    archive_read_free(archive);
    return NULL;
}

uint64_t unpack_given(const struct unpack *unpack)
{
    return source_given(unpack->resumed ? unpack->resumed : unpack->source);
}

static bool reopen(struct unpack *unpack, uint64_t number, struct archive_entry **ret_entry)
{
    struct source *source = source_copy_of(unpack->source);
    struct archive *archive = open_at(unpack, source, unpack->password, number, ret_entry);

    if (!archive) {
        source_free(source);
        return false;
    }
    archive_read_free(unpack->archive);
    source_free(unpack->resumed);
    unpack->archive = archive;
    unpack->resumed = source;
    unpack->read_before = 0;
    return true;
}

bool unpack_reopen(struct unpack *unpack, uint64_t number)
{
    struct archive_entry *entry;

    return reopen(unpack, number, &entry);
}

/* Whether the entry at the current header comes out with the right sum. The check before the data
 * is of one byte or two: one wrong password in 256 passes it. */
static bool password_fits(const struct unpack *unpack, const char *password)
{
    enum { ENOUGH = 64 << 20 };
    CLEANUP(cleanup_source) struct source *source = source_copy_of(unpack->source);
    struct archive_entry *entry;
    struct archive *archive = open_at(unpack, source, password, unpack->headers, &entry);
    int status = archive ? ARCHIVE_OK : ARCHIVE_FATAL;
    size_t sum = 0;

    while (status == ARCHIVE_OK && sum < ENOUGH) {
        const void *block;
        size_t len;
        la_int64_t at;
        status = archive_read_data_block(archive, &block, &len, &at);
        sum += status == ARCHIVE_OK ? len : 0;
    }
    if (archive)
        archive_read_free(archive);
    return status == ARCHIVE_OK || status == ARCHIVE_EOF;
}

/* Finds a password for the entry at the current header and opens the archive with it there. */
static struct archive_entry *unlock(struct unpack *unpack)
{
    enum { FAILS_MAX = 20 };
    struct archive_entry *entry = NULL;

    if (unpack->unlock_fails >= FAILS_MAX)
        return NULL;
    for (size_t i = 0; i < unpack->input->password_count; i++) {
        const char *password = unpack->input->passwords[i];
        if (password == unpack->password || !password_fits(unpack, password))
            continue;
        unpack->password = password;
        return reopen(unpack, unpack->headers, &entry) ? entry : NULL;
    }
    unpack->unlock_fails++;
    return NULL;
}

static enum entry_end send_file(struct unpack *unpack, struct archive_entry *entry)
{
    struct sending sending = {.unpack = unpack, .detail = ""};
    char words[DETAIL_MAX];

    enum seal seal = unpack->headers && unpack->headers <= unpack->sealed_count
                         ? (enum seal)unpack->sealed[unpack->headers - 1]
                         : SEAL_NONE;
    if (seal == SEAL_OLD)
        return finish(unpack, REASON_UNSUPPORTED,
                      "packed by RAR 2 or older; unpack it with unrar and add what it holds");
    if (unpack->sealed_all && archive_entry_size(entry) > 0)
        seal = SEAL_LOCKED;
    if (seal == SEAL_LOCKED ||
        (archive_entry_is_encrypted(entry) && !unpack->input->password_count))
        return finish(unpack, REASON_PASSWORD, LOCKED_HINT);
    if (says_bomb(unpack, entry)) {
        unpack->swollen++;
        snprintf(words, sizeof(words), "it says that it expands to %lld bytes; not unpacked",
                 (long long)archive_entry_size(entry));
        return finish(unpack, REASON_LIMIT_SIZE, words);
    }
    bool zip_locked = archive_entry_is_data_encrypted(entry) && unpack_is_zip(unpack);
    if (zip_locked && !unpack->password && !(entry = unlock(unpack)))
        return finish(unpack, REASON_PASSWORD, LOCKED_HINT);
    sending.read_start = unpack->read_before;
    enum reason reason = send_data(&sending, entry);
    if (reason == REASON_PASSWORD && zip_locked && !sending.sent && (entry = unlock(unpack))) {
        sending.read_start = unpack->read_before;
        reason = send_data(&sending, entry);
    }
    snprintf(words, sizeof(words), "%s", reason == REASON_PASSWORD ? LOCKED_HINT : sending.detail);
    enum entry_end end = finish(unpack, reason, words);
    bool readable = reason == REASON_NONE || reason == REASON_PASSWORD ||
                    reason == REASON_UNSUPPORTED || reason == REASON_LIMIT_SIZE || sending.cut;
    return end == ENTRY_DONE && !readable ? ENTRY_DAMAGED : end;
}

enum entry_end unpack_entry(struct unpack *unpack, struct archive_entry *entry)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf detail = {0};

    unpack->files++;
    buf_init(&name, 4 * NAME_MAX_BYTES);
    buf_init(&detail, 4 * NAME_MAX_BYTES);
    entry_name(unpack, entry, &name);
    emit_child(unpack->emit, name.data, name.len, "",
               archive_entry_mtime_is_set(entry) ? (int64_t)archive_entry_mtime(entry) : INT64_MIN);
    enum reason reason = special_entry(unpack, entry, &detail);
    enum entry_end end =
        reason == REASON_NONE ? send_file(unpack, entry) : finish(unpack, reason, detail.data);
    unpack->read_before = unpack_given(unpack);
    return end;
}
