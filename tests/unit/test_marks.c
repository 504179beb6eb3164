/* Marks: labels, targets, texts and their revisions, what filters leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "marks/marked.h"
#include "search_case.h"
#include "store/item.h"

/* ---- asking ---- */

static struct mark_wish wish(enum marks_kind kind, int64_t item)
{
    return (struct mark_wish){.kind = kind,
                              .target = {.item = item, .quote = ""},
                              .label_name = "",
                              .colour = "",
                              .text = "",
                              .lang = "",
                              .who = "Mina"};
}

static int64_t add(struct fixture *f, const struct mark_wish *wish)
{
    struct err err = {0};
    int64_t id = 0;

    must(mark_add(f->kase, wish, &id, &err), &err);
    assert_true(id > 0);
    return id;
}

static int64_t tag(struct fixture *f, int64_t item, const char *name)
{
    struct mark_wish asked = wish(MARKS_TAG, item);

    asked.label_name = name;
    return add(f, &asked);
}

static int refused(struct fixture *f, const struct mark_wish *wish)
{
    struct err err = {0};
    int64_t id = 0;

    return mark_add(f->kase, wish, &id, &err);
}

/* "kind item/page label quote text;" of each. */
static int print_mark(void *ctx, const struct annotation *mark)
{
    return buf_printf(ctx, "%s %lld/%u %s [%s] %s%s;", marks_kind_word(mark->kind),
                      (long long)mark->target.item, mark->target.page, mark->label.name,
                      mark->target.quote, mark->text, mark->done ? " done" : "");
}

static void filtered_is(struct fixture *f, const struct marks_filter *filter, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};
    int64_t count = 0;
    int64_t seen = 0;

    buf_init(&out, 1 << 20);
    must(marks_each(f->kase, filter, print_mark, &out, &err), &err);
    assert_string_equal(out.data, wanted);
    must(marks_count(f->kase, filter, &count, &err), &err);
    for (size_t i = 0; i < out.len; i++)
        seen += out.data[i] == ';';
    if (filter->limit == 0)
        assert_int_equal(count, seen);
}

static void on_item_is(struct fixture *f, int64_t item, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 1 << 20);
    must(marks_on_item(f->kase, item, print_mark, &out, &err), &err);
    assert_string_equal(out.data, wanted);
}

static int keep_mark(void *ctx, const struct annotation *mark)
{
    *(struct annotation *)ctx = *mark;
    return 0;
}

/* Its numbers; the strings are gone. */
static struct annotation one(struct fixture *f, int64_t id)
{
    struct annotation mark = {0};
    struct err err = {0};

    must(mark_one(f->kase, id, keep_mark, &mark, &err), &err);
    return mark;
}

static int print_label(void *ctx, const struct label *label)
{
    return buf_printf(ctx, "%s %s %s %lld/%lld;", marks_kind_word(label->kind), label->name,
                      label->colour, (long long)label->open, (long long)label->marks);
}

static void labels_are(struct fixture *f, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 1 << 20);
    must(labels_each(f->kase, 0, print_label, &out, &err), &err);
    assert_string_equal(out.data, wanted);
}

/* ---- a case as it was before and after each test ---- */

static int begin(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};

    must(db_exec(case_db(f->kase), "SAVEPOINT as_it_was", &err), &err);
    return 0;
}

static int roll_back(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};

    must(db_exec(case_db(f->kase), "ROLLBACK TO as_it_was; RELEASE as_it_was", &err), &err);
    return 0;
}

/* ---- labels ---- */

static void a_name_is_one_label(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t first = 0;
    int64_t second = 0;

    must(label_add(f->kase, MARKS_TAG, "  کتاب‌های\nمهم ", "red", "Mina", &first, &err),
         &err);
    must(label_add(f->kase, MARKS_TAG, "كتابهاي مهم", "blue", "Omid", &second, &err), &err);
    assert_int_equal(first, second);
    must(label_add(f->kase, MARKS_LIST, "کتاب‌های مهم", "", "Omid", &second, &err),
         &err);
    assert_int_not_equal(first, second);
    labels_are(f, "tag کتاب‌های مهم red 0/0;list کتاب‌های مهم orange 0/0;");

    assert_int_equal(label_add(f->kase, MARKS_TAG, " \n", "", "", &second, &err), ERR_USAGE);
    assert_int_equal(label_add(f->kase, MARKS_STAR, "x", "", "", &second, &err), ERR_USAGE);
    assert_int_equal(label_add(f->kase, MARKS_TAG, "x", "pink", "", &second, &err), ERR_USAGE);
    char longer[LABEL_NAME_MAX + 2];
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = 0;
    assert_int_equal(label_add(f->kase, MARKS_TAG, longer, "", "", &second, &err), ERR_USAGE);
    must(label_add(f->kase, MARKS_TAG, "★", "", "", &second, &err), &err);
}

