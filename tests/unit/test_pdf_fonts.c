/* Which letters the glyphs of a PDF's fonts show, where its tables say it badly or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pdf_build.h"

/* Reads a page with this text in a font that is not in the file. `name`: of the font; `map`: its
 * ToUnicode, or NULL. */
static void read_text(const char *name, const char *encoding, const char *map, const char *text,
                      struct told *told)
{
    char body[1024];
    struct file file;

    file_start(&file);
    snprintf(body, sizeof(body), "BT /F 12 Tf 72 700 Td %s Tj ET", text);
    put_page(&file, "", "", body);
    snprintf(body, sizeof(body),
             "<</Type/Font/Subtype/Type0/BaseFont /%s /Encoding %s/DescendantFonts[7 0 R]%s>>",
             name, encoding, map ? "/ToUnicode 8 0 R" : "");
    put_object(&file, 5, body);
    snprintf(body, sizeof(body),
             "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s\n"
             "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "
             "9 0 R/DW 1000>>",
             name);
    put_object(&file, 7, body);
    snprintf(body, sizeof(body),
             "<</Type/FontDescriptor/FontName/%s /Flags 4/ItalicAngle 0/Ascent 900/Descent -200"
             "/CapHeight 700/StemV 80/FontBBox[0 0 1000 1000]>>",
             name);
    put_object(&file, 9, body);
    if (map)
        put_stream(&file, 8, "", map);
    put_stream(&file, 10, "/Type/CMap/CMapName/Own-UTF8-H",
               "begincmap /CMapName /Own-UTF8-H def 2 begincodespacerange <00> <7F> <C280> <DFBF> "
               "endcodespacerange 2 begincidrange <00> <7F> 0 <D080> <D0BF> 1024 endcidrange "
               "endcmap");
    file_end(&file, "");
    file_read(&file, told);
}

#define WHOLE_CODES "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "

/* Its dictionary, and so its map to letters, must not be lost. */
static void font_name_with_space(void **state)
{
    struct told told;

    (void)state;
    read_text("Arial,Unicode MS", "/Identity-H",
              WHOLE_CODES "2 beginbfchar <0001> <0061> <0002> <0062> endbfchar endcmap",
              "<00010002000200010001>", &told);
    assert_has(&told.main, "abbaa");
    told_release(&told);
}

/* The numbers of the glyphs are outside the ranges of the codes. */
static void texts_in_utf_8(void **state)
{
    struct told told;

    (void)state;
    read_text("Own", "10 0 R",
              "begincmap 2 begincodespacerange <00> <7F> <C280> <DFBF> endcodespacerange "
              "2 beginbfrange <00> <7F> <0000> <D080> <D0BF> <0400> endbfrange endcmap",
              "<D094D0B041>", &told);
    assert_string_equal(told.main.data, "\u0414\u0430A\n");
    told_release(&told);
}

/* Glyphs 3 and following are those of ASCII in the fonts that everyone has. */
static void common_fonts_that_are_not_in_the_file(void **state)
{
    static const struct {
        const char *name, *text, *read;
    } rows[] = {
        {"Arial", "<0039005200480051>", "Voen"},
        {"Arial,Bold", "<0024023A0279>", "A\u0410\u044F"},
        {"Times New Roman", "<003900520003>", "Vo"},
        {"CenturyGothic,Bold", "<0027>", "D"},
        {"Wingdings", "<00390052>", "\uFFFD\uFFFD"},
        {"Own", "<00390052>", "\uFFFD\uFFFD"},
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        read_text(rows[i].name, "/Identity-H", NULL, rows[i].text, &told);
        assert_has(&told.main, rows[i].read);
        told_release(&told);
    }
}

/* Nothing but the font's own table names its glyphs. */
static void a_font_that_names_its_glyphs(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "corpora/pdf/pdfjs/issue19802.pdf"))
        skip();
    assert_has(&told.main, "Dvo\u0159\u00E1k composa pr\u00E8s");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

/* One glyph tells a word that it does not show, and then its own letter. */
static void a_word_told_ahead(void **state)
{
    struct told told;

    (void)state;
    read_text("Own", "/Identity-H",
              WHOLE_CODES "2 beginbfchar <0001> <062D062800200068> <0002> <0061> endbfchar endcmap",
              "<000100020002>", &told);
    assert_string_equal(told.main.data, "\u062D\u0628 haa\n");
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(font_name_with_space),
        cmocka_unit_test(texts_in_utf_8),
        cmocka_unit_test(common_fonts_that_are_not_in_the_file),
        cmocka_unit_test(a_font_that_names_its_glyphs),
        cmocka_unit_test(a_word_told_ahead),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
