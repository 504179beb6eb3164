#include "names/spelling.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "names/spelling_stop.h"
#include "names/name.h"
#include "text/fold.h"

enum {
    NOISE_RUN = 4,      /* the same letter so often in a row */
    CONSONANTS_MAX = 5, /* of a Latin word without a vowel */
    LETTERS_MIN = 2,    /* of a name */
};

bool kind_is_name(enum mention_kind kind)
{
    return kind == MENTION_PERSON || kind == MENTION_ORGANISATION || kind == MENTION_PLACE;
}

bool kind_is_words(enum mention_kind kind)
{
    return kind_is_name(kind) || kind == MENTION_POST;
}

static int compare_stop(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static bool is_stop(const char *word)
{
    return bsearch(word, stop_words, ARRAY_LEN(stop_words), sizeof(*stop_words), compare_stop);
}

/* What the words of a mention are, counted. */
struct census {
    unsigned words, stops, single, numbers, letters, noise, small;
};

static size_t rune_count(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static bool all_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return len > 0;
}

/* Letters that no language puts together so: long runs of one, or many without a vowel. `capitals`:
 * an abbreviation may well have none. */
static bool is_noise(const char *word, size_t len, bool capitals)
{
    size_t run = 1;
    bool vowel = false;
    bool latin = true;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i];
        run = i && word[i] == word[i - 1] && c < 0x80 ? run + 1 : 1;
        if (run >= NOISE_RUN)
            return true;
        latin &= c < 0x80;
        vowel |= strchr("aeiouy0123456789", c) != NULL;
    }
    return latin && !vowel && len >= CONSONANTS_MAX && !capitals;
}

/* A word of Latin letters without a capital. */
static bool is_small(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < 'a' || text[i] > 'z')
            return false;
    return true;
}

static bool is_capitals(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            return false;
    return true;
}

bool spelling_is_genitive(const char *text, const struct word *word)
{
    bool apostrophe = word->at >= 1 && text[word->at - 1] == '\'';
    bool quote = word->at >= 3 && !memcmp(text + word->at - 3, "\xE2\x80\x99", 3);

    return word->surface_len == 1 && word->surface[0] == 's' && (apostrophe || quote);
}

static void take_census(struct census *census, const char *text, const struct word *word,
                        const char *folded)
{
    size_t runes = rune_count(folded, word->surface_len);
    bool number = all_digits(folded, word->surface_len);

    census->words++;
    census->stops += is_stop(folded);
    census->single += runes == 1;
    census->numbers += number;
    census->letters += number ? 0 : (unsigned)runes;
    census->small += is_small(text + word->at, word->len);
    census->noise += is_noise(folded, word->surface_len, is_capitals(text + word->at, word->len));
}

static bool is_garbage(enum mention_kind kind, const struct census *census)
{
    if (!census->words || census->words > SPELLING_WORDS_MAX || census->letters < LETTERS_MIN)
        return true;
    if (census->noise || census->stops + census->numbers == census->words)
        return true;
    if (census->words == census->single ||
        (census->words > 2 && census->single * 2 > census->words))
        return true;
    /* "squads": a word alone that begins small */
    if (kind_is_name(kind) && census->words == 1 && census->small)
        return true;
    return kind == MENTION_PERSON && census->numbers > 0;
}

static size_t spell_words(enum mention_kind kind, const char *text, size_t len,
                          char out[SPELLING_BYTES_MAX])
{
    struct words words;
    struct word word;
    struct census census = {0};
    size_t at = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        if (spelling_is_genitive(text, &word))
            continue;
        if (at + word.surface_len + 2 > SPELLING_BYTES_MAX)
            return 0;
        if (at)
            out[at++] = ' ';
        memcpy(out + at, word.surface, word.surface_len);
        out[at + word.surface_len] = 0;
        take_census(&census, text, &word, out + at);
        at += word.surface_len;
    }
    return is_garbage(kind, &census) ? 0 : at;
}

