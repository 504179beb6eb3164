/*
 * What is read on pages put together from scans, with the models of this machine, and how words are
 * replaced by those of another model.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/buf.h"
#include "worker/ocr/ocr_engine.h"

static void put_words(struct page_text *page, const char *const *words, size_t count)
{
    page_text_init(page, 100, 100);
    for (size_t i = 0; i < count; i++) {
        page_text_space(page, ' ');
        page_text_word(page, words[i], strlen(words[i]), (struct page_box){1, 1, 9, 9},
                       (uint8_t)(50 + i));
    }
}

static void assert_word(const struct page_text *page, size_t i, const char *word)
{
    assert_true(i < page->word_count);
    assert_int_equal(page->words[i].len, strlen(word));
    assert_memory_equal(page->text.data + page->words[i].at, word, strlen(word));
}

static void test_replaced_words(void **state)
{
    static const char *const words[] = {"one", "2", "3", "four"}, *const two[] = {"twenty", "one"};
    struct page_text page, part;
    (void)state;

    put_words(&page, words, ARRAY_LEN(words));
    put_words(&part, two, ARRAY_LEN(two));
    assert_false(page_text_replace(&page, 2, 2, &part));
    assert_false(page_text_replace(&page, 3, 5, &part));
    assert_true(page_text_replace(&page, 1, 3, &part));
    assert_string_equal(page.text.data, "one twenty one four");
    assert_int_equal(page.word_count, 4);
    assert_word(&page, 0, "one");
    assert_word(&page, 1, "twenty");
    assert_word(&page, 2, "one");
    assert_word(&page, 3, "four");
    assert_int_equal(page.words[1].confidence, 50);
    assert_int_equal(page.words[3].confidence, 53);
    assert_true(page_text_replace(&page, 0, 4, &part));
    assert_string_equal(page.text.data, "twenty one");
    page_text_release(&part);
    page_text_release(&page);
}

/* ---- reading, with the models of this machine and the shared data ---- */

static PIX *shared_page(const char *name)
{
    static const char *const up[] = {"", "../", "../../"};
    char path[200];

    for (size_t i = 0; i < ARRAY_LEN(up); i++) {
        (void)snprintf(path, sizeof(path), "%s../shared/data/corpora/ocr/synth/%s", up[i], name);
        PIX *page = pixRead(path);
        if (page)
            return page;
    }
    return NULL;
}

static bool has_models(void)
{
    char lacking[OCR_LANG_MAX];

    ocr_models_open(true);
    return !ocr_lacks_model("eng+fas", lacking);
}

static void read_page(PIX *page, const char *langs, struct ocr_page *ret_page)
{
    assert_int_equal(ocr_read(page, 0, langs, ret_page), 0);
}

static void assert_reads(const struct ocr_page *page, const char *words)
{
    if (!page->page.text.data || !strstr(page->page.text.data, words))
        fail_msg("\"%s\" is not in:\n%s", words, page->page.text.data ? page->page.text.data : "");
}

/* A part of an English page and one of a Persian page, put on one. */
static PIX *both_pages(const char *name, int from, int persian_x, int persian_y, int english_x,
                       int english_y)
{
    enum { WIDE = 2750, HIGH = 900, ROWS = 385, WHOLE = 1337 };
    PIX *persian = shared_page("fa_005.jpg"), *english = shared_page(name);
    PIX *page = NULL;

    if (persian && english && has_models()) {
        PIX *grey = pixConvertTo8(english, 0);
        page = pixCreate(WIDE, HIGH, 8);
        pixSetAll(page);
        pixRasterop(page, persian_x, persian_y, WHOLE, ROWS, PIX_SRC, persian, 0, 0);
        pixRasterop(page, english_x, english_y, WHOLE, ROWS, PIX_SRC, grey, 0, from);
        pixDestroy(&grey);
    }
    pixDestroy(&persian);
    pixDestroy(&english);
    if (!page)
        skip();
    return page;
}

static void assert_reads_both(PIX *page, const char *english)
{
    struct ocr_page read;

    read_page(page, "eng+fas", &read);
    assert_reads(&read, "ناامید نکند");
    assert_reads(&read, "صحبت می‌کند");
    assert_reads(&read, english);
    ocr_page_release(&read);
    pixDestroy(&page);
}

