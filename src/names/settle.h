/*
 * What the parts of settling a case's names share: settle.c, which walks the tables, and
 * settle_numbers.c. Names, clusters and entities are told apart by their place in the arrays here,
 * numbers are those of the tables.
 */
#ifndef NAMES_SETTLE_H
#define NAMES_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "names/cluster.h"
#include "names/tables.h"

/* No name, no cluster. */
#define SETTLE_NONE UINT32_MAX

struct settle_name {
    int64_t id;
    size_t spelling, shown; /* in `text` */
    enum mention_kind kind;
    bool linked;
    bool single; /* a surname alone, which stands here in the spelling */
    uint16_t surname_at, surname_len;
    int64_t was_entity, was_mentions, was_documents;
    int64_t mentions, documents;
    int64_t last_item; /* of those walked: each document counts once */
    int64_t in_item;   /* mentions in it */
    int64_t number;    /* the entity's number it was given last, or 0 */
};

/* A cluster: the numbers are those of its lowest name. */
struct settle_entity {
    int64_t id;
    int64_t mentions, documents, spellings, last_item;
    uint32_t head;
};

struct settling {
    struct db *db;
    struct err *err;
    struct names_model *model;
    struct buf text;
    struct settle_name *names;
    size_t count;
    uint32_t *by_id;
    int64_t last_id;
    struct cluster_tie *ties;
    size_t tie_count;
    struct cluster_rule *rules;
    size_t rule_count;
    struct clusters clusters;
    struct settle_entity *entities; /* by the lowest name of each cluster */
    int64_t last_number;
    uint32_t *
        moved; /* by number: a name of the cluster that has most of its spellings, or SETTLE_NONE */
    /* of the document being walked */
    int64_t item;
    uint32_t *persons;
    size_t person_count;
};

static inline const char *settle_spelling(const struct settling *s, uint32_t name)
{
    return s->text.data + s->names[name].spelling;
}

/* The place of the name that has this number in the tables, or SETTLE_NONE. */
static inline uint32_t settle_find(const struct settling *s, int64_t id)
{
    return id > 0 && id <= s->last_id ? s->by_id[id] : SETTLE_NONE;
}

/* Whether it is named anywhere now. */
static inline bool settle_lives(const struct settling *s, uint32_t name)
{
    return s->names[name].mentions > 0;
}

/* Gives each cluster its number, and puts down those that are new: fills entities[].id, last_number
 * and moved. */
int settle_numbers(struct settling *s);

#endif
