#include "worker/archive/rar4.h"

#include <archive.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/archive/rar4_key.h"

enum { MARK_LEN = 7, HEAD = 7, FILE_HEAD = 32, HEADER_MAX = 65535, AES_SINCE = 29, STORED = 0x30 };

enum block { BLOCK_MAIN = 0x73, BLOCK_FILE = 0x74, BLOCK_SUB = 0x7A, BLOCK_END = 0x7B };
enum { MAIN_SOLID = 8, MAIN_LOCKED = 0x80, LONG_BLOCK = 0x8000, END_MORE = 1 };
enum {
    SPLIT_BEFORE = 1,
    SPLIT_AFTER = 2,
    LOCKED = 4,
    COMMENT = 8,
    SOLID = 0x10,
    FOLDER = 0xE0,
    LARGE = 0x100,
    SALTED = 0x400,
};

static const unsigned char MARK[MARK_LEN] = {'R', 'a', 'r', '!', 0x1A, 7, 0};

/* A header as it stands, or decrypted. */
struct head {
    const unsigned char *at;
    size_t len; /* as it says */
    enum block type;
    unsigned flags;
    uint64_t data; /* bytes behind it */
};

struct part {
    const unsigned char *data;
    uint64_t len;
};

/* The file whose parts are being collected. */
struct file {
    bool open, cut;
    unsigned char head[HEADER_MAX];
    size_t len;
    unsigned flags;
    unsigned char salt[RAR4_SALT];
    struct part *parts;
    size_t count, space;
};

struct rewrite {
    struct rar *rar;
    const struct input *input;
    struct archive *(*open)(void);
    unsigned main_flags;
    bool needed; /* something is locked or old */
    bool ended, more;
    const char *good;  /* the password that fitted last; NULL */
    const char *names; /* that of the headers; NULL */
    struct file file;
};

/* ---- writing ---- */

static void put_sum(unsigned char *head, size_t len)
{
    le16_put(head, (uint16_t)crc32(0, head + 2, (uInt)(len - 2)));
}

static void put_start(const struct rewrite *rewrite, struct source *source)
{
    unsigned char main[13] = {0};

    main[2] = BLOCK_MAIN;
    le16_put(main + 3, (uint16_t)(rewrite->main_flags & MAIN_SOLID));
    le16_put(main + 5, sizeof(main));
    put_sum(main, sizeof(main));
    (void)source_add(source, MARK, MARK_LEN);
    (void)source_add_copy(source, main, sizeof(main));
}

/* A file's header without what the new archive has not: parts, locks and comments. */
static void put_header(struct source *source, const struct file *file, uint64_t packed, bool empty)
{
    unsigned char head[HEADER_MAX];
    size_t name = le16_get(file->head + 26);
    size_t fixed = FILE_HEAD + (file->flags & LARGE ? 8 : 0) + name;
    size_t skip = file->flags & SALTED ? RAR4_SALT : 0;
    size_t rest = file->len - fixed - skip;

    if (file->flags & COMMENT) /* which stands behind the times, with a header of its own */
        rest = 0;
    memcpy(head, file->head, fixed);
    memcpy(head + fixed, file->head + fixed + skip, rest);
    unsigned flags =
        file->flags & ~(unsigned)(SPLIT_BEFORE | SPLIT_AFTER | LOCKED | COMMENT | SALTED);
    if (!rest)
        flags &= ~0x1000u; /* times */
    le16_put(head + 3, (uint16_t)(flags | LONG_BLOCK));
    le16_put(head + 5, (uint16_t)(fixed + rest));
    le32_put(head + 7, (uint32_t)packed);
    if (flags & LARGE)
        le32_put(head + 32, (uint32_t)(packed >> 32));
    if (empty) {
        le32_put(head + 11, 0);
        le32_put(head + 16, 0);
        head[25] = STORED;
        if (flags & LARGE)
            le32_put(head + 36, 0);
    }
    put_sum(head, fixed + rest);
    (void)source_add_copy(source, head, fixed + rest);
}

static void put_end(struct source *source)
{
    static const unsigned char END[] = {0xC4, 0x3D, 0x7B, 0x00, 0x40, 0x07, 0x00};

    (void)source_add(source, END, sizeof(END));
}

