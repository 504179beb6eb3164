#include "names/tag_score.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { GROUP_BITS = 15, WINDOW_BITS = 13 };

/* A sum cannot leave 16 bits: TAG_FEATURES_MAX weights of 8 bits. */
struct sum {
    uint64_t key; /* 0: free */
    int16_t label[TAG_LABELS];
};

/* Each key has one place; what comes later takes it. */
struct tag_sums {
    struct sum groups[1 << GROUP_BITS];
    struct sum windows[1 << WINDOW_BITS];
};

struct tag_sums *tag_sums_new(void)
{
    return mem_zalloc(1, sizeof(struct tag_sums));
}

void tag_sums_free(struct tag_sums *sums)
{
    free(sums);
}

static struct sum *place(struct sum *sums, unsigned bits, uint64_t key)
{
    return &sums[key >> (64 - bits)];
}

/* Adds the weights of some features. The table is larger than a processor's cache: all rows are
 * asked for before one is read. */
static void add(const struct tag_table *table, uint64_t *keys, size_t count,
                int16_t label[TAG_LABELS])
{
    size_t there = 0;

    for (size_t i = 0; i < count; i++)
        if (tag_feature_soon(table, keys[i]))
            keys[there++] = keys[i];
    for (size_t i = 0; i < there; i++) {
        const signed char *row = tag_feature(table, keys[i]);

        for (int k = 0; row && k < TAG_LABELS; k++)
            label[k] = (int16_t)(label[k] + row[k]);
    }
}

static void add_group(const struct tag_table *table, const struct tag_window *window,
                      enum tag_group group, int16_t label[TAG_LABELS])
{
    uint64_t keys[TAG_FEATURES_MAX];

    add(table, keys, tag_group_features(window, group, keys), label);
}

static void add_often(const struct tag_table *table, const struct tag_window *window,
                      enum tag_group group, struct tag_sums *sums, int16_t label[TAG_LABELS])
{
    uint64_t key = tag_group_key(window, group) | 1;
    struct sum *sum = place(sums->groups, GROUP_BITS, key);

    if (sum->key != key) {
        *sum = (struct sum){.key = key};
        add_group(table, window, group, sum->label);
    }
    for (int k = 0; k < TAG_LABELS; k++)
        label[k] = (int16_t)(label[k] + sum->label[k]);
}

void tag_score(const struct tag_weights *weights, const struct tag_view *view,
               struct tag_sums *sums, struct tag_scores *scores)
{
    const struct tag_table *table = &weights->features;

    for (size_t i = 0; i < view->sentence->count; i++) {
        struct tag_window window;

        tag_window(view, i, &window);
        uint64_t key = tag_window_key(&window) | 1;
        struct sum *sum = place(sums->windows, WINDOW_BITS, key);
        if (sum->key != key) {
            *sum = (struct sum){.key = key};
            for (enum tag_group group = 0; group < TAG_GROUPS_OFTEN; group++)
                add_often(table, &window, group, sums, sum->label);
            add_group(table, &window, GROUP_REST, sum->label);
        }
        int16_t label[TAG_LABELS];
        memcpy(label, sum->label, sizeof(label));
        add_group(table, &window, GROUP_KNOWN, label);
        for (int k = 0; k < TAG_LABELS; k++)
            scores->label[i][k] = label[k];
    }
}
