/*
 * The reading order of pages and how they are turned, on pictures drawn here: words are black bars.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <leptonica/allheaders.h>

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
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
