/* Items, their readings and pages, in a real case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "store/check.h"
#include "store/custody.h"
#include "store/item.h"
#include "store/origin.h"
#include "store/page.h"
#include "store_case.h"

/* What ingest does with a child: find it, or put it in the place of another. */
static int64_t dropped;

static int note_dropped(void *ctx, int64_t item, struct err *err)
{
    (void)ctx;
    (void)err;
    dropped = item;
    return 0;
}

static int64_t add_item(struct sanad_case *kase, int64_t parent, uint32_t ordinal, const char *name)
{
    struct err err = {0};
    struct item item = {.parent = parent,
                        .intake = 1,
                        .ordinal = ordinal,
                        .path = name,
                        .name = name,
                        .mtime_ns = 7,
                        .mime_hint = "",
                        .root = parent};

    if (parent && (item.id = item_same_child(kase, &item)))
        return item.id;
    if (parent)
        assert_int_equal(
            item_drop_children(kase, parent, ordinal, ordinal, note_dropped, NULL, &err), 0);
    assert_int_equal(item_add(kase, &item, &err), 0);
    return item.id;
}

static int count_row(void *ctx, const struct ledger_row *row)
{
    (void)row;
    ++*(int *)ctx;
    return 0;
}

static int children_of(struct sanad_case *kase, int64_t parent)
{
    struct ledger_filter filter = {.outcome = -1, .reason = -1, .parent = parent};
    int count = 0;

    assert_int_equal(ledger_each(kase, &filter, count_row, &count, NULL), 0);
    return count;
}

/* A container that is read again finds its children; what is no longer there goes, with what is
 * below it. */
static void test_children(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    struct err err = {0};
    int64_t intake;

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    assert_int_equal(intake_add(kase, "a bag", "/x", &intake, &err), 0);
    int64_t box = add_item(kase, 0, 0, "box.zip");
    int64_t first = add_item(kase, box, 1, "a");
    int64_t second = add_item(kase, box, 2, "b");
    (void)add_item(kase, second, 1, "below b");
    assert_int_equal(add_item(kase, box, 1, "a"), first);
    assert_true(add_item(kase, box, 2, "another b") > second); /* its number is not used again */
    assert_int_equal(dropped, second);
    assert_int_equal(children_of(kase, box), 2);
    assert_int_equal(children_of(kase, second), 0);
    assert_int_equal(item_drop_children(kase, box, 2, UINT32_MAX, note_dropped, NULL, &err), 0);
    assert_int_equal(children_of(kase, box), 1);
    assert_int_equal(item_unchanged(kase, "box.zip", 0, 7), box);
    assert_int_equal(item_unchanged(kase, "box.zip", 1, 7), 0);

    struct reading reading = {.outcome = OUTCOME_EMPTY,
                              .reason = REASON_CONTAINER,
                              .pages = -1,
                              .chars = -1,
                              .children = 2};
    struct ledger_sums sums;
    assert_int_equal(reading_put(kase, box, &reading, &err), 0);
    assert_int_equal(ledger_sum(kase, &sums, &err), 0);
    assert_int_equal(sums.unequal_containers, 1); /* two announced, one there */
    reading.children = 1;
    assert_int_equal(reading_put(kase, box, &reading, &err), 0);
    assert_int_equal(ledger_sum(kase, &sums, &err), 0);
    assert_int_equal(sums.unequal_containers, 0);
    assert_int_equal(sums.reasons[OUTCOME_EMPTY][REASON_CONTAINER], 1);
    db_rollback(case_db(kase));
    case_close(kase);
}

static void read_as(struct sanad_case *kase, int64_t item, enum outcome outcome, const char *reader,
                    int64_t duplicate_of)
{
    struct reading reading = {.outcome = outcome, .reader = reader, .duplicate_of = duplicate_of};

    assert_int_equal(reading_put(kase, item, &reading, NULL), 0);
}

