/*
 * Trains the model of the tagger (docs/TAGGING.md) and writes it to standard output:
 *
 *   train_tagger [-e] [-f FOLD] [-w SOURCE] NAMES TEXTS MORE OWN >src/names/tagger.model
 *
 * NAMES and TEXTS are folders of lists and of corpora, MORE that of lists.mjs, OWN that of what was
 * written for this project: made sentences (grammar.h) and labels of texts (labelled.h). -e: also
 * from what may be used to measure only; such a model is never given away. -f: leaves out a fifth
 * of the documents (0 to 4), and measures on it. -w: without a source. The same lists give the
 * same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "corpus.h"
#include "labelled.h"
#include "learn.h"
#include "lists.h"
#include "made.h"
#include "measure.h"
#include "project.h"
#include "sentences.h"

enum { BITS = 18, BITS_EVALUATION = 19, ROUNDS = 16, RUNS = 3, LEAST = 2, FIT_FOLD = 4 };

struct train {
    bool evaluation;
    int fold; /* -1: none */
    const char *without;
    struct corpus corpus;
    struct buf model;
};

static void put_number(struct buf *out, uint32_t number)
{
    unsigned char bytes[4];

    le32_put(bytes, number);
    buf_append(out, bytes, sizeof(bytes));
}

static void put_weights(struct buf *out, const struct learner *learner, unsigned bits,
                        int32_t sure[TAG_KINDS][2])
{
    unsigned char *slots = mem_alloc((size_t)TAG_SLOT << bits);
    int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS];
    const int16_t *each = &after[0][0][0];

    learner_write(learner, bits, slots, after);
    put_number(out, bits);
    buf_append(out, slots, (size_t)TAG_SLOT << bits);
    for (size_t i = 0; i < sizeof(after) / sizeof(*each); i++) {
        unsigned char bytes[2];

        le16_put(bytes, (uint16_t)each[i]);
        buf_append(out, bytes, sizeof(bytes));
    }
    for (int i = 0; i < TAG_KINDS * 2; i++)
        put_number(out, (uint32_t)sure[i / 2][i % 2]);
    free(slots);
}

/* The weights of a script that has not been trained yet. */
static void put_nothing(struct buf *out)
{
    static const unsigned char
        nothing[TAG_SLOT + TAG_AFTER_BYTES + sizeof(((struct tag_weights *)0)->sure)];

    put_number(out, 0);
    buf_append(out, nothing, sizeof(nothing));
}

static bool learns_from(const struct train *train, const struct document *document)
{
    return (int)document->fold != train->fold &&
           !(train->without &&
             strcmp(corpus_sources[document->source].name, train->without) == 0) &&
           (train->evaluation || corpus_sources[document->source].use == USE_SHIPPED);
}

static void train_script(struct train *train, const struct tag_table *list, bool arabic, int fold,
                         int32_t sure[TAG_KINDS][2])
{
    struct learner *learner = learner_new();
    uint64_t state = 5;

    for (size_t i = 0; i < train->corpus.count; i++)
        if (learns_from(train, &train->corpus.documents[i]) &&
            (int)train->corpus.documents[i].fold != fold)
            add_sentences(learner, list, &train->corpus.documents[i], arabic, &state);
    learner_train(learner, &(struct learner_settings){
                               .rounds = ROUNDS, .runs = RUNS, .least = LEAST, .complete = arabic});
    put_weights(&train->model, learner, train->evaluation ? BITS_EVALUATION : BITS, sure);
    learner_free(learner);
}

/* The weights of a script: a draft without a fold, on which it is fitted how sure they are, then
 * those that stay. */
static void train_sure(struct train *train, const struct tag_table *list, bool arabic)
{
    int32_t sure[TAG_KINDS][2] = {{0, DRAFT_SURE}, {0, DRAFT_SURE}, {0, DRAFT_SURE}};
    size_t len = train->model.len;

    if (train->fold >= 0) { /* to be measured only */
        for (int kind = 0; kind < TAG_KINDS; kind++) {
            sure[kind][0] = -500;
            sure[kind][1] = 1800;
        }
        train_script(train, list, arabic, -1, sure);
        return;
    }
    train_script(train, list, arabic, FIT_FOLD, sure);
    if (!arabic)
        put_nothing(&train->model);
    measure_sure(&train->corpus, FIT_FOLD, arabic, train->model.data, train->model.len, sure);
    train->model.len = len;
    train_script(train, list, arabic, -1, sure);
}

/* Translations, labelled by what the model finds in the English. */
static void project(struct train *train, const char *texts)
{
    struct tag_model model;
    size_t len = train->model.len;

    put_nothing(&train->model);
    if (tag_model_read((const unsigned char *)train->model.data, train->model.len, &model, NULL) !=
        0)
        abort();
    corpus_project(&train->corpus, &model, texts);
    train->model.len = len;
}

int main(int argc, char **argv)
{
    struct train train = {.fold = -1};
    struct tag_table list = {0};
    struct made made;
    unsigned char *slots;
    int option;

    while ((option = getopt(argc, argv, "ef:w:")) != -1) {
        if (option == 'e')
            train.evaluation = true;
        else if (option == 'w')
            train.without = optarg;
        else if (option == 'f')
            train.fold = (int)strtol(optarg, NULL, 10);
    }
    if (argc - optind != 4) {
        fprintf(stderr, "usage: train_tagger [-e] [-f FOLD] [-w SOURCE] NAMES TEXTS MORE OWN\n");
        return 2;
    }
    for (unsigned i = 0; i < corpus_source_count; i++)
        if (corpus_sources[i].use == USE_SHIPPED || train.evaluation || train.fold >= 0)
            corpus_sources[i].read(&train.corpus, i, argv[optind], argv[optind + 1]);
    labelled_add(&train.corpus, argv[optind + 3], argv[optind + 1]);
    made_read(&made, argv[optind + 3], argv[optind], argv[optind + 2]);
    slots = lists_read(argv[optind], argv[optind + 1], argv[optind + 2], &train.corpus, &made,
                       &list.bits);
    list.slots = slots;
    made_add(&made, &train.corpus);
    made_free(&made);
    corpus_damage(&train.corpus);
    buf_init(&train.model, 64 << 20);
    buf_append_str(&train.model, "sanadtag");
    put_number(&train.model, TAG_MODEL_VERSION);
    put_number(&train.model, list.bits);
    buf_append(&train.model, slots, (size_t)TAG_LIST_SLOT << list.bits);
    train_sure(&train, &list, false);
    project(&train, argv[optind + 1]);
    train_sure(&train, &list, true);
    if (train.fold >= 0)
        measure(&train.corpus, (unsigned)train.fold, train.evaluation, train.model.data,
                train.model.len);
    fwrite(train.model.data, 1, train.model.len, stdout);
    buf_release(&train.model);
    corpus_free(&train.corpus);
    free(slots);
    return 0;
}
