/* Words: where they stand, and what finds what. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/passage.h"

#define ZWNJ "\xE2\x80\x8C"

static void assert_word(struct words *words, size_t at, size_t len, const char *surface)
{
    struct word word;

    assert_true(words_next(words, &word));
    assert_int_equal(word.at, at);
    assert_int_equal(word.len, len);
    assert_int_equal(word.surface_len, strlen(surface));
    assert_memory_equal(word.surface, surface, word.surface_len);
}

static void test_places(void **state)
{
    const char *text = "  Iran's file_1, كِتابٌ" ZWNJ ".東京ab";
    struct words words;
    struct word word;

    (void)state;
    words_init(&words, text, strlen(text));
    assert_word(&words, 2, 4, "iran");
    assert_word(&words, 7, 1, "s");
    assert_word(&words, 9, 6, "file_1");
    assert_word(&words, 17, 12, "کتاب"); /* with its last mark, without the ZWNJ */
    assert_word(&words, 33, 3, "東");
    assert_word(&words, 36, 3, "京");
    assert_word(&words, 39, 2, "ab");
    assert_false(words_next(&words, &word));
    assert_false(words_next(&words, &word));
}

static void test_several_words_of_a_character_share_its_place(void **state)
{
    const char *text = "xﷺy";
    struct words words;

    (void)state;
    words_init(&words, text, strlen(text));
    assert_word(&words, 0, 4, "xصلی");
    assert_word(&words, 1, 3, "الله");
    assert_word(&words, 1, 3, "علیه");
    assert_word(&words, 1, 4, "وسلمy");
}

static void test_long_word_is_cut_at_a_character(void **state)
{
    char text[1000];
    struct words words;
    struct word word;

    (void)state;
    memset(text, 'a', sizeof text);
    text[0] = 'b';
    for (size_t i = 101; i < 501; i += 2)
        (void)utf8_encode(0x0628, text + i);
    text[999] = '-';
    words_init(&words, text, sizeof text);
    assert_true(words_next(&words, &word));
    assert_int_equal(word.len, 999);
    assert_int_equal(word.surface_len, 127);
    assert_true(utf8_valid(word.surface, word.surface_len));
    assert_false(words_next(&words, &word));
}

/* Any bytes: ends, stays inside the text, goes forward, and gives valid UTF-8. */
static void test_any_bytes(void **state)
{
    static const char *const pieces[] = {
        "a",   "Z",        "_",        "ﷺ",  "\xCC\x81",     ZWNJ,   "ب",
        "ی",   "\xE2\x80", "\xF0\x9F", "東", "\xE3\x82\x99", "か",   " ",
        "ة",   "ء",        "ها",       "ال", "می",           "\xFF", "\xED\xA0\x80",
        "ing", "ied",      "𝐀",        "é"};
    struct loose_key keys[WORD_KEYS_MAX];
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[256];
        size_t len = 0;
        while (len < 240 && rand_r(&seed) % 40 != 0) {
            const char *piece = pieces[(size_t)rand_r(&seed) % ARRAY_LEN(pieces)];
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", piece);
        }
        struct words words;
        struct word word;
        size_t count = 0;
        size_t before = 0;
        words_init(&words, text, len);
        while (words_next(&words, &word)) {
            struct word_parts parts;
            assert_true(++count <= 4 * len);
            assert_true(word.at >= before && word.at + word.len <= len);
            assert_true(word.len > 0 && word.surface_len > 0);
            assert_true(word.surface_len <= WORD_BYTES_MAX);
            assert_true(utf8_valid(word.surface, word.surface_len));
            before = word.at;
            size_t found = words_index_keys(&words, &word, keys);
            assert_true(found <= INDEX_KEYS_MAX);
            found = words_query_keys(&words, &word, keys);
            assert_true(found <= WORD_KEYS_MAX);
            for (size_t i = 0; i < found; i++) {
                assert_true(keys[i].len > 0 && utf8_valid(keys[i].bytes, keys[i].len));
                assert_false(keys[i].len == word.surface_len &&
                             memcmp(keys[i].bytes, word.surface, word.surface_len) == 0);
            }
            if (words_spaced(&words, &word, &parts))
                assert_true(parts.count >= 2 && parts.count <= WORD_PARTS_MAX);
        }
    }
}

struct form {
    size_t count;
    struct loose_key at[WORD_KEYS_MAX + 1];
};

typedef size_t keys_fn(const struct words *words, const struct word *word, struct loose_key *keys);

