/* Pictures and OCR: what the reader says, taken back from its frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <leptonica/allheaders.h>

#include "pages_said.h"
#include "worker/image/image_facts.h"

static void test_ocr_chooses_language(void **state)
{
    struct said said;

    (void)state;
    said_need_model("eng+fas+ara");
    said_of_file(call_image, "corpora/ocr/synth/en_002.tif", "ara+fas+eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_OCR);
    assert_non_null(strstr(said.text.data, " the "));
    said_release(&said);
    said_of_file(call_image, "corpora/ocr/synth/fa_004.tif", "eng+ara+fas", 0, &said);
    assert_non_null(strstr(said.text.data, "است"));
    assert_non_null(strstr(said.text.data, "\u06CC"));
    said_release(&said);
    said_of_file(call_image, "corpora/ocr/synth/ar_001.jpg", "eng+fas+ara", 0, &said);
    assert_non_null(strstr(said.text.data, "\u064A"));
    said_release(&said);
}

/* Words of which the engine is not sure are kept in a page read well. */
static void test_ocr_keeps_doubtful_words(void **state)
{
    struct said said;

    (void)state;
    said_need_model("fas");
    said_of_file(call_image, "corpora/ocr/fa_tooska/books1/b10.jpg", "fas", 0, &said);
    said_has(&said, "نگاه دوگانه");
    said_release(&said);
    said_of_sample(call_image, "cables/1397-08-12_4401.png", "fas", &said);
    const char *number = strstr(said.text.data, "شماره: ");
    assert_non_null(number);
    assert_true(strcspn(number, "\n") > sizeof("شماره: "));
    said_release(&said);
}

/* Words of the engine with a space in them: their boxes must still match (see on_words). */
static void test_ocr_word_with_space(void **state)
{
    struct said said;

    (void)state;
    said_need_model("ara");
    said_of_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf4.pdf", "ara", 0, &said);
    assert_int_equal(said.ocr_pages, 2);
    said_has(&said, "المستوردات الوطنية");
    said_release(&said);
}

static void test_ocr_turned_page(void **state)
{
    struct said said;

    (void)state;
    said_need_model("eng");
    said_of_file(call_image, "corpora/ocr/en_unlv_tess/phototest-rotated-180.png", "eng", 0, &said);
    assert_non_null(strstr(said.text.data, "quick brown"));
    said_release(&said);
}

static void test_tiff_pages(void **state)
{
    struct said said;

    (void)state;
    said_need_model("eng");
    said_of_file(call_image, "fixtures/aleph-ingest-file/multipage_tiff_example.tif", "eng", 0,
                 &said);
    assert_int_equal(said.pages, 10);
    said_release(&said);
}

/* A picture of one colour. */
static PIX *plain_picture(int width, int height)
{
    PIX *pix = pixCreate(width, height, 8);

    assert_non_null(pix);
    pixSetAll(pix);
    return pix;
}

static void test_blank_picture_has_no_words(void **state)
{
    PIX *pix = plain_picture(600, 400);
    l_uint8 *png = NULL;
    size_t len = 0;
    struct said said;

    (void)state;
    said_need_model("eng");
    assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
    said_of_bytes(call_image, png, len, "eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_EMPTY);
    assert_int_equal(said.verdict.reason, REASON_NO_WORDS);
    assert_int_equal(said.pages, 1);
    said_release(&said);
    /* Cut off, it is truncated. */
    said_of_bytes(call_image, png, len / 2, "eng", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_TRUNCATED);
    said_release(&said);
    free(png);
    pixDestroy(&pix);
}

/* Bullets and spacers: OCR refuses them, and there is nothing wrong with them. */
static void test_tiny_picture_has_no_words(void **state)
{
    static const int sides[][2] = {{1, 1}, {2, 2}, {12, 12}, {14, 14}, {300, 1}};
    struct said said;

    (void)state;
    said_need_model("eng");
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        PIX *pix = plain_picture(sides[i][0], sides[i][1]);
        l_uint8 *png = NULL;
        size_t len = 0;
        assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
        said_of_bytes(call_image, png, len, "eng", 0, &said);
        assert_int_equal(said.verdict.outcome, OUTCOME_EMPTY);
        assert_int_equal(said.verdict.reason, REASON_NO_WORDS);
        said_release(&said);
        said_of_bytes(call_image_render, png, len, "", 36, &said);
        assert_true(said.image_width >= 1);
        said_release(&said);
        free(png);
        pixDestroy(&pix);
    }
}

static void test_huge_picture_is_refused_unseen(void **state)
{
    PIX *pix = plain_picture(8, 8);
    l_uint8 *png = NULL;
    size_t len = 0;
    struct said said;

    (void)state;
    assert_int_equal(pixWriteMemPng(&png, &len, pix, 0), 0);
    static const unsigned char size[] = {0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50}; /* 50,000 twice */
    memcpy(png + 16, size, sizeof(size));
    said_of_bytes(call_image_render, png, len, "", 100, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_LIMIT_SIZE);
    said_release(&said);
    free(png);
    pixDestroy(&pix);
}

static void test_exif_turns_picture(void **state)
{
    /* APP1: Exif, big-endian TIFF, one entry: orientation 6 (the top is on the right). */
    static const unsigned char app1[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,  'M', 'M',
                                         0,    42,   0, 0,  0,   8,   0,   1,   1, 18, 0,   3,
                                         0,    0,    0, 1,  0,   6,   0,   0,   0, 0,  0,   0};
    PIX *pix = plain_picture(64, 32);
    l_uint8 *jpeg = NULL;
    size_t len = 0;
    struct buf with;
    struct said said;

    (void)state;
    assert_int_equal(pixWriteMemJpeg(&jpeg, &len, pix, 80, 0), 0);
    buf_init(&with, 64 << 20);
    assert_int_equal(buf_append(&with, jpeg, 2), 0);
    assert_int_equal(buf_append(&with, app1, sizeof(app1)), 0);
    assert_int_equal(buf_append(&with, jpeg + 2, len - 2), 0);
    assert_int_equal(image_orientation(IMAGE_JPEG, (const unsigned char *)with.data, with.len), 6);
    said_of_bytes(call_image_render, with.data, with.len, "", 150, &said);
    assert_int_equal(said.image_width, 32);
    assert_int_equal(said.image_height, 64);
    said_release(&said);
    buf_release(&with);
    free(jpeg);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ocr_chooses_language),
        cmocka_unit_test(test_ocr_keeps_doubtful_words),
        cmocka_unit_test(test_ocr_word_with_space),
        cmocka_unit_test(test_ocr_turned_page),
        cmocka_unit_test(test_tiff_pages),
        cmocka_unit_test(test_blank_picture_has_no_words),
        cmocka_unit_test(test_tiny_picture_has_no_words),
        cmocka_unit_test(test_huge_picture_is_refused_unseen),
        cmocka_unit_test(test_exif_turns_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
