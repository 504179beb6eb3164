/* Names of a case: mentions become entities, people's decisions win, numbers stay. */
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
#include "names/cluster.h"
#include "names/entities.h"
#include "names/spelling.h"
#include "names_case.h"
#include "store_case.h"

static int rerecord(void *ctx, const struct page *page)
{
    record_page(ctx, page);
    return 0;
}

/* As `sanad rebuild --index` does. */
static void rebuild(struct sanad_case *kase, int64_t items)
{
    struct err err = {0};
    void *state;

    must(names_deriver.drop(kase, &err), &err);
    must(names_deriver.create(kase, &err), &err);
    must(names_deriver.start(kase, &state, &err), &err);
    for (int64_t item = items; item > 0; item--) /* in another order: nothing may depend on it */
        must(page_each(kase, item, rerecord, state, &err), &err);
    must(names_deriver.flush(state, &err), &err);
    must(names_deriver.settle(state, &err), &err);
    names_deriver.finish(state);
}

static int set_up(void **state)
{
    store_begin(*state, &names_deriver);
    return 0;
}

static int tear_down(void **state)
{
    db_rollback(case_db(*state));
    return 0;
}

static void undo(struct sanad_case *kase, int64_t decision)
{
    struct err err = {0};
    int64_t id;

    must(names_undo(kase, decision, "tester", "", &id, &err), &err);
}

/* ---- what is a name ---- */

static void test_garbage(void **state)
{
    static const char *const garbage[] = {
        "he",     "He",     "Subject", "From",          "page",    "او",     "هو",
        "X",      "3",      "12 14",   "S u b j e c t", "January", "شهریور", "محرمانه",
        "aaaaaa", "Brvtkz", "وی",      "The",           "No. 4",   "— —",    ""};
    static const char *const names[] = {
        "Qasem Soleimani", "قاسم سلیمانی", "A. Larijani", "Wu", "May Ziade", "US"};
    char out[SPELLING_BYTES_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(garbage); i++)
        if (spelling_of(MENTION_PERSON, garbage[i], strlen(garbage[i]), out))
            fail_msg("\"%s\" was taken for a name", garbage[i]);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!spelling_of(MENTION_PLACE, names[i], strlen(names[i]), out))
            fail_msg("\"%s\" was taken for garbage", names[i]);
}

static void assert_surname(const char *spelling, const char *surname)
{
    size_t at, len;

    assert_int_equal(spelling_surname(spelling, &at, &len), surname != NULL);
    if (surname) {
        assert_int_equal(len, strlen(surname));
        assert_memory_equal(spelling + at, surname, len);
    }
}

static void test_spelling(void **state)
{
    static const struct {
        enum mention_kind kind;
        const char *text, *spelling;
    } rows[] = {
        {MENTION_PERSON, "Qasem\n  Soleimani's", "qasem soleimani"},
        {MENTION_PERSON, "Haider al-Abadi", "haider al abadi"},
        {MENTION_PERSON, "علي حسن", "علی حسن"},
        {MENTION_EMAIL, "Ross@Example.ORG", "ross@example.org"},
        {MENTION_PHONE, "+98 (21) 66-12", "+98216612"},
        {MENTION_PHONE, "۰۲۱ ۶۶۱۲", "0216612"},
        {MENTION_IBAN, "IR06 2960 0000", "ir0629600000"},
    };
    char out[SPELLING_BYTES_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(spelling_of(rows[i].kind, rows[i].text, strlen(rows[i].text), out) > 0);
        assert_string_equal(out, rows[i].spelling);
    }
    assert_int_equal(spelling_words("haider al abadi"), 2);
    assert_int_equal(spelling_words("العبادی"), 1);
    assert_true(spelling_has("حیدر العبادی", "عبادی", strlen("عبادی")));
    assert_true(spelling_has("haider al abadi", "abadi", 5));
    assert_true(spelling_has("ناصر الالبانی", "الالبانی", strlen("الالبانی")));
    assert_true(spelling_has("adel abdul mahdi", "abdul mahdi", 11));
    assert_false(spelling_has("adel abdul mahdi", "abdul hadi", 10));
    assert_false(spelling_has("mahdi abdul", "abdul mahdi", 11));
    assert_false(spelling_has("haider al abadi", "al", 2));
    assert_false(spelling_has("haider al abadi", "aba", 3));
    assert_surname("soleimani", "soleimani");
    assert_surname("mr soleimani", "soleimani");
    assert_surname("abdul mahdi", "abdul mahdi");
    assert_surname("عبدالمهدی", "عبدالمهدی");
    assert_surname("adel abdul mahdi", NULL);
    assert_surname("q soleimani", NULL);
}

