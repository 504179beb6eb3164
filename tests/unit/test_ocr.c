/*
 * The reading order of pages, on pictures drawn here: words are black bars. What is read on pages
 * put together from scans.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/buf.h"
#include "worker/ocr/ocr_engine.h"

enum { WIDTH = 1200, HEIGHT = 1600, PITCH = 2 * OCR_LETTER, BAR = 16 };

static PIX *page_new(void)
{
    PIX *page = pixCreate(WIDTH, HEIGHT, 8);

    assert_non_null(page);
    pixSetAll(page);
    return page;
}

static void bar(PIX *page, int x, int y, int width, int height)
{
    pixRasterop(page, x, y, width, height, PIX_CLR, NULL, 0, 0);
}

/* A line of words from x0 to x1, divided differently from line to line. */
static void line(PIX *page, int x0, int x1, int y)
{
    for (int x = x0, n = y / 7; x < x1; n++) {
        int width = 50 + n * 37 % 60;
        bar(page, x, y, x + width < x1 ? width : x1 - x, BAR);
        x += width + OCR_LETTER * 9 / 10;
    }
}

static void lines(PIX *page, int x0, int x1, int y, int count)
{
    for (int i = 0; i < count; i++)
        line(page, x0, x1, y + i * PITCH);
}

static struct ocr_layout *layout_of(PIX **page, bool rtl)
{
    struct ocr_layout *layout = mem_zalloc(1, sizeof(*layout));
    struct ocr_ink ink;

    assert_true(ocr_ink_find(*page, OCR_LETTER, &ink));
    ocr_layout_find(&ink, rtl, layout);
    ocr_ink_release(&ink);
    pixDestroy(page);
    return layout;
}

static void test_one_column(void **state)
{
    PIX *page = page_new();
    (void)state;

    lines(page, 100, 1100, 100, 20);
    struct ocr_layout *layout = layout_of(&page, false);
    assert_int_equal(layout->block_count, 1);
    assert_int_equal(layout->line_count, 20);
    free(layout);
}

/* A heading over two columns of running text, whose lines stand beside each other. */
static void two_columns(bool rtl)
{
    PIX *page = page_new();

    line(page, 300, 900, 60);
    lines(page, 100, 570, 200, 16);
    lines(page, 630, 1100, 200, 16);
    struct ocr_layout *layout = layout_of(&page, rtl);
    assert_int_equal(layout->block_count, 3);
    assert_true(layout->blocks[0].y1 < 200);
    assert_true(layout->blocks[rtl ? 2 : 1].x1 < 600);
    assert_true(layout->blocks[rtl ? 1 : 2].x0 > 600);
    free(layout);
}

static void test_two_columns(void **state)
{
    (void)state;
    two_columns(false);
}

static void test_two_columns_leftwards(void **state)
{
    (void)state;
    two_columns(true);
}

/* Two columns around a photograph, of which the threshold leaves fragments. */
static void test_columns_around_picture(void **state)
{
    enum { TOP = 8, BESIDE = 10 };
    PIX *page = page_new();
    int y = 100, end = y + (TOP + BESIDE) * PITCH;
    size_t left = 0;
    (void)state;

    for (int part = 0; part < 3; part++) {
        bool beside = part == 1;
        int count = beside ? BESIDE : TOP;
        lines(page, 100, beside ? 400 : 570, y, count);
        lines(page, beside ? 800 : 630, 1100, y, count);
        y += count * PITCH;
    }
    for (int x = 440, n = 0; x < 750; x += 25)
        for (int at = 100 + TOP * PITCH + 10; at < end - 20; at += 20, n++)
            bar(page, x + n * 7 % 11, at + n * 5 % 7, 5 + n % 4, 6 + n % 3);
    struct ocr_layout *layout = layout_of(&page, false);
    while (left < layout->block_count && layout->blocks[left].x1 < 600)
        left++;
    assert_true(left > 0 && left < layout->block_count);
    for (size_t i = left; i < layout->block_count; i++)
        assert_true(layout->blocks[i].x0 >= 600);
    free(layout);
}

static void test_table_is_read_by_rows(void **state)
{
    PIX *page = page_new();
    (void)state;

    for (int row = 0; row < 12; row++) {
        bar(page, 100, 200 + row * PITCH, 180, BAR);
        bar(page, 600, 200 + row * PITCH, 70, BAR);
        bar(page, 900, 200 + row * PITCH, 70, BAR);
    }
    struct ocr_layout *layout = layout_of(&page, false);
    assert_int_equal(layout->block_count, 1);
    assert_int_equal(layout->line_count, 12);
    free(layout);
}

