/*
 * Whether two names are of one person, body or ship: a probability, and the
 * reason for it word by word.
 *
 * Words are tied by how alike they are (pair.h), the rarer first; one word may
 * be tied to two that stand together. What is left on both sides is a
 * contradiction and costs much; what is left on one side only is an omission
 * and costs little. Titles, legal forms and small words take part as what they
 * are. From these a logistic regression, trained on lists of names, gives the
 * probability.
 */
#ifndef NAMES_MATCH_H
#define NAMES_MATCH_H

#include <stdint.h>

#include "names/model.h"
#include "names/pair.h"

enum why_kind {
    WHY_SAME,        /* the same word */
    WHY_SPELLING,    /* another spelling of it, or a slip */
    WHY_SCRIPT,      /* the word in another script */
    WHY_JOINED,      /* one word here, two there */
    WHY_INITIAL,     /* an initial and a name that begins so */
    WHY_SHORT_FORM,  /* Bob and Robert */
    WHY_TRANSLATED,  /* a common word in another language: group, جماعة */
    WHY_LETTERS,     /* the first letters of the other's words */
    WHY_CONTRADICTS, /* a word on each side that do not agree */
    WHY_OMITTED,     /* a word that one side has not */
    WHY_TITLE,
    WHY_LEGAL,
};

/* A word of reason as printed: "same", "spelling", ... */
const char *why_name(enum why_kind kind);

struct match_why {
    uint8_t kind; /* enum why_kind */
    /* Tokens of the first and the second name, `count` of each from `at` on. */
    uint8_t at_a, count_a, at_b, count_b;
    int16_t likeness; /* thousandths */
    int16_t rarity;   /* hundredths of a nat */
    int16_t evidence; /* the plain score of a tie (pair_score), hundredths of a nat */
};

enum { MATCH_WHYS_MAX = 2 * NAME_TOKENS_MAX };

enum feature {
    F_BIAS,
    F_MATCHED,
    F_CONTRADICTED,
    F_OMITTED,
    F_RARITY,
    F_LOSS,
    F_WORST,
    F_ANY_CONTRADICTION,
    F_OMITTED_ONE,
    F_OMITTED_MORE,
    F_INITIAL,
    F_SHORT_FORM,
    F_LEGAL_DIFFERS,
    F_LEGAL_ONE_SIDE,
    F_NUMBER_DIFFERS,
    F_NUMBER_OMITTED,
    F_SCRIPT,
    F_SCRIPT_LOSS,
    F_SCRIPT_OMITTED,
    F_SCRIPT_CONTRADICTED,
    F_KUNYA,
    F_TURNED,
    F_SINGLE,
    F_EDITS,
    F_EDITS_ONE,
    F_EDITS_TWO,
    F_EDIT_SHARE,
    F_ORG,
    F_ORG_OMITTED,
    F_ORG_CONTRADICTED,
    F_LETTERS,
    F_JOINED,
    F_FIRST_DIFFERS,
    F_LAST_DIFFERS,
    F_SCRIPT_WORST,
    F_WHOLE,
    F_PATRONYMIC,
    F_SCRIPT_RARITY,
    F_EDITS_WORST,
    F_SINGLE_LOSS,
    F_EVIDENCE,
    F_EVIDENCE_LEAST,
    F_SCRIPT_EVIDENCE,
    F_SCRIPT_LEAST,
    F_TRANSLATED,
    F_SCRIPT_TIES,
    F_SCRIPT_SINGLE,
    F_LOST_RARITY,
    F_OMITTED_RARITY,
    F_TIES,
    F_SCRIPT_LOST,
    F_INITIAL_DIFFERS,
    F_FIRSTS_DIFFER,
    F_FIRSTS_TIED,
    FEATURES,
};

struct match {
    int probability;        /* thousandths */
    int log_odds;           /* thousandths, for an order among certain ones */
    int features[FEATURES]; /* thousandths */
    unsigned reason_count;
    struct match_why reasons[MATCH_WHYS_MAX];
};

/* The probability with all its digits. */
double match_score(const struct match *match);

/* A name with what scoring needs; big (some 20 KiB): reuse one. */
struct scored_name {
    struct name name;
    struct scored_token tokens[NAME_TOKENS_MAX];
    struct token joined[NAME_TOKENS_MAX]; /* a token with the next */
    struct scored_token scored_joined[NAME_TOKENS_MAX];
};

/* Takes a name apart for scoring (name_parse). */
void scored_name_set(const struct names_model *model, const char *text, size_t len,
                     struct scored_name *ret_scored);

/* The words of a name's text that a reason is about; NULL, and no bytes, on the side that has none.
 */
const char *match_words(const struct scored_name *name, const char *text, unsigned at,
                        unsigned count, size_t *ret_len);

/* Compares two names; symmetric but for the sides in the reasons. */
void names_match(const struct names_model *model, enum model_fit fit, const struct scored_name *a,
                 const struct scored_name *b, struct match *ret_match);

#endif
