#include "names/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "names/keys.h"
#include "names/tie_many.h"

enum {
    FOUND_MAX = LINK_KEYS_MAX * LINK_LIST_MAX,
    COMPARED_BITS = 17, /* pairs that are remembered: 2 MiB */
    WEIGHT_MIN = 7,     /* what is scored: more in common than one word that many names have */
    WAITING_MAX = 8192, /* pairs that are compared at a time */
};

struct found {
    int64_t name;
    int weight;
};

/* Two names by their numbers, the lower first; 0 is no name. */
struct pair {
    int64_t low, high;
};

struct linker {
    const struct names_model *model;
    struct db *db;
    struct scored_name query, candidate;
    struct name_key keys[NAME_KEYS_MAX];
    uint64_t hashes[NAME_KEYS_MAX];
    int weights[NAME_KEYS_MAX];
    size_t key_count;
    int64_t list[LINK_LIST_MAX + 1];
    struct found found[FOUND_MAX];
    size_t found_count;
    struct pair *compared;    /* each has one place, what comes later takes it; NULL: none yet */
    struct tie_pair *waiting; /* to be compared */
    size_t waiting_count;
    /* of the candidate being looked at */
    enum mention_kind kind;
    int64_t entity;
    bool there;
};

struct linker *linker_new(const struct names_model *model, struct db *db)
{
    struct linker *linker = mem_zalloc(1, sizeof(*linker));

    linker->model = model;
    linker->db = db;
    return linker;
}

void linker_free(struct linker *linker)
{
    if (linker) {
        free(linker->compared);
        free(linker->waiting);
    }
    free(linker);
}

/* Names of one kind only are compared; two keys of one hash cost a comparison. */
static uint64_t key_hash(enum mention_kind kind, const char *key)
{
    return bytes_hash(BYTES_HASH_START ^ (uint64_t)kind, key, strlen(key));
}

/* What a key speaks for; keys of misspelt words are not kept, they are too many. */
static int key_weight(char kind)
{
    switch (kind) {
    case '0':
        return 8;
    case '2':
        return 6;
    case '1':
        return 2;
    case '4':
        return 1;
    default:
        return 0;
    }
}

static void take_keys(struct linker *linker, enum mention_kind kind)
{
    size_t count = name_keys(&linker->query.name, linker->keys);

    linker->key_count = 0;
    for (size_t i = 0; i < count && linker->key_count < LINK_KEYS_MAX; i++) {
        int weight = key_weight(linker->keys[i].text[0]);
        if (!weight)
            continue;
        linker->weights[linker->key_count] = weight;
        linker->hashes[linker->key_count++] = key_hash(kind, linker->keys[i].text);
    }
}

int link_keys(struct linker *linker, int64_t name, enum mention_kind kind, const char *text,
              struct err *err)
{
    int rc = 0;

    name_parse(&linker->query.name, text, strlen(text));
    take_keys(linker, kind);
    for (size_t i = 0; i < linker->key_count && !rc; i++)
        rc = name_keys_put(linker->db, linker->hashes[i], name, err);
    return rc;
}

static int by_name(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;

    return (a->name > b->name) - (a->name < b->name);
}

static int by_weight(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;

    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return by_name(left, right);
}

/* Adds up what speaks for each name, the most first. */
static void unite_found(struct linker *linker)
{
    size_t kept = 0;

    if (linker->found_count)
        qsort(linker->found, linker->found_count, sizeof(*linker->found), by_name);
    for (size_t i = 0; i < linker->found_count; i++) {
        if (kept && linker->found[kept - 1].name == linker->found[i].name)
            linker->found[kept - 1].weight += linker->found[i].weight;
        else
            linker->found[kept++] = linker->found[i];
    }
    linker->found_count = kept;
    if (kept)
        qsort(linker->found, kept, sizeof(*linker->found), by_weight);
}

/* The rarer a key, the more it speaks for. A list that is too long speaks for little. */
static int gather(struct linker *linker, enum mention_kind kind, struct err *err)
{
    take_keys(linker, kind);
    for (size_t i = 0; i < linker->key_count; i++) {
        int count =
            names_with_key(linker->db, linker->hashes[i], linker->list, LINK_LIST_MAX + 1, err);
        if (count < 0)
            return count;
        bool common = count > LINK_LIST_MAX;
        int weight = linker->weights[i] * (common ? 1 : count <= 8 ? 4 : count <= 40 ? 3 : 2);
        for (int k = 0; k < count && k < LINK_LIST_MAX && linker->found_count < FOUND_MAX; k++)
            linker->found[linker->found_count++] = (struct found){linker->list[k], weight};
    }
    return 0;
}

