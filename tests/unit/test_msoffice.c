/* Binary office documents: Word, Excel, PowerPoint, their locks, macros, objects; number formats.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "cfb_build.h"
#include "msoffice_build.h"
#include "parts_told.h"
#include "worker/ole/cfb.h"
#include "worker/office/lock_rc4.h"
#include "worker/office/numfmt.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_storage.h"

#define TIKA "fixtures/tika/tika-parser-microsoft-module/"

static void shown(const char *code, double value, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};

    buf_init(&out, 4096);
    number_show(code, value, false, &out);
    assert_string_equal(out.data, expected);
}

static void numbers_as_shown(void **state)
{
    (void)state;
    shown("General", 0.1000000000000001, "0.1");
    shown("#,##0.00", 1234567.891, "1,234,567.89");
    shown("#,##0", 7, "7");
    shown("0000", 42, "0042");
    shown("0.00%", 0.025, "2.50%");
    shown("\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)", -1599.99, "($1,599.99)");
    shown("0.00E+00", 198356388, "1.98E+08");
    shown("0.0,,\"M\"", 12345678, "12.3M");
    shown("0 \"dollars and\" .00 \"cents\"", 19.99, "19 dollars and .99 cents");
    shown("_(\"$\"* #,##0.00_)", 3.03, "$ 3.03");
    shown("[$\u20AC-407] 0.0", 2.25, "\u20AC 2.2");
    shown("[<10]\"few\";\"many\"", 12, "many");
    shown("0;-0;\"none\"", 0, "none");
    shown("000-0000", 5551234, "555-1234");
    shown("#.##", 0.5, ".5");
    shown(";;;", 5, "5");
    shown("dd\\.mm\\.yyyy", 43789, "2019-11-20");
    shown("[h]:mm", 1.25, "30:00:00");
    shown("\"At\" h:mm AM/PM \"on\" dddd d mmmm yyyy", 43789.5,
          "At 12:00 PM on Wednesday 20 November 2019");
}

static void a_word_document(void **state)
{
    struct buf bytes;
    struct told told;

    (void)state;
    build_doc(&bytes);
    told_read(&told, "x.doc", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/msword");
    assert_string_equal(told.main.data, "One link \u201Cquoted\u201D\na\tb\n\u0633\u0646\u062F\n");
    assert_string_equal(told.rest.data, "http://x.org/\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
    buf_release(&bytes);
}

static void a_workbook(void **state)
{
    struct buf bytes;
    struct told told;

    (void)state;
    build_xls(&bytes);
    told_read(&told, "x.xls", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/vnd.ms-excel");
    assert_string_equal(told.main.data, "Posts\n\tconsul\n1,234.50 km\t2019-11-20\t#DIV/0!\n\n"
                                        "Away\n42\n\n");
    assert_string_equal(told.metas.data,
                        "sheet=Posts\nsheet-lines=1 1:2 Posts\nhidden-rows=Posts!2:2\n"
                        "hidden-columns=Posts!B:C\nsheet=Away\n"
                        "hidden-sheet=Away\nsheet-lines=2 1:1 Away\n");
    told_release(&told);
    buf_release(&bytes);
}

static void a_presentation(void **state)
{
    struct buf bytes;
    struct told told;

    (void)state;
    build_ppt(&bytes);
    told_read(&told, "x.ppt", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/vnd.ms-powerpoint");
    assert_string_equal(told.pages.data, "slide 1\n");
    assert_string_equal(told.main.data, "Title\nof the slide\nbeside\nsaid aside\n");
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
    buf_release(&bytes);
}

/* Every prefix ends as an outcome, and one that is cut says so. */
static void cut_documents(void **state)
{
    void (*const builders[])(struct buf *) = {build_doc, build_xls, build_ppt};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(builders); i++) {
        struct buf bytes;
        builders[i](&bytes);
        for (size_t len = 512; len < bytes.len; len += 171) {
            struct told told;
            told_read(&told, "x", bytes.data, len, PLENTY);
            assert_true(told.outcome == OUTCOME_TEXT || told.outcome == OUTCOME_EMPTY ||
                        told.outcome == OUTCOME_FAILED);
            told_release(&told);
        }
        buf_release(&bytes);
    }
}

/* The example of [MS-OVBA] 3.2.2. */
static void macros_expand(void **state)
{
    static const unsigned char locked[] = {
        0x01, 0x2F, 0xB0, 0x00, 0x23, 0x61, 0x61, 0x61, 0x62, 0x63, 0x64, 0x65, 0x82,
        0x66, 0x00, 0x70, 0x61, 0x67, 0x68, 0x69, 0x6A, 0x01, 0x38, 0x08, 0x61, 0x6B,
        0x6C, 0x00, 0x30, 0x6D, 0x6E, 0x6F, 0x70, 0x06, 0x71, 0x02, 0x70, 0x04, 0x10,
        0x72, 0x73, 0x74, 0x75, 0x76, 0x10, 0x77, 0x78, 0x79, 0x7A, 0x00, 0x3C};
    CLEANUP(cleanup_buf) struct buf out = {0};

    (void)state;
    buf_init(&out, 4096);
    assert_true(ole_macros_expand(locked, sizeof(locked), &out));
    assert_string_equal(out.data, "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa");
    buf_clear(&out);
    assert_false(ole_macros_expand((const unsigned char *)"\2xx", 3, &out));
}

