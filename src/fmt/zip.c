#include "fmt/zip.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "fmt/crc32.h"

enum {
    LOCAL_HEAD = 0x04034B50,   /* 4.3.7 */
    CENTRAL_HEAD = 0x02014B50, /* 4.3.12 */
    END64 = 0x06064B50,        /* 4.3.14 */
    END64_PLACE = 0x07064B50,  /* 4.3.15 */
    END = 0x06054B50,          /* 4.3.16 */
    VERSION_PLAIN = 20,        /* 4.4.3.2: folders */
    VERSION_64 = 45,           /* ZIP64 */
    MADE_BY = 3 << 8,          /* 4.4.2: UNIX, so that the mode below counts */
    UTF8_NAMES = 1 << 11,      /* 4.4.4 */
    EXTRA_64 = 0x0001,         /* 4.5.3 */
    EXTRA_TIME = 0x5455,       /* Info-ZIP's time in UTC; DOS's is in no zone */
    EXTRA_TIME_LEN = 5,
    DOS_1980 = 1 << 5 | 1, /* 4.4.6: 1 January */
    END64_REST = 56 - 12,  /* its length without its first two fields */
    SHORT_MAX = 0xFFFF,
};

static const uint32_t LONG_MAX_32 = 0xFFFFFFFF;
static const uint32_t PLAIN_FILE_0600 = 0100600u << 16; /* 4.4.15: nobody else's, nothing to run */

struct zip_writer {
    zip_sink *out;
    void *ctx;
    uint64_t at;          /* bytes written */
    uint64_t count;       /* files */
    struct buf directory; /* what stands at the end */
    bool broken;
    struct crc32_table crcs;
    struct buf held; /* the file that is gone through, while it is small */
    /* what was found when the file was gone through, and what came when it was written */
    struct pass {
        uint32_t crc;
        uint64_t len;
    } first, second;
};

struct zip_writer *zip_new(zip_sink *out, void *ctx)
{
    struct zip_writer *zip = mem_zalloc(1, sizeof(*zip));

    zip->out = out;
    zip->ctx = ctx;
    crc32_fill(&zip->crcs);
    buf_init(&zip->directory, ZIP_DIRECTORY_MAX);
    buf_init(&zip->held, ZIP_HELD);
    return zip;
}

void zip_free(struct zip_writer *zip)
{
    if (!zip)
        return;
    buf_release(&zip->directory);
    buf_release(&zip->held);
    free(zip);
}

void cleanup_zip(struct zip_writer *const *zip)
{
    zip_free(*zip);
}

bool zip_broken(const struct zip_writer *zip)
{
    return zip->broken;
}

static int put(struct zip_writer *zip, const void *data, size_t len)
{
    int rc = len ? zip->out(zip->ctx, data, len) : 0;

    zip->broken |= rc != 0;
    zip->at += len;
    return rc;
}

/* ---- numbers ---- */

static void put16(struct buf *out, uint32_t value)
{
    unsigned char bytes[2];

    le16_put(bytes, (uint16_t)value);
    (void)buf_append(out, bytes, sizeof(bytes));
}

static void put32(struct buf *out, uint32_t value)
{
    unsigned char bytes[4];

    le32_put(bytes, value);
    (void)buf_append(out, bytes, sizeof(bytes));
}

static void put64(struct buf *out, uint64_t value)
{
    unsigned char bytes[8];

    le64_put(bytes, value);
    (void)buf_append(out, bytes, sizeof(bytes));
}

/* A number that stands elsewhere when it is too large. */
static void put_clipped(struct buf *out, uint64_t value)
{
    put32(out, value < LONG_MAX_32 ? (uint32_t)value : LONG_MAX_32);
}

/* ---- a file's head ---- */

struct head {
    const char *name;
    size_t name_len;
    int64_t mtime;
    struct pass file;
    uint64_t at;
};

static bool fits_time(const struct head *head)
{
    return head->mtime >= INT32_MIN && head->mtime <= INT32_MAX;
}

