/*
 * A name taken apart. Nothing is thrown away: every word of the name becomes a
 * token or part of one, with its place in the text; titles, legal forms and
 * small words stay, as kinds of their own.
 *
 *   - an article (al-, el-, ash-, ال) is cut off and remembered: `stripped`
 * says where the letters without it begin, when it is written in one with the
 * name;
 *   - ibn, bin, بن and the like become a mark of the token after them;
 *   - abd + al + X, abu + X, X + allah and X + al-din are one token, without
 * the article;
 *   - "S.A." is one token, "A. B." two initials.
 *
 * A name is cut at NAME_TOKENS_MAX tokens and a token at TOKEN_LETTERS_MAX
 * letters (`cut`).
 */
#ifndef NAMES_NAME_H
#define NAMES_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names/letters.h"

enum { NAME_TOKENS_MAX = 20, TOKEN_LETTERS_MAX = 24, NAME_BYTES_MAX = 4096 };

enum token_kind {
    TOKEN_NAME,
    TOKEN_WEAK,    /* a title that may be a name, or a word in brackets */
    TOKEN_INITIAL, /* one letter, always a Latin one when the script names it so
                    */
    TOKEN_NUMBER,
    TOKEN_TITLE,
    TOKEN_LEGAL, /* `value` is an enum legal_form */
    TOKEN_FILLER,
};

enum token_mark {
    TOKEN_ARTICLE = 1,    /* al- stands before it */
    TOKEN_PATRONYMIC = 2, /* ibn stands before it */
    TOKEN_SERVANT = 4,    /* abd + X */
    TOKEN_KUNYA = 8,      /* abu + X */
    TOKEN_COMPOUND = 16,  /* X + allah, X + din */
    TOKEN_DOTTED = 32,    /* letters with dots */
};

struct token {
    uint32_t at, len; /* bytes in the text, with what was joined */
    uint8_t kind;     /* enum token_kind */
    uint8_t script;   /* enum name_script */
    uint8_t marks;    /* enum token_mark */
    uint8_t value;
    uint8_t count;    /* of letters; 0 for a script that has none here */
    uint8_t stripped; /* where the letters without a prefixed article begin, or 0 */
    uint8_t letters[TOKEN_LETTERS_MAX];
    uint16_t short_forms[2]; /* lexicon_short_forms */
    uint16_t concept;        /* lexicon_concept, or 0 */
    uint64_t hash;           /* of the folded word, for scripts without letters */
};

/* Whether a word says who is meant: titles, legal forms and small words do not. */
static inline bool token_takes_part(const struct token *token)
{
    return token->kind <= TOKEN_NUMBER;
}

struct name {
    uint8_t count;
    bool cut;
    bool comma; /* "SURNAME, Given" */
    bool legal; /* a legal form is among the tokens */
    bool kunya; /* nothing but kunyas: a weak name */
    struct token tokens[NAME_TOKENS_MAX];
};

/* Takes a name apart. `text` is UTF-8 (invalid bytes are separators) and at
 * most NAME_BYTES_MAX bytes are looked at. Never fails: a text without words
 * gives no tokens. */
void name_parse(struct name *name, const char *text, size_t len);

/* The words of a text as plain tokens, with nothing joined, cut or interpreted.
 */
void name_letters(const char *text, size_t len, struct name *ret_name);

/* What is left of a compound when people clip it, and true: Karim of Abdul Karim, Siraj of
 * Sirajuddin. False for a token that is no compound, or whose rest is shorter than three letters.
 */
bool token_clipped(const struct token *token, struct token *ret_clipped);

/* Two tokens that stand together as one: `second` after `first`. */
void token_join(const struct token *first, const struct token *second, struct token *ret_joined);

#endif
