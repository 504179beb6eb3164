/*
 * The parts of the reader of DOC: doc_fib.c reads the header, the piece table and the runs of
 * properties, doc_list.c the lists, doc_text.c makes text of them.
 */
#ifndef WORKER_DOC_PARTS_H
#define WORKER_DOC_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"
#include "worker/office/numbering.h"

/* The parts of a document's text, one after the other in its character positions. */
enum doc_part {
    DOC_MAIN,
    DOC_FOOTNOTES,
    DOC_HEADERS,
    DOC_MACROS,
    DOC_COMMENTS,
    DOC_ENDNOTES,
    DOC_BOXES,
    DOC_HEADER_BOXES,
    DOC_PARTS
};

/* Tables in the table stream, by their number in the header. */
enum doc_table {
    DOC_STYLES = 1,
    DOC_COMMENT_REFS = 4,
    DOC_COMMENT_TEXTS = 5,
    DOC_CHAR_PAGES = 12,
    DOC_PARA_PAGES = 13,
    DOC_ASSOCIATED = 32,
    DOC_PIECES = 33,
    DOC_COMMENT_AUTHORS = 36,
    DOC_DRAWINGS = 50,
    DOC_SAVED_BY = 71,
    DOC_LISTS = 73,
    DOC_LIST_USES = 74,
};

enum doc_flags {
    DOC_DELETED = 1,
    DOC_INSERTED = 2,
    DOC_HIDDEN = 4,
    DOC_SPECIAL = 8,
    DOC_OBJECT = 16,  /* the picture stands for an embedded object */
    DOC_FORM = 32,    /* the "picture" is a form field's data */
    DOC_PICTURE = 64, /* value: where in the data stream */
    DOC_SYMBOL = 128, /* value: a character */
    DOC_ROW_END = 256,
    DOC_INNER_CELL = 512,
    DOC_INNER_ROW_END = 1024,
    DOC_LIST = 2048,  /* list: the use of a list */
    DOC_LEVEL = 4096, /* level */
};

struct doc_run {
    uint32_t from, to; /* bytes of the main stream */
    uint32_t flags, value;
    uint16_t style, list; /* of a paragraph */
    uint8_t level;
};

/* What a style says of the list its paragraphs are in. */
struct doc_style {
    uint16_t base, list;
    uint8_t level;
    uint32_t flags; /* DOC_LIST, DOC_LEVEL */
};

struct doc_piece {
    uint32_t from, to; /* characters */
    uint32_t at;       /* bytes of the main stream */
    bool wide;
    uint32_t flags; /* of its own, from fast saving */
};

struct doc {
    struct emit *emit;
    struct buf main, table, data; /* streams, readable */
    bool old;                     /* Word 6 or 95 */
    unsigned codepage;            /* of bytes */
    uint32_t lengths[DOC_PARTS];
    struct doc_piece *pieces;
    size_t piece_count;
    struct doc_run *chars, *paras;
    size_t char_count, para_count;
    struct numbering numbering;
    struct doc_style *styles;
    size_t style_count;
    bool fast_saved, damaged, hidden, revised;
};

/* Reads the header in doc->main. False when it is none. */
bool doc_fib_read(struct doc *doc);
/* Reads pieces and runs. False when there is no text to be found. */
bool doc_pieces_read(struct doc *doc);
void doc_release(struct doc *doc);

/* The bytes of a table; NULL when it is missing. */
const unsigned char *doc_table(const struct doc *doc, enum doc_table which, size_t *ret_len);

/* Gives what a list of modifiers says of the list of a paragraph to `run`. */
void doc_list_modifiers(const unsigned char *data, size_t len, struct doc_run *run);

/* Reads the definitions of lists and what styles say of them. */
void doc_lists_read(struct doc *doc);
/* Counts a paragraph and appends its number; nothing when it is in no list. */
void doc_list_next(struct doc *doc, const struct doc_run *paragraph, struct buf *out);

/* The run that holds the byte; NULL for none. */
const struct doc_run *doc_run_at(const struct doc_run *runs, size_t count, uint32_t at);

/* Gives the files that the document names, and who saved it where, to the rest. */
void doc_origins(const struct doc *doc);

/* Emits all text. */
void doc_text(struct doc *doc);

#endif
