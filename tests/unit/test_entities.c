/* Names of a case: mentions become entities, people's decisions win, numbers stay. */
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
#include "crypt/keys.h"
#include "names/cluster.h"
#include "names/entities.h"
#include "names/spelling.h"

/* What stands for the tagger: each of these is a mention wherever a text has it. */
static const struct {
    enum mention_kind kind;
    const char *text;
} known[] = {
    {MENTION_PERSON, "General Qasem Soleimani"},
    {MENTION_PERSON, "Qasem Soleimani"},
    {MENTION_PERSON, "Qassem Soleimani"},
    {MENTION_PERSON, "قاسم سلیمانی"},
    {MENTION_PERSON, "Soleimani"},
    {MENTION_PERSON, "Adel Abdel Mahdi"},
    {MENTION_PERSON, "عادل عبدالمهدی"},
    {MENTION_PERSON, "Ali Larijani"},
    {MENTION_PERSON, "Sadeq Larijani"},
    {MENTION_PERSON, "Larijani"},
    {MENTION_PERSON, "Mohammad Khatami"},
    {MENTION_PERSON, "Mohammad Reza Khatami"},
    {MENTION_PERSON, "Ali Hassan"},
    {MENTION_PERSON, "Ali Hasan"},
    {MENTION_PERSON, "Jean Martin"},
    {MENTION_PERSON, "Pierre Dupont"},
    {MENTION_PERSON, "He"},
    {MENTION_PLACE, "Baghdad"},
    {MENTION_PLACE, "بغداد"},
    {MENTION_EMAIL, "Ross@Example.org"},
};

static int find_known(struct tagger *tagger, const char *text, size_t len, const char *lang,
                      mention_seen_fn seen, void *ctx)
{
    (void)tagger;
    (void)lang;
    for (size_t at = 0; at < len; at++) {
        for (size_t i = 0; i < ARRAY_LEN(known); i++) {
            size_t known_len = strlen(known[i].text);
            if (at + known_len > len || memcmp(text + at, known[i].text, known_len) != 0)
                continue;
            struct mention mention = {at, at + known_len, known[i].kind, 0.9F};
            int rc = seen(ctx, &mention);
            if (rc)
                return rc;
            at += known_len - 1;
            break;
        }
    }
    return 0;
}

struct fixture {
    char folder[64];
    char path[80];
    struct sanad_case *kase;
};

static void must(int rc, const struct err *err)
{
    if (rc < 0)
        fail_msg("%s", err->message);
}

static void record_page(struct fixture *f, void *state, const struct page *page)
{
    struct err err = {0};

    (void)f;
    must(names_record(state, page, find_known, &err), &err);
}

static int64_t add_document(struct fixture *f, const char *text)
{
    struct err err = {0};
    struct item item = {.path = "leak/a.txt", .name = "a.txt", .mime_hint = ""};
    struct page page = {.text = text, .text_len = strlen(text), .head = {.number = 1}};
    void *state;

    must(item_add(f->kase, &item, &err), &err);
    page.item = item.id;
    must(page_put(f->kase, &page, 1, &err), &err);
    must(names_deriver.start(f->kase, &state, &err), &err);
    record_page(f, state, &page);
    must(names_deriver.flush(state, &err), &err);
    must(names_deriver.settle(state, &err), &err);
    names_deriver.finish(state);
    return item.id;
}

static int rerecord(void *ctx, const struct page *page)
{
    record_page(NULL, ctx, page);
    return 0;
}

/* As `sanad rebuild --index` does. */
static void rebuild(struct fixture *f, int64_t items)
{
    struct err err = {0};
    void *state;

    must(names_deriver.drop(f->kase, &err), &err);
    must(names_deriver.create(f->kase, &err), &err);
    must(names_deriver.start(f->kase, &state, &err), &err);
    for (int64_t item = items; item > 0; item--) /* in another order: nothing may depend on it */
        must(page_each(f->kase, item, rerecord, state, &err), &err);
    must(names_deriver.flush(state, &err), &err);
    must(names_deriver.settle(state, &err), &err);
    names_deriver.finish(state);
}

