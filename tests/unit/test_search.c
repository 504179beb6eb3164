/* Indexing and searching, on an encrypted case in a temporary folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "search/complete.h"
#include "search/docs.h"
#include "search/type_words.h"
#include "search_case.h"

static const struct {
    const char *query, *items;
} queries[] = {
    /* words, case, stems; a phrase is exact */
    {"petroleum", "1 "},
    {"PETROLEUM", "1 "},
    {"company", "1 2 7 "},
    {"\"company\"", "7 "},
    {"\"Prime Minister\"", "1 "},
    {"\"minister prime\"", ""},
    {"prime minister", "1 2 "},
    {"nothing-like-this", ""},
    /* operators speak of documents: page 1 and page 2 */
    {"petroleum AND Baghdad", "1 "},
    {"petroleum Kassem", ""},
    {"petroleum OR Kassem", "1 5 "},
    {"minister NOT petroleum", "2 "},
    {"minister -petroleum", "2 "},
    {"NOT oil", "1 3 4 5 6 "},
    {"(petroleum OR Kassem) NOT Baghdad", "5 "},
    {"oil (company OR minister) NOT Baghdad", "2 7 "},
    /* prefix, NEAR, misspelling */
    {"petrol*", "1 "},
    {"compan*", "1 2 7 "},
    {"\"prime min\"*", "1 "},
    {"\"prime min\"", ""},
    {"NEAR(oil company, 6)", "2 7 "},
    {"NEAR(oil company, 5)", "2 "},
    {"NEAR(\"prime minister\" petroleum)", "1 "},
    {"petrolium~", "1 "},
    {"petrolium", ""},
    {"kasem~1", "5 "},
    {"kaesm~1", ""},
    {"kaessm~1", ""},
    {"aksesm~2", "5 "},
    /* letters of Arabic script and ZWNJ */
    {"کتاب", "3 6 "},
    {"كتاب", "3 6 "},
    {"ایران", "3 "},
    {"على", "3 "},
    {"1357", "3 "},
    {"می‌رود", "3 6 "},
    {"میرود", "3 6 "},
    {"می رود", "3 6 "},
    {"\"می‌رود\"", "3 "},
    {"\"می رود\"", "6 "},
    {"کشور", "3 6 "},
    {"\"کشور\"", "3 "},
    {"حكومة", "4 "},
    {"الحکومه", "4 "},
    {"\"حكومة\"", ""},
    {"\"الوزير وصل\"", "4 "},
    {"وزير", "4 "},
    {"ال*", "4 "},
    /* what is not the main text */
    {"gardening", ""},
    {"gardening in:all", "5 "},
    {"\"newsletter about gardening\" in:all", "5 "},
    {"\"Kassem Subscribe\" in:all", ""},
    {"garden* in:all", "5 "},
    {"invoice", ""},
    {"invoice in:all", "2 "},
    {"anna in:all", "2 "},
    {"kassem in:all", "5 "},
    /* filters */
    {"type:pdf", "6 7 "},
    {"type:application/pdf", "6 7 "},
    {"type:text", "1 3 4 "},
    {"type:mail", "2 "},
    {"type:html OR type:mail", "2 5 "},
    {"-type:pdf lang:eng", "1 2 5 "},
    {"lang:fa", "3 6 "},
    {"lang:persian کتاب", "3 6 "},
    {"lang:klingon", ""},
    {"oil type:pdf", "7 "},
    {"oil NOT type:pdf", "2 "},
    {"date:2014", "2 3 7 "},
    {"date:2014-11", "2 3 7 "},
    {"date:2014-11-03", "2 3 "},
    {"date:2014-12", "3 "},
    {"date:2014..2015", "2 3 4 7 "},
    {"date:..1999", "1 "},
    {"from:2015-02-15", "4 6 "},
    {"from:2015-03", "6 "},
    {"to:1958", "1 "},
    {"from:2014 to:2014-06", "3 "},
    {"date:soon", ""},
    {"folder:leak", "1 2 3 4 5 6 7 "},
    {"folder:leak/", "1 2 3 4 5 6 7 "},
    {"folder:leak/mail", "2 "},
    {"folder:mail", ""},
    {"folder:lea", ""},
    {"-folder:leak/mail oil", "7 "},
    {"outcome:text type:pdf", "6 7 "},
    {"outcome:ocr", ""},
    {"outcome:never", ""},
    {"path:leak", "1 2 3 4 5 6 7 "},
    {"path:leak/mail", "2 "},
    {"path:box.zip", "7 "},
    {"path:repo*", "7 "},
    {"name:report.pdf", "7 "},
    {"name:deep", ""},
    {"name:pdf oil", "7 "},
    {"sender:anna", "2 "},
    {"sender:anna@example.org", "2 "},
    {"sender:bob", ""},
    {"recipient:bob", "2 "},
    {"oil OR type:html", "2 5 7 "},
    /* anything goes */
    {"", ""},
    {"*", ""},
    {"\"", ""},
    {"(petroleum", "1 "},
    {"http://petroleum", ""},
    {"\"petroleum", "1 "},
};

