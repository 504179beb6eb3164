#include "search/id_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void id_set_add(struct id_set *set, int64_t id)
{
    if (id < 1 || id_set_has(set, id))
        return;
    size_t word = (size_t)((uint64_t)id / 64);
    if (word >= set->words) {
        size_t words = word + word / 2 + 16;
        set->bits = mem_realloc(set->bits, words, sizeof(*set->bits));
        memset(set->bits + set->words, 0, (words - set->words) * sizeof(*set->bits));
        set->words = words;
    }
    set->bits[word] |= UINT64_C(1) << ((uint64_t)id % 64);
    set->count++;
}

void id_set_release(struct id_set *set)
{
    free(set->bits);
    *set = (struct id_set){0};
}