static int make_case(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    struct err err = {0};
    const char *tmp = getenv("TMPDIR");

    snprintf(f->folder, sizeof(f->folder), "%.32s/sanad-test-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof(f->path), "%s/case", f->folder);
    must(crypt_start(&err), &err);
    struct passphrase *passphrase = passphrase_new("test", 4);
    must(case_init(f->path, passphrase, &err), &err);
    must(case_open(f->path, passphrase, CASE_WRITE, &f->kase, &err), &err);
    passphrase_free(passphrase);
    *state = f;
    return 0;
}

/* Each test is a transaction that is rolled back: opening a case takes long on purpose. */
static int set_up(void **state)
{
    struct fixture *f = *state;
    const struct deriver *const list[] = {&names_deriver, NULL};
    const struct deriver *stale[DERIVERS_MAX + 1];
    struct err err = {0};

    must(db_begin(case_db(f->kase), &err), &err);
    must(derivers_prepare(f->kase, list, stale, &err), &err);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    db_rollback(case_db(f->kase));
    return 0;
}

static int64_t meant(struct fixture *f, const char *name)
{
    struct err err = {0};
    int64_t id = 0;

    must(entity_meant(f->kase, name, &id, &err), &err);
    return id;
}

static int64_t decide(struct fixture *f, enum verdict verdict, const char *a, const char *b)
{
    struct err err = {0};
    int64_t id = 0;

    must(names_decide(f->kase, verdict, a, b, "tester", "a reason", &id, &err), &err);
    return id;
}

static void undo(struct fixture *f, int64_t decision)
{
    struct err err = {0};
    int64_t id;

    must(names_undo(f->kase, decision, "tester", "", &id, &err), &err);
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
    assert_true(spelling_has_word("حیدر العبادی", "عبادی"));
    assert_true(spelling_has_word("haider al abadi", "abadi"));
    assert_false(spelling_has_word("haider al abadi", "al"));
    assert_false(spelling_has_word("haider al abadi", "aba"));
}

/* ---- clusters ---- */

static void test_clusters(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Qasem Soleimani met Ali Larijani in Baghdad. He left.");
    add_document(f, "General Qasem Soleimani and Sadeq Larijani; Adel Abdel Mahdi");
    add_document(f, "قاسم سلیمانی در بغداد و عادل عبدالمهدی");
    assert_int_equal(meant(f, "Qasem Soleimani"), meant(f, "قاسم سلیمانی"));
    assert_int_equal(meant(f, "Qasem Soleimani"), meant(f, "general qasem soleimani"));
    assert_int_equal(meant(f, "Adel Abdel Mahdi"), meant(f, "عادل عبدالمهدی"));
    assert_int_equal(meant(f, "Baghdad"), meant(f, "بغداد"));
    assert_int_not_equal(meant(f, "Ali Larijani"), meant(f, "Sadeq Larijani"));
    struct err err = {0};
    int64_t id;
    assert_int_equal(entity_meant(f->kase, "He", &id, &err), ERR_NOT_FOUND);
}

/* Two given names are not one, though the model thinks it likely. */
static void test_brothers(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Mohammad Khatami and Mohammad Reza Khatami");
    assert_int_not_equal(meant(f, "Mohammad Khatami"), meant(f, "Mohammad Reza Khatami"));
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

static void assert_counts(struct fixture *f, int64_t id, int64_t mentions, int64_t documents,
                          int64_t local)
{
    struct counted listed = {0};
    struct counted told = {0};
    struct err err = {0};

    must(entity_mentions(f->kase, id, 1000, count_mention, &listed, &err), &err);
    must(entity_one(f->kase, id, take_counts, &told, &err), &err);
    assert_int_equal(listed.mentions, mentions);
    assert_int_equal(told.mentions, mentions);
    assert_int_equal(told.documents, documents);
    assert_int_equal(listed.local, local);
}

/* A surname alone is the person of that name in the document, if there is one. */
static void test_surnames(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Qasem Soleimani came. Soleimani spoke, and Soleimani left.");
    add_document(f, "Ali Larijani and Sadeq Larijani: which Larijani?");
    add_document(f, "Soleimani alone.");
    assert_counts(f, meant(f, "Qasem Soleimani"), 3, 1, 2);
    assert_counts(f, meant(f, "Soleimani"), 1, 1, 0);
    assert_counts(f, meant(f, "Larijani"), 1, 1, 0);
    assert_counts(f, meant(f, "Ali Larijani"), 1, 1, 0);
}

static void test_forgotten(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t id;

    int64_t item = add_document(f, "Jean Martin");
    int64_t number = meant(f, "Jean Martin");
    must(names_deriver.forget(f->kase, item, &err), &err);
    must(names_settle(f->kase, &err), &err);
    assert_int_equal(entity_meant(f->kase, "Jean Martin", &id, &err), ERR_NOT_FOUND);
    add_document(f, "Pierre Dupont");
    add_document(f, "Jean Martin");
    assert_int_equal(meant(f, "Jean Martin"), number);
}

/* ---- decisions and numbers ---- */

static void test_same_and_undo(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Jean Martin, Pierre Dupont");
    int64_t martin = meant(f, "Jean Martin");
    int64_t dupont = meant(f, "Pierre Dupont");
    assert_int_not_equal(martin, dupont);
    int64_t decision = decide(f, VERDICT_SAME, "Jean Martin", "Pierre Dupont");
    int64_t both = meant(f, "Pierre Dupont");
    char number[32];
    assert_true(both == martin || both == dupont);
    assert_int_equal(meant(f, "Jean Martin"), both);
    /* the other number leads there */
    snprintf(number, sizeof(number), "%lld", (long long)(both == martin ? dupont : martin));
    assert_int_equal(meant(f, number), both);
    rebuild(f, 1);
    assert_int_equal(meant(f, "Jean Martin"), both);
    assert_int_equal(meant(f, number), both);
    undo(f, decision);
    assert_int_equal(meant(f, "Jean Martin"), martin);
    assert_int_equal(meant(f, "Pierre Dupont"), dupont);
}

static void test_different(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Ali Hassan, Ali Hasan");
    int64_t one = meant(f, "Ali Hassan");
    assert_int_equal(meant(f, "Ali Hasan"), one);
    int64_t decision = decide(f, VERDICT_DIFFERENT, "Ali Hassan", "Ali Hasan");
    int64_t other = meant(f, "Ali Hasan");
    assert_int_not_equal(meant(f, "Ali Hassan"), other);
    /* more of the same does not bring them together */
    add_document(f, "Ali Hassan, Ali Hasan");
    rebuild(f, 2);
    assert_int_not_equal(meant(f, "Ali Hassan"), meant(f, "Ali Hasan"));
    assert_int_equal(meant(f, "Ali Hasan"), other);
    undo(f, decision);
    assert_int_equal(meant(f, "Ali Hassan"), meant(f, "Ali Hasan"));
    decide(f, VERDICT_UNSURE, "Ali Hassan", "Ali Hasan");
    assert_int_not_equal(meant(f, "Ali Hassan"), meant(f, "Ali Hasan"));
    decide(f, VERDICT_SAME, "Ali Hassan", "Ali Hasan");
    assert_int_equal(meant(f, "Ali Hassan"), meant(f, "Ali Hasan"));
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    int64_t id;

    add_document(f, "Jean Martin, Pierre Dupont, Ali Larijani");
    decide(f, VERDICT_DIFFERENT, "Jean Martin", "Ali Larijani");
    decide(f, VERDICT_SAME, "Pierre Dupont", "Ali Larijani");
    /* across the "different", by way of what is the same */
    assert_int_equal(
        names_decide(f->kase, VERDICT_SAME, "Jean Martin", "Pierre Dupont", "", "", &id, &err),
        ERR_USAGE);
    assert_non_null(strstr(err.message, "decision 1"));
    assert_non_null(strstr(err.message, "tester"));
    err_clear(&err);
    assert_int_equal(names_decide(f->kase, VERDICT_DIFFERENT, "Ali Larijani", "Pierre Dupont", "",
                                  "", &id, &err),
                     ERR_USAGE);
    assert_non_null(strstr(err.message, "decision 2"));
    err_clear(&err);
    assert_int_equal(names_undo(f->kase, 77, "", "", &id, &err), ERR_NOT_FOUND);
    undo(f, 1);
    err_clear(&err);
    assert_int_equal(names_undo(f->kase, 1, "", "", &id, &err), ERR_USAGE);
    decide(f, VERDICT_SAME, "Jean Martin", "Pierre Dupont");
    assert_int_equal(meant(f, "Jean Martin"), meant(f, "Ali Larijani"));
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
    struct fixture *f = *state;
    struct near_seen seen = {0};
    struct err err = {0};

    add_document(f, "Ali Hassan, Ali Hasan");
    int64_t decision = decide(f, VERDICT_DIFFERENT, "Ali Hassan", "Ali Hasan");
    must(entity_near(f->kase, meant(f, "Ali Hassan"), 5, take_near, &seen, &err), &err);
    assert_int_equal(seen.id, meant(f, "Ali Hasan"));
    assert_int_equal(seen.decision, decision);
}

/* The numbers do not depend on the order in which documents came. */
static void test_numbers_stay(void **state)
{
    struct fixture *f = *state;

    add_document(f, "Qasem Soleimani, Pierre Dupont");
    int64_t man = meant(f, "Qasem Soleimani");
    add_document(f, "Qassem Soleimani");
    add_document(f, "قاسم سلیمانی, Jean Martin");
    int64_t martin = meant(f, "Jean Martin");
    assert_int_equal(meant(f, "قاسم سلیمانی"), man);
    rebuild(f, 3);
    assert_int_equal(meant(f, "قاسم سلیمانی"), man);
    assert_int_equal(meant(f, "Jean Martin"), martin);
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

static void assert_expands(struct fixture *f, const char *query, const char *wide)
{
    struct used_names used;
    struct err err = {0};
    struct buf out;

    buf_init(&out, 8192);
    must(names_expand(f->kase, query, &out, &used, &err), &err);
    assert_string_equal(out.data, wide);
    used_names_release(&used);
    buf_release(&out);
}

static void test_expand(void **state)
{
    struct fixture *f = *state;
    char by_number[64];

    add_document(f, "Qasem Soleimani. Qasem Soleimani. Pierre Dupont");
    add_document(f, "قاسم سلیمانی");
    assert_expands(f, "name:\"Qasem Soleimani\" oil",
                   "(name:\"Qasem Soleimani\" OR \"qasem soleimani\" OR \"قاسم سلیمانی\") oil");
    assert_expands(f, "-name:\"Qassem Suleimani;-قاسم سلیمانی\"",
                   "-(name:\"Qassem Suleimani\" OR \"qasem soleimani\")");
    snprintf(by_number, sizeof(by_number), "name:#%lld", (long long)meant(f, "Pierre Dupont"));
    assert_expands(f, by_number, "(name:\"Pierre Dupont\" OR \"pierre dupont\")");
    assert_expands(f, "name:invoice* \"name:x\" file", "name:invoice* \"name:x\" file");
    assert_expands(f, "name:\"Nobody Atall\"", "(name:\"Nobody Atall\" OR \"Nobody Atall\")");
    assert_expands(f, "name:", "name:");
    assert_expands(f, "name:\"", "name:\"");
}

static int remove_case(void **state)
{
    struct fixture *f = *state;
    char *paths[] = {f->folder, NULL};

    case_close(f->kase);
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; (entry = fts_read(walk));)
        if (entry->fts_info != FTS_D)
            (void)remove(entry->fts_accpath);
    fts_close(walk);
    free(f);
    return 0;
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

    return cmocka_run_group_tests(tests, make_case, remove_case);
}
