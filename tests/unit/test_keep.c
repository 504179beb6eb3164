/* What was read before an item is read again: a retry never loses text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ingest/derive.h"
#include "store/db.h"
#include "store/kept.h"
#include "store/page.h"
#include "store_case.h"

enum { WORDS_MAX = 8 };

static struct sanad_case *kase;
static struct err err;

static int setup(void **state)
{
    int rc = store_set_up_open(state);

    kase = rc ? NULL : *state;
    return rc;
}

static int begin(void **state)
{
    (void)state;
    return db_begin(case_db(kase), NULL) || kept_prepare(kase, NULL);
}

static int rollback(void **state)
{
    (void)state;
    db_rollback(case_db(kase));
    return 0;
}

/* ---- a deriver that remembers the last page and document it was given ---- */

static char seen_text[256];
static char seen_detail[DETAIL_MAX];
static int64_t forgotten;

static int see_start(struct sanad_case *ignored, void **ret_state, struct err *none)
{
    (void)ignored;
    (void)none;
    *ret_state = NULL;
    return 0;
}

static int see_page(void *state, const struct page *page, struct err *none)
{
    (void)state;
    (void)none;
    snprintf(seen_text, sizeof(seen_text), "%.*s", (int)page->text_len, page->text);
    return 0;
}

static int see_document(void *state, int64_t item, const struct reading *reading, struct err *none)
{
    (void)state;
    (void)item;
    (void)none;
    snprintf(seen_detail, sizeof(seen_detail), "%s", reading->detail);
    return 0;
}

static int see_forget(void *state, struct sanad_case *ignored, int64_t item, struct err *none)
{
    (void)state;
    (void)ignored;
    (void)none;
    forgotten = item;
    return 0;
}

static void see_finish(void *state)
{
    (void)state;
}

static const struct deriver seer = {.name = "seer",
                                    .start = see_start,
                                    .page = see_page,
                                    .document = see_document,
                                    .forget = see_forget,
                                    .finish = see_finish};
static const struct deriver *const seers[] = {&seer, NULL};

/* ---- readings ---- */

/* What a reader says: words of a page by OCR, all equally sure; without confidence, a text. */
struct said {
    enum outcome outcome;
    enum reason reason;
    const char *text;
    uint8_t confidence;
};

static size_t box_words(const char *text, uint8_t confidence, struct word_box words[WORDS_MAX])
{
    size_t count = 0;

    for (const char *at = text; *at && count < WORDS_MAX; count++) {
        size_t len = strcspn(at, " ");
        words[count] = (struct word_box){
            .at = (uint32_t)(at - text), .len = (uint16_t)len, .confidence = confidence};
        at += len + (at[len] == ' ');
    }
    return count;
}

/* Stores the pages and the reading as the collecting of a reader's words does. */
static void say(struct derive *derive, int64_t item, const struct said *said)
{
    struct word_box words[WORDS_MAX];
    struct reading reading = {.outcome = said->outcome,
                              .reason = said->reason,
                              .detail = "as the reader says",
                              .type = "image/png",
                              .pages = said->text ? 1 : -1,
                              .chars = said->text ? (int64_t)strlen(said->text) : 0};
    struct page page = {.item = item,
                        .head = {.number = 1,
                                 .method = said->confidence ? PAGE_OCR : PAGE_TEXT,
                                 .confidence = said->confidence},
                        .text = said->text,
                        .words = words};

    if (said->text) {
        page.text_len = strlen(said->text);
        page.word_count = said->confidence ? box_words(said->text, said->confidence, words) : 0;
        must(derive_page(derive, kase, &page, &err), &err);
    }
    must(item_meta_put(kase, item, "said", said->text ? said->text : "", 1, &err), &err);
    must(derive_reading(derive, kase, item, &reading, &err), &err);
}

static int note_row(void *ctx, const struct ledger_row *row)
{
    struct reading *reading = ctx;
    static char detail[DETAIL_MAX];

    *reading = reading_of(row);
    snprintf(detail, sizeof(detail), "%s", row->detail);
    reading->detail = detail;
    return 0;
}

static struct reading row_of(int64_t item)
{
    struct reading reading;

    must(ledger_one(kase, item, note_row, &reading, &err), &err);
    return reading;
}

static int64_t new_item(void)
{
    struct item item = {.path = "scan.png", .name = "scan.png", .intake = 1, .mime_hint = ""};

    must(item_add(kase, &item, &err), &err);
    return item.id;
}

static void begin_retry(struct derive *derive, int64_t item, const char *langs)
{
    must(keep_put(kase, item, true, &err), &err);
    must(derive_clear(derive, kase, item, &err), &err);
    derive->keep = (struct keep){.any = kept_any(kase), .langs = langs};
}