/* Rows between rules; in each the first cell has two lines and the second one, between them. */
static void test_ruled_cells_stay_whole(void **state)
{
    enum { ROWS = 4, ROW = 120 };
    PIX *page = page_new();
    (void)state;

    for (int row = 0; row <= ROWS; row++)
        bar(page, 100, 200 + row * ROW, 1000, 2);
    for (int row = 0; row < ROWS; row++) {
        line(page, 120, 500, 200 + row * ROW + 24);
        line(page, 120, 420, 200 + row * ROW + 24 + PITCH);
        line(page, 700, 1000, 200 + row * ROW + 24 + PITCH / 2);
    }
    struct ocr_layout *layout = layout_of(&page, false);
    assert_int_equal(layout->block_count, 2 * ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(layout->blocks[2 * i].x1 < 600);
        assert_true(layout->blocks[2 * i + 1].x0 > 600);
        assert_true(layout->blocks[2 * i + 1].y1 < 200 + ((int)i + 1) * ROW);
    }
    free(layout);
}

/* Quotation marks and the tails of letters between lines: they make no lines and close no block. */
static void test_signs_are_no_lines(void **state)
{
    enum { SIGN = OCR_LETTER / 2, LINES = 9 };
    PIX *page = page_new();
    (void)state;

    for (int i = 0; i < LINES; i++) {
        int y = 100 + i * PITCH;
        line(page, 100, 1100, y);
        bar(page, 300, y - SIGN - 3, SIGN, SIGN);
        bar(page, 700, y - SIGN - 3, SIGN, SIGN);
    }
    struct ocr_layout *layout = layout_of(&page, true);
    assert_int_equal(layout->block_count, 1);
    assert_int_equal(layout->line_count, LINES);
    free(layout);
}

static void test_empty_page(void **state)
{
    PIX *page = page_new();
    (void)state;

    struct ocr_layout *layout = layout_of(&page, false);
    assert_int_equal(layout->block_count, 0);
    free(layout);
}

/* A page of small lines that hang: level and enlarged afterwards, and its words found again on the
 * page as it came. */
static void test_normal_view(void **state)
{
    PIX *page = page_new();
    struct ocr_view view, normal;
    (void)state;

    for (int y = 200; y < 1400; y += 24)
        for (int x = 100; x < 1100; x += 30)
            bar(page, x, y, 8, 11);
    PIX *hanging = pixRotate(page, 0.03F, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
    assert_true(ocr_view_open(&view, hanging, 0));
    assert_true(ocr_view_normal(&view, &normal));
    assert_true(normal.angle < -0.025 && normal.angle > -0.035);
    assert_true(normal.scale > 1.6 && normal.scale < 2.2);
    /* The page's centre stays; what is right of it on the level page is lower on the hanging one.
     */
    double x = 1000 * normal.scale, y = 800 * normal.scale;
    struct page_box back = ocr_view_to_page(&normal, (struct page_box){x - 1, y - 1, x + 1, y + 1});
    assert_true(back.x0 > 985 && back.x1 < 1015);
    assert_true(back.y0 > 805 && back.y1 < 820);
    struct page_box again = ocr_view_from_page(&normal, back);
    assert_true(fabs(again.x0 - (x - 1)) < 1e-6 && fabs(again.y1 - (y + 1)) < 1e-6);
    ocr_view_close(&normal);
    ocr_view_close(&view);
    pixDestroy(&hanging);
    pixDestroy(&page);
}

/* A box on a turned page is found again there, whichever way it was turned. */
static void test_turned_views(void **state)
{
    const struct page_box box = {10, 20, 40, 25};
    (void)state;

    for (int quarters = 0; quarters <= 3; quarters++) {
        struct ocr_view view = {.page_width = 300,
                                .page_height = 500,
                                .quarters = quarters,
                                .angle = 0,
                                .scale = 2,
                                .left = 7,
                                .top = 9};
        struct page_box page = ocr_view_to_page(&view, box);
        struct page_box back = ocr_view_from_page(&view, page);
        assert_true(page.x0 >= 0 && page.x1 <= 300 && page.y0 >= 0 && page.y1 <= 500);
        assert_true(fabs(back.x0 - box.x0) < 1e-6 && fabs(back.y0 - box.y0) < 1e-6);
        assert_true(fabs(back.x1 - box.x1) < 1e-6 && fabs(back.y1 - box.y1) < 1e-6);
    }
}

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
    char path[200];

    (void)snprintf(path, sizeof(path), "../shared/data/corpora/ocr/synth/%s", name);
    for (int up = 0; up < 3; up++) {
        PIX *page = pixRead(path);
        if (page)
            return page;
        memmove(path + 3, path, strlen(path) + 1);
        memcpy(path, "../", 3);
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
        cmocka_unit_test(test_one_column),
        cmocka_unit_test(test_two_columns),
        cmocka_unit_test(test_two_columns_leftwards),
        cmocka_unit_test(test_columns_around_picture),
        cmocka_unit_test(test_table_is_read_by_rows),
        cmocka_unit_test(test_ruled_cells_stay_whole),
        cmocka_unit_test(test_signs_are_no_lines),
        cmocka_unit_test(test_empty_page),
        cmocka_unit_test(test_normal_view),
        cmocka_unit_test(test_turned_views),
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
