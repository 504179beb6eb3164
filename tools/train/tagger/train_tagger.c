/*
 * Trains the model of the tagger (docs/TAGGING.md) and writes it to standard output:
 *
 *   train_tagger [-e] [-f FOLD] [-s SOURCE,...] NAMES TEXTS MORE >src/names/tagger.model
 *
 * NAMES and TEXTS are folders of lists and of corpora, MORE that of lists.mjs. -e: also from what
 * may be used to measure only; such a model is never given away. -f: leaves out a tenth of the
 * documents (0 to 9), and measures on it. -s: measures on these sources only. The same lists give
 * the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "corpus.h"
#include "learn.h"
#include "lists.h"
#include "measure.h"
#include "names/tag_memory.h"
#include "sentences.h"

enum { BITS = 17, ROUNDS = 8, LEAST = 2 };

struct train {
    bool evaluation;
    int fold; /* -1: none */
    const char *measured;
    struct corpus corpus;
    struct buf model;
};

static void put_number(struct buf *out, uint32_t number)
{
    unsigned char bytes[4];

    le32_put(bytes, number);
    buf_append(out, bytes, sizeof(bytes));
}

static void put_weights(struct buf *out, const struct learner *learner,
                        const int32_t sure[TAG_KINDS][2])
{
    unsigned char *slots = mem_alloc((size_t)TAG_SLOT << BITS);
    int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS];
    const int16_t *each = &after[0][0][0];

    learner_write(learner, BITS, slots, after);
    put_number(out, BITS);
    buf_append(out, slots, (size_t)TAG_SLOT << BITS);
    for (size_t i = 0; i < sizeof(after) / sizeof(*each); i++) {
        unsigned char bytes[2];

        le16_put(bytes, (uint16_t)each[i]);
        buf_append(out, bytes, sizeof(bytes));
    }
    for (int i = 0; i < TAG_KINDS * 2; i++)
        put_number(out, (uint32_t)sure[i / 2][i % 2]);
    free(slots);
}

static bool learns_from(const struct train *train, const struct document *document)
{
    return (int)document->fold != train->fold &&
           (train->evaluation || corpus_sources[document->source].use == USE_SHIPPED);
}

static void train_script(struct train *train, const struct tag_table *list, bool arabic)
{
    static const int32_t sure[TAG_KINDS][2] = {{-1000, 20}, {-1000, 20}, {-1000, 20}};
    struct learner *learner = learner_new();
    uint64_t state = 5;

    for (size_t i = 0; i < train->corpus.count; i++)
        if (learns_from(train, &train->corpus.documents[i]))
            add_sentences(learner, list, &train->corpus.documents[i], arabic, &state);
    learner_train(learner, &(struct learner_settings){.rounds = ROUNDS, .least = LEAST});
    put_weights(&train->model, learner, sure);
    learner_free(learner);
}

int main(int argc, char **argv)
{
    struct train train = {.fold = -1};
    struct tag_table list;
    unsigned char *slots;
    int option;

    while ((option = getopt(argc, argv, "ef:s:")) != -1) {
        if (option == 'e')
            train.evaluation = true;
        else if (option == 'f')
            train.fold = (int)strtol(optarg, NULL, 10);
        else if (option == 's')
            train.measured = optarg;
    }
    if (argc - optind != 3) {
        fprintf(stderr, "usage: train_tagger [-e] [-f FOLD] [-s SOURCES] NAMES TEXTS MORE\n");
        return 2;
    }
    for (unsigned i = 0; i < corpus_source_count; i++)
        corpus_sources[i].read(&train.corpus, i, argv[optind], argv[optind + 1]);
    slots = lists_read(argv[optind], argv[optind + 1], argv[optind + 2], &train.corpus, &list.bits);
    list.slots = slots;
    buf_init(&train.model, 64 << 20);
    buf_append_str(&train.model, "sanadtag");
    put_number(&train.model, TAG_MODEL_VERSION);
    put_number(&train.model, list.bits);
    buf_append(&train.model, slots, (size_t)TAG_LIST_SLOT << list.bits);
    for (int arabic = 0; arabic < TAG_SCRIPTS; arabic++)
        train_script(&train, &list, arabic);
    if (train.fold >= 0)
        measure(&train.corpus, (unsigned)train.fold, train.evaluation, train.model.data,
                train.model.len);
    fwrite(train.model.data, 1, train.model.len, stdout);
    buf_release(&train.model);
    corpus_free(&train.corpus);
    free(slots);
    return 0;
}