/* Reads an item twice and says which text it has in the end. */
static struct keep read_twice(const struct said *before, const struct said *after, char text[256],
                              struct reading *ret_row)
{
    struct derive derive;
    struct page *page = NULL;

    must(derive_start(&derive, kase, seers, &err), &err);
    int64_t item = new_item();
    say(&derive, item, before);
    begin_retry(&derive, item, "ell+fas");
    say(&derive, item, after);
    struct keep keep = derive.keep;
    derive_finish(&derive);
    *ret_row = row_of(item);
    text[0] = '\0';
    if (page_count(kase, item, &err) > 0) {
        assert_int_equal(page_count(kase, item, &err), 1);
        must(page_load(kase, item, 1, &page, &err), &err);
        snprintf(text, 256, "%.*s", (int)page->text_len, page->text);
        page_free(page);
    }
    if (text[0]) /* the derivers were given it last */
        assert_string_equal(seen_text, text);
    assert_string_equal(seen_detail, ret_row->detail);
    assert_false(kept_any(kase));
    assert_int_equal(stmt_number(db_stmt(case_db(kase), "SELECT count(*) FROM waiting", NULL)), 0);
    return keep;
}

struct twice {
    const char *why;
    struct said before, after;
    bool stays;
    bool helped;
    const char *detail;
};

#define UNSURE OUTCOME_OCR, REASON_LOW_CONFIDENCE

static const struct twice twices[] = {
    {"no words any more",
     {UNSURE, "four words of doubt", 60},
     {OUTCOME_EMPTY, REASON_NO_WORDS, NULL, 0},
     true,
     false,
     "as the reader says; read again with ell,fas: no text was found, so what was read "
     "before stays"},
    {"it fails now",
     {UNSURE, "four words of doubt", 60},
     {OUTCOME_FAILED, REASON_CRASH, NULL, 0},
     true,
     false,
     "as the reader says; read again with ell,fas: failed (crash), so what was read "
     "before stays"},
    {"a part of a text, and then a crash",
     {OUTCOME_TEXT, REASON_TRUNCATED, "half a letter", 0},
     {OUTCOME_FAILED, REASON_CRASH, "half a letter", 0},
     true,
     false,
     NULL},
    {"less sure words",
     {UNSURE, "four words of doubt", 70},
     {UNSURE, "four words of doubt", 65},
     true,
     false,
     "as the reader says; read again with ell,fas: no better, so what was read before "
     "stays"},
    {"more letters, all of them rubbish",
     {UNSURE, "four words", 75},
     {UNSURE, "iiii lllllllll wrrrrrrrrrrrds oaoaoaoaoaoao lflflf", 45},
     true,
     false,
     NULL},
    {"digits, as models of Arabic script read Latin words",
     {UNSURE, "words of doubt", 70},
     {UNSURE, "70182 0 4 30061", 75},
     true,
     false,
     NULL},
    {"the same again",
     {UNSURE, "words of doubt", 70},
     {UNSURE, "words of doubt", 70},
     true,
     false,
     NULL},
    {"surer words",
     {UNSURE, "H otnv yta va", 55},
     {OUTCOME_OCR, REASON_NONE, "στην για να", 93},
     false,
     true,
     "as the reader says"},
    {"more words", {UNSURE, "words", 75}, {UNSURE, "words and more words", 75}, false, true, NULL},
    {"the same, and nothing stands in the way",
     {OUTCOME_TEXT, REASON_TRUNCATED, "a letter", 0},
     {OUTCOME_TEXT, REASON_NONE, "a letter", 0},
     false,
     true,
     NULL},
    {"locked, now open",
     {OUTCOME_FAILED, REASON_PASSWORD, NULL, 0},
     {UNSURE, "i l", 20},
     false,
     true,
     NULL},
    {"locked still",
     {OUTCOME_FAILED, REASON_PASSWORD, NULL, 0},
     {OUTCOME_FAILED, REASON_PASSWORD, NULL, 0},
     false,
     false,
     "as the reader says"},
    {"no words before",
     {OUTCOME_EMPTY, REASON_NO_WORDS, NULL, 0},
     {UNSURE, "i l", 20},
     false,
     true,
     NULL},
    {"what had no text, and crashes",
     {OUTCOME_EMPTY, REASON_NO_WORDS, NULL, 0},
     {OUTCOME_FAILED, REASON_CRASH, NULL, 0},
     false,
     false,
     NULL},
    {"a copy of another now",
     {OUTCOME_TEXT, REASON_TRUNCATED, "a letter", 0},
     {OUTCOME_DUPLICATE, REASON_NONE, NULL, 0},
     false,
     true,
     NULL},
};

