/*
 * The lines of a web page that was saved as plain text, each with what it is by its looks: a
 * paragraph, a date, a byline, a caption, or a word of the page itself (menus, share buttons,
 * "related stories"). Words are known in English, Persian and Arabic; looks work in any language.
 *
 * Limits: STORY_LINES_MAX lines.
 */
#ifndef WORKER_STORY_LINES_H
#define WORKER_STORY_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORY_LINES_MAX = 100000 };

enum line_kind {
    LINE_SHORT,    /* anything that is none of the others: headlines, menus */
    LINE_PROSE,    /* a paragraph: long, and it ends as sentences do */
    LINE_SENTENCE, /* a short one of those */
    LINE_CAPTION,  /* ends in a credit: "(AFP)"; or stands twice */
    LINE_QUOTED,   /* from a network, with addresses in it */
    LINE_DATE,
    LINE_BYLINE,
    LINE_PAGE, /* a word of the page: "Share on Facebook" */
    LINE_TAIL, /* one that other stories follow: "Related posts" */
};

struct story_line {
    const char *text; /* without white space around it */
    uint32_t len;
    uint32_t chars, words;
    uint8_t kind;     /* enum line_kind */
    bool after_blank; /* an empty line stands before it */
    bool again;       /* the same as a line shortly before */
};

struct story_lines {
    struct story_line *lines; /* lines that are not empty */
    size_t count;
    unsigned signs; /* how many different words of web pages there are */
};

/* Borrows `utf8`. False when there are too many lines; nothing to release then. */
bool story_lines_read(struct story_lines *lines, const char *utf8, size_t len);
void story_lines_release(struct story_lines *lines);

bool story_line_same(const struct story_line *a, const struct story_line *b);

/* The date on a line as "2019-11-18" when that is certain; false otherwise. */
bool story_date_iso(const char *text, size_t len, char out[16]);

#endif
