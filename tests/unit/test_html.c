/* Web pages: story and rest, blocks and cells, character sets, facts, hostile nesting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/web/html.h"

static void read_page(struct told *told, const char *text)
{
    told_read(told, "x.html", text, strlen(text), PLENTY);
}

#define PARAGRAPH                                                                                  \
    "<p>The ministry sent the cable on Monday, and the embassy, which had waited for it, "         \
    "answered the same day; both were found, years later, among the papers of the consul.</p>"

static void the_story_is_told_from_the_rest(void **state)
{
    struct told told;

    (void)state;
    read_page(&told,
              "<html lang=fa><head><title>A  cable\n found</title>"
              "<meta property='article:published_time' content='2019-11-20T06:35:39Z'>"
              "<meta name=author content='A. Reporter'></head><body>"
              "<nav><a href=/>Home</a> <a href=/w>World</a></nav>"
              "<div class=article-body><h1>A cable found</h1>" PARAGRAPH PARAGRAPH
              "<h2>What it says</h2>" PARAGRAPH
              "<ul class=share><li><a href=1>Share this</a></li></ul></div>"
              "<aside><h3>Other news</h3><p>A bridge, long planned, has opened, said the mayor.</p>"
              "</aside><footer>Imprint</footer><script>var hidden = 1;</script></body></html>");
    assert_non_null(strstr(told.main.data, "The ministry sent the cable on Monday"));
    assert_non_null(strstr(told.main.data, "What it says\n"));
    assert_null(strstr(told.main.data, "Home"));
    assert_null(strstr(told.main.data, "bridge"));
    assert_null(strstr(told.main.data, "Share this"));
    assert_non_null(strstr(told.rest.data, "Home World\n"));
    assert_non_null(strstr(told.rest.data, "A cable found\n"));
    assert_non_null(strstr(told.rest.data, "A bridge, long planned"));
    assert_non_null(strstr(told.rest.data, "Imprint"));
    assert_null(strstr(told.rest.data, "hidden"));
    assert_non_null(strstr(told.metas.data, "title=A cable found\n"));
    assert_non_null(strstr(told.metas.data, "date=2019-11-20T06:35:39Z\n"));
    assert_non_null(strstr(told.metas.data, "author=A. Reporter\n"));
    assert_non_null(strstr(told.metas.data, "language=fa\n"));
    told_release(&told);
}

static void a_page_without_story_is_all_main(void **state)
{
    struct told told;

    (void)state;
    read_page(&told, "<html><body><table><tr><th>Name</th><th>Post</th></tr>"
                     "<tr><td>A&nbsp;B</td><td>consul</td></tr></table>one<br>two<div>three</div>"
                     "<pre>a\n  b</pre></body></html>");
    assert_string_equal(told.main.data, "Name\tPost\nA\xC2\xA0"
                                        "B\tconsul\none\ntwo\nthree\na\n  b\n");
    assert_string_equal(told.rest.data, "");
    told_release(&told);
}

static void nothing_visible_is_lost(void **state)
{
    struct told told;
    char word[16];
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    (void)buf_append_str(&page, "<html><body>");
    for (int i = 0; i < 300; i++)
        (void)buf_printf(&page, "<%s class=c%d>w%dw %s</%s>", i % 3 ? "div" : "li", i, i,
                         i % 7 == 0 ? PARAGRAPH : "", i % 3 ? "div" : "li");
    told_read(&told, "x.html", page.data, page.len, PLENTY);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(word, sizeof(word), "w%dw", i);
        assert_true(strstr(told.main.data, word) || strstr(told.rest.data, word));
    }
    told_release(&told);
    buf_release(&page);
}

static void character_sets_are_found(void **state)
{
    static const char *const pages[] = {
        "<html><meta charset=windows-1256><body>\xD3\xE1\xC7\xE3</body></html>",
        ("<html><meta http-equiv=Content-Type content='text/html; charset=windows-1256'>"
         "<body>\xD3\xE1\xC7\xE3</body></html>"),
        "<html><meta charset=iso-8859-1><body>سلام</body></html>",
        "\xEF\xBB\xBF<html><body>سلام</body></html>",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct told told;
        read_page(&told, pages[i]);
        assert_string_equal(told.main.data, "سلام\n");
        told_release(&told);
    }
}

static void deep_nesting_keeps_the_text(void **state)
{
    enum { LEVELS = 50000 };
    struct told told;
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    (void)buf_append_str(&page, "<html><body>above");
    for (int i = 0; i < LEVELS; i++)
        (void)buf_append_str(&page, "<div><b>");
    (void)buf_append_str(&page, "below");
    told_read(&told, "x.html", page.data, page.len, PLENTY);
    assert_non_null(strstr(told.main.data, "above"));
    assert_non_null(strstr(told.main.data, "below"));
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
    buf_release(&page);
}

static void entities_do_not_grow(void **state)
{
    struct told told;

    (void)state;
    read_page(&told, "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
                     "<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body>&b;&x; text &amp; "
                     "more</body></html>");
    assert_null(strstr(told.main.data, "root:"));
    assert_non_null(strstr(told.main.data, "text & more"));
    told_release(&told);
}

static void mail_html_is_plain(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    html_text("<p>one</p><p>two <a href=x>three</a><img alt='four'></p>", 55, &out);
    assert_string_equal(out.data, "one\ntwo three four\n");
    buf_release(&out);
}

static void linked_facts(void **state)
{
    struct told told;

    (void)state;
    read_page(&told,
              "<html><head><script type='application/ld+json'>{\"@context\":\"x\",\"@graph\":[{"
              "\"@type\":\"NewsArticle\",\"headline\":\"A \\u0633 \\\"cable\\\"\","
              "\"publisher\":{\"name\":\"The Paper\"},\"datePublished\": \"2019-11-18\","
              "\"author\":[{\"@type\":\"Person\",\"name\":\"A. Reporter\"}]}]}</script>"
              "<script type='application/ld+json'>{\"headline\": \"broken</script></head>"
              "<body>" PARAGRAPH "</body></html>");
    assert_non_null(strstr(told.metas.data, "headline=A س \"cable\"\n"));
    assert_non_null(strstr(told.metas.data, "date=2019-11-18\n"));
    assert_non_null(strstr(told.metas.data, "author=A. Reporter\n"));
    assert_null(strstr(told.metas.data, "The Paper"));
    assert_null(strstr(told.main.data, "publisher"));
    told_release(&told);
}

/* Tables with headings stay, whatever they link to; what is not visible does not. */
static void tables_and_what_is_hidden(void **state)
{
    struct told told;

    (void)state;
    read_page(&told,
              "<html><body><article>" PARAGRAPH PARAGRAPH PARAGRAPH
              "<p style='visibility: hidden'>invisible</p><h1>A section</h1><table><tr><th>Film"
              "</th><th>Year</th></tr><tr><td><a href=1>Repeat Performance</a></td>"
              "<td><a href=2>1947</a></td></tr></table><p><a href=3>Another story</a></p>"
              "</article></body></html>");
    assert_non_null(strstr(told.main.data, "Film\tYear\nRepeat Performance\t1947\n"));
    assert_null(strstr(told.main.data, "invisible"));
    assert_null(strstr(told.main.data, "Another story"));
    assert_non_null(strstr(told.rest.data, "Another story"));
    told_release(&told);
}