/* ---- clusters ---- */

static void test_clusters(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Qasem Soleimani met Ali Larijani in Baghdad. He left.");
    add_document(kase, "General Qasem Soleimani and Sadeq Larijani; Adel Abdel Mahdi");
    add_document(kase, "قاسم سلیمانی در بغداد و عادل عبدالمهدی");
    assert_int_equal(meant(kase, "Qasem Soleimani"), meant(kase, "قاسم سلیمانی"));
    assert_int_equal(meant(kase, "Qasem Soleimani"), meant(kase, "general qasem soleimani"));
    assert_int_equal(meant(kase, "Adel Abdel Mahdi"), meant(kase, "عادل عبدالمهدی"));
    assert_int_equal(meant(kase, "Baghdad"), meant(kase, "بغداد"));
    assert_int_not_equal(meant(kase, "Ali Larijani"), meant(kase, "Sadeq Larijani"));
    struct err err = {0};
    int64_t id;
    assert_int_equal(entity_meant(kase, "He", &id, &err), ERR_NOT_FOUND);
}

/* Two given names are not one, though the model thinks it likely. */
static void test_brothers(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Mohammad Khatami and Mohammad Reza Khatami");
    assert_int_not_equal(meant(kase, "Mohammad Khatami"), meant(kase, "Mohammad Reza Khatami"));
}

struct counted {
    int64_t mentions, documents, local;
};

static int count_mention(void *ctx, const struct entity_mention *mention)
{
    struct counted *counted = ctx;

    counted->mentions++;
    counted->local += mention->local;
    return 0;
}

static int take_counts(void *ctx, const struct entity *entity)
{
    struct counted *counted = ctx;

    counted->mentions = entity->mentions;
    counted->documents = entity->documents;
    return 0;
}

static void assert_counts(struct sanad_case *kase, int64_t id, int64_t mentions, int64_t documents,
                          int64_t local)
{
    struct counted listed = {0};
    struct counted told = {0};
    struct err err = {0};

    must(entity_mentions(kase, id, 1000, count_mention, &listed, &err), &err);
    must(entity_one(kase, id, take_counts, &told, &err), &err);
    assert_int_equal(listed.mentions, mentions);
    assert_int_equal(told.mentions, mentions);
    assert_int_equal(told.documents, documents);
    assert_int_equal(listed.local, local);
}

/* A surname alone is the person of that name in the document, if there is one. */
struct spelt {
    const char *shown;
    int64_t mentions, documents;
};

static int note_spelt(void *ctx, const struct entity_spelling *spelling)
{
    struct spelt *spelt = ctx;

    if (strcmp(spelling->shown, spelt->shown) == 0) {
        spelt->mentions = spelling->mentions;
        spelt->documents = spelling->documents;
    }
    return 0;
}

static void assert_spelt(struct sanad_case *kase, int64_t id, const char *shown, int64_t mentions,
                         int64_t documents)
{
    struct spelt spelt = {.shown = shown};
    struct err err = {0};

    must(entity_spellings(kase, id, note_spelt, &spelt, &err), &err);
    assert_int_equal(spelt.mentions, mentions);
    assert_int_equal(spelt.documents, documents);
}

static void test_surnames(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Qasem Soleimani came. Soleimani spoke, and Soleimani left.");
    add_document(kase, "Ali Larijani and Sadeq Larijani: which Larijani?");
    add_document(kase, "Soleimani alone.");
    add_document(kase, "Adel Abdel Mahdi came. Mr. Abdel Mahdi spoke.");
    assert_counts(kase, meant(kase, "Adel Abdel Mahdi"), 2, 1, 1);
    assert_counts(kase, meant(kase, "Qasem Soleimani"), 3, 1, 2);
    assert_counts(kase, meant(kase, "Soleimani"), 1, 1, 0);
    /* of the surname, only what is its own counts as its spelling */
    assert_spelt(kase, meant(kase, "Soleimani"), "Soleimani", 1, 1);
    assert_spelt(kase, meant(kase, "Qasem Soleimani"), "Qasem Soleimani", 1, 1);
    assert_counts(kase, meant(kase, "Larijani"), 1, 1, 0);
    assert_counts(kase, meant(kase, "Ali Larijani"), 1, 1, 0);
}

