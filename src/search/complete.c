#include "search/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "search/fulltext.h"
#include "search/terms.h"
#include "search/tokens.h"

/* A word and on how many pages it stands. */
struct counted {
    const struct surface *surface;
    size_t pages;
};

/* The last word of a text, folded; 0 letters when it has none. */
static size_t last_word(const char *typed, char out[WORD_BYTES_MAX])
{
    struct words words;
    struct word word;
    size_t len = 0;

    words_init(&words, typed, strlen(typed));
    while (words_next(&words, &word)) {
        memcpy(out, word.surface, word.surface_len);
        len = word.surface_len;
    }
    return len;
}

static size_t letters_of(const char *word, size_t len)
{
    size_t letters = 0;

    for (size_t i = 0; i < len; i++)
        letters += (word[i] & 0xC0) != 0x80;
    return letters;
}

static int bytes_order(const struct surface *a, const struct surface *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->bytes, b->bytes, len);

    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int shortest_first(const void *left, const void *right)
{
    const struct surface *a = left;
    const struct surface *b = right;

    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    return bytes_order(a, b);
}

static int most_pages_first(const void *left, const void *right)
{
    const struct counted *a = left;
    const struct counted *b = right;

    if (a->pages != b->pages)
        return a->pages > b->pages ? -1 : 1;
    return shortest_first(a->surface, b->surface);
}

static int count_pages(struct fulltext *fulltext, struct counted *counted, struct err *err)
{
    CLEANUP(cleanup_fulltext_rows) struct fulltext_rows rows = {0};
    CLEANUP(cleanup_buf) struct buf tokens = {0};

    buf_init(&tokens, WORD_BYTES_MAX + 2);
    int rc = token_append(&tokens, TOKEN_NEXT, MARK_TEXT, counted->surface->bytes,
                          counted->surface->len);
    if (!rc)
        rc = fulltext_phrase(fulltext, tokens.data, tokens.len, FULLTEXT_WHOLE, &rows, err);
    counted->pages = rows.count;
    return rc;
}

static int give(struct db *db, const struct surfaces *found, size_t max, complete_fn *fn, void *ctx,
                struct err *err)
{
    CLEANUP(cleanup_fulltext) struct fulltext *fulltext = NULL;
    struct counted counted[COMPLETE_LOOKED_AT];
    size_t count = found->count < COMPLETE_LOOKED_AT ? found->count : COMPLETE_LOOKED_AT;
    int rc = fulltext_open(db, &fulltext, err);

    for (size_t i = 0; i < count && !rc; i++) {
        counted[i].surface = &found->list[i];
        rc = count_pages(fulltext, &counted[i], err);
    }
    if (rc || !count)
        return rc;
    qsort(counted, count, sizeof(*counted), most_pages_first);
    for (size_t i = 0; i < count && i < max && counted[i].pages > 0 && !rc; i++)
        rc = fn(ctx, counted[i].surface->bytes, (int64_t)counted[i].pages);
    return rc;
}

int search_complete(struct sanad_case *kase, const char *typed, size_t max, complete_fn *fn,
                    void *ctx, struct err *err)
{
    CLEANUP(cleanup_surfaces) struct surfaces found = {0};
    char word[WORD_BYTES_MAX];
    size_t len = last_word(typed, word);

    if (letters_of(word, len) < COMPLETE_LETTERS_MIN)
        return 0;
    int rc = terms_with_prefix(case_db(kase), word, len, &found, err);
    if (rc || found.count == 0)
        return rc;
    qsort(found.list, found.count, sizeof(*found.list), shortest_first);
    return give(case_db(kase), &found, max, fn, ctx, err);
}
