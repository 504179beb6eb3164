/*
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at text[0..len). Gives its value and returns its length in bytes (1-4);
 * a byte that starts no valid character gives UTF8_REPLACEMENT and returns 1. `len` must be > 0. */
size_t utf8_decode(const char *text, size_t len, uint32_t *ret_rune);

/* Writes 1-4 bytes and returns their number; an invalid scalar value is written as U+FFFD. */
size_t utf8_encode(uint32_t rune, char out[4]);

bool utf8_valid(const char *text, size_t len);

/* The longest prefix of at most `max` bytes that does not cut a character in two. */
size_t utf8_prefix(const char *text, size_t len, size_t max);

/* Number of characters; an invalid byte counts as one. */
size_t utf8_count(const char *text, size_t len);

/* Joins units of UTF-16 that come one by one: `*high`, zero at first, keeps the first half of a
 * pair. False while the other half is waited for; then *ret_rune is the character. A half without
 * its other is given as it is. */
bool utf16_join(uint32_t unit, uint32_t *high, uint32_t *ret_rune);

/* Appends a name as valid UTF-8: NUL and bytes that are not stand as \xNN, small hexadecimal.
 * Whether any did. */
bool utf8_escape(const char *name, size_t len, struct buf *out);

#endif
