#include <string.h>

#include "text/fold.h"
#include "text/stem.h"

void key_add(struct key_list *list, const char *head, size_t head_len, const char *tail,
             size_t tail_len)
{
    size_t len = head_len + tail_len;

    if (len == 0 || len > WORD_BYTES_MAX || list->count == list->max)
        return;
    struct loose_key *key = &list->keys[list->count];
    memcpy(key->bytes, head, head_len);
    if (tail_len > 0)
        memcpy(key->bytes + head_len, tail, tail_len);
    key->len = (uint8_t)len;
    if (len == list->surface_len && memcmp(key->bytes, list->surface, len) == 0)
        return;
    for (size_t i = 0; i < list->count; i++) {
        if (list->keys[i].len == len && memcmp(list->keys[i].bytes, key->bytes, len) == 0)
            return;
    }
    list->count++;
}

size_t words_index_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[INDEX_KEYS_MAX])
{
    struct key_list list = {.keys = keys,
                            .max = INDEX_KEYS_MAX,
                            .surface = word->surface,
                            .surface_len = word->surface_len};

    if (words->script == WORD_LATIN)
        stem_en_index(&list);
    else if (words->script == WORD_ARABIC)
        stem_ar_index(&list, words);
    return list.count;
}

size_t words_query_keys(const struct words *words, const struct word *word,
                        struct loose_key keys[WORD_KEYS_MAX])
{
    struct key_list list = {.keys = keys,
                            .max = WORD_KEYS_MAX,
                            .surface = word->surface,
                            .surface_len = word->surface_len};

    if (words->script == WORD_LATIN)
        stem_en_query(&list);
    else if (words->script == WORD_ARABIC)
        stem_ar_query(&list, words, word);
    return list.count;
}

/* U+0600-06FF are the two-byte characters that begin with D8 to DB. */
static bool is_arabic(const char *surface, size_t len)
{
    return len >= 2 && (unsigned char)surface[0] >= 0xD8 && (unsigned char)surface[0] <= 0xDB;
}

size_t words_joined(const char *first, size_t first_len, const char *second, size_t second_len,
                    char out[WORD_BYTES_MAX])
{
    if (first_len + second_len > WORD_BYTES_MAX || !is_arabic(first, first_len) ||
        !is_arabic(second, second_len))
        return 0;
    memcpy(out, first, first_len);
    memcpy(out + first_len, second, second_len);
    return first_len + second_len;
}

bool words_spaced(const struct words *words, const struct word *word, struct word_parts *ret_parts)
{
    if (words->script != WORD_ARABIC)
        return false;
    if (words->joiner_count == 0)
        return stem_ar_parts(word->surface, word->surface_len, ret_parts);
    size_t at = 0;
    for (size_t i = 0; i <= words->joiner_count; i++) {
        size_t end = i < words->joiner_count ? words->joiners[i] : word->surface_len;
        ret_parts->at[i] = (uint8_t)at;
        ret_parts->len[i] = (uint8_t)(end - at);
        at = end;
    }
    ret_parts->count = (uint8_t)(words->joiner_count + 1);
    return true;
}
