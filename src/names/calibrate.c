#include "names/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sums over the reasons of a match. */
struct sums {
    int matched, loss, worst, contradicted, omitted;
    int contradictions, omissions, ties;
    int edits, letters, worst_edits;
    int evidence, least;
    bool cross, first_differs, last_differs, turned;
    bool firsts_differ, firsts_tied; /* the first word of both */
    int number_differs, number_omitted, initial_differs;
};

static void sum_edits(struct sums *sums, const struct scored_name *a, const struct scored_name *b,
                      const struct match_why *reason)
{
    const struct token *x = reason->count_a == 2 ? &a->joined[reason->at_a]
                            : reason->count_a    ? &a->name.tokens[reason->at_a]
                                                 : NULL;
    const struct token *y = reason->count_b == 2 ? &b->joined[reason->at_b]
                            : reason->count_b    ? &b->name.tokens[reason->at_b]
                                                 : NULL;
    int edits = 0;

    if (reason->kind == WHY_INITIAL || reason->kind == WHY_LETTERS)
        return;
    if (x && y && x->script == y->script) {
        edits = (int)pair_edits(x, y);
        sums->letters += (x->count + y->count) / 2;
    } else if (x && y) {
        sums->letters += (x->count + y->count) / 2;
        edits = reason->kind == WHY_CONTRADICTS ? x->count : (1000 - reason->likeness) / 150;
    } else {
        return;
    }
    sums->edits += edits;
    if (edits > sums->worst_edits)
        sums->worst_edits = edits;
}

static bool is_kind(const struct scored_name *name, size_t at, enum token_kind kind)
{
    return name->name.tokens[at].kind == kind;
}

static bool is_number(const struct scored_name *name, size_t at, size_t count)
{
    return count == 1 && name->name.tokens[at].kind == TOKEN_NUMBER;
}

static bool crosses(const struct scored_name *a, const struct scored_name *b,
                    const struct match_why *why)
{
    return a->name.tokens[why->at_a].script != b->name.tokens[why->at_b].script;
}

static void sum_reason(struct sums *sums, const struct scored_name *a, const struct scored_name *b,
                       const struct match_why *reason)
{
    bool number_a = is_number(a, reason->at_a, reason->count_a);
    bool number_b = is_number(b, reason->at_b, reason->count_b);

    sum_edits(sums, a, b, reason);
    if (reason->kind == WHY_OMITTED) {
        sums->omitted += reason->rarity;
        sums->omissions++;
        sums->number_omitted += number_a || number_b;
    } else if (reason->kind == WHY_CONTRADICTS) {
        sums->contradicted += reason->rarity;
        sums->contradictions++;
        sums->initial_differs +=
            is_kind(a, reason->at_a, TOKEN_INITIAL) || is_kind(b, reason->at_b, TOKEN_INITIAL);
        sums->number_differs += number_a && number_b;
        sums->first_differs |= reason->at_a == 0 || reason->at_b == 0;
        sums->firsts_differ |= reason->at_a == 0 && reason->at_b == 0;
        sums->last_differs |=
            reason->at_a + 1 == a->name.count || reason->at_b + 1 == b->name.count;
    } else {
        sums->ties++;
        sums->firsts_tied |= reason->at_a == 0 && reason->at_b == 0;
        sums->matched += reason->rarity;
        sums->loss += reason->rarity * (1000 - reason->likeness) / 1000;
        if (reason->likeness < sums->worst)
            sums->worst = reason->likeness;
        sums->evidence += reason->evidence;
        if (reason->evidence < sums->least)
            sums->least = reason->evidence;
        if (reason->kind == WHY_SCRIPT || reason->kind == WHY_JOINED)
            sums->cross |= crosses(a, b, reason);
    }
}

static bool is_tie(const struct match_why *reason)
{
    return reason->kind <= WHY_LETTERS;
}

/* Whether the two heaviest ties stand in another order, though no comma says
 * so. */