static void test_forgotten(void **state)
{
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t id;

    int64_t item = add_document(kase, "Jean Martin");
    int64_t number = meant(kase, "Jean Martin");
    void *run;
    must(names_deriver.start(kase, &run, &err), &err);
    must(names_deriver.forget(run, kase, item, &err), &err);
    names_deriver.finish(run);
    must(names_settle(kase, &err), &err);
    assert_int_equal(entity_meant(kase, "Jean Martin", &id, &err), ERR_NOT_FOUND);
    add_document(kase, "Pierre Dupont");
    add_document(kase, "Jean Martin");
    assert_int_equal(meant(kase, "Jean Martin"), number);
}

/* ---- decisions and numbers ---- */

static void test_same_and_undo(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Jean Martin, Pierre Dupont");
    int64_t martin = meant(kase, "Jean Martin");
    int64_t dupont = meant(kase, "Pierre Dupont");
    assert_int_not_equal(martin, dupont);
    int64_t decision = decide(kase, VERDICT_SAME, "Jean Martin", "Pierre Dupont");
    int64_t both = meant(kase, "Pierre Dupont");
    char number[32];
    assert_true(both == martin || both == dupont);
    assert_int_equal(meant(kase, "Jean Martin"), both);
    /* the other number leads there */
    snprintf(number, sizeof(number), "%lld", (long long)(both == martin ? dupont : martin));
    assert_int_equal(meant(kase, number), both);
    rebuild(kase, 1);
    assert_int_equal(meant(kase, "Jean Martin"), both);
    assert_int_equal(meant(kase, number), both);
    undo(kase, decision);
    assert_int_equal(meant(kase, "Jean Martin"), martin);
    assert_int_equal(meant(kase, "Pierre Dupont"), dupont);
}

static void test_different(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Ali Hassan, Ali Hasan");
    int64_t one = meant(kase, "Ali Hassan");
    assert_int_equal(meant(kase, "Ali Hasan"), one);
    int64_t decision = decide(kase, VERDICT_DIFFERENT, "Ali Hassan", "Ali Hasan");
    int64_t other = meant(kase, "Ali Hasan");
    assert_int_not_equal(meant(kase, "Ali Hassan"), other);
    /* more of the same does not bring them together */
    add_document(kase, "Ali Hassan, Ali Hasan");
    rebuild(kase, 2);
    assert_int_not_equal(meant(kase, "Ali Hassan"), meant(kase, "Ali Hasan"));
    assert_int_equal(meant(kase, "Ali Hasan"), other);
    undo(kase, decision);
    assert_int_equal(meant(kase, "Ali Hassan"), meant(kase, "Ali Hasan"));
    decide(kase, VERDICT_UNSURE, "Ali Hassan", "Ali Hasan");
    assert_int_not_equal(meant(kase, "Ali Hassan"), meant(kase, "Ali Hasan"));
    decide(kase, VERDICT_SAME, "Ali Hassan", "Ali Hasan");
    assert_int_equal(meant(kase, "Ali Hassan"), meant(kase, "Ali Hasan"));
}

static void test_refused(void **state)
{
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t id;

    add_document(kase, "Jean Martin, Pierre Dupont, Ali Larijani");
    decide(kase, VERDICT_DIFFERENT, "Jean Martin", "Ali Larijani");
    decide(kase, VERDICT_SAME, "Pierre Dupont", "Ali Larijani");
    /* across the "different", by way of what is the same */
    assert_int_equal(
        names_decide(kase, VERDICT_SAME, "Jean Martin", "Pierre Dupont", "", "", &id, &err),
        ERR_USAGE);
    assert_non_null(strstr(err.message, "decision 1"));
    assert_non_null(strstr(err.message, "tester"));
    err_clear(&err);
    assert_int_equal(
        names_decide(kase, VERDICT_DIFFERENT, "Ali Larijani", "Pierre Dupont", "", "", &id, &err),
        ERR_USAGE);
    assert_non_null(strstr(err.message, "decision 2"));
    err_clear(&err);
    assert_int_equal(names_undo(kase, 77, "", "", &id, &err), ERR_NOT_FOUND);
    undo(kase, 1);
    err_clear(&err);
    assert_int_equal(names_undo(kase, 1, "", "", &id, &err), ERR_USAGE);
    decide(kase, VERDICT_SAME, "Jean Martin", "Pierre Dupont");
    assert_int_equal(meant(kase, "Jean Martin"), meant(kase, "Ali Larijani"));
}

struct near_seen {
    int64_t id, decision;
};

static int take_near(void *ctx, const struct entity_near *near)
{
    struct near_seen *seen = ctx;

    *seen = (struct near_seen){near->id, near->decision};
    return 1;
}

