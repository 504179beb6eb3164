#include "worker/image/raster.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"

enum { HEADER = 128, PALETTE_AT = 16, PALETTE_MARK = 0x0C, BIG_PALETTE = 768, PAGES_MAX = 1023 };

struct pcx {
    const unsigned char *data;
    size_t len;
    uint32_t width, height;
    unsigned bits, planes;
    size_t line; /* bytes of a line in one plane */
    const unsigned char *palette;
    bool grey; /* no palette: samples are shades */
};

static bool is_one(const unsigned char *data, size_t len)
{
    if (len < HEADER || data[0] != 0x0A || data[1] > 5 || data[1] == 1 || data[2] > 1 || data[64])
        return false;
    unsigned bits = data[3];
    unsigned planes = data[65];
    if ((bits != 1 && bits != 2 && bits != 4 && bits != 8) || planes < 1 || planes > 4 ||
        le16_get(data + 8) < le16_get(data + 4) || le16_get(data + 10) < le16_get(data + 6))
        return false;
    uint32_t width = le16_get(data + 8) - le16_get(data + 4) + 1u;
    return (uint64_t)le16_get(data + 66) * 8 >= (uint64_t)width * bits && (planes != 2 || bits < 8);
}

static bool is_many(const unsigned char *data, size_t len)
{
    return len > 12 && le32_get(data) == 0x3ADE68B1;
}

static bool is(const unsigned char *data, size_t len)
{
    return is_one(data, len) || is_many(data, len);
}

/* DCX: where each page starts, up to a zero; a page ends where the next one starts. */
static int pages(const unsigned char *data, size_t len)
{
    int count = 0;

    if (!is_many(data, len))
        return 1;
    while (count < PAGES_MAX && 8 + 4 * (size_t)count <= len && le32_get(data + 4 + 4 * count))
        count++;
    return count;
}

static bool pcx_open(const unsigned char *data, size_t len, int page, struct pcx *pcx)
{
    if (page >= pages(data, len))
        return false;
    if (is_many(data, len)) {
        size_t from = le32_get(data + 4 + 4 * (size_t)page);
        size_t to = page + 1 < pages(data, len) ? le32_get(data + 8 + 4 * (size_t)page) : len;
        to = to > len || to <= from ? len : to;
        if (from >= to)
            return false;
        data += from;
        len = to - from;
    }
    if (!is_one(data, len))
        return false;
    *pcx = (struct pcx){.data = data,
                        .len = len,
                        .width = le16_get(data + 8) - le16_get(data + 4) + 1u,
                        .height = le16_get(data + 10) - le16_get(data + 6) + 1u,
                        .bits = data[3],
                        .planes = data[65],
                        .line = le16_get(data + 66),
                        .palette = data + PALETTE_AT};
    bool big = pcx->bits == 8 && pcx->planes == 1;
    if (big && len > HEADER + BIG_PALETTE && data[len - BIG_PALETTE - 1] == PALETTE_MARK)
        pcx->palette = data + len - BIG_PALETTE;
    else if (big || pcx->bits * pcx->planes == 1 || data[1] == 3)
        pcx->grey = true;
    return true;
}

static bool size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    struct pcx pcx;

    if (!pcx_open(data, len, page, &pcx))
        return false;
    *ret_size = (struct image_size){pcx.width, pcx.height, 32};
    return true;
}

/* One line of all planes; a run may go over the end of a plane. False at the file's end. */
static bool take_line(const struct pcx *pcx, size_t *at, unsigned char *out)
{
    size_t wanted = pcx->line * pcx->planes;

    for (size_t done = 0; done < wanted;) {
        if (*at >= pcx->len)
            return false;
        unsigned char byte = pcx->data[(*at)++];
        size_t run = 1;
        if (pcx->data[2] && byte >= 0xC0) {
            run = byte & 0x3F;
            if (*at >= pcx->len)
                return false;
            byte = pcx->data[(*at)++];
        }
        for (; run && done < wanted; run--)
            out[done++] = byte;
    }
    return true;
}

static unsigned sample(const struct pcx *pcx, const unsigned char *line, unsigned plane, uint32_t x)
{
    size_t bit = (size_t)x * pcx->bits;
    unsigned shift = 8 - pcx->bits - (unsigned)(bit & 7);

    return line[plane * pcx->line + bit / 8] >> shift & ((1u << pcx->bits) - 1);
}

static uint32_t pixel(const struct pcx *pcx, const unsigned char *line, uint32_t x)
{
    unsigned index = 0;

    if (pcx->bits == 8 && pcx->planes >= 3)
        return raster_rgb(sample(pcx, line, 0, x), sample(pcx, line, 1, x),
                          sample(pcx, line, 2, x));
    for (unsigned plane = 0; plane < pcx->planes; plane++)
        index |= sample(pcx, line, plane, x) << (plane * pcx->bits);
    unsigned colours = 1u << (pcx->bits * pcx->planes > 8 ? 8 : pcx->bits * pcx->planes);
    if (pcx->grey || (colours > 16 && pcx->bits < 8)) {
        unsigned shade = index % colours * 255 / (colours - 1);
        return raster_rgb(shade, shade, shade);
    }
    const unsigned char *colour = pcx->palette + (size_t)(index % colours) * 3;
    return raster_rgb(colour[0], colour[1], colour[2]);
}

static struct Pix *decode(const unsigned char *data, size_t len, int page, bool *ret_damaged)
{
    struct image_size full;
    struct pcx pcx;
    size_t at = HEADER;

    if (!size(data, len, page, &full) || !pcx_open(data, len, page, &pcx))
        return NULL;
    CLEANUP(cleanup_free) unsigned char *line = mem_alloc(pcx.line * pcx.planes);
    struct Pix *pix = raster_canvas(&full);
    for (uint32_t y = 0; pix && y < pcx.height; y++) {
        if (!take_line(&pcx, &at, line)) {
            *ret_damaged = true;
            break;
        }
        uint32_t *row = raster_row(pix, y);
        for (uint32_t x = 0; x < pcx.width; x++)
            row[x] = pixel(&pcx, line, x);
    }
    return pix;
}

const struct raster raster_pcx = {IMAGE_PCX, is, pages, size, decode};
