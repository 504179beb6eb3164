/*
 * A text as the tokens a date may be made of: numbers (in any digits or in words), words of dates
 * with their senses, marks between them, and what is neither. Internal to this folder.
 */
#ifndef EVENTS_DATE_TOKENS_H
#define EVENTS_DATE_TOKENS_H

#include "events/date_words.h"

enum date_token_kind {
    TOKEN_OTHER,  /* a word, or a mark, that belongs to no date */
    TOKEN_NUMBER, /* value, digits */
    TOKEN_WORD,   /* senses */
    TOKEN_MARK,   /* value: one of - / . , : ( ) ' */
    TOKEN_BREAK,  /* a blank line */
};

struct date_token {
    enum date_token_kind kind;
    size_t start, end;              /* bytes in the text */
    const struct date_word *senses; /* of a TOKEN_WORD; of a number in one word its senses, too */
    size_t sense_count;
    int value;
    unsigned char digits; /* of a number; 0: written in words */
    bool ordinal;         /* 22nd, second */
    bool glued;           /* nothing stands between it and the token before */
    bool joined;          /* an Arabic و before it: "and" */
    bool fronted;         /* an Arabic ل or ب before it: "to", "at" */
    bool arabic;          /* something Arabic was taken off its front: it has no other senses */
    bool capital;         /* its first letter is one */
};

enum {
    DATE_TOKENS_MAX = 4096, /* of one call */
    DATE_DIGITS_MAX = 8,    /* a longer number belongs to no date */
};

struct date_tokens {
    struct date_token at[DATE_TOKENS_MAX];
    size_t count;
};

/* Reads tokens from text[from..len) until the tokens are full or the text ends; returns how far it
 * read. Words of languages outside `langs` are TOKEN_OTHER. */
size_t date_tokens_read(struct date_tokens *tokens, const char *text, size_t len, size_t from,
                        unsigned langs);

/* Puts numbers that are written in several words together ("twenty first", "الحادي والعشرين"). */
void date_tokens_count(struct date_tokens *tokens);

/* Turns numbers that are of no date into TOKEN_OTHER: those of telegrams, hours, amounts. */
void date_tokens_set_aside(struct date_tokens *tokens, unsigned langs);

/* What stands behind the last token: a break. */
extern const struct date_token date_token_none;

/* The sense of that kind in one of the languages, or NULL. */
const struct date_word *date_token_sense_of(const struct date_token *token,
                                            enum date_word_kind kind, unsigned langs);
static inline const struct date_word *date_token_sense(const struct date_token *token,
                                                       enum date_word_kind kind, unsigned langs)
{
    return token->sense_count ? date_token_sense_of(token, kind, langs) : NULL;
}

#endif
