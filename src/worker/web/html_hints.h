/*
 * What the names of classes and ids say about an element, by words that web authors use everywhere.
 */
#ifndef WORKER_HTML_HINTS_H
#define WORKER_HTML_HINTS_H

/* Bits of enum html_hint for the value of a class, id or role; NULL gives none. */
unsigned html_hints_of(const char *value);

#endif
