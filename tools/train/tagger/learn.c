#include "learn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "corpus.h"
#include "dropout.h"
#include "weights.h"

enum {
    MARGIN = 150, /* by so much the right labels have to be better */
    UNIT = 1,
    WEIGHT_MAX = 127,
};

struct example {
    size_t first, count; /* tokens */
};

struct token {
    size_t first;
    uint16_t count;
    uint8_t allowed, style;
};

/* The features of an example's tokens that are looked at in one step. */
struct looked_at {
    uint32_t features[TAG_TOKENS_MAX * TAG_FEATURES_MAX];
    size_t end[TAG_TOKENS_MAX]; /* of each token's; the first token's begin at 0 */
};

struct learner {
    struct example *examples;
    size_t example_count, example_space;
    struct token *tokens;
    size_t token_count, token_space;
    uint64_t *keys; /* of all tokens; numbers and families of features once training began */
    size_t key_count, key_space;
    uint64_t *features; /* keys by number */
    size_t feature_count;
    struct weights weights;
    /* Rows by way of writing and label before. */
    struct weights after;
    int64_t step;
    struct dropout dropout;
    struct looked_at looked_at;
};

enum { AFTER_ROWS = TAG_CASES_BEFORE * TAG_LABELS, FAMILY_SHIFT = 32 };

struct learner *learner_new(void)
{
    struct learner *learner = mem_zalloc(1, sizeof(*learner));

    learner->dropout.state = 1;
    return learner;
}

void learner_free(struct learner *learner)
{
    if (!learner)
        return;
    free(learner->examples);
    free(learner->tokens);
    free(learner->keys);
    free(learner->features);
    weights_free(&learner->weights);
    weights_free(&learner->after);
    free(learner);
}

static void *room(void *array, size_t count, size_t *space, size_t more, size_t size)
{
    if (count + more <= *space)
        return array;
    *space = 2 * *space + more + 1024;
    return mem_realloc(array, *space, size);
}

void learner_add(struct learner *learner, const struct tag_view *view, const uint8_t *allowed)
{
    size_t count = view->sentence->count;
    struct example *example;

    learner->examples = room(learner->examples, learner->example_count, &learner->example_space, 1,
                             sizeof(*learner->examples));
    learner->tokens = room(learner->tokens, learner->token_count, &learner->token_space, count,
                           sizeof(*learner->tokens));
    example = &learner->examples[learner->example_count++];
    *example = (struct example){learner->token_count, count};
    for (size_t i = 0; i < count; i++) {
        struct token *token = &learner->tokens[learner->token_count++];

        learner->keys = room(learner->keys, learner->key_count, &learner->key_space,
                             TAG_FEATURES_MAX, sizeof(*learner->keys));
        *token = (struct token){
            .first = learner->key_count, .allowed = allowed[i], .style = view->looks[i].style};
        token->count = (uint16_t)tag_features(view, i, learner->keys + learner->key_count);
        learner->key_count += token->count;
    }
}

/* How often each key is seen. */
struct counts {
    uint64_t *keys;
    uint32_t *seen;
    uint32_t *numbers;
    unsigned bits;
};

