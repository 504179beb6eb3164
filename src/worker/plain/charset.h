/*
 * Character sets: what a text is written in, and how it becomes UTF-8. Names are those of the
 * WHATWG Encoding Standard and IANA in any spelling ("UTF-8", "utf8", "cp1256", "x-sjis").
 */
#ifndef WORKER_CHARSET_H
#define WORKER_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { CHARSET_SAMPLE_BYTES = 256 << 10 };

/* Loads every converter, because the sandbox leaves no file to load one from. Called once before it
 * closes; the functions below do without the converters that are missing. */
void charset_open(void);

/* The name by which a character set is known here, or NULL. A static string. */
const char *charset_known(const char *charset);

/* Appends the text as UTF-8; bytes that mean nothing become U+FFFD, a BOM is left out. Returns 0,
 * ERR_UNSUPPORTED (unknown set, nothing appended) or ERR_LIMIT (`out` is full; what fits is there).
 */
int charset_to_utf8(const char *charset, const void *data, size_t len, struct buf *out);

/* Guesses what these bytes are written in, from at most CHARSET_SAMPLE_BYTES of them: byte order
 * mark, valid UTF-8, UTF-16/32 by their zeros, then statistics. NULL when they are not text. */
const char *charset_detect(const void *data, size_t len);

/* As charset_to_utf8 with a declared set, which may be NULL, "" or wrong: valid UTF-8 wins, then
 * the declaration, then a guess, then windows-1252. */
int charset_text(const char *declared, const void *data, size_t len, struct buf *out);

#endif