static void test_languages_of_blocks(void **state)
{
    (void)state;
    assert_reads_both(both_pages("en_008.tif", 512, 0, 0, 0, 500), "BALUCHISTAN RESIDENT IN IRAQ");
}

static void test_languages_of_columns(void **state)
{
    (void)state;
    assert_reads_both(both_pages("en_013.jpg", 832, 1380, 0, 0, 60), "GENERAL SOVIET INTEREST");
}

/* No more room between them than between two lines: one block for layout analysis. */
static void test_languages_of_lines(void **state)
{
    (void)state;
    assert_reads_both(both_pages("en_008.tif", 512, 0, 0, 0, 405), "BALUCHISTAN RESIDENT IN IRAQ");
}

/* Names in Latin letters within Persian lines; numbers there stay as they are. */
static void test_latin_words(void **state)
{
    PIX *page = shared_page("fa_018.tif");
    struct ocr_page read;
    (void)state;

    if (!page || !has_models()) {
        pixDestroy(&page);
        skip();
    }
    read_page(page, "eng+fas", &read);
    assert_string_equal(read.lang, "fas");
    assert_reads(&read, "با Rosenstein ممکن");
    assert_reads(&read, "ماه، New York Times گزارش");
    assert_reads(&read, "اصلاحیه 25ام");
    for (size_t i = 0; i < read.page.word_count; i++)
        assert_true(read.page.words[i].at + read.page.words[i].len <= read.page.text.len);
    ocr_page_release(&read);
    pixDestroy(&page);
}

static void test_colour_is_taken(void **state)
{
    static const struct {
        int red, green, blue, least, most;
    } pixels[] = {
        {0, 0, 0, 0, 0},         {20, 20, 60, 0, 60},     {255, 255, 255, 255, 255},
        {40, 50, 170, 255, 255}, {190, 30, 40, 255, 255}, {120, 40, 140, 255, 255},
        {40, 45, 55, 0, 60},
    };
    PIX *page = pixCreate(100, 100, 32), *plain = pixCreate(100, 100, 32);
    (void)state;

    pixSetAll(plain);
    assert_null(ocr_colour_take(plain));
    pixSetAll(page);
    for (int i = 0; i < (int)ARRAY_LEN(pixels); i++)
        for (int y = 0; y < 10; y++)
            pixSetRGBPixel(page, i, y, pixels[i].red, pixels[i].green, pixels[i].blue);
    PIX *grey = ocr_colour_take(page);
    assert_non_null(grey);
    for (int i = 0; i < (int)ARRAY_LEN(pixels); i++) {
        l_uint32 value;
        pixGetPixel(grey, i, 5, &value);
        assert_in_range(value, pixels[i].least, pixels[i].most);
    }
    pixDestroy(&grey);
    pixDestroy(&plain);
    pixDestroy(&page);
}

/* Hatches in blue ink, which leaves black as it is. */
static void stamp(PIX *page)
{
    enum { EVERY = 26, BROAD = 9, RED = 60, GREEN = 60, BLUE = 190 };

    for (int y = 0; y < (int)pixGetHeight(page); y++)
        for (int x = 0; x < (int)pixGetWidth(page); x++) {
            l_int32 red, green, blue;
            pixGetRGBPixel(page, x, y, &red, &green, &blue);
            if ((x + y) % EVERY < BROAD)
                pixSetRGBPixel(page, x, y, red < RED ? red : RED, green < GREEN ? green : GREEN,
                               blue < BLUE ? blue : BLUE);
        }
}

