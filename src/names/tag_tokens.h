/*
 * A text as the tagger sees it: sentences of tokens. A token is a word in the letters of the search
 * fold (text/fold.h), a run of one sign, or letters with points between them (U.S.). Signs that
 * glue two words (al-Abadi, O'Brien's) are no tokens: the second word remembers them.
 */
#ifndef NAMES_TAG_TOKENS_H
#define NAMES_TAG_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TAG_TOKENS_MAX = 160,  /* of a sentence; a longer one is cut */
    TAG_LETTERS_MAX = 128, /* bytes of a token's folded letters */
};

/* How a word is written. */
enum tag_case {
    CASE_LOWER,
    CASE_INITIAL, /* Baghdad */
    CASE_UPPER,   /* IRAQ, more than one letter */
    CASE_LETTER,  /* one capital: J. */
    CASE_MIXED,   /* McNamara, iPhone */
    CASE_NUMBER,  /* digits, with or without letters */
    CASE_SIGN,
    CASE_NONE, /* a script without capitals, or a line all in capitals */
    TAG_CASES,
};

struct tag_token {
    uint32_t at, len; /* bytes in the text */
    uint16_t folded;  /* where in the sentence's letters */
    uint8_t folded_len;
    uint8_t style; /* enum tag_case */
    char glue;   /* what joins it to the token before: '-', '.', '\'', '/', ' ', or 0 for nothing */
    bool arabic; /* of the Arabic script */
    bool point;  /* an abbreviation with its point: Mr. */
    uint8_t stem; /* bytes of folded before the first ZWNJ, or folded_len */
};

struct tag_sentence {
    const char *text; /* what the tokens stand in */
    size_t count;
    struct tag_token tokens[TAG_TOKENS_MAX];
    char letters[TAG_TOKENS_MAX * 32 + TAG_LETTERS_MAX];
    size_t letters_len;
    bool arabic;    /* most words are of the Arabic script */
    bool no_case;   /* capitals say nothing here */
    bool line_ends; /* the last of its line */
};

struct tag_reader {
    const char *text;
    size_t len, at;
    size_t line_end;
    bool line_upper;
};

void tag_reader_init(struct tag_reader *reader, const char *text, size_t len);
/* The next sentence that has a token; false at the end. */
bool tag_reader_next(struct tag_reader *reader, struct tag_sentence *ret_sentence);

static inline const char *tag_letters(const struct tag_sentence *sentence, size_t token)
{
    return sentence->letters + sentence->tokens[token].folded;
}

#endif
