#include "names/cluster.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "names/tie.h"

enum { HEADS_MAX = 5, REFUSED_MAX = 100000 };

/* The commonest names of a cluster, the first the commonest. */
struct heads {
    uint32_t names[HEADS_MAX];
    uint8_t count;
};

struct clustering {
    const struct names_model *model;
    const struct cluster_name *names;
    size_t count;
    const struct cluster_rule *rules;
    size_t rule_count;
    uint32_t *linked; /* union-find of what the model ties */
    uint32_t *united; /* and with what people said */
    bool *ruled;      /* by root of `united`: a rule keeps something away from it */
    struct heads *heads;
    struct scored_name *left, *right; /* HEADS_MAX each */
    struct clusters *result;
};

static uint32_t root_of(uint32_t *parents, uint32_t name)
{
    while (parents[name] != name) {
        parents[name] = parents[parents[name]];
        name = parents[name];
    }
    return name;
}

/* The lower of two is the root, so that no order of unions shows in the result. */
static uint32_t unite(uint32_t *parents, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b;

    parents[a < b ? b : a] = low;
    return low;
}

/* ---- rules ---- */

static const struct cluster_rule *find_rule(struct clustering *clustering, uint32_t a, uint32_t b,
                                            bool by_people)
{
    if (!clustering->ruled[a] || !clustering->ruled[b])
        return NULL;
    for (size_t i = 0; i < clustering->rule_count; i++) {
        const struct cluster_rule *rule = &clustering->rules[i];
        uint32_t x;
        uint32_t y;

        if (rule->kind == RULE_SAME || (by_people && rule->kind == RULE_APART))
            continue;
        x = root_of(clustering->united, rule->a);
        y = root_of(clustering->united, rule->b);
        if ((x == a && y == b) || (x == b && y == a))
            return rule;
    }
    return NULL;
}

static void refuse(struct clustering *clustering, const struct cluster_tie *tie,
                   const struct cluster_rule *rule)
{
    struct clusters *result = clustering->result;

    if (result->refused_count == REFUSED_MAX)
        return;
    result->refused = mem_room(result->refused, result->refused_count, sizeof(*result->refused));
    result->refused[result->refused_count++] =
        (struct cluster_refused){tie->a, tie->b, tie->probability, rule->decision};
}

static void unite_people(struct clustering *clustering, uint32_t a, uint32_t b)
{
    bool ruled = clustering->ruled[a] || clustering->ruled[b];

    clustering->ruled[unite(clustering->united, a, b)] = ruled;
}

static void apply_rules(struct clustering *clustering)
{
    for (size_t i = 0; i < clustering->rule_count; i++)
        if (clustering->rules[i].kind != RULE_SAME)
            clustering->ruled[clustering->rules[i].a] = clustering->ruled[clustering->rules[i].b] =
                true;
    for (size_t i = 0; i < clustering->rule_count; i++) {
        const struct cluster_rule *rule = &clustering->rules[i];
        if (rule->kind != RULE_SAME)
            continue;
        uint32_t a = root_of(clustering->united, rule->a);
        uint32_t b = root_of(clustering->united, rule->b);
        const struct cluster_rule *against = a == b ? NULL : find_rule(clustering, a, b, true);
        struct cluster_tie tie = {rule->a, rule->b, 1000, true};
        if (against)
            refuse(clustering, &tie, against);
        else if (a != b)
            unite_people(clustering, a, b);
    }
}

/* ---- ties ---- */

static bool is_heavier(const struct clustering *clustering, uint32_t a, uint32_t b)
{
    int64_t x = clustering->names[a].weight;
    int64_t y = clustering->names[b].weight;

    return x != y ? x > y : a < b;
}

static void join_heads(struct clustering *clustering, uint32_t into, uint32_t from)
{
    struct heads a = clustering->heads[into];
    struct heads b = clustering->heads[from];
    struct heads *out = &clustering->heads[into];
    unsigned i = 0;
    unsigned k = 0;

    out->count = 0;
    while (out->count < HEADS_MAX && (i < a.count || k < b.count)) {
        bool first =
            k == b.count || (i < a.count && is_heavier(clustering, a.names[i], b.names[k]));
        out->names[out->count++] = first ? a.names[i++] : b.names[k++];
    }
}

static void score_heads(struct clustering *clustering, const struct heads *heads,
                        struct scored_name *out)
{
    for (unsigned i = 0; i < heads->count; i++) {
        const char *text = clustering->names[heads->names[i]].text;
        scored_name_set(clustering->model, text, strlen(text), &out[i]);
    }
}

