/*
 * What people see in a terminal. Names and texts of a leak are hostile: control characters, which a
 * terminal would obey, and directional overrides, which disguise names, never get through.
 */
#ifndef CMD_TERMINAL_H
#define CMD_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "ingest/ingest.h"

/* Writes a text for the terminal: one line, controls and overrides as U+FFFD. */
void term_text(FILE *out, const char *text, size_t len);
void term_str(FILE *out, const char *text);
/* The two blanks between a name and what follows on its line: on a terminal a name in a script
 * written from right to left does not draw the numbers behind it to its other side. */
void term_gap(FILE *out, const char *name);
/* A name as an argument to type: quoted where a shell asks for it. */
void term_argument(FILE *out, const char *name);

/* "1,234", "3.4 MB", "2 min 5 s"; `out` holds 32 bytes, returned. */
const char *term_count(int64_t count, char out[32]);
/* "1 item", "1,234 items"; the words are short. */
enum { COUNTED_MAX = 64 };
const char *term_counted(int64_t count, const char *one, const char *many, char out[COUNTED_MAX]);
const char *term_bytes(int64_t bytes, char out[32]);
const char *term_duration(int64_t ms, char out[32]);

/* Whether standard output, or error, takes colours. */
bool term_colours(FILE *out);
enum { TERM_BOLD = 1, TERM_DIM = 2, TERM_RED = 31, TERM_GREEN = 32, TERM_YELLOW = 33 };
/* Switches a colour on, or all off (0), where there are colours. */
void term_style(FILE *out, int style);

/* "about 5 min": as exact as an estimate can be. */
const char *term_estimate(int64_t ms, char out[32]);

/* Whole buffers to standard output, emptied. */
void term_flush(struct buf *buf);

/* Progress of long work on standard error: one line that is rewritten on a terminal, else a plain
 * line every ten seconds; JSON lines on standard output with `json`. */
struct term_progress {
    bool json;
    bool line; /* a line is being shown */
    int64_t plain_ms;
};
void term_progress_show(struct term_progress *progress, const struct ingest_progress *state);
/* Removes the line before something else is printed. */
void term_progress_clear(struct term_progress *progress);

#endif
