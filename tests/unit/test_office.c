/* Office documents in OOXML packages, whole and hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_build.h"
#include "parts_told.h"
#include "worker/office/numbering.h"
#include "worker/office/numfmt.h"
#include "worker/office/remote.h"

#define RELS(items)                                                                                \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" items   \
    "</Relationships>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define W "<w:document xmlns:w='http://w'>"

static void a_text_document(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "[Content_Types].xml", .text = "<Types/>"},
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/_rels/document.xml.rels",
         .text = RELS(REL("r1", "footnotes", "footnotes.xml") REL(
             "r2", "header",
             "header1.xml") "<Relationship Id='r3' Type='http://x/hyperlink' TargetMode='External' "
                            "Target='http://example.org/x'/>")},
        {.name = "word/document.xml",
         .text = W "<w:body><w:p><w:r><w:t>One </w:t><w:tab/><w:t>two</w:t></w:r>"
                   "<w:ins><w:r><w:t> added</w:t></w:r></w:ins>"
                   "<w:del><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>"
                   "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
                   "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                   "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
                   "</w:txbxContent><w:t>around</w:t></w:r></w:p></w:body></w:document>"},
        {.name = "word/footnotes.xml",
         .text = "<w:footnotes xmlns:w='http://w'><w:footnote w:type='separator'><w:p><w:r><w:t>no"
                 "</w:t></w:r></w:p></w:footnote><w:footnote><w:p><w:r><w:t>a note</w:t></w:r>"
                 "</w:p></w:footnote></w:footnotes>"},
        {.name = "word/header1.xml",
         .text = "<w:hdr xmlns:w='http://w'><w:p><w:r><w:t>heading</w:t></w:r></w:p></w:hdr>"},
        {.name = "word/media/image1.png", .text = "PNG"},
        {.name = "word/embeddings/inside.xlsx", .text = "PK"},
        {.name = "docProps/core.xml",
         .text = "<c xmlns:dc='d' xmlns:t='t'><dc:title>T</dc:title><dc:creator>A</dc:creator>"
                 "<t:created>2015-09-07T10:57:00Z</t:created></c>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.docx", BUILD_ZIP, entries);
    assert_string_equal(told.main.data, "heading\nOne \ttwo added\na\tb\naround\nboxed\na note\n");
    assert_string_equal(told.rest.data, "taken out\nhttp://example.org/x\n");
    assert_string_equal(told.children.data,
                        "word/media/image1.png () 3\nword/embeddings/inside.xlsx () 2\n");
    assert_string_equal(told.metas.data, "title=T\nauthor=A\ndate=2015-09-07T10:57:00Z\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

static void number_is(enum list_format format, uint32_t value, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};

    buf_init(&out, 4096);
    list_number(format, value, &out);
    assert_string_equal(out.data, expected);
}

static void numbers_of_lists(void **state)
{
    (void)state;
    number_is(LIST_DECIMAL, 10, "10");
    number_is(LIST_DECIMAL_ZERO, 3, "03");
    number_is(LIST_DECIMAL_ZERO, 12, "12");
    number_is(LIST_UPPER_ROMAN, 1949, "MCMXLIX");
    number_is(LIST_LOWER_ROMAN, 0, "0");
    number_is(LIST_LOWER_LETTER, 26, "z");
    number_is(LIST_UPPER_LETTER, 28, "BB");
    number_is(LIST_UPPER_LETTER, 4000000000, "4000000000");
    number_is(LIST_ORDINAL, 22, "22nd");
    number_is(LIST_ORDINAL, 112, "112th");
    number_is(LIST_ARABIC_ALPHA, 3, "ت");
    number_is(LIST_ARABIC_ABJAD, 3, "ج");
    number_is(LIST_BULLET, 3, "");
    assert_int_equal(list_format_by_name("lowerRoman"), LIST_LOWER_ROMAN);
    assert_int_equal(list_format_by_name("chicago"), LIST_DECIMAL);
    assert_int_equal(list_format_by_code(5), LIST_ORDINAL);
}

#define IN_LIST(use, level, text)                                                                  \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" use "'/></w:numPr>"         \
    "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr></w:pPrChange></w:pPr>"    \
    "<w:r><w:t>" text "</w:t></w:r></w:p>"
#define LEVEL(level, start, format, text)                                                          \
    "<w:lvl w:ilvl='" level "'><w:start w:val='" start "'/><w:numFmt w:val='" format "'/>"         \
    "<w:lvlText w:val='" text "'/></w:lvl>"

static void a_numbered_text(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/_rels/document.xml.rels",
         .text = RELS(REL("r1", "numbering", "numbering.xml") REL("r2", "styles", "styles.xml"))},
        {.name = "word/numbering.xml",
         .text =
             "<w:numbering xmlns:w='http://w'>"
             "<w:abstractNum w:abstractNumId='4'>" LEVEL("0", "1", "decimal", "%1)")
                 LEVEL("1", "1", "upperRoman", "%1.%2") LEVEL(
                     "2", "1", "bullet",
                     "*") "</w:abstractNum><w:abstractNum w:abstractNumId='5'><w:lvl w:ilvl='1'>"
                          "<w:start w:val='3'/><w:pStyle w:val='Head'/><w:isLgl/><w:suff "
                          "w:val='nothing'/>"
                          "<w:lvlText w:val='%1/%2:'/></w:lvl></w:abstractNum>"
                          "<w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
                          "<w:num w:numId='2'><w:abstractNumId w:val='4'/><w:lvlOverride "
                          "w:ilvl='0'>"
                          "<w:startOverride w:val='7'/></w:lvlOverride></w:num>"
                          "<w:num w:numId='3'><w:abstractNumId w:val='5'/></w:num></w:numbering>"},
        {.name = "word/styles.xml",
         .text = "<w:styles xmlns:w='http://w'><w:style w:type='paragraph' w:styleId='Head'>"
                 "<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style>"
                 "<w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='Head'/></w:style>"
                 "</w:styles>"},
        {.name = "word/document.xml",
         .text = W "<w:body>" IN_LIST("1", "0", "one") IN_LIST("1", "1", "inner") IN_LIST(
             "1", "1", "next") IN_LIST("1", "2", "dot") IN_LIST("1", "0", "two")
             IN_LIST("1", "1", "again") IN_LIST("2", "0", "anew") IN_LIST("2", "0", "on") IN_LIST(
                 "0", "0", "plain") "<w:p><w:pPr><w:pStyle "
                                    "w:val='Sub'/></w:pPr><w:r><w:t>styled</w:t></w:r></w:p>"
                                    "<w:p><w:r><w:t>none</w:t></w:r></w:p></w:body></w:document>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.docx", BUILD_ZIP, entries);
    assert_string_equal(told.main.data, "1) one\n1.I inner\n1.II next\ndot\n2) two\n2.I again\n"
                                        "7) anew\n8) on\nplain\n0/3:styled\nnone\n");
    told_release(&told);
}

#define FIELD(instruction, result)                                                                 \
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>" instruction                  \
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>" result        \
    "</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"

static void addresses_elsewhere(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/_rels/document.xml.rels",
         .text = RELS("<Relationship Id='a' Type='http://x/image' TargetMode='External' "
                      "Target='https://t.example/p.png'/>"
                      "<Relationship Id='b' Type='http://x/attachedTemplate' TargetMode='External' "
                      "Target='file:///C:/n.dotm'/>")},
        {.name = "word/document.xml",
         .text = W "<w:body><w:p>" FIELD(" INCLUDEPICTURE \"http://e.example/x\" \\d ", "shown")
             FIELD(" HYPERLINK \\l \"place\" ", "here")
                 FIELD(" EQ \\f(1;2) ", "") "<v:shape xmlns:v='urn:v' "
                                            "href='http://v.example/'/><w:ruby><w:rt><w:r><w:t>kana"
                                            "</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>word</w:t></"
                                            "w:r></w:rubyBase></w:ruby>"
                                            "</w:p></w:body></w:document>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.docx", BUILD_ZIP, entries);
    assert_string_equal(told.main.data, "shownhereword (kana)\n");
    assert_string_equal(told.rest.data, "http://e.example/x\nhttp://v.example/\n"
                                        "https://t.example/p.png\nfile:///C:/n.dotm\n");
    told_release(&told);
    assert_true(remote_is("\\\\server\\share", 14));
    assert_true(remote_is("file:///\\\\server\\share", 22));
    assert_false(remote_is("file:///C:/a", 12));
    assert_false(remote_is("picture.png", 11));
}

static void a_workbook(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "xl/workbook.xml"))},
        {.name = "xl/workbook.xml",
         .text = "<workbook xmlns:r='http://r'><sheets><sheet name='Posts' r:id='r2'/>"
                 "<sheet name='Empty' r:id='r1'/></sheets></workbook>"},
        {.name = "xl/_rels/workbook.xml.rels",
         .text = RELS(REL("r1", "worksheet", "worksheets/sheet1.xml")
                          REL("r2", "worksheet", "/xl/worksheets/sheet2.xml")
                              REL("r3", "sharedStrings", "sharedStrings.xml")
                                  REL("r4", "styles", "styles.xml"))},
        {.name = "xl/worksheets/sheet1.xml", .text = "<worksheet><sheetData/></worksheet>"},
        {.name = "xl/worksheets/sheet2.xml",
         .text = "<worksheet><cols><col min='2' max='2'/><col min='3' max='16384' hidden='1'/>"
                 "</cols><sheetData><row><c r='A1' t='s'><v>1</v></c><c r='C1' t='s'><v>0</v>"
                 "</c></row><row r='2' hidden='true'><c r='A2' s='1'><v>43789</v></c><c "
                 "r='B2'><v>0.1000000000000001"
                 "</v></c><c r='C2' t='inlineStr'><is><t>in</t><t>\nline</t></is></c>"
                 "<c r='D2' t='b'><v>1</v></c><c r='E2' s='2'><v>43789.5</v></c></row>"
                 "</sheetData></worksheet>"},
        {.name = "xl/sharedStrings.xml",
         .text = "<sst><si><t>consul</t></si><si><r><t>na</t></r><r><t>me</t></r><rPh><t>x</t>"
                 "</rPh></si></sst>"},
        {.name = "xl/styles.xml",
         .text = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd\\.mm\\.yyyy hh:mm'/>"
                 "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/>"
                 "</cellXfs></styleSheet>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.xlsx", BUILD_ZIP, entries);
    assert_string_equal(told.main.data, "Posts\nname\t\tconsul\n"
                                        "2019-11-20\t0.1\tin line\tTRUE\t2019-11-20 12:00:00\n\n"
                                        "Empty\n\n");
    assert_string_equal(told.metas.data,
                        "sheet=Posts\nsheet-lines=1 1:2 Posts\nhidden-rows=Posts!2:2\n"
                        "hidden-columns=Posts!C:XFD\nsheet=Empty\nsheet-lines=2  Empty\n");
    told_release(&told);
}

static void number_formats(void **state)
{
    (void)state;
    assert_int_equal(number_kind_of("General"), NUMBER_PLAIN);
    assert_int_equal(number_kind_of("#,##0.00 \"days\""), NUMBER_PLAIN);
    assert_int_equal(number_kind_of("[Red]0.00"), NUMBER_PLAIN);
    assert_int_equal(number_kind_of("d/m/yy"), NUMBER_DATE);
    assert_int_equal(number_kind_of("mmm"), NUMBER_DATE);
    assert_int_equal(number_kind_of("mm:ss"), NUMBER_TIME);
    assert_int_equal(number_kind_of("[h]:mm"), NUMBER_TIME);
    assert_int_equal(number_kind_of("[$-409]d\\-mmm h:mm AM/PM"), NUMBER_DATE_TIME);
}

static void slides_are_pages_in_order(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "ppt/presentation.xml"))},
        {.name = "ppt/presentation.xml",
         .text = "<p xmlns:r='http://r'><sldIdLst><sldId id='5' r:id='b'/><sldId id='6' r:id='a'/>"
                 "</sldIdLst></p>"},
        {.name = "ppt/_rels/presentation.xml.rels",
         .text =
             RELS(REL("a", "slide", "slides/slide1.xml") REL("b", "slide", "slides/slide2.xml"))},
        {.name = "ppt/slides/slide1.xml",
         .text = "<s xmlns:a='http://a'><a:p><a:r><a:t>last</a:t></a:r></a:p></s>"},
        {.name = "ppt/slides/slide2.xml",
         .text = "<s xmlns:a='http://a'><a:p><a:r><a:t>first</a:t></a:r></a:p></s>"},
        {.name = "ppt/slides/_rels/slide2.xml.rels",
         .text = RELS(REL("n", "notesSlide", "../notesSlides/notesSlide1.xml"))},
        {.name = "ppt/notesSlides/notesSlide1.xml",
         .text = "<s xmlns:a='http://a'><a:p><a:r><a:t>said aside</a:t></a:r><a:fld "
                 "type='slidenum'><a:t>7</a:t></a:fld></a:p></s>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.pptx", BUILD_ZIP, entries);
    assert_string_equal(told.pages.data, "slide 1\nslide 2\n");
    assert_string_equal(told.main.data, "first\nsaid aside\nlast\n");
    told_release(&told);
}

static void comments_on_slides(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "ppt/presentation.xml"))},
        {.name = "ppt/presentation.xml",
         .text = "<p xmlns:r='http://r'><sldIdLst><sldId r:id='a'/></sldIdLst></p>"},
        {.name = "ppt/_rels/presentation.xml.rels",
         .text = RELS(REL("a", "slide", "slides/slide1.xml")
                          REL("b", "commentAuthors", "commentAuthors.xml"))},
        {.name = "ppt/commentAuthors.xml",
         .text = "<l><cmAuthor id='3' name='Mina' initials='M'/></l>"},
        {.name = "ppt/slides/slide1.xml",
         .text = "<s xmlns:a='http://a'><a:p><a:r><a:t>slide</a:t></a:r></a:p></s>"},
        {.name = "ppt/slides/_rels/slide1.xml.rels",
         .text = RELS(REL("c", "comments", "../comments/comment1.xml"))},
        {.name = "ppt/comments/comment1.xml",
         .text = "<l><cm authorId='3' dt='2015'><text>look</text></cm>"
                 "<cm authorId='4'><text>who</text></cm></l>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.pptx", BUILD_ZIP, entries);
    assert_non_null(strstr(told.main.data, "slide\n[Mina (M), 2015] look\n[] who\n"));
    told_release(&told);
}

static void read_word(struct told *told, const char *xml)
{
    struct build_entry entries[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/document.xml", .text = xml},
        {0}};

    read_built(told, "x.docx", BUILD_ZIP, entries);
}

/* What a document names in order to repeat it is its text. */
static void short_entities_are_text(void **state)
{
    struct told told;

    (void)state;
    read_word(&told, "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY co 'Acme \xC3\x96l'>"
                     "<!ENTITY two '&co;&co;'><!ENTITY tag '<a>'>]>" W
                     "<w:p><w:r><w:t>by &co;,&two;,&tag;,&none; &amp; &co;.</w:t></w:r></w:p>"
                     "</w:document>");
    assert_string_equal(told.main.data, "by Acme \xC3\x96l, , ,  & Acme \xC3\x96l.\n");
    told_release(&told);
}

