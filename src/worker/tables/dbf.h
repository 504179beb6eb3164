/*
 * dBASE tables: III, IV, V, 7, and FoxPro's and Clipper's kinds of them. The character set is the
 * one that the header's language driver names, or, where that names none or "whatever the system
 * has", guessed from the text. Rows that are marked as deleted but still there follow as a table of
 * their own. Memo fields point into another file (.dbt, .fpt), which is read as an item of its own.
 */
#ifndef WORKER_DBF_H
#define WORKER_DBF_H

#include "worker/reader.h"

/* Whether the bytes can be such a table: the header has no magic but has to fit together. */
bool dbf_is(const unsigned char *data, size_t len);

struct verdict dbf_read(const struct input *input, struct emit *emit);

/* The texts of a memo file: FoxPro's (.fpt) and dBASE's (.dbt), by block. */
bool memo_is(const unsigned char *data, size_t len, const char *name);
struct verdict memo_read(const struct input *input, struct emit *emit);

#endif
