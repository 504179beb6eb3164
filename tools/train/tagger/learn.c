#include "learn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "corpus.h"

enum {
    MARGIN = 150, /* by so much the right labels have to be better */
    UNIT = 1,
    WEIGHT_MAX = 127,
    FINE = 64, /* parts of a unit that averages keep */
};

struct example {
    size_t first, count; /* tokens */
};

struct token {
    size_t first;
    uint16_t count;
    uint8_t allowed, style;
};

/* A weight, and its sum over all steps up to `since`. */
struct weight {
    int32_t now;
    uint32_t since;
    int64_t sum;
};

struct learner {
    struct example *examples;
    size_t example_count, example_space;
    struct token *tokens;
    size_t token_count, token_space;
    uint64_t *keys; /* of all tokens; places in the table once training began */
    size_t key_count, key_space;
    uint64_t *table; /* keys of features */
    uint32_t *seen;  /* how often each */
    unsigned bits;
    struct weight (*weights)[TAG_LABELS];
    struct weight after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS];
    uint32_t step;
};

struct learner *learner_new(void)
{
    return mem_zalloc(1, sizeof(struct learner));
}

void learner_free(struct learner *learner)
{
    if (!learner)
        return;
    free(learner->examples);
    free(learner->tokens);
    free(learner->keys);
    free(learner->table);
    free(learner->seen);
    free(learner->weights);
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

/* Numbers the features. */
static size_t place(const struct learner *learner, uint64_t key)
{
    size_t mask = ((size_t)1 << learner->bits) - 1;
    size_t at = tag_slot(key, 24) & mask;

    key |= 1;
    while (learner->table[at] && learner->table[at] != key)
        at = (at + 1) & mask;
    return at;
}

static void number_features(struct learner *learner, unsigned least)
{
    size_t kept = 0;

    learner->bits = 16;
    while (((size_t)1 << learner->bits) < learner->key_count && learner->bits < 23)
        learner->bits++;
    learner->table = mem_zalloc((size_t)1 << learner->bits, sizeof(*learner->table));
    learner->seen = mem_zalloc((size_t)1 << learner->bits, sizeof(*learner->seen));
    learner->weights = mem_zalloc((size_t)1 << learner->bits, sizeof(*learner->weights));
    for (size_t i = 0; i < learner->key_count; i++) {
        size_t at = place(learner, learner->keys[i]);

        learner->table[at] = learner->keys[i] | 1;
        learner->seen[at]++;
    }
    for (size_t i = 0; i < learner->token_count; i++) {
        struct token *token = &learner->tokens[i];
        size_t first = token->first, count = 0;

        token->first = kept;
        for (size_t k = 0; k < token->count; k++) {
            size_t at = place(learner, learner->keys[first + k]);

            if (learner->seen[at] >= least) {
                learner->keys[kept++] = at;
                count++;
            }
        }
        token->count = (uint16_t)count;
    }
    learner->key_count = kept;
}

static void score(const struct learner *learner, const struct example *example,
                  struct tag_scores *scores)
{
    for (size_t i = 0; i < example->count; i++) {
        const struct token *token = &learner->tokens[example->first + i];

        memset(scores->label[i], 0, sizeof(scores->label[i]));
        for (size_t k = 0; k < token->count; k++) {
            const struct weight *row = learner->weights[learner->keys[token->first + k]];

            for (int label = 0; label < TAG_LABELS; label++)
                scores->label[i][label] += row[label].now;
        }
    }
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
                sum = (i ? best[i - 1][before] : 0) + learner->after[token->style][before][to].now;
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

static void add_to(struct learner *learner, struct weight *weight, int32_t amount)
{
    weight->sum += (int64_t)weight->now * (learner->step - weight->since);
    weight->since = learner->step;
    weight->now += amount;
}

static void move(struct learner *learner, const struct example *example, const uint8_t *labels,
                 const uint8_t *other, int32_t amount)
{
    int before = 0, other_before = 0;

    for (size_t i = 0; i < example->count; i++) {
        const struct token *token = &learner->tokens[example->first + i];

        if (labels[i] != other[i])
            for (size_t k = 0; k < token->count; k++)
                add_to(learner, &learner->weights[learner->keys[token->first + k]][labels[i]],
                       amount);
        if (labels[i] != other[i] || before != other_before)
            add_to(learner, &learner->after[token->style][before][labels[i]], amount);
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

/* Brings the sums of all weights up to the last step. */
static void settle(struct learner *learner)
{
    size_t features = (size_t)1 << learner->bits;

    for (size_t i = 0; i < features; i++)
        for (int label = 0; label < TAG_LABELS; label++)
            add_to(learner, &learner->weights[i][label], 0);
    for (int style = 0; style < TAG_CASES_BEFORE; style++)
        for (int i = 0; i < TAG_LABELS * TAG_LABELS; i++)
            add_to(learner, &learner->after[style][i / TAG_LABELS][i % TAG_LABELS], 0);
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
static void learn_rounds(struct learner *learner, unsigned rounds, bool known_only)
{
    size_t *order = mem_alloc(learner->example_count * sizeof(*order) + 1);
    uint64_t state = 7;
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
    settle(learner);
    free(order);
}

/* Makes the averages the weights. */
static void take_averages(struct learner *learner, struct weight *weights, size_t count)
{
    for (size_t i = 0; i < count; i++)
        weights[i].now = (int32_t)(weights[i].sum / (learner->step / FINE + 1));
}

/* Where several labels are allowed, the one that the learner would choose becomes the only one. */
static void complete(struct learner *learner)
{
    static struct tag_scores scores;
    uint8_t labels[TAG_TOKENS_MAX];

    take_averages(learner, learner->weights[0], TAG_LABELS << learner->bits);
    take_averages(learner, learner->after[0][0], sizeof(learner->after) / sizeof(struct weight));
    for (size_t i = 0; i < learner->example_count; i++) {
        const struct example *example = &learner->examples[i];

        if (is_known(learner, example))
            continue;
        score(learner, example, &scores);
        decode(learner, example, &scores, false, labels);
        for (size_t k = 0; k < example->count; k++)
            learner->tokens[example->first + k].allowed = (uint8_t)(1 << labels[k]);
    }
    memset(learner->weights, 0, (sizeof(*learner->weights)) << learner->bits);
    memset(learner->after, 0, sizeof(learner->after));
    learner->step = 0;
}

void learner_train(struct learner *learner, const struct learner_settings *settings)
{
    number_features(learner, settings->least);
    if (settings->complete) {
        learn_rounds(learner, settings->rounds, true);
        complete(learner);
    }
    learn_rounds(learner, settings->rounds, false);
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
        int64_t weight = scaled(learner->weights[row->at][label].sum, scale);

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
    size_t features = (size_t)1 << learner->bits, count = 0;
    size_t most = ((size_t)1 << bits) * 9 / 10;
    struct row *rows = mem_zalloc(features, sizeof(*rows));
    int64_t scale;

    for (size_t i = 0; i < features; i++) {
        struct row row = {.key = learner->table[i], .at = i};

        for (int label = 0; label < TAG_LABELS; label++)
            if (llabs(learner->weights[i][label].sum) > row.most)
                row.most = llabs(learner->weights[i][label].sum);
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
            after[style][i / TAG_LABELS][i % TAG_LABELS] =
                (int16_t)scaled(learner->after[style][i / TAG_LABELS][i % TAG_LABELS].sum, scale);
    free(rows);
}