static void entities_are_not_followed(void **state)
{
    struct told told;

    (void)state;
    read_word(&told, "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
                     "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>"
                     "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" W
                     "<w:p><w:r><w:t>before &c;&x; after &amp; on</w:t></w:r></w:p></w:document>");
    assert_null(strstr(told.main.data, "aaaa"));
    assert_null(strstr(told.main.data, "root:"));
    assert_non_null(strstr(told.main.data, "before"));
    assert_non_null(strstr(told.main.data, "after & on"));
    told_release(&told);
}

static void deep_nesting_ends_as_a_reason(void **state)
{
    struct told told;
    struct buf xml;

    (void)state;
    buf_init(&xml, 1 << 20);
    (void)buf_append_str(&xml, W "<w:p><w:r><w:t>kept</w:t></w:r></w:p>");
    for (int i = 0; i < 20000; i++)
        (void)buf_append_str(&xml, "<w:x>");
    read_word(&told, xml.data);
    assert_int_equal(told.reason, REASON_LIMIT_DEPTH);
    assert_string_equal(told.main.data, "kept\n");
    told_release(&told);
    buf_release(&xml);
}

static void bombs_and_damage_end_as_reasons(void **state)
{
    static const struct build_entry bomb[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/document.xml", .zeros = 200 << 20},
        {0}};
    struct build_entry long_one[] = {
        {.name = "_rels/.rels", .text = RELS(REL("r1", "officeDocument", "word/document.xml"))},
        {.name = "word/document.xml", .text = W "<w:p><w:r><w:t>start</w:t></w:r></w:p>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.docx", BUILD_ZIP, bomb);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    told_release(&told);
    read_built(&told, "x.docx", BUILD_ZIP, long_one); /* its XML ends in the middle */
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_CORRUPT);
    assert_string_equal(told.main.data, "start\n");
    told_release(&told);
}

