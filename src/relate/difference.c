#include "relate/difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "relate/script.h"
#include "store/page.h"
#include "text/passage.h"

/* ---- the texts ---- */

struct word_at {
    uint64_t hash;
    uint32_t at, len;
    uint32_t page;
};

struct side {
    struct buf text;
    struct word_at *words;
    uint32_t count;
    uint32_t page; /* the last that was added */
    bool cut;
};

static void side_release(struct side *side)
{
    buf_release(&side->text);
    free(side->words);
}

/* The words of what was added to the text from `at` on. */
static void split(struct side *side, size_t at)
{
    const char *text = side->text.data;

    while (at < side->text.len) {
        while (at < side->text.len && passage_is_blank(text[at]))
            at++;
        size_t end = at;
        while (end < side->text.len && !passage_is_blank(text[end]))
            end++;
        if (end == at)
            return;
        if (side->count == DIFFERENCE_WORDS_MAX) {
            side->cut = true;
            return;
        }
        side->words = mem_room(side->words, side->count, sizeof(*side->words));
        side->words[side->count++] =
            (struct word_at){.hash = bytes_hash(BYTES_HASH_START, text + at, end - at),
                             .at = (uint32_t)at,
                             .len = (uint32_t)(end - at),
                             .page = side->page};
        at = end;
    }
}

static int add_page(void *ctx, const struct page *page)
{
    struct side *side = ctx;
    size_t at = side->text.len;

    side->page = page->head.number;
    if (buf_append(&side->text, page->text, page->text_len) || buf_append_char(&side->text, '\n'))
        side->cut = true;
    else
        split(side, at);
    return side->cut;
}

static int side_load(struct side *side, struct sanad_case *kase, int64_t item, struct err *err)
{
    *side = (struct side){.page = 1};
    buf_init(&side->text, DIFFERENCE_BYTES_MAX);
    int rc = page_each(kase, item, add_page, side, err);
    return rc < 0 ? rc : 0;
}

/* ---- the comparison ---- */

struct comparison {
    struct side left, right;
    difference_fn *fn;
    void *ctx;
    struct difference_sums *sums;
};

static bool is_same(const void *ctx, uint32_t left, uint32_t right)
{
    const struct comparison *comparison = ctx;
    const struct word_at *a = &comparison->left.words[left];
    const struct word_at *b = &comparison->right.words[right];

    return a->hash == b->hash && a->len == b->len &&
           memcmp(comparison->left.text.data + a->at, comparison->right.text.data + b->at,
                  a->len) == 0;
}

/* The page of a word, or of the last before the end. */
static uint32_t page_of(const struct side *side, uint32_t word)
{
    if (side->count == 0)
        return 1;
    return side->words[word < side->count ? word : side->count - 1].page;
}

static int give(const struct comparison *comparison, enum difference_kind kind, uint32_t left,
                uint32_t right, uint32_t words)
{
    const struct side *side = kind == DIFFERENCE_RIGHT ? &comparison->right : &comparison->left;
    uint32_t from = kind == DIFFERENCE_RIGHT ? right : left;

    if (words == 0)
        return 0;
    const struct word_at *first = &side->words[from];
    const struct word_at *last = &side->words[from + words - 1];
    struct difference difference = {.kind = kind,
                                    .text = side->text.data + first->at,
                                    .len = (size_t)last->at + last->len - first->at,
                                    .words = words,
                                    .page_left = page_of(&comparison->left, left),
                                    .page_right = page_of(&comparison->right, right)};
    return comparison->fn(comparison->ctx, &difference);
}

/* What one has and the other not, then what both have. */
static int on_stretch(void *ctx, const struct stretch *stretch)
{
    struct comparison *comparison = ctx;
    uint32_t left = stretch->left + stretch->only_left;
    uint32_t right = stretch->right + stretch->only_right;
    int rc = give(comparison, DIFFERENCE_LEFT, stretch->left, stretch->right, stretch->only_left);

    if (!rc)
        rc = give(comparison, DIFFERENCE_RIGHT, left, stretch->right, stretch->only_right);
    if (!rc)
        rc = give(comparison, DIFFERENCE_SAME, left, right, stretch->same);
    comparison->sums->same += stretch->same;
    return rc;
}

int difference_each(struct sanad_case *kase, int64_t left, int64_t right, difference_fn *fn,
                    void *ctx, struct difference_sums *ret_sums, struct err *err)
{
    struct comparison comparison = {.fn = fn, .ctx = ctx, .sums = ret_sums};
    int rc = side_load(&comparison.left, kase, left, err);

    *ret_sums = (struct difference_sums){0};
    if (!rc)
        rc = side_load(&comparison.right, kase, right, err);
    if (!rc) {
        ret_sums->left = comparison.left.count;
        ret_sums->right = comparison.right.count;
        ret_sums->cut = comparison.left.cut || comparison.right.cut;
        rc = script_each(comparison.left.count, comparison.right.count, is_same, on_stretch,
                         &comparison);
    }
    side_release(&comparison.left);
    side_release(&comparison.right);
    return rc;
}
