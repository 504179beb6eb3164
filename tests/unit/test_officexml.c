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

static void expect_text(const char *name, const char *text, const struct wanted *wanted)
{
    told_expect(name, text, strlen(text), wanted);
}

/* Writes out what the texts below say in short: "[" and "]" stand around what is shown. */
static void expand(const char *text, const char *open, const char *close, struct buf *out)
{
    buf_init(out, 1 << 20);
    for (; *text; text++)
        (void)(*text == '['   ? buf_append_str(out, open)
               : *text == ']' ? buf_append_str(out, close)
                              : buf_append_char(out, *text));
}

/* ---- Flat OPC ---- */

#define PKG                                                                                        \
    XML "<?mso-application progid=\"Word.Document\"?><pkg:package "                                \
        "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"
#define PART(name, xml)                                                                            \
    "<pkg:part pkg:name='" name "'><pkg:xmlData>" xml "</pkg:xmlData></pkg:part>"
#define RELS(items) "<Relationships xmlns='r'>" items "</Relationships>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define LINK(id, target)                                                                           \
    "<Relationship Id='" id "' Type='http://x/hyperlink' TargetMode='External' "                   \
    "Target='" target "'/>"

#define FLAT_RELS                                                                                  \
    PART("/_rels/.rels", RELS(REL("a", "officeDocument", "word/d.xml")))                           \
    PART("/word/_rels/d.xml.rels",                                                                 \
         RELS(LINK("h", "http://example.org/?a=1&amp;b=\"2\"") REL("f", "footnotes", "f.xml")))
#define FLAT_TEXT                                                                                  \
    PART("/word/d.xml", "<w:document xmlns:w='http://w'><w:body><w:p><w:r><w:t>"                   \
                        "Tom &amp; &lt;b&gt; سند</w:t></w:r></w:p></w:body></w:document>")
#define FLAT_NOTE                                                                                  \
    PART("/word/f.xml", "<w:footnotes xmlns:w='http://w'><w:footnote><w:p><w:r><w:t>"              \
                        "below</w:t></w:r></w:p></w:footnote></w:footnotes>")
#define FLAT_PICTURE                                                                               \
    "<pkg:part pkg:name='/word/media/image1.png'>"                                                 \
    "<pkg:binaryData>aGVs\nbG8=</pkg:binaryData></pkg:part>"

static const char FLAT[] = PKG FLAT_RELS FLAT_TEXT FLAT_NOTE FLAT_PICTURE "</pkg:package>";

static void a_package_as_xml(void **state)
{
    (void)state;
    expect_text("x.xml", FLAT,
                WANTED(.mime = "application/vnd.ms-word2006ml", .main = "Tom & <b> سند\nbelow\n",
                       .rest = "http://example.org/?a=1&b=\"2\"\n",
                       .children = "word/media/image1.png () 5\n", .data = "hello",
                       .outcome = OUTCOME_TEXT));
}

#define SLIDES                                                                                     \
    XML "<?mso-application progid=\"PowerPoint.Show\"?><pkg:package "                              \
        "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"
#define SLIDES_LIST                                                                                \
    PART("/ppt/presentation.xml", "<p:presentation><p:sldIdLst><p:sldId id='1' r:id='s'/>"         \
                                  "</p:sldIdLst></p:presentation>")                                \
    PART("/ppt/_rels/presentation.xml.rels", RELS(REL("s", "slide", "s.xml")))
#define SLIDE PART("/ppt/s.xml", "<p:sld><a:p><a:r><a:t>talk</a:t></a:r></a:p></p:sld>")

static void slides_as_xml(void **state)
{
    (void)state;
    expect_text("x.xml", SLIDES SLIDES_LIST SLIDE "</pkg:package>",
                WANTED(.mime = "application/vnd.ms-package.flat-opc", .pages = "slide 1\n",
                       .main = "talk\n"));
}

static void a_package_cut_off(void **state)
{
    (void)state;
    told_expect(
        "x.xml", FLAT, (size_t)(strstr(FLAT, "</w:body>") - FLAT),
        WANTED(.main_has = "Tom & <b>", .outcome = OUTCOME_TEXT, .reason = REASON_TRUNCATED));
    expect_text("x.xml", PKG "</pkg:package>",
                WANTED(.outcome = OUTCOME_FAILED, .reason = REASON_CORRUPT));
}

