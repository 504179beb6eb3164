/*
 * A light English stem: plurals, and -ing and -ed with the spelling rules of M. F. Porter, "An
 * algorithm for suffix stripping", Program 14 (1980), step 1. Nothing else: -er, -ly, -ion change
 * what a word means. Applied to every word of Latin letters, whatever its language; a stem only
 * adds finds to a bare word.
 */
#include "text/stem.h"

#include <string.h>

#include "base/attr.h"

enum {
    STEM_MIN = 3,  /* letters that stay when a suffix goes */
    STEM_MAX = 40, /* no word of English is longer */
};

/* Words that end like an inflected form and are none. Sorted by nothing: few and short. */
static const char *const exceptions[] = {
    "abbas",    "abs",        "across",  "afterwards", "alas",     "always",  "anything",
    "arkansas", "atlas",      "bahamas", "barbados",   "beijing",  "bias",    "bring",
    "caracas",  "ceiling",    "chaos",   "christmas",  "dallas",   "during",  "embed",
    "evening",  "everything", "gas",     "hamas",      "honduras", "hundred", "kansas",
    "laos",     "mohammed",   "morning", "news",       "nothing",  "perhaps", "sacred",
    "series",   "something",  "species", "spring",     "string",   "texas",   "thing",
    "united",   "vegas",      "wedding", "whereas",    "wicked",   "king",
};

/* Endings in -is that are plurals of -i. */
static const char *const plural_is[] = {"qis", "elis", "audis", "tanis", "banis", "menis", "hanis"};

static bool ends(const char *word, size_t len, const char *tail)
{
    size_t tail_len = strlen(tail);
    return len > tail_len && memcmp(word + len - tail_len, tail, tail_len) == 0;
}

static bool is_exception(const char *word, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(exceptions); i++) {
        if (exceptions[i][0] == word[0] && strlen(exceptions[i]) == len &&
            memcmp(exceptions[i], word, len) == 0)
            return true;
    }
    return false;
}

static bool is_vowel(const char *word, size_t at)
{
    switch (word[at]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
        return true;
    case 'y':
        return at > 0 && !is_vowel(word, at - 1);
    default:
        return false;
    }
}

static bool is_consonant(const char *word, size_t at)
{
    return word[at] >= 'a' && word[at] <= 'z' && !is_vowel(word, at);
}

static size_t vowels(const char *word, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += is_vowel(word, i);
    return count;
}

/* A stem while it is cut: `bytes` may change at its end ("policies": "policy"). */
struct stem {
    char bytes[STEM_MAX + 1];
    size_t len;
    bool open_e; /* an -ing or -ed went: the base form may have had a final e */
};

static bool plural_of_is(const struct stem *stem)
{
    for (size_t i = 0; i < ARRAY_LEN(plural_is); i++) {
        if (ends(stem->bytes, stem->len, plural_is[i]))
            return true;
    }
    return false;
}

static void cut_plural(struct stem *stem)
{
    char *word = stem->bytes;
    size_t len = stem->len;

    if (len < STEM_MIN + 1 || word[len - 1] != 's' || word[len - 2] == 's' || word[len - 2] == 'u')
        return;
    if (word[len - 2] == 'i' && !plural_of_is(stem))
        return;
    if (len >= 5 && ends(word, len, "ies")) {
        word[len - 3] = 'y';
        stem->len = len - 2;
    } else if (ends(word, len, "sses") || ends(word, len, "ches") || ends(word, len, "shes") ||
               ends(word, len, "xes") || ends(word, len, "zzes") ||
               (len >= 6 && ends(word, len, "oes"))) {
        stem->len = len - 2;
    } else {
        stem->len = len - 1;
    }
}

/* What is left when -ing or -ed has gone: a doubled consonant becomes one (planning: plan), a
 * syllable that would have doubled it had an e (making: make); for the rest the e stays open. */
static void mend(struct stem *stem)
{
    char *word = stem->bytes;
    size_t len = stem->len;
    char last = word[len - 1];

    if (len >= 4 && last == word[len - 2] && is_consonant(word, len - 1)) {
        if (last != 'l' && last != 's' && last != 'z' && last != 'f')
            stem->len--;
        return;
    }
    if (vowels(word, len) == 1 && is_consonant(word, len - 1) && is_vowel(word, len - 2) &&
        is_consonant(word, len - 3) && last != 'w' && last != 'x' && last != 'y') {
        word[stem->len++] = 'e';
        return;
    }
    stem->open_e = is_consonant(word, len - 1) || last == 'u';
}

static void cut_verb(struct stem *stem)
{
    char *word = stem->bytes;
    size_t len = stem->len;
    size_t cut = 0;

    if (ends(word, len, "ing"))
        cut = 3;
    else if (ends(word, len, "ed") && word[len - 3] != 'e')
        cut = 2;
    if (cut == 0 || len < STEM_MIN + cut || vowels(word, len - cut) == 0)
        return;
    if (cut == 2 && word[len - 3] == 'i' && len >= 5) {
        word[len - 3] = 'y';
        stem->len = len - 2;
        return;
    }
    stem->len = len - cut;
    mend(stem);
}

static bool stem_of(const struct key_list *list, struct stem *stem)
{
    size_t len = list->surface_len;

    if (len < STEM_MIN || len > STEM_MAX)
        return false;
    memcpy(stem->bytes, list->surface, len);
    stem->len = len;
    stem->open_e = false;
    if (!is_exception(stem->bytes, stem->len))
        cut_plural(stem);
    if (!is_exception(stem->bytes, stem->len))
        cut_verb(stem);
    return true;
}

void stem_en_index(struct key_list *list)
{
    char last = list->surface[list->surface_len - 1];
    struct stem stem;

    if ((last == 's' || last == 'g' || last == 'd') && stem_of(list, &stem))
        key_add(list, stem.bytes, stem.len, NULL, 0);
}

void stem_en_query(struct key_list *list)
{
    struct stem stem;

    if (!stem_of(list, &stem))
        return;
    key_add(list, stem.bytes, stem.len, NULL, 0);
    if (stem.open_e)
        key_add(list, stem.bytes, stem.len, "e", 1);
    else if (stem.len >= STEM_MIN + 2 && stem.bytes[stem.len - 1] == 'e')
        key_add(list, stem.bytes, stem.len - 1, NULL, 0);
}
