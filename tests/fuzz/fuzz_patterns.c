/* Patterns in any bytes: what is found stands in them, in order, none inside another. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "names/patterns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    size_t size, end;
};

static int look(void *ctx, const struct mention *found)
{
    struct seen *seen = ctx;

    if (found->start < seen->end || found->start >= found->end || found->end > seen->size ||
        found->kind >= MENTION_KINDS || found->score <= 0 || found->score > 1)
        abort();
    seen->end = found->end;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct seen seen = {.size = size};

    return patterns_find((const char *)data, size, look, &seen);
}
