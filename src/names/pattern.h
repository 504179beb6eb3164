/*
 * What the families of patterns share: a window of folded characters, and what each family tells
 * of a place in it. patterns.c walks the text and asks them.
 */
#ifndef NAMES_PATTERN_H
#define NAMES_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names/mention.h"

enum {
    WINDOW_MAX = 96,       /* characters of a window: longer than any pattern read in one */
    WINDOW_SCAN_MAX = 640, /* bytes looked at for them, with what is invisible */
};

/* Characters from a place in a text to the end of its line, read as they are asked for. Digits of
 * all scripts are 0-9, spaces ' ', dashes '-', minutes and seconds ' and ", Arabic letters as
 * search folds them (yeh, kaf, alef, teh marbuta); what cannot be seen is left out. */
struct window {
    const char *text;
    size_t start, at, stop; /* bytes: of the window, of the next character, of the last possible */
    uint32_t before; /* the character before the window, folded; 0 at the start of the text */
    size_t count;
    uint32_t rune[WINDOW_MAX];
    uint16_t from[WINDOW_MAX], to[WINDOW_MAX]; /* bytes from `start` */
};

void window_open(struct window *window, const char *text, size_t len, size_t start,
                 uint32_t before);
/* Reads up to character i; false when the line or the window ends before it. */
bool window_reach(struct window *window, size_t i);

/* Character i, 0 behind the last. */
static inline uint32_t window_at(struct window *window, size_t i)
{
    return i < window->count || window_reach(window, i) ? window->rune[i] : 0;
}

/* One character as windows hold it; 0 for what cannot be seen. */
uint32_t pattern_fold(uint32_t rune);

static inline bool is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

static inline bool is_latin(uint32_t rune)
{
    return (rune | 32) >= 'a' && (rune | 32) <= 'z';
}

bool is_letter(uint32_t rune);

static inline bool is_wordlike(uint32_t rune)
{
    return is_digit(rune) || is_letter(rune) || rune == '_';
}

/* Number of digits at character i. */
size_t window_digits(struct window *window, size_t i);
/* Characters of spaces at i, at most `max`. */
size_t window_spaces(struct window *window, size_t i, size_t max);
/* Whether folded UTF-8 `word` stands at i (Latin letters in any case), and no letter after it.
 * Returns its characters, or 0. */
size_t window_whole_word(struct window *window, size_t i, const char *word);
static inline size_t window_word(struct window *window, size_t i, const char *word)
{
    uint32_t first = window_at(window, i);
    unsigned char wanted = (unsigned char)*word;

    /* By far most words differ in the first letter. */
    if ((first < 0x80 || wanted < 0x80) && (is_latin(first) ? first | 32 : first) != wanted)
        return 0;
    return window_whole_word(window, i, word);
}
/* The number at i of `count` digits. */
int window_number(struct window *window, size_t i, size_t count);

/* A found pattern: characters of the window. */
struct pattern {
    size_t from, to;
    enum mention_kind kind;
    float score;
};

/* What words before a number have announced. */
enum pattern_context {
    CONTEXT_PHONE = 1,
    CONTEXT_NATIONAL_ID = 2,
    CONTEXT_PASSPORT = 4,
    CONTEXT_IBAN = 8,
    CONTEXT_PLATE = 16,
};

/* A family says whether one of its patterns begins at the window's start (or, after a word that
 * announces it, near it). */
typedef bool pattern_fn(struct window *window, unsigned context, struct pattern *ret);

pattern_fn pattern_phone, pattern_iban, pattern_card, pattern_national_id, pattern_passport,
    pattern_plate, pattern_coordinates, pattern_mgrs;

/* A reference behind the word for it; `i` is the character behind that word, `plain` whether a
 * number alone will do when a colon stands before it. */
bool pattern_reference(struct window *window, size_t i, bool plain, struct pattern *ret);
/* A plate whose region stands in front: `i` is the character behind the word ایران. */
bool pattern_plate_of_region(struct window *window, size_t i, struct pattern *ret);

/* Bytes [from, to) of an address around its sign at `at`; false if there is none. Nothing before
 * `floor` belongs to it. */
struct span {
    size_t from, to;
};
bool pattern_email(const char *text, size_t len, size_t floor, size_t at, struct span *ret);
/* A URL whose "://" stands at `at`; one that begins at `at` with "www."; a host whose last dot
 * stands at `at`. */
bool pattern_url(const char *text, size_t len, size_t floor, size_t at, struct span *ret);
bool pattern_www(const char *text, size_t len, size_t at, struct span *ret);
bool pattern_host(const char *text, size_t len, size_t floor, size_t at, struct span *ret);

#endif
