#include "names/network.h"

#include <stdlib.h>
#include <string.h>

#include "names/network_pairs.h"

struct finding {
    const struct network_query *query;
    struct placed_mentions mentions;
    uint32_t *places; /* by entity: its place among the names and 1; 0 for none */
    uint32_t *chosen; /* entities in the order of the names */
    size_t chosen_count;
    size_t centres; /* the first so many of the chosen, from which it grows */
    struct network *network;
};

static void choose(struct finding *finding, int64_t entity)
{
    if (entity <= 0 || (size_t)entity >= finding->mentions.entity_count ||
        finding->places[entity] || finding->chosen_count == NETWORK_NAMES_MAX)
        return;
    finding->chosen[finding->chosen_count++] = (uint32_t)entity;
    finding->places[entity] = (uint32_t)finding->chosen_count;
}

/* ---- pairs ---- */

typedef bool wanted_fn(const struct finding *finding, uint32_t a, uint32_t b);

struct counting {
    const struct finding *finding;
    wanted_fn *wanted;
    struct pair_tally *tally;
};

static void count_near(void *ctx, const struct placed *earlier, const struct placed *later)
{
    const struct counting *counting = ctx;

    if (counting->wanted(counting->finding, earlier->entity, later->entity))
        pair_tally_add(counting->tally, earlier, later);
}

/* Those that were counted before. */
static void copy_pairs(const struct finding *finding, wanted_fn *wanted, struct pair_tally *tally)
{
    const struct placed_mentions *mentions = &finding->mentions;

    for (size_t i = 0; i < mentions->pair_count; i++) {
        const struct pair_count *pair = &mentions->pairs[i];
        if (!mentions->entities[pair->a].known || !mentions->entities[pair->b].known ||
            !wanted(finding, pair->a, pair->b))
            continue;
        tally->slots = mem_room(tally->slots, tally->count, sizeof(*tally->slots));
        tally->slots[tally->count++] = *pair;
    }
}

/* Closed already; release it. */
static void count_pairs(struct finding *finding, wanted_fn *wanted, struct pair_tally *ret_tally)
{
    struct counting counting = {finding, wanted, ret_tally};

    *ret_tally = (struct pair_tally){0};
    if (finding->mentions.pairs) {
        copy_pairs(finding, wanted, ret_tally);
        return;
    }
    pair_tally_init(ret_tally);
    placed_near(finding->mentions.rows, finding->mentions.count, count_near, &counting);
    pair_tally_close(ret_tally);
    finding->network->capped |= ret_tally->capped;
}

/* ---- the names in most documents ---- */

struct ranked {
    uint32_t entity;
    int64_t first, second; /* by which they are ranked, larger first */
};