/* A duplicate points to an item that something could read, and waits when that one goes. */
static void test_duplicates(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    struct item child = {.path = "b!/a", .name = "a", .ordinal = 1, .object = 70, .mime_hint = ""};
    struct item copy = {.path = "copy", .name = "copy", .object = 70, .mime_hint = ""};
    int64_t waiting[8];

    (void)state;
    assert_int_equal(db_begin(case_db(kase), NULL), 0);
    child.parent = add_item(kase, 0, 0, "b");
    assert_int_equal(item_add(kase, &child, NULL), 0);
    assert_int_equal(item_add(kase, &copy, NULL), 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), child.id);
    read_as(kase, child.id, OUTCOME_FAILED, "", 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), 0);
    read_as(kase, child.id, OUTCOME_FAILED, "text", 0);
    assert_int_equal(item_first_with_object(kase, 70, copy.id), child.id);

    read_as(kase, child.parent, OUTCOME_EMPTY, "archive", 0);
    read_as(kase, copy.id, OUTCOME_DUPLICATE, "", child.id);
    assert_int_equal(item_waiting_count(kase), 0);
    assert_int_equal(
        item_drop_children(kase, child.parent, 1, UINT32_MAX, note_dropped, NULL, NULL), 0);
    assert_int_equal(item_waiting(kase, 0, 0, waiting, 8, NULL), 1);
    assert_int_equal(waiting[0], copy.id);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* Children of an earlier run wait for their container. */
static void test_waiting_order(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    int64_t waiting[8];

    (void)state;
    assert_int_equal(db_begin(case_db(kase), NULL), 0);
    int64_t box = add_item(kase, 0, 0, "box");
    int64_t old = add_item(kase, box, 1, "old");
    int64_t fresh = add_item(kase, box, 2, "fresh");
    assert_int_equal(item_last(kase), fresh);
    assert_int_equal(item_waiting(kase, 0, old, waiting, 8, NULL), 2);
    assert_int_equal(waiting[0], box);
    assert_int_equal(waiting[1], fresh);
    read_as(kase, box, OUTCOME_EMPTY, "archive", 0);
    assert_int_equal(item_waiting(kase, 0, fresh, waiting, 8, NULL), 2);
    assert_int_equal(waiting[0], old);
    db_rollback(case_db(kase));
    case_close(kase);
}

static void test_pages(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    struct word_box words[] = {
        {.at = 0, .len = 4, .x0 = 1, .y0 = 2, .x1 = 65535, .y1 = 4, .confidence = 91},
        {.at = 5, .len = 3, .confidence = CONFIDENCE_NONE}};
    struct page page = {
        .head = {.number = 3, .method = PAGE_OCR, .width = 59500, .confidence = 88, .label = "iii"},
        .text = "نامه one",
        .text_len = strlen("نامه one"),
        .words = words,
        .word_count = 2};
    struct page *back;
    struct err err = {0};

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    page.item = add_item(kase, 0, 0, "p");
    assert_int_equal(page_put(kase, &page, 6, &err), 0);
    assert_int_equal(page_id_size_class(page.id), 2); /* floor(log2(7)) */
    assert_int_equal(page_id_item(page.id), page.item);
    assert_int_equal(page_id_number(page.id), 3);
    assert_int_equal(page_load(kase, page.item, 3, &back, &err), 0);
    assert_string_equal(back->text, page.text);
    assert_string_equal(back->head.label, "iii");
    assert_int_equal(back->word_count, 2);
    assert_memory_equal(back->words, words, sizeof(words));
    page_free(back);
    assert_int_equal(page_load(kase, page.item, 4, &back, &err), ERR_NOT_FOUND);
    db_rollback(case_db(kase));
    case_close(kase);
}

