/*
 * The worker run by hand: one document described in readable form, and the table of formats.
 */
#ifndef WORKER_DESCRIBE_H
#define WORKER_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>

enum { DESCRIBE_MAX = 100 };

struct describe_options {
    const char *langs;
    bool ocr, whole_text;
    const char *passwords[DESCRIBE_MAX];
    size_t password_count;
    const char *volumes[DESCRIBE_MAX]; /* files: the volumes after the first */
    size_t volume_count;
};

/* Reads one file in a child of its own and prints what its frames say. Returns an exit code. */
int describe_file(const char *path, const struct describe_options *options);

/* Prints docs/FORMATS.md. */
void describe_formats(void);

#endif