static void real_documents(void **state)
{
    static const struct {
        const char *path, *main;
        enum reason reason;
    } files[] = {
        {"fixtures/aleph-ingest-file/file.xlsx", "Mihai Viteazul", REASON_NONE},
        {"fixtures/aleph-ingest-file/password_protected.xlsx", "", REASON_PASSWORD},
        {"fixtures/aleph-ingest-file/rand-1670433101.440986000.odt",
         "graphomaniac Talpa Deuteronomical tubber johannite", REASON_NONE},
        {"fixtures/aleph-ingest-file/rom.ods", "Лист1", REASON_NONE},
        {"fixtures/hoover-testdata/data/disk-files/pdf-doc-txt/easychair.docx",
         "at least 300dpi in resolution", REASON_NONE},
        {"fixtures/tika/tika-parser-miscoffice-module/testODTEncrypted.odt", "", REASON_PASSWORD},
    };
    size_t read = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i].path))
            continue;
        read++;
        assert_int_equal(told.reason, files[i].reason);
        assert_non_null(strstr(told.main.data, files[i].main));
        told_release(&told);
    }
    if (read == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_document),
        cmocka_unit_test(numbers_of_lists),
        cmocka_unit_test(a_numbered_text),
        cmocka_unit_test(addresses_elsewhere),
        cmocka_unit_test(comments_on_slides),
        cmocka_unit_test(a_workbook),
        cmocka_unit_test(number_formats),
        cmocka_unit_test(slides_are_pages_in_order),
        cmocka_unit_test(short_entities_are_text),
        cmocka_unit_test(entities_are_not_followed),
        cmocka_unit_test(deep_nesting_ends_as_a_reason),
        cmocka_unit_test(bombs_and_damage_end_as_reasons),
        cmocka_unit_test(real_documents),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
