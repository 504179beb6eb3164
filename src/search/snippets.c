#include "search/snippets.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/utf8.h"

enum {
    LOOKED_AT = 1 << 20, /* bytes of a page that are searched for a good place */
    FOUND_MAX = 2048,
    CONTEXT = 60, /* bytes shown before the first mark, about */
};

static const char ellipsis[] = "…";

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A word that matches: how often in the page, and in the window looked at. */
struct word_seen {
    uint64_t hash;
    unsigned count, inside;
};

enum { SEEN_SLOTS = 2 * FOUND_MAX, WEIGHT_RARE = 1 << 16 };

static uint64_t word_hash(const char *text, const struct mark *mark)
{
    char lower[64];
    size_t len = mark->len < sizeof(lower) ? mark->len : sizeof(lower);

    for (size_t i = 0; i < len; i++) {
        char c = text[mark->at + i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return bytes_hash(BYTES_HASH_START, lower, len) | 1;
}

static struct word_seen *seen_at(struct word_seen *seen, uint64_t hash)
{
    size_t at = hash % SEEN_SLOTS;

    while (seen[at].hash && seen[at].hash != hash)
        at = (at + 1) % SEEN_SLOTS;
    seen[at].hash = hash;
    return &seen[at];
}

/* The first of the marks of the window that says most: each different word counts once, the less
 * often it stands in the page the more, so that of "who met whom in Baghdad" it is Baghdad that is
 * shown; among equals the window with the most marks wins. */
static size_t best_window(const char *text, const struct mark *marks, size_t count, size_t width)
{
    CLEANUP(cleanup_free) struct word_seen *seen = mem_zalloc(SEEN_SLOTS, sizeof(*seen));
    CLEANUP(cleanup_free) struct word_seen **words = mem_zalloc(count, sizeof(struct word_seen *));
    size_t best = 0;
    uint64_t best_weight = 0;
    uint64_t weight = 0;

    for (size_t i = 0; i < count; i++) {
        words[i] = seen_at(seen, word_hash(text, &marks[i]));
        words[i]->count++;
    }
    for (size_t first = 0, last = 0; first < count; first++) {
        while (last < count &&
               (last == first || marks[last].at + marks[last].len <= marks[first].at + width)) {
            if (words[last]->inside++ == 0)
                weight += WEIGHT_RARE / words[last]->count;
            last++;
        }
        if (weight + (last - first) > best_weight) {
            best = first;
            best_weight = weight + (last - first);
        }
        if (--words[first]->inside == 0)
            weight -= WEIGHT_RARE / words[first]->count;
    }
    return best;
}

/* Moves `at` forward to where a word begins, but not beyond `limit`. */
static size_t word_start(const char *text, size_t at, size_t limit)
{
    size_t from = at;

    if (at == 0)
        return 0;
    while (at < limit && !is_space(text[at - 1]))
        at++;
    if (at < limit)
        return at;
    /* No space in reach: cut at a character. */
    while (from < limit && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    return from;
}

/* Moves `end` back to where a word ends, but not before `limit`. */
static size_t word_end(const char *text, size_t len, size_t end, size_t limit)
{
    size_t at = end;

    if (end >= len)
        return len;
    while (at > limit && !is_space(text[at]))
        at--;
    if (at > limit)
        return at;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* Copies text[start..end) with runs of white space as one space, and moves the marks along. */
static void copy_window(struct hit *hit, struct buf *out, const char *text, size_t start,
                        size_t end, const struct mark *marks, size_t count)
{
    size_t next = 0;

    while (next < count && marks[next].at < start)
        next++;
    for (size_t at = start; at < end;) {
        if (next < count && marks[next].at == at && at + marks[next].len <= end &&
            hit->mark_count < SNIPPET_MARKS_MAX) {
            hit->marks[hit->mark_count++] = (struct mark){
                .at = (uint32_t)out->len, .len = marks[next].len, .misread = marks[next].misread};
            (void)buf_append(out, text + at, marks[next].len);
            at += marks[next++].len;
            continue;
        }
        if (next < count && marks[next].at == at)
            next++;
        if (!is_space(text[at]))
            (void)buf_append_char(out, text[at]);
        else if (out->len > 0 && out->data[out->len - 1] != ' ')
            (void)buf_append_char(out, ' ');
        at++;
    }
    if (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

/* The page with no more of its texts than is looked at. */
static struct page looked_at(const struct page *page)
{
    struct page start = *page;

    start.text_len = utf8_prefix(page->text, page->text_len, LOOKED_AT);
    if (page->rest_len > 0)
        start.rest_len = utf8_prefix(page->rest, page->rest_len, LOOKED_AT);
    return start;
}

static bool all_misread(const struct mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!marks[i].misread)
            return false;
    return count > 0;
}

void snippet_make(const struct matcher *matcher, const struct page *page, enum text_part part,
                  struct hit *hit)
{
    struct mark marks[FOUND_MAX];
    struct page beginning = looked_at(page);
    size_t count = matcher_find(matcher, &beginning, part, marks, FOUND_MAX);
    size_t len = 0;
    const char *text = page_part(page, part, &len);
    size_t first = 0;
    size_t start = 0;
    struct buf out;

    hit->misread = all_misread(marks, count);
    if (count > 0) {
        first = best_window(text, marks, count, SNIPPET_BYTES - CONTEXT);
        size_t at = marks[first].at;
        start = word_start(text, at > CONTEXT ? at - CONTEXT : 0, at);
    }
    size_t least = count > 0 ? marks[first].at + marks[first].len : start + 1;
    size_t end = word_end(text, len, start + SNIPPET_BYTES, least);
    buf_init(&out, SNIPPET_BYTES + 2 * sizeof(ellipsis));
    if (start > 0)
        (void)buf_append_str(&out, ellipsis);
    copy_window(hit, &out, text, start, end, marks, count);
    if (end < len)
        (void)buf_append_str(&out, ellipsis);
    hit->snippet = buf_take(&out);
}