static bool turned(const struct scored_name *a, const struct scored_name *b,
                   const struct match *match)
{
    const struct match_why *first = NULL;

    if (a->name.comma || b->name.comma)
        return false;
    for (size_t i = 0; i < match->reason_count; i++) {
        const struct match_why *reason = &match->reasons[i];
        if (!is_tie(reason))
            continue;
        if (!first) {
            first = reason;
            continue;
        }
        if ((first->at_a < reason->at_a) != (first->at_b < reason->at_b))
            return true;
    }
    return false;
}

/* A tie of two words of which only one is somebody's father: Ahmad bin Hasan,
 * Hasan bin Ahmad. */
static bool father_differs(const struct scored_name *a, const struct scored_name *b,
                           const struct match *match)
{
    bool here = false;
    bool there = false;

    for (size_t i = 0; i < match->reason_count; i++) {
        const struct match_why *reason = &match->reasons[i];
        if (!is_tie(reason))
            continue;
        bool x = a->name.tokens[reason->at_a].marks & TOKEN_PATRONYMIC;
        bool y = b->name.tokens[reason->at_b].marks & TOKEN_PATRONYMIC;
        here |= x && !y;
        there |= y && !x;
    }
    return here && there;
}

static unsigned count_kind(const struct match *match, enum why_kind kind)
{
    unsigned count = 0;

    for (size_t i = 0; i < match->reason_count; i++)
        count += match->reasons[i].kind == kind;
    return count;
}

/* The set of legal forms of a name, by bit. */
static uint32_t legal_forms(const struct name *name)
{
    uint32_t forms = 0;

    for (size_t i = 0; i < name->count; i++)
        if (name->tokens[i].kind == TOKEN_LEGAL)
            forms |= UINT32_C(1) << name->tokens[i].value;
    return forms;
}

static int share(int part, int whole)
{
    return whole > 0 ? (int)((int64_t)part * 1000 / whole) : 0;
}

static int at_most(int value, int most)
{
    return value < most ? value : most;
}

static unsigned words_in(const struct name *name)
{
    unsigned count = 0;

    for (size_t i = 0; i < name->count; i++)
        count += name->tokens[i].kind <= TOKEN_INITIAL;
    return count;
}

static void set_plain(const struct sums *sums, int *f)
{
    int all = sums->matched + sums->contradicted + sums->omitted / 2;

    f[F_BIAS] = 1000;
    f[F_MATCHED] = share(sums->matched, all);
    f[F_CONTRADICTED] = share(sums->contradicted, all);
    f[F_OMITTED] = share(sums->omitted / 2, all);
    f[F_RARITY] = at_most(sums->matched, 2000) * 2 / 3;
    f[F_LOST_RARITY] = at_most(sums->contradicted, 2000) * 2 / 3;
    f[F_OMITTED_RARITY] = at_most(sums->omitted, 3000) / 2;
    f[F_TIES] = at_most(sums->ties, 4) * 250;
    f[F_LOSS] = share(sums->loss, sums->matched);
    f[F_WORST] = sums->ties ? 1000 - sums->worst : 1000;
    f[F_ANY_CONTRADICTION] = sums->contradictions ? 1000 : 0;
    f[F_OMITTED_ONE] = sums->omissions ? 1000 : 0;
    f[F_OMITTED_MORE] = at_most(sums->omissions > 1 ? sums->omissions - 1 : 0, 4) * 250;
    f[F_NUMBER_DIFFERS] = sums->number_differs ? 1000 : 0;
    f[F_NUMBER_OMITTED] = sums->number_omitted ? 1000 : 0;
    f[F_INITIAL_DIFFERS] = sums->initial_differs ? 1000 : 0;
    f[F_FIRST_DIFFERS] = sums->first_differs ? 1000 : 0;
    f[F_FIRSTS_DIFFER] = sums->firsts_differ ? 1000 : 0;
    f[F_FIRSTS_TIED] = sums->firsts_tied ? 1000 : 0;
    f[F_LAST_DIFFERS] = sums->last_differs ? 1000 : 0;
    f[F_EDITS] = at_most(sums->edits, 8) * 125;
    f[F_EDITS_ONE] = sums->edits <= 1 ? 1000 : 0;
    f[F_EDITS_TWO] = sums->edits <= 2 ? 1000 : 0;
    f[F_EDITS_WORST] = at_most(sums->worst_edits, 6) * 166;
    f[F_EDIT_SHARE] = at_most(share(sums->edits, sums->letters), 1000);
}