static bool is_arabic(const struct scored_name *name)
{
    for (size_t i = 0; i < name->name.count; i++)
        if (name->name.tokens[i].script == SCRIPT_ARABIC)
            return true;
    return false;
}

static bool all_arabic(const struct scored_name *names, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (!is_arabic(&names[i]))
            return false;
    return true;
}

/* The average over the heads of two clusters. Persian and Arabic write a foreign name each in its
 * own way (فراژ, فاراج): where its Latin form is known, that is what both are compared with. */
static int link_of(struct clustering *clustering, uint32_t a, uint32_t b,
                   const struct cluster_tie *tie)
{
    const struct heads *x = &clustering->heads[a];
    const struct heads *y = &clustering->heads[b];
    enum mention_kind kind = clustering->names[tie->a].kind;
    int sum = 0;
    int count = 0;

    if (tie->sure || (x->count == 1 && y->count == 1))
        return tie->probability;
    score_heads(clustering, x, clustering->left);
    score_heads(clustering, y, clustering->right);
    bool as_they_are =
        all_arabic(clustering->left, x->count) && all_arabic(clustering->right, y->count);
    for (unsigned i = 0; i < x->count; i++) {
        for (unsigned k = 0; k < y->count; k++) {
            const struct scored_name *left = &clustering->left[i];
            const struct scored_name *right = &clustering->right[k];
            if (!as_they_are && is_arabic(left) && is_arabic(right))
                continue;
            sum += tie_probability(clustering->model, kind, left, right);
            count++;
        }
    }
    return count ? sum / count : 0;
}

static void apply_tie(struct clustering *clustering, const struct cluster_tie *tie)
{
    uint32_t a = root_of(clustering->linked, tie->a);
    uint32_t b = root_of(clustering->linked, tie->b);

    if (a == b || link_of(clustering, a, b, tie) < LINK_MIN)
        return;
    uint32_t x = root_of(clustering->united, a);
    uint32_t y = root_of(clustering->united, b);
    const struct cluster_rule *against = x == y ? NULL : find_rule(clustering, x, y, false);
    if (against) {
        refuse(clustering, tie, against);
        return;
    }
    uint32_t into = unite(clustering->linked, a, b);
    join_heads(clustering, into, into == a ? b : a);
    if (x != y)
        unite_people(clustering, x, y);
}

/* The likeliest first; then in the order of the names. */
static int compare_ties(const void *left, const void *right)
{
    const struct cluster_tie *a = left;
    const struct cluster_tie *b = right;

    if (a->sure != b->sure)
        return a->sure ? -1 : 1;
    if (a->probability != b->probability)
        return a->probability > b->probability ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

void clusters_find(const struct names_model *model, const struct cluster_name *names, size_t count,
                   struct cluster_tie *ties, size_t tie_count, const struct cluster_rule *rules,
                   size_t rule_count, struct clusters *ret_clusters)
{
    struct clustering clustering = {.model = model,
                                    .names = names,
                                    .count = count,
                                    .rules = rules,
                                    .rule_count = rule_count,
                                    .result = ret_clusters};

    *ret_clusters = (struct clusters){0};
    clustering.linked = mem_zalloc(count + 1, sizeof(*clustering.linked));
    clustering.united = mem_zalloc(count + 1, sizeof(*clustering.united));
    clustering.ruled = mem_zalloc(count + 1, sizeof(*clustering.ruled));
    clustering.heads = mem_zalloc(count + 1, sizeof(*clustering.heads));
    clustering.left = mem_zalloc(HEADS_MAX, sizeof(*clustering.left));
    clustering.right = mem_zalloc(HEADS_MAX, sizeof(*clustering.right));
    for (uint32_t i = 0; i < count; i++) {
        clustering.linked[i] = clustering.united[i] = i;
        clustering.heads[i] = (struct heads){.names = {i}, .count = 1};
    }
    for (size_t i = 0; i < tie_count; i++)
        if (ties[i].a > ties[i].b)
            ties[i] = (struct cluster_tie){ties[i].b, ties[i].a, ties[i].probability, ties[i].sure};
    if (tie_count)
        qsort(ties, tie_count, sizeof(*ties), compare_ties);
    apply_rules(&clustering);
    for (size_t i = 0; i < tie_count; i++)
        apply_tie(&clustering, &ties[i]);
    for (uint32_t i = 0; i < count; i++)
        clustering.linked[i] = root_of(clustering.united, i);
    ret_clusters->of = clustering.linked;
    free(clustering.united);
    free(clustering.ruled);
    free(clustering.heads);
    free(clustering.left);
    free(clustering.right);
}

void clusters_release(struct clusters *clusters)
{
    free(clusters->of);
    free(clusters->refused);
    *clusters = (struct clusters){0};
}
