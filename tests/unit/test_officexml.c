/* Office documents that are one XML file: Flat OPC, and the formats of Office 2003; and what Office
 * keeps beside documents (MSO). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "cfb_build.h"
#include "parts_build.h"
#include "parts_told.h"

#define XML "<?xml version=\"1.0\"?>"

static void read_text(struct told *told, const char *name, const char *text)
{
    told_read(told, name, text, strlen(text), PLENTY);
}

/* ---- Flat OPC ---- */

#define PKG                                                                                        \
    XML "<?mso-application progid=\"Word.Document\"?><pkg:package "                                \
        "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"
#define PART(name, xml)                                                                            \
    "<pkg:part pkg:name='" name "'><pkg:xmlData>" xml "</pkg:xmlData></pkg:part>"
#define BINARY(name, data)                                                                         \
    "<pkg:part pkg:name='" name "'><pkg:binaryData>" data "</pkg:binaryData></pkg:part>"
#define RELS(items) "<Relationships xmlns='r'>" items "</Relationships>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"

static const char FLAT[] = PKG PART("/_rels/.rels", RELS(REL("a", "officeDocument", "word/d.xml")))
    PART("/word/_rels/d.xml.rels",
         RELS("<Relationship Id='h' Type='http://x/hyperlink' TargetMode='External' "
              "Target='http://example.org/?a=1&amp;b=\"2\"'/>" REL("f", "footnotes", "f.xml")))
        PART("/word/d.xml",
             "<w:document xmlns:w='http://w'><w:body><w:p><w:r><w:t>Tom &amp; &lt;b&gt; "
             "\xD8\xB3\xD9\x86\xD8\xAF</w:t></w:r></w:p></w:body></w:document>")
            PART("/word/f.xml", "<w:footnotes xmlns:w='http://w'><w:footnote><w:p><w:r><w:t>below"
                                "</w:t></w:r></w:p></w:footnote></w:footnotes>")
                BINARY("/word/media/image1.png", "aGVs\nbG8=") "</pkg:package>";

static void a_package_as_xml(void **state)
{
    struct told told;

    (void)state;
    read_text(&told, "x.xml", FLAT);
    assert_string_equal(told.mime, "application/vnd.ms-word2006ml");
    assert_string_equal(told.main.data, "Tom & <b> \xD8\xB3\xD9\x86\xD8\xAF\nbelow\n");
    assert_string_equal(told.rest.data, "http://example.org/?a=1&b=\"2\"\n");
    assert_string_equal(told.children.data, "word/media/image1.png () 5\n");
    assert_string_equal(told.data.data, "hello");
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
}

static void slides_as_xml(void **state)
{
    struct told told;

    (void)state;
    read_text(
        &told, "x.xml",
        XML "<?mso-application progid=\"PowerPoint.Show\"?><pkg:package "
            "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">" PART(
                "/ppt/presentation.xml",
                "<p:presentation><p:sldIdLst><p:sldId id='1' r:id='s'/></p:sldIdLst>"
                "</p:presentation>")
                PART("/ppt/_rels/presentation.xml.rels", RELS(REL("s", "slide", "s.xml")))
                    PART("/ppt/s.xml",
                         "<p:sld><a:p><a:r><a:t>talk</a:t></a:r></a:p></p:sld>") "</pkg:package>");
    assert_string_equal(told.mime, "application/vnd.ms-package.flat-opc");
    assert_string_equal(told.pages.data, "slide 1\n");
    assert_string_equal(told.main.data, "talk\n");
    told_release(&told);
}

static void a_package_cut_off(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "x.xml", FLAT, (size_t)(strstr(FLAT, "</w:body>") - FLAT), PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    assert_non_null(strstr(told.main.data, "Tom & <b>"));
    told_release(&told);
    read_text(&told, "x.xml", PKG "</pkg:package>");
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_CORRUPT);
    told_release(&told);
}

static void deep_packages_end_as_a_reason(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct told told;

    (void)state;
    buf_init(&text, 1 << 20);
    (void)buf_append_str(&text, PKG "<pkg:part pkg:name='/word/document.xml'><pkg:xmlData>");
    for (int i = 0; i < 5000; i++)
        (void)buf_append_str(&text, "<w:p>");
    told_read(&told, "x.xml", text.data, text.len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_LIMIT_DEPTH);
    told_release(&told);
}

/* ---- Word 2003 ---- */

#define WORD                                                                                       \
    XML "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' "          \
        "xmlns:wx='x' xmlns:aml='a' xmlns:o='o' xmlns:dt='d'>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define LISTED(label, text)                                                                        \
    "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='" label                                \
    "'/></w:listPr></w:pPr>" RUN(text) "</w:p>"

