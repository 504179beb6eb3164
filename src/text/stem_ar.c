/*
 * Loose keys of words in Arabic script. Affixes of several letters are taken off on both sides,
 * index and query; affixes of one letter are so common as first or last letters of other words
 * that only the query tries them: it asks for the word with each of them put on, and with one
 * taken off when enough of the word remains. Letters of a surface are two bytes each.
 */
#include "text/stem.h"

#include <string.h>

#include "base/attr.h"

enum {
    LETTER = 2,               /* bytes */
    REST_AL = 3 * LETTER,     /* what must remain when ال goes */
    REST_PLURAL = 3 * LETTER, /* when ها and its kin go */
    REST_ONE = 5 * LETTER,    /* when one letter in front goes, in a query */
    REST_WAW = 4 * LETTER,    /* when it is و, the commonest */
    REST_YEH = 3 * LETTER,    /* when ی or ء at the end goes */
    PUT_ON = 4 * LETTER,      /* shortest word that gets a letter in front, in a query */
};

struct affix {
    uint8_t len; /* bytes */
    const char *text;
};
#define AFFIX(s)                                                                                   \
    {                                                                                              \
        sizeof(s) - 1, s                                                                           \
    }

/* Longest first. */
static const struct affix articles[] = {
    AFFIX("وبال"), AFFIX("ولال"), AFFIX("وکال"), AFFIX("وفال"), AFFIX("فبال"),
    AFFIX("فکال"), AFFIX("وال"),  AFFIX("بال"),  AFFIX("کال"),  AFFIX("فال"),
    AFFIX("ولل"),  AFFIX("فلل"),  AFFIX("لل"),   AFFIX("ال"),
};

/* Persian plural with what may follow it. */
static const struct affix plurals[] = {
    AFFIX("هایمان"), AFFIX("هایتان"), AFFIX("هایشان"), AFFIX("هایی"), AFFIX("هایم"),
    AFFIX("هایت"),   AFFIX("هایش"),   AFFIX("های"),    AFFIX("ها"),
};

/* Parts of a word that are no word to look for: affixes that Persian writes with ZWNJ. */
static const struct affix particles[] = {
    AFFIX("می"),   AFFIX("نمی"),  AFFIX("همی"),    AFFIX("ها"),     AFFIX("های"),    AFFIX("هایی"),
    AFFIX("ای"),   AFFIX("ام"),   AFFIX("ات"),     AFFIX("اش"),     AFFIX("اند"),    AFFIX("اید"),
    AFFIX("ایم"),  AFFIX("تر"),   AFFIX("ترین"),   AFFIX("مان"),    AFFIX("تان"),    AFFIX("شان"),
    AFFIX("بی"),   AFFIX("هم"),   AFFIX("یی"),     AFFIX("ان"),     AFFIX("گی"),     AFFIX("هایش"),
    AFFIX("هایم"), AFFIX("هایت"), AFFIX("هایمان"), AFFIX("هایتان"), AFFIX("هایشان"),
};

static const struct affix verb_prefixes[] = {AFFIX("نمی"), AFFIX("می")};
/* و first: see REST_WAW. */
static const struct affix single_prefixes[] = {AFFIX("و"), AFFIX("ف"), AFFIX("ب"), AFFIX("ل"),
                                               AFFIX("ک")};

struct part {
    const char *text;
    size_t len;
};

static bool begins(struct part word, const struct affix *affix, size_t rest)
{
    return word.len >= affix->len + rest && memcmp(word.text, affix->text, affix->len) == 0;
}

static bool finishes(struct part word, const struct affix *affix, size_t rest)
{
    return word.len >= affix->len + rest &&
           memcmp(word.text + word.len - affix->len, affix->text, affix->len) == 0;
}

static bool finishes_in(struct part word, const char *letter, size_t rest)
{
    return word.len >= LETTER + rest && memcmp(word.text + word.len - LETTER, letter, LETTER) == 0;
}

static struct part without_article(struct part word)
{
    for (size_t i = 0; i < ARRAY_LEN(articles); i++) {
        if (begins(word, &articles[i], REST_AL))
            return (struct part){word.text + articles[i].len, word.len - articles[i].len};
    }
    return word;
}

static struct part without_plural(struct part word)
{
    for (size_t i = 0; i < ARRAY_LEN(plurals); i++) {
        if (finishes(word, &plurals[i], REST_PLURAL))
            return (struct part){word.text, word.len - plurals[i].len};
    }
    return word;
}

static bool is_particle(struct part part)
{
    for (size_t i = 0; i < ARRAY_LEN(particles); i++) {
        if (particles[i].len == part.len && memcmp(particles[i].text, part.text, part.len) == 0)
            return true;
    }
    return false;
}

static void add(struct key_list *list, struct part part)
{
    key_add(list, part.text, part.len, NULL, 0);
}

