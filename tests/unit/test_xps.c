/* Fixed pages: what MuPDF may be given of them, and that a page that says something else is read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "parts_build.h"
#include "parts_told.h"
#include "worker/books/xps_syntax.h"

struct row {
    const char *text;
    bool right;
};

static void grammar_holds(bool (*is)(const char *text), const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is(rows[i].text) != rows[i].right)
            fail_msg("\"%s\" is taken for %s", rows[i].text, rows[i].right ? "wrong" : "right");
}

static void outlines(void **state)
{
    static const struct row rows[] = {
        {"", true},
        {" ", true},
        {"F1 M 1,1 C 1,2 3,4 5,6 7,8 9,10 11,12 z", true},
        {"F0M1,-2L3.5 ,4e2 5 6H7 8V8 9a1,2,3,0,1,6,7s1,2,3,4q1,2,3,.5Zm0.,+0E-1", true},
        {"F 1", true},
        {"M", false},
        {"M 1", false},
        {"M 1,1 L 2", false},
        {"M 1,1 L 2,2 3", false},
        {"M L 5 5", false},
        {"M 1,1 Z 5", false},
        {"M 1,1 B 5", false},
        {"5 5 M 1,1", false},
        {"f1 M 1,1", false},
        {"F1 0 M 1,1", false},
        {"M 1,,1", false},
        {"M 1-2 3-4", false},
        {"M 1.2.3 4", false},
        {"M 1,2e L 3,4", false},
        {"M 1,. L 3,4", false},
        {"M 1,1e9 L 3,4", false},
        {"M 1;1", false},
        {"M nan,1", false},
        {"M 0,0 C 1,2 3,\n 5,6", false},
        {"WNarrowRegResources/5BEF0EB0", false},
        {"{StaticResource M}", false},
    };

    (void)state;
    grammar_holds(xps_is_outline, rows, ARRAY_LEN(rows));
}

static void points(void **state)
{
    static const struct row rows[] = {
        {" 1,2 3 4,\t-5.5,+6e1 ", true},
        {"", true},
        {"1,2 3", false},
        {" ", false}, /* the library reads from NULL */
        {"1,2, ", false},
        {"1,2 x", false},
        {"1,2 - 3", false},
        {"1,2 nan,1", false},
        {"1,0x5", false},
    };

    (void)state;
    grammar_holds(xps_is_points, rows, ARRAY_LEN(rows));
}

static void numbers_of_glyphs(void **state)
{
    static const struct row rows[] = {
        {"36;(2:1)40,50.5,,;,77;;(1)5,-3,1e1,2", true},
        {"", true},
        {";", true},
        {"36;x;5", false},
        {"36 5", false},
        {"36,5,5,5,5", false},
        {"(1:2 40", false},
        {"(1:9999)40", false},
        {"(2147483647)40", false},
        {"9999999999", false},
        {"40,--", false},
        {"40,1e", false},
    };

    (void)state;
    grammar_holds(xps_is_indices, rows, ARRAY_LEN(rows));
}

/* A page with these elements before one that says "here". */
static void page_is_read(const char *elements)
{
    static const char relations[] =
        "<Relationships><Relationship Target='/FixedDocSeq.fdseq' "
        "Type='http://schemas.microsoft.com/xps/2005/06/fixedrepresentation'/></Relationships>";
    char page[8192];
    struct build_entry entries[] = {
        {.name = "[Content_Types].xml", .text = "<Types/>"},
        {.name = "_rels/.rels", .text = relations},
        {.name = "FixedDocSeq.fdseq",
         .text = "<FixedDocumentSequence><DocumentReference Source='/d.fdoc'/>"
                 "</FixedDocumentSequence>"},
        {.name = "d.fdoc",
         .text = "<FixedDocument><PageContent Source='/1.fpage'/></FixedDocument>"},
        {.name = "1.fpage", .text = page},
        {.name = "again.xaml", .text = "<ResourceDictionary Source='/again.xaml'/>"},
        {.name = NULL},
    };
    struct told told;

    snprintf(
        page, sizeof(page),
        "<FixedPage Width='700' Height='700'>%s<Glyphs Fill='#000000' OriginX='9' OriginY='90' "
        "FontRenderingEmSize='12' UnicodeString='here'/></FixedPage>",
        elements);
    read_built(&told, "a.xps", BUILD_ZIP, entries);
    if (told.outcome != OUTCOME_TEXT || told.reason != REASON_NONE ||
        strcmp(told.main.data, "here\n") != 0)
        fail_msg("\"%s\" behind %s", told.main.data, elements);
    told_release(&told);
}