static void finds(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        char items[256];
        found(*state, queries[i].query, items, sizeof(items));
        if (strcmp(items, queries[i].items) != 0)
            print_message("query: %s\n", queries[i].query);
        assert_string_equal(items, queries[i].items);
    }
}

static void says_why(void **state)
{
    static const char *const odd[] = {"", "\"x", "lang:klingon", "date:soon", "a:b", "*"};

    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        struct search_result *result = run(*state, (struct search_request){.query = odd[i]});
        assert_true(result->note[0] != '\0');
        search_result_free(result);
    }
}

static void fills_hits(void **state)
{
    struct search_result *result =
        run(*state, (struct search_request){.query = "Baghdad", .limit = 10, .snippets = true});

    assert_int_equal(result->total, 1);
    assert_int_equal(result->pages, 1);
    const struct hit *hit = &result->hits[0];
    assert_int_equal(hit->item, 1);
    assert_int_equal(hit->page, 2);
    assert_int_equal(hit->pages, 1);
    assert_string_equal(hit->path, "leak/memo.txt");
    assert_string_equal(hit->name, "memo.txt");
    assert_string_equal(hit->type, "text/plain");
    assert_string_equal(hit->lang, "eng");
    assert_string_equal(hit->date, "1958-07-14");
    assert_string_equal(hit->title, "Memo");
    assert_string_equal(hit->snippet, "The second page speaks of Baghdad and of companies.");
    assert_int_equal(hit->mark_count, 1);
    assert_memory_equal(hit->snippet + hit->marks[0].at, "Baghdad", hit->marks[0].len);
    search_result_free(result);
}

/* Of the words that match, the rare one is shown, though the common ones stand together. */
static void shows_the_rare_word(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text, 1 << 20);
    for (int i = 0; i < 300; i++)
        buf_printf(&text, "of the people in the house of the lord number %d\n", i);
    buf_printf(&text, "then they met Qwertyuiop and left\n");
    for (int i = 0; i < 300; i++)
        buf_printf(&text, "of the people in the house of the lord number %d\n", i);
    char *whole = buf_take(&text);
    int64_t item = add_document(f, &(struct document){.path = "leak/long.txt",
                                                      .type = "text/plain",
                                                      .lang = "eng",
                                                      .date = "",
                                                      .from = "",
                                                      .to = "",
                                                      .title = "",
                                                      .text = whole});
    commit(f);
    struct search_result *result =
        run(f, (struct search_request){
                   .query = "people in the house Qwertyuiop", .limit = 10, .snippets = true});
    assert_int_equal(result->count, 1);
    assert_int_equal(result->hits[0].item, item);
    assert_non_null(strstr(result->hits[0].snippet, "Qwertyuiop"));
    assert_true(result->hits[0].mark_count > 1);
    search_result_free(result);
    free(whole);
}