/* In UTC, for there is no other zone that all readers share. Years before 1980 cannot be said. */
static void put_dos_time(struct buf *out, const struct head *head)
{
    time_t seconds = (time_t)head->mtime;
    struct tm tm = {0};

    if (head->mtime < 0 || !gmtime_r(&seconds, &tm) || tm.tm_year < 80 || tm.tm_year > 80 + 127) {
        put16(out, 0);
        put16(out, DOS_1980);
        return;
    }
    put16(out, (uint32_t)(tm.tm_hour << 11 | tm.tm_min << 5 | tm.tm_sec / 2));
    put16(out, (uint32_t)((tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 | tm.tm_mday));
}

static void put_extra_time(struct buf *out, const struct head *head)
{
    if (!fits_time(head))
        return;
    put16(out, EXTRA_TIME);
    put16(out, EXTRA_TIME_LEN);
    (void)buf_append_char(out, 1); /* the time of change follows */
    put32(out, (uint32_t)head->mtime);
}

/* What local and central heads share: 4.4.3 to 4.4.11. */
static void put_common(struct buf *out, const struct head *head, bool large, size_t extra)
{
    put16(out, large ? VERSION_64 : VERSION_PLAIN);
    put16(out, UTF8_NAMES);
    put16(out, 0); /* stored */
    put_dos_time(out, head);
    put32(out, head->file.crc);
    put_clipped(out, head->file.len);
    put_clipped(out, head->file.len);
    put16(out, (uint32_t)head->name_len);
    put16(out, (uint32_t)extra);
}

static void put_local(struct buf *out, const struct head *head)
{
    CLEANUP(cleanup_buf) struct buf extra = {0};
    bool large = head->file.len >= LONG_MAX_32;

    buf_init(&extra, SHORT_MAX);
    put_extra_time(&extra, head);
    if (large) {
        put16(&extra, EXTRA_64);
        put16(&extra, 16);
        put64(&extra, head->file.len);
        put64(&extra, head->file.len);
    }
    put32(out, LOCAL_HEAD);
    put_common(out, head, large, extra.len);
    (void)buf_append(out, head->name, head->name_len);
    (void)buf_append(out, extra.data, extra.len);
}

static void put_central(struct buf *out, const struct head *head)
{
    CLEANUP(cleanup_buf) struct buf extra = {0};
    bool large = head->file.len >= LONG_MAX_32;
    bool far = head->at >= LONG_MAX_32;

    buf_init(&extra, SHORT_MAX);
    put_extra_time(&extra, head);
    if (large || far) {
        put16(&extra, EXTRA_64);
        put16(&extra, (large ? 16 : 0) + (far ? 8 : 0));
        if (large) {
            put64(&extra, head->file.len);
            put64(&extra, head->file.len);
        }
        if (far)
            put64(&extra, head->at);
    }
    put32(out, CENTRAL_HEAD);
    put16(out, MADE_BY | VERSION_64);
    put_common(out, head, large || far, extra.len);
    put16(out, 0); /* no comment */
    put16(out, 0); /* on the first disk */
    put16(out, 0); /* nothing is known of its being text */
    put32(out, PLAIN_FILE_0600);
    put_clipped(out, head->at);
    (void)buf_append(out, head->name, head->name_len);
    (void)buf_append(out, extra.data, extra.len);
}

/* ---- a file's bytes ---- */

static void count(struct zip_writer *zip, struct pass *pass, const void *data, size_t len)
{
    pass->crc = crc32_add(&zip->crcs, pass->crc, data, len);
    pass->len += len;
}

static int go_through(void *ctx, const void *data, size_t len)
{
    struct zip_writer *zip = ctx;

    count(zip, &zip->first, data, len);
    (void)buf_append(&zip->held, data, len); /* full: it is asked for again */
    return 0;
}

static int write_through(void *ctx, const void *data, size_t len)
{
    struct zip_writer *zip = ctx;

    count(zip, &zip->second, data, len);
    return put(zip, data, len);
}

static int write_file(struct zip_writer *zip, zip_source *source, void *ctx, struct err *err)
{
    if (!zip->held.full)
        return put(zip, zip->held.data, zip->held.len);
    zip->second = (struct pass){0};
    int rc = source(ctx, write_through, zip, err);
    if (!rc && (zip->second.crc != zip->first.crc || zip->second.len != zip->first.len))
        rc = err_set(err, ERR_CORRUPT, "a file changed while it was written into a ZIP");
    zip->broken |= rc != 0;
    return rc;
}

int zip_add(struct zip_writer *zip, const char *name, int64_t mtime, zip_source *source, void *ctx,
            struct err *err)
{
    CLEANUP(cleanup_buf) struct buf local = {0};
    struct head head = {.name = name, .name_len = strlen(name), .mtime = mtime, .at = zip->at};

    BUG_IF(zip->broken || head.name_len == 0);
    if (head.name_len > ZIP_NAME_MAX)
        return err_set(err, ERR_LIMIT, "a name in a ZIP has at most %d bytes", ZIP_NAME_MAX);
    zip->first = (struct pass){0};
    buf_clear(&zip->held);
    int rc = source(ctx, go_through, zip, err);
    if (rc)
        return rc;
    head.file = zip->first;
    buf_init(&local, ZIP_NAME_MAX + SHORT_MAX);
    put_local(&local, &head);
    put_central(&zip->directory, &head);
    if (zip->directory.full) {
        zip->broken = true;
        return err_set(err, ERR_LIMIT, "there are too many files for one ZIP");
    }
    zip->count++;
    rc = put(zip, local.data, local.len);
    return rc ? rc : write_file(zip, source, ctx, err);
}

/* ---- the end ---- */

static void put_end64(struct buf *out, const struct zip_writer *zip)
{
    uint64_t end = zip->at + zip->directory.len;

    put32(out, END64);
    put64(out, END64_REST);
    put16(out, MADE_BY | VERSION_64);
    put16(out, VERSION_64);
    put32(out, 0); /* this disk, and the one where the list begins */
    put32(out, 0);
    put64(out, zip->count);
    put64(out, zip->count);
    put64(out, zip->directory.len);
    put64(out, zip->at);
    put32(out, END64_PLACE);
    put32(out, 0);
    put64(out, end);
    put32(out, 1); /* disks */
}

int zip_end(struct zip_writer *zip, struct err *err)
{
    enum { TAIL_MAX = 256 };
    CLEANUP(cleanup_buf) struct buf tail = {0};
    uint32_t few = zip->count < SHORT_MAX ? (uint32_t)zip->count : SHORT_MAX;

    BUG_IF(zip->broken);
    buf_init(&tail, TAIL_MAX);
    if (few == SHORT_MAX || zip->at >= LONG_MAX_32 || zip->directory.len >= LONG_MAX_32)
        put_end64(&tail, zip);
    put32(&tail, END);
    put32(&tail, 0); /* disks */
    put16(&tail, few);
    put16(&tail, few);
    put_clipped(&tail, zip->directory.len);
    put_clipped(&tail, zip->at);
    put16(&tail, 0); /* no comment */
    int rc = put(zip, zip->directory.data, zip->directory.len);
    if (!rc)
        rc = put(zip, tail.data, tail.len);
    return rc ? err_set(err, rc, "a ZIP could not be written to its end") : 0;
}
