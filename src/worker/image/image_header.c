#include "worker/image/image_header.h"

#include <string.h>

#include <leptonica/allheaders.h>

#include "base/bytes.h"
#include "worker/image/heif.h"
#include "worker/image/raster.h"

static bool begins(const unsigned char *data, size_t len, const char *magic, size_t magic_len)
{
    return len >= magic_len && memcmp(data, magic, magic_len) == 0;
}

enum image_format image_format(const unsigned char *data, size_t len)
{
    if (begins(data, len, "\x89PNG\r\n\x1a\n", 8))
        return IMAGE_PNG;
    if (begins(data, len, "\xFF\xD8\xFF", 3))
        return IMAGE_JPEG;
    if (begins(data, len, "II*\0", 4) || begins(data, len, "MM\0*", 4) ||
        begins(data, len, "II+\0", 4) || begins(data, len, "MM\0+", 4))
        return IMAGE_TIFF;
    if (begins(data, len, "RIFF", 4) && len >= 12 && memcmp(data + 8, "WEBP", 4) == 0)
        return IMAGE_WEBP;
    if (begins(data, len, "GIF8", 4))
        return IMAGE_GIF;
    if (begins(data, len, "BM", 2))
        return IMAGE_BMP;
    if (len >= 3 && data[0] == 'P' && data[1] >= '1' && data[1] <= '7')
        return IMAGE_PNM;
    if (begins(data, len, "\0\0\0\x0CjP  ", 8))
        return IMAGE_JP2;
    if (heif_is(data, len))
        return IMAGE_HEIF;
    return raster_format(data, len);
}

/* The memory Leptonica takes for a pixel of so many samples of so many bits. */
static uint32_t bits_in_memory(int samples, int bits)
{
    if (samples > 1)
        return 32;
    return bits <= 8 && bits > 0 ? (uint32_t)bits : 16;
}

static bool size_by_leptonica(enum image_format format, const unsigned char *data, size_t len,
                              int page, struct image_size *size)
{
    l_int32 width = 0, height = 0, bits = 0, samples = 0;
    l_ok failed = 1;

    switch (format) {
    case IMAGE_JPEG:
        bits = 8;
        failed = readHeaderMemJpeg(data, len, &width, &height, &samples, NULL, NULL);
        break;
    case IMAGE_TIFF: {
        l_int32 resolution, colours, kind;
        failed = readHeaderMemTiff(data, len, page, &width, &height, &bits, &samples, &resolution,
                                   &colours, &kind);
        if (!failed && colours)
            samples = 3; /* a colour map is expanded */
        break;
    }
    case IMAGE_WEBP:
        bits = 8;
        failed = readHeaderMemWebP(data, len, &width, &height, &samples);
        samples = 3;
        break;
    case IMAGE_PNM: {
        l_int32 kind;
        l_int32 depth;
        failed = readHeaderMemPnm(data, len, &width, &height, &depth, &kind, &bits, &samples);
        break;
    }
    case IMAGE_JP2:
        failed = readHeaderMemJp2k(data, len, &width, &height, &bits, &samples, NULL);
        break;
    default:
        break;
    }
    *size = (struct image_size){(uint32_t)width, (uint32_t)height, bits_in_memory(samples, bits)};
    return !failed && width > 0 && height > 0;
}

static bool size_of_bmp(const unsigned char *data, struct image_size *size)
{
    int32_t width = (int32_t)le32_get(data + 18), height = (int32_t)le32_get(data + 22);

    if (width <= 0 || height == 0 || height == INT32_MIN)
        return false;
    *size = (struct image_size){(uint32_t)width, (uint32_t)(height < 0 ? -height : height), 32};
    return true;
}

bool image_size(enum image_format format, const unsigned char *data, size_t len, int page,
                struct image_size *ret_size)
{
    *ret_size = (struct image_size){0};
    if (format == IMAGE_HEIF)
        return heif_size(data, len, page, ret_size);
    if (raster_of(format))
        return raster_of(format)->size(data, len, page, ret_size);
    if (page > 0 && format != IMAGE_TIFF)
        return false;
    switch (format) {
    case IMAGE_PNG:
        if (len < 29)
            return false;
        *ret_size = (struct image_size){be32_get(data + 16), be32_get(data + 20), 32};
        break;
    case IMAGE_GIF:
        if (len < 13)
            return false;
        *ret_size = (struct image_size){le16_get(data + 6), le16_get(data + 8), 32};
        break;
    case IMAGE_BMP:
        return len >= 30 && size_of_bmp(data, ret_size);
    default:
        return size_by_leptonica(format, data, len, page, ret_size);
    }
    return ret_size->width > 0 && ret_size->height > 0;
}

bool image_ends_early(enum image_format format, const unsigned char *data, size_t len)
{
    size_t tail = len < 4096 ? len : 4096;
    const unsigned char *end = data + len - tail;

    switch (format) {
    case IMAGE_PNG:
        return memmem(end, tail, "IEND", 4) == NULL;
    case IMAGE_JPEG:
        return memmem(end, tail, "\xFF\xD9", 2) == NULL;
    case IMAGE_WEBP:
        return len < 12 || (uint64_t)le32_get(data + 4) + 8 > len;
    case IMAGE_GIF:
        return memchr(end, ';', tail) == NULL;
    case IMAGE_BMP:
        return len >= 6 && le32_get(data + 2) > len;
    case IMAGE_TIFF:
        /* The first directory often stands at the end. */
        return len >= 8 && (data[0] == 'I' ? le32_get(data + 4) : be32_get(data + 4)) >= len;
    default:
        return raster_of(format) != NULL; /* these are told to be damaged when they end early */
    }
}
