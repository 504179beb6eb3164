/* Books and page formats: EPUB, FictionBook, XPS, SVG, DjVu, Mobipocket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_build.h"
#include "parts_told.h"
#include "base/bytes.h"
#include "worker/books/book.h"
#include "worker/image/svg_outline.h"

#define FIXTURES "fixtures/tika/"
#define CONTAINER "<container><rootfiles><rootfile full-path='OPS/b.opf'/></rootfiles></container>"
#define PAGE(words) "<html><head><title>no</title></head><body><p>" words "</p></body></html>"

static void read_text(struct told *told, const char *name, const char *text)
{
    told_read(told, name, text, strlen(text), PLENTY);
}

static void links_inside_a_book(void **state)
{
    static const struct {
        const char *base, *href, *path;
    } rows[] = {
        {"OPS/b.opf", "a%20b.html#x", "OPS/a b.html"},
        {"OPS/b.opf", "../c.html?q", "c.html"},
        {"b.opf", "./d/../e.html", "e.html"},
        {"OPS/b.opf", "/f.html", "f.html"},
        {"OPS/b.opf", "http://example.org/g", ""},
        {"OPS/b.opf", "../../../h.html", "h.html"},
        {"a/b", "%zz%", "a/%zz%"},
        {"a/b", "#only", ""},
    };
    char path[BOOK_PATH_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        book_path(rows[i].base, rows[i].href, path);
        assert_string_equal(path, rows[i].path);
    }
}

static const struct build_entry EPUB[] = {
    {.name = "META-INF/container.xml", .text = CONTAINER},
    {.name = "OPS/b.opf",
     .text = "<package xmlns:dc='d'><metadata><dc:title>A book</dc:title><dc:creator>Someone"
             "</dc:creator><meta property='dcterms:modified'>2020-01-02</meta></metadata><manifest>"
             "<item id='one' href='one.xhtml' media-type='application/xhtml+xml'/>"
             "<item id='two' href='t%77o.xhtml' media-type='application/xhtml+xml'/>"
             "<item id='note' href='note.xhtml' media-type='application/xhtml+xml'/>"
             "<item id='n' href='toc.ncx' media-type='application/x-dtbncx+xml'/>"
             "<item id='c' href='style.css' media-type='text/css'/></manifest>"
             "<spine toc='n'><itemref idref='two'/><itemref idref='one'/></spine></package>"},
    {.name = "OPS/toc.ncx",
     .text = "<ncx><navMap><navPoint><navLabel><text>The\n second</text></navLabel>"
             "<content src='two.xhtml#a'/></navPoint></navMap></ncx>"},
    {.name = "OPS/one.xhtml", .text = PAGE("written first")},
    {.name = "OPS/two.xhtml", .text = PAGE("read&nbsp;first")},
    {.name = "OPS/note.xhtml", .text = PAGE("nowhere linked")},
    {.name = "OPS/style.css", .text = "p {}"},
    {.name = "OPS/cover.png", .text = "PNG"},
    {0}};

static void an_epub_in_reading_order(void **state)
{
    struct told told;

    (void)state;
    read_built(&told, "x.epub", BUILD_ZIP, EPUB);
    assert_string_equal(told.mime, "application/epub+zip");
    assert_string_equal(told.main.data, "read\xC2\xA0"
                                        "first\nwritten first\nnowhere linked\n");
    assert_string_equal(told.pages.data, "The second\n\n\n");
    assert_string_equal(told.metas.data, "title=A book\nauthor=Someone\nmodified=2020-01-02\n");
    assert_string_equal(told.children.data, "OPS/cover.png () 3\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

#define CIPHER(algorithm)                                                                          \
    "<encryption><EncryptedData><EncryptionMethod Algorithm='" algorithm                           \
    "'/></EncryptedData></encryption>"

static void protected_books_are_named(void **state)
{
    struct build_entry entries[16] = {{0}};
    struct told told;

    (void)state;
    memcpy(entries + 1, EPUB, sizeof(EPUB));
    entries[0] =
        (struct build_entry){.name = "META-INF/encryption.xml",
                             .text = CIPHER("http://www.w3.org/2001/04/xmlenc#aes128-cbc")};
    read_built(&told, "x.epub", BUILD_ZIP, entries);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
    /* scrambled fonts are not copy protection */
    entries[0].text = CIPHER("http://www.idpf.org/2008/embedding");
    read_built(&told, "x.epub", BUILD_ZIP, entries);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

