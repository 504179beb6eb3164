/* Names that people choose for entities and notes about them: shown, found, joined, taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "names/browse.h"
#include "names_case.h"
#include "store_case.h"

static int set_up(void **state)
{
    store_begin(*state, &names_deriver);
    add_document(*state, "Qasem Soleimani met Jean Martin in Baghdad. Qasem Soleimani left.");
    add_document(*state, "Pierre Dupont met Qasem Soleimani in Baghdad.");
    return 0;
}

static int tear_down(void **state)
{
    db_rollback(case_db(*state));
    return 0;
}

static int64_t rename_to(struct sanad_case *kase, const char *given, const char *name)
{
    struct err err = {0};
    int64_t id;

    must(names_rename(kase, given, name, "anna", "as on the passport", &id, &err), &err);
    return id;
}

static int64_t note(struct sanad_case *kase, const char *given, const char *text, int64_t instead)
{
    struct err err = {0};
    int64_t id;

    must(names_note(kase, given, text, instead, "anna", &id, &err), &err);
    return id;
}

static void take_back(struct sanad_case *kase, int64_t decision)
{
    struct err err = {0};
    int64_t id;

    must(names_undo(kase, decision, "boris", "", &id, &err), &err);
}

static int put_shown(void *ctx, const struct entity *entity)
{
    return buf_printf(ctx, "%s;", entity->shown);
}

static void assert_shown(struct sanad_case *kase, const char *given, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entity_one(kase, meant(kase, given), put_shown, &out, &err), &err);
    out.data[out.len - 1] = '\0';
    assert_string_equal(out.data, expected);
}

static int put_note(void *ctx, const struct decision *decision)
{
    return buf_printf(ctx, "%s;", decision->why);
}

static void assert_notes(struct sanad_case *kase, const char *given, const char *expected)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(entity_told(kase, meant(kase, given), VERDICT_NOTE, put_note, &out, &err), &err);
    assert_string_equal(out.data, expected);
}

static int put_page_name(void *ctx, const struct page_name *name)
{
    return buf_printf(ctx, "%s;", name->shown);
}

static int put_company(void *ctx, const struct entity *with, int64_t pages)
{
    (void)pages;
    return put_shown(ctx, with);
}

static void test_shown(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t martin = meant(kase, "Jean Martin");

    int64_t decision = rename_to(kase, "Jean Martin", "  Johannes Martyn ");
    assert_int_equal(meant(kase, "johannes  MARTYN"), martin);
    assert_shown(kase, "Jean Martin", "Johannes Martyn");
    buf_init(&out, 4096);
    must(entities_on_page(kase, 1, 1, 10, put_page_name, &out, &err), &err);
    assert_non_null(strstr(out.data, ";Johannes Martyn;"));
    buf_clear(&out);
    struct company_list list = {.entity = meant(kase, "Baghdad"), .kind = -1, .limit = 10};
    must(entity_company(kase, &list, put_company, &out, &err), &err);
    assert_non_null(strstr(out.data, "Johannes Martyn;"));
    take_back(kase, decision);
    assert_shown(kase, "Jean Martin", "Jean Martin");
    int64_t id;
    assert_int_equal(entity_meant(kase, "Johannes Martyn", &id, &err), ERR_NOT_FOUND);
}

static void test_found(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct sanad_case *kase = *state;
    int64_t counts[MENTION_KINDS];
    struct err err = {0};
    struct entity_list list = {.kind = -1, .text = "martyn johan", .limit = 10};

    buf_init(&out, 4096);
    rename_to(kase, "Jean Martin", "Johannes Martyn");
    must(entities_list(kase, &list, put_shown, &out, &err), &err);
    assert_string_equal(out.data, "Johannes Martyn;");
    must(entities_count(kase, "martyn", counts, &err), &err);
    assert_int_equal(counts[MENTION_PERSON], 1);
    buf_clear(&out);
    must(entities_complete(kase, "johan", 5, put_shown, &out, &err), &err);
    must(entities_complete(kase, "artyn", 5, put_shown, &out, &err), &err);
    must(entities_complete(kase, "jean", 5, put_shown, &out, &err), &err);
    assert_string_equal(out.data, "Johannes Martyn;Johannes Martyn;");

    struct used_names used;
    buf_clear(&out);
    must(names_expand(kase, "name:\"Johannes Martyn\"", &out, &used, &err), &err);
    assert_int_equal(used.count, 1);
    assert_int_equal(used.names[0].entity, meant(kase, "Jean Martin"));
    assert_non_null(strstr(out.data, "\"jean martin\""));
    used_names_release(&used);
}

/* A quote in a chosen name does not end the phrase of a query by number. */
static void test_quotes(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct sanad_case *kase = *state;
    struct used_names used;
    struct err err = {0};
    char query[64];

    buf_init(&out, 4096);
    rename_to(kase, "Jean Martin", "Jean \"Jo\" Martin");
    snprintf(query, sizeof(query), "name:\"#%lld\"", (long long)meant(kase, "Jean Martin"));
    must(names_expand(kase, query, &out, &used, &err), &err);
    assert_string_equal(out.data, "(name:\"Jean  Jo  Martin\" OR \"jean martin\")");
    used_names_release(&used);
}

