/*
 * Finding a name among many, however it is written: an index in memory over
 * distinct names by their keys (keys.h), and a ranking of what the keys find by
 * names_match.
 *
 * Memory: about 150 bytes a name besides the text. Time: a query looks at
 * RANK_POSTINGS_MAX entries of lists and scores RANK_SCORED_MAX names, however
 * many there are.
 */
#ifndef NAMES_INDEX_H
#define NAMES_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "names/match.h"

enum {
    INDEX_NAMES_MAX = 16 * 1024 * 1024,
    RANK_TOP_MAX = 1000,
    RANK_POSTINGS_MAX = 30000,
    RANK_SCORED_MAX = 250,
    RANK_FORMS_MAX = 6, /* of a query, with ";" between them; further ones are not looked at */
};

struct names_index;

/* `text` holds the names, a line each, and is borrowed; `len` < 4 GiB.
 * ERR_LIMIT for more names than INDEX_NAMES_MAX. */
int names_index_new(const struct names_model *model, const char *text, size_t len,
                    struct names_index **ret_index, struct err *err);
void names_index_free(struct names_index *index);

/* Number of names (lines), and one of them; `number` counts from 0. Borrowed,
 * not NUL-terminated.
 */
size_t names_index_count(const struct names_index *index);
const char *names_index_peek(const struct names_index *index, size_t number, size_t *ret_len);

struct ranked {
    uint32_t number; /* of the name, from 0 */
    int log_odds;    /* thousandths */
    int probability; /* thousandths */
};

/* The names most likely to be the one sought, best first; `name` may be several
 * forms of a name with ";" between them, and the best form counts; at most
 * `top`, at most RANK_TOP_MAX. Equal ones in the order of the list. Returns
 * their number. */
size_t names_index_rank(struct names_index *index, const char *name, size_t len, size_t top,
                        struct ranked *ret_ranked);

#endif
