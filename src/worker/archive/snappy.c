#include "worker/archive/snappy.h"

#include <string.h>

#include "base/bytes.h"
#include "base/err.h"

enum { LITERAL, COPY_1, COPY_2, COPY_4, LITERAL_LONG = 60 };

/* The length before the data: how much it will be. */
static bool preamble(const unsigned char **at, const unsigned char *end, uint64_t *ret_len)
{
    *ret_len = 0;
    for (unsigned shift = 0; *at < end && shift < 35; shift += 7) {
        unsigned char byte = *(*at)++;
        *ret_len |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return false;
}

/* Repeats what was written `offset` bytes ago; the two may overlap. */
static int copy(struct buf *out, size_t start, size_t offset, size_t len)
{
    if (offset == 0 || offset > out->len - start)
        return ERR_CORRUPT;
    while (len) {
        size_t n = len < offset ? len : offset;
        char piece[64];
        memcpy(piece, out->data + out->len - offset, n); /* n <= 64 */
        if (buf_append(out, piece, n))
            return ERR_LIMIT;
        len -= n;
    }
    return 0;
}

static int literal(const unsigned char **at, const unsigned char *end, unsigned tag,
                   struct buf *out)
{
    size_t len = tag >> 2;

    if (len >= LITERAL_LONG) {
        size_t bytes = len - LITERAL_LONG + 1;
        if ((size_t)(end - *at) < bytes)
            return ERR_CORRUPT;
        len = 0;
        for (size_t i = 0; i < bytes; i++)
            len |= (size_t)(*at)[i] << (8 * i);
        *at += bytes;
    }
    len++;
    if ((size_t)(end - *at) < len)
        return ERR_CORRUPT;
    int rc = buf_append(out, *at, len) ? ERR_LIMIT : 0;
    *at += len;
    return rc;
}

static int back_reference(const unsigned char **at, const unsigned char *end, unsigned tag,
                          struct buf *out, size_t start)
{
    static const size_t bytes[] = {0, 1, 2, 4};
    size_t n = bytes[tag & 3];

    if ((size_t)(end - *at) < n)
        return ERR_CORRUPT;
    size_t len = (tag & 3) == COPY_1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    size_t offset = (tag & 3) == COPY_1   ? (size_t)(tag >> 5) << 8 | (*at)[0]
                    : (tag & 3) == COPY_2 ? le16_get(*at)
                                          : le32_get(*at);
    *at += n;
    return copy(out, start, offset, len);
}

int snappy_expand(const unsigned char *data, size_t len, struct buf *out)
{
    const unsigned char *at = data, *end = data + len;
    size_t start = out->len;
    uint64_t expected;

    if (!preamble(&at, end, &expected))
        return ERR_CORRUPT;
    while (at < end) {
        unsigned tag = *at++;
        int rc = (tag & 3) == LITERAL ? literal(&at, end, tag, out)
                                      : back_reference(&at, end, tag, out, start);
        if (rc)
            return rc;
    }
    return out->len - start == expected ? 0 : ERR_CORRUPT;
}