static size_t place(const struct counts *counts, uint64_t key)
{
    size_t mask = ((size_t)1 << counts->bits) - 1;
    size_t at = tag_slot(key, 24) & mask;

    key |= 1;
    while (counts->keys[at] && counts->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

static void count_features(const struct learner *learner, unsigned least, struct counts *counts,
                           size_t *ret_kept)
{
    counts->bits = 16;
    while (((size_t)1 << counts->bits) < learner->key_count && counts->bits < 23)
        counts->bits++;
    counts->keys = mem_zalloc((size_t)1 << counts->bits, sizeof(*counts->keys));
    counts->seen = mem_zalloc((size_t)1 << counts->bits, sizeof(*counts->seen));
    counts->numbers = mem_zalloc((size_t)1 << counts->bits, sizeof(*counts->numbers));
    *ret_kept = 0;
    for (size_t i = 0; i < learner->key_count; i++) {
        size_t at = place(counts, learner->keys[i]);

        counts->keys[at] = learner->keys[i] | 1;
        *ret_kept += ++counts->seen[at] == least;
    }
}

/* Numbers the features, those that are seen `least` times, as they come. */
static void number_features(struct learner *learner, unsigned least)
{
    struct counts counts;
    size_t kept = 0, features;

    count_features(learner, least, &counts, &features);
    learner->features = mem_zalloc(features + 1, sizeof(*learner->features));
    for (size_t i = 0; i < learner->token_count; i++) {
        struct token *token = &learner->tokens[i];
        size_t first = token->first;

        token->first = kept;
        for (size_t k = 0; k < token->count; k++) {
            uint64_t key = learner->keys[first + k];
            size_t at = place(&counts, key);

            if (counts.seen[at] < least)
                continue;
            if (!counts.numbers[at]) {
                learner->features[learner->feature_count] = key | 1;
                counts.numbers[at] = (uint32_t)++learner->feature_count;
            }
            learner->keys[kept++] = (counts.numbers[at] - 1) |
                                    (uint64_t)dropout_family(tag_feature_form(key)) << FAMILY_SHIFT;
        }
        token->count = (uint16_t)(kept - token->first);
    }
    learner->key_count = kept;
    free(counts.keys);
    free(counts.seen);
    free(counts.numbers);
    weights_init(&learner->weights, learner->feature_count);
    weights_init(&learner->after, AFTER_ROWS);
}

/* Decides what is looked at of an example: all, or what dropout leaves. */
static void look(struct learner *learner, const struct example *example, bool all)
{
    size_t count = 0;

    if (!all)
        dropout_sentence(&learner->dropout);
    for (size_t i = 0; i < example->count; i++) {
        const struct token *token = &learner->tokens[example->first + i];

        if (!all)
            dropout_token(&learner->dropout);
        for (size_t k = 0; k < token->count; k++) {
            uint64_t key = learner->keys[token->first + k];
            uint32_t feature = (uint32_t)key;

            if (!all && dropout_skips(&learner->dropout, (enum family)(key >> FAMILY_SHIFT)))
                continue;
            __builtin_prefetch(learner->weights.now[feature]);
            learner->looked_at.features[count++] = feature;
        }
        learner->looked_at.end[i] = count;
    }
}

static void score(const struct learner *learner, const struct example *example,
                  struct tag_scores *scores)
{
    size_t at = 0;

    for (size_t i = 0; i < example->count; i++) {
        memset(scores->label[i], 0, sizeof(scores->label[i]));
        for (; at < learner->looked_at.end[i]; at++) {
            const int32_t *row = learner->weights.now[learner->looked_at.features[at]];

            for (int label = 0; label < TAG_LABELS; label++)
                scores->label[i][label] += row[label];
        }
    }
}

/* The row of the weights of labels after another. */
static size_t after_row(const struct token *token, int before)
{
    return (size_t)token->style * TAG_LABELS + (size_t)before;
}

/* The best path whose labels are all allowed. */
static void decode(const struct learner *learner, const struct example *example,
                   const struct tag_scores *scores, bool free_choice, uint8_t *labels)
{
    enum { NEVER = -(1 << 30) };
    int32_t best[TAG_TOKENS_MAX][TAG_LABELS];
    uint8_t from[TAG_TOKENS_MAX][TAG_LABELS];
    int label = 0;

    if (!example->count)
        return;
    for (size_t i = 0; i < example->count; i++) {
        const struct token *token = &learner->tokens[example->first + i];

        for (int to = 0; to < TAG_LABELS; to++) {
            best[i][to] = NEVER;
            from[i][to] = 0;
            if (!free_choice && !(token->allowed >> to & 1))
                continue;
            for (int before = 0; before < TAG_LABELS; before++) {
                int32_t sum;

                if (!label_follows(to, before) || (i == 0 && before))
                    continue;
                sum = (i ? best[i - 1][before] : 0) +
                      learner->after.now[after_row(token, before)][to];
                if (sum > best[i][to]) {
                    best[i][to] = sum;
                    from[i][to] = (uint8_t)before;
                }
            }
            if (best[i][to] > NEVER)
                best[i][to] += scores->label[i][to];
        }
    }
    for (int i = 1; i < TAG_LABELS; i++)
        if (best[example->count - 1][i] > best[example->count - 1][label])
            label = i;
    for (size_t i = example->count; i-- > 0;) {
        labels[i] = (uint8_t)label;
        label = from[i][label];
    }
}

static void move(struct learner *learner, const struct example *example, const uint8_t *labels,
                 const uint8_t *other, int32_t amount)
{
    int before = 0, other_before = 0;
    size_t at = 0;

    for (size_t i = 0; i < example->count; i++) {
        const struct token *token = &learner->tokens[example->first + i];
        size_t end = learner->looked_at.end[i];

        if (labels[i] != other[i])
            for (; at < end; at++)
                weights_add(&learner->weights, learner->looked_at.features[at], labels[i], amount,
                            learner->step);
        at = end;
        if (labels[i] != other[i] || before != other_before)
            weights_add(&learner->after, after_row(token, before), labels[i], amount,
                        learner->step);
        before = labels[i];
        other_before = other[i];
    }
}

/* Adds to the scores of labels that are wrong, so that the right ones have to be better by much. */
static void handicap(const struct learner *learner, const struct example *example,
                     struct tag_scores *scores, int32_t amount)
{
    for (size_t i = 0; i < example->count; i++)
        for (int label = 0; label < TAG_LABELS; label++)
            if (!(learner->tokens[example->first + i].allowed >> label & 1))
                scores->label[i][label] += amount;
}

static void learn(struct learner *learner, const struct example *example, bool *ret_right)
{
    static struct tag_scores scores;
    uint8_t right[TAG_TOKENS_MAX];
    uint8_t wrong[TAG_TOKENS_MAX];
    bool fits = true;

    look(learner, example, false);
    score(learner, example, &scores);
    handicap(learner, example, &scores, MARGIN);
    decode(learner, example, &scores, true, wrong);
    for (size_t i = 0; fits && i < example->count; i++)
        fits = learner->tokens[example->first + i].allowed >> wrong[i] & 1;
    *ret_right = fits;
    if (fits)
        return;
    handicap(learner, example, &scores, -MARGIN);
    decode(learner, example, &scores, false, right);
    move(learner, example, right, wrong, UNIT);
    move(learner, example, wrong, right, -UNIT);
}

static bool is_known(const struct learner *learner, const struct example *example)
{
    for (size_t i = 0; i < example->count; i++) {
        unsigned allowed = learner->tokens[example->first + i].allowed;

        if (allowed & (allowed - 1))
            return false;
    }
    return true;
}

static void shuffle(size_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i-- > 1;) {
        size_t other = corpus_draw(state) % (i + 1);
        size_t held = order[i];

        order[i] = order[other];
        order[other] = held;
    }
}

/* Rounds over all examples, or over those whose every label is known. */
static void learn_rounds(struct learner *learner, unsigned rounds, bool known_only, unsigned run)
{
    size_t *order = mem_alloc(learner->example_count * sizeof(*order) + 1);
    uint64_t state = 7 + run;
    size_t count = 0;

    for (size_t i = 0; i < learner->example_count; i++)
        if (!known_only || is_known(learner, &learner->examples[i]))
            order[count++] = i;
    for (unsigned round = 0; round < rounds; round++) {
        size_t wrong = 0;

        shuffle(order, count, &state);
        for (size_t i = 0; i < count; i++) {
            bool right;

            learn(learner, &learner->examples[order[i]], &right);
            wrong += !right;
            learner->step++;
        }
        fprintf(stderr, "round %u: %zu of %zu sentences wrong\n", round + 1, wrong, count);
    }
    free(order);
}

/* Where several labels are allowed, the one that the learner would choose becomes the only one. */
static void complete(struct learner *learner)
{
    static struct tag_scores scores;
    uint8_t labels[TAG_TOKENS_MAX];

    weights_average(&learner->weights, learner->step);
    weights_average(&learner->after, learner->step);
    for (size_t i = 0; i < learner->example_count; i++) {
        const struct example *example = &learner->examples[i];

        if (is_known(learner, example))
            continue;
        look(learner, example, true);
        score(learner, example, &scores);
        decode(learner, example, &scores, false, labels);
        for (size_t k = 0; k < example->count; k++)
            learner->tokens[example->first + k].allowed = (uint8_t)(1 << labels[k]);
    }
    weights_clear(&learner->weights);
    weights_clear(&learner->after);
    learner->step = 0;
}

void learner_train(struct learner *learner, const struct learner_settings *settings)
{
    number_features(learner, settings->least);
    if (settings->complete) {
        learn_rounds(learner, settings->rounds, true, 0);
        complete(learner);
    }
    for (unsigned run = 0; run < settings->runs; run++) {
        if (run) {
            weights_restart(&learner->weights, learner->step);
            weights_restart(&learner->after, learner->step);
            learner->step = 0;
        }
        learn_rounds(learner, settings->rounds, false, run);
    }
}

/* What a model keeps of a feature: its greatest weight decides whether. */
struct row {
    uint64_t key;
    int64_t most;
    size_t at;
};

static int by_most(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;

    if (a->most != b->most)
        return a->most > b->most ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static int64_t scaled(int64_t sum, int64_t scale)
{
    return sum >= 0 ? (sum + scale / 2) / scale : -((-sum + scale / 2) / scale);
}

static void put_row(const struct learner *learner, const struct row *row, int64_t scale,
                    unsigned bits, unsigned char *slots)
{
    size_t mask = ((size_t)1 << bits) - 1;
    size_t at = tag_slot(row->key, bits);
    uint32_t print = tag_print(row->key);
    unsigned char *slot;

    while (slots[at * TAG_SLOT] | slots[at * TAG_SLOT + 1] | slots[at * TAG_SLOT + 2])
        at = (at + 1) & mask;
    slot = slots + at * TAG_SLOT;
    for (int i = 0; i < 3; i++)
        slot[i] = (unsigned char)(print >> (8 * i));
    for (int label = 0; label < TAG_LABELS; label++) {
        int64_t weight =
            scaled(weights_sum(&learner->weights, row->at, label, learner->step), scale);

        if (weight > WEIGHT_MAX)
            weight = WEIGHT_MAX;
        if (weight < -WEIGHT_MAX)
            weight = -WEIGHT_MAX;
        slot[3 + label] = (unsigned char)(signed char)weight;
    }
}

void learner_write(const struct learner *learner, unsigned bits, unsigned char *slots,
                   int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS])
{
    size_t features = learner->feature_count, count = 0;
    size_t most = ((size_t)1 << bits) * 9 / 10;
    struct row *rows = mem_zalloc(features + 1, sizeof(*rows));
    int64_t scale;

    for (size_t i = 0; i < features; i++) {
        struct row row = {.key = learner->features[i], .at = i};

        for (int label = 0; label < TAG_LABELS; label++) {
            int64_t sum = llabs(weights_sum(&learner->weights, i, label, learner->step));

            if (sum > row.most)
                row.most = sum;
        }
        if (row.most)
            rows[count++] = row;
    }
    qsort(rows, count, sizeof(*rows), by_most);
    /* One in a thousand is cut to the greatest weight there is room for. */
    scale = count ? rows[count / 1000].most / WEIGHT_MAX : 1;
    if (!scale)
        scale = 1;
    memset(slots, 0, (size_t)TAG_SLOT << bits);
    fprintf(stderr, "%zu features, %zu kept\n", count, count < most ? count : most);
    for (size_t i = 0; i < count && i < most && 2 * rows[i].most >= scale; i++)
        put_row(learner, &rows[i], scale, bits, slots);
    for (int style = 0; style < TAG_CASES_BEFORE; style++)
        for (int i = 0; i < TAG_LABELS * TAG_LABELS; i++)
            after[style][i / TAG_LABELS][i % TAG_LABELS] = (int16_t)scaled(
                weights_sum(&learner->after, (size_t)style * TAG_LABELS + (size_t)i / TAG_LABELS,
                            i % TAG_LABELS, learner->step),
                scale);
    free(rows);
}