static void a_label_is_renamed_and_removed(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t oil = tag(f, 1, "oil");
    int64_t gas = tag(f, 1, "gas");

    err_clear(&err);
    int64_t label = one(f, oil).label.id;
    assert_int_equal(label_change(f->kase, label, "GAS", "", &err), ERR_USAGE);
    err_clear(&err);
    must(label_change(f->kase, label, "Petroleum", "teal", &err), &err);
    labels_are(f, "tag gas orange 1/1;tag Petroleum teal 1/1;");

    assert_int_equal(label_remove(f->kase, label, LABEL_UNUSED, "Omid", &err), ERR_USAGE);
    err_clear(&err);
    must(label_remove(f->kase, label, LABEL_WITH_MARKS, "Omid", &err), &err);
    on_item_is(f, 1, "tag 1/0 gas [] ;");
    assert_true(one(f, oil).removed);
    assert_false(one(f, gas).removed);
    must(label_restore(f->kase, label, &err), &err);
    on_item_is(f, 1, "tag 1/0 Petroleum [] ;tag 1/0 gas [] ;");

    /* Who took the name meanwhile keeps it. */
    must(label_remove(f->kase, label, LABEL_WITH_MARKS, "Omid", &err), &err);
    tag(f, 2, "petroleum");
    assert_int_equal(label_restore(f->kase, label, &err), ERR_USAGE);
    assert_int_equal(label_remove(f->kase, 99, LABEL_UNUSED, "", &err), ERR_NOT_FOUND);
}

/* ---- targets ---- */

static void the_same_stands_once(void **state)
{
    struct fixture *f = *state;
    struct mark_wish star = wish(MARKS_STAR, 2);
    struct err err = {0};

    int64_t first = tag(f, 1, "oil");
    assert_int_equal(tag(f, 1, "OIL"), first);
    int64_t mine = add(f, &star);
    assert_int_equal(add(f, &star), mine);
    star.who = "Omid";
    assert_int_not_equal(add(f, &star), mine);

    must(mark_remove(f->kase, first, "Omid", &err), &err);
    assert_int_equal(mark_remove(f->kase, first, "Omid", &err), ERR_NOT_FOUND);
    int64_t again = tag(f, 1, "oil");
    assert_int_not_equal(again, first);
    assert_int_equal(mark_restore(f->kase, first, &err), ERR_USAGE);
    err_clear(&err);
    must(mark_remove(f->kase, again, "Omid", &err), &err);
    must(mark_restore(f->kase, first, &err), &err);
    on_item_is(f, 1, "tag 1/0 oil [] ;");
}

static void what_is_not_there_is_refused(void **state)
{
    struct fixture *f = *state;
    struct mark_wish note = wish(MARKS_NOTE, 1);
    struct mark_wish bad = wish(MARKS_TAG, 1);

    assert_int_equal(refused(f, &bad), ERR_USAGE); /* no name */
    bad.label = 77;
    assert_int_equal(refused(f, &bad), ERR_NOT_FOUND);
    assert_int_equal(refused(f, &note), ERR_USAGE); /* no text */
    note.text = "x";
    note.lang = "fa IR";
    assert_int_equal(refused(f, &note), ERR_USAGE);
    note.lang = "fa";
    note.target.item = 99;
    assert_int_equal(refused(f, &note), ERR_NOT_FOUND);
    note.target.item = 1;
    note.target.page = 3;
    assert_int_equal(refused(f, &note), ERR_NOT_FOUND);
    note.target.page = 0;
    note.target.region_count = 1;
    assert_int_equal(refused(f, &note), ERR_USAGE); /* a region of no page */
    note.target.page = 1;
    assert_int_equal(refused(f, &note), ERR_USAGE); /* an empty region */
    note.target.regions[0] = (struct mark_region){0, 0, 1, MARK_REGION_UNIT + 1};
    assert_int_equal(refused(f, &note), ERR_USAGE);
    note.target.regions[0] = (struct mark_region){1, 2, 3, MARK_REGION_UNIT};
    int64_t id = add(f, &note);
    struct annotation mark = one(f, id);
    assert_int_equal(mark.target.region_count, 1);
    assert_memory_equal(mark.target.regions, note.target.regions, sizeof(struct mark_region));
    CLEANUP(cleanup_free) char *longer = mem_zalloc(MARK_NOTE_MAX + 2, 1);
    memset(longer, 'x', MARK_NOTE_MAX + 1);
    note.text = longer;
    assert_int_equal(refused(f, &note), ERR_LIMIT);
}