static void test_joined(void **state)
{
    struct sanad_case *kase = *state;

    rename_to(kase, "Pierre Dupont", "Piotr");
    rename_to(kase, "Jean Martin", "Johannes");
    int64_t first = note(kase, "Pierre Dupont", "a courier", 0);
    note(kase, "Jean Martin", "a banker", 0);
    int64_t join = decide(kase, VERDICT_SAME, "Pierre Dupont", "Jean Martin");
    /* the name chosen last; both notes, and both names find it */
    assert_shown(kase, "Pierre Dupont", "Johannes");
    assert_int_equal(meant(kase, "Johannes"), meant(kase, "Pierre Dupont"));
    assert_notes(kase, "Jean Martin", "a banker;a courier;");
    note(kase, "Jean Martin", "a courier of the bank", first);
    assert_notes(kase, "Jean Martin", "a courier of the bank;a banker;");
    take_back(kase, join);
    assert_shown(kase, "Pierre Dupont", "Piotr");
    assert_shown(kase, "Jean Martin", "Johannes");
    assert_notes(kase, "Pierre Dupont", "a courier of the bank;");
    assert_notes(kase, "Jean Martin", "a banker;");
}

static void test_again(void **state)
{
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t id;

    rename_to(kase, "Jean Martin", "Johannes");
    int64_t second = rename_to(kase, "Johannes", "Giovanni");
    assert_shown(kase, "Jean Martin", "Giovanni");
    take_back(kase, second);
    assert_shown(kase, "Jean Martin", "Johannes");
    rename_to(kase, "Jean Martin", "J. M. (3)");
    assert_int_equal(meant(kase, "j m 3"), meant(kase, "Jean Martin"));
    rename_to(kase, "Jean Martin", "");
    assert_shown(kase, "Jean Martin", "Jean Martin");
    assert_int_equal(names_rename(kase, "Jean Martin", "", "anna", "", &id, &err), ERR_USAGE);
    note(kase, "Jean Martin", "first", 0);
    int64_t edit = note(kase, "Jean Martin", "second", 0);
    assert_notes(kase, "Jean Martin", "second;");
    take_back(kase, edit);
    assert_notes(kase, "Jean Martin", "first;");
}

static void test_refused(void **state)
{
    struct sanad_case *kase = *state;
    struct err err = {0};
    char longest[CALLED_MAX + 2];
    int64_t id;

    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(names_rename(kase, "Jean Martin", longest, "", "", &id, &err), ERR_LIMIT);
    assert_int_equal(names_rename(kase, "Jean Martin", "A\nB", "", "", &id, &err), ERR_USAGE);
    assert_int_equal(names_rename(kase, "Jean Martin", "...", "", "", &id, &err), ERR_USAGE);
    assert_int_equal(names_rename(kase, "Nobody Here", "Somebody", "", "", &id, &err),
                     ERR_NOT_FOUND);
    assert_int_equal(names_note(kase, "Jean Martin", "", 0, "", &id, &err), ERR_USAGE);
    assert_int_equal(names_note(kase, "Jean Martin", "x", 99, "", &id, &err), ERR_NOT_FOUND);
    assert_int_equal(names_note(kase, "Jean Martin", "\xff", 0, "", &id, &err), ERR_USAGE);
}

/* A chosen name that is another's spelling is no verdict on the two. */
static void test_no_verdict(void **state)
{
    struct sanad_case *kase = *state;

    rename_to(kase, "Jean Martin", "Pierre Dupont");
    assert_int_not_equal(meant(kase, "Jean Martin"), meant(kase, "Pierre Dupont"));
    decide(kase, VERDICT_DIFFERENT, "Jean Martin", "Pierre Dupont");
    assert_shown(kase, "Jean Martin", "Pierre Dupont");
}

#define CASE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE_TEST(test_shown),      CASE_TEST(test_found), CASE_TEST(test_quotes),
        CASE_TEST(test_joined),     CASE_TEST(test_again), CASE_TEST(test_refused),
        CASE_TEST(test_no_verdict),
    };

    return cmocka_run_group_tests(tests, store_set_up_open, store_tear_down_open);
}
