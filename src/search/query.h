/*
 * The query language, parsed: a string becomes a tree. docs/SEARCH.md describes the language.
 *
 * Any string is a valid query. What does not parse is taken as a list of words that must all
 * occur; `as_words` and `note` then say so. Parsing needs no case and never fails.
 */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_kind {
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT,    /* one child */
    QUERY_WORD,   /* text: one or more words; more than one stand side by side */
    QUERY_PREFIX, /* as QUERY_WORD, and the last word may go on */
    QUERY_TYPO,   /* text: one word; distance: letters that may differ, 0 = by its length */
    QUERY_PHRASE, /* text: exact words; `prefix` when the last may go on */
    QUERY_NEAR,   /* children: words, prefixes, phrases; distance: words between them at most */
    QUERY_FILTER, /* field and text */
};

enum query_field {
    FIELD_NONE,
    FIELD_TYPE,
    FIELD_LANG,
    FIELD_PATH,
    FIELD_NAME,
    FIELD_DATE, /* text is "from..to", either end may be missing */
    FIELD_FROM,
    FIELD_TO,
    FIELD_SENDER,
    FIELD_RECIPIENT,
    FIELD_FOLDER,
    FIELD_OUTCOME,
    FIELD_NAMED,
    FIELD_TAG, /* by name, "*" for any; the next two as well */
    FIELD_LIST,
    FIELD_COLOUR,
    FIELD_STARRED, /* "yes", or by whom */
    FIELD_NOTED,   /* "yes", or words of the note */
    FIELD_IN,
};

enum { NEAR_DEFAULT = 10, NEAR_MAX = 1000, TYPO_MAX = 2, QUERY_NOTE_MAX = 256 };

/* Where words are also found in what OCR is likely to have made of them (text/misread.h). */
enum query_misread {
    MISREAD_DOUBTFUL, /* where OCR was unsure */
    MISREAD_ALL,      /* on every page read by OCR: ocr~ */
    MISREAD_OFF,      /* nowhere: -ocr~ */
};

struct query_node {
    enum query_kind kind;
    enum query_field field;
    char *text; /* NULL for the kinds with children */
    uint32_t distance;
    bool prefix;
    bool misread; /* QUERY_WORD written ocr~word: as MISREAD_ALL, for this word */
    struct query_node **children;
    size_t count;
};

struct query {
    struct query_node *root; /* NULL: there is nothing to look for */
    bool all;                /* in:all: names, metadata and the clutter of web pages too */
    enum query_misread misread;
    bool as_words;
    char note[QUERY_NOTE_MAX];
};

/* Parses the NUL-terminated `text` (any bytes; those beyond QUERY_BYTES_MAX are ignored with a
 * note). Free with query_release. */
void query_parse(struct query *query, const char *text);
void query_release(struct query *query);
void cleanup_query(struct query *query);

/* The tree as one line for tests: (and word:a (not word:b)). The caller frees it. */
char *query_print(const struct query *query);

#endif
