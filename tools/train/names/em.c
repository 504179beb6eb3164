#include "em.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
    LEFT_MAX = 2,
    BITS_FIRST = 22, /* of the table of all units that occur */
    BITS_LATER = 17, /* of those that are left after two rounds */
    ROUNDS_FIRST = 2,
};
#define TYPICAL_MAX 3.5 /* nats: a letter seen seldom looks too telling */
#define RARE_UNIT 2e-8  /* share of a unit that is dropped then */

/* A unit: its letters packed as numbers in base 128, left above right. */
struct em_unit {
    uint64_t key; /* + 1; 0 is free */
    double probability;
    double count;
};

struct em {
    const struct em_options *options;
    struct em_unit *units;
    struct em_unit none; /* stands for a unit that is not there */
    int bits;
    size_t used;
    double total;
};

void em_add(struct em_pairs *pairs, const struct token *left, const struct token *right,
            float weight)
{
    if (!left->count || !right->count)
        return;
    pairs->at = mem_room(pairs->at, pairs->count, sizeof(*pairs->at));
    struct em_pair *pair = &pairs->at[pairs->count++];
    memset(pair, 0, sizeof *pair);
    pair->left_count = left->count;
    pair->right_count = right->count;
    memcpy(pair->left, left->letters, left->count);
    memcpy(pair->right, right->letters, right->count);
    pair->weight = weight;
}

struct token em_token(const uint8_t *letters, uint8_t count, enum name_script script)
{
    struct token token = {.count = count, .script = (uint8_t)script};

    memcpy(token.letters, letters, count);
    return token;
}

void em_release(struct em_pairs *pairs)
{
    free(pairs->at);
    *pairs = (struct em_pairs){0};
}

static uint64_t key_of(const uint8_t *left, size_t left_count, const uint8_t *right,
                       size_t right_count)
{
    uint64_t key = 0;

    for (size_t i = 0; i < LEFT_MAX; i++)
        key = key << 7 | (i < left_count ? left[i] : 0);
    for (size_t i = 0; i < UINT64_C(3); i++)
        key = key << 7 | (i < right_count ? right[i] : 0);
    return key;
}

static size_t table_size(const struct em *em)
{
    return (size_t)1 << em->bits;
}

static struct em_unit *slot_of(struct em *em, uint64_t key)
{
    uint64_t slot = (key + 1) * UINT64_C(0x9E3779B97F4A7C15) >> (64 - em->bits);

    while (em->units[slot].key && em->units[slot].key != key + 1)
        slot = (slot + 1) & (table_size(em) - 1);
    return &em->units[slot];
}

static struct em_unit *unit_new(struct em *em, uint64_t key)
{
    struct em_unit *unit = slot_of(em, key);

    if (!unit->key) {
        unit->key = key + 1;
        if (++em->used > table_size(em) / 2) {
            fputs("train_names: too many units\n", stderr);
            exit(1);
        }
    }
    return unit;
}

struct lattice {
    double forward[TOKEN_LETTERS_MAX + 1][TOKEN_LETTERS_MAX + 1];
    double backward[TOKEN_LETTERS_MAX + 1][TOKEN_LETTERS_MAX + 1];
};

typedef void step_fn(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                     size_t k, size_t la, size_t lb);

/* Calls `step` for every unit that begins at (i, k). Two letters never stand
 * for none. */
static void each_unit(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                      size_t k, step_fn *step)
{
    for (size_t la = 0; la <= LEFT_MAX && i + la <= pair->left_count; la++)
        for (size_t lb = 0; lb <= em->options->right_max && k + lb <= pair->right_count; lb++) {
            if (la + lb == 0 || (la == 0 && lb > 1) || (lb == 0 && la > 1))
                continue;
            step(em, lattice, pair, i, k, la, lb);
        }
}

static struct em_unit *unit_of(struct em *em, const struct em_pair *pair, size_t i, size_t k,
                               size_t la, size_t lb)
{
    struct em_unit *unit = slot_of(em, key_of(pair->left + i, la, pair->right + k, lb));

    return unit->key ? unit : &em->none;
}

