/*
 * RTF bodies of mail: their compression ([MS-OXRTFCP]), and the HTML or plain text that Exchange
 * hides in them ([MS-OXRTFEX]). RTF of its own gives its text.
 *
 * Limits: `out`'s cap; RTF_GROUPS_MAX nested groups, RTF_FONTS_MAX fonts.
 */
#ifndef WORKER_MAPI_RTF_H
#define WORKER_MAPI_RTF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { RTF_GROUPS_MAX = 1000, RTF_FONTS_MAX = 4096 };

/* Appends the RTF behind PR_RTF_COMPRESSED. Returns 0, ERR_CORRUPT (what could be had was appended)
 * or ERR_LIMIT. */
int mapi_rtf_expand(const unsigned char *data, size_t len, struct buf *out);

enum mapi_rtf_kind {
    RTF_NATIVE,    /* `out` is its text */
    RTF_FROM_TEXT, /* `out` is the plain text that it was made of */
    RTF_FROM_HTML, /* `out` is the HTML that it was made of */
};

/* Appends what the RTF is made of, in UTF-8. */
enum mapi_rtf_kind mapi_rtf_unwrap(const char *rtf, size_t len, struct buf *out);

#endif
