#include "worker/image/raster.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/image/psd_parts.h"

enum { HEADER = 26, RAW = 0, PACKED = 1, INKS = 4 };
enum mode { BITMAP = 0, GREY = 1, INDEXED = 2, RGB = 3, CMYK = 4, MANY = 7, DUOTONE = 8, LAB = 9 };

/* A section with its length in front. */
static struct psd_part take(const unsigned char *data, size_t len, size_t *at, size_t wide)
{
    struct psd_part part = {data + *at, 0};

    if (len - *at < wide) {
        *at = len;
        return part;
    }
    uint64_t size = be_get(data + *at, wide);
    part.data += wide;
    *at += wide;
    part.len = size < len - *at ? (size_t)size : len - *at;
    *at += part.len;
    return part;
}

bool psd_parts_find(const unsigned char *data, size_t len, struct psd_parts *ret)
{
    size_t at = HEADER;

    if (len < HEADER + 4 || memcmp(data, "8BPS\0", 5) != 0 || (data[5] != 1 && data[5] != 2))
        return false;
    *ret = (struct psd_parts){.big = data[5] == 2,
                              .channels = be16_get(data + 12),
                              .height = be32_get(data + 14),
                              .width = be32_get(data + 18),
                              .depth = be16_get(data + 22),
                              .mode = be16_get(data + 24)};
    ret->palette = take(data, len, &at, 4);
    ret->resources = take(data, len, &at, 4);
    ret->layers = take(data, len, &at, ret->big ? 8 : 4);
    ret->picture = (struct psd_part){data + at, len - at};
    return ret->width && ret->height;
}

static unsigned inks(const struct psd_parts *psd)
{
    unsigned wanted = psd->mode == RGB ? 3 : psd->mode == CMYK ? 4 : 1;

    return psd->channels < wanted ? psd->channels ? 1 : 0 : wanted;
}

static bool is(const unsigned char *data, size_t len)
{
    struct psd_parts psd;

    return psd_parts_find(data, len, &psd) && psd.picture.len > 2 &&
           be16_get(psd.picture.data) <= PACKED && inks(&psd) > 0 &&
           (psd.depth == 1 || psd.depth == 8 || psd.depth == 16 || psd.depth == 32);
}

static bool size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    struct psd_parts psd;

    if (page > 0 || !psd_parts_find(data, len, &psd))
        return false;
    *ret_size = (struct image_size){psd.width, psd.height, 32};
    return true;
}

/* PackBits into one line; false when the line is not full. */
static bool unpack(const unsigned char *from, size_t len, unsigned char *out, size_t wanted)
{
    size_t done = 0;

    for (size_t at = 0; at + 1 < len && done < wanted;) {
        unsigned head = from[at++];
        if (head == 128)
            continue;
        bool same = head > 128;
        size_t run = same ? 257 - head : 1 + head;
        run = run < wanted - done ? run : wanted - done;
        if (same) {
            memset(out + done, from[at++], run);
        } else {
            if (run > len - at)
                return false;
            memcpy(out + done, from + at, run);
            at += run;
        }
        done += run;
    }
    return done == wanted;
}

struct lines {
    const struct psd_parts *psd;
    const unsigned char *data, *end; /* behind the kind of packing */
    size_t line;                     /* unpacked */
    uint64_t *start;                 /* of each line of each ink; NULL when they are not packed */
};

/* How long each line is stands before all of them, ink by ink. */
static bool find_lines(const struct psd_parts *psd, struct lines *lines)
{
    size_t wide = psd->big ? 4 : 2;
    size_t all = (size_t)psd->channels * psd->height;
    size_t count = (size_t)inks(psd) * psd->height;

    *lines = (struct lines){.psd = psd,
                            .data = psd->picture.data + 2,
                            .end = psd->picture.data + psd->picture.len,
                            .line = ((size_t)psd->width * psd->depth + 7) / 8};
    if (be16_get(psd->picture.data) != PACKED)
        return true;
    if ((size_t)(lines->end - lines->data) / wide < all)
        return false;
    lines->start = mem_alloc((count + 1) * sizeof(*lines->start));
    uint64_t at = all * wide;
    for (size_t i = 0; i < count; i++) {
        lines->start[i] = at;
        at += be_get(lines->data + i * wide, wide);
    }
    lines->start[count] = at;
    return true;
}

static bool take_line(const struct lines *lines, unsigned ink, uint32_t y, unsigned char *out)
{
    size_t left = (size_t)(lines->end - lines->data);
    size_t number = (size_t)ink * lines->psd->height + y;
    uint64_t from = lines->start ? lines->start[number] : (uint64_t)number * lines->line;
    uint64_t to = lines->start ? lines->start[number + 1] : from + lines->line;

    if (to > left || from > to)
        return false;
    if (lines->start)
        return unpack(lines->data + from, (size_t)(to - from), out, lines->line);
    memcpy(out, lines->data + from, lines->line);
    return true;
}

static unsigned sample(const struct psd_parts *psd, const unsigned char *line, uint32_t x)
{
    float value;
    uint32_t bits;

    switch (psd->depth) {
    case 1: /* 1 is black */
        return line[x / 8] >> (7 - x % 8) & 1 ? 0 : 255;
    case 16:
        return line[(size_t)x * 2];
    case 32:
        bits = be32_get(line + (size_t)x * 4);
        memcpy(&value, &bits, sizeof(value));
        return value >= 1 ? 255 : value > 0 ? (unsigned)(value * 255) : 0;
    default:
        return line[x];
    }
}

static uint32_t pixel(const struct psd_parts *psd, unsigned char *const lines[INKS], uint32_t x)
{
    unsigned v[INKS] = {0};

    for (unsigned i = 0; i < inks(psd); i++)
        v[i] = sample(psd, lines[i], x);
    if (psd->mode == INDEXED && psd->palette.len >= 768)
        return raster_rgb(psd->palette.data[v[0]], psd->palette.data[256 + v[0]],
                          psd->palette.data[512 + v[0]]);
    if (inks(psd) == 4) /* paper is 255 of each ink */
        return raster_rgb(v[0] * v[3] / 255, v[1] * v[3] / 255, v[2] * v[3] / 255);
    return inks(psd) == 3 ? raster_rgb(v[0], v[1], v[2]) : raster_rgb(v[0], v[0], v[0]);
}

static struct Pix *decode(const unsigned char *data, size_t len, int page, bool *ret_damaged)
{
    struct image_size full;
    struct psd_parts psd;
    struct lines lines;
    unsigned char *ink[INKS] = {0};

    if (!is(data, len) || !size(data, len, page, &full) || !psd_parts_find(data, len, &psd) ||
        !find_lines(&psd, &lines))
        return NULL;
    struct Pix *pix = raster_canvas(&full);
    for (unsigned i = 0; i < INKS; i++)
        ink[i] = mem_alloc(lines.line);
    for (uint32_t y = 0; pix && y < psd.height; y++) {
        bool whole = true;
        for (unsigned i = 0; i < inks(&psd); i++)
            whole &= take_line(&lines, i, y, ink[i]);
        *ret_damaged |= !whole;
        uint32_t *row = raster_row(pix, y);
        for (uint32_t x = 0; whole && x < psd.width; x++)
            row[x] = pixel(&psd, ink, x);
    }
    for (unsigned i = 0; i < INKS; i++)
        free(ink[i]);
    free(lines.start);
    return pix;
}

const struct raster raster_psd = {IMAGE_PSD, is, NULL, size, decode};