/* ---- passages ---- */

/* A highlight of the words `quote`, the first of page 1 of an item. */
static struct mark_wish passage(struct fixture *f, int64_t item, const char *quote)
{
    struct mark_wish asked = wish(MARKS_HIGHLIGHT, item);
    CLEANUP(cleanup_page) struct page *page = NULL;
    struct err err = {0};

    must(page_load(f->kase, item, 1, &page, &err), &err);
    const char *at = strstr(page->text, quote);
    assert_non_null(at);
    asked.label_name = "yellow";
    asked.target.page = 1;
    asked.target.start = (uint32_t)(at - page->text);
    asked.target.end = asked.target.start + (uint32_t)strlen(quote);
    return asked;
}

/* Reads page 1 of an item anew. */
static void read_anew(struct fixture *f, int64_t item, const char *text)
{
    struct err err = {0};

    must(search_deriver.forget(f->state, f->kase, item, &err), &err);
    must(reading_clear(f->kase, item, &err), &err);
    add_page(f, item, 1, text, strlen(text));
}

/* The range of a mark in what page 1 of its item is now, or "". */
struct placed {
    int64_t id;
    char text[256];
};

static int keep_place(void *ctx, const struct annotation *mark)
{
    struct placed *placed = ctx;

    if (mark->id == placed->id && mark->shown)
        snprintf(placed->text, sizeof(placed->text), "%.*s>%.8s",
                 (int)(mark->target.end - mark->target.start),
                 mark->shown->text + mark->target.start, mark->shown->text + mark->target.end);
    return 0;
}

static void place_is(struct fixture *f, int64_t item, int64_t id, const char *wanted)
{
    struct placed placed = {.id = id};
    struct err err = {0};

    must(marks_on_item(f->kase, item, keep_place, &placed, &err), &err);
    assert_string_equal(placed.text, wanted);
}

static void a_passage_is_found_again(void **state)
{
    struct fixture *f = *state;
    struct mark_wish asked = passage(f, 1, "Iraq spoke");

    asked.target.quote = "iraq  SPOKE";
    int64_t id = add(f, &asked);
    place_is(f, 1, id, "Iraq spoke> about p");
    on_item_is(f, 1, "highlight 1/1 yellow [Iraq spoke] ;");

    read_anew(f, 1, "Page 1. Iraq spoke first. The Prime Minister of Iraq spoke about oil");
    place_is(f, 1, id, "Iraq spoke> about o");
    read_anew(f, 1, "the minister of IRAQ\n spoke about petroleum");
    place_is(f, 1, id, "IRAQ\n spoke> about p");
    read_anew(f, 1, "nothing of it");
    place_is(f, 1, id, "");
    on_item_is(f, 1, "highlight 1/1 yellow [Iraq spoke] ;");
    assert_int_equal(one(f, id).target.end, 0);
}

static void a_range_is_of_the_text(void **state)
{
    struct fixture *f = *state;
    struct mark_wish asked = passage(f, 3, "خانه");

    asked.target.quote = "other words";
    assert_int_equal(refused(f, &asked), ERR_USAGE);
    asked.target.quote = "";
    asked.target.end--; /* inside a character */
    assert_int_equal(refused(f, &asked), ERR_USAGE);
    asked.target.end = asked.target.start;
    assert_int_equal(refused(f, &asked), ERR_USAGE);
    asked.target.end = 100000;
    assert_true(refused(f, &asked) < 0);
    asked = passage(f, 3, "خانه");
    int64_t id = add(f, &asked);
    assert_int_equal(add(f, &asked), id);
    place_is(f, 3, id, "خانه> می‌");
}

/* ---- texts ---- */

static int print_revision(void *ctx, const struct mark_revision *revision)
{
    return buf_printf(ctx, "%lld %s %s %s;", (long long)revision->revision, revision->text,
                      revision->lang, revision->who);
}