/* A document may have pages and, beside them, text that flows: only the pages are counted. */
static void test_mixed_pages(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    struct page page = {.text = "x", .text_len = 1};
    struct reading reading = {.outcome = OUTCOME_TEXT, .pages = 1, .chars = 2};
    struct check_report report = {0};
    struct err err = {0};
    int64_t intake;

    (void)state;
    assert_int_equal(db_begin(case_db(kase), &err), 0);
    assert_int_equal(intake_add(kase, "", "/x", &intake, &err), 0);
    page.item = add_item(kase, 0, 0, "mixed");
    page.head = (struct page_head){.number = 1, .method = PAGE_TEXT};
    assert_int_equal(page_put(kase, &page, 1, &err), 0);
    page.head = (struct page_head){.number = 2, .method = PAGE_FLOW};
    assert_int_equal(page_put(kase, &page, 1, &err), 0);
    assert_int_equal(reading_put(kase, page.item, &reading, &err), 0);
    assert_int_equal(check_case(kase, &report, NULL, NULL, &err), 0);
    assert_int_equal(report.faults, 0);
    reading.pages = 2;
    assert_int_equal(reading_put(kase, page.item, &reading, &err), 0);
    assert_int_equal(check_case(kase, &report, NULL, NULL, &err), 0);
    assert_int_equal(report.faults, 1);
    db_rollback(case_db(kase));
    case_close(kase);
}

static int put_origin(void *ctx, const struct origin *origin)
{
    return buf_printf(ctx, "%d %s %s;", (int)origin->intake, origin->source, origin->paths);
}

static int put_copy(void *ctx, const struct copy *copy)
{
    return buf_printf(ctx, "copy %s;", copy->name);
}

static int put_entry(void *ctx, const struct custody_entry *entry)
{
    return buf_printf(ctx, "%s;", entry->event);
}

static void test_folder(void **state)
{
    (void)state;
    assert_int_equal(item_folder_len("leak/more/a.txt"), strlen("leak/more"));
    assert_int_equal(item_folder_len("leak/a.zip!/inner/b.txt"), strlen("leak"));
    assert_int_equal(item_folder_len("a.txt"), 0);
    assert_int_equal(item_folder_len("/a.txt"), 1);
    assert_int_equal(item_folder_len("/leak/a.txt"), strlen("/leak"));
}

/* Another item's entries, "item 12" for item 1 among them, are not this one's. */
static void test_origin(void **state)
{
    struct sanad_case *kase = store_open(CASE_WRITE);
    struct err err = {0};
    struct buf out;
    int64_t intake;
    char detail[64];

    (void)state;
    buf_init(&out, 4096);
    must(db_begin(case_db(kase), &err), &err);
    must(intake_add(kase, "a courier", "/leak", &intake, &err), &err);
    struct item item = {
        .intake = intake, .object = 77, .path = "/leak/a", .name = "a", .mime_hint = ""};
    must(item_add(kase, &item, &err), &err);
    int64_t first = item.id;
    item.name = "b";
    must(item_add(kase, &item, &err), &err);
    for (int64_t id = first; id <= first + 1; id++) {
        snprintf(detail, sizeof(detail), "item %lld, taken out", (long long)id);
        must(custody_add(kase, "download", detail, &err), &err);
    }
    snprintf(detail, sizeof(detail), "item %lld0, taken out", (long long)first);
    must(custody_add(kase, "download", detail, &err), &err);
    must(custody_add(kase, "names", "item 1, no", &err), &err);

    must(origin_load(kase, first, put_origin, &out, &err), &err);
    must(copies_each(kase, first, 10, put_copy, &out, &err), &err);
    must(custody_of_item(kase, first, 10, put_entry, &out, &err), &err);
    snprintf(detail, sizeof(detail), "%lld a courier /leak;copy b;add;download;",
             (long long)intake);
    assert_string_equal(out.data, detail);
    assert_int_equal(origin_load(kase, 999999, put_origin, &out, &err), ERR_NOT_FOUND);
    buf_release(&out);
    db_rollback(case_db(kase));
    case_close(kase);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder),        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_children),      cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_waiting_order), cmocka_unit_test(test_pages),
        cmocka_unit_test(test_mixed_pages),
    };

    return cmocka_run_group_tests(tests, store_set_up, store_tear_down);
}
