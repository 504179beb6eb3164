#include "text/misread.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

/* Each letter of a set is written as its first. Surfaces are folded: ي and ى are ی, ك is ک, ة is ه.
 */
static const char *const sets[] = {
    "بپتثنی", "جچحخ",  "دذ", "رزژ", "سش", "صض",  "طظ", "عغ", "فق",
    "کگ",     "ijl1t", "ec", "o0",  "z2", "qg9", "s5", "uv", "b68",
};

/* Pairs that run together, and a letter that falls apart. Tried in this order, before the sets. */
static const struct {
    char pair[2];
    char one;
} joined[] = {
    {{'r', 'n'}, 'm'}, {{'c', 'l'}, 'd'}, {{'v', 'v'}, 'w'}, {{'l', 'i'}, 'h'},
    {{'r', 'i'}, 'n'}, {{'i', 'i'}, 'u'}, {{'t', 'i'}, 'u'},
};

/* A comma or a speck behind an Arabic word is often read as this. */
static const char hamza[] = "ء";

/* Every pair of the list in turn, over the whole word. */
static size_t join_pairs(char *word, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(joined); i++) {
        size_t to = 0;
        for (size_t at = 0; at < len; to++) {
            bool pair = at + 1 < len && memcmp(word + at, joined[i].pair, 2) == 0;
            word[to] = pair ? joined[i].one : word[at];
            at += pair ? 2 : 1;
        }
        len = to;
    }
    return len;
}

static size_t letter_len(const char *at, size_t left)
{
    unsigned char lead = (unsigned char)*at;
    size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return len < left ? len : left;
}

/* The set's letters have one length, so a class takes no more room than its word. */
static const char *class_of(const char *letter, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        for (const char *at = sets[i]; *at; at += letter_len(at, SIZE_MAX))
            if (letter_len(at, SIZE_MAX) == len && memcmp(at, letter, len) == 0)
                return sets[i];
    return letter;
}

size_t misread_class(const char *surface, size_t len, char out[WORD_BYTES_MAX])
{
    size_t hamza_len = sizeof(hamza) - 1;

    if (len > hamza_len && memcmp(surface + len - hamza_len, hamza, hamza_len) == 0)
        len -= hamza_len;
    memcpy(out, surface, len);
    len = join_pairs(out, len);
    for (size_t at = 0; at < len;) {
        size_t letter = letter_len(out + at, len - at);
        memmove(out + at, class_of(out + at, letter), letter);
        at += letter;
    }
    return len;
}