static void deep_packages_end_as_a_reason(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    (void)state;
    buf_init(&text, 1 << 20);
    (void)buf_append_str(&text, PKG "<pkg:part pkg:name='/word/document.xml'><pkg:xmlData>");
    for (int i = 0; i < 5000; i++)
        (void)buf_append_str(&text, "<w:p>");
    told_expect("x.xml", text.data, text.len,
                WANTED(.outcome = OUTCOME_FAILED, .reason = REASON_LIMIT_DEPTH));
}

/* ---- Word 2003 ---- */

static const char WORD[] =
    XML "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' "
        "xmlns:wx='x' xmlns:aml='a' xmlns:o='o' xmlns:dt='d'>"
        "<o:DocumentProperties><o:Title>Plan</o:Title><o:LastAuthor>Mina</o:LastAuthor>"
        "</o:DocumentProperties><o:CustomDocumentProperties><o:Case dt:dt='string'>A-7</o:Case>"
        "</o:CustomDocumentProperties><w:body>"
        "<w:p>[kept ]<aml:annotation w:type='Word.Insertion'><aml:content>[new]</aml:content>"
        "</aml:annotation><aml:annotation w:type='Word.Deletion'><aml:content><w:r>"
        "<w:delText>old</w:delText></w:r></aml:content></aml:annotation></w:p>"
        "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='1.'/></w:listPr></w:pPr>"
        "[first]</w:p>"
        "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='·'/></w:listPr></w:pPr>"
        "[dot]</w:p>"
        "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='o'/></w:listPr></w:pPr>"
        "[ring]</w:p>"
        "<w:p><w:pPr><w:listPr><w:ilvl w:val='0'/><wx:t wx:val='۲.'/></w:listPr></w:pPr>"
        "[second]</w:p>"
        "<w:p>[noted]<w:r><w:footnote><w:p>[note]</w:p></w:footnote></w:r><w:r>"
        "<aml:annotation w:type='Word.Comment' aml:author='Ali' aml:createdate='2016'>"
        "<aml:content><w:p>[why]</w:p></aml:content></aml:annotation></w:r></w:p>"
        "<w:p><w:pPr><w:pStyle w:val='S'/><w:sectPr><w:hdr w:type='odd'><w:p>[heading]</w:p>"
        "</w:hdr></w:sectPr></w:pPr>[last]<w:hlink w:dest='http://example.org/a'>[ link]"
        "</w:hlink></w:p>"
        "<w:p><w:r><w:pict><w:binData w:name='wordml://01.png'>aGVsbG8=</w:binData></w:pict>"
        "</w:r></w:p></w:body></w:wordDocument>";

static void word_2003(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    (void)state;
    expand(WORD, "<w:r><w:t>", "</w:t></w:r>", &text);
    expect_text("x.doc", text.data,
                WANTED(.mime = "application/vnd.ms-wordml",
                       .metas = "title=Plan\nauthor=Mina\nproperty=Case = A-7\n"
                                "tracked-changes=yes\n",
                       .main = "kept new\n1. first\ndot\nring\n۲. second\nnoted\n"
                               "note\n[Ali, 2016] why\nlast link\nheading\n\n",
                       .rest_has = "http://example.org/a\n", .children = "01.png () 5\n"));
    expect_text("x.doc", text.data, WANTED(.rest_has = "old"));
    told_expect("x.doc", text.data, (size_t)(strstr(text.data, "note<") - text.data),
                WANTED(.outcome = OUTCOME_TEXT, .reason = REASON_CORRUPT));
}

/* ---- Excel 2003 ---- */

#define EXCEL                                                                                      \
    XML "<?mso-application progid=\"Excel.Sheet\"?><Workbook "                                     \
        "xmlns='urn:schemas-microsoft-com:office:spreadsheet' "                                    \
        "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet' xmlns:x='x'>"