static void word_2003(void **state)
{
    static const char text[] = WORD
        "<o:DocumentProperties><o:Title>Plan</o:Title><o:LastAuthor>Mina</o:LastAuthor>"
        "</o:DocumentProperties><o:CustomDocumentProperties><o:Case dt:dt='string'>A-7</o:Case>"
        "</o:CustomDocumentProperties><w:body>"
        "<w:p>" RUN("kept ") "<aml:annotation w:type='Word.Insertion'><aml:content>" RUN(
            "new") "</aml:content></aml:annotation><aml:annotation w:type='Word.Deletion'>"
                   "<aml:content><w:r><w:delText>old</w:delText></w:r></aml:content>"
                   "</aml:annotation></w:p>" LISTED("1.", "first")
                       LISTED("\xC2\xB7", "dot")
                           LISTED("o", "ring") LISTED("\xDB\xB2.", "second") "<w:p>" RUN("noted") "<w:r><w:footnote><w:p>" RUN(
                               "note") "</w:p></w:footnote></w:r><w:r><aml:annotation "
                                       "w:type='Word.Comment' "
                                       "aml:author='Ali' "
                                       "aml:createdate='2016'><aml:content><w:p>" RUN(
                                           "why") "</w:p></aml:content></aml:annotation></w:r></"
                                                  "w:p>"
                                                  "<w:p><w:pPr><w:pStyle "
                                                  "w:val='S'/><w:sectPr><w:hdr "
                                                  "w:type='odd'><w:p>" RUN(
                                                      "heading") "</w:p></w:hdr></w:sectPr></"
                                                                 "w:pPr>" RUN(
                                                                     "last") "<w:hlink "
                                                                             "w:dest='"
                                                                             "http://"
                                                                             "example.org/"
                                                                             "a'>" RUN(
                                                                                 " l"
                                                                                 "in"
                                                                                 "k") "</w:hlink></"
                                                                                      "w:p>"
                                                                                      "<w:p><w:r><"
                                                                                      "w:pict><w:"
                                                                                      "binData "
                                                                                      "w:name='"
                                                                                      "wordml://"
                                                                                      "01.png'>"
                                                                                      "aGVsbG8=</"
                                                                                      "w:binData></"
                                                                                      "w:pict></"
                                                                                      "w:r>"
                                                                                      "</w:p></"
                                                                                      "w:body></"
                                                                                      "w:"
                                                                                      "wordDocument"
                                                                                      ">";
    struct told told;

    (void)state;
    read_text(&told, "x.doc", text);
    assert_string_equal(told.mime, "application/vnd.ms-wordml");
    assert_string_equal(told.metas.data, "title=Plan\nauthor=Mina\nproperty=Case = A-7\n"
                                         "tracked-changes=yes\n");
    assert_string_equal(told.main.data, "kept new\n1. first\ndot\nring\n\xDB\xB2. second\nnoted\n"
                                        "note\n[Ali, 2016] why\nlast link\nheading\n\n");
    assert_non_null(strstr(told.rest.data, "http://example.org/a\n"));
    assert_non_null(strstr(told.rest.data, "old"));
    assert_string_equal(told.children.data, "01.png () 5\n");
    told_release(&told);
    told_read(&told, "x.doc", text, (size_t)(strstr(text, "note<") - text), PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_CORRUPT);
    told_release(&told);
}

/* ---- Excel 2003 ---- */

#define EXCEL                                                                                      \
    XML "<?mso-application progid=\"Excel.Sheet\"?><Workbook "                                     \
        "xmlns='urn:schemas-microsoft-com:office:spreadsheet' "                                    \
        "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' xmlns:x='x'>"
#define CELL(type, value) "<Cell><Data ss:Type='" type "'>" value "</Data></Cell>"
#define STYLED(style, type, value)                                                                 \
    "<Cell ss:StyleID='" style "'><Data ss:Type='" type "'>" value "</Data></Cell>"

