#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/tagger.h"

struct counts {
    size_t right, found, wanted;
};

struct answer {
    const struct document *document;
    struct counts *counts; /* by kind, then all */
    size_t at;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == 0;
}

/* Widened to whole words: how the corpora cut tokens is no one's mistake. */
static size_t word_start(const char *text, size_t at)
{
    while (at && !is_space(text[at - 1]))
        at--;
    return at;
}

static size_t word_end(const char *text, size_t at)
{
    while (!is_space(text[at]))
        at++;
    return at;
}

static int seen(void *ctx, const struct mention *mention)
{
    struct answer *answer = ctx;
    const struct document *document = answer->document;
    size_t start = word_start(document->text, mention->start);
    size_t end = word_end(document->text, mention->end);

    if (mention->kind > MENTION_PLACE)
        return 0;
    answer->counts[mention->kind].found++;
    while (answer->at < document->span_count && document->spans[answer->at].end <= mention->start)
        answer->at++;
    for (size_t i = answer->at; i < document->span_count && document->spans[i].start < end; i++) {
        const struct span *span = &document->spans[i];

        if (span->kind == (int)mention->kind && word_start(document->text, span->start) == start &&
            word_end(document->text, span->end) == end) {
            answer->counts[mention->kind].right++;
            break;
        }
    }
    return 0;
}

static void print(const char *name, const struct counts *counts)
{
    struct counts all = {0, 0, 0};

    fprintf(stderr, "%-10s", name);
    for (int kind = 0; kind <= TAG_KINDS; kind++) {
        const struct counts *one = kind < TAG_KINDS ? &counts[kind] : &all;

        fprintf(stderr, "  %s P %.3f R %.3f F %.3f", &"PER\0ORG\0LOC\0all"[4 * kind],
                (double)one -> right / (double)(one->found + !one->found),
                (double)one -> right / (double)(one->wanted + !one->wanted),
                2.0 * (double)one -> right / (double)(one->found + one->wanted + 1e-9));
        if (kind < TAG_KINDS) {
            all.right += one->right;
            all.found += one->found;
            all.wanted += one->wanted;
        }
    }
    fputc('\n', stderr);
}

void measure(const struct corpus *corpus, unsigned fold, bool evaluation, const char *data,
             size_t len)
{
    struct tag_model model;

    if (tag_model_read((const unsigned char *)data, len, &model, NULL) != 0)
        abort();
    for (unsigned source = 0; source < corpus_source_count; source++) {
        struct counts counts[TAG_KINDS] = {0};

        for (size_t i = 0; i < corpus->count; i++) {
            const struct document *document = &corpus->documents[i];
            struct answer answer = {document, counts, 0};
            bool untaught = corpus_sources[source].use == USE_EVALUATION && !evaluation;

            if (document->source != source || (document->fold != fold && !untaught))
                continue;
            for (size_t k = 0; k < document->span_count; k++)
                counts[document->spans[k].kind].wanted++;
            (void)tagger_find(&model, document->text, document->len,
                              document->language == TAG_ARABIC    ? "ar"
                              : document->language == TAG_PERSIAN ? "fa"
                                                                  : "en",
                              seen, &answer);
        }
        print(corpus_sources[source].name, counts);
    }
}
