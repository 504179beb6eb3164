#include "names/tag_score.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
    ROWS_MAX = 5,
    PARTS_MAX = 4,
    AROUND = 5, /* tokens of a window */
    MIDDLE = AROUND / 2,
    MARGIN = 6, /* places on either side of a sentence's, for windows around what is two outside */
    ROOM = TAG_TOKENS_MAX + 2 * MARGIN,
};

/* A sum cannot leave 16 bits: TAG_FEATURES_MAX weights of 8 bits. */
struct sum {
    int16_t label[TAG_LANES];
};

/* What is summed up at once: features that look at the same tokens, for each of the tokens around
 * that they are features of. Words of two tokens come again less often than their other looks,
 * which are parts with sums of their own. */
enum unit_kind {
    UNIT_WORD,
    UNIT_PAIR,
    UNIT_SIDES,
    UNIT_CLASSES,
    UNIT_STYLES,
    UNITS_ASKED, /* of a sentence; the others are parts, or asked for later */
    PART_MARKS = UNITS_ASKED,
    PART_CLUSTERS,
    PART_STYLE_BEFORE,
    PART_STYLE_AFTER,
    UNIT_KNOWN,
    UNITS,
};

static const struct unit {
    unsigned bits; /* of the number of places for its sums */
    unsigned rows;
    struct {
        enum tag_group group;
        unsigned at; /* where in the group's window the unit's token, or its first, stands */
    } row[ROWS_MAX];
    unsigned parts;
    enum unit_kind part[PARTS_MAX];
} units[UNITS] = {
    [UNIT_WORD] = {.bits = 14,
                   .rows = 5,
                   .row = {{GROUP_HERE, 2},
                           {GROUP_BEFORE, 1},
                           {GROUP_AFTER, 3},
                           {GROUP_FAR_BEFORE, 0},
                           {GROUP_FAR_AFTER, 4}}},
    [UNIT_PAIR] = {.bits = 15,
                   .rows = 4,
                   .row = {{GROUP_WORDS_BEFORE, 1},
                           {GROUP_WORDS_AFTER, 2},
                           {GROUP_WORDS_FAR_BEFORE, 0},
                           {GROUP_WORDS_FAR_AFTER, 3}},
                   .parts = 4,
                   .part = {PART_MARKS, PART_CLUSTERS, PART_STYLE_BEFORE, PART_STYLE_AFTER}},
    [UNIT_SIDES] = {.bits = 13, .rows = 1, .row = {{GROUP_SIDES_CLUSTERS, 2}}},
    [UNIT_CLASSES] = {.bits = 12, .rows = 1, .row = {{GROUP_CLASSES, 2}}},
    [UNIT_STYLES] = {.bits = 12, .rows = 1, .row = {{GROUP_STYLES, 2}}},
    [PART_MARKS] = {.bits = 12,
                    .rows = 3,
                    .row = {{GROUP_MARKS_BEFORE, 1},
                            {GROUP_MARKS_AFTER, 2},
                            {GROUP_MARKS_FAR_BEFORE, 0}}},
    [PART_CLUSTERS] = {.bits = 14,
                       .rows = 2,
                       .row = {{GROUP_CLUSTERS_BEFORE, 1}, {GROUP_CLUSTERS_AFTER, 2}}},
    [PART_STYLE_BEFORE] = {.bits = 13, .rows = 1, .row = {{GROUP_STYLE_BEFORE, 1}}},
    [PART_STYLE_AFTER] = {.bits = 13, .rows = 1, .row = {{GROUP_STYLE_AFTER, 2}}},
    [UNIT_KNOWN] = {.bits = 10, .rows = 1, .row = {{GROUP_KNOWN, 2}}},
};

/* Each key has one place; what comes later takes it. */
struct places {
    uint64_t *keys; /* 0: free */
    struct sum *sums;
};

struct tag_sums {
    struct places places[UNITS];
};

/* A sentence being scored. Its tokens stand from MARGIN on. */
struct scoring {
    const struct tag_table *table;
    struct tag_sums *sums;
    const struct tag_view *view;
    uint64_t keys[UNITS_ASKED][ROOM];
    uint64_t sides[ROOM]; /* keys of the features of GROUP_SIDES; 0: it has no weights */
    struct sum scores[ROOM];
};

struct tag_sums *tag_sums_new(void)
{
    struct tag_sums *sums = mem_zalloc(1, sizeof(*sums));

    for (size_t i = 0; i < UNITS; i++) {
        size_t count = (size_t)1 << units[i].bits;
        sums->places[i].keys = mem_zalloc(count, sizeof(uint64_t));
        sums->places[i].sums = mem_zalloc(count * units[i].rows, sizeof(struct sum));
    }
    return sums;
}

void tag_sums_free(struct tag_sums *sums)
{
    for (size_t i = 0; sums && i < UNITS; i++) {
        free(sums->places[i].keys);
        free(sums->places[i].sums);
    }
    free(sums);
}

/* ---- weights ---- */

static void add(struct sum *to, const struct sum *sum)
{
    for (int k = 0; k < TAG_LANES; k++)
        to->label[k] = (int16_t)(to->label[k] + sum->label[k]);
}