static void texts_keep_what_was_there(void **state)
{
    struct fixture *f = *state;
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct mark_wish asked = wish(MARKS_TRANSLATION, 3);
    struct err err = {0};

    asked.text = "He went home";
    asked.lang = "en";
    int64_t id = add(f, &asked);
    struct mark_change change = {.checked = MARK_YES};
    must(mark_change(f->kase, id, &change, "Omid", &err), &err);
    assert_true(one(f, id).checked_at > 0);

    change = (struct mark_change){.text = "He goes home"};
    must(mark_change(f->kase, id, &change, "Sara", &err), &err);
    struct annotation mark = one(f, id);
    assert_int_equal(mark.checked_at, 0);
    assert_int_equal(mark.revisions, 2);
    assert_true(mark.edited_at > 0);
    must(mark_change(f->kase, id, &change, "Sara", &err), &err); /* the same text is no edit */
    buf_init(&out, 1 << 20);
    must(mark_revisions(f->kase, id, print_revision, &out, &err), &err);
    assert_string_equal(out.data, "2 He goes home en Sara;1 He went home en Mina;");

    change = (struct mark_change){.text = ""};
    assert_int_equal(mark_change(f->kase, id, &change, "Sara", &err), ERR_USAGE);
    change = (struct mark_change){.done = MARK_YES};
    assert_int_equal(mark_change(f->kase, id, &change, "Sara", &err), ERR_USAGE);
    assert_int_equal(mark_change(f->kase, 99, &change, "Sara", &err), ERR_NOT_FOUND);
}

/* ---- filters ---- */

static void lists_are_worked_off(void **state)
{
    struct fixture *f = *state;
    struct mark_wish entry = wish(MARKS_LIST, 4);
    struct err err = {0};

    entry.label_name = "to verify";
    add(f, &entry);
    entry.target.item = 2;
    int64_t second = add(f, &entry);
    struct mark_change change = {.done = MARK_YES};
    must(mark_change(f->kase, second, &change, "Omid", &err), &err);
    labels_are(f, "list to verify red 1/2;");
    filtered_is(f, &(struct marks_filter){.kind = MARKS_LIST, .done = MARK_NO},
                "list 4/0 to verify [] ;");
    filtered_is(f, &(struct marks_filter){.kind = MARKS_LIST, .done = MARK_YES},
                "list 2/0 to verify []  done;");
    filtered_is(f, &(struct marks_filter){.order = MARKS_OLDEST, .offset = 1, .limit = 5},
                "list 2/0 to verify []  done;");
    filtered_is(f, &(struct marks_filter){.order = MARKS_BY_PLACE},
                "list 2/0 to verify []  done;list 4/0 to verify [] ;");
    change.done = MARK_NO;
    must(mark_change(f->kase, second, &change, "Omid", &err), &err);
    labels_are(f, "list to verify red 2/2;");
}

static void marks_are_found_by_words(void **state)
{
    struct fixture *f = *state;
    struct mark_wish note = wish(MARKS_NOTE, 1);

    note.text = "Ask Kassem's driver";
    add(f, &note);
    note.who = "Omid";
    note.text = "راننده را بپرس";
    add(f, &note);
    tag(f, 2, "drivers");
    filtered_is(f, &(struct marks_filter){.words = "driv", .order = MARKS_OLDEST},
                "note 1/0  [] Ask Kassem's driver;tag 2/0 drivers [] ;");
    filtered_is(f, &(struct marks_filter){.words = "driver ask"},
                "note 1/0  [] Ask Kassem's driver;");
    filtered_is(f, &(struct marks_filter){.words = "river"}, "");
    filtered_is(f, &(struct marks_filter){.label_name = "DRIVERS"}, "tag 2/0 drivers [] ;");
    filtered_is(f, &(struct marks_filter){.who = "Omid"}, "note 1/0  [] راننده را بپرس;");
}

/* ---- many, and which documents ---- */

static int count_item(void *ctx, int64_t item)
{
    return buf_printf(ctx, "%lld ", (long long)item);
}

static void many_at_once_and_back(void **state)
{
    struct fixture *f = *state;
    CLEANUP(cleanup_buf) struct buf out = {0};
    const int64_t items[] = {1, 2, 3};
    struct mark_wish asked = wish(MARKS_TAG, 0);
    struct err err = {0};

    int64_t label = one(f, tag(f, 2, "oil")).label.id;
    int64_t put = 0;
    buf_init(&out, 1 << 20);
    asked.label = label;
    must(marks_many(f->kase, MARKS_PUT, &asked, items, 3, count_item, &out, &put, &err), &err);
    assert_string_equal(out.data, "1 3 ");
    assert_int_equal(put, label);
    buf_clear(&out);
    must(marks_many(f->kase, MARKS_TAKE_OFF, &asked, items + 1, 2, count_item, &out, &put, &err),
         &err);
    assert_string_equal(out.data, "2 3 ");
    filtered_is(f, &(struct marks_filter){.label = label}, "tag 1/0 oil [] ;");
    asked.kind = MARKS_NOTE;
    assert_int_equal(marks_many(f->kase, MARKS_PUT, &asked, items, 3, count_item, &out, &put, &err),
                     ERR_USAGE);
    const int64_t missing[] = {1, 99};
    asked.kind = MARKS_TAG;
    assert_int_equal(
        marks_many(f->kase, MARKS_PUT, &asked, missing, 2, count_item, &out, &put, &err),
        ERR_NOT_FOUND);
}

