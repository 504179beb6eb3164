#include "worker/tables/access_props.h"

#include <mdbtools.h>
#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"

enum { SIGNATURE = 4, CHUNK_HEAD = 6, VALUES_HEAD = 6, RECORD_HEAD = 8 };

GPtrArray *__real_mdb_kkd_to_props(MdbHandle *mdb, void *block, size_t len);
GPtrArray *__wrap_mdb_kkd_to_props(MdbHandle *mdb, void *block, size_t len);

static bool names_sound(const unsigned char *body, size_t len)
{
    size_t at = 0;

    while (at + 2 <= len)
        at += 2 + (size_t)le16_get(body + at);
    return at == len;
}

/* Bytes that the library reads of a value whatever its size is said to be. */
static size_t width_of(unsigned type)
{
    static const unsigned char widths[] = {
        [MDB_BOOL] = 1,   [MDB_BYTE] = 1,     [MDB_INT] = 2,    [MDB_LONGINT] = 4,
        [MDB_MONEY] = 8,  [MDB_FLOAT] = 4,    [MDB_DOUBLE] = 8, [MDB_DATETIME] = 8,
        [MDB_REPID] = 16, [MDB_NUMERIC] = 17,
    };

    return type < sizeof(widths) ? widths[type] : 0;
}

static bool record_sound(const unsigned char *record, size_t left)
{
    if (left < RECORD_HEAD)
        return false;
    size_t len = le16_get(record);
    size_t size = le16_get(record + 6);
    return len >= RECORD_HEAD && len <= left && size <= len - RECORD_HEAD &&
           width_of(record[3]) <= size;
}

static bool values_sound(const unsigned char *body, size_t len)
{
    if (len < VALUES_HEAD)
        return false;
    size_t at = VALUES_HEAD + (size_t)le16_get(body + 4);
    while (at < len && record_sound(body + at, len - at))
        at += le16_get(body + at);
    return at == len;
}

size_t access_props_sound(const unsigned char *block, size_t len)
{
    size_t at = SIGNATURE;

    if (len < SIGNATURE || (memcmp(block, "KKD", 4) != 0 && memcmp(block, "MR2", 4) != 0))
        return 0;
    while (len - at >= CHUNK_HEAD) {
        size_t chunk = le32_get(block + at);
        unsigned type = le16_get(block + at + 4);
        const unsigned char *body = block + at + CHUNK_HEAD;
        if (chunk < CHUNK_HEAD || chunk > len - at)
            break;
        if ((type == 0x80 && !names_sound(body, chunk - CHUNK_HEAD)) ||
            (type <= 2 && !values_sound(body, chunk - CHUNK_HEAD)))
            break;
        at += chunk;
    }
    return at;
}

GPtrArray *__wrap_mdb_kkd_to_props(MdbHandle *mdb, void *block, size_t len)
{
    size_t sound = access_props_sound(block, len);

    return sound ? __real_mdb_kkd_to_props(mdb, block, sound) : NULL;
}
