#include <math.h>
#include <string.h>

#include <aom/aom_decoder.h>
#include <aom/aomdx.h>
#include <leptonica/allheaders.h>
#include <libde265/de265.h>

#include "base/bytes.h"
#include "worker/image/heif.h"
#include "worker/image/image_decode.h"

enum {
    CODED_MAX = 128 << 20, /* bytes of one coded picture */
    TILES_MAX = 16384,
    NAL_HEAD = 23, /* of the hvcC box, before its arrays */
    DEPTH_MAX = 4, /* pictures derived from pictures */
};

/* A decoded picture as its decoder holds it. */
struct planes {
    const uint8_t *plane[3];
    int stride[3]; /* bytes */
    int width, height;
    int shift_x, shift_y; /* of the colour planes: 1 is half the size */
    int bytes, bits;      /* of a sample */
    bool grey, full_range;
    int matrix; /* ISO/IEC 23091-2 */
};

static int sample(const struct planes *planes, int plane, int x, int y)
{
    const uint8_t *row = planes->plane[plane] + (ptrdiff_t)y * planes->stride[plane];

    if (planes->bytes == 1)
        return row[x];
    int value = row[2 * x] | row[2 * x + 1] << 8;
    return planes->bits > 8 ? value >> (planes->bits - 8) : value;
}

static int clamp(double value)
{
    return value < 0 ? 0 : value > 255 ? 255 : (int)(value + 0.5);
}

/* ITU-R BT.709, BT.2020 or BT.601, by the picture's own word. */
static void weights(int matrix, double *ret_red, double *ret_blue)
{
    *ret_red = matrix == 1 ? 0.2126 : matrix == 9 ? 0.2627 : 0.299;
    *ret_blue = matrix == 1 ? 0.0722 : matrix == 9 ? 0.0593 : 0.114;
}

static l_uint32 colour(const struct planes *planes, int x, int y, double red, double blue)
{
    double luma = sample(planes, 0, x, y);
    double green = 1 - red - blue;
    double u = 0;
    double v = 0;

    if (!planes->grey) {
        u = sample(planes, 1, x >> planes->shift_x, y >> planes->shift_y) - 128.0;
        v = sample(planes, 2, x >> planes->shift_x, y >> planes->shift_y) - 128.0;
    }
    if (!planes->full_range) {
        luma = (luma - 16) * 255 / 219;
        u = u * 255 / 224;
        v = v * 255 / 224;
    }
    double r = luma + 2 * (1 - red) * v;
    double b = luma + 2 * (1 - blue) * u;
    double g = (luma - red * r - blue * b) / green;
    return (l_uint32)clamp(r) << 24 | (l_uint32)clamp(g) << 16 | (l_uint32)clamp(b) << 8;
}

/* Paints a decoded picture at a place of the canvas; what lies outside is left out. */
static void paint(const struct planes *planes, PIX *canvas, int left, int top)
{
    int width = pixGetWidth(canvas) - left;
    int height = pixGetHeight(canvas) - top;
    double red;
    double blue;

    weights(planes->matrix, &red, &blue);
    for (int y = 0; y < planes->height && y < height; y++) {
        l_uint32 *row = pixGetData(canvas) + (ptrdiff_t)(top + y) * pixGetWpl(canvas);
        for (int x = 0; x < planes->width && x < width; x++)
            row[left + x] = colour(planes, x, y, red, blue);
    }
}

/* A picture is drawn at a place of the canvas, which is made by the first one. */
struct target {
    PIX *canvas;
    int left, top;
};

static bool draw(struct target *target, const struct planes *planes)
{
    if ((double)planes->width * planes->height * 4 > IMAGE_BYTES_MAX || planes->width < 1 ||
        planes->height < 1)
        return false;
    if (!target->canvas)
        target->canvas = pixCreate(planes->width, planes->height, 32);
    if (!target->canvas)
        return false;
    paint(planes, target->canvas, target->left, target->top);
    return true;
}

/* Parameter sets: arrays of units of a 16-bit length (ISO/IEC 14496-15, 8.3.3). */
static unsigned push_parameters(de265_decoder_context *decoder, const struct box *hvcc)
{
    const unsigned char *p = hvcc->data + NAL_HEAD;
    const unsigned char *end = hvcc->data + hvcc->len;

    if (hvcc->len < NAL_HEAD)
        return 4;
    for (int array = 0; array < hvcc->data[NAL_HEAD - 1] && end - p >= 3; array++) {
        unsigned count = be16_get(p + 1);
        p += 3;
        for (unsigned i = 0; i < count && end - p >= 2; i++) {
            unsigned size = be16_get(p);
            p += 2;
            if (size > (size_t)(end - p))
                return 4;
            (void)de265_push_NAL(decoder, p, (int)size, 0, NULL);
            p += size;
        }
    }
    return (hvcc->data[21] & 3u) + 1;
}

