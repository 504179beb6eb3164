/*
 * Entities from mentions: names are counted, new ones get their ties, all are put into clusters,
 * clusters get the numbers that most of their spellings had, and a surname alone is understood by
 * the full name in the same document. Everything is in memory but the mentions, which are walked
 * twice: about 200 bytes a name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/link.h"
#include "names/settle.h"
#include "names/spelling.h"
#include "store/page.h"

enum {
    TEXT_BYTES_MAX = INT32_MAX,
    IN_ITEM_MAX = 2000, /* different persons' names of one document that are looked at */
};

/* ---- loading ---- */

static size_t keep_text(struct buf *text, const char *string)
{
    size_t at = text->len;

    (void)buf_append(text, string, strlen(string) + 1);
    return at;
}

static int keep_name(void *ctx, const struct name_row *row)
{
    struct settling *s = ctx;
    size_t at, len;
    bool single = spelling_surname(row->spelling, &at, &len);

    s->names = mem_room(s->names, s->count, sizeof(*s->names));
    s->names[s->count++] = (struct settle_name){.id = row->id,
                                                .spelling = keep_text(&s->text, row->spelling),
                                                .shown = keep_text(&s->text, row->shown),
                                                .kind = row->kind,
                                                .linked = row->linked,
                                                .single = single,
                                                .surname_at = (uint16_t)at,
                                                .surname_len = (uint16_t)len,
                                                .was_entity = row->entity,
                                                .was_mentions = row->mentions,
                                                .was_documents = row->documents};
    if (row->id > s->last_id)
        s->last_id = row->id;
    return s->text.full ? err_set(s->err, ERR_LIMIT, "the case has too many names") : 0;
}

static int load_names(struct settling *s)
{
    int rc = names_each(s->db, keep_name, s, s->err);

    s->by_id = mem_alloc(((size_t)s->last_id + 1) * sizeof(*s->by_id));
    memset(s->by_id, 0xFF, ((size_t)s->last_id + 1) * sizeof(*s->by_id));
    for (uint32_t i = 0; i < s->count; i++)
        s->by_id[s->names[i].id] = i;
    return rc;
}

static int count_mention(void *ctx, int64_t page, int64_t id)
{
    struct settling *s = ctx;
    uint32_t name = settle_find(s, id);

    if (name == SETTLE_NONE)
        return 0;
    struct settle_name *one = &s->names[name];
    one->mentions++;
    one->documents += one->last_item != page_id_item(page);
    one->last_item = page_id_item(page);
    return 0;
}

/* ---- ties ---- */

static bool takes_ties(const struct settle_name *one)
{
    return kind_is_name(one->kind) && one->mentions > 0;
}

static const char *text_of(void *ctx, int64_t id)
{
    const struct settling *s = ctx;
    uint32_t name = settle_find(s, id);

    return name == SETTLE_NONE ? NULL : s->text.data + s->names[name].shown;
}

static int link_new(struct settling *s)
{
    struct linker *linker = linker_new(s->model, s->db);
    int rc = 0;

    for (uint32_t i = 0; i < s->count && !rc; i++)
        if (!s->names[i].linked && takes_ties(&s->names[i]))
            rc = link_keys(linker, s->names[i].id, s->names[i].kind,
                           s->text.data + s->names[i].shown, s->err);
    for (uint32_t i = 0; i < s->count && !rc; i++)
        if (!s->names[i].linked && takes_ties(&s->names[i]))
            rc = link_name(linker, s->names[i].id, s->names[i].kind, text_of, s, s->err);
    if (!rc)
        rc = link_waiting(linker, s->err);
    linker_free(linker);
    return rc;
}

static void add_tie(struct settling *s, struct cluster_tie tie)
{
    s->ties = mem_room(s->ties, s->tie_count, sizeof(*s->ties));
    s->ties[s->tie_count++] = tie;
}

static int keep_tie(void *ctx, int64_t a, int64_t b, int probability)
{
    struct settling *s = ctx;
    uint32_t x = settle_find(s, a);
    uint32_t y = settle_find(s, b);

    if (x != SETTLE_NONE && y != SETTLE_NONE && s->names[x].mentions && s->names[y].mentions)
        add_tie(s, (struct cluster_tie){x, y, (int16_t)probability, false});
    return 0;
}

/* The same words tagged as a person here and as a place there are one thing, of the commoner kind.
 * Names stand in the order of spellings. */
