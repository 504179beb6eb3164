/* Searches that are kept, what is new in them, and the history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "search/saved.h"
#include "search_case.h"
#include "web/batch.h"

static void find(struct fixture *f, const char *query, struct saved_items *ret_items)
{
    struct err err = {0};

    must(search_items(f->kase, query, &ret_items->list, &ret_items->count, &err), &err);
}

static int count_saved(void *ctx, const struct saved_search *search)
{
    assert_string_equal(search->name, "zebras");
    assert_string_equal(search->who, "Mina");
    assert_string_equal(search->query, "zebra OR oil");
    ++*(int *)ctx;
    return 0;
}

static void tells_what_is_new(void **state)
{
    struct fixture *f = *state;
    const struct saved_search search = {
        .who = "Mina", .name = "zebras", .view = "{}", .query = "zebra OR oil"};
    CLEANUP(cleanup_saved_items) struct saved_items first = {0};
    CLEANUP(cleanup_saved_items) struct saved_items then = {0};
    CLEANUP(cleanup_saved_items) struct saved_items now = {0};
    CLEANUP(cleanup_saved_items) struct saved_items before = {0};
    struct err err = {0};
    int64_t id = 0;
    int seen = 0;

    find(f, search.query, &first);
    assert_int_equal(first.count, 2);
    must(saved_add(f->kase, &search, &first, &id, &err), &err);
    must(saved_each(f->kase, 0, count_saved, &seen, &err), &err);
    assert_int_equal(seen, 1);

    int64_t item =
        add_document(f, &(struct document){"new/z.txt", "text/plain", "", "", "", "", "", "zebra"});
    commit(f);
    find(f, search.query, &now);
    must(saved_found(f->kase, id, SAVED_LAST, &then, &err), &err);
    assert_int_equal(then.count, first.count);
    assert_memory_equal(then.list, first.list, first.count * sizeof(int64_t));
    assert_int_equal(saved_new(&now, &then), 1);
    assert_int_equal(saved_new(&then, &now), 0);

    /* Opened: nothing is new, and the new one still stands apart. */
    must(saved_open(f->kase, id, &now, &err), &err);
    must(saved_found(f->kase, id, SAVED_BEFORE, &before, &err), &err);
    struct search_result *result = run(f, (struct search_request){.query = search.query,
                                                                  .limit = 10,
                                                                  .known = before.list,
                                                                  .known_count = before.count});
    assert_int_equal(result->total, 1);
    assert_int_equal(result->hits[0].item, item);
    search_result_free(result);

    must(saved_remove(f->kase, id, &err), &err);
    assert_int_equal(saved_remove(f->kase, id, &err), ERR_NOT_FOUND);
    assert_int_equal(saved_each(f->kase, id, count_saved, &seen, &err), ERR_NOT_FOUND);
}

static int keep_asked(void *ctx, const struct asked_search *asked)
{
    struct buf *out = ctx;

    return buf_printf(out, "%s=%lld ", asked->view, (long long)asked->documents);
}

static void asked_is(struct fixture *f, const char *who, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 1 << 20);
    must(asked_each(f->kase, who, keep_asked, &out, &err), &err);
    assert_string_equal(out.data, wanted);
}

static void keeps_a_history_for_each(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t rows = 0;

    must(asked_add(f->kase, "Mina", "a", 1, &err), &err);
    must(asked_add(f->kase, "Mina", "b", 2, &err), &err);
    must(asked_add(f->kase, "Omid", "c", 3, &err), &err);
    must(asked_add(f->kase, "Mina", "a", 4, &err), &err);
    asked_is(f, "Mina", "a=4 b=2 ");
    must(asked_clear(f->kase, "Mina", &err), &err);
    asked_is(f, "Mina", "");
    asked_is(f, "Omid", "c=3 ");
    assert_int_equal(asked_add(f->kase, "Mina", "", 1, &err), ERR_USAGE);

    for (int i = 0; i < ASKED_MAX + 5; i++) {
        char view[32];
        snprintf(view, sizeof(view), "%d", i);
        must(asked_add(f->kase, "Many", view, 0, &err), &err);
    }
    rows = stmt_number(
        db_stmt(case_db(f->kase), "SELECT count(*) FROM asked_search WHERE who = 'Many'", NULL));
    assert_int_equal(rows, ASKED_MAX);
}

static void searches_lists(void **state)
{
    static const char list[] =
        "\xef\xbb\xbfoil\r\n\n  petroleum  \n\xff\xfe\n(oil\nnothing-like-this";
    static const struct {
        int64_t line;
        const char *term;
        int64_t documents;
        bool bad, as_words;
    } wanted[] = {{1, "oil", 2, false, false},
                  {3, "petroleum", 1, false, false},
                  {4, "\\xff\\xfe", 0, true, false},
                  {5, "(oil", 2, false, true},
                  {6, "nothing-like-this", 0, false, false}};
    struct fixture *f = *state;
    struct batch batch;
    CLEANUP(cleanup_free) struct batch_row *row = mem_zalloc(1, sizeof *row);

    batch_start(&batch, list, sizeof(list) - 1);
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        assert_true(batch_next(&batch, f->kase, row));
        assert_int_equal(row->line, wanted[i].line);
        assert_string_equal(row->term, wanted[i].term);
        assert_int_equal(row->counts.documents, wanted[i].documents);
        assert_int_equal(row->reason[0] != '\0', wanted[i].bad);
        assert_int_equal(row->counts.as_words, wanted[i].as_words);
    }
    assert_false(batch_next(&batch, f->kase, row));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_is_new),
        cmocka_unit_test(keeps_a_history_for_each),
        cmocka_unit_test(searches_lists),
    };
    return cmocka_run_group_tests_name("saved", tests, set_up, tear_down);
}
