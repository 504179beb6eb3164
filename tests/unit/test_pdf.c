/* What a PDF holds besides the text it shows: built here, object by object, and read as the worker
 * reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pdf_build.h"

static void read_page(const char *catalog, const char *page, const char *content, struct told *told)
{
    struct file file;

    file_start(&file);
    put_page(&file, catalog, page, content);
    put_object(&file, 6, "<</Type/OCG/Name(Draft remarks)>>");
    file_end(&file, "");
    file_read(&file, told);
}

/* ---- what is not to be seen ---- */

static void test_words_under_a_box(void **state)
{
    static const char *const COVERED[] = {
        "BT /F 12 Tf 72 700 Td (The witness is John Smith of London) Tj ET 0 g 147 695 150 16 re f",
        "BT /F 12 Tf 72 700 Td (The witness is John Smith of London) Tj ET 1 g 147 695 150 16 re f",
        ("18 w BT /F 12 Tf 72 700 Td (The witness is John Smith of London) Tj ET 147 704 m 290 704 "
         "l S"),
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(COVERED); i++) {
        read_page("", "", COVERED[i], &told);
        assert_has(&told.main, "The witness is John Smith of London");
        assert_has(&told.warnings,
                   "page 1: words hidden under what is drawn over them: John Smith");
        assert_lacks(&told.warnings, "witness");
        told_release(&told);
    }
}

static void test_words_on_a_box_are_seen(void **state)
{
    static const char *const SEEN[] = {
        "0.8 g 60 690 300 30 re f 0 g BT /F 12 Tf 72 700 Td (The witness is John) Tj ET",
        "0 g 60 690 300 30 re f 1 g BT /F 12 Tf 72 700 Td (The witness is John) Tj ET",
        "BT /F 12 Tf 72 700 Td (The witness is John) Tj ET 60 690 300 30 re S",
        "BT /F 12 Tf 72 700 Td (The witness is John) Tj ET 0 g 72 690 200 4 re f",
        "BT /F 12 Tf 72 700 Td (REDACTED XXXX) Tj ET 0 g 60 690 300 30 re f",
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(SEEN); i++) {
        read_page("", "", SEEN[i], &told);
        assert_string_equal(told.warnings.data, "");
        told_release(&told);
    }
}

static void test_words_in_the_colour_of_paper(void **state)
{
    struct told told;

    (void)state;
    read_page("", "", "BT /F 12 Tf 72 700 Td (Seen) Tj 1 g 0 -30 Td (not to be seen) Tj ET", &told);
    assert_has(&told.main, "not to be seen");
    assert_has(&told.warnings, "in the colour of the page behind them: not to be seen");
    told_release(&told);
}

static void test_words_never_painted(void **state)
{
    struct told told;

    (void)state;
    read_page("", "", "BT /F 12 Tf 72 700 Td (Seen) Tj 3 Tr 0 -30 Td (not to be seen) Tj ET",
              &told);
    assert_has(&told.warnings, "not being painted: not to be seen");
    told_release(&told);
}

static void test_words_outside_the_page(void **state)
{
    struct told told;

    (void)state;
    read_page("", "/CropBox[0 100 612 792]",
              "BT /F 12 Tf 72 700 Td (Seen) Tj 0 -650 Td (below the page) Tj ET", &told);
    assert_has(&told.main, "Seen");
    assert_lacks(&told.main, "below");
    assert_has(&told.rest, "below the page");
    assert_has(&told.warnings, "outside the part of the page that is shown: below the page");
    told_release(&told);
}

static void test_layer_that_is_off(void **state)
{
    struct told told;

    (void)state;
    read_page("/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>", "",
              "BT /F 12 Tf 72 700 Td (Seen) Tj ET /OC /L BDC BT /F 12 Tf 72 650 Td "
              "(Only on the layer) Tj ET EMC",
              &told);
    assert_lacks(&told.main, "layer");
    assert_has(&told.rest, "Only on the layer");
    assert_has(&told.warnings, "on a layer that is switched off: Only on the layer");
    told_release(&told);
}

/* ---- what was there before ---- */

static void test_revisions(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "", "", "BT /F 12 Tf 72 700 Td (Paid to Mr Example by cheque) Tj ET");
    put_object(&file, 6, "null");
    file_end(&file, "");
    put_stream(&file, 4, "", "BT /F 12 Tf 72 700 Td (Paid by cheque) Tj ET");
    file_end(&file, "");
    file_read(&file, &told);
    assert_string_equal(told.main.data, "Paid by cheque\n");
    assert_has(&told.metas, "revisions=2\n");
    assert_has(&told.warnings,
               "revision 1 of the file holds words that the last does not: to Mr Example");
    assert_has(&told.children, "revision-1.pdf (application/pdf)");
    assert_has(&told.data, "Mr Example");
    told_release(&told);
}

