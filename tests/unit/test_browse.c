/* Looking through names: lists, posts, company, years, passages; pairs to review. */
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
#include "names/browse.h"
#include "names/by_document.h"
#include "names/review.h"
#include "names_case.h"
#include "store_case.h"

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

static void date(struct sanad_case *kase, int64_t item, int32_t day, const char *iso)
{
    struct dated dated = {.item = item, .earliest = day, .latest = day, .source = "dateline"};
    struct err err = {0};

    snprintf(dated.iso, sizeof(dated.iso), "%s", iso);
    must(dated_create(case_db(kase), &err), &err);
    must(dated_put(case_db(kase), &dated, &err), &err);
}

/* ---- lists ---- */

/* Names, or what is told of them, with a ";" behind each. */
static int put_name(void *ctx, const struct entity *entity)
{
    return buf_printf(ctx, "%s;", entity->shown);
}

static void assert_listed(struct sanad_case *kase, const struct entity_list *list,
                          const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entities_list(kase, list, put_name, &out, &err), &err);
    assert_string_equal(out.data, expected);
}

static void test_list(void **state)
{
    struct sanad_case *kase = *state;
    int64_t counts[MENTION_KINDS];
    struct err err = {0};

    add_document(
        kase, "Qasem Soleimani, Qassem Soleimani, Baghdad. Jean Martin, Jean Martin, Jean Martin");
    add_document(kase, "قاسم سلیمانی در بغداد. Pierre Dupont");
    struct entity_list list = {.kind = -1, .text = "", .limit = 100};
    assert_listed(kase, &list, "Qasem Soleimani;Baghdad;Jean Martin;Pierre Dupont;");
    list.order = ORDER_MENTIONS;
    list.kind = MENTION_PERSON;
    assert_listed(kase, &list, "Qasem Soleimani;Jean Martin;Pierre Dupont;");
    list.order = ORDER_NAME;
    assert_listed(kase, &list, "Jean Martin;Pierre Dupont;Qasem Soleimani;");
    list.offset = 1;
    list.limit = 1;
    assert_listed(kase, &list, "Pierre Dupont;");
    must(entities_count(kase, "", counts, &err), &err);
    assert_int_equal(counts[MENTION_PERSON], 3);
    assert_int_equal(counts[MENTION_PLACE], 1);
}

/* ---- by document ---- */

static void assert_counts(const struct by_document *index, const int64_t *items, size_t item_count,
                          enum mention_kind kind, struct named_count first, int64_t total)
{
    struct named_count list[1];
    struct named_counts found = by_document_count(index, items, item_count, kind, 1, list);

    assert_int_equal(found.total, total);
    assert_int_equal(found.count, total > 0);
    if (total == 0)
        return;
    assert_int_equal(list[0].entity, first.entity);
    assert_int_equal(list[0].documents, first.documents);
}

static int add_item(void *ctx, int64_t item)
{
    return buf_printf(ctx, "%lld;", (long long)item);
}

static void test_by_document(void **state)
{
    struct sanad_case *kase = *state;
    struct by_document *index = NULL;
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    int64_t a = add_document(kase, "Jean Martin, Jean Martin, Jean Martin. Baghdad");
    int64_t b = add_document(kase, "nobody at all");
    int64_t c = add_document(kase, "Qasem Soleimani, Qassem Soleimani, Baghdad");
    int64_t d = add_document(kase, "قاسم سلیمانی, Jean Martin");
    int64_t e = add_document(kase, "قاسم سلیمانی");
    const int64_t all[] = {a, b, c, d, e, e + 9};
    struct named_count qasem = {meant(kase, "Qasem Soleimani"), 3};
    struct named_count martin = {meant(kase, "Jean Martin"), 2};
    struct named_count baghdad = {meant(kase, "Baghdad"), 2};

    must(by_document_load(kase, &index, &err), &err);
    assert_counts(index, all, ARRAY_LEN(all), MENTION_PERSON, qasem, 2);
    assert_counts(index, all, ARRAY_LEN(all), MENTION_PLACE, baghdad, 1);
    martin.documents = 1;
    assert_counts(index, all, 2, MENTION_PERSON, martin, 1);
    assert_counts(index, &all[1], 1, MENTION_PERSON, martin, 0);
    assert_counts(index, all, 0, MENTION_PERSON, martin, 0);
    by_document_free(index);

    buf_init(&out, 4096);
    must(entity_documents(case_db(kase), qasem.entity, add_item, &out, &err), &err);
    must(entity_documents(case_db(kase), 999999, add_item, &out, &err), &err);
    char expected[64];
    snprintf(expected, sizeof(expected), "%lld;%lld;%lld;", (long long)c, (long long)d,
             (long long)e);
    assert_string_equal(out.data, expected);
}