static void test_better_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(twices); i++) {
        const struct twice *twice = &twices[i];
        const struct said *last = twice->stays ? &twice->before : &twice->after;
        struct reading row;
        char text[256];

        seen_text[0] = '\0';
        struct keep keep = read_twice(&twice->before, &twice->after, text, &row);
        if (strcmp(text, last->text ? last->text : "") != 0 || row.outcome != last->outcome ||
            row.reason != last->reason || keep.stayed != twice->stays ||
            keep.helped != twice->helped || keep.not_helped != !twice->helped)
            fail_msg("%s: %s \"%s\"", twice->why, row.detail, text);
        if (twice->detail)
            assert_string_equal(row.detail, twice->detail);
    }
}

/* A remark of an earlier retry does not grow by each further one. */
static void test_remark_once(void **state)
{
    const struct said before = {UNSURE, "four words of doubt", 60};
    const struct said worse = {OUTCOME_EMPTY, REASON_NO_WORDS, NULL, 0};
    struct derive derive;

    (void)state;
    must(derive_start(&derive, kase, seers, &err), &err);
    int64_t item = new_item();
    say(&derive, item, &before);
    begin_retry(&derive, item, "ell");
    say(&derive, item, &worse);
    begin_retry(&derive, item, NULL); /* without OCR */
    say(&derive, item, &worse);
    derive_finish(&derive);
    assert_string_equal(row_of(item).detail,
                        "as the reader says; read again: no text was found, so "
                        "what was read before stays");
    assert_int_equal(stmt_number(db_stmt(case_db(kase), "SELECT count(*) FROM meta", NULL)), 1);
}

/* Interrupted in the middle, the item waits; what a second run finds set aside is the first
 * reading, not what the interrupted one left. */
static void test_interrupted(void **state)
{
    const struct said before = {UNSURE, "four words of doubt", 60};
    const struct said worse = {UNSURE, "ii", 55};
    struct derive derive;

    (void)state;
    must(derive_start(&derive, kase, seers, &err), &err);
    int64_t item = new_item();
    say(&derive, item, &before);
    begin_retry(&derive, item, "ell");
    must(item_meta_put(kase, item, "half", "read", 4, &err), &err);
    begin_retry(&derive, item, "ell");
    say(&derive, item, &worse);
    derive_finish(&derive);
    assert_int_equal(row_of(item).chars, strlen(before.text));
    assert_int_equal(forgotten, item);
}

/* Only the container of one that is read again: its text stays in the same way, and its row says
 * nothing of it. */
static void test_container(void **state)
{
    const struct said before = {OUTCOME_TEXT, REASON_NONE, "the words of a mail", 0};
    const struct said after = {OUTCOME_FAILED, REASON_LIMIT_MEMORY, NULL, 0};
    struct derive derive;

    (void)state;
    must(derive_start(&derive, kase, seers, &err), &err);
    int64_t item = new_item();
    struct item child = {.parent = item,
                         .ordinal = 1,
                         .path = "scan.png!/a",
                         .name = "a",
                         .intake = 1,
                         .mime_hint = ""};
    must(item_add(kase, &child, &err), &err);
    say(&derive, item, &before);
    must(keep_put(kase, item, false, &err), &err);
    must(derive_clear(&derive, kase, item, &err), &err);
    derive.keep = (struct keep){.any = kept_any(kase), .langs = "eng"};
    assert_true(keep_children(&derive, kase, item, after.outcome, after.reason));
    assert_false(keep_children(&derive, kase, item, OUTCOME_TEXT, REASON_NONE));
    assert_false(keep_children(&derive, kase, item, OUTCOME_EMPTY, REASON_CONTAINER));
    assert_false(keep_children(&derive, kase, child.id, after.outcome, after.reason));
    say(&derive, item, &after);
    struct reading row = row_of(item);
    assert_int_equal(row.outcome, OUTCOME_TEXT);
    assert_string_equal(row.detail, "as the reader says");
    assert_int_equal(row.children, 1);
    assert_int_equal(derive.keep.helped + derive.keep.not_helped, 0);
    assert_int_equal(derive.keep.stayed, 1);
    derive_finish(&derive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_better_stays, begin, rollback),
        cmocka_unit_test_setup_teardown(test_remark_once, begin, rollback),
        cmocka_unit_test_setup_teardown(test_interrupted, begin, rollback),
        cmocka_unit_test_setup_teardown(test_container, begin, rollback),
    };

    return cmocka_run_group_tests(tests, setup, store_tear_down_open);
}
