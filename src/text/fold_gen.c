/*
 * Writes fold_table.c: the fold of every Unicode character, from ICU's NFKC case folding and the
 * rules of fold_letters.h. Runs at build time only.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/attr.h"
#include "text/fold_letters.h"
#include "text/fold_table.h"

enum { RUNES_MAX = 64, BLOCKS_MAX = 2048, EXPANSIONS_MAX = 16384 };

struct runes {
    uint32_t at[RUNES_MAX];
    size_t count;
};

static uint32_t blocks[BLOCKS_MAX][FOLD_BLOCK];
static size_t block_count;
static uint32_t expansions[EXPANSIONS_MAX];
static size_t expansion_count;

static void fail(const char *what)
{
    (void)fprintf(stderr, "fold_gen: %s\n", what);
    exit(1);
}

static void push(struct runes *runes, uint32_t rune)
{
    if (runes->count == RUNES_MAX)
        fail("a character folds to too many");
    runes->at[runes->count++] = rune;
}

static struct runes normalize(const UNormalizer2 *form, uint32_t rune)
{
    UChar from[2];
    UChar to[RUNES_MAX];
    int32_t from_len = 0;
    UErrorCode status = U_ZERO_ERROR;
    struct runes out = {.count = 0};

    U16_APPEND_UNSAFE(from, from_len, rune);
    int32_t to_len = unorm2_normalize(form, from, from_len, to, RUNES_MAX, &status);
    if (U_FAILURE(status))
        fail(u_errorName(status));
    for (int32_t i = 0; i < to_len;) {
        UChar32 next;
        U16_NEXT(to, i, to_len, next);
        push(&out, (uint32_t)next);
    }
    return out;
}

static const UNormalizer2 *form_of(const char *name, UNormalization2Mode mode)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getInstance(NULL, name, mode, &status);
    if (U_FAILURE(status))
        fail(u_errorName(status));
    return form;
}

static UScriptCode script_of(uint32_t rune)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript((UChar32)rune, &status);
}

/* Scripts whose marks are diacritics of a letter that is the same word without them. */
static bool has_optional_marks(UScriptCode script)
{
    switch ((int)script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
    case USCRIPT_COPTIC:
        return true;
    default:
        return false;
    }
}

static bool is_spaceless(UScriptCode script)
{
    switch ((int)script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_KATAKANA_OR_HIRAGANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return true;
    default:
        return false;
    }
}

static bool is_mark(uint32_t rune)
{
    return (U_GET_GC_MASK((UChar32)rune) & U_GC_M_MASK) != 0;
}

static bool is_optional_mark(uint32_t rune)
{
    return is_mark(rune) && u_charType((UChar32)rune) != U_COMBINING_SPACING_MARK &&
           has_optional_marks(script_of(rune));
}

static bool is_sign(uint32_t rune)
{
    for (size_t i = 0; i < ARRAY_LEN(fold_signs); i++) {
        if (rune >= fold_signs[i].first && rune <= fold_signs[i].last)
            return true;
    }
    return false;
}

static bool is_kept(uint32_t rune)
{
    for (size_t i = 0; i < ARRAY_LEN(fold_kept_letters); i++) {
        if (rune == fold_kept_letters[i])
            return true;
    }
    return false;
}

static enum fold_class classify(uint32_t rune)
{
    UScriptCode script = script_of(rune);
    int hangul = u_getIntPropertyValue((UChar32)rune, UCHAR_HANGUL_SYLLABLE_TYPE);

    if (is_optional_mark(rune) || is_sign(rune))
        return FOLD_MARK;
    if (is_mark(rune) || hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO)
        return FOLD_COMBINE;
    if (rune == '_')
        return FOLD_LETTER;
    if ((U_GET_GC_MASK((UChar32)rune) & (U_GC_L_MASK | U_GC_N_MASK)) == 0)
        return FOLD_BREAK;
    if (is_spaceless(script) && u_charType((UChar32)rune) != U_DECIMAL_DIGIT_NUMBER)
        return FOLD_ALONE;
    return FOLD_LETTER;
}

static void push_letter(struct runes *out, uint32_t rune)
{
    if (u_charType((UChar32)rune) == U_DECIMAL_DIGIT_NUMBER) {
        push(out, (uint32_t)('0' + u_charDigitValue((UChar32)rune)));
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(fold_letters); i++) {
        if (fold_letters[i].from != rune)
            continue;
        const char *to = fold_letters[i].to;
        for (int32_t at = 0; to[at];) {
            UChar32 next;
            U8_NEXT_UNSAFE(to, at, next);
            push(out, (uint32_t)next);
        }
        return;
    }
    push(out, rune);
}

/* A character's fold; a lone mark or sign stands for itself. */
static struct runes fold(uint32_t rune)
{
    struct runes folded = normalize(form_of("nfkc_cf", UNORM2_COMPOSE), rune);
    struct runes out = {.count = 0};