/* Surface and keys of a single word. */
static void read_form(const char *text, keys_fn *keys, struct form *form)
{
    struct words words;
    struct word word;

    words_init(&words, text, strlen(text));
    assert_true(words_next(&words, &word));
    form->at[0].len = (uint8_t)word.surface_len;
    memcpy(form->at[0].bytes, word.surface, word.surface_len);
    form->count = 1 + keys(&words, &word, form->at + 1);
    assert_false(words_next(&words, &word));
}

static bool finds(const char *query, const char *text)
{
    struct form asked;
    struct form stored;

    read_form(query, words_query_keys, &asked);
    read_form(text, words_index_keys, &stored);
    for (size_t i = 0; i < asked.count; i++) {
        for (size_t k = 0; k < stored.count; k++) {
            if (asked.at[i].len == stored.at[k].len &&
                memcmp(asked.at[i].bytes, stored.at[k].bytes, asked.at[i].len) == 0)
                return true;
        }
    }
    return false;
}

/* Every word of a list finds every other. */
static void assert_family(const char *const *family)
{
    for (size_t i = 0; family[i]; i++) {
        for (size_t k = 0; family[k]; k++) {
            if (!finds(family[i], family[k]))
                fail_msg("'%s' does not find '%s'", family[i], family[k]);
        }
    }
}
#define FAMILY(...) assert_family((const char *const[]){__VA_ARGS__, NULL})

static void test_english_families(void **state)
{
    (void)state;
    FAMILY("minister", "ministers", "Minister", "MINISTERS");
    FAMILY("cable", "cables");
    FAMILY("policy", "policies");
    FAMILY("meet", "meeting", "meetings");
    FAMILY("plan", "plans", "planned", "planning");
    FAMILY("make", "makes", "making");
    FAMILY("announce", "announces", "announced", "announcing");
    FAMILY("require", "requires", "required", "requiring");
    FAMILY("study", "studies", "studied", "studying");
    FAMILY("negotiate", "negotiated", "negotiating");
    FAMILY("visit", "visits", "visited", "visiting");
    FAMILY("church", "churches");
    FAMILY("tax", "taxes", "taxed", "taxing");
    FAMILY("use", "uses");
    FAMILY("show", "shows", "showed", "showing");
    FAMILY("tell", "tells", "telling");
    FAMILY("discuss", "discussed", "discussing");
    FAMILY("hero", "heroes");
    FAMILY("Iraqi", "Iraqis");
}

static void test_english_words_that_only_look_inflected(void **state)
{
    (void)state;
    assert_false(finds("hi", "his"));
    assert_false(finds("wa", "was"));
    assert_false(finds("new", "news"));
    assert_false(finds("bu", "bus"));
    assert_false(finds("hama", "hamas"));
    assert_false(finds("unit", "united"));
    assert_false(finds("br", "bring"));
    assert_false(finds("hop", "hoping"));
    assert_false(finds("hope", "hopping"));
    assert_false(finds("congres", "congress"));
    assert_false(finds("minist", "minister"));
    assert_false(finds("nee", "need"));
}

static void test_arabic_families(void **state)
{
    (void)state;
    FAMILY("الوزارة", "وزارة", "والوزارة", "بالوزارة", "للوزارة", "وزاره", "الوِزَارَة");
    assert_true(finds("وزارة", "ووزارة"));
    assert_true(finds("الوزارة", "بوزارة"));
    assert_true(finds("بوزارة", "وزارة"));
    assert_true(finds("كتاب", "وكتاب"));
    assert_true(finds("وكتاب", "كتاب"));
    assert_true(finds("وزارت", "الوزارة"));
    assert_true(finds("وزارة", "وزارت"));
    FAMILY("علماء", "علما");
    FAMILY("مسؤول", "مسئول", "مسءول");
    FAMILY("على", "علي", "علی");
}

static void test_persian_families(void **state)
{
    (void)state;
    FAMILY("کتاب", "کتاب" ZWNJ "ها", "کتابها", "کتاب" ZWNJ "های", "كتابهاي", "کتاب" ZWNJ "هایشان");
    assert_true(finds("کتاب", "کتابی"));
    assert_true(finds("کتابی", "کتاب"));
    assert_true(finds("کتابی", "کتاب" ZWNJ "ها"));
    assert_true(finds("کتابها", "کتابی"));
    FAMILY("می" ZWNJ "رود", "میرود", "مي" ZWNJ "رود");
    FAMILY("خانه", "خانه" ZWNJ "ها", "خانه" ZWNJ "ای");
    assert_true(finds("دانشجویی", "دانشجو"));
    assert_true(finds("نامه", "نمایش" ZWNJ "نامه"));
}

