/*
 * The date a document gives itself: in its letterhead («تاریخ: ۱۳۹۳/۰۸/۱۲», "Date: 3 November"),
 * its dateline ("BAGHDAD, July 14, 1958", «بغداد في ...»), on a line of its own, at the end of its
 * heading; in its mail header; in its metadata. Each is a claim; they are ranked, and kept where
 * they disagree.
 */
#ifndef EVENTS_OWN_H
#define EVENTS_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "events/dates.h"

/* In the order of rank. */
enum own_source {
    OWN_MAIL,       /* the header Date of a mail */
    OWN_LETTERHEAD, /* behind the word for it */
    OWN_DATELINE,   /* behind a place */
    OWN_HEADING,    /* at the end of the first line */
    OWN_LINE,       /* alone on a line near the top */
    OWN_METADATA,   /* what the file says of its making */
    OWN_MODIFIED,   /* and of its last change */
    OWN_SOURCES,
};

enum { OWN_HEAD_BYTES = 3000 }; /* of a document's first page, in which it may date itself */

/* "mail", "letterhead", "dateline", "heading", "line", "metadata", "modified"; NULL for none. */
const char *own_source_word(int source);

/* Whether and how a date at [start, end) of the first page dates the document. `text` is that page
 * from its beginning. False for a date that is only spoken of. */
bool own_source_of(const char *text, size_t len, size_t start, size_t end,
                   enum own_source *ret_source);

#endif
