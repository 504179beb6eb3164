/* Pages, Numbers, Keynote: the XML of '09, the archives since 2013. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "parts_build.h"
#include "parts_told.h"
#include "worker/archive/snappy.h"
#include "worker/books/iwork.h"

#define APPLE "fixtures/tika/tika-parser-apple-module/"

static void snappy(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 64);
    /* 11 bytes: "abc", then 8 from 3 back, which overlap */
    assert_int_equal(snappy_expand((const unsigned char *)"\x0B\x08"
                                                          "abc\x11\x03",
                                   7, &out),
                     0);
    assert_string_equal(out.data, "abcabcabcab");
    buf_clear(&out);
    /* from before the start; literal longer than what is there; less than was said; too much */
    assert_int_equal(snappy_expand((const unsigned char *)"\x0B\x08"
                                                          "abc\x11\x04",
                                   7, &out),
                     ERR_CORRUPT);
    buf_clear(&out);
    assert_int_equal(snappy_expand((const unsigned char *)"\x0B\x28"
                                                          "abc",
                                   5, &out),
                     ERR_CORRUPT);
    assert_int_equal(snappy_expand((const unsigned char *)"\x0B\x08"
                                                          "abc",
                                   5, &out),
                     ERR_CORRUPT);
    buf_release(&out);
    buf_init(&out, 8);
    assert_int_equal(snappy_expand((const unsigned char *)"\x0B\x08"
                                                          "abc\x11\x03",
                                   7, &out),
                     ERR_LIMIT);
    buf_release(&out);
}

static void protocol_buffers(void **state)
{
    static const unsigned char bytes[] = {0x08, 0x96, 0x01, 0x12, 2, 0x08, 7, 0x1A, 9, 'x'};
    const struct span message = {bytes, sizeof(bytes)};

    (void)state;
    assert_int_equal(field_of(message, 1).value, 150);
    assert_int_equal(field_reference(message, 2), 7);
    assert_int_equal(field_of(message, 3).span.len, 0); /* longer than the message */
    assert_int_equal(field_reference(message, 9), 0);
}

static void a_document_of_09(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "buildVersionHistory.plist", .text = "<plist/>"},
        {.name = "index.xml",
         .text = "<d xmlns:sf='s' xmlns:sfa='a'><sf:metadata><sf:title><sf:string sfa:string='T'/>"
                 "</sf:title></sf:metadata><sf:p>One <sf:span>word</sf:span><sf:br/></sf:p>"
                 "<sf:tabular-model sf:name='Posts'><sf:datasource>"
                 "<sf:t sf:ct='0'><sf:ct sfa:s='name'/></sf:t><sf:n sf:v='0.10000000000000001'/>"
                 "<sf:t sf:ct='255'><sf:ct sfa:s='second'/></sf:t><sf:d sf:cell-date='86400'/>"
                 "<sf:pm sf:ct='255'><sf:menu-choices><sf:t sfa:ID='a'><sf:ct sfa:s='Food'/></sf:t>"
                 "<sf:t sfa:ID='b'><sf:ct sfa:s='Home'/></sf:t></sf:menu-choices>"
                 "<sf:proxied-cell-ref sfa:IDREF='b'/></sf:pm></sf:datasource></sf:tabular-model>"
                 "</d>"},
        {.name = "photo.jpg", .text = "JPEG"},
        {.name = "QuickLook/Preview.pdf", .text = "%PDF"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x", BUILD_ZIP, entries);
    assert_string_equal(told.mime, "application/vnd.apple.iwork");
    assert_string_equal(told.main.data, "One word\n\nPosts\nname\t0.1\nsecond\t2001-01-02\nHome\n");
    assert_string_equal(told.metas.data, "title=T\n");
    assert_string_equal(told.children.data, "photo.jpg () 4\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

static void a_preview_where_nothing_else_is_read(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "buildVersionHistory.plist", .text = "<plist/>"},
        {.name = "QuickLook/Thumbnail.jpg", .text = "JPEG"},
        {.name = "QuickLook/Preview.pdf", .text = "%PDF"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x", BUILD_ZIP, entries);
    assert_string_equal(told.children.data, "QuickLook/Preview.pdf () 4\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *words;
    } rows[] = {
        {APPLE "testPages.pages", "Cell one\tCell two\tCell three\nCell four"},
        {APPLE "testPagesComments.pages", "Both Pages 1.x"},
        {APPLE "testNumbers.numbers", "102\t2009-10-15\tUtilities\tHome\t-97.4\t3777.6"},
        {APPLE "tableHeaders.numbers", "header1\theader2"},
        {APPLE "testNumbersCharts.numbers", "Expenditure by Category"},
        {APPLE "testNumbers2013.numbers", "102\t2009-10-15\tUtilities\t2\t-97.4\t3777.6"},
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!told_read_shared(&told, rows[i].path))
            skip();
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_non_null(strstr(told.main.data, rows[i].words));
        told_release(&told);
    }
    assert_true(told_read_shared(&told, APPLE "testPagesPwdProtected.pages"));
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snappy),           cmocka_unit_test(protocol_buffers),
        cmocka_unit_test(a_document_of_09), cmocka_unit_test(a_preview_where_nothing_else_is_read),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests_name("iwork", tests, NULL, NULL);
}
