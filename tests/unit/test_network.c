/* Who is named with whom: ties, growing outwards, filters, the passages behind a tie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/network.h"
#include "names/snapshot.h"
#include "names_case.h"
#include "store/dated.h"
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

static void date(struct sanad_case *kase, int64_t item, int32_t day)
{
    struct dated dated = {.item = item, .earliest = day, .latest = day, .source = "dateline"};
    struct err err = {0};

    snprintf(dated.iso, sizeof(dated.iso), "1970-01-%02d", day + 1);
    must(dated_create(case_db(kase), &err), &err);
    must(dated_put(case_db(kase), &dated, &err), &err);
}

static struct network_query all_of(void)
{
    return (struct network_query){
        .names = 100, .around = 30, .kinds = {true, true, true}, .least = 1};
}

/* From a snapshot the answer is the same. */
static void assert_same_from_snapshot(struct sanad_case *kase, const struct network_query *query,
                                      const struct network *walked)
{
    struct network_query asked = *query;
    struct snapshot *snapshot;
    struct network network;
    struct err err = {0};

    must(snapshot_load(kase, &snapshot, &err), &err);
    assert_non_null(snapshot);
    asked.snapshot = snapshot;
    must(network_find(kase, &asked, &network, &err), &err);
    assert_int_equal(network.name_count, walked->name_count);
    for (size_t i = 0; i < network.name_count; i++) {
        const struct network_name *a = &network.names[i];
        const struct network_name *b = &walked->names[i];
        assert_string_equal(a->shown, b->shown);
        assert_true(a->id == b->id && a->kind == b->kind && a->documents == b->documents &&
                    a->mentions == b->mentions && a->ties == b->ties &&
                    a->passages == b->passages && a->centre == b->centre);
    }
    assert_int_equal(network.tie_count, walked->tie_count);
    for (size_t i = 0; i < network.tie_count; i++)
        assert_memory_equal(&network.ties[i], &walked->ties[i],
                            offsetof(struct network_tie, centre) + sizeof(bool));
    assert_int_equal(network.names_left_out, walked->names_left_out);
    assert_int_equal(network.ties_left_out, walked->ties_left_out);
    assert_int_equal(network.mentions, walked->mentions);
    assert_int_equal(network.capped, walked->capped);
    network_release(&network);
    snapshot_free(snapshot);
}

/* "A-B 2/1;" for a tie of A and B in two passages of one document. */
static void assert_ties(struct sanad_case *kase, const struct network_query *query,
                        const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct network network;
    struct err err = {0};

    buf_init(&out, 4096);
    must(network_find(kase, query, &network, &err), &err);
    assert_same_from_snapshot(kase, query, &network);
    for (size_t i = 0; i < network.tie_count; i++) {
        const struct network_tie *tie = &network.ties[i];
        assert_true(tie->a < tie->b && tie->b < network.name_count);
        buf_printf(&out, "%s-%s %lld/%lld;", network.names[tie->a].shown,
                   network.names[tie->b].shown, (long long)tie->passages,
                   (long long)tie->documents);
    }
    assert_string_equal(out.data, expected);
    network_release(&network);
}

static void test_ties(void **state)
{
    struct sanad_case *kase = *state;
    struct network_query query = all_of();

    add_document(kase, "Qasem Soleimani met Jean Martin. Qassem Soleimani met Jean Martin.");
    add_document(kase, "قاسم سلیمانی: Jean Martin");
    add_document(kase, "Pierre Dupont");
    assert_ties(kase, &query, "Jean Martin-Qasem Soleimani 3/2;");
    query.least = 3;
    assert_ties(kase, &query, "Jean Martin-Qasem Soleimani 3/2;");
    query.least = 4;
    assert_ties(kase, &query, "");
}

/* Names in a heap make one passage for each two that follow each other, not for all pairs. */
static void test_heap(void **state)
{
    struct network_query query = all_of();

    add_document(*state, "Jean Martin, Jean Martin, Pierre Dupont, Pierre Dupont, Jean Martin");
    assert_ties(*state, &query, "Jean Martin-Pierre Dupont 2/1;");
}

