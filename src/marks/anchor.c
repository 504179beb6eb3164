#include "marks/anchor.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "text/fold.h"

enum { QUOTE_WORDS_MAX = 512 }; /* of a quote that are looked for by their fold */

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t anchor_before(const char *text, size_t at, unsigned chars)
{
    for (; chars > 0 && at > 0; chars--) {
        at--;
        while (at > 0 && continues(text[at]))
            at--;
    }
    return at;
}

size_t anchor_behind(const char *text, size_t len, size_t at, unsigned chars)
{
    for (; chars > 0 && at < len; chars--) {
        at++;
        while (at < len && continues(text[at]))
            at++;
    }
    return at;
}

/* ---- word for word ---- */

/* Bytes that agree before `at`, from there backwards, and behind it. */
static size_t agreeing(const struct anchor *anchor, const char *text, size_t len, size_t at)
{
    size_t prefix = strlen(anchor->prefix);
    size_t behind = at + strlen(anchor->quote);
    size_t same = 0;
    size_t more = 0;

    while (same < prefix && same < at && anchor->prefix[prefix - 1 - same] == text[at - 1 - same])
        same++;
    while (anchor->suffix[more] && behind + more < len &&
           anchor->suffix[more] == text[behind + more])
        more++;
    return same + more;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

static bool find_quote(const struct anchor *anchor, const char *text, size_t len, size_t *ret_at)
{
    size_t quote = strlen(anchor->quote);
    size_t best = 0;
    bool found = false;

    for (size_t at = 0; at + quote <= len; at++) {
        const char *here = memmem(text + at, len - at, anchor->quote, quote);
        if (!here)
            break;
        at = (size_t)(here - text);
        size_t fits = agreeing(anchor, text, len, at);
        if (!found || fits > best ||
            (fits == best && distance(at, anchor->start) < distance(*ret_at, anchor->start))) {
            *ret_at = at;
            best = fits;
        }
        found = true;
    }
    return found;
}

/* ---- by the fold ---- */

struct folded {
    uint64_t hash;
    uint32_t at, end;
};

struct folded_text {
    struct folded *words;
    size_t count;
};

static void cleanup_folded(struct folded_text *folded)
{
    free(folded->words);
}

static void fold_text(const char *text, size_t len, size_t max, struct folded_text *ret_folded)
{
    struct words words;
    struct word word;

    words_init(&words, text, len);
    while (ret_folded->count < max && words_next(&words, &word)) {
        ret_folded->words =
            mem_room(ret_folded->words, ret_folded->count, sizeof(*ret_folded->words));
        ret_folded->words[ret_folded->count++] =
            (struct folded){bytes_hash(BYTES_HASH_START, word.surface, word.surface_len), word.at,
                            word.at + word.len};
    }
}

static bool same_run(const struct folded *a, const struct folded *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].hash != b[i].hash)
            return false;
    return true;
}

bool anchor_same_words(const char *a, size_t a_len, const char *b, size_t b_len)
{
    CLEANUP(cleanup_folded) struct folded_text first = {0};
    CLEANUP(cleanup_folded) struct folded_text second = {0};

    fold_text(a, a_len, SIZE_MAX, &first);
    fold_text(b, b_len, SIZE_MAX, &second);
    return first.count == second.count && same_run(first.words, second.words, first.count);
}

static bool find_words(const struct anchor *anchor, const char *text, size_t len,
                       uint32_t *ret_start, uint32_t *ret_end)
{
    CLEANUP(cleanup_folded) struct folded_text quote = {0};
    CLEANUP(cleanup_folded) struct folded_text page = {0};
    bool found = false;

    fold_text(anchor->quote, strlen(anchor->quote), QUOTE_WORDS_MAX + 1, &quote);
    if (quote.count == 0 || quote.count > QUOTE_WORDS_MAX)
        return false;
    fold_text(text, len, SIZE_MAX, &page);
    for (size_t i = 0; i + quote.count <= page.count; i++) {
        if (!same_run(page.words + i, quote.words, quote.count) ||
            (found &&
             distance(page.words[i].at, anchor->start) >= distance(*ret_start, anchor->start)))
            continue;
        *ret_start = page.words[i].at;
        *ret_end = page.words[i + quote.count - 1].end;
        found = true;
    }
    return found;
}

bool anchor_find(const struct anchor *anchor, const char *text, size_t len, uint32_t *ret_start,
                 uint32_t *ret_end)
{
    size_t quote = strlen(anchor->quote);
    size_t at = anchor->start;

    if (quote == 0)
        return false;
    bool there = at + quote <= len && memcmp(text + at, anchor->quote, quote) == 0 &&
                 agreeing(anchor, text, len, at) == strlen(anchor->prefix) + strlen(anchor->suffix);
    if (!there && !find_quote(anchor, text, len, &at))
        return find_words(anchor, text, len, ret_start, ret_end);
    *ret_start = (uint32_t)at;
    *ret_end = (uint32_t)(at + quote);
    return true;
}
