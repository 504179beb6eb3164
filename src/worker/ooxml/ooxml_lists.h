/*
 * The lists of a DOCX: their definitions (numbering.xml) and the styles whose paragraphs belong to
 * them (styles.xml). ISO/IEC 29500-1, 17.9 and 17.7.
 *
 * Limits: STYLES_MAX styles, STYLE_DEPTH_MAX styles based on one another; those of numbering.h.
 */
#ifndef WORKER_OOXML_LISTS_H
#define WORKER_OOXML_LISTS_H

#include "worker/archive/package.h"
#include "worker/office/numbering.h"
#include "worker/ooxml/ooxml_rels.h"

enum { STYLE_ID_MAX = 128, STYLES_MAX = 20000, STYLE_DEPTH_MAX = 20 };

/* What a paragraph or a style says of its list; -1: nothing. */
struct list_place {
    long use, level;
};

struct word_style {
    char id[STYLE_ID_MAX], based_on[STYLE_ID_MAX];
    struct list_place place;
};

struct word_lists {
    struct numbering numbering;
    struct word_style *styles;
    size_t style_count;
    char usual[STYLE_ID_MAX]; /* the style of paragraphs that name none */
};

/* Reads the parts that `relations`, of the main part, name. None is no error. */
void word_lists_read(struct package *package, const struct relations *relations,
                     struct word_lists *ret);
void word_lists_release(struct word_lists *lists);

/* Counts a paragraph and appends its number; nothing when it is in no list. */
void word_lists_next(struct word_lists *lists, const char *style, const struct list_place *place,
                     struct buf *out);

#endif
