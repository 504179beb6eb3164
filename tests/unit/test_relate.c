/* What belongs together: conversations, texts that are much alike, and how two texts differ. */
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
#include "relate/difference.h"
#include "relate/near.h"
#include "relate/script.h"
#include "relate/shingles.h"
#include "relate/threads.h"
#include "store_case.h"

static int set_up(void **state)
{
    struct err err = {0};

    store_begin(*state, &near_deriver);
    must(threads_deriver.create(*state, &err), &err);
    return 0;
}

static int tear_down(void **state)
{
    db_rollback(case_db(*state));
    return 0;
}

static void derive(struct sanad_case *kase, const struct deriver *deriver, int64_t item,
                   const char *sent)
{
    struct reading reading = reading_bare(OUTCOME_TEXT, REASON_NONE, "", "message/rfc822");
    struct err err = {0};
    void *state;

    reading.date = sent;
    reading.chars = 1;
    must(deriver->start(kase, &state, &err), &err);
    must(deriver->document(state, item, &reading, &err), &err);
    deriver->finish(state);
}

/* ---- conversations ---- */

struct letter {
    const char *id, *answers, *before, *sent;
};

static void meta(struct sanad_case *kase, int64_t item, const char *key, const char *value)
{
    struct err err = {0};

    if (value)
        must(item_meta_put(kase, item, key, value, strlen(value), &err), &err);
}

/* Returns the item of the first; the others follow it. */
static int64_t send(struct sanad_case *kase, const struct letter *letters, size_t count)
{
    struct err err = {0};
    int64_t first = 0;

    for (size_t i = 0; i < count; i++) {
        struct item item = {.path = "m", .name = "m", .mime_hint = ""};
        must(item_add(kase, &item, &err), &err);
        meta(kase, item.id, "message-id", letters[i].id);
        meta(kase, item.id, "in-reply-to", letters[i].answers);
        meta(kase, item.id, "references", letters[i].before);
        derive(kase, &threads_deriver, item.id, letters[i].sent);
        first = first ? first : item.id;
    }
    return first;
}

/* "0 1<0 2<1": messages by their place in what was sent, and what each answers; "=4" a copy. */
static void assert_thread(struct sanad_case *kase, int64_t first, int64_t item,
                          const char *expected, unsigned missing)
{
    CLEANUP(cleanup_free) struct thread *thread = NULL;
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct err err = {0};

    buf_init(&out, 4096);
    must(thread_load(kase, item, &thread, &err), &err);
    for (unsigned i = 0; i < thread->count; i++) {
        const struct thread_message *message = &thread->messages[i];
        (void)buf_printf(&out, "%s%d", i ? " " : "", (int)(message->item - first));
        if (message->answers)
            (void)buf_printf(&out, "<%d", (int)(message->answers - first));
        for (unsigned k = 0; k < message->copy_count; k++)
            (void)buf_printf(&out, "=%d", (int)(message->copies[k] - first));
    }
    assert_string_equal(out.data, expected);
    assert_int_equal(thread->missing, missing);
}

static void test_thread(void **state)
{
    /* They come in no order; the second to last is dated before what it answers. */
    static const struct letter letters[] = {
        {"<c@x>", "<b@x>", "<a@x> <b@x>", "2014-11-05T10:00:00Z"},
        {"<a@x>", NULL, NULL, "2014-11-03T10:00:00Z"},
        {"<b@x>", "<a@x>", NULL, "2014-11-04T10:00:00Z"},
        {"<z@x>", NULL, NULL, "2014-11-04T10:00:00Z"},
        {"<d@x>", NULL, "<a@x>\n <b@x> <gone@x>", "2014-11-01T10:00:00Z"},
        {"<b@x>", "<a@x>", NULL, "2014-11-04T10:00:00Z"},
    };
    struct sanad_case *kase = *state;
    int64_t first = send(kase, letters, ARRAY_LEN(letters));

    for (int i = 0; i < 6; i++)
        if (i != 3)
            assert_thread(kase, first, first + i, "1 2<1=5 4<2 0<2", 1);
    assert_thread(kase, first, first + 3, "3", 0);
}

static void test_thread_of_strangers(void **state)
{
    /* A ring, an answer to itself, ids that are none, a message without a date. */
    static const struct letter letters[] = {
        {"<a@x>", "<b@x>", NULL, "2014-11-03T10:00:00Z"},
        {"<b@x>", "<a@x>", NULL, "2014-11-02T10:00:00Z"},
        {"<s@x>", "<s@x>", "<s@x>", ""},
        {"no id", "Your message of Tuesday", "<", "2014-11-03T10:00:00Z"},
        {NULL, "<s@x>", NULL, "2014-11-03T10:00:00Z"},
    };
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t first = send(kase, letters, ARRAY_LEN(letters));

    assert_thread(kase, first, first, "1 0<1", 0);
    assert_thread(kase, first, first + 2, "2 4<2", 0);
    assert_thread(kase, first, first + 3, "", 0);
    must(threads_deriver.forget(NULL, kase, first + 2, &err), &err);
    assert_thread(kase, first, first + 4, "4", 1);
    assert_thread(kase, first, first + 2, "", 0);
}

