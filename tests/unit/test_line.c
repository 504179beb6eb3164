/* The order of a line of letters as they are printed, and what stands in PDF beside the letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "text/presentation.h"
#include "worker/pdf/pdf_date.h"
#include "worker/pdf/visual.h"

static void check_order(const char *seen, bool rtl, const char *read)
{
    /* Capital letters stand for letters that read right to left. */
    enum direction directions[64];
    uint32_t order[64], runes[64] = {0};
    char out[64] = "";
    size_t len = strlen(seen);
    struct visual_line line = {.runes = runes, .directions = directions, .count = len, .rtl = rtl};
    struct bracket_habit habit = {0};

    for (size_t i = 0; i < len; i++) {
        runes[i] = (unsigned char)seen[i];
        directions[i] = rune_direction(runes[i]);
        if (seen[i] >= 'A' && seen[i] <= 'Z')
            directions[i] = DIRECTION_RTL;
    }
    visual_to_logical(&line, &habit, order);
    for (size_t i = 0; i < len; i++)
        out[i] = (char)runes[order[i]];
    assert_string_equal(out, read);
}

static void test_visual_order(void **state)
{
    (void)state;
    check_order("FED CBA", true, "ABC DEF");
    check_order("DEF 12.5 CBA", true, "ABC 12.5 FED");
    check_order("DC pdf file BA", true, "AB pdf file CD");
    check_order("see CBA now", false, "see ABC now");
    check_order("see FED 12 CBA now", false, "see ABC 12 DEF now");
    check_order("1990/05/12", true, "1990/05/12");
    check_order("abc", false, "abc");
    check_order("", true, "");
    check_order("(FED) CBA", true, "ABC (DEF)");
    check_order("FED (pdf) CBA", true, "ABC (pdf) DEF");
    check_order("see b (c) CBA", true, "ABC see b (c)");
    check_order("(12) CBA", true, "ABC (12)");
    check_order("FED [a CB] A", true, "A [BC a] DEF");
    check_order("see (FED CBA) now", false, "see (ABC DEF) now");
    check_order("see (FED) CBA now", false, "see ABC (DEF) now");
    check_order("(FED CBA", true, "ABC DEF)");
    /* Named by their meaning, not by their looks. */
    check_order(")FED( CBA", true, "ABC (DEF)");
}

static void test_directions(void **state)
{
    (void)state;
    assert_int_equal(rune_direction(0x633), DIRECTION_RTL);
    assert_int_equal(rune_direction(0xFEB3), DIRECTION_RTL);
    assert_int_equal(rune_direction(0x64E), DIRECTION_MARK);
    assert_int_equal(rune_direction(0x6F4), DIRECTION_NUMBER);
    assert_int_equal(rune_direction(0x60C), DIRECTION_NUMBER_SEPARATOR);
    assert_int_equal(rune_direction(0x61F), DIRECTION_NEUTRAL);
    assert_int_equal(rune_direction('a'), DIRECTION_LTR);
    assert_int_equal(rune_direction(0x416), DIRECTION_LTR);
    assert_int_equal(rune_direction('-'), DIRECTION_NEUTRAL);
}

static void test_presentation_forms(void **state)
{
    (void)state;
    assert_string_equal(presentation_letters(0xFE94), "\u0629");
    assert_string_equal(presentation_letters(0xFEFB), "\u0644\u0627");
    assert_string_equal(presentation_letters(0xFBFC), "\u06CC");
    assert_string_equal(presentation_letters(0xFE71), "\u064B");
    assert_null(presentation_letters(0x633));
    assert_null(presentation_letters(0xFEFF));
    assert_null(presentation_letters(0xFBC5));
}

static void test_pdf_dates(void **state)
{
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"D:20240131123000+03'30'", "2024-01-31T12:30:00+03:30"},
        {"D:20110705103319Z00'00'", "2011-07-05T10:33:19Z"},
        {"20110705103319", "2011-07-05T10:33:19"},
        {"D:202401", "2024-01"},
        {"D:2024", "2024"},
        {"D:20249931", "2024"},
        {"D:20240131-", "2024-01-31"},
    };
    char out[PDF_DATE_TEXT];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_true(pdf_date_format(cases[i].text, out));
        assert_string_equal(out, cases[i].iso);
    }
    assert_false(pdf_date_format("yesterday", out));
    assert_false(pdf_date_format("", out));
    assert_false(pdf_date_format("D:0000", out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visual_order),
        cmocka_unit_test(test_directions),
        cmocka_unit_test(test_presentation_forms),
        cmocka_unit_test(test_pdf_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
