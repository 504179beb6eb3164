#include "zip_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"

#define CRC_OF_X UINT32_C(0x8CDC1683)

enum { DOS_DATE = 0x5021 };

static void put(struct buf *out, const void *bytes, size_t len)
{
    assert_int_equal(buf_append(out, bytes, len), 0);
}

static void put16(struct buf *out, unsigned value)
{
    char bytes[2];

    le16_put(bytes, (uint16_t)value);
    put(out, bytes, 2);
}

static void put32(struct buf *out, uint32_t value)
{
    char bytes[4];

    le32_put(bytes, value);
    put(out, bytes, 4);
}

/* The fields that the header of an entry and its copy in the directory share. */
static void put_fields(struct buf *out, size_t name_len, unsigned flags)
{
    put16(out, 20);
    put16(out, flags);
    put16(out, 0);
    put16(out, 0);
    put16(out, DOS_DATE);
    put32(out, CRC_OF_X);
    put32(out, 1);
    put32(out, 1);
    put16(out, (unsigned)name_len);
    put16(out, 0);
}

void zip_put_local(struct buf *out, const char *name, size_t len, unsigned flags)
{
    put(out, "PK\3\4", 4);
    put_fields(out, len, flags);
    put(out, name, len);
    put(out, "x", 1);
}

void zip_put_central(struct buf *out, const char *name, size_t len, unsigned flags, unsigned disk,
                     uint32_t at)
{
    put(out, "PK\1\2", 4);
    put16(out, 20);
    put_fields(out, len, flags);
    put16(out, 0);
    put16(out, disk);
    put16(out, 0);
    put32(out, 0);
    put32(out, at);
    put(out, name, len);
}

void zip_put_end(struct buf *out, unsigned disk, unsigned count, size_t size, size_t at)
{
    put(out, "PK\5\6", 4);
    put16(out, disk);
    put16(out, disk);
    put16(out, count);
    put16(out, count);
    put32(out, (uint32_t)size);
    put32(out, (uint32_t)at);
    put16(out, 0);
}

void zip_of(const char *const *names, size_t count, unsigned flags, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf directory = {0};

    buf_init(out, 1 << 20);
    buf_init(&directory, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        zip_put_central(&directory, names[i], strlen(names[i]), flags, 0, (uint32_t)out->len);
        zip_put_local(out, names[i], strlen(names[i]), flags);
    }
    size_t at = out->len;
    put(out, directory.data, directory.len);
    zip_put_end(out, 0, (unsigned)count, directory.len, at);
}

void zip_volumes(struct buf volumes[3])
{
    CLEANUP(cleanup_buf) struct buf directory = {0};
    char name[] = "a.txt";

    buf_init(&directory, 4096);
    for (unsigned i = 0; i < 3; i++) {
        buf_init(&volumes[i], 4096);
        if (i == 0)
            put(&volumes[i], "PK\7\x08", 4);
        name[0] = (char)('a' + i);
        zip_put_central(&directory, name, 5, 0, i, (uint32_t)volumes[i].len);
        zip_put_local(&volumes[i], name, 5, 0);
    }
    size_t at = volumes[2].len;
    put(&volumes[2], directory.data, directory.len);
    zip_put_end(&volumes[2], 2, 3, directory.len, at);
}
