/*
 * The edit script of two sequences (difference.h has the method): what is only in the first, only
 * in the second, and in both, in order.
 */
#ifndef RELATE_SCRIPT_H
#define RELATE_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

/* From the places `left` and `right` on: so many only in one, then so many in both. */
struct stretch {
    uint32_t left, right;
    uint32_t only_left, only_right, same;
};

typedef bool same_fn(const void *ctx, uint32_t left, uint32_t right);
typedef int stretch_fn(void *ctx, const struct stretch *stretch);

/* Non-zero from `fn` stops and is returned; both functions get `ctx`. */
int script_each(uint32_t left_count, uint32_t right_count, same_fn *same, stretch_fn *fn,
                void *ctx);

#endif