static void marked_is(struct fixture *f, const struct marked_wish *wish, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 1 << 20);
    must(marked_items(case_db(f->kase), wish, count_item, &out, &err), &err);
    assert_string_equal(out.data, wanted);
}

static int print_brief(void *ctx, const struct mark_brief *brief)
{
    return buf_printf(ctx, "%s %s %lld;", marks_kind_word(brief->kind), brief->name,
                      (long long)brief->count);
}

static void copies_are_marked_alike(void **state)
{
    struct fixture *f = *state;
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    must(db_exec(case_db(f->kase), "UPDATE item SET object = 500 WHERE id IN (1, 5)", &err), &err);
    tag(f, 5, "Oil");
    tag(f, 7, "gas");
    marked_is(f, &(struct marked_wish){.kind = MARKS_TAG, .label = "oil"}, "1 5 ");
    marked_is(f, &(struct marked_wish){.kind = MARKS_TAG, .who = "Omid"}, "");
    on_item_is(f, 1, "tag 5/0 Oil [] ;");
    buf_init(&out, 1 << 20);
    must(marked_brief(case_db(f->kase), 1, print_brief, &out, &err), &err);
    assert_string_equal(out.data, "tag Oil 1;");
}

static void found_is(struct fixture *f, const char *query, const char *wanted)
{
    char out[64];

    found(f, query, out, sizeof(out));
    assert_string_equal(out, wanted);
}

static void a_search_goes_by_marks(void **state)
{
    struct fixture *f = *state;
    struct mark_wish star = wish(MARKS_STAR, 3);
    struct mark_wish note = wish(MARKS_NOTE, 4);
    struct mark_wish yellow = passage(f, 1, "Iraq spoke");
    struct mark_wish entry = wish(MARKS_LIST, 6);
    struct err err = {0};

    tag(f, 1, "Oil ministry");
    int64_t second = tag(f, 2, "gas");
    add(f, &star);
    note.text = "ask the driver";
    add(f, &note);
    add(f, &yellow);
    entry.label_name = "to verify";
    add(f, &entry);
    found_is(f, "tag:\"oil MINISTRY\"", "1 ");
    found_is(f, "tag:*", "1 2 ");
    found_is(f, "oil -tag:gas", "7 ");
    found_is(f, "tag:nothing", "");
    found_is(f, "starred:yes OR list:\"to verify\"", "3 6 ");
    found_is(f, "starred:Mina", "3 ");
    found_is(f, "starred:Omid", "");
    found_is(f, "noted:yes", "4 ");
    found_is(f, "noted:driv", "4 ");
    found_is(f, "noted:river", "");
    found_is(f, "colour:yellow color:*", "1 ");
    must(mark_remove(f->kase, second, "Mina", &err), &err);
    found_is(f, "tag:*", "1 ");
    struct search_result *result = run(f, (struct search_request){.query = "tag:nothing"});
    assert_string_equal(result->note, "no document has the tag \"nothing\"");
    search_result_free(result);
}

int main(void)
{
#define MARKS_TEST(test) cmocka_unit_test_setup_teardown(test, begin, roll_back)
    const struct CMUnitTest tests[] = {
        MARKS_TEST(a_name_is_one_label),       MARKS_TEST(a_label_is_renamed_and_removed),
        MARKS_TEST(the_same_stands_once),      MARKS_TEST(what_is_not_there_is_refused),
        MARKS_TEST(a_passage_is_found_again),  MARKS_TEST(a_range_is_of_the_text),
        MARKS_TEST(texts_keep_what_was_there), MARKS_TEST(lists_are_worked_off),
        MARKS_TEST(marks_are_found_by_words),  MARKS_TEST(many_at_once_and_back),
        MARKS_TEST(copies_are_marked_alike),   MARKS_TEST(a_search_goes_by_marks),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
