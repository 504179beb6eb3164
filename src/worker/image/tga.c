#include "worker/image/raster.h"

#include <string.h>

#include "base/bytes.h"

enum { HEADER = 18, PACKED = 8, FROM_TOP = 0x20, FROM_RIGHT = 0x10 };
enum kind { INDEXED = 1, COLOURED = 2, GREY = 3 };

struct tga {
    const unsigned char *at, *end;
    enum kind kind;
    bool packed;
    uint32_t width, height;
    unsigned bytes; /* of a pixel */
    const unsigned char *map;
    unsigned map_first, map_count, map_bytes;
    unsigned run, literal; /* pixels left of a packet */
    const unsigned char *last;
};

static bool is_depth(unsigned bits)
{
    return bits == 15 || bits == 16 || bits == 24 || bits == 32;
}

static bool tga_open(const unsigned char *data, size_t len, struct tga *tga)
{
    if (len <= HEADER || data[1] > 1 || (data[2] & ~PACKED) < INDEXED || (data[2] & ~PACKED) > GREY)
        return false;
    unsigned bits = data[16];
    *tga = (struct tga){.end = data + len,
                        .kind = (enum kind)(data[2] & ~PACKED),
                        .packed = (data[2] & PACKED) != 0,
                        .width = le16_get(data + 12),
                        .height = le16_get(data + 14),
                        .bytes = (bits + 7) / 8,
                        .map_first = le16_get(data + 3),
                        .map_count = data[1] ? le16_get(data + 5) : 0,
                        .map_bytes = (data[7] + 7u) / 8};
    bool fits = tga->kind == INDEXED ? data[1] == 1 && bits == 8 && is_depth(data[7])
                : tga->kind == GREY  ? bits == 8 && !data[1]
                                     : is_depth(bits) && (!data[1] || is_depth(data[7]));
    size_t head = HEADER + (size_t)data[0] + (size_t)tga->map_count * tga->map_bytes;
    if (!fits || data[17] & 0xC0 || !tga->width || !tga->height || head >= len)
        return false;
    tga->map = data + HEADER + data[0];
    tga->at = data + head;
    return true;
}

static bool size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    struct tga tga;

    if (page > 0 || !tga_open(data, len, &tga))
        return false;
    *ret_size = (struct image_size){tga.width, tga.height, 32};
    return true;
}

static uint32_t colour(const unsigned char *p, unsigned bytes)
{
    if (bytes == 1)
        return raster_rgb(p[0], p[0], p[0]);
    if (bytes >= 3)
        return raster_rgb(p[2], p[1], p[0]);
    unsigned v = le16_get(p);
    return raster_rgb((v >> 10 & 31) * 255 / 31, (v >> 5 & 31) * 255 / 31, (v & 31) * 255 / 31);
}

/* The next pixel as it is stored; NULL at the file's end. */
static const unsigned char *next(struct tga *tga)
{
    if (tga->run) {
        tga->run--;
        return tga->last;
    }
    if (tga->packed && !tga->literal) {
        if (tga->at >= tga->end)
            return NULL;
        unsigned head = *tga->at++;
        if (head & 0x80)
            tga->run = head & 0x7F;
        else
            tga->literal = (head & 0x7F) + 1;
    }
    if ((size_t)(tga->end - tga->at) < tga->bytes)
        return NULL;
    if (tga->literal)
        tga->literal--;
    tga->last = tga->at;
    tga->at += tga->bytes;
    return tga->last;
}

static uint32_t shown(const struct tga *tga, const unsigned char *p)
{
    if (tga->kind != INDEXED)
        return colour(p, tga->bytes);
    unsigned index = *p - tga->map_first;
    return index < tga->map_count
               ? colour(tga->map + (size_t)index * tga->map_bytes, tga->map_bytes)
               : 0;
}

static struct Pix *decode(const unsigned char *data, size_t len, int page, bool *ret_damaged)
{
    struct image_size full;
    struct tga tga;

    if (!size(data, len, page, &full) || !tga_open(data, len, &tga))
        return NULL;
    struct Pix *pix = raster_canvas(&full);
    for (uint32_t y = 0; pix && y < tga.height && !*ret_damaged; y++) {
        uint32_t *row = raster_row(pix, data[17] & FROM_TOP ? y : tga.height - 1 - y);
        for (uint32_t x = 0; x < tga.width; x++) {
            const unsigned char *p = next(&tga);
            *ret_damaged |= !p;
            if (!p)
                break;
            row[data[17] & FROM_RIGHT ? tga.width - 1 - x : x] = shown(&tga, p);
        }
    }
    return pix;
}

const struct raster raster_tga = {IMAGE_TGA, NULL, NULL, size, decode};
