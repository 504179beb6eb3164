/* Names: the bytes up to the first newline and those behind it are two names, and a list. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "names/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct names_model *model;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scored_name a;
    static struct scored_name b;
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t first = end ? (size_t)(end - data) : size;
    char *text = mem_strndup((const char *)data, size);
    struct names_index *index = NULL;
    struct match match;
    struct match turned;
    struct ranked ranked[4];

    if (!model)
        model = names_model_new();
    scored_name_set(model, text, first, &a);
    scored_name_set(model, text + first, size - first, &b);
    names_match(model, FIT_PAIR, &a, &b, &match);
    names_match(model, FIT_PAIR, &b, &a, &turned);
    if (match.log_odds != turned.log_odds)
        abort();
    if (names_index_new(model, text, size, &index, NULL) == 0)
        names_index_rank(index, text, first, 4, ranked);
    names_index_free(index);
    free(text);
    return 0;
}