static uint64_t size_of(const struct file *file)
{
    uint64_t high = file->flags & LARGE ? le32_get(file->head + 36) : 0;

    return high << 32 | le32_get(file->head + 11);
}

static uint64_t packed_of(const struct file *file)
{
    uint64_t packed = 0;

    for (size_t i = 0; i < file->count; i++)
        packed += file->parts[i].len;
    return packed;
}

/* The data of a locked file is one stream of whole blocks, wherever volumes cut it. */
static bool put_locked(struct source *source, const struct file *file, uint64_t len,
                       const struct cipher *cipher)
{
    CLEANUP(cleanup_buf) struct buf all = {0};
    CLEANUP(cleanup_source) struct source *plain = NULL;

    if (file->count == 1)
        return source_add_locked(source, file->parts[0].data, (size_t)file->parts[0].len,
                                 (size_t)len, cipher);
    buf_init(&all, RAR4_SPLIT_BYTES);
    for (size_t i = 0; i < file->count; i++)
        if (buf_append(&all, file->parts[i].data, (size_t)file->parts[i].len) != 0)
            return false;
    plain = source_new();
    (void)source_add_locked(plain, all.data, all.len, (size_t)len, cipher);
    CLEANUP(cleanup_free) char *bytes = mem_alloc((size_t)len + 1);
    return source_add_copy(source, bytes, source_copy(plain, 0, bytes, (size_t)len));
}

/* The file with the bytes that `password` gives. False when it is too large to be joined. */
static bool put_file(struct source *source, const struct file *file, const char *password)
{
    uint64_t packed = packed_of(file);
    struct cipher cipher = {0};

    if (!(file->flags & LOCKED)) {
        put_header(source, file, packed, false);
        for (size_t i = 0; i < file->count; i++)
            (void)source_add(source, file->parts[i].data, (size_t)file->parts[i].len);
        return true;
    }
    packed -= packed % CIPHER_BLOCK;
    if (file->count > 1 && packed > RAR4_SPLIT_BYTES)
        return false;
    uint64_t len = file->head[25] == STORED && size_of(file) < packed ? size_of(file) : packed;
    put_header(source, file, len, false);
    rar4_key(password, file->flags & SALTED ? file->salt : NULL, &cipher);
    return !len || put_locked(source, file, len, &cipher);
}

/* ---- passwords ---- */

/* Whether the file comes out with the right sum, which the library does not look at. */
static bool fits(const struct rewrite *rewrite, const char *password)
{
    CLEANUP(cleanup_source) struct source *source = source_new();
    struct archive_entry *entry;
    uLong sum = 0;
    size_t read = 0;

    put_start(rewrite, source);
    if (!put_file(source, &rewrite->file, password))
        return false;
    put_end(source);
    struct archive *archive = rewrite->open();
    int status = source_open(source, archive);
    if (status == ARCHIVE_OK)
        status = archive_read_next_header(archive, &entry);
    while (status == ARCHIVE_OK && read < RAR4_TEST_BYTES) {
        const void *block;
        size_t len;
        la_int64_t at;
        status = archive_read_data_block(archive, &block, &len, &at);
        if (status == ARCHIVE_OK && len <= UINT32_MAX) {
            sum = crc32(sum, block, (uInt)len);
            read += len;
        }
    }
    archive_read_free(archive);
    return status == ARCHIVE_OK ||
           (status == ARCHIVE_EOF && sum == le32_get(rewrite->file.head + 16));
}

/* The password of the file that was collected; NULL when none fits. A file that goes on with the
 * dictionary of those before it, or is cut, cannot be tried. */
static const char *password_of(struct rewrite *rewrite)
{
    const struct input *input = rewrite->input;

    if (rewrite->good && (rewrite->file.flags & SOLID || fits(rewrite, rewrite->good)))
        return rewrite->good;
    if (rewrite->file.flags & SOLID)
        return NULL;
    if (rewrite->file.cut)
        return rewrite->good ? rewrite->good : rewrite->names;
    for (size_t i = 0; i < input->password_count; i++)
        if (input->passwords[i] != rewrite->good && fits(rewrite, input->passwords[i]))
            return rewrite->good = input->passwords[i];
    return NULL;
}

