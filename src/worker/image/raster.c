#include "worker/image/raster.h"

#include <leptonica/allheaders.h>

#include "base/attr.h"

static const struct raster *const RASTERS[] = {&raster_psd, &raster_jbig2, &raster_icon,
                                               &raster_pcx, &raster_tga};

const struct raster *raster_of(enum image_format format)
{
    for (size_t i = 0; i < ARRAY_LEN(RASTERS); i++)
        if (RASTERS[i]->format == format)
            return RASTERS[i];
    return NULL;
}

static bool is(const struct raster *raster, const unsigned char *data, size_t len)
{
    struct image_size unused;

    return raster->is ? raster->is(data, len) : raster->size(data, len, 0, &unused);
}

enum image_format raster_format(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(RASTERS); i++)
        if (is(RASTERS[i], data, len))
            return RASTERS[i]->format;
    return IMAGE_UNKNOWN;
}

struct Pix *raster_canvas(const struct image_size *size)
{
    PIX *pix = pixCreate((l_int32)size->width, (l_int32)size->height, 32);

    if (pix)
        pixSetAllArbitrary(pix, 0xFFFFFF00);
    return pix;
}

uint32_t *raster_row(struct Pix *pix, uint32_t y)
{
    return pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
}
