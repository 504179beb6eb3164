/*
 * What the parts of the RTF reader share: rtf.c splits into tokens and keeps the groups,
 * rtf_words.c knows the words, rtf_text.c makes text, rtf_blob.c pictures and objects.
 */
#ifndef WORKER_RTF_STATE_H
#define WORKER_RTF_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"
#include "worker/web/prose.h"
#include "worker/office/rtf.h"

/* Where the text of a group goes. */
enum rtf_place {
    RTF_TEXT,
    RTF_SKIP, /* nowhere */
    RTF_INFO_GROUP,
    RTF_FONTS, /* the font table: names are nothing, numbers matter */
    RTF_INFO,  /* a value of the info group */
    RTF_DATE,  /* a date of the info group */
    RTF_LINK,  /* a field's instruction */
    RTF_PICTURE,
    RTF_OBJECT_DATA,
    RTF_OBJECT_NAME,
    RTF_AUTHOR,     /* of an annotation */
    RTF_SHAPE_NAME, /* a shape's property */
    RTF_SHAPE_VALUE,
};

/* What a word does. */
enum rtf_action {
    RTF_NO_ACTION,
    RTF_DESTINATION, /* value: enum rtf_place */
    RTF_ASIDE,       /* a group of text that stands beside the running text */
    RTF_INFO_VALUE,  /* value: index of a key */
    RTF_INFO_DATE,
    RTF_DATE_FIELD, /* value: index into rtf.date */
    RTF_RUNE,       /* value: a character */
    RTF_PARAGRAPH,
    RTF_LINE,
    RTF_CELL,
    RTF_ROW,
    RTF_NEST_CELL,
    RTF_NEST_ROW,
    RTF_UNICODE,
    RTF_FALLBACK, /* \uc */
    RTF_CODEPAGE, /* \ansicpg and its short forms */
    RTF_DEFAULT_FONT,
    RTF_FONT,
    RTF_FONT_CHARSET,
    RTF_FONT_CODEPAGE,
    RTF_PLAIN,
    RTF_DELETED,
    RTF_REVISED,
    RTF_HIDDEN,
    RTF_BINARY,
    RTF_PICTURE_KIND,  /* value: enum rtf_picture */
    RTF_UNICODE_GROUP, /* \upr: the first group is for old readers */
    RTF_ANNOTATION,
};

enum rtf_picture {
    RTF_PNG = 1,
    RTF_JPEG,
    RTF_EMF,
    RTF_WMF,
    RTF_PICT,
    RTF_DIB,
    RTF_BITMAP,
};

struct rtf_word {
    const char *name;
    enum rtf_action action;
    int value;
};

/* The word with this name; NULL for one that means nothing to text. */
const struct rtf_word *rtf_word_find(const char *name);

/* What a group keeps and its end gives back. */
struct rtf_group {
    enum rtf_place place;
    int info;          /* index of a key, RTF_INFO and RTF_DATE */
    uint16_t codepage; /* of its bytes; 0: the document's */
    uint16_t fallback; /* stand-ins after each \u */
    bool aside;        /* it began one */
    bool deleted;
    bool opens; /* its place began with this group, whose end closes it */
};

struct rtf_font {
    long number;
    uint16_t codepage;
};

struct rtf {
    struct emit *emit;
    struct prose prose;
    struct rtf_group group;
    struct rtf_group *stack;
    size_t depth;
    size_t too_deep; /* groups open beyond RTF_DEPTH_MAX */
    bool cut;        /* there was text in such a group */
    size_t skip;     /* stand-ins still to be stepped over */
    bool starred;    /* the group began with \* */
    bool upr;        /* inside \upr, before its Unicode group */
    uint16_t codepage;
    long default_font;
    struct rtf_font *fonts;
    size_t font_count;
    struct buf bytes;    /* not yet decoded, all of one code page */
    unsigned bytes_of;   /* which */
    uint32_t surrogate;  /* the first half, when the second is awaited */
    struct buf value;    /* of what is not running text, as UTF-8 */
    struct buf author;   /* of the annotation that follows */
    struct buf writer;   /* of the document, so that one who also wrote last is named once */
    struct buf property; /* a shape's property whose value comes next */
    int date[5];         /* year, month, day, hour, minute */
    /* pictures and objects */
    struct buf blob;
    int nibble; /* the first half of a byte, or -1 */
    enum rtf_picture picture;
    unsigned pictures, objects;
    bool hidden, revised; /* seen anywhere */
    bool deleting;        /* prose is told so */
};

/* Text: bytes in the group's code page, characters, and the shape of paragraphs. Each settles what
 * came before. */
void rtf_text_byte(struct rtf *rtf, unsigned char byte);
void rtf_text_rune(struct rtf *rtf, uint32_t rune);
void rtf_text_settle(struct rtf *rtf);
void rtf_text_structure(struct rtf *rtf, enum rtf_action action);

/* The end of a group that began in group->place. */
void rtf_text_close(struct rtf *rtf);
void rtf_annotation_open(struct rtf *rtf);

/* Hexadecimal digits and raw bytes of a picture or an object. */
void rtf_blob_open(struct rtf *rtf);
void rtf_blob_hex(struct rtf *rtf, unsigned char digit);
void rtf_blob_bytes(struct rtf *rtf, const void *data, size_t len);
void rtf_blob_close(struct rtf *rtf, enum rtf_place place);

#endif