static int take_candidate(void *ctx, const struct name_row *row)
{
    struct linker *linker = ctx;

    scored_name_set(linker->model, row->shown, strlen(row->shown), &linker->candidate);
    linker->kind = row->kind;
    linker->entity = row->entity;
    linker->there = true;
    return 0;
}

static int load_candidate(struct linker *linker, int64_t name, struct err *err)
{
    linker->there = false;
    return name_with_id(linker->db, name, take_candidate, linker, err);
}

/* Whether two names were compared before; from now on they were. */
static bool was_compared(struct linker *linker, int64_t a, int64_t b)
{
    struct pair pair = {a < b ? a : b, a < b ? b : a};
    uint64_t hash =
        ((uint64_t)pair.low * 0x9E3779B97F4A7C15U + (uint64_t)pair.high) * 0xBF58476D1CE4E5B9U;
    struct pair *place = &linker->compared[hash >> (64 - COMPARED_BITS)];
    bool same = place->low == pair.low && place->high == pair.high;

    *place = pair;
    return same;
}

int link_name(struct linker *linker, int64_t name, enum mention_kind kind, link_text_fn *text,
              void *ctx, struct err *err)
{
    const char *own = text(ctx, name);
    unsigned scored = 0;

    if (!linker->compared) {
        linker->compared = mem_zalloc((size_t)1 << COMPARED_BITS, sizeof(*linker->compared));
        linker->waiting = mem_zalloc(WAITING_MAX, sizeof(*linker->waiting));
    }
    name_parse(&linker->query.name, own, strlen(own));
    linker->found_count = 0;
    int rc = gather(linker, kind, err);
    if (!rc && linker->waiting_count + LINK_SCORED_MAX > WAITING_MAX)
        rc = link_waiting(linker, err);
    unite_found(linker);
    for (size_t i = 0; i < linker->found_count && scored < LINK_SCORED_MAX && !rc; i++) {
        int64_t other = linker->found[i].name;
        if (linker->found[i].weight < WEIGHT_MIN)
            break;
        if (other == name)
            continue;
        scored++;
        const char *theirs = text(ctx, other);
        if (theirs && !was_compared(linker, name, other))
            linker->waiting[linker->waiting_count++] = (struct tie_pair){
                .a = name, .b = other, .text_a = own, .text_b = theirs, .kind = kind};
    }
    return rc ? rc : name_set_linked(linker->db, name, err);
}

int link_waiting(struct linker *linker, struct err *err)
{
    int rc = 0;

    tie_many(linker->model, linker->waiting, linker->waiting_count);
    for (size_t i = 0; i < linker->waiting_count && !rc; i++) {
        const struct tie_pair *pair = &linker->waiting[i];
        if (pair->probability > 0)
            rc = tie_put(linker->db, pair->a, pair->b, pair->probability, err);
    }
    linker->waiting_count = 0;
    return rc;
}

static int by_probability(const void *left, const void *right)
{
    const struct looked_up *a = left;
    const struct looked_up *b = right;

    if (a->probability != b->probability)
        return a->probability > b->probability ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

int link_lookup(struct linker *linker, const char *text, struct looked_up *ret_found, int max,
                struct err *err)
{
    static const enum mention_kind kinds[] = {MENTION_PERSON, MENTION_ORGANISATION, MENTION_PLACE};
    struct looked_up all[LOOKUP_SCORED_MAX];
    struct match match;
    size_t count = 0;
    int rc = 0;

    scored_name_set(linker->model, text, strlen(text), &linker->query);
    linker->found_count = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds) && !rc; i++)
        rc = gather(linker, kinds[i], err);
    unite_found(linker);
    for (size_t i = 0; i < linker->found_count && count < LOOKUP_SCORED_MAX && !rc; i++) {
        rc = load_candidate(linker, linker->found[i].name, err);
        if (rc || !linker->there || !linker->entity)
            continue;
        names_match(linker->model, FIT_RANK, &linker->query, &linker->candidate, &match);
        all[count++] = (struct looked_up){linker->found[i].name, linker->entity, match.probability};
    }
    if (rc)
        return rc;
    if (count)
        qsort(all, count, sizeof(*all), by_probability);
    int given = count < (size_t)max ? (int)count : max;
    memcpy(ret_found, all, (size_t)given * sizeof(*all));
    return given;
}
