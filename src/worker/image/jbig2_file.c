#include "worker/image/raster.h"

#include <stdint.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/bytes.h"

/* behind all others: it takes the word `inline` away */
#include <jbig2.h>

enum { PAGES_MAX = 200, SEGMENTS_MAX = 100000, SEQUENTIAL = 1, NO_COUNT = 2 };
enum { PAGE_INFORMATION = 48, END_OF_FILE = 51 };

static bool is(const unsigned char *data, size_t len)
{
    return len > 13 && memcmp(data, "\x97JB2\r\n\x1A\n", 8) == 0;
}

struct segment {
    unsigned type;
    uint32_t len;
};

/* A segment's header (T.88, 7.2). Returns its length, 0 where there is none. */
static size_t take_segment(const unsigned char *p, size_t left, struct segment *segment)
{
    if (left < 11)
        return 0;
    uint32_t number = be32_get(p);
    size_t wide = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
    size_t at = 5;
    size_t refers = p[5] >> 5;
    if (refers == 7) {
        refers = be32_get(p + 5) & 0x1FFFFFFF;
        at += 4 + (refers + 8) / 8;
    } else {
        at++;
    }
    at += refers * wide + (p[4] & 0x40 ? 4 : 1);
    if (at > left || left - at < 4)
        return 0;
    *segment = (struct segment){p[4] & 0x3F, be32_get(p + at)};
    return at + 4;
}

/* Where the headers end when all of them stand before the data. */
static size_t find_data(const unsigned char *data, size_t len, size_t at)
{
    struct segment segment = {0};

    for (int i = 0; i < SEGMENTS_MAX && segment.type != END_OF_FILE; i++) {
        size_t head = take_segment(data + at, len - at, &segment);
        if (!head)
            break;
        at += head;
    }
    return at;
}

/* The size of page `wanted` (from 0), and how many there are. Data follows each header, or all
 * headers. */
static int walk(const unsigned char *data, size_t len, int wanted, struct image_size *ret_size)
{
    struct segment segment = {0};
    size_t headers = data[8] & NO_COUNT ? 9 : 13;
    size_t behind = data[8] & SEQUENTIAL ? 0 : find_data(data, len, headers);
    size_t *bodies = data[8] & SEQUENTIAL ? &headers : &behind;
    int pages = 0;

    for (int i = 0; i < SEGMENTS_MAX && segment.type != END_OF_FILE; i++) {
        size_t head = take_segment(data + headers, len - headers, &segment);
        if (!head)
            break;
        headers += head;
        const unsigned char *body = data + *bodies;
        if (segment.type == PAGE_INFORMATION && len - *bodies >= 8 && pages++ == wanted)
            *ret_size = (struct image_size){be32_get(body), be32_get(body + 4), 1};
        if (segment.len > len - *bodies)
            break;
        *bodies += segment.len;
    }
    return pages;
}

static int pages(const unsigned char *data, size_t len)
{
    struct image_size unused;
    int count = walk(data, len, -1, &unused);

    return count < 1 ? 1 : count < PAGES_MAX ? count : PAGES_MAX;
}

static bool size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    enum { GUESS = 0x7FFF };

    *ret_size = (struct image_size){0};
    if (walk(data, len, page, ret_size) <= page)
        return false;
    if (ret_size->height == UINT32_MAX) /* striped: known at its end */
        ret_size->height = GUESS;
    return ret_size->width && ret_size->height;
}

static void quiet(void *ctx, const char *message, Jbig2Severity severity, uint32_t segment)
{
    bool *damaged = ctx;

    (void)message;
    (void)segment;
    *damaged |= severity >= JBIG2_SEVERITY_WARNING;
}

static struct Pix *copy_page(const Jbig2Image *image)
{
    PIX *pix = pixCreate((l_int32)image->width, (l_int32)image->height, 1);

    for (uint32_t y = 0; pix && y < image->height; y++) {
        l_uint32 *row = raster_row(pix, y);
        const uint8_t *from = image->data + (size_t)y * image->stride;
        for (uint32_t i = 0; i < (image->width + 7) / 8; i++)
            SET_DATA_BYTE(row, i, from[i]);
    }
    return pix;
}

static struct Pix *decode(const unsigned char *data, size_t len, int page, bool *ret_damaged)
{
    Jbig2Ctx *ctx = jbig2_ctx_new(NULL, 0, NULL, quiet, ret_damaged);
    Jbig2Image *image = NULL;
    struct Pix *pix = NULL;

    if (!ctx)
        return NULL;
    if (jbig2_data_in(ctx, data, len) < 0)
        *ret_damaged = true;
    (void)jbig2_complete_page(ctx);
    for (int i = 0; i <= page && (image = jbig2_page_out(ctx)) != NULL; i++) {
        if (i == page)
            pix = copy_page(image);
        jbig2_release_page(ctx, image);
    }
    (void)jbig2_ctx_free(ctx);
    return pix;
}

const struct raster raster_jbig2 = {IMAGE_JBIG2, is, pages, size, decode};