static void push_units(de265_decoder_context *decoder, const struct buf *bytes, unsigned head)
{
    const unsigned char *p = (const unsigned char *)bytes->data;
    const unsigned char *end = p + bytes->len;

    while ((size_t)(end - p) > head) {
        size_t size = be_get(p, head);
        p += head;
        if (size > (size_t)(end - p))
            size = (size_t)(end - p);
        (void)de265_push_NAL(decoder, p, (int)size, 0, NULL);
        p += size;
    }
}

static bool draw_hevc_picture(const struct de265_image *image, struct target *target)
{
    enum de265_chroma chroma = de265_get_chroma_format(image);
    struct planes planes = {
        .width = de265_get_image_width(image, 0),
        .height = de265_get_image_height(image, 0),
        .bits = de265_get_bits_per_pixel(image, 0),
        .grey = chroma == de265_chroma_mono,
        .shift_x = chroma == de265_chroma_420 || chroma == de265_chroma_422,
        .shift_y = chroma == de265_chroma_420,
        .full_range = de265_get_image_full_range_flag(image),
        .matrix = de265_get_image_matrix_coefficients(image),
    };

    planes.bytes = planes.bits > 8 ? 2 : 1;
    for (int i = 0; i < (planes.grey ? 1 : 3); i++) {
        planes.plane[i] = de265_get_image_plane(image, i, &planes.stride[i]);
        if (!planes.plane[i])
            return false;
    }
    return draw(target, &planes);
}

static bool decode_hevc(const struct box *hvcc, const struct buf *bytes, struct target *target)
{
    enum { ROUNDS_MAX = 100000 };
    de265_decoder_context *decoder = de265_new_decoder();
    const struct de265_image *image = NULL;
    int more = 1;

    if (!decoder)
        return false;
    push_units(decoder, bytes, push_parameters(decoder, hvcc));
    (void)de265_flush_data(decoder);
    for (int i = 0; i < ROUNDS_MAX && more && !image; i++) {
        de265_error error = de265_decode(decoder, &more);
        image = de265_peek_next_picture(decoder);
        if (error != DE265_OK && !image)
            break;
    }
    bool drawn = image && draw_hevc_picture(image, target);
    (void)de265_free_decoder(decoder);
    return drawn;
}

static bool decode_av1(const struct buf *bytes, struct target *target)
{
    aom_codec_ctx_t codec;
    aom_codec_dec_cfg_t config = {.threads = 1, .allow_lowbitdepth = 1};
    aom_codec_iter_t iterator = NULL;
    bool drawn = false;

    if (aom_codec_dec_init(&codec, aom_codec_av1_dx(), &config, 0) != AOM_CODEC_OK)
        return false;
    (void)aom_codec_decode(&codec, (const uint8_t *)bytes->data, bytes->len, NULL);
    const aom_image_t *image = aom_codec_get_frame(&codec, &iterator);
    if (image) {
        struct planes planes = {.width = (int)image->d_w,
                                .height = (int)image->d_h,
                                .shift_x = (int)image->x_chroma_shift,
                                .shift_y = (int)image->y_chroma_shift,
                                .bytes = image->fmt & AOM_IMG_FMT_HIGHBITDEPTH ? 2 : 1,
                                .bits = (int)image->bit_depth,
                                .grey = image->monochrome,
                                .full_range = image->range == AOM_CR_FULL_RANGE,
                                .matrix = (int)image->mc};
        for (int i = 0; i < 3; i++) {
            planes.plane[i] = image->planes[i];
            planes.stride[i] = image->stride[i];
        }
        drawn = draw(target, &planes);
    }
    (void)aom_codec_destroy(&codec);
    return drawn;
}

static bool decode_jpeg(const struct buf *bytes, struct target *target)
{
    l_int32 warnings;
    PIX *pix = pixReadMemJpeg((const l_uint8 *)bytes->data, bytes->len, 0, 1, &warnings,
                              L_JPEG_CONTINUE_WITH_BAD_DATA);

    if (!pix)
        return false;
    PIX *wide = pixConvertTo32(pix);
    pixDestroy(&pix);
    if (!wide)
        return false;
    if (!target->canvas)
        target->canvas = pixClone(wide);
    else
        (void)pixRasterop(target->canvas, target->left, target->top, pixGetWidth(wide),
                          pixGetHeight(wide), PIX_SRC, wide, 0, 0);
    pixDestroy(&wide);
    return true;
}

static bool decode_item(const struct heif *heif, const struct heif_item *item, int depth,
                        struct target *target);