/* Before the first round: shorter units are likelier, letters for letters
 * likelier than none. */
static void seed(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                 size_t k, size_t la, size_t lb)
{
    struct em_unit *unit = unit_new(em, key_of(pair->left + i, la, pair->right + k, lb));

    (void)lattice;
    double prior = pow(0.1, (double)(la + lb)) * (la && lb ? 1 : 0.2);
    unit->count += prior * (double)pair->weight;
}

static void forward(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                    size_t k, size_t la, size_t lb)
{
    lattice->forward[i + la][k + lb] +=
        lattice->forward[i][k] * unit_of(em, pair, i, k, la, lb)->probability;
}

static void backward(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                     size_t k, size_t la, size_t lb)
{
    lattice->backward[i][k] +=
        lattice->backward[i + la][k + lb] * unit_of(em, pair, i, k, la, lb)->probability;
}

static void collect(struct em *em, struct lattice *lattice, const struct em_pair *pair, size_t i,
                    size_t k, size_t la, size_t lb)
{
    struct em_unit *unit = unit_of(em, pair, i, k, la, lb);
    double whole = lattice->forward[pair->left_count][pair->right_count];

    unit->count += (double)pair->weight * lattice->forward[i][k] * unit->probability *
                   lattice->backward[i + la][k + lb] / whole;
}

static void each_place(struct em *em, struct lattice *lattice, const struct em_pair *pair,
                       step_fn *step)
{
    for (size_t i = 0; i <= pair->left_count; i++)
        for (size_t k = 0; k <= pair->right_count; k++)
            each_unit(em, lattice, pair, i, k, step);
}

static void round_of(struct em *em, const struct em_pairs *pairs)
{
    struct lattice lattice;

    for (size_t p = 0; p < pairs->count; p++) {
        const struct em_pair *pair = &pairs->at[p];

        memset(&lattice, 0, sizeof lattice);
        lattice.forward[0][0] = 1;
        lattice.backward[pair->left_count][pair->right_count] = 1;
        each_place(em, &lattice, pair, forward);
        if (lattice.forward[pair->left_count][pair->right_count] < 1e-250)
            continue;
        for (size_t i = pair->left_count + 1u; i-- > 0;)
            for (size_t k = pair->right_count + 1u; k-- > 0;)
                each_unit(em, &lattice, pair, i, k, backward);
        each_place(em, &lattice, pair, collect);
    }
}

/* Counts become probabilities. */
static void maximise(struct em *em)
{
    double total = 0;

    for (size_t i = 0; i < table_size(em); i++)
        total += em->units[i].count;
    for (size_t i = 0; i < table_size(em); i++) {
        em->units[i].probability = em->units[i].count / total;
        em->units[i].count = 0;
    }
    em->total = total;
}

/* Drops the units that hardly occur: what is left fits a processor's cache. */
static void compact(struct em *em)
{
    struct em_unit *all = em->units;
    size_t count = table_size(em);

    em->bits = BITS_LATER;
    em->used = 0;
    em->units = mem_zalloc(table_size(em), sizeof *em->units);
    for (size_t i = 0; i < count; i++)
        if (all[i].key && all[i].probability > RARE_UNIT)
            unit_new(em, all[i].key - 1)->probability = all[i].probability;
    free(all);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct em_unit *)a)->key;
    uint64_t y = ((const struct em_unit *)b)->key;

    return (x > y) - (x < y);
}

static size_t unpack(uint64_t key, int from, int count, uint8_t *letters)
{
    size_t used = 0;

    for (int i = 0; i < count; i++) {
        uint8_t letter = key >> (from - 7 * i) & 127;
        if (letter)
            letters[used++] = letter;
    }
    return used;
}

