/*
 * The worker run by hand: one document described in readable form, and the table of formats.
 */
#ifndef WORKER_DESCRIBE_H
#define WORKER_DESCRIBE_H

#include <stdbool.h>

/* Reads one file in a child of its own and prints what its frames say. Returns an exit code. */
int describe_file(const char *path, const char *langs, bool ocr, bool whole_text);

/* Prints docs/FORMATS.md. */
void describe_formats(void);

#endif
