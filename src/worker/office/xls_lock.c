#include <string.h>

#include "base/bytes.h"
#include "worker/office/lock_rc4.h"
#include "worker/office/xls_parts.h"

enum { BLOCK = 1024, TURN = 2, LOOK_AT_RECORDS = 64, BOF_POSITION = 4 };

/* The record that names the lock stands near the start; false when there is none. */
static bool find_lock(const struct buf *bytes, struct biff_record *ret)
{
    struct biff biff = {.data = (const unsigned char *)bytes->data, .len = bytes->len};

    for (int i = 0; i < LOOK_AT_RECORDS && biff_next(&biff, ret); i++)
        if (ret->id == BIFF_FILE_PASS)
            return true;
    return false;
}

/* Records that stay readable in a locked workbook ([MS-XLS] 2.2.10). */
static size_t open_bytes(const struct biff_record *record)
{
    switch (record->id) {
    case BIFF_BOF:
    case BIFF_FILE_PASS:
    case 0x00E1: /* InterfaceHdr */
    case 0x0138: /* RRDHead */
    case 0x0194: /* UsrExcl */
    case 0x0195: /* FileLock */
    case 0x0196: /* RRDInfo */
        return record->len;
    case BIFF_SHEET:
        return record->len < BOF_POSITION ? record->len : BOF_POSITION;
    default:
        return 0;
    }
}

/* The key stream runs over all bytes, also over those that it does not lock. */
static void apply_rc4(const struct lock_rc4 *lock, struct buf *bytes)
{
    unsigned char *data = (unsigned char *)bytes->data;
    struct biff biff = {.data = data, .len = bytes->len};
    struct biff_record record;

    while (biff_next(&biff, &record)) {
        size_t skip = open_bytes(&record);
        size_t at = record.at + BIFF_HEADER + skip;
        if (record.len > skip)
            lock_rc4_apply(lock, data + at, record.len - skip, at, BLOCK);
    }
}

static void apply_xor(const unsigned char key[16], struct buf *bytes)
{
    unsigned char *data = (unsigned char *)bytes->data;
    struct biff biff = {.data = data, .len = bytes->len};
    struct biff_record record;

    while (biff_next(&biff, &record)) {
        size_t start = record.at + BIFF_HEADER;
        for (size_t i = open_bytes(&record); i < record.len; i++) {
            unsigned value = data[start + i];
            value = (value << 3 | value >> 5) & 0xFF;
            data[start + i] = (unsigned char)(value ^ key[(start + record.len + i) & 15]);
        }
    }
}

enum lock_found xls_unlock(struct buf *bytes, const struct input *input)
{
    struct biff_record record;
    struct lock_rc4 lock;
    unsigned char key[16];
    const char *password;

    if (!find_lock(bytes, &record))
        return LOCK_OPEN;
    const unsigned char *at = record.data;
    size_t len = record.len;
    if (len >= 6 && le16_get(at) == 1) {
        enum lock_found found = lock_rc4_try(at + 2, len - 2, input, &lock);
        if (found == LOCK_OPEN)
            apply_rc4(&lock, bytes);
        return found;
    }
    if (len < 4)
        return LOCK_UNKNOWN;
    if (len >= 6)
        at += 2; /* before BIFF8 there is no kind before key and hash */
    for (size_t n = 0; (password = lock_password(input, n)) != NULL; n++) {
        if (lock_xor_open(password, le16_get(at), le16_get(at + 2), TURN, key)) {
            apply_xor(key, bytes);
            return LOCK_OPEN;
        }
    }
    return LOCK_WRONG;
}