static void tie_kinds(struct settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t k = i + 1;
             k < s->count && !strcmp(settle_spelling(s, i), settle_spelling(s, k)); k++)
            if (takes_ties(&s->names[i]) && takes_ties(&s->names[k]))
                add_tie(s, (struct cluster_tie){i, k, 1000, true});
}

/* ---- decisions ---- */

static int compare_spelling(const struct settling *s, uint32_t name, const char *spelling,
                            enum mention_kind kind)
{
    int order = strcmp(settle_spelling(s, name), spelling);

    return order ? order : (s->names[name].kind > kind) - (s->names[name].kind < kind);
}

static uint32_t find_spelling(const struct settling *s, const char *spelling,
                              enum mention_kind kind)
{
    size_t low = 0;
    size_t high = s->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_spelling(s, (uint32_t)middle, spelling, kind);
        if (!order)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SETTLE_NONE;
}

static int keep_rule(void *ctx, const struct decision *decision)
{
    static const enum cluster_rule_kind kinds[] = {[VERDICT_SAME] = RULE_SAME,
                                                   [VERDICT_DIFFERENT] = RULE_DIFFERENT,
                                                   [VERDICT_UNSURE] = RULE_APART};
    struct settling *s = ctx;

    if (decision->undone_by || (unsigned)decision->verdict >= ARRAY_LEN(kinds))
        return 0;
    uint32_t a = find_spelling(s, decision->a, decision->kind_a);
    uint32_t b = find_spelling(s, decision->b, decision->kind_b);
    if (a == SETTLE_NONE || b == SETTLE_NONE)
        return 0;
    s->rules = mem_room(s->rules, s->rule_count, sizeof(*s->rules));
    s->rules[s->rule_count++] = (struct cluster_rule){a, b, kinds[decision->verdict], decision->id};
    return 0;
}

static void find_clusters(struct settling *s)
{
    struct cluster_name *names = mem_alloc((s->count + 1) * sizeof(*names));

    for (uint32_t i = 0; i < s->count; i++)
        names[i] = (struct cluster_name){s->text.data + s->names[i].shown, s->names[i].kind,
                                         s->names[i].mentions};
    clusters_find(s->model, names, s->count, s->ties, s->tie_count, s->rules, s->rule_count,
                  &s->clusters);
    free(names);
}

/* ---- documents ---- */

static bool has_surname(const struct settling *s, uint32_t full, uint32_t single)
{
    const struct settle_name *one = &s->names[single];

    return spelling_has(settle_spelling(s, full), settle_spelling(s, single) + one->surname_at,
                        one->surname_len);
}

/* The one cluster that has this surname among the persons of the document, or SETTLE_NONE. */
static uint32_t meant_by(const struct settling *s, uint32_t single)
{
    uint32_t meant = SETTLE_NONE;

    for (size_t i = 0; i < s->person_count; i++) {
        uint32_t full = s->persons[i];
        uint32_t cluster = s->clusters.of[full];

        if (s->names[full].single || cluster == meant || !has_surname(s, full, single))
            continue;
        if (meant != SETTLE_NONE)
            return SETTLE_NONE;
        meant = cluster;
    }
    return meant;
}

static void count_in(struct settling *s, uint32_t cluster, int64_t mentions)
{
    struct settle_entity *entity = &s->entities[cluster];

    entity->mentions += mentions;
    entity->documents += entity->last_item != s->item;
    entity->last_item = s->item;
}

static int end_item(struct settling *s)
{
    int rc = 0;

    for (size_t i = 0; i < s->person_count && !rc; i++) {
        const struct settle_name *one = &s->names[s->persons[i]];
        uint32_t own = s->clusters.of[s->persons[i]];
        uint32_t meant = one->single ? meant_by(s, s->persons[i]) : SETTLE_NONE;

        if (meant != SETTLE_NONE && meant != own)
            rc = name_local_put(s->db, one->id, s->item, s->entities[meant].id, s->err);
        count_in(s, meant == SETTLE_NONE ? own : meant, one->in_item);
    }
    s->person_count = 0;
    return rc;
}