static void test_letters(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"soleim", "Qasem Soleimani;"},
        {"SOLEIMANI, qass", "Qasem Soleimani;"},
        {"سليماني", "Qasem Soleimani;"}, /* Arabic letters for a Persian spelling */
        {"bagh", "Baghdad;"},
        {"soleimani dupont", ""},
        {"' OR 1=1 --", ""},
        {"%", "Qasem Soleimani;Baghdad;"}, /* no letters: all */
        {"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
         "bbb"
         "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
         "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
         ""},
    };
    struct sanad_case *kase = *state;

    add_document(kase, "Qasem Soleimani, Qassem Soleimani, قاسم سلیمانی");
    add_document(kase, "Qasem Soleimani, Baghdad");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct entity_list list = {.kind = -1, .text = rows[i].text, .limit = 100};
        assert_listed(kase, &list, rows[i].expected);
    }
}

static void assert_completed(struct sanad_case *kase, const char *typed, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entities_complete(kase, typed, 3, put_name, &out, &err), &err);
    assert_string_equal(out.data, expected);
}

static void test_complete(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase,
                 "Qasem Soleimani, Qasem Soleimani, Qassem Soleimani, قاسم سلیمانی, Ali Hassan");
    assert_completed(kase, "sol", "Qasem Soleimani;");
    assert_completed(kase, "qass", "Qassem Soleimani;");
    assert_completed(kase, "قاس", "قاسم سلیمانی;");
    assert_completed(kase, "leim", "");
    assert_completed(kase, "qas sol", "Qasem Soleimani;");
    assert_completed(kase, "qas has", "");
    assert_completed(kase, "", "");
    assert_completed(kase, "...", "");
}

/* ---- a page ---- */

static int put_page_name(void *ctx, const struct page_name *name)
{
    return buf_printf(ctx, "%s %u+%u;", name->shown, name->at, name->len);
}

static void assert_on_page(struct sanad_case *kase, int64_t item, int64_t limit,
                           const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entities_on_page(kase, item, 1, limit, put_page_name, &out, &err), &err);
    assert_string_equal(out.data, expected);
}

static void test_on_page(void **state)
{
    struct sanad_case *kase = *state;
    /* "Larijani" alone is the document's only one of that name. */
    int64_t ali = add_document(kase, "Ali Larijani in Baghdad. Larijani left.");
    int64_t qasem = add_document(kase, "بغداد: Qassem Soleimani");

    add_document(kase, "Qasem Soleimani, Qasem Soleimani. Sadeq Larijani");
    assert_on_page(kase, ali, 10, "Ali Larijani 0+12;Baghdad 16+7;Ali Larijani 25+8;");
    assert_on_page(kase, ali, 1, "Ali Larijani 0+12;");
    assert_on_page(kase, qasem, 10, "Baghdad 0+10;Qasem Soleimani 12+16;");
    assert_on_page(kase, qasem + 100, 10, "");
}

/* ---- what the texts say of one ---- */

static int put_post(void *ctx, const char *post, int64_t mentions)
{
    return buf_printf(ctx, "%s %lld;", post, (long long)mentions);
}

static void assert_posts(struct sanad_case *kase, const char *name, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entity_posts(kase, meant(kase, name), 10, put_post, &out, &err), &err);
    assert_string_equal(out.data, expected);
}

