/* The fold held against its documentation, docs/FOLD.md, row by row. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/fold_letters.h"

/* Surfaces of all words, joined by spaces. */
static const char *folded(const char *text)
{
    static char out[1024];
    struct words words;
    struct word word;
    size_t len = 0;

    words_init(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        if (len > 0)
            out[len++] = ' ';
        memcpy(out + len, word.surface, word.surface_len);
        len += word.surface_len;
    }
    out[len] = '\0';
    return out;
}

static void assert_fold(const char *text, const char *expected)
{
    if (strcmp(folded(text), expected) != 0)
        fail_msg("'%s' folds to '%s', not '%s'", text, folded(text), expected);
}

struct doc_row {
    char cells[4][256];
    size_t count;
};

static void read_row(const char *line, struct doc_row *row)
{
    row->count = 0;
    for (const char *at = line + 1; *at && *at != '\n' && row->count < 4;) {
        size_t len = strcspn(at, "|\n");
        const char *from = at + strspn(at, " ");
        size_t kept = len - (size_t)(from - at);
        while (kept > 0 && from[kept - 1] == ' ')
            kept--;
        assert_true(kept < sizeof row->cells[0]);
        memcpy(row->cells[row->count], from, kept);
        row->cells[row->count++][kept] = '\0';
        at += len + (at[len] == '|');
    }
}

typedef void row_fn(const struct doc_row *row, void *ctx);

/* Calls `fn` for the rows of the table below the heading. */
static void each_row(const char *heading, row_fn *fn, void *ctx)
{
    CLEANUP(cleanup_buf) struct buf doc = {0};
    struct err err = {0};
    struct doc_row row;
    int seen = 0;

    buf_init(&doc, 1 << 20);
    assert_int_equal(io_read_file(AT_FDCWD, FOLD_DOC, &doc, &err), 0);
    const char *line = strstr(doc.data, heading);
    assert_non_null(line);
    while ((line = strchr(line, '\n')) != NULL) {
        line++;
        if (strncmp(line, "##", 2) == 0)
            break;
        if (*line != '|' || ++seen <= 2)
            continue;
        read_row(line, &row);
        fn(&row, ctx);
    }
    assert_true(seen > 2);
}

static void check_letter(const struct doc_row *row, void *ctx)
{
    char written[5] = {0};
    uint32_t rune = (uint32_t)strtoul(row->cells[1] + 2, NULL, 16);
    int *rules = ctx;

    utf8_encode(rune, written);
    assert_string_equal(row->cells[0], written);
    assert_fold(written, row->cells[2]);
    for (size_t i = 0; i < ARRAY_LEN(fold_letters); i++)
        *rules += fold_letters[i].from == rune;
    for (size_t i = 0; i < ARRAY_LEN(fold_kept_letters); i++)
        *rules += fold_kept_letters[i] == rune;
}

static void test_documented_letters(void **state)
{
    int rules = 0;

    (void)state;
    each_row("### Letters", check_letter, &rules);
    assert_int_equal(rules, ARRAY_LEN(fold_letters) + ARRAY_LEN(fold_kept_letters));
}

static void check_range(uint32_t first, uint32_t last)
{
    for (uint32_t rune = first; rune <= last; rune++) {
        char text[16] = "b";
        size_t len = utf8_encode(rune, text + 1);
        text[len + 1] = 'b';
        assert_fold(text, "bb");
        text[len + 1] = '\0';
        assert_fold(text + 1, "");
    }
}

static void check_vanishing(const struct doc_row *row, void *ctx)
{
    int *ranges = ctx;

    for (const char *at = row->cells[1]; (at = strstr(at, "U+")) != NULL;) {
        char *end;
        uint32_t first = (uint32_t)strtoul(at + 2, &end, 16);
        uint32_t last = first;
        if (*end == '-')
            last = (uint32_t)strtoul(end + 3, &end, 16);
        check_range(first, last);
        at = end;
        ++*ranges;
    }
}

static void test_documented_vanishing(void **state)
{
    int ranges = 0;

    (void)state;
    each_row("### What vanishes", check_vanishing, &ranges);
    assert_true(ranges >= 16);
}

static void test_decomposed_text(void **state)
{
    (void)state;
    assert_fold("re\xCC\x81sume\xCC\x81", "resume");
    assert_fold("и\xCC\x86", "й");
    assert_fold("е\xCC\x88", "е");
    assert_fold("і\xCC\x88", "ї");
    assert_fold("か\xE3\x82\x99", "が");
    assert_fold("ｶ\xEF\xBE\x9E", "ガ");
    assert_fold("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", "각");
    assert_fold("ا\xD9\x93", "ا");
    assert_fold("خانه\xD9\x94", "خانه");
    assert_fold("हिन्दी", "हिन्दी");
}

static void test_several_words_in_a_character(void **state)
{
    (void)state;
    assert_fold("ﷺ", "صلی الله علیه وسلم");
    assert_fold("aﷺb", "aصلی الله علیه وسلمb");
    assert_fold("½", "1 2");
    assert_fold("x¨y", "x y");
    assert_fold("№7", "no7");
}

static void test_same_word_in_other_spellings(void **state)
{
    (void)state;
    assert_fold("كتابهاي", "کتابهای");
    assert_fold("کتاب\xE2\x80\x8C"
                "های",
                "کتابهای");
    assert_fold("مُحَمَّدٌ", "محمد");
    assert_fold("مـــحمد", "محمد");
    assert_fold("۱۴۰۳/٠٧", "1403 07");
    assert_fold("STRASSE Straße", "strasse strasse");
    assert_fold("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul");
    assert_fold("oﬃce", "office");
    assert_fold("سماء", "سماء");
    assert_fold("co\xC2\xADoperation", "cooperation");
    assert_fold("a\xE2\x80\x8B"
                "b",
                "a b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documented_letters),
        cmocka_unit_test(test_documented_vanishing),
        cmocka_unit_test(test_decomposed_text),
        cmocka_unit_test(test_several_words_in_a_character),
        cmocka_unit_test(test_same_word_in_other_spellings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