static int walk_mention(void *ctx, int64_t page, int64_t id)
{
    struct settling *s = ctx;
    uint32_t name = settle_find(s, id);
    int64_t item = page_id_item(page);

    if (name == SETTLE_NONE)
        return 0;
    int rc = item == s->item ? 0 : end_item(s);
    struct settle_name *one = &s->names[name];
    s->item = item;
    if (one->kind != MENTION_PERSON) {
        count_in(s, s->clusters.of[name], 1);
    } else if (one->last_item == item) {
        one->in_item++;
    } else if (s->person_count == IN_ITEM_MAX) {
        count_in(s, s->clusters.of[name], 1);
    } else {
        s->persons[s->person_count++] = name;
        one->last_item = item;
        one->in_item = 1;
    }
    return rc;
}

/* ---- writing ---- */

static void find_heads(struct settling *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        struct settle_entity *entity = &s->entities[s->clusters.of[i]];

        if (!settle_lives(s, i))
            continue;
        bool first = !entity->spellings++;
        if (first || s->names[i].mentions > s->names[entity->head].mentions)
            entity->head = i;
    }
}

static int write_names(struct settling *s)
{
    int rc = 0;

    for (uint32_t i = 0; i < s->count && !rc; i++) {
        const struct settle_name *one = &s->names[i];
        struct name_row row = {.id = one->id,
                               .mentions = one->mentions,
                               .documents = one->documents,
                               .entity =
                                   settle_lives(s, i) ? s->entities[s->clusters.of[i]].id : 0};
        if (row.entity != one->was_entity || row.mentions != one->was_mentions ||
            row.documents != one->was_documents)
            rc = name_settle(s->db, &row, s->err);
    }
    return rc;
}

static int write_entities(struct settling *s)
{
    int rc = 0;

    for (uint32_t i = 0; i < s->count && !rc; i++) {
        const struct settle_entity *one = &s->entities[i];
        if (!one->spellings)
            continue;
        struct entity entity = {.id = one->id,
                                .kind = s->names[one->head].kind,
                                .mentions = one->mentions,
                                .documents = one->documents,
                                .spellings = one->spellings};
        rc = entity_put(s->db, &entity, s->names[one->head].id, s->err);
    }
    for (int64_t number = 1; number <= s->last_number && !rc; number++) {
        uint32_t cluster = s->moved[number];
        if (cluster != SETTLE_NONE && s->entities[cluster].id != number)
            rc = entity_moved_put(s->db, number, s->entities[cluster].id, s->err);
    }
    for (size_t i = 0; i < s->clusters.refused_count && !rc; i++) {
        const struct cluster_refused *refused = &s->clusters.refused[i];
        rc = name_refused_put(s->db, s->names[refused->a].id, s->names[refused->b].id,
                              refused->probability, refused->decision, s->err);
    }
    return rc;
}

static int walk_documents(struct settling *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        s->names[i].last_item = 0;
    s->persons = mem_alloc(IN_ITEM_MAX * sizeof(*s->persons));
    int rc = mentions_each(s->db, walk_mention, s, s->err);
    return rc ? rc : end_item(s);
}

static int settle(struct settling *s)
{
    int rc = load_names(s);

    if (!rc)
        rc = mentions_each(s->db, count_mention, s, s->err);
    if (!rc)
        rc = link_new(s);
    if (!rc)
        rc = ties_each(s->db, keep_tie, s, s->err);
    if (!rc)
        rc = decisions_all(s->db, keep_rule, s, s->err);
    if (rc)
        return rc;
    tie_kinds(s);
    find_clusters(s);
    rc = settle_numbers(s);
    if (!rc)
        rc = entities_clear(s->db, s->err);
    if (!rc)
        rc = walk_documents(s);
    find_heads(s);
    if (!rc)
        rc = write_names(s);
    if (!rc)
        rc = write_entities(s);
    if (!rc)
        rc = mentions_index(s->db, s->err);
    return rc ? rc : names_set_stale(s->db, false, s->err);
}

int names_settle(struct sanad_case *kase, struct err *err)
{
    struct settling s = {.db = case_db(kase), .err = err};

    if (!names_stale(s.db))
        return 0;
    s.model = names_model_new();
    buf_init(&s.text, TEXT_BYTES_MAX);
    int rc = settle(&s);
    names_model_free(s.model);
    buf_release(&s.text);
    clusters_release(&s.clusters);
    free(s.names);
    free(s.by_id);
    free(s.ties);
    free(s.rules);
    free(s.entities);
    free(s.moved);
    free(s.persons);
    return rc;
}
