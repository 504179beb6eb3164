#include "worker/archive/inflate.h"

#include <stdint.h>
#include <zlib.h>

#include "base/err.h"

int inflate_into(enum inflate_form form, const void *data, size_t len, struct buf *out)
{
    static const int windows[] = {
        [INFLATE_ZLIB] = MAX_WBITS, [INFLATE_BARE] = -MAX_WBITS, [INFLATE_GZIP] = 16 + MAX_WBITS};
    z_stream stream = {.next_in = (Bytef *)data,
                       .avail_in = len < UINT32_MAX ? (uInt)len : UINT32_MAX};
    unsigned char piece[64 << 10];
    int rc = 0;
    int status = inflateInit2(&stream, windows[form]);

    if (status != Z_OK)
        return ERR_CORRUPT;
    while (status == Z_OK && rc == 0) {
        stream.next_out = piece;
        stream.avail_out = sizeof(piece);
        status = inflate(&stream, Z_NO_FLUSH);
        if (buf_append(out, piece, sizeof(piece) - stream.avail_out))
            rc = ERR_LIMIT;
    }
    inflateEnd(&stream);
    return rc ? rc : status == Z_STREAM_END ? 0 : ERR_CORRUPT;
}
