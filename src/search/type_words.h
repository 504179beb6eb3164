/*
 * What people call a type: "mail", "archive", "xls" for the MIME types that they mean.
 */
#ifndef SEARCH_TYPE_WORDS_H
#define SEARCH_TYPE_WORDS_H

#include <stdbool.h>

/* Whether a MIME type is called so: by a word of the table, else by itself or by its half before
 * or after the "/" ("image", "jpeg"); in any case. docs/SEARCH.md lists the words. */
bool type_is_called(const char *type, const char *name);

#endif
