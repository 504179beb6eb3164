/*
 * The steps by which name_parse takes a name apart: the words of the text as pieces
 * (parse_words.c), what is written in one word (parse_inside.c), and the part that each piece plays
 * (parse.c). Internal to this folder.
 */
#ifndef NAMES_PARSE_H
#define NAMES_PARSE_H

#include "names/name.h"

enum { PIECES_MAX = 2 * NAME_TOKENS_MAX, SPELLED_MAX = 2 * TOKEN_LETTERS_MAX + 1 };

/* A word of the text before it has a part. */
struct piece {
    struct token token;
    char spelled[SPELLED_MAX];
    bool brackets;    /* stands in brackets */
    bool dot_follows; /* a dot stands right behind it */
    char gap;         /* what parts it from the word before: 0 nothing, ' ', '.', '-', '\'', ',' */
};

struct pieces {
    size_t count;
    struct piece at[PIECES_MAX];
};

/* The words of the text; says in `name` whether it was cut and has a comma. */
void pieces_read(struct pieces *pieces, const char *text, size_t len, struct name *name);

/* Further letters, as many as there is room for. */
void token_append(struct token *token, const uint8_t *letters, size_t count);

/* Where the letters begin after an article written in one with the word, or 0. */
uint8_t token_article_end(const struct token *token);

void token_remove(struct token *token, size_t from, size_t to);

/* Gives compounds written in one word (abdulrahman, salahuddin, صلاح‌الدین) the letters
 * that those in several words have, without the article, and marks them. */
void token_cut_compounds(struct token *token);

#endif