static void test_posts(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Ambassador Jean Martin met Pierre Dupont, Foreign Minister Ali Hassan, and "
                       "Ambassador Jean Martin in Ambassador Baghdad.");
    add_document(kase, "Pierre Dupont, the Ambassador of the people.");
    assert_posts(kase, "Jean Martin", "Ambassador 2;");
    assert_posts(kase, "Ali Hassan", "Foreign Minister 1;");
    assert_posts(kase, "Pierre Dupont", "Ambassador 1;");
    assert_posts(kase, "Baghdad", "");
}

static int put_company(void *ctx, const struct entity *with, int64_t pages)
{
    return buf_printf(ctx, "%s %lld;", with->shown, (long long)pages);
}

static void assert_company(struct sanad_case *kase, const char *name, int kind,
                           const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    struct company_list list = {.entity = meant(kase, name), .kind = kind, .limit = 10};
    struct snapshot *snapshot;

    must(entity_company(kase, &list, put_company, &out, &err), &err);
    assert_string_equal(out.data, expected);

    buf_clear(&out);
    must(snapshot_load(kase, &snapshot, &err), &err);
    assert_non_null(snapshot);
    list.snapshot = snapshot;
    must(entity_company(kase, &list, put_company, &out, &err), &err);
    snapshot_free(snapshot);
    assert_string_equal(out.data, expected);
}

/* A surname alone counts for whom it means in its document, not for itself. */
static void test_company(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Jean Martin, Jean Martin with Qasem Soleimani. Soleimani, Ambassador");
    add_document(kase, "Jean Martin and Soleimani in Baghdad");
    add_document(kase, "Qasem Soleimani in Baghdad, and Jean Martin");
    assert_company(kase, "Jean Martin", -1, "Qasem Soleimani 2;Baghdad 2;Soleimani 1;");
    assert_company(kase, "Jean Martin", MENTION_PLACE, "Baghdad 2;");
    assert_company(kase, "Qasem Soleimani", MENTION_PERSON, "Jean Martin 2;");
}

static int put_year(void *ctx, const char *year, int64_t documents)
{
    return buf_printf(ctx, "%s=%lld;", year, (long long)documents);
}

static int put_passage(void *ctx, const struct entity_passage *passage)
{
    assert_true(passage->at + passage->mark_len <= passage->len);
    return buf_printf(ctx, "%s|%.*s|%s%s;", passage->date, (int)passage->mark_len,
                      passage->text + passage->at, passage->spelling, passage->local ? "*" : "");
}

/* The same from a snapshot. */
static void put_passages(struct sanad_case *kase, const struct passage_list *list, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf kept = {0};
    struct passage_list asked = *list;
    struct snapshot *snapshot;
    struct err err = {0};
    size_t before = out->len;

    must(entity_passages(kase, list, put_passage, out, &err), &err);
    buf_init(&kept, 1 << 16);
    must(snapshot_load(kase, &snapshot, &err), &err);
    assert_non_null(snapshot);
    asked.snapshot = snapshot;
    must(entity_passages(kase, &asked, put_passage, &kept, &err), &err);
    snapshot_free(snapshot);
    assert_int_equal(kept.len, out->len - before);
    if (kept.len)
        assert_memory_equal(kept.data, out->data + before, kept.len);
}

static void test_years_and_passages(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct sanad_case *kase = *state;
    struct err err = {0};

    buf_init(&out, 4096);
    add_document(kase, "Jean Martin, undated");
    date(kase, add_document(kase, "Later came Jean Martin, twice Jean Martin"), 400, "1971-02-05");
    date(kase, add_document(kase, "First Jean Martin"), 4, "1970-01-05");
    date(kase, add_document(kase, "for years Jean Martin"), 500, "");
    int64_t id = meant(kase, "Jean Martin");
    must(entity_years(kase, id, put_year, &out, &err), &err);
    assert_string_equal(out.data, "=1;1970=1;1971=1;?=1;");
    buf_clear(&out);
    struct passage_list list = {.entity = id, .spelling = "", .limit = 10};
    put_passages(kase, &list, &out);
    assert_string_equal(out.data, "1970-01-05|Jean Martin|Jean Martin;1971-02-05|Jean Martin|Jean "
                                  "Martin;1971-02-05|Jean Martin|Jean Martin;|Jean Martin|Jean "
                                  "Martin;|Jean Martin|Jean Martin;");
    buf_clear(&out);
    list.offset = 4;
    put_passages(kase, &list, &out);
    assert_string_equal(out.data, "|Jean Martin|Jean Martin;");
    buf_clear(&out);
    list.offset = 0;
    list.spelling = "Nobody";
    put_passages(kase, &list, &out);
    assert_string_equal(out.data, "");
}