static void counts_pages(void **state)
{
    uint32_t pages[8];
    struct err err = {0};
    struct search_result *result =
        run(*state, (struct search_request){.query = "minister OR companies", .limit = 10});

    assert_int_equal(result->total, 3); /* 1, 2 and 7: company */
    assert_int_equal(result->pages, 4);
    assert_null(result->hits[0].snippet);
    search_result_free(result);
    struct fixture *f = *state;
    assert_int_equal(search_item_pages(f->kase, "minister OR companies", 1, pages, 8, &err), 2);
    assert_int_equal(pages[0], 1);
    assert_int_equal(pages[1], 2);
    assert_int_equal(search_item_pages(f->kase, "minister OR companies", 1, pages, 1, &err), 1);
    assert_int_equal(search_item_pages(f->kase, "minister", 3, pages, 8, &err), 0);
}

static void pages_through(void **state)
{
    char whole[64] = "";
    char parts[64] = "";

    for (int sort = SORT_RELEVANCE; sort <= SORT_PATH; sort++) {
        struct search_request request = {
            .query = "path:leak", .limit = 100, .sort = (enum search_sort)sort};
        struct search_result *result = run(*state, request);
        whole[0] = parts[0] = '\0';
        for (size_t i = 0; i < result->count; i++)
            snprintf(whole + strlen(whole), 8, "%lld ", (long long)result->hits[i].item);
        search_result_free(result);
        request.limit = 2;
        for (request.offset = 0; request.offset < 10; request.offset += 2) {
            result = run(*state, request);
            assert_int_equal(result->total, 7);
            for (size_t i = 0; i < result->count; i++)
                snprintf(parts + strlen(parts), 8, "%lld ", (long long)result->hits[i].item);
            search_result_free(result);
        }
        assert_string_equal(whole, parts);
        if (sort == SORT_DATE)
            assert_string_equal(whole, "1 3 2 7 4 6 5 ");
        if (sort == SORT_DATE_DESC)
            assert_string_equal(whole, "6 4 7 2 3 1 5 ");
        if (sort == SORT_PATH)
            assert_string_equal(whole, "4 7 3 6 2 1 5 ");
    }
}

static void ranks(void **state)
{
    struct fixture *f = *state;
    const struct document often = {
        "rank/often.txt", "", "", "", "", "", "", "zebra zebra zebra runs over the field"};
    const struct document once = {
        "rank/once.txt", "", "", "", "", "", "", "a zebra runs over the field here"};
    int64_t second = add_document(f, &once);
    int64_t first = add_document(f, &often);

    commit(f);
    struct search_result *result = run(f, (struct search_request){.query = "zebra", .limit = 2});
    assert_int_equal(result->count, 2);
    assert_int_equal(result->hits[0].item, first);
    assert_int_equal(result->hits[1].item, second);
    assert_true(result->hits[0].score > result->hits[1].score);
    search_result_free(result);
    struct err err = {0};
    must(search_deriver.forget(NULL, f->kase, first, &err), &err);
    must(search_deriver.forget(NULL, f->kase, second, &err), &err);
    commit(f);
}

/* An item that is read again leaves nothing of its first text, and pages that were taken back
 * before they were indexed never come. */
static void forgets(void **state)
{
    struct fixture *f = *state;
    const struct document document = {
        "again/a.txt", "text/x-again", "", "", "", "", "", "aardvark aardvark\faardvark"};
    struct err err = {0};
    char items[64];
    char wanted[64];
    int64_t item = add_document(f, &document);

    must(search_deriver.forget(NULL, f->kase, item, &err), &err);
    must(reading_clear(f->kase, item, &err), &err);
    add_page(f, item, 1, "aardvark aardvark", 17);
    commit(f);
    snprintf(wanted, sizeof(wanted), "%lld ", (long long)item);
    found(f, "aardvark", items, sizeof(items));
    assert_string_equal(items, wanted);
    struct search_result *result = run(f, (struct search_request){.query = "aardvark"});
    assert_int_equal(result->pages, 1);
    search_result_free(result);
    must(search_deriver.forget(NULL, f->kase, item, &err), &err);
    must(reading_clear(f->kase, item, &err), &err);
    commit(f);
    found(f, "aardvark", items, sizeof(items));
    assert_string_equal(items, "");
    found(f, "type:text/x-again", items, sizeof(items));
    assert_string_equal(items, "");
}

