#include "worker/image/image_decode.h"

#include <leptonica/allheaders.h>

#include "worker/image/heif.h"
#include "worker/image/image_facts.h"
#include "worker/image/raster.h"

/* A JPEG too large for memory can be decoded at 1/2, 1/4 or 1/8 of its size. */
static int jpeg_reduction(const struct image_size *size)
{
    double bytes = (double)size->width * size->height * size->bits / 8;

    for (int by = 1; by <= 8; by *= 2)
        if (bytes / by / by <= IMAGE_BYTES_MAX)
            return by;
    return 0;
}

static bool fits(enum image_format format, const struct image_size *size)
{
    if (size->width > IMAGE_SIDE_MAX || size->height > IMAGE_SIDE_MAX)
        return false;
    if (format == IMAGE_JPEG)
        return jpeg_reduction(size) > 0;
    return (double)size->width * size->height * size->bits / 8 <= IMAGE_BYTES_MAX;
}

static PIX *decode_jpeg(const struct input *input, const struct image_size *size, bool *ret_damaged)
{
    l_int32 warnings = 0;
    int reduction = jpeg_reduction(size);
    PIX *pix = pixReadMemJpeg(input->data, input->len, 0, reduction, &warnings, 0);

    if (!pix) {
        pix = pixReadMemJpeg(input->data, input->len, 0, reduction, &warnings,
                             L_JPEG_CONTINUE_WITH_BAD_DATA);
        *ret_damaged = true;
    }
    return pix;
}

static PIX *decode(const struct input *input, enum image_format format, int page,
                   const struct image_size *size, bool *ret_damaged)
{
    switch (format) {
    case IMAGE_JPEG:
        return decode_jpeg(input, size, ret_damaged);
    case IMAGE_TIFF:
        return pixReadMemTiff(input->data, input->len, page);
    case IMAGE_PNG:
        return pixReadMemPng(input->data, input->len);
    case IMAGE_WEBP:
        return pixReadMemWebP(input->data, input->len);
    case IMAGE_GIF:
        return pixReadMemGif(input->data, input->len);
    case IMAGE_BMP:
        return pixReadMemBmp(input->data, input->len);
    case IMAGE_PNM:
        return pixReadMemPnm(input->data, input->len);
    case IMAGE_JP2:
        return pixReadMemJp2k(input->data, input->len, 1, NULL, 0, 0);
    case IMAGE_HEIF:
        return heif_decode(input->data, input->len, page);
    default:
        return raster_of(format)
                   ? raster_of(format)->decode(input->data, input->len, page, ret_damaged)
                   : NULL;
    }
}

/* Replaces *pix by what a step made of it; the old one is freed. */
static void step(PIX **pix, PIX *made)
{
    pixDestroy(pix);
    *pix = made;
}

/* EXIF orientations 2-8 as a mirroring followed by clockwise quarter turns. */
static PIX *upright(PIX *pix, int orientation)
{
    static const struct {
        bool mirrored;
        int quarters;
    } turns[] = {{false, 0}, {true, 0},  {false, 2}, {true, 2},
                 {true, 3},  {false, 1}, {true, 1},  {false, 3}};

    if (orientation < 2 || orientation > 8)
        return pix;
    if (turns[orientation - 1].mirrored)
        step(&pix, pixFlipLR(NULL, pix));
    if (pix && turns[orientation - 1].quarters)
        step(&pix, pixRotateOrth(pix, turns[orientation - 1].quarters));
    return pix;
}

/* No colour map, no alpha, at most 8 bits a sample. */
static PIX *plain(PIX *pix)
{
    if (pix && pixGetColormap(pix))
        step(&pix, pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC));
    if (pix && pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4)
        step(&pix, pixAlphaBlendUniform(pix, 0xFFFFFF00));
    if (pix && pixGetDepth(pix) == 16)
        step(&pix, pixConvert16To8(pix, L_MS_BYTE));
    if (pix && (pixGetDepth(pix) == 2 || pixGetDepth(pix) == 4))
        step(&pix, pixConvertTo8(pix, 0));
    return pix;
}

static struct verdict undecodable(const struct input *input, enum image_format format)
{
    if (image_ends_early(format, input->data, input->len))
        return verdict_failed(REASON_TRUNCATED, "the picture ends early");
    return verdict_failed(REASON_CORRUPT, "the picture cannot be decoded");
}

static bool stored_size(const struct input *input, enum image_format format, int page,
                        struct image_size *ret_size, struct verdict *ret_verdict)
{
    if (!image_size(format, input->data, input->len, page, ret_size))
        *ret_verdict = undecodable(input, format);
    else if (!fits(format, ret_size))
        *ret_verdict = verdict_failed(REASON_LIMIT_SIZE, "%u x %u pixels are more than are decoded",
                                      ret_size->width, ret_size->height);
    else
        return true;
    return false;
}

bool image_measure(const struct input *input, enum image_format format, int page,
                   struct image_size *ret_size, struct verdict *ret_verdict)
{
    if (!stored_size(input, format, page, ret_size, ret_verdict))
        return false;
    if (!raster_of(format) && image_ends_early(format, input->data, input->len)) {
        *ret_verdict = undecodable(input, format);
        return false;
    }
    if (image_orientation(format, input->data, input->len) >= 5) { /* lies on its side */
        uint32_t width = ret_size->width;
        ret_size->width = ret_size->height;
        ret_size->height = width;
    }
    return true;
}

struct Pix *image_decode(const struct input *input, enum image_format format, int page,
                         bool *ret_damaged, struct verdict *ret_verdict)
{
    struct image_size size;

    *ret_damaged = false;
    if (!stored_size(input, format, page, &size, ret_verdict))
        return NULL;
    PIX *pix = plain(decode(input, format, page, &size, ret_damaged));
    if (pix)
        pix = upright(pix, image_orientation(format, input->data, input->len));
    if (!pix)
        *ret_verdict = undecodable(input, format);
    return pix;
}

int image_pages(const struct input *input, enum image_format format)
{
    struct image_size size;
    int count = 1;

    if (format == IMAGE_HEIF) {
        count = heif_pages(input->data, input->len);
        return count < IMAGE_PAGES_MAX ? count : IMAGE_PAGES_MAX;
    }
    if (raster_of(format) && raster_of(format)->pages)
        return raster_of(format)->pages(input->data, input->len);
    while (format == IMAGE_TIFF && count < IMAGE_PAGES_MAX &&
           image_size(format, input->data, input->len, count, &size))
        count++;
    return count;
}

bool image_send(PIX *pix, struct emit *emit)
{
    l_uint8 *png = NULL;
    size_t len = 0;
    bool made = pix && pixWriteMemPng(&png, &len, pix, 0.0F) == 0;

    if (made)
        emit_image(emit, "image/png", (uint32_t)pixGetWidth(pix), (uint32_t)pixGetHeight(pix), png,
                   len);
    lept_free(png);
    return made;
}
