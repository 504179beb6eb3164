/* Copies of labelled documents as OCR and careless typing leave them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "corpus.h"

enum {
    MISREAD_IN = 40, /* one letter in so many is taken for another */
    LOST_SPACE_IN = 60,
    ZWNJ_IN = 2,          /* one ZWNJ in so many is lost or a space */
    LATIN_COPIED_IN = 10, /* one line in so many is copied */
    ARABIC_COPIED_IN = 3,
    CAPITALS_IN = 4, /* of these copied lines in Latin, one in so many is all capitals */
};

/* Letters that are taken for one another; each group's letters are as likely. */
static const char *const confused[] = {"بپتثنی", "جچحخ", "دذ",  "رزژ", "سش",   "صض",
                                       "طظ",     "عغ",   "فق",  "کگ",  "l1iI", "o0O",
                                       "ecoa",   "rn",   "uvn", "S5",  "B8",   "tf"};

static uint32_t misread(uint32_t rune, uint64_t *state)
{
    char bytes[5] = {0};

    utf8_encode(rune, bytes);
    for (size_t i = 0; i < sizeof(confused) / sizeof(*confused); i++) {
        const char *group = confused[i];
        size_t len = strlen(group), at = 0;
        uint32_t letter;

        if (!strstr(group, bytes))
            continue;
        for (size_t skip = corpus_draw(state) % utf8_count(group, len); skip; skip--)
            at += utf8_decode(group + at, len - at, &letter);
        utf8_decode(group + at, len - at, &letter);
        return letter;
    }
    return rune;
}

static void put(struct buf *out, uint32_t rune, bool capitals, uint64_t *state)
{
    if (rune == 0x200C && corpus_draw(state) % ZWNJ_IN == 0) {
        if (corpus_draw(state) % 2)
            buf_append_char(out, ' ');
        return;
    }
    if (rune == ' ' && corpus_draw(state) % LOST_SPACE_IN == 0)
        return;
    if (corpus_draw(state) % MISREAD_IN == 0)
        rune = misread(rune, state);
    if (rune < 0x80 && capitals)
        rune = (uint32_t)toupper((int)rune);
    buf_append_rune(out, rune);
}

/* Copies text[at..end) of a document with its spans, from *span on. */
static void copy_line(struct document *to, struct buf *out, const struct document *document,
                      size_t at, size_t end, size_t *span, uint64_t *state)
{
    bool capitals = document->language == TAG_ENGLISH && corpus_draw(state) % CAPITALS_IN == 0;
    size_t open = 0;

    while (at < end) {
        const struct span *next = *span < document->span_count ? &document->spans[*span] : NULL;
        uint32_t rune;

        if (next && at == next->start)
            open = out->len;
        at += utf8_decode(document->text + at, end - at, &rune);
        put(out, rune, capitals, state);
        if (next && at >= next->end) {
            if (out->len > open)
                corpus_span(to, open, out->len, next->kind);
            ++*span;
        }
    }
}

static void copy(struct corpus *corpus, size_t from, uint64_t *state)
{
    struct document *to = corpus_document(corpus, corpus->documents[from].source,
                                          corpus->documents[from].language, "");
    const struct document *document = &corpus->documents[from];
    struct buf out;
    uint32_t copied_in = document->language == TAG_ENGLISH ? LATIN_COPIED_IN : ARABIC_COPIED_IN;
    size_t span = 0;

    buf_init(&out, 64 << 20);
    to->fold = document->fold;
    to->made = true;
    for (size_t at = 0; at < document->len;) {
        size_t end = at + strcspn(document->text + at, "\n");

        end += end < document->len;
        while (span < document->span_count && document->spans[span].start < at)
            span++;
        if (corpus_draw(state) % copied_in == 0)
            copy_line(to, &out, document, at, end, &span, state);
        at = end;
    }
    to->len = out.len;
    to->text = buf_take(&out);
}

void corpus_damage(struct corpus *corpus)
{
    size_t count = corpus->count;
    uint64_t state = 11;

    for (size_t i = 0; i < count; i++)
        if (corpus_sources[corpus->documents[i].source].whole)
            copy(corpus, i, &state);
}