static void a_container_that_is_no_book(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "META-INF/container.xml", .text = "<container/>"},
        {.name = "score.xml", .text = "<score/>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.mxl", BUILD_ZIP, entries);
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_non_null(strstr(told.children.data, "score.xml"));
    told_release(&told);
}

static void a_fictionbook(void **state)
{
    struct told told;

    (void)state;
    read_text(&told, "x.fb2",
              "<?xml version='1.0' encoding='windows-1251'?><FictionBook><description><title-info>"
              "<author><first-name>\xC0</first-name><last-name>B</last-name></author>"
              "<book-title>Title</book-title><date>1999</date></title-info></description>"
              "<body><title><p>Whole</p></title><section><title><p>Chapter</p><p>One</p></title>"
              "<p>\xCF\xF0\xE8\xE2\xE5\xF2 <emphasis>\xE2\xF1\xE5\xEC</emphasis></p></section>"
              "<section><p>Second</p><section><title><p>Inner</p></title><p>nested</p></section>"
              "</section></body><body name='notes'><section><p>n1</p></section><section><p>n2</p>"
              "</section></body><binary id='c.png' content-type='image/png'>UE\nNH</binary>"
              "</FictionBook>");
    assert_string_equal(told.mime, "application/x-fictionbook+xml");
    assert_string_equal(told.main.data,
                        "Whole\nChapter\nOne\n"
                        "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 "
                        "\xD0\xB2\xD1\x81\xD0\xB5\xD0\xBC\nSecond\nInner\nnested\nn1\nn2\n");
    assert_string_equal(told.pages.data, "\nChapter One \n\nnotes\n");
    assert_string_equal(told.metas.data, "author=\xD0\x90 B\ntitle=Title\ndate=1999\n");
    assert_string_equal(told.children.data, "c.png (image/png) 3\n");
    assert_string_equal(told.data.data, "PCG");
    told_release(&told);
}

static void a_damaged_fictionbook_keeps_its_start(void **state)
{
    struct told told;

    (void)state;
    read_text(&told, "x.fb2", "<FictionBook><body><section><p>kept</p></section>");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_CORRUPT);
    assert_string_equal(told.main.data, "kept\n");
    told_release(&told);
}

static void a_drawing(void **state)
{
    struct told told;

    (void)state;
    read_text(&told, "x",
              "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'><title>Map</title>"
              "<style>text { fill: red }</style><text x='1' y='9'>North <tspan>bank</tspan></text>"
              "<g><desc>told</desc></g><script>no</script>"
              "<image href='data:image/png;base64,UE5H'/></svg>");
    assert_string_equal(told.mime, "image/svg+xml");
    assert_string_equal(told.main.data, "Map\nNorth bank\ntold\n");
    assert_string_equal(told.metas.data, "title=Map\n");
    assert_string_equal(told.children.data, "picture-1 (image/png) 3\n");
    told_release(&told);
    read_text(&told, "x.svg", "<svg><rect/></svg>");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_WORDS);
    told_release(&told);
}

