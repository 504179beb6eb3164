/*
 * Tables as text: CSV, TSV and their kin with semicolons or bars (RFC 4180 and what is written
 * instead of it).
 */
#ifndef WORKER_CSV_H
#define WORKER_CSV_H

#include "worker/reader.h"

/* Rows as lines, fields joined by tabs; newlines and tabs inside a field become spaces. */
struct verdict csv_read(const struct input *input, struct emit *emit);

#endif
