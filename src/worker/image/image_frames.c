#include "worker/image/image_frames.h"

#include <string.h>

#include "base/bytes.h"

/* Moves behind a chain of blocks, each with its length in front; the last is empty. */
static size_t skip_blocks(const unsigned char *data, size_t len, size_t at)
{
    while (at < len && data[at])
        at += (size_t)data[at] + 1;
    return at + 1;
}

static size_t table_bytes(unsigned char flags)
{
    return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

static unsigned gif_frames(const unsigned char *data, size_t len)
{
    enum { EXTENSION = 0x21, PICTURE = 0x2C, HEADER = 13, PICTURE_HEAD = 10 };
    size_t at = len > HEADER ? HEADER + table_bytes(data[10]) : len;
    unsigned frames = 0;

    while (at < len) {
        if (data[at] == EXTENSION) {
            at = skip_blocks(data, len, at + 2);
        } else if (data[at] == PICTURE && len - at > PICTURE_HEAD) {
            frames++;
            at = skip_blocks(data, len, at + PICTURE_HEAD + table_bytes(data[at + 9]) + 1);
        } else {
            break;
        }
    }
    return frames;
}

static unsigned webp_frames(const unsigned char *data, size_t len)
{
    unsigned frames = 0;

    for (size_t at = 12; at < len && len - at >= 8;) {
        size_t size = le32_get(data + at + 4);
        frames += memcmp(data + at, "ANMF", 4) == 0;
        if (size > len - at - 8)
            break;
        at += 8 + size + (size & 1);
    }
    return frames;
}

static unsigned png_frames(const unsigned char *data, size_t len)
{
    for (size_t at = 8; at < len && len - at >= 16;) {
        size_t size = be32_get(data + at);
        if (memcmp(data + at + 4, "acTL", 4) == 0)
            return be32_get(data + at + 8);
        if (memcmp(data + at + 4, "IDAT", 4) == 0 || size > len - at - 12)
            break;
        at += 12 + size;
    }
    return 1;
}

unsigned image_frames(enum image_format format, const unsigned char *data, size_t len)
{
    unsigned frames = format == IMAGE_GIF    ? gif_frames(data, len)
                      : format == IMAGE_WEBP ? webp_frames(data, len)
                      : format == IMAGE_PNG  ? png_frames(data, len)
                                             : 1;

    return frames > 1 ? frames : 1;
}
