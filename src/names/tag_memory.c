#include "names/tag_memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct tag_memory *tag_memory_new(void)
{
    return mem_zalloc(1, sizeof(struct tag_memory));
}

void tag_memory_free(struct tag_memory *memory)
{
    free(memory);
}

void tag_memory_clear(struct tag_memory *memory)
{
    if (memory->count)
        memset(memory, 0, sizeof(*memory));
}

static size_t place(const struct tag_memory *memory, uint64_t word)
{
    size_t mask = ((size_t)1 << TAG_MEMORY_BITS) - 1;
    size_t at = word & mask;

    while (memory->entries[at].word && memory->entries[at].word != word)
        at = (at + 1) & mask;
    return at;
}

void tag_memory_note(struct tag_memory *memory, uint64_t word, unsigned known, uint32_t sentence)
{
    struct tag_memory_entry *entry;

    word |= (uint64_t)1 << 63; /* 0 is an empty entry */
    entry = &memory->entries[place(memory, word)];
    if (!entry->word) {
        if (memory->count >= (size_t)3 << (TAG_MEMORY_BITS - 2))
            return;
        entry->word = word;
        memory->count++;
    }
    for (unsigned i = 0; i < TAG_KNOWN_BITS; i++) {
        if (!(known >> i & 1))
            continue;
        if (!entry->first[i])
            entry->first[i] = sentence + 1;
        else if (entry->first[i] != sentence + 1)
            entry->again |= (uint8_t)(1 << i);
    }
}

unsigned tag_memory_known(const struct tag_memory *memory, uint64_t word, uint32_t sentence)
{
    const struct tag_memory_entry *entry;
    unsigned known;

    if (!memory->count)
        return 0;
    entry = &memory->entries[place(memory, word | (uint64_t)1 << 63)];
    known = entry->again;
    for (unsigned i = 0; i < TAG_KNOWN_BITS; i++)
        if (entry->first[i] && entry->first[i] != sentence + 1)
            known |= 1u << i;
    return known;
}