static int rank_order(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;

    if (a->first != b->first)
        return a->first > b->first ? -1 : 1;
    if (a->second != b->second)
        return a->second > b->second ? -1 : 1;
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static void choose_most_named(struct finding *finding)
{
    const struct placed_mentions *mentions = &finding->mentions;
    struct ranked *ranked = mem_zalloc(mentions->entity_count, sizeof(*ranked));
    size_t count = 0;

    for (size_t i = 0; i < mentions->entity_count; i++)
        if (mentions->entities[i].mentions > 0)
            ranked[count++] = (struct ranked){(uint32_t)i, mentions->entities[i].documents,
                                              mentions->entities[i].mentions};
    if (count)
        qsort(ranked, count, sizeof(*ranked), rank_order);
    for (size_t i = 0; i < count && (int64_t)i < finding->query->names; i++)
        choose(finding, ranked[i].entity);
    finding->network->names_left_out = (int64_t)(count - finding->chosen_count);
    free(ranked);
}

/* ---- from centres outwards ---- */

static bool is_centre(const struct finding *finding, uint32_t entity)
{
    uint32_t place = finding->places[entity];

    return place > 0 && place <= finding->centres;
}

static bool has_centre(const struct finding *finding, uint32_t a, uint32_t b)
{
    return is_centre(finding, a) || is_centre(finding, b);
}

/* Those most tied to one centre. Marks in `met` who has a tie. */
static void choose_around(struct finding *finding, const struct pair_tally *tally, uint32_t centre,
                          bool *met)
{
    struct ranked *ranked = mem_zalloc(tally->count + 1, sizeof(*ranked));
    size_t count = 0;

    for (size_t i = 0; i < tally->count; i++) {
        const struct pair_count *pair = &tally->slots[i];
        uint32_t other = pair->a == centre ? pair->b : pair->a;
        if ((pair->a != centre && pair->b != centre) || pair->passages < finding->query->least)
            continue;
        met[other] = true;
        ranked[count++] = (struct ranked){other, pair->passages, pair->documents};
    }
    if (count)
        qsort(ranked, count, sizeof(*ranked), rank_order);
    for (size_t i = 0; i < count && (int64_t)i < finding->query->around; i++)
        choose(finding, ranked[i].entity);
    free(ranked);
}

static void choose_outwards(struct finding *finding)
{
    size_t entities = finding->mentions.entity_count;
    struct pair_tally tally;
    bool *met = mem_zalloc(entities, sizeof(*met));

    for (size_t i = 0; i < finding->query->centre_count; i++)
        choose(finding, finding->query->centres[i]);
    finding->centres = finding->chosen_count;
    count_pairs(finding, has_centre, &tally);
    for (size_t i = 0; i < finding->centres; i++)
        choose_around(finding, &tally, finding->chosen[i], met);
    for (size_t i = 0; i < entities; i++)
        finding->network->names_left_out += met[i] && !finding->places[i];
    pair_tally_release(&tally);
    free(met);
}

/* ---- ties among the chosen ---- */

static bool are_chosen(const struct finding *finding, uint32_t a, uint32_t b)
{
    return finding->places[a] && finding->places[b];
}

static int tie_order(const void *left, const void *right)
{
    const struct network_tie *a = left;
    const struct network_tie *b = right;

    if (a->centre != b->centre)
        return a->centre ? -1 : 1;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static void take_ties(struct finding *finding, const struct pair_tally *tally)
{
    struct network *network = finding->network;

    network->ties = mem_zalloc(tally->count + 1, sizeof(*network->ties));
    for (size_t i = 0; i < tally->count; i++) {
        const struct pair_count *pair = &tally->slots[i];
        uint32_t a = finding->places[pair->a] - 1;
        uint32_t b = finding->places[pair->b] - 1;
        uint32_t least = a < b ? a : b;
        if (pair->passages >= finding->query->least)
            network->ties[network->tie_count++] =
                (struct network_tie){least, a < b ? b : a, pair->passages, pair->documents,
                                     least < finding->query->centre_count};
    }
    if (network->tie_count)
        qsort(network->ties, network->tie_count, sizeof(*network->ties), tie_order);
    if (network->tie_count > NETWORK_TIES_MAX) {
        network->ties_left_out = (int64_t)network->tie_count - NETWORK_TIES_MAX;
        network->tie_count = NETWORK_TIES_MAX;
    }
}

static void tie(struct finding *finding)
{
    struct pair_tally tally;

    count_pairs(finding, are_chosen, &tally);
    take_ties(finding, &tally);
    pair_tally_release(&tally);
}

/* ---- the answer ---- */

static int take_shown(void *ctx, const struct entity *entity)
{
    struct network_name *name = ctx;

    name->shown = mem_strdup(entity->shown);
    return 0;
}

static int put_names(struct sanad_case *kase, struct finding *finding, struct err *err)
{
    struct network *network = finding->network;
    int rc = 0;

    network->names = mem_zalloc(finding->chosen_count + 1, sizeof(*network->names));
    for (size_t i = 0; i < finding->chosen_count && !rc; i++) {
        uint32_t id = finding->chosen[i];
        const struct placed_entity *entity = &finding->mentions.entities[id];
        network->names[network->name_count++] =
            (struct network_name){.id = id,
                                  .kind = entity->kind,
                                  .documents = entity->documents,
                                  .mentions = entity->mentions,
                                  .centre = i < finding->query->centre_count};
        rc = entity_one(kase, id, take_shown, &network->names[i], err);
    }
    for (size_t i = 0; i < network->tie_count; i++) {
        const struct network_tie *tied = &network->ties[i];
        network->names[tied->a].ties++;
        network->names[tied->b].ties++;
        network->names[tied->a].passages += tied->passages;
        network->names[tied->b].passages += tied->passages;
    }
    return rc;
}

static int find(struct sanad_case *kase, struct finding *finding, struct err *err)
{
    int rc = placed_load(kase, finding->query, &finding->mentions, err);

    if (rc)
        return rc;
    finding->network->mentions = (int64_t)finding->mentions.looked_at;
    finding->network->capped = finding->mentions.capped;
    finding->places = mem_zalloc(finding->mentions.entity_count, sizeof(*finding->places));
    finding->chosen = mem_zalloc(NETWORK_NAMES_MAX, sizeof(*finding->chosen));
    if (finding->query->centre_count)
        choose_outwards(finding);
    else
        choose_most_named(finding);
    tie(finding);
    rc = put_names(kase, finding, err);
    free(finding->places);
    free(finding->chosen);
    placed_release(&finding->mentions);
    return rc;
}

/* The numbers that the centres have now, each once. */
static int centres_now(struct sanad_case *kase, const struct network_query *query, int64_t *ret_ids,
                       size_t *ret_count, struct err *err)
{
    int rc = 0;

    *ret_count = 0;
    for (size_t i = 0; i < query->centre_count && !rc; i++) {
        int64_t now;
        bool seen = false;
        rc = entity_now(kase, query->centres[i], &now, err);
        for (size_t j = 0; j < *ret_count && !rc; j++)
            seen |= ret_ids[j] == now;
        if (!rc && !seen)
            ret_ids[(*ret_count)++] = now;
    }
    return rc;
}

static int find_once(struct sanad_case *kase, const struct network_query *query,
                     struct network *ret_network, struct err *err)
{
    struct finding finding = {.query = query, .network = ret_network};

    *ret_network = (struct network){0};
    int rc = find(kase, &finding, err);
    if (rc)
        network_release(ret_network);
    return rc;
}

int network_find(struct sanad_case *kase, const struct network_query *query,
                 struct network *ret_network, struct err *err)
{
    int64_t centres[NETWORK_CENTRES_MAX];
    struct network_query asked = *query;

    *ret_network = (struct network){0};
    if (query->centre_count > NETWORK_CENTRES_MAX)
        return err_set(err, ERR_LIMIT, "a network grows from %d names at most",
                       NETWORK_CENTRES_MAX);
    int rc = names_ready(kase, err);
    if (!rc)
        rc = centres_now(kase, query, centres, &asked.centre_count, err);
    if (rc)
        return rc;
    asked.centres = centres;
    rc = find_once(kase, &asked, ret_network, err);
    if (rc != ERR_NOT_FOUND || !asked.snapshot)
        return rc;
    asked.snapshot = NULL; /* somebody of it is not there any more */
    return find_once(kase, &asked, ret_network, err);
}

void network_release(struct network *network)
{
    for (size_t i = 0; i < network->name_count; i++)
        free(network->names[i].shown);
    free(network->names);
    free(network->ties);
    *network = (struct network){0};
}
