/* Indexing and searching, on an encrypted case in a temporary folder. */
#include <fts.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "search/docs.h"
#include "search/search.h"
#include "search/type_words.h"

struct fixture {
    char folder[64];
    char path[80];
    struct sanad_case *kase;
    void *state; /* of the deriver */
};

/* The pages of a document are separated by form feeds; "\v" begins what a web page shows besides
 * its main text. */
struct document {
    const char *path, *type, *lang, *date, *from, *to, *title, *text;
};

static const struct document documents[] = {
    /* 1 */ {"leak/memo.txt", "text/plain", "eng", "1958-07-14", "", "", "Memo",
             "The Prime Minister of Iraq spoke about petroleum.\fThe second page speaks of "
             "Baghdad and of companies."},
    /* 2 */
    {"leak/mail/a.eml", "message/rfc822", "eng", "2014-11-03T10:00:00Z",
     "Anna Ross <anna@example.org>", "bob@example.net", "Invoice for oil",
     "Oil companies met the minister. The prime number is seven."},
    /* 3 */
    {"leak/fa.txt", "text/plain", "fas", "2014", "", "", "",
     "او به خانه می‌رود. كتاب‌های ايران و كشور علي ۱۳۵۷"},
    /* 4 */
    {"leak/ar.txt", "text/plain", "ara", "2015-02", "", "", "",
     "قالت الحكومة إن الوزير وصل إلى بغداد"},
    /* 5 */
    {"leak/web/page.html", "text/html", "eng", "", "", "", "A page",
     "Main story about Kassem.\vSubscribe to our newsletter about gardening"},
    /* 6 */
    {"leak/fa2.pdf", "application/pdf", "fas", "2016-01-02", "", "", "",
     "او می رود و آنها میروند. کتابهای کشورها"},
    /* 7 */
    {"leak/box.zip!/deep/report.pdf", "application/pdf", "eng", "2014-11-30", "", "", "",
     "oil one two three four five six company"},
};

static void must(int rc, const struct err *err)
{
    if (rc < 0)
        fail_msg("%s", err->message);
}

static void add_page(struct fixture *f, int64_t item, uint32_t number, const char *text, size_t len)
{
    struct err err = {0};
    const char *rest = memchr(text, '\v', len);
    struct page page = {.item = item, .text = text, .text_len = len, .head = {.number = number}};

    if (rest) {
        page.text_len = (size_t)(rest - text);
        page.rest = rest + 1;
        page.rest_len = len - page.text_len - 1;
    }
    uint32_t words = search_deriver.count(f->state, page.text, page.text_len);
    must(page_put(f->kase, &page, words, &err), &err);
    must(search_deriver.page(f->state, &page, &err), &err);
}

static int64_t add_document(struct fixture *f, const struct document *document)
{
    struct err err = {0};
    const char *slash = strrchr(document->path, '/');
    struct item item = {.path = document->path, .name = slash + 1, .mime_hint = ""};
    struct reading reading = {.outcome = OUTCOME_TEXT,
                              .detail = "",
                              .type = document->type,
                              .lang = document->lang,
                              .title = document->title,
                              .date = document->date,
                              .from = document->from,
                              .to = document->to,
                              .reader = ""};
    uint32_t number = 1;

    must(item_add(f->kase, &item, &err), &err);
    for (const char *text = document->text; text;) {
        const char *end = strchr(text, '\f');
        add_page(f, item.id, number++, text, end ? (size_t)(end - text) : strlen(text));
        text = end ? end + 1 : NULL;
    }
    must(reading_put(f->kase, item.id, &reading, &err), &err);
    must(search_deriver.document(f->state, item.id, &reading, &err), &err);
    return item.id;
}

static void commit(struct fixture *f)
{
    struct err err = {0};

    must(search_deriver.flush(f->state, &err), &err);
    must(case_commit(f->kase, &err), &err);
    must(db_begin(case_db(f->kase), &err), &err);
}