void match_features(const struct scored_name *a, const struct scored_name *b, struct match *match)
{
    struct sums sums = {.worst = 1000, .least = 2000};
    int *f = match->features;
    uint32_t forms_a = legal_forms(&a->name);
    uint32_t forms_b = legal_forms(&b->name);
    bool org = forms_a || forms_b;
    unsigned words_a = words_in(&a->name);
    unsigned words_b = words_in(&b->name);

    memset(f, 0, sizeof match->features);
    for (size_t i = 0; i < match->reason_count; i++)
        sum_reason(&sums, a, b, &match->reasons[i]);
    set_plain(&sums, f);
    f[F_INITIAL] = (int)at_most((int)count_kind(match, WHY_INITIAL), 2) * 500;
    f[F_SHORT_FORM] = count_kind(match, WHY_SHORT_FORM) ? 1000 : 0;
    f[F_TRANSLATED] = at_most((int)count_kind(match, WHY_TRANSLATED), 3) * 333;
    f[F_EVIDENCE] = at_most(sums.evidence, 6000) / 3;
    f[F_EVIDENCE_LEAST] = sums.ties ? at_most(sums.least, 1500) : 0;
    f[F_LETTERS] = count_kind(match, WHY_LETTERS) ? 1000 : 0;
    f[F_JOINED] = count_kind(match, WHY_JOINED) ? 1000 : 0;
    f[F_LEGAL_DIFFERS] = forms_a && forms_b && !(forms_a & forms_b) ? 1000 : 0;
    f[F_LEGAL_ONE_SIDE] = (forms_a != 0) != (forms_b != 0) ? 1000 : 0;
    f[F_KUNYA] = a->name.kunya || b->name.kunya ? 1000 : 0;
    f[F_TURNED] = turned(a, b, match) ? 1000 : 0;
    f[F_PATRONYMIC] = father_differs(a, b, match) ? 1000 : 0;
    f[F_SINGLE] = words_a <= 1 || words_b <= 1 ? 1000 : 0;
    f[F_SINGLE_LOSS] = words_a <= 1 || words_b <= 1 ? f[F_LOSS] : 0;
    f[F_ORG] = org ? 1000 : 0;
    f[F_ORG_OMITTED] = org ? f[F_OMITTED] : 0;
    f[F_ORG_CONTRADICTED] = org ? f[F_CONTRADICTED] : 0;
    if (sums.cross) {
        f[F_SCRIPT] = 1000;
        f[F_SCRIPT_LOSS] = f[F_LOSS];
        f[F_SCRIPT_OMITTED] = f[F_OMITTED];
        f[F_SCRIPT_CONTRADICTED] = f[F_CONTRADICTED];
        f[F_SCRIPT_WORST] = f[F_WORST];
        f[F_SCRIPT_RARITY] = f[F_RARITY];
        f[F_SCRIPT_EVIDENCE] = f[F_EVIDENCE];
        f[F_SCRIPT_LOST] = f[F_LOST_RARITY];
        f[F_SCRIPT_LEAST] = f[F_EVIDENCE_LEAST];
        f[F_SCRIPT_TIES] = at_most(sums.ties, 4) * 250;
        f[F_SCRIPT_SINGLE] = f[F_SINGLE];
    }
    f[F_WHOLE] = sums.contradictions == 0 && sums.omissions == 0 && sums.ties ? 1000 : 0;
}

void match_calibrate(const struct names_model *model, enum model_fit fit, struct match *match)
{
    int64_t sum = 0;

    for (unsigned i = 0; i < FEATURES; i++)
        sum += (int64_t)model_weight(model, fit, i) * match->features[i];
    match->log_odds = (int)(sum / 1000);
    match->probability = (int)(1000.0 * match_score(match) + 0.5);
}

double match_score(const struct match *match)
{
    return 1.0 / (1.0 + exp(-(double)match->log_odds / 1000.0));
}