static void numbers_of_drawings(void **state)
{
    static const struct {
        const char *given, *outline, *points;
    } rows[] = {
        {"M+L5 5", "M L5 5", ""},
        {"M+1+2L3e+4,5E+6", "M 1 2L3e+4,5E+6", ""},
        {"+1,-2 3+4", " 1,-2 3 4", " 1,-2 3 4"},
        {"1,2 3,4;5,6", "1,2 3,4;5,6", "1,2 3,4"},
        {"", "", ""},
    };
    char value[32];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        snprintf(value, sizeof(value), "%s", rows[i].given);
        svg_outline_mend(value);
        assert_string_equal(value, rows[i].outline);
        snprintf(value, sizeof(value), "%s", rows[i].given);
        svg_points_mend(value);
        assert_string_equal(value, rows[i].points);
    }
}

/* A page of DjVu: INFO (100 x 200, 100 dpi), ANTa, TXTa with a page and two words. */
static const char DJVU[] =
    "AT&TFORM\0\0\0\xB8"
    "DJVUINFO\0\0\0\x0A\0\x64\0\xC8\x18\0\x64\0\x16\x01"
    "ANTa\0\0\0N"
    "(maparea \"http://example.org/\" \"a note\" (rect 0 0 9 9)) (metadata (title \"T\"))"
    "TXTa\0\0\0\x43\0\0\x0C"
    "hidden words\x01"
    "\x01\x80\0\x80\0\x80\x64\x80\xC8\x80\0\0\0\x0C\0\0\x02"
    "\x06\x80\x0A\x80\x96\x80\x1E\x80\x14\x80\0\0\0\x06\0\0\0"
    "\x06\x80\x0A\x80\0\x80\x28\x80\x14\x80\x01\0\0\x05\0\0\0";