/* A storage that was written again holds what it held. */
static void storages_become_files(void **state)
{
    static char large[9000];
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf inner = {0};
    CLEANUP(cleanup_buf) struct buf stream = {0};

    (void)state;
    memset(large, 'x', sizeof(large));
    large[sizeof(large) - 1] = 'y';
    const struct cfb_node deep[] = {{.name = "small", .text = "in it"}, {0}};
    const struct cfb_node child[] = {{.name = "large", .text = large, .len = sizeof(large)},
                                     {.name = "folder", .children = deep},
                                     {0}};
    const struct cfb_node root[] = {{.name = "MBD1", .children = child}, {0}};
    build_cfb(root, &bytes);
    CLEANUP(cleanup_cfb)
    struct cfb *outer = cfb_open((const unsigned char *)bytes.data, bytes.len);
    assert_non_null(outer);
    assert_true(ole_storage_write(outer, cfb_child(cfb_root(outer), "MBD1"), &inner));
    CLEANUP(cleanup_cfb)
    struct cfb *again = cfb_open((const unsigned char *)inner.data, inner.len);
    assert_non_null(again);
    assert_false(cfb_damaged(again));
    buf_init(&stream, 1 << 20);
    assert_int_equal(cfb_read(again, cfb_find(cfb_root(again), "folder/small"), &stream), 0);
    assert_string_equal(stream.data, "in it");
    buf_clear(&stream);
    assert_int_equal(cfb_read(again, cfb_child(cfb_root(again), "large"), &stream), 0);
    assert_int_equal(stream.len, sizeof(large));
    assert_memory_equal(stream.data, large, sizeof(large));
}

static void xor_locks(void **state)
{
    static const unsigned char expected[16] = {0xAC, 0xCC, 0xA4, 0xAB, 0xD6, 0xBA, 0xC3, 0xBA,
                                               0xD6, 0xA3, 0x2B, 0x45, 0xD3, 0x79, 0x29, 0xBB};
    unsigned char key[16];

    (void)state;
    assert_false(lock_xor_open("", 0, 0, 2, key));
    assert_false(lock_xor_open("abd", 20810, 52250, 2, key));
    assert_true(lock_xor_open("abc", 20810, 52250, 2, key));
    assert_memory_equal(key, expected, sizeof(expected));
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *text;
    } files[] = {
        {TIKA "testWORD_various.doc", "This is a footnote."},
        {TIKA "testWORD_numbered_list.doc", "ii) Level"},
        {TIKA "testWORD_override_list_numbering.doc", "1st.2.2someOtherText.1 1st.2.2some"},
        {TIKA "testWORD6.doc", "The quick brown fox"},
        {TIKA "testEXCEL_95.xls", "Foglio1"},
        {TIKA "testEXCEL.xlsb", "This is an example spreadsheet"},
        {TIKA "testEXCEL_various.xlsb", "13.1211231321"},
        {TIKA "testVISIO_text.vsdx", "Router here"},
        {TIKA "testPPT_various.ppt", "Here is a text box"},
        {TIKA "testPPT_groups.ppt", "smart1\nsmart2\n"},
    };
    bool any = false;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i].path))
            continue;
        any = true;
        if (!strstr(told.main.data, files[i].text))
            fail_msg("%s lacks its text", files[i].path);
        told_release(&told);
    }
    struct told told;
    if (told_read_shared(&told, TIKA "testException2.doc")) {
        assert_non_null(strstr(told.rest.data, "alba\tC:\\Lab Documents\\Lab Manuals"));
        told_release(&told);
    }
    if (told_read_shared(&told, TIKA "test_recursive_embedded.doc")) {
        assert_non_null(strstr(told.rest.data, "\\Desktop\\tmp\\New folder (2)\\embed1.zip\n"));
        told_release(&told);
    }
    if (!any)
        skip();
}

static void locked_files_say_so(void **state)
{
    static const char *const files[] = {
        TIKA "testWORD_protected_passtika.doc",   TIKA "testEXCEL_protected_passtika.xls",
        TIKA "testPPT_protected_passtika.ppt",    TIKA "testWORD_protected_passtika.docx",
        TIKA "testEXCEL_protected_passtika.xlsx",
    };
    bool any = false;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i]))
            continue;
        any = true;
        assert_int_equal(told.outcome, OUTCOME_FAILED);
        assert_int_equal(told.reason, REASON_PASSWORD);
        told_release(&told);
    }
    if (!any)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_as_shown),
        cmocka_unit_test(a_word_document),
        cmocka_unit_test(a_workbook),
        cmocka_unit_test(a_presentation),
        cmocka_unit_test(cut_documents),
        cmocka_unit_test(macros_expand),
        cmocka_unit_test(storages_become_files),
        cmocka_unit_test(xor_locks),
        cmocka_unit_test(real_files),
        cmocka_unit_test(locked_files_say_so),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
