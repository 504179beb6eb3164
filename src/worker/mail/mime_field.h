/*
 * Header fields of mail: finding them, and what they say as UTF-8 (RFC 5322, 2047, 2231, and what
 * is sent in practice: raw 8-bit bytes, encoded words in quotes, wrong character sets).
 */
#ifndef WORKER_MIME_FIELD_H
#define WORKER_MIME_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { FIELD_MAX = 256 << 10 };

/* Length of the header at the start of a message, with the blank line that ends it. A line that is
 * no field ends it too, and belongs to the body. */
size_t mime_head_length(const char *data, size_t len);

/* Appends the unfolded bytes of the first field with this name. False when there is none. */
bool mime_field_raw(const char *head, size_t len, const char *name, struct buf *out);

/* As mime_field_raw, decoded to UTF-8. With `all`, every such field, joined by ", ". */
bool mime_field_text(const char *head, size_t len, const char *name, struct buf *out);
bool mime_field_all(const char *head, size_t len, const char *name, struct buf *out);

/* Appends a raw value with its encoded words decoded. */
void mime_words_decode(const char *raw, size_t len, struct buf *out);

/* Appends the value of parameter `name` of a field such as Content-Type: quoted or not, in
 * sections, with a character set. False when there is none. */
bool mime_parameter(const char *raw, size_t len, const char *name, struct buf *out);

/* Text in a declared character set as UTF-8; like charset_text(), but sets that hide in seven bits
 * are believed. */
void mime_text(const char *declared, const char *data, size_t len, struct buf *out);

#endif