/* ---- much alike ---- */

static int64_t document(struct sanad_case *kase, const char *const *pages, size_t count)
{
    struct err err = {0};
    struct item item = {.path = "d", .name = "d", .mime_hint = ""};

    must(item_add(kase, &item, &err), &err);
    for (size_t i = 0; i < count; i++) {
        struct page page = {.item = item.id, .text = pages[i], .text_len = strlen(pages[i])};
        page.head.number = (uint32_t)i + 1;
        must(page_put(kase, &page, 1, &err), &err);
    }
    derive(kase, &near_deriver, item.id, "");
    return item.id;
}

/* Words w0, w1, ... of which every `step`-th is another. */
static char *text_with(const char *other, int words, int step)
{
    struct buf out;

    buf_init(&out, 1 << 20);
    for (int i = 0; i < words; i++)
        (void)buf_printf(&out, "%s%d ", i % step == step - 1 ? other : "w", i);
    return buf_take(&out);
}

static int64_t document_with(struct sanad_case *kase, const char *other, int step)
{
    CLEANUP(cleanup_free) char *text = text_with(other, 2000, step);
    const char *page = text;

    return document(kase, &page, 1);
}

static void test_near(void **state)
{
    CLEANUP(cleanup_free) struct near *near = mem_zalloc(NEAR_MAX, sizeof(*near));
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t original = document_with(kase, "w", 7);
    int64_t close = document_with(kase, "x", 60);   /* 0.90 of the shingles are common */
    int64_t closer = document_with(kase, "y", 400); /* 0.985 */

    (void)document_with(kase, "z", 3); /* none */
    assert_int_equal(near_find(kase, original, near, &err), 2);
    assert_int_equal(near[0].item, closer);
    assert_int_equal(near[1].item, close);
    assert_in_range(near[1].likeness, 75, 100);
    assert_int_equal(near[0].words, 2000);
    must(near_deriver.forget(NULL, kase, closer, &err), &err);
    assert_int_equal(near_find(kase, original, near, &err), 1);
    assert_int_equal(near_find(kase, closer, near, &err), 0);
}

static void test_near_letters(void **state)
{
    static const char *const arabic[] = {
        "وزارت امور خارجه به سفارت در بغداد "
        "می‌نویسد که ملاقات با وزیر در روز "
        "یکشنبه سوم آبان انجام شد",
        "و نتیجهٔ آن تا پایان ماه گزارش خواهد شد زیرا پاسخ دولت هنوز نرسیده است"};
    /* Arabic letters for ی and ک, and one page instead of two. */
    static const char *const typed[] = {
        "وزارت امور خارجه به سفارت در بغداد "
        "مي‌نويسد كه ملاقات با وزير در روز "
        "يكشنبه سوم آبان انجام شد\n"
        "و نتيجهٔ آن تا پايان ماه گزارش خواهد شد "
        "زيرا پاسخ دولت هنوز نرسيده است"};
    static const char *const few[] = {"یک دو سه چهار پنج"};
    CLEANUP(cleanup_free) struct near *near = mem_zalloc(NEAR_MAX, sizeof(*near));
    struct sanad_case *kase = *state;
    struct err err = {0};
    int64_t a = document(kase, arabic, 2);
    int64_t b = document(kase, typed, 1);
    int64_t short_one = document(kase, few, 1);

    (void)document(kase, few, 1);
    assert_int_equal(near_find(kase, a, near, &err), 1);
    assert_int_equal(near[0].item, b);
    assert_int_equal(near[0].likeness, 100);
    assert_int_equal(near_find(kase, short_one, near, &err), 0);
}

/* ---- differences ---- */

static int put_part(void *ctx, const struct difference *difference)
{
    static const char signs[] = {'=', '-', '+'};

    return buf_printf(ctx, "%c%.*s@%u;", signs[difference->kind], (int)difference->len,
                      difference->text, difference->page_left);
}

static void assert_differs(struct sanad_case *kase, int64_t a, int64_t b, const char *expected,
                           uint32_t same)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    struct difference_sums sums;
    struct err err = {0};

    buf_init(&out, 4096);
    must(difference_each(kase, a, b, put_part, &out, &sums, &err), &err);
    assert_string_equal(out.data, expected);
    assert_int_equal(sums.same, same);
    assert_false(sums.cut);
}