static void add_row(const struct tag_table *table, uint64_t key, struct sum *to)
{
    const signed char *row = tag_feature(table, key);

    for (int k = 0; row && k < TAG_LABELS; k++)
        to->label[k] = (int16_t)(to->label[k] + row[k]);
}

/* Adds the weights of a group's features. The table is larger than a processor's cache: all rows
 * are asked for before one is read. */
static void add_group(const struct tag_table *table, const struct tag_window *window,
                      enum tag_group group, struct sum *to)
{
    uint64_t keys[TAG_FEATURES_MAX];
    size_t count = tag_group_features(window, group, keys);
    size_t there = 0;

    for (size_t i = 0; i < count; i++)
        if (tag_feature_soon(table, keys[i]))
            keys[there++] = keys[i];
    for (size_t i = 0; i < there; i++)
        add_row(table, keys[i], to);
}

/* ---- units ---- */

static const struct tag_look *look_at(const struct scoring *scoring, size_t at)
{
    size_t token = at - MARGIN;

    return token < scoring->view->sentence->count ? &scoring->view->looks[token] : &tag_edge;
}

/* The window with `at` in the middle. */
static void find_window(const struct scoring *scoring, size_t at, struct tag_window *window)
{
    const struct tag_sentence *sentence = scoring->view->sentence;
    size_t token = at - MARGIN;

    *window = (struct tag_window){.language = scoring->view->language, .first = token == 0};
    for (size_t i = 0; i < AROUND; i++)
        window->around[i] = look_at(scoring, at + i - MIDDLE);
    if (token < sentence->count) {
        window->glue = (unsigned char)sentence->tokens[token].glue;
        window->next_glue = tag_next_glue(sentence, token);
    }
}

static uint64_t styles_key(const struct scoring *scoring, size_t at)
{
    const struct tag_sentence *sentence = scoring->view->sentence;
    uint64_t styles = at == MARGIN;

    for (size_t i = 0; i < AROUND; i++)
        styles = styles << 4 | look_at(scoring, at + i - MIDDLE)->style;
    return styles << 16 | (uint64_t)(unsigned char)sentence->tokens[at - MARGIN].glue << 8 |
           tag_next_glue(sentence, at - MARGIN);
}

static uint64_t cluster_key(const struct tag_look *look, const struct tag_look *other)
{
    return (uint64_t)look->cluster.narrow << 32 | (uint64_t)look->cluster.wide << 24 |
           (uint64_t)other->cluster.narrow << 8 | other->cluster.wide;
}

static uint64_t marks_key(const struct tag_look *look)
{
    return look->shape + ((uint64_t)look->classes << 8 | look->style);
}

/* Units with the same key have the same features. */
static uint64_t unit_key(const struct scoring *scoring, enum unit_kind kind, size_t at)
{
    const struct tag_look *before = look_at(scoring, at - 1);
    const struct tag_look *here = look_at(scoring, at);
    const struct tag_look *after = look_at(scoring, at + 1);
    uint64_t seed = scoring->view->language;

    switch (kind) {
    case UNIT_WORD:
        return tag_mix(seed << 1 | (at == MARGIN), here->id);
    case UNIT_PAIR:
        return tag_mix(here->id + seed, after->id);
    case UNIT_SIDES:
        return tag_mix(seed, cluster_key(before, after));
    case UNIT_CLASSES:
        return tag_mix(seed, (uint64_t)before->classes << 32 | (uint64_t)here->classes << 16 |
                                 after->classes);
    case UNIT_STYLES:
        return tag_mix(seed, styles_key(scoring, at));
    case PART_MARKS:
        return tag_mix(marks_key(here) + seed, marks_key(after));
    case PART_CLUSTERS:
        return tag_mix(seed, cluster_key(here, after));
    case PART_STYLE_BEFORE:
        return tag_mix(here->word + seed, (uint64_t)here->cluster.narrow << 8 | after->style);
    default: /* PART_STYLE_AFTER */
        return tag_mix(after->word + seed, here->style);
    }
}

/* The sums of a unit with this key, a row each; false when they are to be made: then they are 0. */
static bool find_sums(const struct scoring *scoring, enum unit_kind kind, uint64_t key,
                      struct sum **ret_sums)
{
    const struct unit *unit = &units[kind];
    const struct places *places = &scoring->sums->places[kind];
    size_t place = (size_t)(key >> (64 - unit->bits));

    key |= 1;
    *ret_sums = &places->sums[place * unit->rows];
    if (places->keys[place] == key)
        return true;
    places->keys[place] = key;
    memset(*ret_sums, 0, unit->rows * sizeof(**ret_sums));
    return false;
}

static void make_sums(const struct scoring *scoring, enum unit_kind kind, size_t at,
                      struct sum *sums)
{
    const struct unit *unit = &units[kind];

    for (size_t i = 0; i < unit->rows; i++) {
        struct tag_window window;

        find_window(scoring, at + MIDDLE - unit->row[i].at, &window);
        add_group(scoring->table, &window, unit->row[i].group, &sums[i]);
    }
}

