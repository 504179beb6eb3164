/*
 * A list of terms, one a line: how many documents and pages each finds. A line that cannot be
 * searched says why and stops nothing. For the reading room and for `sanad search --batch`.
 */
#ifndef WEB_BATCH_H
#define WEB_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "search/search.h"
#include "store/case.h"

enum { BATCH_LINES_MAX = 10000 };

struct batch {
    const char *text; /* borrowed; any bytes */
    size_t len, at;
    int64_t line; /* of the last term, from 1; lines without a term count */
    int64_t terms;
};

/* Line ends are LF or CR LF; a mark of the byte order at the beginning is passed over. */
void batch_start(struct batch *batch, const char *text, size_t len);

struct batch_row {
    int64_t line;
    char term[QUERY_BYTES_MAX + 1]; /* UTF-8; of a bad line what can be shown of it */
    struct search_counts counts;
    char reason[ERR_MESSAGE_MAX]; /* why the line was not searched, or "" */
};

/* The next line that holds something, searched with the names in it widened. False at the end. */
bool batch_next(struct batch *batch, struct sanad_case *kase, struct batch_row *ret_row);

#endif
