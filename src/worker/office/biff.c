#include "worker/office/biff.h"

#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/plain/codepage.h"

enum { FLAG_WIDE = 1, FLAG_EXTENDED = 4, FLAG_RICH = 8 };

bool biff_next(struct biff *biff, struct biff_record *ret)
{
    if (biff->at > biff->len || biff->len - biff->at < BIFF_HEADER)
        return false;
    ret->at = biff->at;
    ret->id = le16_get(biff->data + biff->at);
    ret->len = le16_get(biff->data + biff->at + 2);
    biff->at += BIFF_HEADER;
    if (ret->len > biff->len - biff->at)
        ret->len = biff->len - biff->at;
    ret->data = biff->data + biff->at;
    biff->at += ret->len;
    return true;
}

void biff_bytes_init(struct biff_bytes *bytes, struct biff *biff, const struct biff_record *record)
{
    *bytes =
        (struct biff_bytes){.biff = biff, .at = record->data, .end = record->data + record->len};
}

/* Goes on in the next CONTINUE record; false when there is none. */
static bool next_piece(struct biff_bytes *bytes)
{
    struct biff_record record;
    size_t before = bytes->biff->at;

    if (!biff_next(bytes->biff, &record) || record.id != BIFF_CONTINUE) {
        bytes->biff->at = before;
        bytes->over = true;
        return false;
    }
    bytes->at = record.data;
    bytes->end = record.data + record.len;
    return true;
}

static unsigned take_u8(struct biff_bytes *bytes)
{
    while (bytes->at == bytes->end)
        if (!next_piece(bytes))
            return 0;
    return *bytes->at++;
}

unsigned biff_u16(struct biff_bytes *bytes)
{
    unsigned low = take_u8(bytes);

    return low | take_u8(bytes) << 8;
}

uint32_t biff_u32(struct biff_bytes *bytes)
{
    uint32_t low = biff_u16(bytes);

    return low | (uint32_t)biff_u16(bytes) << 16;
}

void biff_skip(struct biff_bytes *bytes, size_t len)
{
    while (len && !bytes->over) {
        size_t here = (size_t)(bytes->end - bytes->at);
        size_t step = len < here ? len : here;
        bytes->at += step;
        len -= step;
        if (len && !next_piece(bytes))
            return;
    }
}

void biff_chars(struct biff_bytes *bytes, size_t count, bool wide, struct buf *out)
{
    uint32_t high = 0;

    while (count && !bytes->over) {
        if (bytes->at == bytes->end) {
            if (!next_piece(bytes) || bytes->at == bytes->end)
                return;
            wide = *bytes->at++ & FLAG_WIDE;
            continue;
        }
        uint32_t rune = wide ? biff_u16(bytes) : *bytes->at++;
        count--;
        if (utf16_join(rune, &high, &rune) && rune)
            (void)buf_append_rune(out, rune);
    }
}

static void byte_string(struct biff_bytes *bytes, size_t count, struct buf *out)
{
    while (count && !bytes->over) {
        size_t here = (size_t)(bytes->end - bytes->at);
        size_t step = count < here ? count : here;
        (void)codepage_text(bytes->biff->codepage, bytes->at, step, out);
        bytes->at += step;
        count -= step;
        if (count && !next_piece(bytes))
            return;
    }
}

void biff_string(struct biff_bytes *bytes, unsigned length_bytes, struct buf *out)
{
    size_t count = length_bytes == 1 ? take_u8(bytes) : biff_u16(bytes);

    if (bytes->biff->version < 8) {
        byte_string(bytes, count, out);
        return;
    }
    if (count == 0 && bytes->at == bytes->end)
        return;
    unsigned flags = take_u8(bytes);
    size_t runs = flags & FLAG_RICH ? biff_u16(bytes) : 0;
    size_t extension = flags & FLAG_EXTENDED ? biff_u32(bytes) : 0;
    biff_chars(bytes, count, flags & FLAG_WIDE, out);
    biff_skip(bytes, 4 * runs);
    biff_skip(bytes, extension);
}

double biff_double(const unsigned char *at)
{
    uint64_t bits = le64_get(at);
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

double biff_rk(uint32_t rk)
{
    double value;

    if (rk & 2) {
        value = (int32_t)rk >> 2;
    } else {
        uint64_t bits = (uint64_t)(rk & 0xFFFFFFFC) << 32;
        memcpy(&value, &bits, sizeof(value));
    }
    return rk & 1 ? value / 100 : value;
}
