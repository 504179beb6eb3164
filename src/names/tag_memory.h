/*
 * What words were in the sure mentions of a text, by their keys: the memory that carries a surname
 * through a document. Of bounded size: a full memory learns nothing more.
 */
#ifndef NAMES_TAG_MEMORY_H
#define NAMES_TAG_MEMORY_H

#include <stddef.h>
#include <stdint.h>

enum { TAG_MEMORY_BITS = 13, TAG_KNOWN_BITS = 4 };

struct tag_memory_entry {
    uint64_t word;
    uint32_t first[TAG_KNOWN_BITS]; /* the sentence that said so first, plus 1 */
    uint8_t again;                  /* bits that another sentence said too */
};

struct tag_memory {
    struct tag_memory_entry entries[1 << TAG_MEMORY_BITS];
    size_t count;
};

/* NULL frees nothing. */
struct tag_memory *tag_memory_new(void);
void tag_memory_free(struct tag_memory *memory);
void tag_memory_clear(struct tag_memory *memory);

/* Notes that a word of a sentence was `known` (bits of enum tag_known). */
void tag_memory_note(struct tag_memory *memory, uint64_t word, unsigned known, uint32_t sentence);

/* What sentences other than this one say of a word. */
unsigned tag_memory_known(const struct tag_memory *memory, uint64_t word, uint32_t sentence);

#endif