/* Numbers: the words without what stands between them. */
static size_t spell_number(const char *text, size_t len, char out[SPELLING_BYTES_MAX])
{
    struct words words;
    struct word word;
    size_t at = 0;

    if (len && text[0] == '+')
        out[at++] = '+';
    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        if (at + word.surface_len + 1 > SPELLING_BYTES_MAX)
            return 0;
        memcpy(out + at, word.surface, word.surface_len);
        at += word.surface_len;
    }
    out[at] = 0;
    return at;
}

static size_t spell_address(const char *text, size_t len, char out[SPELLING_BYTES_MAX])
{
    if (len >= SPELLING_BYTES_MAX)
        return 0;
    for (size_t i = 0; i < len; i++)
        out[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 0x20) : text[i];
    out[len] = 0;
    return len;
}

size_t spelling_of(enum mention_kind kind, const char *text, size_t len,
                   char out[SPELLING_BYTES_MAX])
{
    switch (kind) {
    case MENTION_PERSON:
    case MENTION_ORGANISATION:
    case MENTION_PLACE:
    case MENTION_POST:
        return spell_words(kind, text, len, out);
    case MENTION_EMAIL:
    case MENTION_URL:
    case MENTION_COORDINATES:
    case MENTION_REFERENCE:
        return spell_address(text, len, out);
    default:
        return spell_number(text, len, out);
    }
}

/* The next word of a spelling, without an article; NULL at the end. */
static const char *next_word(const char *at, size_t *ret_len)
{
    static const char arabic_article[] = "\xD8\xA7\xD9\x84"; /* ال */
    enum { ARTICLE_LEN = 4, ARTICLED_MIN = 8 };

    for (;;) {
        while (*at == ' ')
            at++;
        if (!*at)
            return NULL;
        size_t len = strcspn(at, " ");
        bool latin = len == 2 && (!strncmp(at, "al", 2) || !strncmp(at, "el", 2));
        if (!latin || !at[len]) {
            bool arabic = len >= ARTICLED_MIN && !strncmp(at, arabic_article, ARTICLE_LEN);
            *ret_len = arabic ? len - ARTICLE_LEN : len;
            return arabic ? at + ARTICLE_LEN : at;
        }
        at += len;
    }
}

unsigned spelling_words(const char *spelling)
{
    unsigned count = 0;
    size_t len;

    for (const char *at = next_word(spelling, &len); at; at = next_word(at + len, &len))
        count++;
    return count;
}

bool spelling_surname(const char *spelling, size_t *ret_at, size_t *ret_len)
{
    const struct token *only = NULL;
    struct name name;

    *ret_at = 0;
    *ret_len = strlen(spelling);
    if (spelling_words(spelling) < 2)
        return true;
    name_parse(&name, spelling, *ret_len);
    for (size_t i = 0; i < name.count; i++) {
        const struct token *token = &name.tokens[i];
        if (token->kind == TOKEN_TITLE)
            continue;
        if (only || token->kind != TOKEN_NAME)
            return false;
        only = token;
    }
    if (!only)
        return false;
    *ret_at = only->at;
    *ret_len = only->len;
    return true;
}

/* Whether the words of `surname` are those from a word on, which has no article any more: of
 * الالباني not a second one. */
static bool words_follow(const char *at, size_t len, const char *surname, const char *surname_end)
{
    size_t wanted;
    const char *word = next_word(surname, &wanted);

    for (; word && word < surname_end; word = next_word(word + wanted, &wanted)) {
        if (!at || len != wanted || memcmp(at, word, len) != 0)
            return false;
        at = next_word(at + len, &len);
    }
    return true;
}

bool spelling_has(const char *full, const char *surname, size_t surname_len)
{
    size_t len;

    for (const char *at = next_word(full, &len); at && surname_len; at = next_word(at + len, &len))
        if (words_follow(at, len, surname, surname + surname_len))
            return true;
    return false;
}
