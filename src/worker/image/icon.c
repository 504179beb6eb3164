#include "worker/image/raster.h"

#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/bytes.h"

enum { HEADER = 6, ENTRY = 16, ENTRIES_MAX = 256, BITMAP_HEAD = 40, SIDE_MAX = 4096 };

/* One picture of an icon; the largest is read. */
struct icon {
    const unsigned char *data;
    size_t len;
    bool png;
    uint32_t width, height;
    unsigned bits, colours;
};

static bool icon_entry(const unsigned char *data, size_t len, size_t entry, struct icon *icon)
{
    const unsigned char *p = data + HEADER + entry * ENTRY;
    uint32_t size = le32_get(p + 8);
    uint32_t from = le32_get(p + 12);

    if (from >= len || size > len - from || size < BITMAP_HEAD)
        return false;
    *icon = (struct icon){.data = data + from, .len = size};
    p = icon->data;
    icon->png = memcmp(p, "\x89PNG\r\n\x1A\n", 8) == 0;
    if (icon->png) {
        icon->width = be32_get(p + 16);
        icon->height = be32_get(p + 20);
        icon->bits = 32;
    } else {
        icon->width = le32_get(p + 4);
        icon->height = le32_get(p + 8) / 2; /* a mask of the same size stands behind it */
        icon->bits = le16_get(p + 14);
        icon->colours = icon->bits <= 8 ? 1u << icon->bits : 0;
        if (icon->bits <= 8 && le32_get(p + 32) && le32_get(p + 32) < icon->colours)
            icon->colours = le32_get(p + 32);
        bool known = icon->bits == 1 || icon->bits == 4 || icon->bits == 8 || icon->bits == 24 ||
                     icon->bits == 32;
        if (le32_get(p) != BITMAP_HEAD || le32_get(p + 16) != 0 || !known)
            return false;
    }
    return icon->width && icon->height && icon->width <= SIDE_MAX && icon->height <= SIDE_MAX;
}

static bool icon_open(const unsigned char *data, size_t len, struct icon *best)
{
    *best = (struct icon){0};
    if (len < HEADER + ENTRY || le16_get(data) || (data[2] != 1 && data[2] != 2) || data[3])
        return false;
    size_t count = le16_get(data + 4);
    if (!count || count > ENTRIES_MAX || HEADER + count * ENTRY > len)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct icon icon;
        if (!icon_entry(data, len, i, &icon))
            continue;
        uint64_t pixels = (uint64_t)icon.width * icon.height;
        uint64_t most = (uint64_t)best->width * best->height;
        if (pixels > most || (pixels == most && icon.bits > best->bits))
            *best = icon;
    }
    return best->width > 0;
}

static bool size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    struct icon icon;

    if (page > 0 || !icon_open(data, len, &icon))
        return false;
    *ret_size = (struct image_size){icon.width, icon.height, 32};
    return true;
}

static size_t line_of(uint32_t width, unsigned bits)
{
    return ((size_t)width * bits + 31) / 32 * 4;
}

/* A pixel over white paper. */
static uint32_t pixel(const struct icon *icon, const unsigned char *line, uint32_t x)
{
    const unsigned char *p = line + (size_t)x * icon->bits / 8;

    if (icon->bits == 32) {
        unsigned paper = 255u - p[3];
        return raster_rgb(p[2] * p[3] / 255u + paper, p[1] * p[3] / 255u + paper,
                          p[0] * p[3] / 255u + paper);
    }
    if (icon->bits < 24) {
        unsigned shift = 8 - icon->bits - (unsigned)((size_t)x * icon->bits & 7);
        unsigned index = *p >> shift & ((1u << icon->bits) - 1);
        p = icon->data + BITMAP_HEAD + (size_t)(index < icon->colours ? index : 0) * 4;
    }
    return raster_rgb(p[2], p[1], p[0]);
}

static struct Pix *decode(const unsigned char *data, size_t len, int page, bool *ret_damaged)
{
    struct image_size full;
    struct icon icon;

    if (!size(data, len, page, &full) || !icon_open(data, len, &icon))
        return NULL;
    if (icon.png)
        return pixReadMemPng(icon.data, icon.len);
    size_t line = line_of(icon.width, icon.bits);
    size_t head = BITMAP_HEAD + (size_t)icon.colours * 4;
    size_t mask = head + line * icon.height;
    size_t mask_line = line_of(icon.width, 1);
    bool masked = icon.bits < 32 && mask + mask_line * icon.height <= icon.len;
    struct Pix *pix = mask <= icon.len ? raster_canvas(&full) : NULL;

    (void)ret_damaged; /* a picture that lacks a part is none */
    for (uint32_t y = 0; pix && y < icon.height; y++) {
        uint32_t *row = raster_row(pix, icon.height - 1 - y);
        const unsigned char *holes = icon.data + mask + mask_line * y;
        for (uint32_t x = 0; x < icon.width; x++)
            if (!masked || !(holes[x / 8] >> (7 - x % 8) & 1))
                row[x] = pixel(&icon, icon.data + head + line * y, x);
    }
    return pix;
}

const struct raster raster_icon = {IMAGE_ICON, NULL, NULL, size, decode};