/* A grid: version, flags, rows - 1, columns - 1, width and height (ISO/IEC 23008-12, 6.6.2.3). */
static bool decode_grid(const struct heif *heif, const struct heif_item *item, int depth,
                        struct target *target)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct target tile = {0};
    bool any = false;

    buf_init(&bytes, 64);
    heif_bytes(heif, item, &bytes);
    const unsigned char *p = (const unsigned char *)bytes.data;
    bool wide = bytes.len > 1 && (p[1] & 1);
    if (bytes.len < (wide ? 12u : 8u) || target->canvas)
        return false;
    int rows = p[2] + 1;
    int columns = p[3] + 1;
    uint32_t width = wide ? be32_get(p + 4) : be16_get(p + 4);
    uint32_t height = wide ? be32_get(p + 8) : be16_get(p + 6);
    if (width == 0 || height == 0 || width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX ||
        (double)width * height * 4 > IMAGE_BYTES_MAX || rows * columns > TILES_MAX)
        return false;
    tile.canvas = pixCreate((int)width, (int)height, 32);
    for (int i = 0; i < rows * columns && tile.canvas; i++) {
        const struct heif_item *part = heif_reference(heif, item, "dimg", (unsigned)i);
        const struct box *ispe = part ? heif_property(heif, part, "ispe") : NULL;
        if (!ispe || ispe->len < 12)
            continue;
        uint32_t tile_width = be32_get(ispe->data + 4);
        uint32_t tile_height = be32_get(ispe->data + 8);
        if (tile_width > IMAGE_SIDE_MAX || tile_height > IMAGE_SIDE_MAX)
            continue;
        tile.left = i % columns * (int)tile_width;
        tile.top = i / columns * (int)tile_height;
        if (tile.left < (int)width && tile.top < (int)height)
            any |= decode_item(heif, part, depth + 1, &tile);
    }
    if (any)
        target->canvas = tile.canvas;
    else
        pixDestroy(&tile.canvas);
    return any;
}

static bool decode_item(const struct heif *heif, const struct heif_item *item, int depth,
                        struct target *target)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (depth > DEPTH_MAX)
        return false;
    if (strcmp(item->type, "grid") == 0)
        return decode_grid(heif, item, depth, target);
    if (strcmp(item->type, "iden") == 0) {
        const struct heif_item *same = heif_reference(heif, item, "dimg", 0);
        return same && decode_item(heif, same, depth + 1, target);
    }
    buf_init(&bytes, CODED_MAX);
    heif_bytes(heif, item, &bytes);
    const struct box *hvcc = heif_property(heif, item, "hvcC");
    if (strcmp(item->type, "hvc1") == 0)
        return hvcc && decode_hevc(hvcc, &bytes, target);
    if (strcmp(item->type, "av01") == 0)
        return decode_av1(&bytes, target);
    return strcmp(item->type, "jpeg") == 0 && decode_jpeg(&bytes, target);
}

/* Replaces *pix by what a step made of it, if it made anything. */
static void step(PIX **pix, PIX *made)
{
    if (!made)
        return;
    pixDestroy(pix);
    *pix = made;
}

/* A fraction of two 32-bit numbers, the first perhaps negative. */
static double fraction(const unsigned char *p)
{
    uint32_t below = be32_get(p + 4);

    return below ? (double)(int32_t)be32_get(p) / below : 0;
}

/* The clean aperture: a rectangle around the middle (ISO/IEC 14496-12, 12.1.4). */
static PIX *crop(PIX *pix, const unsigned char *p)
{
    double width = fraction(p);
    double height = fraction(p + 8);
    double left = (pixGetWidth(pix) - width) / 2 + fraction(p + 16);
    double top = (pixGetHeight(pix) - height) / 2 + fraction(p + 24);

    if (!(width >= 1 && height >= 1 && left >= 0 && top >= 0 && width <= pixGetWidth(pix) &&
          height <= pixGetHeight(pix)))
        return NULL;
    BOX *box = boxCreate((int)left, (int)top, (int)width, (int)height);
    PIX *cut = pixClipRectangle(pix, box, NULL);
    boxDestroy(&box);
    return cut;
}

/* Rotation, mirroring and cropping, in the order in which the item has them. */
static void transform(const struct heif *heif, const struct heif_item *item, PIX **pix)
{
    for (unsigned i = 0; i < item->use_count; i++) {
        size_t index = item->uses[i];
        if (index < 1 || index > heif->property_count)
            continue;
        const struct box *box = &heif->properties[index - 1];
        if (strcmp(box->type, "irot") == 0 && box->len >= 1 && (box->data[0] & 3))
            step(pix, pixRotateOrth(*pix, 4 - (box->data[0] & 3)));
        else if (strcmp(box->type, "imir") == 0 && box->len >= 1)
            step(pix, box->data[0] & 1 ? pixFlipLR(NULL, *pix) : pixFlipTB(NULL, *pix));
        else if (strcmp(box->type, "clap") == 0 && box->len >= 32)
            step(pix, crop(*pix, box->data));
    }
}

struct Pix *heif_decode(const unsigned char *data, size_t len, int page)
{
    struct heif heif;
    struct target target = {0};
    const struct heif_item *item = NULL;

    if (heif_open(&heif, data, len) && (item = heif_page(&heif, page)) != NULL &&
        decode_item(&heif, item, 0, &target))
        transform(&heif, item, &target.canvas);
    heif_release(&heif);
    return target.canvas;
}
