/*
 * The numbers that Word puts before the paragraphs of a list: not stored with the text, but counted
 * from the definitions of lists ([MS-DOC] 2.4.6.3; ISO/IEC 29500-1, 17.9). DOC and DOCX share it.
 *
 * A list defines nine levels and counts; a use refers to a list, may define some of its levels anew
 * and may start some of them again. Bullets are no numbers: they give nothing.
 *
 * Limits: LISTS_MAX lists and as many uses, LIST_TEXT_MAX bytes for a level's text.
 */
#ifndef WORKER_NUMBERING_H
#define WORKER_NUMBERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { LIST_LEVELS = 9, LISTS_MAX = 20000, LIST_TEXT_MAX = 256, LIST_RESTART_USUAL = 255 };

enum list_format {
    LIST_DECIMAL,
    LIST_UPPER_ROMAN,
    LIST_LOWER_ROMAN,
    LIST_UPPER_LETTER,
    LIST_LOWER_LETTER,
    LIST_ORDINAL,
    LIST_DECIMAL_ZERO,
    LIST_ARABIC_ALPHA,
    LIST_ARABIC_ABJAD,
    LIST_UPPER_CYRILLIC,
    LIST_LOWER_CYRILLIC,
    LIST_BULLET,
    LIST_NONE,
};

struct list_level {
    char *text;  /* UTF-8, owned; bytes 1 to 9 stand for the numbers of the levels */
    char *style; /* the paragraph style that means this level; owned, may be NULL */
    uint32_t start;
    enum list_format format;
    uint8_t restart; /* starts again below a level < this; LIST_RESTART_USUAL: below any above it */
    bool legal;      /* all numbers decimal */
    bool joined;     /* nothing stands between number and text */
};

struct list {
    uint32_t id;
    char *style, *link; /* the numbering style it defines, or the one it stands for; owned */
    struct list_level levels[LIST_LEVELS];
    uint32_t values[LIST_LEVELS];
    bool begun[LIST_LEVELS];
};

struct list_use {
    uint32_t id;
    uint32_t list; /* its id */
    struct {
        struct list_level level;
        uint32_t start;
        bool redefined, restarted;
    } own[LIST_LEVELS];
    bool used[LIST_LEVELS];
};

struct numbering {
    struct list *lists;
    struct list_use *uses;
    size_t list_count, use_count;
};

/* New ones, valid until the next; NULL when there are too many. */
struct list *numbering_add_list(struct numbering *numbering, uint32_t id);
struct list_use *numbering_add_use(struct numbering *numbering, uint32_t id, uint32_t list);
void numbering_release(struct numbering *numbering);

/* A level before anything is said of it; frees what it had. */
void list_level_reset(struct list_level *level);

enum list_format list_format_by_code(unsigned code);    /* MSONFC, [MS-OSHARED] 2.2.1.3 */
enum list_format list_format_by_name(const char *name); /* ST_NumberFormat */
struct list *numbering_list(const struct numbering *numbering, uint32_t id);
struct list_use *numbering_use(const struct numbering *numbering, uint32_t id);

/* Counts a paragraph and appends its number with what stands between it and the text. */
void numbering_next(struct numbering *numbering, uint32_t use, unsigned level, struct buf *out);

/* Appends a number in a format; nothing for LIST_NONE and LIST_BULLET. */
void list_number(enum list_format format, uint32_t value, struct buf *out);

#endif