/* What the model would have joined is shown with the decision that forbids it. */
static void test_shown_refusal(void **state)
{
    struct sanad_case *kase = *state;
    struct near_seen seen = {0};
    struct err err = {0};

    add_document(kase, "Ali Hassan, Ali Hasan");
    int64_t decision = decide(kase, VERDICT_DIFFERENT, "Ali Hassan", "Ali Hasan");
    must(entity_near(kase, meant(kase, "Ali Hassan"), 5, take_near, &seen, &err), &err);
    assert_int_equal(seen.id, meant(kase, "Ali Hasan"));
    assert_int_equal(seen.decision, decision);
}

/* The numbers do not depend on the order in which documents came. */
static void test_numbers_stay(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Qasem Soleimani, Pierre Dupont");
    int64_t man = meant(kase, "Qasem Soleimani");
    add_document(kase, "Qassem Soleimani");
    add_document(kase, "قاسم سلیمانی, Jean Martin");
    int64_t martin = meant(kase, "Jean Martin");
    assert_int_equal(meant(kase, "قاسم سلیمانی"), man);
    rebuild(kase, 3);
    assert_int_equal(meant(kase, "قاسم سلیمانی"), man);
    assert_int_equal(meant(kase, "Jean Martin"), martin);
}

/* Rules and ties by themselves: a name that stands between two that are different goes to the
 * likelier one. */
static void test_cannot_link(void **state)
{
    struct cluster_name names[] = {{"Ali Hassan", MENTION_PERSON, 5},
                                   {"Ali Hasan", MENTION_PERSON, 4},
                                   {"Aly Hassan", MENTION_PERSON, 3}};
    struct cluster_tie ties[] = {{0, 1, 950, false}, {1, 2, 980, false}, {0, 2, 900, false}};
    const struct cluster_rule rules[] = {{0, 1, RULE_DIFFERENT, 7}};
    struct names_model *model = names_model_new();
    struct clusters clusters;

    (void)state;
    clusters_find(model, names, ARRAY_LEN(names), ties, ARRAY_LEN(ties), rules, ARRAY_LEN(rules),
                  &clusters);
    assert_int_equal(clusters.of[0], 0);
    assert_int_equal(clusters.of[1], 1);
    assert_int_equal(clusters.of[2], 1);
    assert_true(clusters.refused_count > 0);
    assert_int_equal(clusters.refused[0].decision, 7);
    clusters_release(&clusters);
    names_model_free(model);
}

/* ---- in queries ---- */

static void assert_expands(struct sanad_case *kase, const char *query, const char *wide)
{
    struct used_names used;
    struct err err = {0};
    struct buf out;

    buf_init(&out, 8192);
    must(names_expand(kase, query, &out, &used, &err), &err);
    assert_string_equal(out.data, wide);
    used_names_release(&used);
    buf_release(&out);
}

static void test_expand(void **state)
{
    struct sanad_case *kase = *state;
    char by_number[64];

    add_document(kase, "Qasem Soleimani. Qasem Soleimani. Pierre Dupont");
    add_document(kase, "قاسم سلیمانی");
    assert_expands(kase, "name:\"Qasem Soleimani\" oil",
                   "(name:\"Qasem Soleimani\" OR \"qasem soleimani\" OR \"قاسم سلیمانی\") oil");
    assert_expands(kase, "-name:\"Qassem Suleimani;-قاسم سلیمانی\"",
                   "-(name:\"Qassem Suleimani\" OR \"qasem soleimani\")");
    snprintf(by_number, sizeof(by_number), "name:#%lld", (long long)meant(kase, "Pierre Dupont"));
    assert_expands(kase, by_number, "(name:\"Pierre Dupont\" OR \"pierre dupont\")");
    assert_expands(kase, "name:invoice* \"name:x\" file", "name:invoice* \"name:x\" file");
    assert_expands(kase, "name:\"Nobody Atall\"", "(name:\"Nobody Atall\" OR \"Nobody Atall\")");
    assert_expands(kase, "name:", "name:");
    assert_expands(kase, "name:\"", "name:\"");
}

#define CASE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_cannot_link),
        CASE_TEST(test_clusters),
        CASE_TEST(test_brothers),
        CASE_TEST(test_surnames),
        CASE_TEST(test_forgotten),
        CASE_TEST(test_same_and_undo),
        CASE_TEST(test_different),
        CASE_TEST(test_refused),
        CASE_TEST(test_shown_refusal),
        CASE_TEST(test_numbers_stay),
        CASE_TEST(test_expand),
    };

    return cmocka_run_group_tests(tests, store_set_up_open, store_tear_down_open);
}