static void end_file(struct rewrite *rewrite)
{
    struct file *file = &rewrite->file;
    bool locked = (file->flags & LOCKED) != 0;
    bool folder = (file->flags & FOLDER) == FOLDER;
    unsigned version = file->head[24];
    enum seal seal = SEAL_NONE;
    const char *password = NULL;

    if (!file->open)
        return;
    file->open = false;
    if (folder || !packed_of(file)) {
        put_header(rewrite->rar->source, file, 0, true);
        rar_note(rewrite->rar, SEAL_NONE);
        return;
    }
    if (version < AES_SINCE && (locked || file->head[25] != STORED))
        seal = SEAL_OLD;
    else if (locked && !(password = password_of(rewrite)))
        seal = SEAL_LOCKED;
    rewrite->needed |= locked || seal == SEAL_OLD;
    if (seal == SEAL_NONE && !put_file(rewrite->rar->source, file, password))
        seal = SEAL_LOCKED;
    if (seal != SEAL_NONE)
        put_header(rewrite->rar->source, file, 0, true);
    rar_note(rewrite->rar, seal);
}

/* ---- reading ---- */

static bool take_head(const unsigned char *at, uint64_t left, struct head *head)
{
    if (left < HEAD)
        return false;
    *head = (struct head){
        .at = at, .len = le16_get(at + 5), .type = (enum block)at[2], .flags = le16_get(at + 3)};
    if (head->len < HEAD || head->len > left)
        return false;
    bool file = head->type == BLOCK_FILE || head->type == BLOCK_SUB;
    if (file && head->len < FILE_HEAD)
        return false;
    if ((head->flags & LONG_BLOCK || file) && head->len >= HEAD + 4)
        head->data = le32_get(at + 7);
    if (file && head->flags & LARGE) {
        if (head->len < FILE_HEAD + 8)
            return false;
        head->data |= (uint64_t)le32_get(at + 32) << 32;
    }
    return head->type != BLOCK_FILE || (size_t)FILE_HEAD + (head->flags & LARGE ? 8 : 0) +
                                               (head->flags & SALTED ? RAR4_SALT : 0) +
                                               le16_get(at + 26) <=
                                           head->len;
}

static void add_part(struct file *file, const unsigned char *data, uint64_t len)
{
    if (!len)
        return;
    if (file->count == file->space) {
        file->space = file->space ? 2 * file->space : 8;
        file->parts = mem_realloc(file->parts, file->space, sizeof(*file->parts));
    }
    file->parts[file->count++] = (struct part){data, len};
}

static void on_file(struct rewrite *rewrite, const struct head *head, const unsigned char *data,
                    uint64_t len)
{
    struct file *file = &rewrite->file;

    if (head->flags & SPLIT_BEFORE && file->open) {
        memcpy(file->head + 16, head->at + 16, 4); /* the sum of the whole */
    } else {
        end_file(rewrite);
        if (head->flags & SPLIT_BEFORE)
            rar_fail(rewrite->rar, REASON_MISSING_PART, "its first volume is not here");
        memcpy(file->head, head->at, head->len);
        file->len = head->len;
        file->flags = head->flags;
        file->count = 0;
        file->open = true;
        size_t salt = (size_t)FILE_HEAD + (head->flags & LARGE ? 8 : 0) + le16_get(head->at + 26);
        if (head->flags & SALTED)
            memcpy(file->salt, head->at + salt, RAR4_SALT);
    }
    file->cut = len < head->data;
    add_part(file, data, len);
    if (!(head->flags & SPLIT_AFTER))
        end_file(rewrite);
}

/* The header at `at`, decrypted into `out`: a salt, then whole blocks. Returns how many bytes stand
 * in the archive, 0 when it is cut or the password does not fit. */
