/*
 * Token streams: how words reach the full-text table. A page is split into words once; the stream
 * of its words is what the table's tokenizer then reads, and what a query's phrase is written in.
 *
 * A stream is a row of tokens, each led by one byte: TOKEN_NEXT (one position on) or TOKEN_SAME
 * (where the last one stands). Tokens are folded words (text/fold.h) and thus hold no byte below
 * 0x30; what is not the main text of a page carries a mark of one byte in front, so that a query
 * of the text never sees it.
 */
#ifndef SEARCH_TOKENS_H
#define SEARCH_TOKENS_H

#include <stddef.h>

#include "base/buf.h"

enum { TOKEN_NEXT = ' ', TOKEN_SAME = 0x1D };

enum token_mark {
    MARK_TEXT = 0, /* no mark: main text */
    MARK_REST = 1, /* everything else: clutter of web pages, names, metadata */
    MARK_PATH = 2,
    MARK_NAME = 3,
    MARK_SENDER = 4,
    MARK_RECIPIENT = 5,
    /* The class (text/misread.h) of a word that was read by OCR: doubtfully, or with confidence. */
    MARK_DOUBTFUL = 6,
    MARK_CONFIDENT = 7,
};

/* Appends one token; 0 or ERR_LIMIT. */
static inline int token_append(struct buf *out, char lead, enum token_mark mark,
                               const char *surface, size_t len)
{
    char *to = buf_reserve(out, len + 2);
    size_t at = 0;

    if (!to)
        return ERR_LIMIT;
    to[at++] = lead;
    if (mark != MARK_TEXT)
        to[at++] = (char)mark;
    for (size_t i = 0; i < len; i++)
        to[at++] = surface[i];
    out->len += at;
    return 0;
}

#endif
