/* Pictures that our own code decodes, built byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <leptonica/allheaders.h>

#include "parts_told.h"
#include "worker/image/image_frames.h"
#include "worker/image/raster.h"

#define PCX_HEAD(bits, planes, line)                                                               \
    "\x0A\5\1" bits "\0\0\0\0\7\0\1\0\x48\0\x48\0"                                                 \
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                             \
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                             \
    "\0" planes line "\0\1\0"                                                                      \
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                     \
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

/* Eight pixels in two lines: black and white bits, and shades by runs. */
static const char PCX_BITS[] = PCX_HEAD("\1", "\1", "\1") "\x0F\xC1\xF0";
static const char PCX_SHADES[] = PCX_HEAD("\10", "\1", "\10") "\xC4\0\xC4\xFF\xC8\x80";
/* Two lines of two pixels, the lower one first: blue, green; then red twice as a run. */
static const char TGA[] = "\0\0\x0A\0\0\0\0\0\0\0\0\0\2\0\2\0\x18\0"
                          "\1\xFF\0\0\0\xFF\0\x81\0\0\xFF";
static const char ICON[] = "\0\0\1\0\1\0\2\1\0\0\1\0\x18\0\x34\0\0\0\x16\0\0\0"
                           "\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x18\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\xFF\xFF\0\0\0\0\x40\0\0\0";
#define PSD_HEAD "8BPS\0\1\0\0\0\0\0\0\0\3\0\0\0\1\0\0\0\2\0\x08\0\3\0\0\0\0\0\0\0\0"
static const char PSD_RAW[] = PSD_HEAD "\0\0\0\0\0\0\xFF\0\0\xFF\0\0";
static const char PSD_PACKED[] = PSD_HEAD "\0\0\0\0\0\1\0\3\0\3\0\2\1\xFF\0\1\0\xFF\xFF\0";
static const char PSD_TEXT[] = PSD_HEAD "\0\0\0\x14"
                                        "Txt TEXT\0\0\0\4\0a\6\x46\0\r\0b"
                                        "\0\0\xFF\0\0\xFF\0\0";
/* A black square of 16 pixels: file header, page, a generic region by MMR, end of page and file. */
static const char JBIG2[] =
    "\x97\x4A\x42\x32\x0D\x0A\x1A\x0A\x01\x00\x00\x00\x01\x00\x00\x00\x00\x30\x00\x01"
    "\x00\x00\x00\x13\x00\x00\x00\x10\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x01\x26\x00\x01\x00\x00\x00\x1C\x00\x00\x00\x10\x00\x00"
    "\x00\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x26\xA0\xBF\xFF\xFF\xFF\xE0\x02"
    "\x00\x20\x00\x00\x00\x02\x31\x00\x01\x00\x00\x00\x00\x00\x00\x00\x03\x33\x00\x00"
    "\x00\x00\x00\x00";

static const struct {
    const char *bytes;
    size_t len;
    enum image_format format;
    uint32_t width, height, first, last; /* and the colours of two corners */
} PICTURES[] = {
    {BYTES(PCX_BITS), IMAGE_PCX, 8, 2, 0x00000000, 0x00000000},
    {BYTES(PCX_SHADES), IMAGE_PCX, 8, 2, 0x00000000, 0x80808000},
    {BYTES(TGA), IMAGE_TGA, 2, 2, 0xFF000000, 0x00FF0000},
    {BYTES(ICON), IMAGE_ICON, 2, 1, 0xFF000000, 0xFFFFFF00},
    {BYTES(PSD_RAW), IMAGE_PSD, 2, 1, 0xFF000000, 0x00FF0000},
    {BYTES(PSD_PACKED), IMAGE_PSD, 2, 1, 0xFF000000, 0x00FF0000},
};

static PIX *decoded(const char *bytes, size_t len, enum image_format format, bool *ret_damaged)
{
    struct image_size size;
    const unsigned char *data = (const unsigned char *)bytes;

    *ret_damaged = false;
    assert_int_equal(image_format(data, len), format);
    assert_true(image_size(format, data, len, 0, &size));
    PIX *pix = raster_of(format)->decode(data, len, 0, ret_damaged);
    if (pix) {
        assert_int_equal(pixGetWidth(pix), size.width);
        assert_int_equal(pixGetHeight(pix), size.height);
    }
    return pix;
}

