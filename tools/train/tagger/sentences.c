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

/* Labels of a word that no one has labelled, where not all names are. */
static uint8_t open_labels(const struct tag_look *look)
{
    /* Soviet is a people, in Soviet Union it begins a place's name */
    bool in_place = (look->begins | look->goes_on) & CLASS_PLACE;

    if (look->style == CASE_LOWER || look->style == CASE_SIGN || look->style == CASE_NUMBER ||
        look->classes & CLASS_CALENDAR || (look->classes & CLASS_PEOPLE && !in_place))
        return 1 << LABEL_OUT;
    if (look->classes & CLASS_COUNTRY || in_place)
        return ALL & ~(1 << LABEL_OUT | 1 << LABEL_B_PERSON | 1 << LABEL_I_PERSON);
    if (look->classes & (CLASS_TITLE | CLASS_POST))
        return ALL & ~(1 << LABEL_B_PERSON | 1 << LABEL_I_PERSON);
    return ALL;
}

static uint8_t allowed_of(const struct document *document, const struct tag_look *look,
                          const struct span *span, const struct span *before)
{
    if (span && span->kind == SPAN_MAYBE)
        return open_labels(look);
    if (span && span->kind == SPAN_NONE)
        return 1 << LABEL_OUT;
    if (span && span->kind == SPAN_NAME)
        return ALL & ~(1 << LABEL_OUT);
    if (span)
        return (uint8_t)(1 << (span == before ? 2 * span->kind + 2 : 2 * span->kind + 1));
    return document->partial ? open_labels(look) : 1 << LABEL_OUT;
}

/* A title or post before a person's name is none of it, whatever the corpus holds. */
static bool is_title(const struct span *span, const struct span *before,
                     const struct tag_sentence *sentence, const struct tag_look *looks, size_t at)
{
    return span && span != before && span->kind == 0 && at + 1 < sentence->count &&
           sentence->tokens[at + 1].at < span->end && looks[at + 1].style != CASE_SIGN &&
           looks[at].classes & (CLASS_TITLE | CLASS_POST | CLASS_PEOPLE) &&
           !(looks[at].classes & (CLASS_GIVEN | CLASS_FAMILY));
}

static void note(struct tag_memory *memory, const struct document *document)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;
    size_t at = 0;
    uint32_t number = 0;

    tag_reader_init(&reader, document->text, document->len);
    for (; tag_reader_next(&reader, &sentence); number++) {
        enum tag_language language = sentence.arabic ? document->language : TAG_ENGLISH;

        for (size_t i = 0; i < sentence.count; i++) {
            const struct tag_token *token = &sentence.tokens[i];
            const struct span *span = span_of(document, token, &at);
            unsigned known;

            if (!span || span->kind >= TAG_KINDS || token->folded_len < 3)
                continue;
            known = 1u << span->kind;
            if (span->kind == 0 && token->at > span->start && token->at + token->len >= span->end)
                known |= KNOWN_FAMILY;
            tag_memory_note(memory, tag_known_key(&sentence, i, language), known, number);
        }
    }
}

void add_sentences(struct learner *learner, const struct tag_table *list,
                   const struct document *document, bool arabic, uint64_t *state)
{
    static struct tag_sentence sentence;
    static struct tag_view view;
    struct tag_memory *memory = tag_memory_new();
    struct tag_reader reader;
    bool exact = strcmp(corpus_sources[document->source].name, "made") == 0;
    size_t at = 0;
    uint32_t number = 0;

    note(memory, document);
    tag_reader_init(&reader, document->text, document->len);
    for (; tag_reader_next(&reader, &sentence); number++) {
        const struct span *before = NULL;
        uint8_t allowed[TAG_TOKENS_MAX];
        enum tag_language language = arabic ? document->language : TAG_ENGLISH;
        bool some = false;

        if (sentence.arabic != arabic)
            continue;
        tag_view(list, &sentence, language, &view);
        for (size_t i = 0; i < sentence.count; i++) {
            const struct span *span = span_of(document, &sentence.tokens[i], &at);

            if (document->language != TAG_ARABIC && !exact &&
                is_title(span, before, &sentence, view.looks, i))
                span = NULL;
            allowed[i] = allowed_of(document, &view.looks[i], span, before);
            before = span;
            some |= span != NULL;
            view.looks[i].known =
                (uint8_t)tag_memory_known(memory, tag_known_key(&sentence, i, language), number);
            /* The tagger will not have been sure of all of them. */
            if (view.looks[i].known && corpus_draw(state) % FORGET == 0)
                view.looks[i].known = 0;
        }
        if (some || !document->partial)
            learner_add(learner, &view, allowed);
    }
    tag_memory_free(memory);
}
