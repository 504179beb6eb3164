#include "measure.h"

#include <math.h>
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

/* Whether the document says the same of a mention. */
static bool is_right(struct answer *answer, const struct mention *mention)
{
    const struct document *document = answer->document;
    size_t start = word_start(document->text, mention->start);
    size_t end = word_end(document->text, mention->end);

    while (answer->at < document->span_count && document->spans[answer->at].end <= mention->start)
        answer->at++;
    for (size_t i = answer->at; i < document->span_count && document->spans[i].start < end; i++) {
        const struct span *span = &document->spans[i];

        if (span->kind == (int)mention->kind && word_start(document->text, span->start) == start &&
            word_end(document->text, span->end) == end)
            return true;
    }
    return false;
}

static int seen(void *ctx, const struct mention *mention)
{
    struct answer *answer = ctx;

    if (mention->kind > MENTION_PLACE)
        return 0;
    answer->counts[mention->kind].found++;
    answer->counts[mention->kind].right += is_right(answer, mention);
    return 0;
}

/* Sums of a logistic regression over two features, 1 and the margin in hundreds. */
struct fit {
    struct answer answer;
    double weights[TAG_KINDS][2];
    double slope[TAG_KINDS][2], bend[TAG_KINDS][3];
};

static int fit_one(void *ctx, const struct mention *mention)
{
    struct fit *fit = ctx;
    double margin, expected, rest;
    int kind = (int)mention->kind;

    if (mention->kind > MENTION_PLACE)
        return 0;
    margin = log((double)mention->score / (1.0 - fmin((double)mention->score, 0.9999999))) *
             1000000.0 / DRAFT_SURE / 100.0;
    expected = 1.0 / (1.0 + exp(-fit->weights[kind][0] - fit->weights[kind][1] * margin));
    rest = (is_right(&fit->answer, mention) ? 1.0 : 0.0) - expected;
    fit->slope[kind][0] += rest;
    fit->slope[kind][1] += rest * margin;
    fit->bend[kind][0] += expected * (1.0 - expected);
    fit->bend[kind][1] += expected * (1.0 - expected) * margin;
    fit->bend[kind][2] += expected * (1.0 - expected) * margin * margin;
    return 0;
}

static const char *code_of(enum tag_language language)
{
    return language == TAG_ARABIC ? "ar" : language == TAG_PERSIAN ? "fa" : "en";
}

static void fit_step(struct fit *fit)
{
    for (int kind = 0; kind < TAG_KINDS; kind++) {
        const double *bend = fit->bend[kind];
        const double *slope = fit->slope[kind];
        double a = bend[0] + 1.0, c = bend[2] + 1.0;
        double room = a * c - bend[1] * bend[1];

        fit->weights[kind][0] += (c * slope[0] - bend[1] * slope[1]) / room;
        fit->weights[kind][1] += (a * slope[1] - bend[1] * slope[0]) / room;
    }
    memset(fit->slope, 0, sizeof(fit->slope));
    memset(fit->bend, 0, sizeof(fit->bend));
}

void measure_sure(const struct corpus *corpus, unsigned fold, bool arabic, const char *data,
                  size_t len, int32_t sure[TAG_KINDS][2])
{
    enum { STEPS = 8 };
    struct tag_model model;
    struct fit fit = {0};

    if (tag_model_read((const unsigned char *)data, len, &model, NULL) != 0)
        abort();
    struct tagger *tagger = tagger_new(&model);
    for (int step = 0; step < STEPS; step++) {
        for (size_t i = 0; i < corpus->count; i++) {
            const struct document *document = &corpus->documents[i];

            if (document->fold != fold || document->made ||
                (document->language != TAG_ENGLISH) != arabic ||
                corpus_sources[document->source].use != USE_SHIPPED ||
                !corpus_sources[document->source].whole)
                continue;
            fit.answer = (struct answer){document, NULL, 0};
            (void)tagger_read(tagger, document->text, document->len, code_of(document->language),
                              fit_one, &fit);
        }
        fit_step(&fit);
    }
    tagger_free(tagger);
    for (int kind = 0; kind < TAG_KINDS; kind++) {
        sure[kind][0] = (int32_t)lround(1000.0 * fit.weights[kind][0]);
        sure[kind][1] = (int32_t)lround(10000.0 * fit.weights[kind][1]);
        fprintf(stderr, "sure %d: %d %d\n", kind, sure[kind][0], sure[kind][1]);
    }
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
    struct tagger *tagger = tagger_new(&model);
    for (unsigned source = 0; source < corpus_source_count; source++) {
        struct counts counts[TAG_KINDS] = {0};

        for (size_t i = 0; i < corpus->count; i++) {
            const struct document *document = &corpus->documents[i];
            struct answer answer = {document, counts, 0};
            bool untaught = corpus_sources[source].use == USE_EVALUATION && !evaluation;

            if (document->source != source || document->made ||
                (document->fold != fold && !untaught))
                continue;
            for (size_t k = 0; k < document->span_count; k++)
                if (document->spans[k].kind < TAG_KINDS)
                    counts[document->spans[k].kind].wanted++;
            (void)tagger_read(tagger, document->text, document->len, code_of(document->language),
                              seen, &answer);
        }
        print(corpus_sources[source].name, counts);
    }
    tagger_free(tagger);
}
