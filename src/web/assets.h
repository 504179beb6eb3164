/*
 * The reading room's front end, inside the program. tools/embed writes assets.c when the program
 * is built.
 */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>

struct asset {
    const char *name; /* "app.js" */
    const char *type; /* for Content-Type */
    const unsigned char *data;
    size_t len;
};

/* Ended by a row without a name. */
extern const struct asset assets[];

#endif