static void test_arabic_script_limits(void **state)
{
    (void)state;
    assert_false(finds("تاب", "کتاب"));
    assert_false(finds("کتاب", "تاب"));
    assert_false(finds("زیر", "وزیر"));
    assert_false(finds("وزیر", "زیر"));
    assert_false(finds("تن", "تنها"));
    assert_false(finds("ه", "الله"));
    assert_false(finds("ها", "کتاب" ZWNJ "ها"));
    assert_false(finds("می", "می" ZWNJ "رود"));
    assert_false(finds("جز", "جزء"));
}

static void test_index_keys_are_few(void **state)
{
    struct form form;

    (void)state;
    read_form("برای", words_index_keys, &form);
    assert_int_equal(form.count, 1);
    read_form("ایران", words_index_keys, &form);
    assert_int_equal(form.count, 1);
    read_form("minister", words_index_keys, &form);
    assert_int_equal(form.count, 1);
    read_form("1969", words_index_keys, &form);
    assert_int_equal(form.count, 1);
}

static void test_zwnj_typed_as_space(void **state)
{
    char out[WORD_BYTES_MAX];

    (void)state;
    assert_int_equal(words_joined("می", 4, "رود", 6, out), 10);
    assert_memory_equal(out, "میرود", 10);
    assert_int_equal(words_joined("the", 3, "رود", 6, out), 0);
    assert_int_equal(words_joined("می", 4, "a", 1, out), 0);
    assert_int_equal(words_joined("ب", 0, "رود", 6, out), 0);
}

static void assert_spaced(const char *text, const char *first, const char *second)
{
    struct words words;
    struct word word;
    struct word_parts parts;

    words_init(&words, text, strlen(text));
    assert_true(words_next(&words, &word));
    assert_int_equal(words_spaced(&words, &word, &parts), first != NULL);
    if (!first)
        return;
    assert_int_equal(parts.count, 2);
    assert_int_equal(parts.len[0], strlen(first));
    assert_int_equal(parts.len[1], strlen(second));
    assert_memory_equal(word.surface + parts.at[0], first, parts.len[0]);
    assert_memory_equal(word.surface + parts.at[1], second, parts.len[1]);
}

static void test_spaced_forms(void **state)
{
    (void)state;
    assert_spaced("می" ZWNJ "رود", "می", "رود");
    assert_spaced("ميرود", "می", "رود");
    assert_spaced("نمی" ZWNJ "رود", "نمی", "رود");
    assert_spaced("کتابهای", "کتاب", "های");
    assert_spaced("خرم" ZWNJ "شهر", "خرم", "شهر");
    assert_spaced("کتاب", NULL, NULL);
    assert_spaced("minister", NULL, NULL);
}

static void assert_passage(const char *text, const char *shown, size_t around, const char *wanted)
{
    size_t from = (size_t)(strstr(text, shown) - text);
    size_t start;
    size_t end;

    passage_cut(text, strlen(text), from, from + strlen(shown), around, &start, &end);
    assert_int_equal(end - start, strlen(wanted));
    assert_memory_equal(text + start, wanted, end - start);
}

static void test_passages(void **state)
{
    (void)state;
    assert_passage("one two three four five", "three", 100, "one two three four five");
    assert_passage("one two three four five", "three", 5, "two three four");
    assert_passage("one\ntwo three\ffour five", "three", 6, "two three\ffour");
    /* no word that is in reach whole: between characters */
    assert_passage("one two three four five", "three", 4, "two three fou");
    assert_passage("東京東京x東京東京", "x", 4, "京x東");
    assert_passage("abcdefxghijkl", "x", 3, "defxghi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_several_words_of_a_character_share_its_place),
        cmocka_unit_test(test_long_word_is_cut_at_a_character),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_english_families),
        cmocka_unit_test(test_english_words_that_only_look_inflected),
        cmocka_unit_test(test_arabic_families),
        cmocka_unit_test(test_persian_families),
        cmocka_unit_test(test_arabic_script_limits),
        cmocka_unit_test(test_index_keys_are_few),
        cmocka_unit_test(test_zwnj_typed_as_space),
        cmocka_unit_test(test_spaced_forms),
        cmocka_unit_test(test_passages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