/* How likely each letter is by chance. */
static void letter_shares(const struct em_pairs *pairs, double left[128], double right[128])
{
    double left_total = 0;
    double right_total = 0;

    for (int i = 0; i < 128; i++)
        left[i] = right[i] = 0.5;
    for (size_t p = 0; p < pairs->count; p++) {
        for (size_t i = 0; i < pairs->at[p].left_count; i++)
            left[pairs->at[p].left[i]] += (double)pairs->at[p].weight;
        for (size_t i = 0; i < pairs->at[p].right_count; i++)
            right[pairs->at[p].right[i]] += (double)pairs->at[p].weight;
    }
    for (int i = 0; i < 128; i++) {
        left_total += left[i];
        right_total += right[i];
    }
    for (int i = 0; i < 128; i++) {
        left[i] /= left_total;
        right[i] /= right_total;
    }
}

/* What a letter of a true pair adds to its score, on average: by it a score
 * becomes a likeness. */
struct typical {
    double sum[2][128], count[2][128];
    double free_sum[2]; /* of units that have no letter on that side */
};

static void typical_add(struct typical *typical, const uint8_t *letters, size_t count, int side,
                        double share, double weight)
{
    if (!count)
        typical->free_sum[side] += share * weight;
    for (size_t i = 0; i < count; i++) {
        typical->sum[side][letters[i]] += share * weight / (double)count;
        typical->count[side][letters[i]] += share;
    }
}

static void typical_write(const struct typical *typical, const char *word, FILE *out)
{
    for (int side = 0; side < 2; side++) {
        double all = 0;
        for (int i = 0; i < 128; i++)
            all += typical->count[side][i];
        for (int at = 1; at < LETTER_COUNT; at++) {
            const uint8_t i = (uint8_t)at;
            char text[8];
            if (typical->count[side][i] * 1e6 < 1)
                continue;
            letters_spell(&i, 1, text);
            double value = typical->sum[side][i] / typical->count[side][i];
            if (value > TYPICAL_MAX)
                value = TYPICAL_MAX;
            fprintf(out, "typ %s%c %s %ld\n", word, side ? 'r' : 'l', text,
                    lround(100 * (value + typical->free_sum[side] / all)));
        }
    }
}

static void write_units(struct em *em, const struct em_pairs *pairs, FILE *out)
{
    double left_share[128];
    double right_share[128];
    size_t count = 0;
    struct typical typical = {0};
    struct em_unit *sorted = mem_alloc((em->used + 1) * sizeof *sorted);

    letter_shares(pairs, left_share, right_share);
    for (size_t i = 0; i < table_size(em); i++)
        if (em->units[i].key && em->units[i].probability * em->total >= em->options->min_count)
            sorted[count++] = em->units[i];
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t i = 0; i < count; i++) {
        uint8_t left[3];
        uint8_t right[3];
        char left_text[16];
        char right_text[16];
        uint64_t key = sorted[i].key - 1;
        size_t left_count = unpack(key, 28, 2, left);
        size_t right_count = unpack(key, 14, 3, right);
        double weight = log(sorted[i].probability);

        for (size_t k = 0; k < left_count; k++)
            weight -= log(left_share[left[k]]);
        for (size_t k = 0; k < right_count; k++)
            weight -= log(right_share[right[k]]);
        typical_add(&typical, left, left_count, 0, sorted[i].probability, weight);
        typical_add(&typical, right, right_count, 1, sorted[i].probability, weight);
        letters_spell(left, left_count, left_text);
        letters_spell(right, right_count, right_text);
        fprintf(out, "%s %s %s %ld\n", em->options->word, left_count ? left_text : "-",
                right_count ? right_text : "-", lround(weight * 100));
    }
    typical_write(&typical, em->options->word, out);
    free(sorted);
}

void em_train(const struct em_pairs *pairs, const struct em_options *options, FILE *out)
{
    struct em em = {.options = options, .bits = BITS_FIRST};
    struct lattice unused;

    em.units = mem_zalloc(table_size(&em), sizeof *em.units);
    for (size_t p = 0; p < pairs->count; p++)
        each_place(&em, &unused, &pairs->at[p], seed);
    maximise(&em);
    for (int i = 0; i < options->iterations; i++) {
        round_of(&em, pairs);
        maximise(&em);
        if (i + 1 == ROUNDS_FIRST)
            compact(&em);
    }
    write_units(&em, pairs, out);
    free(em.units);
}
