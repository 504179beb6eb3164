/*
 * The parts of the reader of PPT: ppt_records.c finds the records, ppt_text.c makes text of them,
 * ppt.c puts the document together.
 */
#ifndef WORKER_PPT_PARTS_H
#define WORKER_PPT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/emit.h"
#include "worker/office/record.h"
#include "worker/reader.h"

enum ppt_type {
    PPT_DOCUMENT = 0x03E8,
    PPT_SLIDE = 0x03EE,
    PPT_SLIDE_ATOM = 0x03EF,
    PPT_NOTES = 0x03F0,
    PPT_SLIDE_PERSIST = 0x03F3,
    PPT_MASTER = 0x03F8,
    PPT_VBA_ATOM = 0x0400,
    PPT_PLACEHOLDER = 0x0BC3,
    PPT_OUTLINE_REF = 0x0F9E,
    PPT_TEXT_HEADER = 0x0F9F,
    PPT_CHARS = 0x0FA0,
    PPT_BYTES = 0x0FA8,
    PPT_STRING = 0x0FBA,
    PPT_OBJECT_ATOM = 0x0FC3,
    PPT_LINK = 0x0FD7,
    PPT_HEADERS = 0x0FD9,
    PPT_SLIDE_LIST = 0x0FF0,
    PPT_EDIT = 0x0FF5,
    PPT_OBJECT_DATA = 0x1011,
    PPT_TAG_DATA = 0x138B,
    PPT_PERSIST = 0x1772,
    PPT_COMMENT = 0x2EE0,
    PPT_LOCK = 0x2F14,
    PPT_SHAPE = 0xF004,
};

struct ppt {
    struct emit *emit;
    unsigned char *data;
    size_t len;
    uint32_t *persist; /* one more than the places of objects, by their number; 0 unknown */
    size_t persist_count;
    uint32_t document;    /* number of the document; 0 unknown */
    uint32_t lock_object; /* number of the lock; 0 for none */
    bool locked;
};

/* Follows the edits back from the last one, whose place is given. */
void ppt_persist_read(struct ppt *ppt, uint32_t edit);
/* The object with this number and one of the kinds that fit; false for none. */
bool ppt_object(const struct ppt *ppt, uint32_t number, struct record *ret);

/* Opens a locked presentation in place. False when no password fits. */
bool ppt_unlock(struct ppt *ppt, const struct input *input);

/* Texts of a slide that stand in the document's outline, from its place there to the next slide's.
 */
struct ppt_outline {
    const unsigned char *data;
    size_t len;
};

/* Appends the text of a slide, of notes or of a master, of which placeholders are left out. */
void ppt_text(const struct record *slide, const struct ppt_outline *outline, struct buf *out);
void ppt_master_text(const struct record *master, struct buf *out);
/* Appends the string of a record with text; false for other records. */
bool ppt_string(const struct record *record, struct buf *out);

#endif
