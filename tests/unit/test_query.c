/* The parser of the query language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "search/query.h"
#include "search/search.h"

static const struct {
    const char *query, *tree;
} cases[] = {
    {"oil", "word:oil"},
    {"oil company", "(and word:oil word:company)"},
    {"oil AND company", "(and word:oil word:company)"},
    {"oil & company", "(and word:oil word:company)"},
    {"AT&T", "word:AT&T"},
    {"oil OR gas", "(or word:oil word:gas)"},
    {"oil | gas", "(or word:oil word:gas)"},
    {"oil|gas", "(or word:oil word:gas)"},
    {"a b OR c d", "(or (and word:a word:b) (and word:c word:d))"},
    {"a (b OR c)", "(and word:a (or word:b word:c))"},
    {"(a OR b) c", "(and (or word:a word:b) word:c)"},
    {"((a))", "word:a"},
    {"a NOT b", "(and word:a (not word:b))"},
    {"a -b", "(and word:a (not word:b))"},
    {"a AND NOT (b c)", "(and word:a (not (and word:b word:c)))"},
    {"NOT a", "(not word:a)"},
    {"-x", "(not word:x)"},
    {"a - b", "(and word:a word:b)"},
    {"covid-19", "word:covid-19"},
    {"and or not", "(and word:and word:or word:not)"},
    {"\"Prime Minister\"", "phrase:Prime Minister"},
    {"\"Prime Min\"*", "phrase:Prime Min*"},
    {"\"Prime Min*\"", "phrase:Prime Min**"},
    {"“Prime Minister”", "phrase:Prime Minister"},
    {"«نخست وزیر»", "phrase:نخست وزیر"},
    {"oil\"exact words\"", "(and word:oil phrase:exact words)"},
    {"petrol*", "prefix:petrol"},
    {"petrol~", "typo:petrol"},
    {"ocr~petrol", "ocr:petrol"},
    {"ocr~", "ocr "},
    {"ocr~ oil company", "ocr (and word:oil word:company)"},
    {"oil ocr~", "ocr word:oil"},
    {"oil -ocr~", "no-ocr word:oil"},
    {"-ocr~ \"oil company\"", "no-ocr phrase:oil company"},
    {"ocr~1", "typo:ocr~1"},
    {"ocr~1990", "ocr:1990"},
    {"petrol~1", "typo:petrol~1"},
    {"petrol~9", "typo:petrol~2"},
    {"می‌رود", "word:می‌رود"},
    {"NEAR(oil company)", "(near/10 word:oil word:company)"},
    {"NEAR(oil company, 5)", "(near/5 word:oil word:company)"},
    {"NEAR(oil,\"prime minister\" pet*, 3)",
     "as-words (and word:NEAR word:oil word:prime word:minister word:pet word:3)"},
    {"NEAR(\"prime minister\" pet*, 3)", "(near/3 phrase:prime minister prefix:pet)"},
    {"NEAR(oil company, 99999999999)", "(near/1000 word:oil word:company)"},
    {"NEAR(oil)", "word:oil"},
    {"near(a b)", "(and word:near (and word:a word:b))"},
    {"type:pdf oil", "(and type=pdf word:oil)"},
    {"path:\"a b/c\" x", "(and path=a b/c word:x)"},
    {"date:2014..2016", "date=2014..2016"},
    {"sender:x OR recipient:y", "(or sender=x recipient=y)"},
    {"-type:pdf", "(not type=pdf)"},
    {"oil in:all", "all word:oil"},
    {"in:all", "all "},
    {"12:30", "word:12:30"},
    {"oil ?! gas", "(and word:oil word:gas)"},
    {"  oil\t\n", "word:oil"},
    /* What does not parse is searched as words. */
    {"", ""},
    {"   ", ""},
    {"\"", "as-words "},
    {"\"unbalanced", "as-words word:unbalanced"},
    {"a \"b c", "as-words (and word:a word:b word:c)"},
    {"(((", "as-words "},
    {"(a", "as-words word:a"},
    {"a)", "as-words word:a"},
    {"()", "as-words "},
    {"AND", "as-words word:AND"},
    {"a AND", "as-words (and word:a word:AND)"},
    {"OR a", "as-words (and word:OR word:a)"},
    {"NOT", "as-words word:NOT"},
    {"a OR OR b", "as-words (and word:a word:OR word:OR word:b)"},
    {"NEAR(", "as-words word:NEAR"},
    {"NEAR(a b, x)", "as-words (and word:NEAR word:a word:b word:x)"},
    {"NEAR(a (b))", "as-words (and word:NEAR word:a word:b)"},
    {"type:", "as-words word:type"},
    {"in:some", "as-words (and word:in word:some)"},
    {"a:b:c", "as-words word:a:b:c"},
    {"http://a/b?c=d&e=[1]", "as-words word:http://a/b?c=d&e=[1]"},
    {"*", ""},
    {"~", ""},
    {"\\", ""},
    {"-", ""},
    {"--", ""},
    {"😀", ""},
    {"\xE2\x80\xAE", ""},
    {"\xFF\xFE", ""},
};

