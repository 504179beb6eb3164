/*
 * Lines of vCard and iCalendar (RFC 6350, 5545, and vCard 2.1): unfolded, with their parameters,
 * the value decoded from quoted-printable.
 *
 * Limits: CONTENT_LINE_MAX bytes of a value.
 */
#ifndef WORKER_CONTENT_LINE_H
#define WORKER_CONTENT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "worker/reader.h"

enum { CONTENT_LINE_MAX = 64 << 20, CONTENT_NAME_MAX = 48 };

struct content_line {
    char name[CONTENT_NAME_MAX]; /* upper case, without its group: "TEL" */
    struct buf parameters;       /* ";TYPE=home;CHARSET=UTF-8", as written */
    struct buf value;            /* UTF-8; not yet unescaped; base64 as it stands */
};

struct content_lines {
    struct buf text; /* the file in UTF-8 */
    size_t at;
};

/* `input` is borrowed for this call only. */
void content_lines_init(struct content_lines *lines, const struct input *input);
void content_lines_release(struct content_lines *lines);

void content_line_init(struct content_line *line);
void content_line_release(struct content_line *line);
/* The next line that has a name. False at the end. */
bool content_lines_next(struct content_lines *lines, struct content_line *line);

/* Appends the value of a parameter; false when there is none. */
bool content_parameter(const struct content_line *line, const char *name, struct buf *out);
/* Whether a parameter is so named or has that value: TYPE=home and plain ";HOME" alike. */
bool content_has(const struct content_line *line, const char *word);
bool content_is_binary(const struct content_line *line);

/* Appends a text with its escapes resolved. `separator` replaces unescaped semicolons, unless 0;
 * empty fields between them are left out. */
void content_unescape(const struct buf *value, char separator, struct buf *out);

#endif
