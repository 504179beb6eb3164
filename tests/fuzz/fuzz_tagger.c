/* Mentions in any bytes: each stands in them, in order, none over another. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "names/mentions.h"
#include "names/tagger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    size_t size, end;
};

static int look(void *ctx, const struct mention *mention)
{
    struct seen *seen = ctx;

    if (mention->start < seen->end || mention->start >= mention->end || mention->end > seen->size ||
        !(mention->score >= 0 && mention->score <= 1))
        abort();
    seen->end = mention->end;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const langs[] = {"en", "fa", "ar", NULL};
    static struct tagger *tagger;
    struct seen seen = {.size = size};

    if (!tagger)
        tagger = tagger_new(NULL);
    return mentions_find(tagger, (const char *)data, size, size ? langs[data[0] % 4] : NULL, look,
                         &seen);
}
