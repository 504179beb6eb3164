/* The classes of what OCR takes for one another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/misread.h"

static bool alike(const char *a, const char *b)
{
    struct words words;
    struct word word;
    char class_a[WORD_BYTES_MAX];
    char class_b[WORD_BYTES_MAX];

    words_init(&words, a, strlen(a));
    assert_true(words_next(&words, &word));
    size_t len_a = misread_class(word.surface, word.surface_len, class_a);
    words_init(&words, b, strlen(b));
    assert_true(words_next(&words, &word));
    size_t len_b = misread_class(word.surface, word.surface_len, class_b);
    return len_a == len_b && memcmp(class_a, class_b, len_a) == 0;
}

static void takes_for_one_another(void **state)
{
    static const char *const pairs[][2] = {
        {"بغداد", "يغداد"}, {"تاریخ", "ناریج"},  {"وزیر", "وزيز"}, {"شاه", "ساه"},
        {"قاسم", "فاسم"},   {"گزارش", "کزارش"},  {"خانه", "خانۀ"}, {"عراق", "غراف"},
        {"هاء", "ها"},      {"modern", "modem"}, {"oil", "0i1"},   {"clear", "dear"},
        {"five", "fiue"},   {"1958", "l9sb"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (!alike(pairs[i][0], pairs[i][1]))
            fail_msg("%s and %s", pairs[i][0], pairs[i][1]);
}

static void keeps_apart(void **state)
{
    static const char *const pairs[][2] = {
        {"بغداد", "بغدار"}, {"کرمان", "کرمل"},   {"وزیر", "وزارت"},
        {"oil", "gas"},     {"modern", "model"}, {"1958", "1959"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (alike(pairs[i][0], pairs[i][1]))
            fail_msg("%s and %s", pairs[i][0], pairs[i][1]);
}

/* Any bytes give a class within the bounds, and a letter cut short is no letter. */
static void takes_any_bytes(void **state)
{
    char bytes[WORD_BYTES_MAX];
    char class[WORD_BYTES_MAX];
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = round % (WORD_BYTES_MAX + 1);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(round % 3 ? 0xD0 + (seed >> 24) % 16 : seed >> 24);
        }
        size_t got = misread_class(bytes, len, class);
        assert_true(got <= len);
        assert_true(got > 0 || len == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_for_one_another),
        cmocka_unit_test(keeps_apart),
        cmocka_unit_test(takes_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
