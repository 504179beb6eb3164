#include "names/tag_score.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"

enum {
    ROWS_MAX = 5,
    PARTS_MAX = 4,
    AROUND = 5, /* tokens of a window */
    MIDDLE = AROUND / 2,
    BATCH = 2 * TAG_FEATURES_MAX,
    FRESH_WHOLE = 24,
    FRESH_MAX = FRESH_WHOLE * (1 + PARTS_MAX),
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

/* A unit whose sums are being made: those of several are made at a time, so that what one waits for
 * from memory is on its way while others are looked at. */
struct fresh {
    enum unit_kind kind;
    size_t at; /* its token */
    uint64_t key;
    struct sum sums[ROWS_MAX];
    struct fresh *whole; /* of a part */
    uint64_t part_keys[PARTS_MAX];
};

struct tag_sums {
    struct places places[UNITS];
    struct fresh fresh[FRESH_MAX];
};

/* Features that are in a table, it seems, and to which sums their weights are to be added. */
struct batch {
    size_t count;
    uint64_t keys[BATCH];
    struct sum *to[BATCH];
};

/* A sentence being scored. Its tokens stand from MARGIN on. */
struct scoring {
    const struct tag_table *table;
    struct tag_sums *sums;
    const struct tag_view *view;
    uint64_t keys[UNITS_ASKED][ROOM];
    struct sum scores[ROOM];
    struct batch batch;
    size_t fresh_count;
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

static void add_weights(struct sum *to, const unsigned char *slot)
{
    signed char weights[TAG_LANES];

    /* a byte of the key is before them: what is left is 0 */
    le64_put(weights, le64_get(slot + TAG_SLOT - TAG_LANES) >> 8);
    for (int k = 0; k < TAG_LANES; k++)
        to->label[k] = (int16_t)(to->label[k] + weights[k]);
}

/* Adds the weights that wait. The table is larger than a processor's cache: all slots are asked for
 * before one is read. */
static void add_batch(const struct tag_table *table, struct batch *batch)
{
    size_t found[BATCH];
    size_t mask = ((size_t)1 << table->bits) - 1;

    for (size_t i = 0; i < batch->count; i++)
        tag_marks_soon(table, batch->keys[i]);
    for (size_t i = 0; i < batch->count; i++) {
        found[i] = tag_seek(table, batch->keys[i], tag_slot(batch->keys[i], table->bits));
        if (found[i] != TAG_NOWHERE)
            __builtin_prefetch(table->slots + (found[i] & mask) * TAG_SLOT);
    }
    for (size_t i = 0; i < batch->count; i++) {
        const unsigned char *slot = tag_feature_at(table, batch->keys[i], found[i]);

        if (slot)
            add_weights(batch->to[i], slot);
    }
    batch->count = 0;
}

/* Has the weights of a group's features added, sooner or later. */
static void batch_group(struct scoring *scoring, const struct tag_window *window,
                        enum tag_group group, struct sum *to)
{
    struct batch *batch = &scoring->batch;
    uint64_t keys[TAG_FEATURES_MAX];
    size_t count = tag_group_features(window, group, keys);

    if (batch->count + count > BATCH)
        add_batch(scoring->table, batch);
    for (size_t i = 0; i < count; i++) { /* most are not there, at random: no branch is taken */
        batch->keys[batch->count] = keys[i];
        batch->to[batch->count] = to;
        batch->count += tag_sieved(scoring->table, keys[i]);
    }
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

static size_t place_of(enum unit_kind kind, uint64_t key)
{
    return (size_t)(key >> (64 - units[kind].bits));
}

static void places_soon(const struct scoring *scoring, enum unit_kind kind, uint64_t key)
{
    const struct places *places = &scoring->sums->places[kind];
    size_t place = place_of(kind, key);

    __builtin_prefetch(&places->keys[place]);
    __builtin_prefetch(&places->sums[place * units[kind].rows]);
}

/* The sums of a unit with this key, a row each, or NULL. */
static const struct sum *find_sums(const struct scoring *scoring, enum unit_kind kind, uint64_t key)
{
    const struct places *places = &scoring->sums->places[kind];
    size_t place = place_of(kind, key);

    return places->keys[place] == (key | 1) ? &places->sums[place * units[kind].rows] : NULL;
}

static void keep_sums(const struct scoring *scoring, const struct fresh *fresh)
{
    const struct places *places = &scoring->sums->places[fresh->kind];
    size_t place = place_of(fresh->kind, fresh->key);
    size_t rows = units[fresh->kind].rows;

    places->keys[place] = fresh->key | 1;
    memcpy(&places->sums[place * rows], fresh->sums, rows * sizeof(struct sum));
}

/* Begins to make the sums of a unit: the next add_batch has all weights in them. */
static struct fresh *begin_sums(struct scoring *scoring, enum unit_kind kind, uint64_t key,
                                size_t at, struct fresh *whole)
{
    const struct unit *unit = &units[kind];
    struct fresh *fresh = &scoring->sums->fresh[scoring->fresh_count++];

    fresh->kind = kind;
    fresh->at = at;
    fresh->key = key;
    fresh->whole = whole;
    memset(fresh->sums, 0, unit->rows * sizeof(struct sum));
    for (size_t i = 0; i < unit->rows; i++) {
        struct tag_window window;

        find_window(scoring, at + MIDDLE - unit->row[i].at, &window);
        batch_group(scoring, &window, unit->row[i].group, &fresh->sums[i]);
    }
    for (size_t i = 0; i < unit->parts; i++) {
        fresh->part_keys[i] = unit_key(scoring, unit->part[i], at);
        places_soon(scoring, unit->part[i], fresh->part_keys[i]);
    }
    return fresh;
}

static void add_part(enum unit_kind whole, enum unit_kind kind, const struct sum *part,
                     struct sum *sums)
{
    const struct unit *unit = &units[kind];