static void test_how_near(void **state)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct network_query query = all_of();

    for (int apart = NETWORK_NEAR; apart <= NETWORK_NEAR + 1; apart++) {
        buf_init(&text, 4096);
        buf_printf(&text, "Jean Martin%*sPierre Dupont", apart, "");
        add_document(*state, text.data);
        buf_release(&text);
    }
    assert_ties(*state, &query, "Jean Martin-Pierre Dupont 1/1;");
}

static void test_kinds_and_posts(void **state)
{
    struct network_query query = all_of();

    add_document(*state, "Ambassador Jean Martin met Ali Hassan in Baghdad; Ross@Example.org");
    assert_ties(*state, &query,
                "Ali Hassan-Baghdad 1/1;Ali Hassan-Jean Martin 1/1;Baghdad-Jean Martin 1/1;");
    query.kinds[MENTION_PLACE] = false;
    assert_ties(*state, &query, "Ali Hassan-Jean Martin 1/1;");
}

static void test_outwards(void **state)
{
    struct sanad_case *kase = *state;
    struct network_query query = all_of();
    struct network network;
    struct err err = {0};

    add_document(kase, "Jean Martin met Pierre Dupont. Jean Martin met Ali Larijani.");
    add_document(kase, "Jean Martin met Pierre Dupont");
    add_document(kase, "Pierre Dupont met Mohammad Khatami");
    add_document(kase, "Qasem Soleimani in Baghdad");
    int64_t centres[] = {meant(kase, "Jean Martin"), meant(kase, "Mohammad Khatami")};
    query.centres = centres;
    query.centre_count = 1;
    query.around = 1;
    must(network_find(kase, &query, &network, &err), &err);
    assert_int_equal(network.name_count, 2);
    assert_true(network.names[0].centre);
    assert_string_equal(network.names[0].shown, "Jean Martin");
    assert_string_equal(network.names[1].shown, "Pierre Dupont");
    assert_int_equal(network.names_left_out, 1);
    network_release(&network);
    query.centre_count = 2;
    query.around = 30;
    assert_ties(kase, &query,
                "Jean Martin-Pierre Dupont 2/2;Jean Martin-Ali Larijani 1/1;"
                "Mohammad Khatami-Pierre Dupont 1/1;Pierre Dupont-Ali Larijani 1/1;");
    /* the ties of whom it grows from come before heavier ones */
    for (int i = 0; i < 3; i++)
        add_document(kase, "Pierre Dupont met Ali Larijani");
    query.centre_count = 1;
    assert_ties(kase, &query,
                "Jean Martin-Pierre Dupont 2/2;Jean Martin-Ali Larijani 1/1;"
                "Pierre Dupont-Ali Larijani 4/4;");
    centres[0] = 999999;
    assert_int_equal(network_find(kase, &query, &network, &err), ERR_NOT_FOUND);
    query.centre_count = NETWORK_CENTRES_MAX + 1;
    assert_int_equal(network_find(kase, &query, &network, &err), ERR_LIMIT);
}

static void test_time(void **state)
{
    struct sanad_case *kase = *state;
    struct network_query query = all_of();

    date(kase, add_document(kase, "Jean Martin met Pierre Dupont"), 3);
    date(kase, add_document(kase, "Jean Martin met Ali Hassan"), 9);
    add_document(kase, "Jean Martin met Ali Larijani");
    query.has_first = true;
    query.first = 4;
    assert_ties(kase, &query, "Jean Martin-Ali Hassan 1/1;");
    query.has_last = true;
    query.last = 8;
    assert_ties(kase, &query, "");
    query.first = 0;
    assert_ties(kase, &query, "Jean Martin-Pierre Dupont 1/1;");
}