static void test_stamp_over_text(void **state)
{
    static const char words[] = "GENERAL SOVIET INTEREST";
    PIX *grey = shared_page("en_013.jpg");
    struct ocr_page read;
    (void)state;

    if (!grey || !has_models()) {
        pixDestroy(&grey);
        skip();
    }
    BOX *box = boxCreate(0, 832, 1354, 385);
    PIX *part = pixClipRectangle(grey, box, NULL), *page = pixConvertTo32(part);
    stamp(page);
    PIX *as_grey = pixConvertTo8(page, 0);
    read_page(as_grey, "eng", &read);
    assert_null(strstr(read.page.text.data ? read.page.text.data : "", words));
    ocr_page_release(&read);
    read_page(page, "eng", &read);
    assert_reads(&read, words);
    ocr_page_release(&read);
    pixDestroy(&as_grey);
    pixDestroy(&page);
    pixDestroy(&part);
    boxDestroy(&box);
    pixDestroy(&grey);
}

/* ---- scripts ---- */

/* What becomes of a document whose one page is this picture. */
static struct verdict script_verdict(const char *name, const char *langs, struct verdict verdict)
{
    PIX *page = shared_page(name);
    struct ocr_page read;

    if (!page || !has_models()) {
        print_message("skipped: no %s or no models\n", name);
        pixDestroy(&page);
        skip();
    }
    read_page(page, langs, &read);
    if (verdict.outcome == OUTCOME_FAILED)
        verdict = read.page.word_count ? verdict_text() : verdict_empty(REASON_NO_WORDS, "none");
    ocr_page_release(&read);
    pixDestroy(&page);
    return ocr_script_verdict(verdict);
}

static void assert_script(const char *name, const char *langs, const char *words)
{
    struct verdict any = {.outcome = OUTCOME_FAILED};
    struct verdict verdict = script_verdict(name, langs, any);

    assert_int_equal(verdict.reason, REASON_NO_LANGUAGE_MODEL);
    if (!strstr(verdict.detail, words))
        fail_msg("\"%s\" is not in: %s", words, verdict.detail);
}

/* A page that none of the models can read is named, whatever they made of it. */
static void test_foreign_scripts(void **state)
{
    (void)state;
    assert_script("../en_unlv_tess/hebrew.png", "eng+fas+ara",
                  "Hebrew script, which none of the languages asked for is written in.");
    assert_script("../en_unlv_tess/devatest.png", "eng+fas", "Devanagari script");
    assert_script("../en_unlv_tess/devatest-rotated-270.png", "eng+fas", "Devanagari script");
    assert_script("../fa_tooska/books1/b10.jpg", "eng",
                  "Read it with: sanad retry CASE --reason no-language-model --langs fas");
}

/* Of a document with other pages it is a remark; a reason that the reader gave comes first. */
static void test_foreign_page_among_others(void **state)
{
    struct verdict cut = {.outcome = OUTCOME_TEXT, .reason = REASON_TRUNCATED};
    struct verdict verdict = script_verdict("../en_unlv_tess/hebrew.png", "eng", verdict_text());

    (void)state;
    assert_int_equal(verdict.outcome, OUTCOME_TEXT);
    assert_int_equal(verdict.reason, REASON_NO_LANGUAGE_MODEL);
    assert_non_null(strstr(verdict.detail, "1 page is in Hebrew script"));
    verdict = script_verdict("../en_unlv_tess/hebrew.png", "eng", cut);
    assert_int_equal(verdict.reason, REASON_TRUNCATED);
    verdict = ocr_script_verdict(verdict_text()); /* each document for itself */
    assert_int_equal(verdict.reason, REASON_NONE);
}

/* Pages of the languages asked for, turned, faded and in columns, are not. */
static void test_own_scripts(void **state)
{
    static const char *const names[] = {"en_005.jpg", "en_006.tif",
                                        "../en_unlv_tess/phototest-rotated-180.png"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct verdict any = {.outcome = OUTCOME_FAILED};
        assert_int_equal(script_verdict(names[i], "eng+fas", any).outcome, OUTCOME_TEXT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replaced_words),
        cmocka_unit_test(test_languages_of_blocks),
        cmocka_unit_test(test_languages_of_columns),
        cmocka_unit_test(test_languages_of_lines),
        cmocka_unit_test(test_latin_words),
        cmocka_unit_test(test_colour_is_taken),
        cmocka_unit_test(test_stamp_over_text),
        cmocka_unit_test(test_foreign_scripts),
        cmocka_unit_test(test_foreign_page_among_others),
        cmocka_unit_test(test_own_scripts),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