static void excel_2003(void **state)
{
    static const char text[] = EXCEL
        "<DocumentProperties><Author>Mina</Author></DocumentProperties><Styles>"
        "<Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style>"
        "<Style ss:ID='q' ss:Parent='p'/><Style ss:ID='d'><NumberFormat ss:Format='Short Date'/>"
        "</Style></Styles><Worksheet ss:Name='First'><Table><Column ss:Index='3' ss:StyleID='p'/>"
        "<Row>" CELL(
            "String",
            "a") "<Cell ss:MergeAcross='1'><Data ss:Type='String'><B>b</B>old"
                 "</Data><Comment ss:Author='Ali'><ss:Data>why</ss:Data>"
                 "</Comment></Cell>" CELL("Number", "2") "</Row><Row ss:Index='4'>" STYLED(
                     "q", "Number",
                     "0.25") CELL("Boolean",
                                  "1") CELL("Number",
                                            "0.5") "</Row><Row>" STYLED("d", "DateTime",
                                                                        "2005-01-31T00:00:00.000")
                     CELL("DateTime", "2005-01-31T10:30:00.000") CELL(
                         "DateTime",
                         "1899-12-31T10:30:00.000") "</Row><Row>"
                                                    "<Cell ss:Index='2' "
                                                    "ss:HRef='http://example.org/'><Data "
                                                    "ss:Type='String'>link</Data></Cell>"
                                                    "</Row></"
                                                    "Table><x:WorksheetOptions><x:PageSetup><x:"
                                                    "Header x:Data='&amp;Ltop'/>"
                                                    "</x:PageSetup><x:Visible>SheetHidden</"
                                                    "x:Visible></x:WorksheetOptions></Worksheet>"
                                                    "<Worksheet ss:Name='Second'/></Workbook>";
    struct told told;

    (void)state;
    read_text(&told, "x.xls", text);
    assert_string_equal(told.mime, "application/vnd.ms-spreadsheetml");
    assert_string_equal(told.metas.data,
                        "author=Mina\nsheet=First\nhidden-sheet=First\nsheet=Second\n");
    assert_string_equal(told.main.data,
                        "First\na\tbold\t\t2\n25.00%\tTRUE\t50.00%\n"
                        "2005-01-31\t2005-01-31 10:30:00\t10:30:00\n\tlink\n top\n[Ali] why\n\n"
                        "Second\n\n");
    assert_string_equal(told.rest.data, "http://example.org/\n");
    told_release(&told);
}

static void odd_places_in_sheets(void **state)
{
    struct told told;

    (void)state;
    read_text(&told, "x.xml",
              EXCEL "<Worksheet ss:Name='S'><Table><Column ss:Index='-9223372036854775808' "
                    "ss:Span='9223372036854775807'/><Row ss:Index='99999999999999999999'>"
                    "<Cell ss:Index='-5' ss:MergeAcross='99999999999999999999'>"
                    "<Data ss:Type='String'>a</Data></Cell>" CELL("Number", "x")
                        CELL("Number", "1e999") "</Row></Table></Worksheet></Workbook>");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_non_null(strstr(told.main.data, "a\t"));
    assert_non_null(strstr(told.main.data, "\tx\t"));
    told_release(&told);
}

/* ---- MSO ---- */

static void put_deflated(const void *data, size_t len, struct buf *out)
{
    uLongf size = compressBound(len);
    char *to = buf_reserve(out, size);

    assert_non_null(to);
    assert_int_equal(compress((Bytef *)to, &size, data, len), Z_OK);
    out->len += size;
}

static void objects_beside_a_document(void **state)
{
    static const char object[] = "%PDF-1.4 an object";
    CLEANUP(cleanup_buf) struct buf stream = {0};
    CLEANUP(cleanup_buf) struct buf file = {0};
    CLEANUP(cleanup_buf) struct buf inside = {0};
    unsigned char head[50] = "ActiveMime";
    unsigned char size[4];
    struct told told;

    (void)state;
    buf_init(&stream, 1 << 16);
    le32_put(size, sizeof(object) - 1);
    (void)buf_append(&stream, size, sizeof(size));
    put_deflated(object, sizeof(object) - 1, &stream);
    build_cfb(
        (const struct cfb_node[]){{.name = "_1541934435", .text = stream.data, .len = stream.len},
                                  {0}},
        &inside);
    buf_init(&file, 1 << 20);
    head[0x1E] = 4; /* and 46 */
    (void)buf_append(&file, head, sizeof(head));
    put_deflated(inside.data, inside.len, &file);
    told_read(&told, "oledata.mso", file.data, file.len, PLENTY);
    assert_string_equal(told.mime, "application/x-mso");
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.data.data, object);
    told_release(&told);
    told_read(&told, "oledata.mso", file.data, 40, PLENTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
}

static void real_documents(void **state)
{
    static const struct {
        const char *path, *main, *children;
    } files[] = {
        {"fixtures/tika/tika-parser-microsoft-module/testWORD_2006ml.xml", "Really basic 2.",
         "word/media/image2.jpg"},
        {"fixtures/tika/tika-parser-microsoft-module/testWORD_2003ml.xml",
         "1. this is a basic list 1.", "testJPEG_EXIF.jpg"},
        {"fixtures/tika/tika-parser-microsoft-module/testWORDML_tableInsideParagraph.doc",
         "tic-tac-toe", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i].path))
            skip();
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_non_null(strstr(told.main.data, files[i].main));
        assert_non_null(strstr(told.children.data, files[i].children));
        told_release(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_as_xml),
        cmocka_unit_test(slides_as_xml),
        cmocka_unit_test(a_package_cut_off),
        cmocka_unit_test(deep_packages_end_as_a_reason),
        cmocka_unit_test(word_2003),
        cmocka_unit_test(excel_2003),
        cmocka_unit_test(odd_places_in_sheets),
        cmocka_unit_test(objects_beside_a_document),
        cmocka_unit_test(real_documents),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