static void test_difference(void **state)
{
    static const char *const left[] = {"The sum is 1,000 dollars", "paid on Monday."};
    static const char *const right[] = {"The sum is\n 1.000 dollars paid late on Monday. Signed"};
    static const char *const nothing[] = {" \n"};
    struct sanad_case *kase = *state;
    int64_t a = document(kase, left, 2);
    int64_t b = document(kase, right, 1);
    int64_t c = document(kase, nothing, 1);

    assert_differs(kase, a, b,
                   "=The sum is@1;-1,000@1;+1.000@1;=dollars\npaid@1;+late@2;=on Monday.@2;"
                   "+Signed@2;",
                   7);
    assert_differs(kase, a, a, "=The sum is 1,000 dollars\npaid on Monday.@1;", 8);
    assert_differs(kase, c, a, "+The sum is 1,000 dollars\npaid on Monday.@1;", 0);
    assert_differs(kase, c, c, "", 0);
}

/* Two sequences of small numbers, and what the script made of them. */
struct sequences {
    const unsigned char *left, *right;
    uint32_t left_count, right_count;
    uint32_t at_left, at_right, edits;
};

static bool are_same(const void *ctx, uint32_t left, uint32_t right)
{
    const struct sequences *sequences = ctx;

    return sequences->left[left] == sequences->right[right];
}

static int check_stretch(void *ctx, const struct stretch *stretch)
{
    struct sequences *sequences = ctx;

    assert_int_equal(stretch->left, sequences->at_left);
    assert_int_equal(stretch->right, sequences->at_right);
    sequences->at_left += stretch->only_left;
    sequences->at_right += stretch->only_right;
    sequences->edits += stretch->only_left + stretch->only_right;
    for (uint32_t i = 0; i < stretch->same; i++)
        assert_true(are_same(sequences, sequences->at_left++, sequences->at_right++));
    return 0;
}

/* The length of the longest common subsequence, by the table. */
static uint32_t longest_common(const struct sequences *of)
{
    CLEANUP(cleanup_free)
    uint32_t *row = mem_zalloc((size_t)of->right_count + 1, sizeof(*row));

    for (uint32_t i = 0; i < of->left_count; i++) {
        uint32_t above = 0;
        for (uint32_t k = 0; k < of->right_count; k++) {
            uint32_t here = row[k + 1];
            if (are_same(of, i, k))
                row[k + 1] = above + 1;
            else if (row[k] > row[k + 1])
                row[k + 1] = row[k];
            above = here;
        }
    }
    return row[of->right_count];
}

static void check_script(const unsigned char *left, uint32_t left_count, const unsigned char *right,
                         uint32_t right_count, bool shortest)
{
    struct sequences sequences = {left, right, left_count, right_count, 0, 0, 0};

    assert_int_equal(script_each(left_count, right_count, are_same, check_stretch, &sequences), 0);
    assert_int_equal(sequences.at_left, left_count);
    assert_int_equal(sequences.at_right, right_count);
    if (shortest)
        assert_int_equal(sequences.edits,
                         left_count + right_count - 2 * longest_common(&sequences));
}

static void test_script(void **state)
{
    enum { LONG = 3000 };
    unsigned char left[LONG];
    unsigned char right[LONG];
    uint32_t random = 1;

    (void)state;
    for (unsigned round = 0; round < 400; round++) {
        uint32_t count[2] = {round % 23, (round * 7) % 31};
        for (unsigned i = 0; i < 31; i++) {
            left[i] = (unsigned char)((random = random * 1664525 + 1013904223) >> 24) % 4;
            right[i] = (unsigned char)((random = random * 1664525 + 1013904223) >> 24) % 4;
        }
        check_script(left, count[0], right, count[1], true);
    }
    /* Nothing in common, in more edits than a step has; and a little in common. */
    memset(left, 1, sizeof(left));
    memset(right, 2, sizeof(right));
    check_script(left, LONG, right, LONG, true);
    check_script(left, LONG, right, 0, true);
    for (unsigned i = 0; i < LONG; i++) {
        left[i] = (unsigned char)((random = random * 1664525 + 1013904223) >> 24);
        right[i] = (unsigned char)((random = random * 1664525 + 1013904223) >> 24);
    }
    check_script(left, LONG, right, LONG - 500, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_thread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_thread_of_strangers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_near, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_near_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_difference, set_up, tear_down),
        cmocka_unit_test(test_script),
    };
    return cmocka_run_group_tests_name("relate", tests, store_set_up_open, store_tear_down_open);
}
