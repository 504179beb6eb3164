/*
 * The markup of Word's documents as text: what paragraphs, runs, fields, notes and tables are
 * called in DOCX (ISO/IEC 29500-1, 17), and nearly all of it before that in Word 2003 XML.
 *
 * word_markup_handler takes the events of a part. Who reads a dialect of it puts a handler of its
 * own before this one.
 */
#ifndef WORKER_WORD_MARKUP_H
#define WORKER_WORD_MARKUP_H

#include "worker/ooxml/ooxml_lists.h"
#include "worker/web/prose.h"
#include "worker/xml/xml.h"

enum { LABEL_SAID_MAX = 256 };

struct word_paragraph {
    char style[STYLE_ID_MAX];
    struct list_place place;
    char label[LABEL_SAID_MAX]; /* its number, where the file says it */
    bool numbered;              /* it has its number, if it has one */
    unsigned properties;        /* open w:pPr */
    unsigned former;            /* depth below properties as they were before a change */
};

struct word_markup {
    struct prose prose;
    struct buf instruction; /* of the open field */
    struct buf reading;     /* of the words below it (w:rt) */
    bool in_instruction, in_reading;
    struct word_lists *lists;
    struct word_paragraph paragraph; /* the open one */
    unsigned runs;                   /* open w:r */
    unsigned texts;                  /* open w:t and kin */
    unsigned fallback; /* depth below mc:Fallback, which repeats what mc:Choice says */
    bool skip_note;    /* a separator, not a note */
};

extern const struct xml_handler word_markup_handler; /* ctx: a struct word_markup */

/* `lists` may be NULL. */
void word_markup_init(struct word_markup *word, struct word_lists *lists, struct emit *emit);
/* Emits what is left and frees. */
void word_markup_end(struct word_markup *word);

#endif
