/*
 * What an item says: its body in the forms it has, and the fields of appointments, contacts, tasks
 * and lists as lines.
 */
#ifndef WORKER_MAPI_BODY_H
#define WORKER_MAPI_BODY_H

#include "worker/outlook/mapi.h"

enum { MAPI_BODY_BYTES = 64 << 20 };

struct mapi_body {
    struct buf plain; /* UTF-8 */
    struct buf html;
    const char *html_charset; /* NULL: as the HTML says */
    bool damaged;             /* compressed text that ends before its time */
};

/* Always mapi_body_release() afterwards. Of HTML and RTF the former is taken, RTF only where there
 * is no other; a form that only repeats another is left out. */
void mapi_body_load(struct mapi_body *body, const struct mapi_message *message);
void mapi_body_release(struct mapi_body *body);

/* Appends "Start: 2009-01-02 10:00 UTC" and so on, a line each, by the item's class; nothing for
 * mail. */
void mapi_details(const struct mapi_message *message, struct buf *out);

#endif