/* A picture inside the page is a child; a dot of the layout and what is not base64 are not. */
static void files_inside_the_page(void **state)
{
    struct told told;
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 16);
    (void)buf_append_str(&page, "<p>story</p><img src=\"data:image/png;name=a;base64,");
    for (int i = 0; i < 100; i++)
        (void)buf_append_str(&page, i % 10 ? "QUJD" : "QUJD\n");
    (void)buf_append_str(&page, "\"><img src='data:image/gif;base64,R0lGODlh'>"
                                "<a href='data:text/plain,hello'>x</a> data:;base64, data:x");
    read_page(&told, page.data);
    assert_string_equal(told.children.data, "data-1.png (image/png) 300\n");
    assert_memory_equal(told.data.data, "ABCABC", 6);
    told_release(&told);
    buf_release(&page);
}

static void real_pages(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/aleph-ingest-file/EDRM Micro Datasets « EDRM.htm"))
        skip();
    assert_non_null(strstr(told.metas.data, "title=EDRM Micro Datasets « EDRM\n"));
    assert_true(strstr(told.main.data, "Creating Practical Resources to Improve E-Discovery") ||
                strstr(told.rest.data, "Creating Practical Resources to Improve E-Discovery"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_told_from_the_rest),
        cmocka_unit_test(a_page_without_story_is_all_main),
        cmocka_unit_test(nothing_visible_is_lost),
        cmocka_unit_test(character_sets_are_found),
        cmocka_unit_test(deep_nesting_keeps_the_text),
        cmocka_unit_test(entities_do_not_grow),
        cmocka_unit_test(mail_html_is_plain),
        cmocka_unit_test(linked_facts),
        cmocka_unit_test(tables_and_what_is_hidden),
        cmocka_unit_test(files_inside_the_page),
        cmocka_unit_test(real_pages),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
