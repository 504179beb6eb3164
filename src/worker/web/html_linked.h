/*
 * Facts that a web page tells search engines in JSON-LD (schema.org): headline, dates, authors.
 *
 * Limits: 64 levels; the first value of each kind, 8 authors.
 */
#ifndef WORKER_HTML_LINKED_H
#define WORKER_HTML_LINKED_H

#include <stddef.h>

/* `name` is "ld:headline", "ld:datepublished", "ld:datemodified", "ld:author"; `value` UTF-8, with
 * NUL. */
typedef void html_linked_fn(void *ctx, const char *name, const char *value);

/* Looks through one script's JSON, whole or broken. */
void html_linked_read(const char *json, size_t len, html_linked_fn *fn, void *ctx);

#endif