static void trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct query query;
        query_parse(&query, cases[i].query);
        char *tree = query_print(&query);
        if (strcmp(tree, cases[i].tree) != 0)
            print_message("query: %s\n", cases[i].query);
        assert_string_equal(tree, cases[i].tree);
        /* Whoever asked in vain or got something else is told why. */
        if (!query.root || query.as_words)
            assert_true(query.note[0] != '\0');
        free(tree);
        query_release(&query);
    }
}

/* `open` and `word` repeated. */
static char *repeat(const char *part, int times)
{
    size_t len = strlen(part);
    char *text = calloc((size_t)times + 1, len);

    assert_non_null(text);
    for (int i = 0; i < times; i++)
        memcpy(text + (size_t)i * len, part, len);
    return text;
}

static size_t leaves(const struct query_node *node)
{
    size_t count = node->count == 0;

    for (size_t i = 0; i < node->count; i++)
        count += leaves(node->children[i]);
    return count;
}

static void limits(void **state)
{
    static const char *const parts[] = {"(",       "NOT ",      "a ",  "a OR ", "-",
                                        "NEAR(a ", "\"a\"",     "(a ", "a)",    "|",
                                        "a*~ ",    "type:pdf ", "\xD9"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        for (int times = 50; times <= 20000; times *= 20) {
            struct query query;
            char *text = repeat(parts[i], times);
            query_parse(&query, text);
            if (query.root)
                assert_in_range(leaves(query.root), 1, QUERY_LEAVES_MAX);
            query_release(&query);
            free(text);
        }
    }
    /* As deep as allowed, and one deeper. */
    for (int depth = QUERY_DEPTH_MAX - 1; depth <= QUERY_DEPTH_MAX; depth++) {
        struct query query;
        char text[2 * QUERY_DEPTH_MAX + 8];
        memset(text, '(', (size_t)depth);
        text[depth] = 'a';
        memset(text + depth + 1, ')', (size_t)depth);
        text[2 * depth + 1] = '\0';
        query_parse(&query, text);
        assert_int_equal(query.as_words, depth == QUERY_DEPTH_MAX);
        assert_non_null(query.root);
        query_release(&query);
    }
}

/* A linear congruential generator: the same strings every time. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void any_string(void **state)
{
    static const char *const pieces[] = {
        "(",   ")",        "\"",           "*",    "~",     "-",  "AND ",
        "OR ", "NOT ",     "NEAR(",        ",",    "5",     "a",  "oil ",
        " ",   "type:",    "in:",          ":",    "|",     "&",  "«",
        "”",   "\xD9\x85", "\xE2\x80\x8C", "\xFF", "date:", "..", "\\"};
    uint32_t seed = 1;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        size_t len = 0;
        if (i % 2 == 0) {
            len = next_random(&seed) % (sizeof(text) - 1);
            for (size_t j = 0; j < len; j++)
                text[j] = (char)(1 + next_random(&seed) % 255);
        } else {
            for (uint32_t n = next_random(&seed) % 12; n > 0; n--) {
                const char *piece = pieces[next_random(&seed) % ARRAY_LEN(pieces)];
                memcpy(text + len, piece, strlen(piece));
                len += strlen(piece);
            }
        }
        text[len] = '\0';
        struct query query;
        query_parse(&query, text);
        char *tree = query_print(&query);
        assert_non_null(tree);
        assert_true(query.root || query.note[0]);
        free(tree);
        query_release(&query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(limits),
        cmocka_unit_test(any_string),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
