#include "sentences.h"

#include <stdlib.h>
#include <string.h>

#include "names/tag_memory.h"

enum { ALL = (1 << TAG_LABELS) - 1, FORGET = 3 };

/* The span of a token, moving on from *at; NULL: none. */
static const struct span *span_of(const struct document *document, const struct tag_token *token,
                                  size_t *at)
{
    while (*at < document->span_count && document->spans[*at].end <= token->at)
        ++*at;
    if (*at < document->span_count && document->spans[*at].start < token->at + token->len)
        return &document->spans[*at];
    return NULL;
}

static uint8_t allowed_of(const struct document *document, const struct tag_token *token,
                          const struct span *span, const struct span *before)
{
    if (span)
        return (uint8_t)(1 << (span == before ? 2 * span->kind + 2 : 2 * span->kind + 1));
    if (document->partial && token->style != CASE_LOWER && token->style != CASE_SIGN &&
        token->style != CASE_NUMBER)
        return ALL;
    return 1 << LABEL_OUT;
}

static void note(struct tag_memory *memory, const struct document *document)
{
    static struct tag_sentence sentence;
    static struct tag_view view;
    struct tag_reader reader;
    size_t at = 0;
    uint32_t number = 0;

    tag_reader_init(&reader, document->text, document->len);
    for (; tag_reader_next(&reader, &sentence); number++)
        for (size_t i = 0; i < sentence.count; i++) {
            const struct tag_token *token = &sentence.tokens[i];
            const struct span *span = span_of(document, token, &at);
            unsigned known;

            if (!span || token->folded_len < 3)
                continue;
            known = 1u << span->kind;
            if (span->kind == 0 && token->at > span->start && token->at + token->len >= span->end)
                known |= KNOWN_FAMILY;
            tag_memory_note(memory, tag_word_key(tag_letters(&sentence, i), token->folded_len),
                            known, number);
        }
    (void)view;
}

void add_sentences(struct learner *learner, const struct tag_table *list,
                   const struct document *document, bool arabic, uint64_t *state)
{
    static struct tag_sentence sentence;
    static struct tag_view view;
    struct tag_memory *memory = tag_memory_new();
    struct tag_reader reader;
    size_t at = 0;
    uint32_t number = 0;

    note(memory, document);
    tag_reader_init(&reader, document->text, document->len);
    for (; tag_reader_next(&reader, &sentence); number++) {
        const struct span *before = NULL;
        uint8_t allowed[TAG_TOKENS_MAX];
        bool some = false;

        if (sentence.arabic != arabic)
            continue;
        tag_view(list, &sentence, arabic ? document->language : TAG_ENGLISH, &view);
        for (size_t i = 0; i < sentence.count; i++) {
            const struct span *span = span_of(document, &sentence.tokens[i], &at);

            allowed[i] = allowed_of(document, &sentence.tokens[i], span, before);
            before = span;
            some |= span != NULL;
            view.looks[i].known = (uint8_t)tag_memory_known(memory, view.looks[i].word, number);
            /* The tagger will not have been sure of all of them. */
            if (view.looks[i].known && corpus_draw(state) % FORGET == 0)
                view.looks[i].known = 0;
        }
        if (some || !document->partial)
            learner_add(learner, &view, allowed);
    }
    tag_memory_free(memory);
}