static int check_cut(void *ctx, const struct entity_passage *passage)
{
    int *seen = ctx;

    assert_memory_equal(passage->text + passage->at, "Jean Martin", 11);
    assert_true(passage->len <= PASSAGE_BYTES + 11);
    assert_int_not_equal((unsigned char)passage->text[0] & 0xC0, 0x80); /* no middle of a letter */
    *seen += 1 + passage->cut_front + passage->cut_back;
    return 0;
}

/* Long lines of letters of two bytes, and a surname that the document explains. */
static void test_passage_cut(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct sanad_case *kase = *state;
    struct err err = {0};
    int seen = 0;

    buf_init(&text, 1 << 16);
    for (int i = 0; i < 200; i++)
        buf_append_str(&text, "واژه ");
    buf_append_str(&text, "Jean Martin");
    for (int i = 0; i < 200; i++)
        buf_append_str(&text, " واژه");
    add_document(kase, text.data);
    struct passage_list list = {.entity = meant(kase, "Jean Martin"), .spelling = "", .limit = 10};
    must(entity_passages(kase, &list, check_cut, &seen, &err), &err);
    assert_int_equal(seen, 3);
}

static void test_local_passage(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct sanad_case *kase = *state;

    buf_init(&out, 4096);
    add_document(kase, "Qasem Soleimani came; Soleimani left");
    struct passage_list list = {
        .entity = meant(kase, "Qasem Soleimani"), .spelling = "", .limit = 10};
    put_passages(kase, &list, &out);
    assert_string_equal(out.data, "|Qasem Soleimani|Qasem Soleimani;|Soleimani|Soleimani*;");
}

/* ---- pairs to review ---- */

static int put_pair(void *ctx, const struct review_pair *pair)
{
    buf_printf(ctx, "%s/%s:", pair->by_a, pair->by_b);
    for (size_t i = 0; i < pair->reason_count; i++) {
        const struct review_word *word = &pair->reason[i];
        buf_printf(ctx, " %s(%.*s,%.*s)", word->kind, (int)word->a_len, word->a ? word->a : "",
                   (int)word->b_len, word->b ? word->b : "");
    }
    return 0;
}

static void assert_pairs(struct sanad_case *kase, int kind, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};
    int64_t count;

    buf_init(&out, 4096);
    must(review_pairs(kase, kind, 0, 10, put_pair, &out, &err), &err);
    assert_string_equal(out.data, expected);
    must(review_count(kase, kind, &count, &err), &err);
    assert_int_equal(count, expected[0] != '\0');
}

static void test_review(void **state)
{
    static const char expected[] = "Mohammad Khatami/Mohammad Reza Khatami: same(Khatami,Khatami)"
                                   " same(Mohammad,Mohammad) omitted(,Reza)";
    static const enum verdict verdicts[] = {VERDICT_SAME, VERDICT_DIFFERENT, VERDICT_UNSURE};
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t undone;

    add_document(kase, "Mohammad Khatami, Mohammad Reza Khatami");
    assert_pairs(kase, -1, expected);
    assert_pairs(kase, MENTION_PERSON, expected);
    assert_pairs(kase, MENTION_PLACE, "");
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++) {
        int64_t id = decide(kase, verdicts[i], "Mohammad Khatami", "Mohammad Reza Khatami");
        assert_pairs(kase, -1, "");
        must(names_undo(kase, id, "tester", "", &undone, &err), &err);
        assert_pairs(kase, -1, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_by_document, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_complete, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_on_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_posts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_company, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_years_and_passages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passage_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_local_passage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_review, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("browse", tests, store_set_up_open, store_tear_down_open);
}
