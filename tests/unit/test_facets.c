/* Facets: each count is what the filter of its value leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "marks/marks.h"
#include "search_case.h"

static const struct facet *facet_of(const struct search_result *result, const char *name)
{
    for (size_t i = 0; i < FACETS; i++)
        if (strcmp(result->facets[i].name, name) == 0)
            return &result->facets[i];
    fail_msg("there is no facet %s", name);
    return NULL;
}

static int64_t count_of(const struct search_result *result, const char *name, const char *value)
{
    const struct facet *facet = facet_of(result, name);

    for (size_t i = 0; i < facet->count; i++)
        if (strcmp(facet->values[i].value, value) == 0)
            return facet->values[i].count;
    return 0;
}

static void counts(void **state)
{
    struct search_result *result =
        run(*state, (struct search_request){.query = "path:leak", .facets = true});

    assert_int_equal(count_of(result, "type", "text/plain"), 3);
    assert_int_equal(count_of(result, "type", "application/pdf"), 2);
    assert_string_equal(facet_of(result, "type")->values[0].value, "text/plain");
    assert_int_equal(count_of(result, "lang", "eng"), 4);
    assert_int_equal(count_of(result, "year", "2014"), 3);
    assert_int_equal(count_of(result, "year", "none"), 1);
    assert_int_equal(count_of(result, "outcome", "text"), 7);
    search_result_free(result);
}

/* Item 2 as if it had been scanned. */
static void read_by_ocr(struct fixture *f, int64_t item)
{
    struct err err = {0};
    const struct reading reading = {.outcome = OUTCOME_OCR,
                                    .detail = "",
                                    .type = "message/rfc822",
                                    .lang = "eng",
                                    .title = "",
                                    .date = "",
                                    .from = "",
                                    .to = "",
                                    .reader = ""};

    must(reading_put(f->kase, item, &reading, &err), &err);
}

static void put_tag(struct fixture *f, int64_t item, const char *name)
{
    const struct mark_wish wish = {.kind = MARKS_TAG,
                                   .target = {.item = item, .quote = ""},
                                   .label_name = name,
                                   .colour = "",
                                   .text = "",
                                   .lang = "",
                                   .who = "Mina"};
    struct err err = {0};
    int64_t id;

    must(mark_add(f->kase, &wish, &id, &err), &err);
}

static void each_is_what_its_filter_leaves(void **state)
{
    static const struct {
        const char *facet, *field;
    } filters[] = {{"type", "type"},     {"lang", "lang"},       {"year", "date"},
                   {"folder", "folder"}, {"outcome", "outcome"}, {"tag", "tag"}};
    static const char *const queries[] = {"path:leak", "oil OR Kassem", "outcome:ocr",
                                          "folder:leak NOT oil"};
    struct fixture *f = *state;

    read_by_ocr(f, 2);
    put_tag(f, 1, "Men (of oil)");
    put_tag(f, 2, "men: of OIL");
    put_tag(f, 5, "نفت");
    commit(f);
    for (size_t q = 0; q < ARRAY_LEN(queries); q++) {
        struct search_result *all =
            run(f, (struct search_request){.query = queries[q], .facets = true});
        assert_true(all->total > 0);
        for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
            const struct facet *facet = facet_of(all, filters[i].facet);
            assert_true(facet->count > 0);
            for (size_t j = 0; j < facet->count; j++) {
                char query[256];
                snprintf(query, sizeof(query), "(%s) %s:\"%s\"", queries[q], filters[i].field,
                         facet->values[j].value);
                struct search_result *some = run(f, (struct search_request){.query = query});
                if (some->total != facet->values[j].count)
                    fail_msg("%s: %lld, not %lld", query, (long long)some->total,
                             (long long)facet->values[j].count);
                search_result_free(some);
            }
        }
        search_result_free(all);
    }
}

/* Below what all have in common; "deep-sea" stands between "deep" and "deep/x" for strcmp. */
static void goes_down_folders(void **state)
{
    static const char *const paths[] = {"top/a/deep/x/1.txt", "top/a/deep-sea/2.txt",
                                        "top/a/deep/y/3.txt", "top/a/4.txt", "top/a/deep/5.txt"};
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        add_document(f, &(struct document){paths[i], "text/plain", "", "", "", "", "", "zebra"});
    commit(f);
    struct search_result *result =
        run(f, (struct search_request){.query = "zebra", .facets = true});
    assert_int_equal(facet_of(result, "folder")->count, 2);
    assert_int_equal(count_of(result, "folder", "top/a/deep"), 3);
    assert_int_equal(count_of(result, "folder", "top/a/deep-sea"), 1);
    search_result_free(result);

    result = run(f, (struct search_request){.query = "zebra folder:top/a/deep/x", .facets = true});
    assert_int_equal(facet_of(result, "folder")->count, 1);
    assert_int_equal(count_of(result, "folder", "top/a/deep/x"), 1);
    search_result_free(result);

    result = run(f, (struct search_request){.query = "zebra OR petroleum", .facets = true});
    assert_int_equal(count_of(result, "folder", "top"), 5);
    assert_int_equal(count_of(result, "folder", "leak"), 1);
    search_result_free(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(each_is_what_its_filter_leaves),
        cmocka_unit_test(goes_down_folders),
    };
    return cmocka_run_group_tests_name("facets", tests, set_up, tear_down);
}