static size_t decrypt_head(const char *password, const unsigned char *at, uint64_t left,
                           unsigned char out[HEADER_MAX + CIPHER_BLOCK], struct head *head)
{
    CLEANUP(cleanup_source) struct source *source = source_new();
    struct cipher cipher = {0};

    if (left < RAR4_SALT + CIPHER_BLOCK)
        return 0;
    rar4_key(password, at, &cipher);
    uint64_t most = left - RAR4_SALT < HEADER_MAX ? left - RAR4_SALT : HEADER_MAX;
    (void)source_add_locked(source, at + RAR4_SALT, (size_t)most, (size_t)most, &cipher);
    (void)source_copy(source, 0, out, CIPHER_BLOCK);
    size_t len = le16_get(out + 5);
    if (len < HEAD || source_copy(source, 0, out, len) != len || !take_head(out, len, head) ||
        (uint16_t)crc32(0, out + 2, (uInt)(len - 2)) != le16_get(out))
        return 0;
    return RAR4_SALT + (len + CIPHER_BLOCK - 1) / CIPHER_BLOCK * CIPHER_BLOCK;
}

/* The same with the first password that fits. */
static size_t unlock_head(struct rewrite *rewrite, const unsigned char *at, uint64_t left,
                          unsigned char *out, struct head *head)
{
    const struct input *input = rewrite->input;

    if (rewrite->names)
        return decrypt_head(rewrite->names, at, left, out, head);
    for (size_t i = 0; i < input->password_count; i++) {
        size_t used = decrypt_head(input->passwords[i], at, left, out, head);
        if (used) {
            rewrite->names = input->passwords[i];
            rewrite->good = input->passwords[i];
            return used;
        }
    }
    rar_fail(rewrite->rar, REASON_PASSWORD, LOCKED_HINT);
    return 0;
}

static void take_volume(struct rewrite *rewrite, const unsigned char *data, size_t len)
{
    unsigned char plain[HEADER_MAX + CIPHER_BLOCK];
    size_t at = MARK_LEN;
    bool hidden = false;

    rewrite->ended = rewrite->more = false;
    if (!rar4_is(data, len)) {
        rar_fail(rewrite->rar, REASON_CORRUPT, "a further volume is no RAR archive");
        return;
    }
    while (at < len && !rewrite->ended) {
        struct head head;
        size_t used = 0;
        if (hidden)
            used = unlock_head(rewrite, data + at, len - at, plain, &head);
        else if (take_head(data + at, len - at, &head))
            used = head.len;
        if (!used)
            break;
        at += used;
        uint64_t here = head.data < len - at ? head.data : len - at;
        if (head.type == BLOCK_MAIN) {
            rewrite->main_flags |= head.flags;
            rewrite->needed |= hidden = (head.flags & MAIN_LOCKED) != 0;
            here = 0;
        } else if (head.type == BLOCK_FILE) {
            on_file(rewrite, &head, data + at, here);
        } else if (head.type == BLOCK_END) {
            rewrite->ended = true;
            rewrite->more = (head.flags & END_MORE) != 0;
        }
        if (head.type != BLOCK_MAIN && here < head.data)
            break;
        at += (size_t)here;
    }
    /* old archives have no end but that of the file */
    rewrite->ended |= at >= len && !rewrite->file.cut;
}

bool rar4_is(const unsigned char *data, size_t len)
{
    return len > MARK_LEN && memcmp(data, MARK, MARK_LEN) == 0;
}

void rar4_open(const struct input *input, size_t from, struct archive *(*open)(void),
               struct rar *ret_rar)
{
    struct rewrite *rewrite = mem_zalloc(1, sizeof(*rewrite));

    *ret_rar = (struct rar){.source = source_new()};
    *rewrite = (struct rewrite){.rar = ret_rar, .input = input, .open = open};
    put_start(rewrite, ret_rar->source);
    take_volume(rewrite, input->data + from, input->len - from);
    for (size_t i = 0; i < input->volume_count && ret_rar->reason != REASON_PASSWORD; i++)
        take_volume(rewrite, input->volumes[i].data, input->volumes[i].len);
    if (rewrite->more)
        rar_fail(ret_rar, REASON_MISSING_PART, "its next volume is not here");
    else if (!rewrite->ended)
        rar_fail(ret_rar, REASON_TRUNCATED, "the archive has no end");
    end_file(rewrite);
    put_end(ret_rar->source);
    if (!rewrite->needed)
        rar_release(ret_rar);
    free(rewrite->file.parts);
    free(rewrite);
}