/* A surname alone is tied as the person it means in its document; decisions count at once. */
static void test_meaning(void **state)
{
    struct sanad_case *kase = *state;
    struct network_query query = all_of();

    add_document(kase, "Ali Larijani spoke. Later Larijani met Jean Martin.");
    assert_ties(kase, &query, "Ali Larijani-Jean Martin 1/1;");
    decide(kase, VERDICT_SAME, "Jean Martin", "Ali Larijani");
    assert_ties(kase, &query, "");
}

/* ---- passages ---- */

static int put_passage(void *ctx, const struct tie_passage *passage)
{
    struct buf *out = ctx;

    for (int i = 0; i < 2; i++) {
        assert_true(passage->marks[i].at + passage->marks[i].len <= passage->len);
        buf_printf(out, "%.*s%s", (int)passage->marks[i].len, passage->text + passage->marks[i].at,
                   i ? "" : "+");
    }
    return buf_printf(out, " %s;", passage->date);
}

static void assert_passages(struct sanad_case *kase, const struct tie_passage_list *list,
                            int64_t total, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};
    int64_t counted;

    buf_init(&out, 4096);
    must(network_passages(kase, list, put_passage, &out, &counted, &err), &err);
    assert_int_equal(counted, total);
    assert_string_equal(out.data, expected);

    struct tie_passage_list asked = *list;
    struct snapshot *snapshot;
    must(snapshot_load(kase, &snapshot, &err), &err);
    assert_non_null(snapshot);
    asked.snapshot = snapshot;
    buf_clear(&out);
    must(network_passages(kase, &asked, put_passage, &out, &counted, &err), &err);
    snapshot_free(snapshot);
    assert_int_equal(counted, total);
    assert_string_equal(out.data, expected);
}

static void test_passages(void **state)
{
    struct sanad_case *kase = *state;

    add_document(kase, "Ali Larijani met Jean Martin. Larijani left Jean Martin.");
    date(kase, add_document(kase, "Jean Martin saw Ali Larijani"), 9);
    date(kase, add_document(kase, "Jean Martin heard Ali Larijani"), 3);
    struct tie_passage_list list = {
        .a = meant(kase, "Jean Martin"), .b = meant(kase, "Ali Larijani"), .limit = 10};
    assert_passages(kase, &list, 4,
                    "Jean Martin+Ali Larijani 1970-01-04;Jean Martin+Ali Larijani 1970-01-10;"
                    "Ali Larijani+Jean Martin ;Larijani+Jean Martin ;");
    list.offset = 3;
    assert_passages(kase, &list, 4, "Larijani+Jean Martin ;");
    list.offset = 0;
    list.has_last = true;
    list.last = 4;
    assert_passages(kase, &list, 1, "Jean Martin+Ali Larijani 1970-01-04;");
}

/* As many passages as the tie counts, whatever stands between the names. */
static void test_passages_are_the_tie(void **state)
{
    struct sanad_case *kase = *state;
    struct network_query query = all_of();
    struct network network;
    struct err err = {0};

    add_document(kase, "Jean Martin, Pierre Dupont, Ali Hassan, Jean Martin, Baghdad, Ali Hassan,"
                       " Pierre Dupont, Pierre Dupont, Baghdad, Jean Martin, Ali Hassan");
    add_document(kase, "Baghdad, Jean Martin, Baghdad, Pierre Dupont, Jean Martin, Ali Hassan");
    must(network_find(kase, &query, &network, &err), &err);
    assert_int_equal(network.name_count, 4);
    assert_int_equal(network.tie_count, 6);
    for (size_t i = 0; i < network.tie_count; i++) {
        CLEANUP(cleanup_buf) struct buf out = {0};
        const struct network_tie *tie = &network.ties[i];
        struct tie_passage_list list = {
            .a = network.names[tie->b].id, .b = network.names[tie->a].id, .limit = 100};
        int64_t total;
        buf_init(&out, 1 << 16);
        must(network_passages(kase, &list, put_passage, &out, &total, &err), &err);
        assert_int_equal(total, tie->passages);
    }
    network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ties, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_heap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_how_near, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds_and_posts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_outwards, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_meaning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passages_are_the_tie, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, store_set_up_open, store_tear_down_open);
}
