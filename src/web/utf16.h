/*
 * Offsets for JavaScript, whose strings count UTF-16 code units, from offsets in bytes of UTF-8.
 */
#ifndef WEB_UTF16_H
#define WEB_UTF16_H

#include <stddef.h>
#include <stdint.h>

enum { UTF16_STEP = 64 };

struct utf16_map {
    const char *text; /* borrowed; valid UTF-8 */
    size_t len;
    uint32_t *units; /* units before byte i * UTF16_STEP, or before the character that holds it */
};

/* One pass over the text; len < 2^32. */
void utf16_map_init(struct utf16_map *map, const char *text, size_t len);
void utf16_map_release(struct utf16_map *map);

/* Units before byte `at`; an offset inside a character counts as its start, one beyond the end as
 * the end. */
uint32_t utf16_at(const struct utf16_map *map, size_t at);

/* The byte before which there are so many units, the other way; `len` + 1 beyond the end. Walks
 * the text. */
size_t utf16_byte(const char *text, size_t len, uint32_t units);

#endif
