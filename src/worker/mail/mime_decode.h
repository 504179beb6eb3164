/*
 * Content-Transfer-Encoding (RFC 2045, 6): base64, quoted-printable, uuencode. Damage is stepped
 * over.
 */
#ifndef WORKER_MIME_DECODE_H
#define WORKER_MIME_DECODE_H

#include <stddef.h>

#include "base/buf.h"

enum mime_encoding { ENCODING_NONE, ENCODING_BASE64, ENCODING_QUOTED, ENCODING_UU };

/* What the field's value names. */
enum mime_encoding mime_encoding_of(const char *name);

/* Appends the decoded bytes, as many as `out` takes. */
void mime_decode(enum mime_encoding encoding, const char *data, size_t len, struct buf *out);
void mime_decode_base64(const char *data, size_t len, struct buf *out);

/* `in_word`: "_" is a space (RFC 2047, 4.2). */
void mime_decode_quoted(const char *data, size_t len, int in_word, struct buf *out);

/* The value of a hexadecimal digit, or -1. */
int mime_hex(char c);

#endif
