/*
 * Fields of a message that is written (RFC 5322, 2047, 2231), and base64 (RFC 2045, 6.8).
 */
#ifndef WORKER_MAPI_FIELD_H
#define WORKER_MAPI_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* "Name: text" CRLF; text that is not ASCII in encoded words, line breaks and control characters as
 * spaces. Empty text gives no field. */
void field_text(struct buf *out, const char *name, const char *text, size_t len);

/* "Date: Fri, 02 Jan 2009 10:00:00 +0000" CRLF. */
void field_date(struct buf *out, int64_t seconds);

/* One address of a list, ", " before all but the first: `name` <`address`>, either may be "". */
void field_address(struct buf *list, const char *name, const char *address);

/* "; key=value" with its value quoted, or in the extended form when it is not ASCII. */
void field_parameter(struct buf *out, const char *key, const char *value, size_t len);

enum { BASE64_LINE_BYTES = 57 };

/* Appends a line of base64 with CRLF; `len` is at most BASE64_LINE_BYTES. */
void field_base64(struct buf *out, const unsigned char *data, size_t len);

/* Appends base64 without a break. */
void field_base64_word(struct buf *out, const unsigned char *data, size_t len);

#endif