static void test_revision_without_other_words(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "", "", "BT /F 12 Tf 72 700 Td (Paid by cheque) Tj ET");
    file_end(&file, "");
    put_stream(&file, 4, "", "BT /F 12 Tf 72 700 Td (Paid by cheque in May) Tj ET");
    file_end(&file, "");
    file_read(&file, &told);
    assert_has(&told.metas, "revisions=2\n");
    assert_string_equal(told.children.data, "");
    told_release(&told);
}

/* ---- what it carries ---- */

static void test_files_of_every_kind(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "/Names<</EmbeddedFiles<</Kids[8 0 R 8 0 R]>>>>/AF[10 0 R]",
             "/Annots[12 0 R 13 0 R]", "BT /F 12 Tf 72 700 Td (Page) Tj ET");
    put_object(&file, 6, "null");
    put_object(&file, 8, "<</Names[(a) 9 0 R]/Kids[8 0 R]>>");
    put_object(&file, 9, "<</Type/Filespec/F(one.txt)/EF<</F 14 0 R>>>>");
    put_object(&file, 10, "<</Type/Filespec/UF(two.txt)/EF<</UF 15 0 R>>>>");
    put_object(&file, 12,
               "<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 "
               "9]/RichMediaContent<</Assets<</Names[(m) 16 0 R]>>>>>>");
    put_object(&file, 13, "<</Type/Annot/Subtype/3D/Rect[0 0 9 9]/3DD 17 0 R>>");
    put_stream(&file, 14, "/Subtype/text#2Fplain", "first");
    put_stream(&file, 15, "", "second");
    put_object(&file, 16, "<</Type/Filespec/F(film.mp4)/EF<</F 18 0 R>>>>");
    put_stream(&file, 17, "/Subtype/U3D", "model");
    put_stream(&file, 18, "", "third");
    file_end(&file, "");
    file_read(&file, &told);
    assert_has(&told.children, "one.txt (text/plain) 5\n");
    assert_has(&told.children, "two.txt () 6\n");
    assert_has(&told.children, "film.mp4 () 5\n");
    assert_has(&told.children, "model.u3d (model/u3d) 5\n");
    told_release(&told);
}

static void test_scripts_are_children(void **state)
{
    struct told told;

    (void)state;
    read_page("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "",
              "BT /F 12 Tf 72 700 Td (Page) Tj ET", &told);
    assert_has(&told.children, "script-1-open.js (text/javascript) 12\n");
    assert_has(&told.data, "app.alert(1)");
    assert_has(&told.warnings, "runs scripts: 1");
    told_release(&told);
}

static void test_fields_and_links(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "/AcroForm<</Fields[8 0 R 9 0 R 11 0 R]>>",
             "/Annots[8 0 R 9 0 R 10 0 R 11 0 R]", "BT /F 12 Tf 72 700 Td (Page) Tj ET");
    put_object(&file, 6, "null");
    put_object(&file, 8,
               "<</Type/Annot/Subtype/Widget/FT/Tx/T(payee)/V(Mr Example)/Rect[72 600 200 620]>>");
    put_object(&file, 9,
               "<</Type/Annot/Subtype/Widget/FT/Btn/T(agreed)/V/Yes/AS/Yes/Rect[72 500 90 520]>>");
    put_object(
        &file, 10,
        "<</Type/Annot/Subtype/Link/Rect[72 400 90 420]/A<</S/URI/URI(https://example.org/x)>>>>");
    put_object(&file, 11,
               "<</Type/Annot/Subtype/Widget/FT/Btn/T(refused)/V/Off/AS/Off/Rect[72 300 90 320]>>");
    file_end(&file, "");
    file_read(&file, &told);
    assert_has(&told.rest, "payee: Mr Example");
    assert_has(&told.rest, "agreed: Yes");
    assert_has(&told.rest, "https://example.org/x");
    assert_lacks(&told.rest, "refused");
    told_release(&told);
}

/* MuPDF itself draws no link. */
static void test_links_that_show_words(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "", "/Annots[7 0 R 9 0 R]", "BT /F 12 Tf 72 700 Td (Page) Tj ET");
    put_object(&file, 6, "null");
    put_object(&file, 7, "<</Type/Annot/Subtype/Link/Rect[72 600 272 700]/AP<</N 8 0 R>>>>");
    put_stream(&file, 8, "/Type/XObject/Subtype/Form/BBox[0 0 100 50]",
               "BT /F 12 Tf 5 5 Td (click me) Tj ET");
    put_object(&file, 9, "<</Type/Annot/Subtype/Link/Rect[72 500 272 600]/F 2/AP<</N 10 0 R>>>>");
    put_stream(&file, 10, "/Type/XObject/Subtype/Form/BBox[0 0 100 50]",
               "BT /F 12 Tf 5 5 Td (hidden) Tj ET");
    file_end(&file, "");
    file_read(&file, &told);
    assert_has(&told.main, "click me");
    assert_lacks(&told.main, "hidden");
    told_release(&told);
}