    for (size_t i = 0; i < unit->rows; i++)
        for (size_t k = 0; k < units[whole].rows; k++)
            if (units[whole].row[k].at == unit->row[i].at)
                add(&sums[k], &part[i]);
}

/* A part that was met before is added at once; the others are begun. */
static void begin_parts(struct scoring *scoring, struct fresh *whole)
{
    const struct unit *unit = &units[whole->kind];

    for (size_t i = 0; i < unit->parts; i++) {
        const struct sum *part = find_sums(scoring, unit->part[i], whole->part_keys[i]);

        if (part)
            add_part(whole->kind, unit->part[i], part, whole->sums);
        else
            (void)begin_sums(scoring, unit->part[i], whole->part_keys[i], whole->at, whole);
    }
}

static void add_unit(struct scoring *scoring, enum unit_kind kind, size_t at,
                     const struct sum *sums)
{
    const struct unit *unit = &units[kind];

    for (size_t i = 0; i < unit->rows; i++)
        add(&scoring->scores[at + MIDDLE - unit->row[i].at], &sums[i]);
}

/* Ends the making of the sums that were begun: they are added, and kept. */
static void end_sums(struct scoring *scoring)
{
    struct fresh *fresh = scoring->sums->fresh;
    size_t whole_count = scoring->fresh_count;

    for (size_t i = 0; i < whole_count; i++)
        begin_parts(scoring, &fresh[i]);
    add_batch(scoring->table, &scoring->batch);
    while (scoring->fresh_count) { /* parts are behind all wholes */
        const struct fresh *last = &fresh[--scoring->fresh_count];

        if (last->whole)
            add_part(last->whole->kind, last->kind, last->sums, last->whole->sums);
        else
            add_unit(scoring, last->kind, last->at, last->sums);
        keep_sums(scoring, last);
    }
}

static void add_sums(struct scoring *scoring, enum unit_kind kind, uint64_t key, size_t at)
{
    const struct sum *sums = find_sums(scoring, kind, key);

    if (sums) {
        add_unit(scoring, kind, at, sums);
        return;
    }
    (void)begin_sums(scoring, kind, key, at, NULL);
    if (scoring->fresh_count == FRESH_WHOLE)
        end_sums(scoring);
}

/* ---- a sentence ---- */

/* Finds the keys of a sentence's units of a kind and asks for their sums. */
static void find_keys(struct scoring *scoring, enum unit_kind kind, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        scoring->keys[kind][at] = unit_key(scoring, kind, at);
        places_soon(scoring, kind, scoring->keys[kind][at]);
    }
}

/* The words on either side hardly come again together: their sums are not kept. */
static void add_sides(struct scoring *scoring, size_t end)
{
    for (size_t at = MARGIN; at < end; at++) {
        struct tag_window window = {
            .around = {NULL, look_at(scoring, at - 1), NULL, look_at(scoring, at + 1), NULL}};

        batch_group(scoring, &window, GROUP_SIDES, &scoring->scores[at]);
    }
}

static void begin(struct scoring *scoring, const struct tag_weights *weights,
                  const struct tag_view *view, struct tag_sums *sums)
{
    scoring->table = &weights->features;
    scoring->sums = sums;
    scoring->view = view;
    scoring->batch.count = 0;
    scoring->fresh_count = 0;
    memset(scoring->scores, 0, (view->sentence->count + 2 * MARGIN) * sizeof(struct sum));
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

    begin(&scoring, weights, view, sums);
    for (enum unit_kind kind = 0; kind < UNITS_ASKED; kind++)
        find_keys(&scoring, kind, from[kind], to[kind]);
    for (enum unit_kind kind = 0; kind < UNITS_ASKED; kind++)
        for (size_t at = from[kind]; at < to[kind]; at++)
            add_sums(&scoring, kind, scoring.keys[kind][at], at);
    add_sides(&scoring, end);
    end_sums(&scoring);
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

    begin(&scoring, weights, view, sums);
    for (size_t i = 0; i < view->sentence->count; i++)
        add_sums(&scoring, UNIT_KNOWN, known_key(view, i), MARGIN + i);
    end_sums(&scoring);
    for (size_t i = 0; i < view->sentence->count; i++)
        for (int k = 0; k < TAG_LABELS; k++)
            scores->label[i][k] += scoring.scores[MARGIN + i].label[k];
}