#define FILL(brush) "<Path Data='M 0,0 H 500 V 500 H 0 Z'><Path.Fill>" brush "</Path.Fill></Path>"
#define STOPS(kind)                                                                                \
    "<" kind ".GradientStops><GradientStop Offset='0' Color='#ff0000'/>"                           \
    "<GradientStop Offset='1' Color='#0000ff'/></" kind ".GradientStops>"
#define VISUAL(tile)                                                                               \
    "<VisualBrush " tile "><VisualBrush.Visual><Path Data='M 0,0 L 1,1' "                          \
    "Fill='#00ff00'/></VisualBrush.Visual></VisualBrush>"

/* At each of these the library alone would stay, or end the child. */
static void pages_are_read_beside_what_has_no_end(void **state)
{
    static const char *const pages[] = {
        "<Path Data='WNarrowRegResources/5BEF0EB0' Fill='#ff0000'/>",
        "<Path Data='{StaticResource s1}' Fill='#ff0000'/>",
        "<Path Fill='#ff0000'><Path.Data><PathGeometry Figures='M 1'/></Path.Data></Path>",
        "<Path Fill='#ff0000'><Path.Data><PathGeometry><PathFigure><PolyLineSegment Points=' '/>"
        "</PathFigure></PathGeometry></Path.Data></Path>",
        "<Glyphs FixedPage.NavigateUri='http://a.b/' UnicodeString='x'/>",
        "<FixedPage.Resources><ResourceDictionary Source='/again.xaml'/></FixedPage.Resources>",
        FILL(VISUAL("TileMode='Tile' Viewport='0,0,0.01,0.01'")),
        FILL("<LinearGradientBrush SpreadMethod='Repeat' StartPoint='0,0' "
             "EndPoint='0.000001,0'>" STOPS("LinearGradientBrush") "</LinearGradientBrush>"),
        FILL("<LinearGradientBrush SpreadMethod='Reflect' StartPoint='5,5' EndPoint='5,5'>" STOPS(
            "LinearGradientBrush") "</LinearGradientBrush>"),
        FILL("<RadialGradientBrush SpreadMethod='Repeat' RadiusX='0' RadiusY='0' "
             "Transform='0.001,0,0,0.001,0,0'>" STOPS(
                 "RadialGradientBrush") "</RadialGradientBrush>"),
        "<FixedPage.Resources><ResourceDictionary><VisualBrush x:Key='b'><VisualBrush.Visual>"
        "<Canvas><Path Data='M 0,0 H 9 V 9' Fill='{StaticResource b}'/>"
        "<Path Data='M 0,0 H 9 V 9' Fill='{StaticResource b}'/></Canvas></VisualBrush.Visual>"
        "</VisualBrush></ResourceDictionary></FixedPage.Resources>"
        "<Path Data='M 0,0 H 9 V 9' Fill='{StaticResource b}'/>",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        page_is_read(pages[i]);
}

static int start(void **state)
{
    (void)state;
    told_start();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines),
        cmocka_unit_test(points),
        cmocka_unit_test(numbers_of_glyphs),
        cmocka_unit_test(pages_are_read_beside_what_has_no_end),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