static const char BOOK[] = EXCEL
    "<DocumentProperties><Author>Mina</Author></DocumentProperties><Styles>"
    "<Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style>"
    "<Style ss:ID='q' ss:Parent='p'/>"
    "<Style ss:ID='d'><NumberFormat ss:Format='Short Date'/></Style></Styles>"
    "<Worksheet ss:Name='First'><Table><Column ss:Index='3' ss:StyleID='p' ss:Hidden='1'/>"
    "<Column ss:Hidden='1'/>"
    "<Row><Cell><Data ss:Type='String'>a</Data></Cell>"
    "<Cell ss:MergeAcross='1'><Data ss:Type='String'><B>b</B>old</Data>"
    "<Comment ss:Author='Ali'><ss:Data>why</ss:Data></Comment></Cell>"
    "<Cell><Data ss:Type='Number'>2</Data></Cell></Row>"
    "<Row ss:Index='4' ss:Hidden='1'><Cell ss:StyleID='q'><Data ss:Type='Number'>0.25</Data></Cell>"
    "<Cell><Data ss:Type='Boolean'>1</Data></Cell>"
    "<Cell><Data ss:Type='Number'>0.5</Data></Cell></Row>"
    "<Row><Cell ss:StyleID='d'><Data ss:Type='DateTime'>2005-01-31T00:00:00.000</Data></Cell>"
    "<Cell><Data ss:Type='DateTime'>2005-01-31T10:30:00.000</Data></Cell>"
    "<Cell><Data ss:Type='DateTime'>1899-12-31T10:30:00.000</Data></Cell></Row>"
    "<Row><Cell ss:Index='2' ss:HRef='http://example.org/'><Data ss:Type='String'>link</Data>"
    "</Cell></Row></Table><x:WorksheetOptions><x:PageSetup><x:Header x:Data='&amp;Ltop'/>"
    "</x:PageSetup><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"
    "<Worksheet ss:Name='Second'/></Workbook>";

static void excel_2003(void **state)
{
    (void)state;
    expect_text("x.xls", BOOK,
                WANTED(.mime = "application/vnd.ms-spreadsheetml",
                       .metas = "author=Mina\nsheet=First\nhidden-sheet=First\n"
                                "sheet-lines=1 1:1,4:6 First\nhidden-rows=First!4:4\n"
                                "hidden-columns=First!C:D\nsheet=Second\nsheet-lines=2  Second\n",
                       .main = "First\na\tbold\t\t2\n25.00%\tTRUE\t50.00%\n"
                               "2005-01-31\t2005-01-31 10:30:00\t10:30:00\n\tlink\n top\n"
                               "[Ali] why\n\nSecond\n\n",
                       .rest = "http://example.org/\n"));
}

static void odd_places_in_sheets(void **state)
{
    static const char text[] =
        EXCEL "<Worksheet ss:Name='S'><Table><Column ss:Index='-9223372036854775808' "
              "ss:Span='9223372036854775807'/><Row ss:Index='99999999999999999999'>"
              "<Cell ss:Index='-5' ss:MergeAcross='99999999999999999999'>"
              "<Data ss:Type='String'>a</Data></Cell>"
              "<Cell><Data ss:Type='Number'>x</Data></Cell>"
              "<Cell><Data ss:Type='Number'>1e999</Data></Cell>"
              "</Row></Table></Worksheet></Workbook>";

    (void)state;
    expect_text("x.xml", text, WANTED(.main_has = "a\t", .outcome = OUTCOME_TEXT));
    expect_text("x.xml", text, WANTED(.main_has = "\tx\t"));
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
    told_expect("oledata.mso", file.data, file.len,
                WANTED(.mime = "application/x-mso", .data = object, .outcome = OUTCOME_EMPTY,
                       .reason = REASON_CONTAINER));
    told_expect("oledata.mso", file.data, 40,
                WANTED(.outcome = OUTCOME_EMPTY, .reason = REASON_UNSUPPORTED));
}

static void real_documents(void **state)
{
    static const struct {
        const char *path;
        struct wanted wanted;
    } files[] = {
        {"fixtures/tika/tika-parser-microsoft-module/testWORD_2006ml.xml",
         {.main_has = "Really basic 2.",
          .children_have = "word/media/image2.jpg",
          .outcome = OUTCOME_TEXT}},
        {"fixtures/tika/tika-parser-microsoft-module/testWORD_2003ml.xml",
         {.main_has = "1. this is a basic list 1.",
          .children_have = "testJPEG_EXIF.jpg",
          .outcome = OUTCOME_TEXT}},
        {"fixtures/tika/tika-parser-microsoft-module/testWORDML_tableInsideParagraph.doc",
         {.main_has = "tic-tac-toe", .outcome = OUTCOME_TEXT}},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (!told_expect_shared(files[i].path, &files[i].wanted))
            skip();
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
