#include "names/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "names/align.h"
#include "names/calibrate.h"

const char *why_name(enum why_kind kind)
{
    static const char *const names[] = {"same",        "spelling",   "script",     "joined",
                                        "initial",     "short-form", "translated", "letters",
                                        "contradicts", "omitted",    "title",      "legal"};

    return (size_t)kind < ARRAY_LEN(names) ? names[kind] : "";
}

void scored_name_set(const struct names_model *model, const char *text, size_t len,
                     struct scored_name *ret_scored)
{
    struct name *name = &ret_scored->name;

    name_parse(name, text, len);
    for (size_t i = 0; i < name->count; i++) {
        scored_token_set(model, &name->tokens[i], &ret_scored->tokens[i]);
        ret_scored->tokens[i].rarity = model_rarity(model, &name->tokens[i]);
    }
    for (size_t i = 0; i + 1 < name->count; i++) {
        token_join(&name->tokens[i], &name->tokens[i + 1], &ret_scored->joined[i]);
        scored_token_set(model, &ret_scored->joined[i], &ret_scored->scored_joined[i]);
        ret_scored->scored_joined[i].rarity =
            (ret_scored->tokens[i].rarity + ret_scored->tokens[i + 1].rarity) / 2;
    }
}

static int by_gain(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->gain != y->gain)
        return x->gain < y->gain ? 1 : -1;
    if (x->at_a != y->at_a)
        return x->at_a - y->at_a;
    if (x->at_b != y->at_b)
        return x->at_b - y->at_b;
    return x->kind - y->kind;
}

static bool any_used(const bool *used, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        if (used[i])
            return true;
    return false;
}

static void reason_add(struct match *match, struct match_why reason)
{
    if (match->reason_count < MATCH_WHYS_MAX)
        match->reasons[match->reason_count++] = reason;
}

static void choose(struct aligning *aligning)
{
    qsort(aligning->candidates, aligning->count, sizeof *aligning->candidates, by_gain);
    for (size_t i = 0; i < aligning->count; i++) {
        const struct candidate *best = &aligning->candidates[i];

        if (any_used(aligning->used_a, best->at_a, best->count_a) ||
            any_used(aligning->used_b, best->at_b, best->count_b))
            continue;
        memset(aligning->used_a + best->at_a, true, best->count_a);
        memset(aligning->used_b + best->at_b, true, best->count_b);
        int weight = (align_weight_at(aligning->a, best->at_a, best->count_a) +
                      align_weight_at(aligning->b, best->at_b, best->count_b)) /
                     2;
        reason_add(aligning->match, (struct match_why){.kind = best->kind,
                                                       .at_a = best->at_a,
                                                       .count_a = best->count_a,
                                                       .at_b = best->at_b,
                                                       .count_b = best->count_b,
                                                       .likeness = best->likeness,
                                                       .rarity = (int16_t)weight,
                                                       .evidence = best->evidence});
    }
}

/* A title that may be a name, or what stands in brackets, contradicts only its like: "Seyyed Ali
 * Khamenei" is not contradicted by "Ali Hosseini Khamenei". */
static bool can_contradict(const struct token *token, const struct token *other)
{
    return token_takes_part(other) && (token->kind == TOKEN_WEAK) == (other->kind == TOKEN_WEAK);
}

static void omit(const struct aligning *aligning, const struct scored_name *name, size_t at)
{
    struct match_why reason = {.kind = WHY_OMITTED,
                               .rarity = (int16_t)align_weight(&name->tokens[at])};

    if (name == aligning->a) {
        reason.at_a = (uint8_t)at;
        reason.count_a = 1;
    } else {
        reason.at_b = (uint8_t)at;
        reason.count_b = 1;
    }
    reason_add(aligning->match, reason);
}

/* What is left: the first on each side contradict one another, and so on; the
 * rest is omitted. */
static void leftovers(struct aligning *aligning)
{
    const struct name *a = &aligning->a->name;
    const struct name *b = &aligning->b->name;

    for (size_t i = 0; i < a->count; i++) {
        size_t k = 0;
        if (aligning->used_a[i] || !token_takes_part(&a->tokens[i]))
            continue;
        while (k < b->count &&
               (aligning->used_b[k] || !can_contradict(&a->tokens[i], &b->tokens[k])))
            k++;
        if (k == b->count) {
            omit(aligning, aligning->a, i);
            continue;
        }
        int weight = align_weight(&aligning->a->tokens[i]) + align_weight(&aligning->b->tokens[k]);
        reason_add(aligning->match, (struct match_why){.kind = WHY_CONTRADICTS,
                                                       .at_a = (uint8_t)i,
                                                       .count_a = 1,
                                                       .at_b = (uint8_t)k,
                                                       .count_b = 1,
                                                       .rarity = (int16_t)(weight / 2)});
        aligning->used_b[k] = true;
    }
    for (size_t k = 0; k < b->count; k++)
        if (!aligning->used_b[k] && token_takes_part(&b->tokens[k]))
            omit(aligning, aligning->b, k);
}

/* A fixed order of any two names, so that comparing them either way gives the
 * same. */
static int order_of(const struct name *a, const struct name *b)
{
    if (a->count != b->count)
        return a->count - b->count;
    for (size_t i = 0; i < a->count; i++) {
        const struct token *x = &a->tokens[i];
        const struct token *y = &b->tokens[i];
        int order = memcmp(x->letters, y->letters, sizeof x->letters);
        if (order || x->hash != y->hash)
            return order ? order : x->hash < y->hash ? -1 : 1;
    }
    return 0;
}

static void swap_sides(struct match *match)
{
    for (size_t i = 0; i < match->reason_count; i++) {
        struct match_why *why = &match->reasons[i];
        struct match_why was = *why;
        why->at_a = was.at_b;
        why->count_a = was.count_b;
        why->at_b = was.at_a;
        why->count_b = was.count_a;
    }
}

void names_match(const struct names_model *model, enum model_fit fit, const struct scored_name *a,
                 const struct scored_name *b, struct match *ret_match)
{
    struct aligning aligning;
    bool swapped = order_of(&a->name, &b->name) > 0;

    aligning.model = model;
    aligning.a = swapped ? b : a;
    aligning.b = swapped ? a : b;
    aligning.match = ret_match;
    aligning.count = 0;
    memset(aligning.used_a, 0, sizeof aligning.used_a);
    memset(aligning.used_b, 0, sizeof aligning.used_b);
    ret_match->reason_count = 0;
    align_propose(&aligning);
    choose(&aligning);
    leftovers(&aligning);
    match_features(aligning.a, aligning.b, ret_match);
    match_calibrate(model, fit, ret_match);
    if (swapped)
        swap_sides(ret_match);
}

const char *match_words(const struct scored_name *name, const char *text, unsigned at,
                        unsigned count, size_t *ret_len)
{
    *ret_len = 0;
    if (!count)
        return NULL;
    const struct token *first = &name->name.tokens[at];
    const struct token *last = &name->name.tokens[at + count - 1];
    *ret_len = last->at + last->len - first->at;
    return text + first->at;
}