static void add_part(const struct scoring *scoring, enum unit_kind whole, enum unit_kind kind,
                     size_t at, struct sum *sums)
{
    const struct unit *unit = &units[kind];
    struct sum *part;

    if (!find_sums(scoring, kind, unit_key(scoring, kind, at), &part))
        make_sums(scoring, kind, at, part);
    for (size_t i = 0; i < unit->rows; i++)
        for (size_t k = 0; k < units[whole].rows; k++)
            if (units[whole].row[k].at == unit->row[i].at)
                add(&sums[k], &part[i]);
}

static const struct sum *sums_of(const struct scoring *scoring, enum unit_kind kind, uint64_t key,
                                 size_t at)
{
    const struct unit *unit = &units[kind];
    struct sum *sums;

    if (find_sums(scoring, kind, key, &sums))
        return sums;
    make_sums(scoring, kind, at, sums);
    for (size_t i = 0; i < unit->parts; i++)
        add_part(scoring, kind, unit->part[i], at, sums);
    return sums;
}

/* ---- a sentence ---- */

/* Finds the keys of a sentence's units of a kind and asks for their sums. */
static void find_keys(struct scoring *scoring, enum unit_kind kind, size_t from, size_t to)
{
    const struct places *places = &scoring->sums->places[kind];

    for (size_t at = from; at < to; at++) {
        uint64_t key = unit_key(scoring, kind, at);
        size_t place = (size_t)(key >> (64 - units[kind].bits));

        scoring->keys[kind][at] = key;
        __builtin_prefetch(&places->keys[place]);
        __builtin_prefetch(&places->sums[place * units[kind].rows]);
    }
}

static void add_units(struct scoring *scoring, enum unit_kind kind, size_t from, size_t to)
{
    const struct unit *unit = &units[kind];

    for (size_t at = from; at < to; at++) {
        const struct sum *sums = sums_of(scoring, kind, scoring->keys[kind][at], at);

        for (size_t i = 0; i < unit->rows; i++)
            add(&scoring->scores[at + MIDDLE - unit->row[i].at], &sums[i]);
    }
}

/* The words on either side hardly come again together: their sums are not kept. */
static void find_sides(struct scoring *scoring, size_t end)
{
    for (size_t at = MARGIN; at < end; at++) {
        uint64_t keys[TAG_FEATURES_MAX];
        struct tag_window window = {
            .around = {NULL, look_at(scoring, at - 1), NULL, look_at(scoring, at + 1), NULL}};

        (void)tag_group_features(&window, GROUP_SIDES, keys);
        scoring->sides[at] = tag_feature_soon(scoring->table, keys[0]) ? keys[0] : 0;
    }
}

static void add_sides(struct scoring *scoring, size_t end)
{
    for (size_t at = MARGIN; at < end; at++)
        if (scoring->sides[at])
            add_row(scoring->table, scoring->sides[at], &scoring->scores[at]);
}

void tag_score(const struct tag_weights *weights, const struct tag_view *view,
               struct tag_sums *sums, struct tag_scores *scores)
{
    size_t count = view->sentence->count;
    size_t end = MARGIN + count;
    /* Tokens outside are features of those at the ends. */
    const size_t from[UNITS_ASKED] = {MARGIN - 2, MARGIN - 2, MARGIN, MARGIN, MARGIN};
    const size_t to[UNITS_ASKED] = {end + 2, end + 1, end, end, end};
    struct scoring scoring;

    scoring.table = &weights->features;
    scoring.sums = sums;
    scoring.view = view;
    memset(scoring.scores, 0, (end + MARGIN) * sizeof(struct sum));
    find_sides(&scoring, end);
    for (enum unit_kind kind = 0; kind < UNITS_ASKED; kind++)
        find_keys(&scoring, kind, from[kind], to[kind]);
    for (enum unit_kind kind = 0; kind < UNITS_ASKED; kind++)
        add_units(&scoring, kind, from[kind], to[kind]);
    add_sides(&scoring, end);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < TAG_LABELS; k++)
            scores->label[i][k] = scoring.scores[MARGIN + i].label[k];
}

static uint64_t known_at(const struct tag_view *view, size_t token)
{
    return token < view->sentence->count ? view->looks[token].known : 0;
}

static uint64_t known_key(const struct tag_view *view, size_t token)
{
    uint64_t here = known_at(view, token);
    uint64_t style = here ? 1u + view->looks[token].style : 0;

    return tag_mix(view->language, style << 12 | known_at(view, token - 1) << 8 | here << 4 |
                                       known_at(view, token + 1));
}

void tag_score_known(const struct tag_weights *weights, const struct tag_view *view,
                     struct tag_sums *sums, struct tag_scores *scores)
{
    struct scoring scoring;

    scoring.table = &weights->features;
    scoring.sums = sums;
    scoring.view = view;
    for (size_t i = 0; i < view->sentence->count; i++) {
        uint64_t key = known_key(view, i);
        const struct sum *known = sums_of(&scoring, UNIT_KNOWN, key, MARGIN + i);

        for (int k = 0; k < TAG_LABELS; k++)
            scores->label[i][k] += known->label[k];
    }
}
