#include "worker/ocr/ocr_comma.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* A word's characters and where each begins; without the direction marks at its end. */
struct runes {
    uint32_t rune[OCR_COMMA_WORD_MAX];
    size_t at[OCR_COMMA_WORD_MAX + 1];
    size_t count;
};

static const char COMMA[] = "،";

static bool is_one_of(uint32_t rune, const uint32_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rune == set[i])
            return true;
    return false;
}

/* Vowel signs, tatweel, the direction marks. */
static bool is_sign(uint32_t rune)
{
    return (rune >= 0x64B && rune <= 0x65F) || rune == 0x670 || rune == 0x640 || rune == 0x200E ||
           rune == 0x200F;
}

static bool is_letter(uint32_t rune)
{
    return (rune >= 0x620 && rune <= 0x64A) || (rune >= 0x671 && rune <= 0x6D3);
}

/* Signs that the models write in its place. */
static bool is_taken_for_it(uint32_t rune)
{
    static const uint32_t signs[] = {'.', ',', ':', 0xBB /* » */, 0x61B /* ؛ */};

    return is_one_of(rune, signs, ARRAY_LEN(signs));
}

static bool is_round(uint32_t rune)
{
    static const uint32_t round[] = {0x621 /* ء */, 0x629 /* ة */, 0x647 /* ه */};

    return is_one_of(rune, round, ARRAY_LEN(round));
}

/* Whether the letter is joined to the one after it. */
static bool joins(uint32_t rune)
{
    static const uint32_t apart[] = {0x621, 0x622, 0x623, 0x624, 0x625, 0x627, 0x629,
                                     0x62F, 0x630, 0x631, 0x632, 0x648, 0x671, 0x698};

    return is_letter(rune) && !is_one_of(rune, apart, ARRAY_LEN(apart));
}

static bool decode(const char *word, struct runes *ret_runes)
{
    size_t len = strlen(word), count = 0;

    if (len == 0 || len > OCR_COMMA_WORD_MAX)
        return false;
    for (size_t at = 0; at < len; count++) {
        ret_runes->at[count] = at;
        at += utf8_decode(word + at, len - at, &ret_runes->rune[count]);
    }
    ret_runes->at[count] = len;
    while (count > 0 && (ret_runes->rune[count - 1] | 1) == 0x200F)
        count--;
    ret_runes->count = count;
    return count > 0;
}

/* The index after the last character before `end` that is no sign; 0 when there is none. */
static size_t skip_signs(const struct runes *word, size_t end)
{
    while (end > 0 && is_sign(word->rune[end - 1]))
        end--;
    return end;
}

/* Whether it is one or two characters of which none has to be a letter: what the models write for
 * a comma that stands alone. */
static bool is_short(const struct runes *word)
{
    enum { SHORT = 2 };

    for (size_t i = 0; i < word->count; i++)
        if (is_letter(word->rune[i]) && !is_round(word->rune[i]))
            return false;
    return skip_signs(word, word->count) <= SHORT;
}

/* Of a word that ends in a sign taken for the comma: how many characters stay. */
static size_t without_signs(const struct runes *word, enum ocr_neighbour beside)
{
    size_t keep = word->count - 1;

    if (beside == BESIDE_CHEVRON)
        return word->count; /* the guillemet is there, and the comma after it */
    while (beside != BESIDE_DOT && keep > 0 && is_taken_for_it(word->rune[keep - 1]))
        keep--;
    return keep;
}

/* Of a word that ends in a letter: how many characters stay. A dal that is not joined to the letter
 * before it may itself be what was seen: 0. */
static size_t with_letter(const struct runes *word, size_t end, enum ocr_neighbour beside)
{
    static const uint32_t dals[] = {0x62F, 0x630};
    uint32_t last = word->rune[end - 1];
    size_t before = skip_signs(word, end - 1);
    bool apart = before == 0 || !joins(word->rune[before - 1]) || last == 0x621;

    if (apart && is_one_of(last, dals, ARRAY_LEN(dals)))
        return 0;
    return apart && is_round(last) && beside != BESIDE_ROUND ? end - 1 : word->count;
}

bool ocr_comma_put(const char *word, struct ocr_comma seen, char out[OCR_COMMA_WORD_MAX + 3])
{
    struct runes runes;

    if (seen.shape == NO_COMMA || !decode(word, &runes))
        return false;
    uint32_t last = runes.rune[runes.count - 1];
    size_t end = skip_signs(&runes, runes.count), keep = 0;
    if (seen.beside == BESIDE_NOTHING && is_short(&runes) &&
        (seen.shape == COMMA_SURE || is_taken_for_it(last)))
        keep = 0;
    else if (is_taken_for_it(last))
        keep = without_signs(&runes, seen.beside);
    else if (seen.shape == COMMA_SURE && end > 0 && is_letter(runes.rune[end - 1]))
        keep = with_letter(&runes, end, seen.beside);
    else
        return false;
    if (keep == 0 && !is_short(&runes))
        return false;
    memcpy(out, word, runes.at[keep]);
    memcpy(out + runes.at[keep], COMMA, sizeof(COMMA));
    return true;
}