static void a_djvu_page(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "x.djvu", DJVU, sizeof(DJVU), PLENTY);
    assert_string_equal(told.main.data, "hidden words\nhttp://example.org/\na note");
    assert_string_equal(told.metas.data, "title=T\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
    /* cut off in its text */
    told_read(&told, "x.djvu", DJVU, sizeof(DJVU) - 40, PLENTY);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    told_release(&told);
    told_read(&told, "x.djvu", DJVU, 20, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    told_release(&told);
}

/* A PalmDOC book: the name, the type, two records: a head of 16 bytes, plain text. */
static const char PALM[] = "Book\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                           "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                           "TEXtREAd\0\0\0\4\0\0\0\0\0\2"
                           "\0\0\0\x60\0\0\0\0\0\0\0\x70\0\0\0\2\0\0"
                           "\0\1\0\0\0\0\0\x0B\0\1\x10\0\0\0\0\0plain words";

static void a_palm_book(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "x.prc", PALM, sizeof(PALM) - 1, PLENTY);
    assert_string_equal(told.mime, "application/x-mobipocket-ebook");
    assert_string_equal(told.main.data, "plain words\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
    told_read(&told, "x.prc", PALM, 90, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    told_release(&told);

    /* the first record behind the second: the library would take 4 GiB for it */
    char backwards[sizeof(PALM)];
    memcpy(backwards, PALM, sizeof(PALM));
    backwards[78 + 3] = backwards[78 + 8 + 3];
    backwards[78 + 3]++;
    told_read(&told, "x.prc", backwards, sizeof(PALM) - 1, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_CORRUPT);
    assert_string_equal(told.detail, "its records make no sense");
    told_release(&told);
}

static void exchange_formats_of_layout_programs(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "mimetype", .text = "application/vnd.adobe.indesign-idml-package"},
        {.name = "designmap.xml",
         .text = "<Document xmlns:idPkg='i'><idPkg:Story src='Stories/b.xml'/></Document>"},
        {.name = "Stories/a.xml", .text = "<S><Story><Content>later</Content></Story></S>"},
        {.name = "Stories/b.xml",
         .text = "<S><Story><Properties>no</Properties><Content>first</Content><Br/>"
                 "<Content>second</Content></Story></S>"},
        {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.idml", BUILD_ZIP_STORED, entries);
    assert_string_equal(told.main.data, "first\nsecond\nlater\n");
    told_release(&told);
    read_text(&told, "x.mif",
              "<MIFFile 7.00>\n<Para\n <ParaLine\n  <String `it\\qs \\> \\x41 '>\n"
              "  <Char EmDash>\n  <String `here'>\n >\n>\n<Para\n <String `cut");
    assert_string_equal(told.main.data, "it's > A\xE2\x80\x94"
                                        "here\ncut");
    told_release(&told);
}

static void postscript_is_named(void **state)
{
    struct told told;
    static const char eps[] = "\xC5\xD0\xD3\xC6\x1E\0\0\0\x0A\0\0\0\0\0\0\0\0\0\0\0"
                              "\x28\0\0\0\x03\0\0\0\0\0%%Title: AZIFx";

    (void)state;
    read_text(&told, "x.ps",
              "%!PS-Adobe-3.0\n%%Title: (A letter)\r\n%%Pages: (atend)\n%%For: me\n");
    assert_string_equal(told.mime, "application/postscript");
    assert_string_equal(told.metas.data, "title=A letter\nauthor=me\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
    told_read(&told, "x.eps", eps, sizeof(eps) - 1, PLENTY);
    assert_string_equal(told.metas.data, "title=A\n");
    assert_string_equal(told.children.data, "preview.tif (image/tiff) 3\n");
    assert_string_equal(told.data.data, "ZIF");
    told_release(&told);
}

static void an_index_of_missing_pages(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, FIXTURES "integration/testDJVU.djvu"))
        skip();
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    told_release(&told);
}

/* Real files: words that must be found, and what children there are. */
static void real_files(void **state)
{
    static const struct {
        const char *path, *mime, *words, *child;
    } rows[] = {
        {FIXTURES "tika-parser-microsoft-module/testPPT.xps", "application/vnd.ms-xpsdocument",
         "Attachment Test", NULL},
        /* its central directory is a ZIP64 one */
        {FIXTURES "tika-parser-microsoft-module/testXLSX.xps", "application/vnd.ms-xpsdocument",
         "spaced\tout", NULL},
        {FIXTURES "tika-parser-microsoft-module/testXPS_various.xps",
         "application/vnd.ms-xpsdocument", "The \xD8\xA7\xD9\x84\xD8\xA8\xD9\x86\xD9\x8A fox",
         "Resources/Images/image_0.png"},
        {FIXTURES "tika-parser-miscoffice-module/testEPUB_xml_ext.epub", "application/epub+zip",
         "It was a bright cold day in April", NULL},
        {"fixtures/aleph-ingest-file/Test_rs20846.djvu", "image/vnd.djvu", "Executive Orders",
         NULL},
        {FIXTURES "tika-parser-microsoft-module/testChm3.chm", "application/vnd.ms-htmlhelp",
         "Version Control with Subversion", "images/"},
        {FIXTURES "tika-parser-pkg-module/testSVG_no_xml_header.svg", "image/svg+xml",
         "Test SVG image", NULL},
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!told_read_shared(&told, rows[i].path))
            skip();
        assert_string_equal(told.mime, rows[i].mime);
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_int_equal(told.reason, REASON_NONE);
        assert_non_null(strstr(told.main.data, rows[i].words));
        if (rows[i].child)
            assert_non_null(strstr(told.children.data, rows[i].child));
        else
            assert_int_equal(told.children.len, 0);
        told_release(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_inside_a_book),
        cmocka_unit_test(an_epub_in_reading_order),
        cmocka_unit_test(protected_books_are_named),
        cmocka_unit_test(a_container_that_is_no_book),
        cmocka_unit_test(a_fictionbook),
        cmocka_unit_test(a_damaged_fictionbook_keeps_its_start),
        cmocka_unit_test(a_drawing),
        cmocka_unit_test(numbers_of_drawings),
        cmocka_unit_test(a_djvu_page),
        cmocka_unit_test(a_palm_book),
        cmocka_unit_test(exchange_formats_of_layout_programs),
        cmocka_unit_test(postscript_is_named),
        cmocka_unit_test(an_index_of_missing_pages),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests_name("books", tests, NULL, NULL);
}