    for (size_t i = 0; i < folded.count; i++) {
        uint32_t next = folded.at[i];
        if (!has_optional_marks(script_of(next)) || is_kept(next)) {
            push_letter(&out, next);
            continue;
        }
        struct runes apart = normalize(form_of("nfc", UNORM2_DECOMPOSE), next);
        for (size_t k = 0; k < apart.count; k++) {
            if (!is_optional_mark(apart.at[k]) && !is_sign(apart.at[k]))
                push_letter(&out, apart.at[k]);
        }
    }
    if (out.count == 0 && folded.count == 1)
        push(&out, folded.at[0]);
    return out;
}

static uint32_t expand(const struct runes *folded)
{
    uint32_t at = (uint32_t)expansion_count;

    if (expansion_count + folded->count + 1 > EXPANSIONS_MAX)
        fail("too many expansions");
    expansions[expansion_count++] = (uint32_t)folded->count;
    for (size_t i = 0; i < folded->count; i++)
        expansions[expansion_count++] =
            (uint32_t)classify(folded->at[i]) << FOLD_CLASS_SHIFT | folded->at[i];
    return (uint32_t)FOLD_EXPAND << FOLD_CLASS_SHIFT | at;
}

static uint32_t entry_of(uint32_t rune)
{
    if (rune == 0x200C)
        return (uint32_t)FOLD_JOINER << FOLD_CLASS_SHIFT;
    if (rune == 0x200B || U_IS_SURROGATE(rune))
        return FOLD_BREAK;
    struct runes folded = fold(rune);
    if (folded.count == 0 && u_hasBinaryProperty((UChar32)rune, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return (uint32_t)FOLD_DROP << FOLD_CLASS_SHIFT;
    if (folded.count == 0)
        return (uint32_t)FOLD_MARK << FOLD_CLASS_SHIFT;
    if (folded.count > 1)
        return expand(&folded);
    enum fold_class class = classify(folded.at[0]);
    if (class == FOLD_BREAK)
        return FOLD_BREAK;
    return (uint32_t) class << FOLD_CLASS_SHIFT | ((folded.at[0] - rune) & FOLD_VALUE_MASK);
}

static uint16_t block_place(const uint32_t block[FOLD_BLOCK])
{
    for (size_t i = 0; i < block_count; i++) {
        if (memcmp(blocks[i], block, sizeof blocks[i]) == 0)
            return (uint16_t)i;
    }
    if (block_count == BLOCKS_MAX)
        fail("too many blocks");
    memcpy(blocks[block_count], block, sizeof blocks[block_count]);
    return (uint16_t)block_count++;
}

static void print_numbers(FILE *out, const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)fprintf(out, "0x%X,%s", (unsigned)numbers[i], i % 12 == 11 ? "\n" : "");
}

static uint32_t ascii_of(uint32_t byte)
{
    uint32_t entry = byte < 0x80 ? entry_of(byte) : 0;
    return fold_class_of(entry) == FOLD_LETTER ? fold_value(byte, entry) : 0;
}

int main(int argc, char **argv)
{
    static uint32_t index[FOLD_INDEX];
    uint32_t ascii[256];
    FILE *out = argc == 2 ? fopen(argv[1], "we") : NULL;

    if (!out)
        fail("usage: fold_gen FILE");
    for (uint32_t at = 0; at < FOLD_INDEX; at++) {
        uint32_t block[FOLD_BLOCK];
        for (uint32_t i = 0; i < FOLD_BLOCK; i++)
            block[i] = entry_of(at << FOLD_BLOCK_BITS | i);
        index[at] = block_place(block);
    }
    for (uint32_t byte = 0; byte < ARRAY_LEN(ascii); byte++)
        ascii[byte] = ascii_of(byte);
    (void)fprintf(out, "/* Written by fold_gen. */\n#include \"text/fold_table.h\"\n\n"
                       "const unsigned char fold_ascii[256] = {\n");
    print_numbers(out, ascii, ARRAY_LEN(ascii));
    (void)fprintf(out, "};\n\nconst uint16_t fold_index[FOLD_INDEX] = {\n");
    print_numbers(out, index, FOLD_INDEX);
    (void)fprintf(out, "};\n\nconst uint32_t fold_blocks[][FOLD_BLOCK] = {\n");
    for (size_t i = 0; i < block_count; i++) {
        (void)fprintf(out, "{\n");
        print_numbers(out, blocks[i], FOLD_BLOCK);
        (void)fprintf(out, "},\n");
    }
    (void)fprintf(out, "};\n\nconst uint32_t fold_expansions[] = {\n");
    print_numbers(out, expansions, expansion_count);
    (void)fprintf(out, "};\n");
    if (fclose(out) != 0)
        fail("cannot write");
    return 0;
}
