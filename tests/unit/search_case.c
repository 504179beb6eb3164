#include "search_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

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

void put_page(struct fixture *f, struct page *page)
{
    struct err err = {0};
    uint32_t words = search_deriver.count(f->state, page->text, page->text_len);

    must(page_put(f->kase, page, words, &err), &err);
    must(search_deriver.page(f->state, page, &err), &err);
}

void add_page(struct fixture *f, int64_t item, uint32_t number, const char *text, size_t len)
{
    const char *rest = memchr(text, '\v', len);
    struct page page = {.item = item, .text = text, .text_len = len, .head = {.number = number}};

    if (rest) {
        page.text_len = (size_t)(rest - text);
        page.rest = rest + 1;
        page.rest_len = len - page.text_len - 1;
    }
    put_page(f, &page);
}

int64_t add_document(struct fixture *f, const struct document *document)
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

void commit(struct fixture *f)
{
    struct err err = {0};

    must(search_deriver.flush(f->state, &err), &err);
    must(case_commit(f->kase, &err), &err);
    must(db_begin(case_db(f->kase), &err), &err);
}

int set_up(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    struct err err = {0};

    assert_int_equal(store_set_up(NULL), 0);
    f->kase = store_open(CASE_WRITE);
    store_begin(f->kase, &search_deriver);
    must(search_deriver.start(f->kase, &f->state, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(documents); i++)
        assert_int_equal(add_document(f, &documents[i]), (int64_t)i + 1);
    commit(f);
    *state = f;
    return 0;
}

int tear_down(void **state)
{
    struct fixture *f = *state;

    search_deriver.finish(f->state);
    case_close(f->kase);
    free(f);
    return store_tear_down(NULL);
}

struct search_result *run(struct fixture *f, struct search_request request)
{
    struct search_result *result = NULL;
    struct err err = {0};

    must(search_run(f->kase, &request, &result, &err), &err);
    return result;
}

void found(struct fixture *f, const char *query, char *out, size_t space)
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
