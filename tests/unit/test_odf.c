/* OpenDocument, in packages and as one file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_build.h"
#include "parts_told.h"

/* ODF's first entry is stored, so that its type can be seen. */
static void read_odf(struct told *told, const char *name, const char *kind, const char *body,
                     const char *manifest)
{
    char content[4096];
    struct build_entry entries[] = {{.name = "mimetype", .text = kind},
                                    {.name = "content.xml", .text = content},
                                    {.name = "Pictures/1.png", .text = "PNG"},
                                    {.name = "META-INF/manifest.xml", .text = manifest},
                                    {0}};

    (void)snprintf(content, sizeof(content),
                   "<o:document-content xmlns:o='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d'>"
                   "<o:body>%s</o:body></o:document-content>",
                   body);
    read_built(told, name, BUILD_ZIP_STORED, entries);
}

static void open_documents(void **state)
{
    struct told told;

    (void)state;
    read_odf(
        &told, "x.odt", "application/vnd.oasis.opendocument.text",
        "<text:h>Head</text:h><text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d"
        "<text:note><text:note-citation>1</text:note-citation><text:p>note</text:p></text:note>"
        "</text:p><text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:tracked-changes>",
        "<m/>");
    assert_string_equal(told.main.data, "Head\na  b\tc\nd\nnote\n");
    assert_string_equal(told.rest.data, "gone\n");
    assert_string_equal(told.children.data, "Pictures/1.png () 3\n");
    told_release(&told);

    read_odf(&told, "x.ods", "application/vnd.oasis.opendocument.spreadsheet",
             "<o:spreadsheet><table:table table:name='S'><table:table-row><table:table-cell "
             "table:number-columns-repeated='3'><text:p>x</text:p></table:table-cell>"
             "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
             "<table:table-row table:number-rows-repeated='1000000'><table:table-cell/>"
             "</table:table-row></table:table></o:spreadsheet>",
             "<m/>");
    assert_memory_equal(told.main.data, "S\nx\tx\tx\n", 8);
    assert_true(told.main.len < 16);
    assert_string_equal(told.metas.data, "sheet=S\nsheet-lines=1 1:1 S\n");
    told_release(&told);

    read_odf(&told, "x.ods", "application/vnd.oasis.opendocument.spreadsheet",
             "<o:spreadsheet><table:table "
             "table:name='S'><table:shapes><text:p>shape</text:p></table:shapes>"
             "<table:table-column/><table:table-column table:visibility='collapse' "
             "table:number-columns-repeated='2'/>"
             "<table:table-row table:number-rows-repeated='4'><table:table-cell/></table:table-row>"
             "<table:table-row table:visibility='filter' table:number-rows-repeated='2'>"
             "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
             "</table:table-row><table:table-row><table:table-cell "
             "table:number-columns-repeated='99'/><table:table-cell><text:p>far</text:p>"
             "</table:table-cell></table:table-row></table:table></o:spreadsheet>",
             "<m/>");
    assert_non_null(strstr(told.main.data, "\na b\n\t"));
    assert_string_equal(told.metas.data, "sheet=S\nsheet-lines=1 ~5:5,7:7 S\nhidden-rows=S!5:6\n"
                                         "hidden-columns=S!B:C\n");
    told_release(&told);

    read_odf(&told, "x.odp", "application/vnd.oasis.opendocument.presentation",
             "<draw:page><text:p>one</text:p></draw:page><draw:page><text:p>two</text:p>"
             "</draw:page>",
             "<m/>");
    assert_string_equal(told.pages.data, "slide 1\nslide 2\n");
    assert_string_equal(told.main.data, "one\ntwo\n");
    told_release(&told);

    read_odf(&told, "x.odt", "application/vnd.oasis.opendocument.text", "",
             "<m><encryption-data/></m>");
    assert_int_equal(told.reason, REASON_PASSWORD);
    told_release(&told);
}

static void a_flat_document(void **state)
{
    static const char text[] =
        "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t' xmlns:dc='d' "
        "xmlns:draw='w' xmlns:ooo='x'><office:meta><dc:title>Flat</dc:title></office:meta>"
        "<office:scripts><ooo:module ooo:name='M'><ooo:source-code>Sub A</ooo:source-code>"
        "</ooo:module></office:scripts><office:body><office:text><text:p>one"
        "<office:annotation><dc:creator>Mina</dc:creator><dc:date>2015</dc:date><text:p>why"
        "</text:p></office:annotation></text:p><draw:image><office:binary-data>aGVsbG8="
        "</office:binary-data></draw:image></office:text></office:body></office:document>";
    struct told told;

    (void)state;
    told_read(&told, "x.fodt", text, sizeof(text) - 1, PLENTY);
    assert_string_equal(told.main.data, "one\nMina 2015 why\n");
    assert_string_equal(told.metas.data, "title=Flat\nmacros=yes\n");
    assert_string_equal(told.children.data, "M.bas (text/plain) 5\nfile1 () 5\n");
    told_release(&told);
    told_read(&told, "x.fodt", text, sizeof(text) - 60, PLENTY);
    assert_int_equal(told.reason, REASON_CORRUPT);
    assert_non_null(strstr(told.main.data, "one"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_documents),
        cmocka_unit_test(a_flat_document),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
