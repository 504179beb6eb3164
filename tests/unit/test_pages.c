/* Pages of PDF: what the reader says, taken back from its frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <leptonica/allheaders.h>

#include "pages_said.h"

static void test_pdf_arabic(void **state)
{
    struct said said;

    (void)state;
    said_of_file(call_pdf, "corpora/pdf/pdfjs/ArabicCIDTrueType.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_TEXT);
    assert_string_equal(said.text.data, "انواع الخطوط العربية\nانواع الخطوط العربية\n"
                                        "انواع الخطوط العربية\nانواع الخطوط العربية\n\f");
    assert_int_equal(said.words, 12);
    assert_non_null(strstr(said.meta, "date=2011-07-05T11:33:19+01:00"));
    said_release(&said);
}

static void test_pdf_arabic_book(void **state)
{
    struct said said;

    (void)state;
    said_of_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf10.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_TEXT);
    assert_int_equal(said.pages, 6);
    assert_non_null(strstr(said.text.data, "الشركات متعددة الجنسيات"));
    assert_non_null(strstr(said.text.data, "1/ النمط المركزي وحيد الجنسية"));
    assert_null(strstr(said.text.data, "\uFE94"));
    said_release(&said);
}

/* Lam-alef printed by two glyphs, one without an advance; marks moved in front of their letters. */
static void test_pdf_browser_arabic(void **state)
{
    struct said said;

    (void)state;
    said_of_sample(call_pdf, "letters/harbour-report.pdf", "", &said);
    said_has(&said, "تقرير شهري عن أحواض الإصلاح\n");
    said_has(&said, "أُبلغت شركة مرجان الوديرة بأن أجرة الحوض");
    said_has(&said, "يوم ١٠ فبراير ٢٠١٩ برفقة");
    said_release(&said);
    said_of_sample(call_pdf, "letters/contract-note.pdf", "", &said);
    said_has(&said, "ومئة ألف يورو ثمن الفيلا رقم ١٩ على ساحل");
    said_has(&said, "لا يكتب شيء عن العمولة في البريد الإلكتروني.");
    said_release(&said);
}

/* The zero width non-joiner as a space without room; brackets as they look. */
static void test_pdf_browser_persian(void **state)
{
    struct said said;

    (void)state;
    said_of_sample(call_pdf, "notes/minutes_4419.pdf", "", &said);
    said_has(&said, "صورت\u200cجلسهٔ کمیتهٔ مناقصه\n");
    said_has(&said, "شمارهٔ ۱۳۹۷/د/۴۴۱۹، ۱۱ دی ۱۳۹۷\n");
    said_has(&said, "کاوه شهریوری (رئیس)، لاله کی\u200cمنش (ناظر مالی)، آرمین ساحلی (بندر");
    said_has(&said, "گزارش\u200cهای فنی");
    said_release(&said);
}

static void test_pdf_password(void **state)
{
    struct said said;

    (void)state;
    said_of_file(call_pdf, "corpora/pdf/pdfjs/print_protection.pdf", "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_PASSWORD);
    said_release(&said);
}

static void test_pdf_truncated(void **state)
{
    struct buf file;
    struct said said;

    (void)state;
    said_load("corpora/ocr/ar_kitab_pdf/pdfs/pdf10.pdf", &file);
    for (size_t part = 1; part < 10; part++) {
        said_of_bytes(call_pdf, file.data, file.len * part / 10, "", 0, &said);
        assert_int_equal(said.verdict.reason, REASON_TRUNCATED);
        said_release(&said);
    }
    said_of_bytes(call_pdf, file.data, file.len, "", 0, &said);
    assert_int_equal(said.verdict.reason, REASON_NONE);
    said_release(&said);
    buf_release(&file);
}

static void test_pdf_garbage(void **state)
{
    static const char garbage[] =
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj %%EOF";
    struct said said;

    (void)state;
    said_of_bytes(call_pdf, garbage, sizeof(garbage) - 1, "", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_CORRUPT);
    said_release(&said);
}

static void test_pdf_notes_and_attachment(void **state)
{
    struct said said;

    (void)state;
    said_of_file(call_pdf, "corpora/pdf/pdfjs/annotation-fileattachment.pdf", "", 0, &said);
    assert_int_equal(said.children, 1);
    said_release(&said);
    said_of_file(call_pdf, "corpora/pdf/pdfjs/annotation-highlight.pdf", "", 0, &said);
    assert_true(said.words > 1);
    said_release(&said);
}

static void test_pdf_render(void **state)
{
    struct said said;

    (void)state;
    said_of_file(call_pdf_render, "corpora/pdf/pdfjs/ArabicCIDTrueType.pdf", "", 144, &said);
    assert_int_equal(said.image_width, 1190);
    assert_int_equal(said.image_height, 1684);
    PIX *pix = pixReadMemPng((const l_uint8 *)said.image.data, said.image.len);
    assert_non_null(pix);
    assert_int_equal(pixGetWidth(pix), 1190);
    pixDestroy(&pix);
    said_release(&said);
}

static void test_pdf_scan_is_read_by_ocr(void **state)
{
    struct said said;

    (void)state;
    said_need_model("ara");
    said_of_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf20.pdf", "ara", 0, &said);
    assert_true(said.verdict.outcome == OUTCOME_OCR || said.verdict.outcome == OUTCOME_TEXT);
    assert_true(said.words > 100);
    said_release(&said);
}

/* Fonts that do not tell their letters: read by OCR when that is allowed, as it is otherwise. */
static void test_pdf_garbled_layer(void **state)
{
    struct said said;

    (void)state;
    said_need_model("ara");
    said_of_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf35.pdf", "ara", 0, &said);
    assert_int_equal(said.ocr_pages, 1);
    said_has(&said, "الثورة الفرنسية");
    said_release(&said);
    said_of_file(call_pdf, "corpora/ocr/ar_kitab_pdf/pdfs/pdf35.pdf", "", 0, &said);
    assert_int_equal(said.ocr_pages, 0);
    assert_true(said.words > 100);
    said_release(&said);
}

static void test_missing_model_is_named(void **state)
{
    struct said said;

    (void)state;
    ocr_models_open(true);
    said_of_file(call_image, "corpora/ocr/synth/en_002.tif", "eng+dzo", 0, &said);
    assert_int_equal(said.verdict.outcome, OUTCOME_FAILED);
    assert_int_equal(said.verdict.reason, REASON_NO_LANGUAGE_MODEL);
    assert_non_null(strstr(said.verdict.detail, "tesseract-ocr-dzo"));
    said_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf_arabic),         cmocka_unit_test(test_pdf_arabic_book),
        cmocka_unit_test(test_pdf_browser_arabic), cmocka_unit_test(test_pdf_browser_persian),
        cmocka_unit_test(test_pdf_password),       cmocka_unit_test(test_pdf_truncated),
        cmocka_unit_test(test_pdf_garbage),        cmocka_unit_test(test_pdf_notes_and_attachment),
        cmocka_unit_test(test_pdf_render),         cmocka_unit_test(test_pdf_scan_is_read_by_ocr),
        cmocka_unit_test(test_pdf_garbled_layer),  cmocka_unit_test(test_missing_model_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
