/* Rich Text Format: code pages, groups, tables, what is not text, and damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"

static void read_rtf(struct told *told, const char *text)
{
    told_read(told, "x.rtf", text, strlen(text), PLENTY);
    assert_string_equal(told->mime, "text/rtf");
}

static void main_is(const char *rtf, const char *expected)
{
    struct told told;

    read_rtf(&told, rtf);
    assert_string_equal(told.main.data, expected);
    told_release(&told);
}

static void code_pages(void **state)
{
    (void)state;
    main_is("{\\rtf1\\ansi\\ansicpg1256 \\'d3\\'e4\\'cf}", "\u0633\u0646\u062F");
    main_is("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f7\\fcharset178 B;}}"
            "\\f7 \\'d3{\\f0 \\'e9}\\'d3}",
            "\u0633\u00E9\u0633");
    /* a lead byte and a trailing one that is written as a letter */
    main_is("{\\rtf1{\\fonttbl{\\f0\\fcharset128 A;}}\\f0 \\'83A}", "\u30A2");
    main_is("{\\rtf1\\mac \\'8a}", "\u00E4");
    main_is("{\\rtf1\\ansi\\deff3{\\fonttbl{\\f3\\fcharset204 A;}}\\plain \\'cc}", "\u041C");
}

static void characters_with_stand_ins(void **state)
{
    (void)state;
    main_is("{\\rtf1\\uc1\\u1587?\\u1606\\'e4x}", "\u0633\u0646x");
    main_is("{\\rtf1\\uc0\\u1587\\u1606 x}", "\u0633\u0646x");
    main_is("{\\rtf1{\\uc2\\u1587\\'81\\'40a}\\u1606?b}", "\u0633a\u0646b");
    main_is("{\\rtf1\\u-10179?\\u-8704?!}", "\U0001F600!");
    main_is("{\\rtf1\\u-3913?}", "\u2022");
    main_is("{\\rtf1 a\\emdash b\\~c\\_d\\{\\}\\\\}", "a\u2014b\u00A0c\u2011d{}\\");
}

static void what_stands_where(void **state)
{
    struct told told;

    (void)state;
    read_rtf(&told,
             "{\\rtf1{\\stylesheet{\\s0 Normal;}}{\\*\\nobody knows}"
             "{\\info{\\title T}{\\author A}{\\operator A}{\\creatim\\yr2007\\mo1\\dy2\\hr3\\min4}}"
             "one{\\footnote note} two\\par\n"
             "\\trowd \\cell b\\cell\\row "
             "{\\field{\\*\\fldinst{HYPERLINK \"http://x.org/\" \\\\o \"hint\"}}{\\fldrslt link}}"
             "{\\deleted gone}{\\v hidden}\\par{\\listtext 1.\\tab}item\\par"
             "{\\*\\atnauthor Bo}{\\*\\annotation said}"
             "{\\*\\shppict{\\pict\\pngblip 8950}}{\\nonshppict{\\pict 00}}}");
    assert_string_equal(told.main.data, "one two\nnote\n\tb\nlinkhidden\n1.\titem\n[Bo] said\n");
    assert_string_equal(told.rest.data, "http://x.org/\ngone\n");
    assert_string_equal(told.metas.data, "title=T\nauthor=A\ndate=2007-01-02T03:04:00\n"
                                         "hidden-text=yes\ntracked-changes=yes\n");
    assert_string_equal(told.children.data, "image1.png (image/png) 2\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
}

static void embedded_files(void **state)
{
    struct told told;

    (void)state;
    read_rtf(&told, "{\\rtf1{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata 01050000"
                    "02000000 08000000 5061636b61676500 00000000 00000000 23000000"
                    "0200 612e7900 433a5c7a5c632e6400 00000300 04000000 632e6400 04000000 41424344"
                    "}{\\result shown}}}");
    assert_string_equal(told.main.data, "shown");
    assert_string_equal(told.children.data, "a.y () 4\n");
    assert_string_equal(told.data.data, "ABCD");
    told_release(&told);
}

static void damage(void **state)
{
    struct buf deep;
    struct told told;

    (void)state;
    read_rtf(&told, "{\\rtf1 cut {\\b off");
    assert_string_equal(told.main.data, "cut off");
    assert_int_equal(told.reason, REASON_TRUNCATED);
    told_release(&told);

    buf_init(&deep, 1 << 20);
    (void)buf_append_str(&deep, "{\\rtf1 a");
    for (int i = 0; i < 100000; i++)
        (void)buf_append_char(&deep, '{');
    for (int i = 0; i < 100000; i++)
        (void)buf_append_char(&deep, '}');
    (void)buf_append_str(&deep, "b}");
    main_is(deep.data, "ab");
    buf_clear(&deep);
    (void)buf_append_str(&deep, "{\\rtf1 a");
    for (int i = 0; i < 3000; i++)
        (void)buf_append_char(&deep, '{');
    (void)buf_append_str(&deep, "lost");
    read_rtf(&told, deep.data);
    assert_string_equal(told.main.data, "a");
    assert_non_null(strstr(told.warnings.data, "limit-depth: text in more than"));
    told_release(&told);
    buf_release(&deep);
    main_is("{\\rtf1}}}} c", " c");
    main_is("{\\rtf1\\bin99999 {\\pict\\bin4294967295 x}", "");
}

static void real_files(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/tika/tika-parser-microsoft-module/testRTFVarious.rtf"))
        skip();
    assert_non_null(strstr(told.main.data, "This is a footnote."));
    assert_non_null(strstr(told.main.data, "This is the header text."));
    assert_non_null(strstr(told.main.data, "Here is a text box"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_pages),
        cmocka_unit_test(characters_with_stand_ins),
        cmocka_unit_test(what_stands_where),
        cmocka_unit_test(embedded_files),
        cmocka_unit_test(damage),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
