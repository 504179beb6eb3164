#include "web/boxes.h"

#include <stdlib.h>
#include <string.h>

#include "web/utf16.h"

static int by_place(const void *a, const void *b)
{
    const struct word_box *left = a;
    const struct word_box *right = b;
    return (left->at > right->at) - (left->at < right->at);
}

/* The words in the order of the text: a reader may give another. */
static struct word_box *sorted_words(const struct page *page)
{
    struct word_box *words = mem_zalloc(page->word_count + 1, sizeof *words);
    if (page->word_count > 0)
        memcpy(words, page->words, page->word_count * sizeof *words);
    qsort(words, page->word_count, sizeof *words, by_place);
    return words;
}

/* The first word that ends behind `at`, as words do not overlap. */
static size_t first_behind(const struct word_box *words, size_t count, uint32_t at)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uint64_t)words[middle].at + words[middle].len > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void put_box(struct json_writer *json, size_t mark, const struct word_box *word)
{
    json_open_array(json, NULL);
    json_put_int(json, NULL, (int64_t)mark);
    json_put_int(json, NULL, word->x0);
    json_put_int(json, NULL, word->y0);
    json_put_int(json, NULL, word->x1);
    json_put_int(json, NULL, word->y1);
    json_close_array(json);
}

void boxes_put(struct json_writer *json, const char *key, const struct page *page,
               const struct mark *marks, size_t count)
{
    CLEANUP(cleanup_free) struct word_box *words = sorted_words(page);
    size_t written = 0;

    json_open_array(json, key);
    for (size_t i = 0; i < count; i++) {
        uint64_t end = (uint64_t)marks[i].at + marks[i].len;
        size_t at = first_behind(words, page->word_count, marks[i].at);
        for (; at < page->word_count && words[at].at < end && written < BOXES_MAX; at++) {
            put_box(json, i, &words[at]);
            written++;
        }
    }
    json_close_array(json);
}

static void put_word(struct json_writer *json, const struct utf16_map *map,
                     const struct word_box *word)
{
    bool read = word->confidence != CONFIDENCE_NONE;

    json_open_array(json, NULL);
    json_put_int(json, NULL, utf16_at(map, word->at));
    json_put_int(json, NULL, utf16_at(map, (size_t)word->at + word->len));
    json_put_int(json, NULL, word->x0);
    json_put_int(json, NULL, word->y0);
    json_put_int(json, NULL, word->x1);
    json_put_int(json, NULL, word->y1);
    json_put_int(json, NULL, read ? word->confidence : -1);
    json_close_array(json);
}

void words_put(struct json_writer *json, const char *key, const struct page *page)
{
    CLEANUP(cleanup_free) struct word_box *words = sorted_words(page);
    struct utf16_map map;

    utf16_map_init(&map, page->text, page->text_len);
    json_open_array(json, key);
    for (size_t i = 0; i < page->word_count && i < BOXES_MAX; i++)
        put_word(json, &map, &words[i]);
    json_close_array(json);
    utf16_map_release(&map);
}
