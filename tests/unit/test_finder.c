/* Finding mentions on threads: order, room, what an item still has to come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "names/finder.h"

enum { PAGES = 3000 };

static atomic_int searched;

/* One mention for each digit; a page of many takes longer than the next. */
static int find_digits(struct tagger *tagger, const char *text, size_t len, const char *lang,
                       mention_seen_fn seen, void *ctx)
{
    assert_non_null(tagger);
    assert_string_equal(lang, "fa");
    for (size_t i = 0; i < len; i++) {
        struct mention mention = {.start = i, .end = i + 1, .kind = MENTION_PLACE, .score = 1};
        if (text[i] >= '0' && text[i] <= '9' && seen(ctx, &mention))
            return 1;
    }
    atomic_fetch_add(&searched, 1);
    return 0;
}

static size_t digits_of(int64_t page)
{
    return (size_t)(page * 7919 % 1000);
}

static void give(struct finder *finder, int64_t item, int64_t number)
{
    char text[1100];
    struct page page = {.item = item, .id = number, .text = text};

    page.text_len = (size_t)snprintf(text, sizeof(text), "page ");
    memset(text + page.text_len, '5', digits_of(number));
    page.text_len += digits_of(number);
    finder_give(finder, &page, "fa", find_digits);
    memset(text, 'x', sizeof(text)); /* it is the giver's again */
}

static void take(struct finder *finder, int64_t expected)
{
    const struct found_page *found = finder_first(finder, true);

    assert_non_null(found);
    assert_int_equal(found->page, expected);
    assert_int_equal(found->count, digits_of(expected));
    for (size_t i = 0; i < found->count; i++)
        assert_int_equal(found->mentions[i].start, 5 + i);
    finder_next(finder);
}

static void test_in_order(void **state)
{
    struct finder *finder = finder_new();
    int64_t taken = 0;

    (void)state;
    for (int64_t page = 1; page <= PAGES; page++) {
        while (!finder_has_room(finder))
            take(finder, ++taken);
        give(finder, page, page);
    }
    assert_true(taken > 0); /* the room has an end */
    while (taken < PAGES)
        take(finder, ++taken);
    assert_null(finder_first(finder, true));
    assert_null(finder_first(finder, false));
    assert_int_equal(searched, PAGES);
    finder_free(finder);
}

static void test_holds(void **state)
{
    struct finder *finder = finder_new();

    (void)state;
    assert_false(finder_holds(finder, 0));
    give(finder, 3, 1);
    give(finder, 4, 2);
    assert_true(finder_holds(finder, 3));
    assert_true(finder_holds(finder, 4));
    assert_false(finder_holds(finder, 5));
    take(finder, 1);
    assert_false(finder_holds(finder, 3));
    assert_true(finder_holds(finder, 4));
    finder_free(finder); /* with a page that was not taken back */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