static void days(void **state)
{
    static const struct {
        const char *text;
        int32_t first, last;
    } dates[] = {{"2014", 20140000, 20149999},
                 {"2014-11", 20141100, 20141199},
                 {"2014-11-03", 20141103, 20141103},
                 {"2014-11-03T10:00:00Z", 20141103, 20141103}};
    static const char *const wrong[] = {"",           "14",          "2014-",    "2014-13",
                                        "2014-11-32", "2014-11-03x", "20141103", "abcd"};
    int32_t first = 0;
    int32_t last = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        assert_true(day_range(dates[i].text, strlen(dates[i].text), &first, &last));
        assert_int_equal(first, dates[i].first);
        assert_int_equal(last, dates[i].last);
    }
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(day_range(wrong[i], strlen(wrong[i]), &first, &last));
}

static void drops(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    char items[64];

    must(search_deriver.drop(f->kase, &err), &err);
    must(search_deriver.create(f->kase, &err), &err);
    commit(f);
    found(f, "petroleum OR type:pdf", items, sizeof(items));
    assert_string_equal(items, "");
}

static void names_types(void **state)
{
    static const struct {
        const char *type, *names, *others;
    } rows[] = {
        {"application/vnd.ms-outlook", "mail msg MSG", "pst mailbox"},
        {"application/vnd.ms-outlook-pst", "mail pst mailbox", "msg"},
        {"application/x-rar", "archive rar", "zip mail"},
        {"application/x-msaccess", "database access", "sqlite sheet"},
        {"application/msword", "word doc", "docx"},
        {"application/vnd.ms-word.document.macroEnabled.12", "word docx", "doc"},
        {"application/vnd.ms-excel", "sheet excel xls", "xlsx"},
        {"application/vnd.ms-excel.sheet.macroEnabled.12", "sheet xlsx", "xls"},
        {"audio/mpeg", "sound audio mpeg", "film"},
        {"image/heic", "picture image heic image/heic", "jpg"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (int fits = 0; fits < 2; fits++) {
            char names[64];
            char *rest = NULL;
            snprintf(names, sizeof(names), "%s", fits ? rows[i].names : rows[i].others);
            for (char *name = strtok_r(names, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
                if (type_is_called(rows[i].type, name) != fits)
                    fail_msg("%s is %scalled %s", rows[i].type, fits ? "not " : "", name);
        }
    }
}

static int put_word(void *ctx, const char *word, int64_t pages)
{
    return buf_printf(ctx, "%s %d;", word, (int)pages);
}

/* Words that begin so, those on most pages first. */
static void completes(void **state)
{
    static const struct {
        const char *typed, *expected;
    } rows[] = {
        {"compan", "companies 2;"},
        {"oil COMPAN", "companies 2;"},
        {"c", ""},
        {"qqqq", ""},
        {"", ""},
        {"oil ", "oil 2;"},
    };
    struct fixture *f = *state;
    struct err err = {0};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        CLEANUP(cleanup_buf) struct buf out = {0};
        buf_init(&out, 4096);
        must(search_complete(f->kase, rows[i].typed, 1, put_word, &out, &err), &err);
        assert_string_equal(out.data, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),        cmocka_unit_test(says_why),
        cmocka_unit_test(completes),    cmocka_unit_test(fills_hits),
        cmocka_unit_test(counts_pages), cmocka_unit_test(pages_through),
        cmocka_unit_test(ranks),        cmocka_unit_test(forgets),
        cmocka_unit_test(days),         cmocka_unit_test(drops),
        cmocka_unit_test(names_types),  cmocka_unit_test(shows_the_rare_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