static void pictures_are_decoded(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(PICTURES); i++) {
        bool damaged;
        PIX *pix = decoded(PICTURES[i].bytes, PICTURES[i].len, PICTURES[i].format, &damaged);
        assert_non_null(pix);
        assert_false(damaged);
        assert_int_equal(pixGetWidth(pix), PICTURES[i].width);
        assert_int_equal(pixGetHeight(pix), PICTURES[i].height);
        assert_int_equal(raster_row(pix, 0)[0], PICTURES[i].first);
        assert_int_equal(raster_row(pix, PICTURES[i].height - 1)[PICTURES[i].width - 1],
                         PICTURES[i].last);
        pixDestroy(&pix);
    }
}

/* Every cut is no picture, or one that is told to be damaged. */
static void cut_pictures_are_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(PICTURES); i++)
        for (size_t len = 1; len < PICTURES[i].len; len++) {
            const unsigned char *data = (const unsigned char *)PICTURES[i].bytes;
            if (image_format(data, len) != PICTURES[i].format)
                continue;
            bool damaged;
            PIX *pix = decoded(PICTURES[i].bytes, len, PICTURES[i].format, &damaged);
            assert_true(damaged || !pix || len + 3 >= PICTURES[i].len);
            pixDestroy(&pix);
        }
}

static void jbig2_has_its_pages(void **state)
{
    bool damaged;
    l_int32 black = 0;
    PIX *pix = decoded(BYTES(JBIG2), IMAGE_JBIG2, &damaged);

    (void)state;
    assert_non_null(pix);
    pixCountPixels(pix, &black, NULL);
    assert_int_equal(black, 16 * 16);
    pixDestroy(&pix);
    assert_int_equal(raster_jbig2.pages((const unsigned char *)JBIG2, sizeof(JBIG2) - 1), 1);
}

static void layers_of_text_are_text(void **state)
{
    (void)state;
    told_expect(
        "a.psd", BYTES(PSD_TEXT),
        WANTED(.mime = "image/vnd.adobe.photoshop", .main = "aن\nb\n", .outcome = OUTCOME_TEXT));
}

static void animations_are_counted(void **state)
{
    static const char GIF[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF"
                              "!\xF9\4\0\0\0\0\0"
                              ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
                              ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;";
    static const char WEBP[] = "RIFF\x30\0\0\0WEBPANMF\4\0\0\0aaaaANMF\3\0\0\0aaa\0ANMF\2\0\0\0aa";
    static const char PNG[] = "\x89PNG\r\n\x1A\n\0\0\0\0IHDR....\0\0\0\x08"
                              "acTL\0\0\0\7\0\0\0\0....";

    (void)state;
    assert_int_equal(image_frames(IMAGE_GIF, (const unsigned char *)GIF, sizeof(GIF) - 1), 2);
    assert_int_equal(image_frames(IMAGE_WEBP, (const unsigned char *)WEBP, sizeof(WEBP) - 1), 3);
    assert_int_equal(image_frames(IMAGE_PNG, (const unsigned char *)PNG, sizeof(PNG) - 1), 7);
    for (size_t len = 1; len < sizeof(GIF); len++)
        assert_true(image_frames(IMAGE_GIF, (const unsigned char *)GIF, len) <= 2);
}

static void names_decide_about_tga(void **state)
{
    (void)state;
    told_expect("a.tga", BYTES(TGA), WANTED(.mime = "image/x-tga"));
    told_expect("a.bin", BYTES(TGA), WANTED(.mime = "application/octet-stream"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_decoded),   cmocka_unit_test(cut_pictures_are_damaged),
        cmocka_unit_test(jbig2_has_its_pages),    cmocka_unit_test(layers_of_text_are_text),
        cmocka_unit_test(animations_are_counted), cmocka_unit_test(names_decide_about_tga),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