static int set_up(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    struct err err = {0};
    const char *tmp = getenv("TMPDIR");
    const struct deriver *const list[] = {&search_deriver, NULL};
    const struct deriver *stale[DERIVERS_MAX + 1];

    snprintf(f->folder, sizeof(f->folder), "%.32s/sanad-test-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof(f->path), "%s/case", f->folder);
    must(crypt_start(&err), &err);
    struct passphrase *passphrase = passphrase_new("test", 4);
    must(case_init(f->path, passphrase, &err), &err);
    must(case_open(f->path, passphrase, CASE_WRITE, &f->kase, &err), &err);
    passphrase_free(passphrase);
    must(db_begin(case_db(f->kase), &err), &err);
    must(derivers_prepare(f->kase, list, stale, &err), &err);
    must(search_deriver.start(f->kase, &f->state, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(documents); i++)
        assert_int_equal(add_document(f, &documents[i]), (int64_t)i + 1);
    commit(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char *const folders[] = {f->folder, NULL};

    search_deriver.finish(f->state);
    case_close(f->kase);
    FTS *walk = fts_open(folders, FTS_PHYSICAL, NULL);
    for (FTSENT *entry = NULL; walk && (entry = fts_read(walk));)
        if (entry->fts_info != FTS_D)
            (void)remove(entry->fts_accpath);
    fts_close(walk);
    free(f);
    return 0;
}

static struct search_result *run(struct fixture *f, struct search_request request)
{
    struct search_result *result = NULL;
    struct err err = {0};

    must(search_run(f->kase, &request, &result, &err), &err);
    return result;
}

/* The items that a query finds, ascending: "1 2 ". */
static void found(struct fixture *f, const char *query, char *out, size_t space)
{
    struct search_result *result =
        run(f, (struct search_request){.query = query, .limit = 100, .snippets = true});

    out[0] = '\0';
    for (int64_t item = 1; item < 100; item++)
        for (size_t i = 0; i < result->count; i++)
            if (result->hits[i].item == item)
                snprintf(out + strlen(out), space - strlen(out), "%lld ", (long long)item);
    assert_int_equal(result->total, result->count);
    search_result_free(result);
}

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
    must(search_deriver.forget(f->kase, first, &err), &err);
    must(search_deriver.forget(f->kase, second, &err), &err);
    commit(f);
}

static int64_t facet_count(const struct facet *facet, const char *value)
{
    for (size_t i = 0; i < facet->count; i++)
        if (strcmp(facet->values[i].value, value) == 0)
            return facet->values[i].count;
    return 0;
}

static void counts_facets(void **state)
{
    struct search_result *result =
        run(*state, (struct search_request){.query = "path:leak", .facets = true});

    assert_string_equal(result->facets[0].name, "type");
    assert_int_equal(facet_count(&result->facets[0], "text/plain"), 3);
    assert_int_equal(facet_count(&result->facets[0], "application/pdf"), 2);
    assert_string_equal(result->facets[0].values[0].value, "text/plain");
    assert_string_equal(result->facets[1].name, "lang");
    assert_int_equal(facet_count(&result->facets[1], "eng"), 4);
    assert_string_equal(result->facets[2].name, "year");
    assert_int_equal(facet_count(&result->facets[2], "2014"), 3);
    assert_string_equal(result->facets[3].name, "folder");
    assert_int_equal(facet_count(&result->facets[3], "leak"), 5);
    assert_int_equal(facet_count(&result->facets[3], "leak/mail"), 1);
    search_result_free(result);
}

static void marks_words(void **state)
{
    static const struct {
        const char *query, *text, *marked;
    } texts[] = {
        {"company", "Companies, a company.", "[Companies][company]"},
        {"\"a company\"", "Companies, a company.", "[a][company]"},
        {"\"a company\"", "a a company a b company", "[a][company]"},
        {"compan*", "COMPANY com Companies", "[COMPANY][Companies]"},
        {"company NOT oil", "oil company", "[company]"},
        {"company type:oil", "oil company", "[company]"},
        {"کتاب", "كِتاب و کتابهای", "[كِتاب][کتابهای]"},
        {"petrolium~", "petroleum", "[petroleum]"},
        {"NEAR(oil gas)", "oil and gas", "[oil][gas]"},
        {"", "oil", ""},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct mark marks[8];
        char out[256] = "";
        struct page page = {.text = texts[i].text, .text_len = strlen(texts[i].text)};
        size_t count = search_marks(f->kase, texts[i].query, &page, TEXT_MAIN, marks, 8);
        for (size_t j = 0; j < count; j++)
            snprintf(out + strlen(out), sizeof(out) - strlen(out), "[%.*s]", (int)marks[j].len,
                     texts[i].text + marks[j].at);
        assert_string_equal(out, texts[i].marked);
    }
}

static void cuts_snippets(void **state)
{
    struct fixture *f = *state;
    CLEANUP(cleanup_buf) struct buf text;
    struct document document = {"long/words.txt", "", "", "", "", "", "", NULL};

    buf_init(&text, 1 << 20);
    for (int i = 0; i < 2000; i++)
        (void)buf_printf(&text, "کلمه%d   \n", i);
    (void)buf_append_str(&text, "okapi ");
    for (int i = 0; i < 200; i++)
        (void)buf_append_str(&text, "é€é");
    (void)buf_append_str(&text, " okapi giraffe okapi ");
    for (int i = 0; i < 2000; i++)
        (void)buf_printf(&text, "é%d ", i);
    document.text = text.data;
    int64_t item = add_document(f, &document);
    commit(f);
    struct search_result *result =
        run(f, (struct search_request){.query = "okapi giraffe", .limit = 1, .snippets = true});
    assert_int_equal(result->count, 1);
    const struct hit *hit = &result->hits[0];
    assert_int_equal(hit->item, item);
    assert_in_range(strlen(hit->snippet), 50, SNIPPET_BYTES + 6);
    assert_int_equal(hit->mark_count, 3);
    assert_memory_equal(hit->snippet, "…", 3);
    assert_null(strstr(hit->snippet, "  "));
    search_result_free(result);
    struct err err = {0};
    must(search_deriver.forget(f->kase, item, &err), &err);
    commit(f);
}

/* An item that is read again leaves nothing of its first text, and pages that were taken back
 * before they were indexed never come. */
/* A page read by OCR: the confidence of the page, and of each of its words. */
static int64_t add_scan(struct fixture *f, const char *text, uint8_t page_confidence,
                        uint8_t word_confidence)
{
    struct err err = {0};
    struct document document = {"scan/page.png", "image/png", "eng", "", "", "", "", NULL};
    int64_t item = add_document(f, &document);
    struct word_box words[16];
    size_t count = 0;

    for (size_t at = 0; text[at] && count < ARRAY_LEN(words); at += text[at] == ' ') {
        size_t len = strcspn(text + at, " ");
        words[count++] = (struct word_box){
            .at = (uint32_t)at, .len = (uint16_t)len, .confidence = word_confidence};
        at += len;
    }
    struct page page = {.item = item,
                        .text = text,
                        .text_len = strlen(text),
                        .words = words,
                        .word_count = count,
                        .head = {.number = 1, .method = PAGE_OCR, .confidence = page_confidence}};
    uint32_t total = search_deriver.count(f->state, page.text, page.text_len);
    must(page_put(f->kase, &page, total, &err), &err);
    must(search_deriver.page(f->state, &page, &err), &err);
    return item;
}

/* A saved page that holds several stories: the hit names the one where the words stand. */
static void names_the_story(void **state)
{
    static const char *const STORIES[] = {"The bridge is open\nCarts cross the zeugma again.",
                                          "The lake is frozen\nSkates for hire at the quonset."};
    struct fixture *f = *state;
    struct err err = {0};
    struct document document = {"page/saved.txt", "text/plain", "eng", "", "", "", "", NULL};
    int64_t item = add_document(f, &document);

    for (uint32_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        struct page page = {.item = item,
                            .text = STORIES[i],
                            .text_len = strlen(STORIES[i]),
                            .head = {.number = i + 1, .method = PAGE_FLOW}};
        memcpy(page.head.label, STORIES[i], strcspn(STORIES[i], "\n"));
        uint32_t total = search_deriver.count(f->state, page.text, page.text_len);
        must(page_put(f->kase, &page, total, &err), &err);
        must(search_deriver.page(f->state, &page, &err), &err);
    }
    commit(f);
    struct search_request request = {.query = "quonset", .limit = 10, .snippets = true};
    CLEANUP(cleanup_search_result) struct search_result *result = NULL;
    must(search_run(f->kase, &request, &result, &err), &err);
    assert_int_equal(result->total, 1);
    assert_int_equal(result->hits[0].page, 2);
    assert_string_equal(result->hits[0].label, "The lake is frozen");
}

static void finds_misread(void **state)
{
    static const struct {
        const char *query;
        bool doubtful, weak_word, sure; /* which scans are found */
    } cases[] = {
        {"solernn", true, false, false}, /* as it stands there */
        {"solemn", true, false, false},  /* rn and m */
        {"solemn -ocr~", false, false, false},
        {"solomn", false, false, false},
        {"ocr~solomn", true, false, false}, /* and one letter */
        {"گزارش", true, false, false},      /* گ and ک, ش and س */
        {"\"solemn oath\"", false, false, false},
        {"ocr~ \"solemn oath\"", true, false, false},
        {"modern", false, false, true},
        {"rnodern", false, false, false},
        {"ocr~rnodern", false, false, true},
        {"ocr~ rnodern", false, false, true},
        {"kingdorn", false, false, false}, /* the page is doubtful, but the word is not */
        {"ocr~kingdorn", false, true, false},
        {"solemn solernn", true, false, false},
        {"lt", false, false, false}, /* too short to tell */
    };
    struct fixture *f = *state;
    struct err err = {0};
    int64_t doubtful = add_scan(f, "solernn oath کزارس it", 70, 60);
    int64_t weak = add_scan(f, "kingdom", 70, 96);
    int64_t sure = add_scan(f, "modern", 95, 60);

    commit(f);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char want[64] = "";
        char items[64];
        const int64_t scans[] = {doubtful, weak, sure};
        const bool found_there[] = {cases[i].doubtful, cases[i].weak_word, cases[i].sure};
        for (size_t j = 0; j < ARRAY_LEN(scans); j++)
            if (found_there[j])
                snprintf(want, sizeof(want), "%lld ", (long long)scans[j]);
        found(f, cases[i].query, items, sizeof(items));
        if (strcmp(items, want) != 0)
            fail_msg("%s found [%s], not [%s]", cases[i].query, items, want);
    }

    struct search_request request = {.query = "solemn oath", .limit = 10, .snippets = true};
    CLEANUP(cleanup_search_result) struct search_result *result = NULL;
    must(search_run(f->kase, &request, &result, &err), &err);
    assert_int_equal(result->total, 1);
    assert_string_equal(result->hits[0].snippet, "solernn oath کزارس it");
    assert_int_equal(result->hits[0].mark_count, 2);
    assert_true(result->hits[0].marks[0].misread);
    assert_int_equal(result->hits[0].marks[0].len, strlen("solernn"));
    assert_false(result->hits[0].marks[1].misread);
    assert_false(result->hits[0].misread);
}

static void forgets(void **state)
{
    struct fixture *f = *state;
    const struct document document = {
        "again/a.txt", "text/x-again", "", "", "", "", "", "aardvark aardvark\faardvark"};
    struct err err = {0};
    char items[64];
    char wanted[64];
    int64_t item = add_document(f, &document);

    must(search_deriver.forget(f->kase, item, &err), &err);
    must(reading_clear(f->kase, item, &err), &err);
    add_page(f, item, 1, "aardvark aardvark", 17);
    commit(f);
    snprintf(wanted, sizeof(wanted), "%lld ", (long long)item);
    found(f, "aardvark", items, sizeof(items));
    assert_string_equal(items, wanted);
    struct search_result *result = run(f, (struct search_request){.query = "aardvark"});
    assert_int_equal(result->pages, 1);
    search_result_free(result);
    must(search_deriver.forget(f->kase, item, &err), &err);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(says_why),
        cmocka_unit_test(fills_hits),
        cmocka_unit_test(counts_pages),
        cmocka_unit_test(pages_through),
        cmocka_unit_test(counts_facets),
        cmocka_unit_test(marks_words),
        cmocka_unit_test(ranks),
        cmocka_unit_test(cuts_snippets),
        cmocka_unit_test(finds_misread),
        cmocka_unit_test(names_the_story),
        cmocka_unit_test(forgets),
        cmocka_unit_test(days),
        cmocka_unit_test(drops),
        cmocka_unit_test(names_types),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
