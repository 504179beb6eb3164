/*
 * Names into clusters. Average link: two clusters become one when their commonest names, each with
 * each, are the same with an average probability of LINK_MIN (tie.h); the likeliest tie first. What
 * people decided always wins: names said to be the same are in one cluster, names said to be
 * different never are, however many others speak for it.
 *
 * The result depends on the names, ties and rules only, not on their order in the case. Time is
 * linear in the ties.
 */
#ifndef NAMES_CLUSTER_H
#define NAMES_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names/model.h"
#include "names/mention.h"

struct cluster_name {
    const char *text; /* as a document has it */
    enum mention_kind kind;
    int64_t weight; /* its mentions */
};

struct cluster_tie {
    uint32_t a, b;
    int16_t probability; /* thousandths */
    bool sure;           /* needs no average: the same words taken for two kinds */
};

enum cluster_rule_kind {
    RULE_SAME,
    RULE_DIFFERENT,
    RULE_APART, /* nobody knows: the ties of the model do not count, those of people do */
};

struct cluster_rule {
    uint32_t a, b;
    enum cluster_rule_kind kind;
    int64_t decision;
};

/* Two names whose clusters a rule kept apart. */
struct cluster_refused {
    uint32_t a, b;
    int16_t probability; /* 1000 for what people said is the same */
    int64_t decision;
};

struct clusters {
    uint32_t *of; /* for each name the lowest name of its cluster */
    struct cluster_refused *refused;
    size_t refused_count;
};

/* Names come sorted as they are to be told apart (by spelling); `ties` are put in order. */
void clusters_find(const struct names_model *model, const struct cluster_name *names, size_t count,
                   struct cluster_tie *ties, size_t tie_count, const struct cluster_rule *rules,
                   size_t rule_count, struct clusters *ret_clusters);
void clusters_release(struct clusters *clusters);

#endif
