/*
 * The records that PowerPoint's files and the drawings of Office consist of ([MS-PPT] 2.3.1,
 * [MS-ODRAW] 2.2.1): a header of eight bytes, then the record's bytes or, in a container, further
 * records.
 */
#ifndef WORKER_RECORD_H
#define WORKER_RECORD_H

#include <stdbool.h>
#include <stddef.h>

enum { RECORD_HEADER = 8 };

/* Borrows the bytes it was read from. */
struct record {
    unsigned version, instance, type;
    const unsigned char *data;
    size_t len; /* never beyond what is there */
};

/* The record at *at, which moves behind it; false at the end. */
bool record_next(const unsigned char *data, size_t len, size_t *at, struct record *ret);

bool record_is_container(const struct record *record);

#endif