static void test_form_of_xml(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "/AcroForm<</Fields[]/XFA[(template) 8 0 R(datasets) 9 0 R]>>", "",
             "BT /F 12 Tf 72 700 Td (Please wait...) Tj ET");
    put_object(&file, 6, "null");
    put_stream(
        &file, 8, "",
        "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template><subform><field><caption><value>"
        "<text>Name of the payee</text></value></caption></field></subform></template>");
    put_stream(&file, 9, "",
               "<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><form>"
               "<payee>Mr Example</payee><sum/></form></xfa:data></xfa:datasets></xdp:xdp>");
    file_end(&file, "");
    file_read(&file, &told);
    assert_has(&told.metas, "form=XFA only\n");
    assert_has(&told.main, "Name of the payee\n");
    assert_has(&told.main, "payee: Mr Example\n");
    told_release(&told);
}

static void test_metadata(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "/Metadata 8 0 R", "", "BT /F 12 Tf 72 700 Td (Page) Tj ET");
    put_object(&file, 6, "null");
    put_object(&file, 7, "<</Title(A title)/CreationDate(D:20240131123000+03'30')/Case(12/7)>>");
    put_stream(
        &file, 8, "/Type/Metadata/Subtype/XML",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator><rdf:Seq><rdf:li>One</rdf:li>"
        "<rdf:li>Two</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>");
    file_end(&file, "/Info 7 0 R");
    file_read(&file, &told);
    assert_has(&told.metas, "title=A title\n");
    assert_has(&told.metas, "date=2024-01-31T12:30:00+03:30\n");
    assert_has(&told.metas, "property=Case: 12/7\n");
    assert_has(&told.metas, "author=One\nauthor=Two\n");
    assert_has(&told.metas, "pdf-version=1.7\n");
    told_release(&told);
}

/* ---- the numbers printed on pages ---- */

/* Five pages: a cover without a number, "ii", "iii", then "A-26" and "A-27" from a node below. */
static void test_page_labels(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_object(&file, 1, "<</Type/Catalog/Pages 2 0 R/PageLabels 3 0 R>>");
    put_object(&file, 2, "<</Type/Pages/Count 5/Kids[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R]>>");
    put_object(&file, 3, "<</Kids[4 0 R 3 0 R]/Nums[3<</S/D/P(A-)/St 26>>0<<>>]>>");
    put_object(&file, 4, "<</Nums[1<</S/r/St 2>>-1<</S/D>>(x)]>>");
    for (int i = 5; i < 10; i++)
        put_object(&file, i, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>");
    file_end(&file, "");
    told_read(&told, "a.pdf", file.bytes.data, file.bytes.len, PLENTY);
    assert_string_equal(told.pages.data, "\nii\niii\nA-26\nA-27\n");
    told_release(&told);
    buf_release(&file.bytes);
}

/* ---- what is locked ---- */

static void test_passwords(void **state)
{
    static const char *const PASSWORDS[] = {"wrong", "abc", NULL};
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "corpora/pdf/pdfjs/issue6010_1.pdf"))
        skip();
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    told_release(&told);
    assert_true(told_read_shared_with(&told, "corpora/pdf/pdfjs/issue6010_1.pdf", PASSWORDS));
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_has(&told.metas, "encryption=");
    assert_has(&told.metas, META_PASSWORD "=2\n");
    told_release(&told);
}

/* Only the embedded file is encrypted, and a document whose owner's password is empty. */
static void test_pages_open_without_password(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "corpora/pdf/pdfjs/encrypted-attachment.pdf"))
        skip();
    assert_has(&told.main, "Example");
    assert_has(&told.children, "0 password: locked with a password");
    told_release(&told);
    assert_true(told_read_shared(&told, "corpora/pdf/pdfjs/pr6531_2.pdf"));
    assert_has(&told.main, "Bluebeam should be encrypting this");
    told_release(&told);
}

static void test_handler_of_certificates(void **state)
{
    struct file file;
    struct told told;

    (void)state;
    file_start(&file);
    put_page(&file, "", "", "BT /F 12 Tf 72 700 Td (Page) Tj ET");
    put_object(&file, 6, "null");
    put_object(&file, 7, "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>");
    file_end(&file, "/Encrypt 7 0 R/ID[<00><00>]");
    file_read(&file, &told);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    assert_non_null(strstr(told.detail, "Adobe.PubSec"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_under_a_box),
        cmocka_unit_test(test_words_on_a_box_are_seen),
        cmocka_unit_test(test_words_in_the_colour_of_paper),
        cmocka_unit_test(test_words_never_painted),
        cmocka_unit_test(test_words_outside_the_page),
        cmocka_unit_test(test_layer_that_is_off),
        cmocka_unit_test(test_revisions),
        cmocka_unit_test(test_revision_without_other_words),
        cmocka_unit_test(test_files_of_every_kind),
        cmocka_unit_test(test_scripts_are_children),
        cmocka_unit_test(test_fields_and_links),
        cmocka_unit_test(test_links_that_show_words),
        cmocka_unit_test(test_form_of_xml),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_page_labels),
        cmocka_unit_test(test_passwords),
        cmocka_unit_test(test_pages_open_without_password),
        cmocka_unit_test(test_handler_of_certificates),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