/* The whole without article and plural, and without the hamza that Persian leaves off (وزراء). */
static struct part stem_of(const struct key_list *list)
{
    struct part whole = {list->surface, list->surface_len};
    struct part stem = without_plural(without_article(whole));

    if (finishes_in(stem, "ء", REST_YEH))
        stem.len -= LETTER;
    return stem;
}

static void add_joined_parts(struct key_list *list, const struct words *words)
{
    size_t at = 0;

    for (size_t i = 0; words->joiner_count > 0 && i <= words->joiner_count; i++) {
        size_t end = i < words->joiner_count ? words->joiners[i] : list->surface_len;
        struct part part = {list->surface + at, end - at};
        if (part.len >= 2 * LETTER && !is_particle(part))
            add(list, part);
        at = end;
    }
}

void stem_ar_index(struct key_list *list, const struct words *words)
{
    add(list, stem_of(list));
    add_joined_parts(list, words);
}

/* A hamza inside a word is written by one rule on و, by another on ی, by a third alone (مسؤول,
 * مسئول, مسءول): the query asks for all three. What was typed tells where one stands; its place in
 * the surface is as far as the text before it folds to. */
static void add_hamza_seats(struct key_list *list, const struct words *words,
                            const struct word *word)
{
    static const char *const hamzas[] = {"ؤ", "ئ", "ء"};
    static const char *const seats[] = {"و", "ی", "ء"};
    const char *typed = words->text + word->at;

    for (size_t at = LETTER; at + 2 * (size_t)LETTER <= word->len; at++) {
        size_t which = 0;
        while (which < ARRAY_LEN(hamzas) && memcmp(typed + at, hamzas[which], LETTER) != 0)
            which++;
        if (which == ARRAY_LEN(hamzas))
            continue;
        struct words before;
        struct word head;
        words_init(&before, typed, at);
        if (!words_next(&before, &head) || head.surface_len + LETTER > list->surface_len)
            return;
        for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
            char form[WORD_BYTES_MAX];
            memcpy(form, list->surface, list->surface_len);
            memcpy(form + head.surface_len, seats[i], LETTER);
            key_add(list, form, list->surface_len, NULL, 0);
        }
        return;
    }
}

/* Every form of `base` that differs by one letter which grammar puts on. */
static void add_grown(struct key_list *list, struct part base)
{
    static const char yeh[] = "ی";

    if (base.len >= REST_YEH)
        key_add(list, base.text, base.len, yeh, LETTER);
    if (finishes_in(base, "ا", REST_YEH) || finishes_in(base, "و", REST_YEH))
        key_add(list, base.text, base.len, "یی", 2 * (size_t)LETTER);
    if (base.len < PUT_ON)
        return;
    for (size_t i = 0; i < ARRAY_LEN(single_prefixes); i++)
        key_add(list, single_prefixes[i].text, single_prefixes[i].len, base.text, base.len);
    /* Arabic وزارة and Persian وزارت are one word, written by two rules. */
    if (finishes_in(base, "ه", REST_YEH))
        key_add(list, base.text, base.len - LETTER, "ت", LETTER);
    else if (finishes_in(base, "ت", REST_YEH))
        key_add(list, base.text, base.len - LETTER, "ه", LETTER);
}

void stem_ar_query(struct key_list *list, const struct words *words, const struct word *word)
{
    struct part stem = stem_of(list);
    struct part base = stem;

    add(list, stem);
    add_joined_parts(list, words);
    for (size_t i = 0; i < ARRAY_LEN(single_prefixes); i++) {
        if (begins(stem, &single_prefixes[i], i == 0 ? REST_WAW : REST_ONE))
            add(list, (struct part){stem.text + LETTER, stem.len - LETTER});
    }
    for (int i = 0; i < 2 && finishes_in(base, "ی", REST_YEH); i++) {
        base.len -= LETTER;
        add(list, base);
    }
    add_hamza_seats(list, words, word);
    add_grown(list, stem);
}

bool stem_ar_parts(const char *surface, size_t len, struct word_parts *ret_parts)
{
    struct part word = {surface, len};

    for (size_t i = 0; i < ARRAY_LEN(verb_prefixes); i++) {
        if (begins(word, &verb_prefixes[i], 2 * LETTER)) {
            size_t cut = verb_prefixes[i].len;
            *ret_parts =
                (struct word_parts){2, {0, (uint8_t)cut}, {(uint8_t)cut, (uint8_t)(len - cut)}};
            return true;
        }
    }
    size_t cut = without_plural(word).len;
    if (cut == len)
        return false;
    *ret_parts = (struct word_parts){2, {0, (uint8_t)cut}, {(uint8_t)cut, (uint8_t)(len - cut)}};
    return true;
}
