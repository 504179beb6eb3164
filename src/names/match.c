#include "names/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "names/calibrate.h"
#include "names/lexicon.h"

enum {
    LIKENESS_MIN = 450, /* thousandths: less is no tie */
    INITIAL_LIKENESS = 700,
    SHORT_FORM_LIKENESS = 750,
    SHORT_FORM_MIN = 800,
    TRANSLATED_LIKENESS = 950,
    JOINED_COST = 20,
    LETTERS_LIKENESS = 800,
    CANDIDATES_MAX = 3 * NAME_TOKENS_MAX * NAME_TOKENS_MAX,
    WEAK_SHARE = 3, /* a weak word counts a third */
};

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

/* A tie that could be made. */
struct candidate {
    uint8_t at_a, count_a, at_b, count_b;
    uint8_t kind;
    int16_t likeness;
    int16_t evidence;
    int gain;
};

struct aligning {
    const struct names_model *model;
    const struct scored_name *a, *b;
    struct match *match;
    bool used_a[NAME_TOKENS_MAX], used_b[NAME_TOKENS_MAX];
    size_t count;
    struct candidate candidates[CANDIDATES_MAX];
    bool cross; /* a tie across scripts */
};

static bool takes_part(const struct token *token)
{
    return token->kind <= TOKEN_NUMBER;
}

/* What a word counts for. */
static int weight_of(const struct scored_token *scored)
{
    int rarity = scored->rarity;

    switch (scored->token->kind) {
    case TOKEN_WEAK:
        return rarity / WEAK_SHARE;
    case TOKEN_INITIAL:
        return 150;
    case TOKEN_NUMBER:
        return 500;
    default:
        return rarity;
    }
}

static int weight_at(const struct scored_name *name, size_t at, size_t count)
{
    int sum = 0;

    for (size_t i = at; i < at + count; i++)
        sum += weight_of(&name->tokens[i]);
    return sum;
}

/* Whether two names are of one class of short forms. */
static bool share_class(const uint16_t a[2], const uint16_t b[2])
{
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++)
            if (a[i] && a[i] == b[k])
                return true;
    return false;
}

static void propose(struct aligning *aligning, struct candidate candidate)
{
    if (aligning->count == CANDIDATES_MAX || candidate.likeness < LIKENESS_MIN)
        return;
    int weight = weight_at(aligning->a, candidate.at_a, candidate.count_a) +
                 weight_at(aligning->b, candidate.at_b, candidate.count_b);
    candidate.gain = (candidate.likeness - 300) * (weight + 100) / 100;
    aligning->candidates[aligning->count++] = candidate;
}

/* An initial and a word that begins with it; in two scripts, by the likeliest
 * sound. */
static bool begins_with(const struct aligning *aligning, const struct scored_token *initial,
                        const struct scored_token *word)
{
    uint8_t letter = initial->token->letters[0];
    const struct token *full = word->token;

    if (full->count == 0)
        return false;
    if (letter == full->letters[0] || (full->stripped && letter == full->letters[full->stripped]))
        return true;
    bool arabic = letter_is_arabic(letter);
    if (arabic == letter_is_arabic(full->letters[0]))
        return false;
    struct token first = *full;
    struct token one = *initial->token;
    struct scored_token scored_first;
    struct scored_token scored_one;
    first.count = 1;
    first.stripped = 0;
    one.script = arabic ? SCRIPT_ARABIC : SCRIPT_LATIN;
    scored_token_set(aligning->model, &first, &scored_first);
    scored_token_set(aligning->model, &one, &scored_one);
    return pair_score(aligning->model, &scored_one, 0, &scored_first, 0) > 0;
}

static void tie_initial(struct aligning *aligning, size_t i, size_t k)
{
    const struct scored_token *a = &aligning->a->tokens[i];
    const struct scored_token *b = &aligning->b->tokens[k];
    bool both = a->token->kind == TOKEN_INITIAL && b->token->kind == TOKEN_INITIAL;
    bool first = a->token->kind == TOKEN_INITIAL;

    if (!begins_with(aligning, first ? a : b, first ? b : a))
        return;
    propose(aligning, (struct candidate){.at_a = (uint8_t)i,
                                         .count_a = 1,
                                         .at_b = (uint8_t)k,
                                         .count_b = 1,
                                         .kind = both ? WHY_SAME : WHY_INITIAL,
                                         .likeness = both ? 1000 : INITIAL_LIKENESS});
}

static enum why_kind kind_of(const struct token *a, const struct token *b, int likeness)
{
    if (a->script != b->script)
        return WHY_SCRIPT;
    return likeness == 1000 ? WHY_SAME : WHY_SPELLING;
}

/* "Chuck" in Arabic script and Charles: the likeliest of a given name's short
 * forms. */
static int short_form_likeness(const struct aligning *aligning, const struct scored_token *a,
                               const struct scored_token *b)
{
    bool latin_a = a->token->script == SCRIPT_LATIN;
    const struct scored_token *latin = latin_a ? a : b;
    const struct scored_token *other = latin_a ? b : a;
    int best = 0;

    for (size_t i = 0; latin->token->short_forms[0] && i < lexicon_short_count; i++) {
        const struct lexicon_short *entry = &lexicon_shorts[i];
        struct token form = {.script = SCRIPT_LATIN};
        struct scored_token scored;

        if (!share_class(entry->classes, latin->token->short_forms))
            continue;
        for (const char *letter = entry->text; *letter; letter++)
            form.letters[form.count++] = LATIN(*letter);
        scored_token_set(aligning->model, &form, &scored);
        struct likeness likeness = pair_likeness(aligning->model, &scored, other);
        if (likeness.likeness > best)
            best = likeness.likeness;
    }
    return best;
}

/* Ties by what words mean rather than how they are written. */
static void tie_by_meaning(const struct aligning *aligning, const struct scored_token *a,
                           const struct scored_token *b, struct candidate *candidate)
{
    bool cross = a->token->script != b->token->script;

    if (candidate->likeness >= SHORT_FORM_LIKENESS)
        return;
    if (a->token->concept && a->token->concept == b->token->concept) {
        candidate->kind = WHY_TRANSLATED;
        candidate->likeness = TRANSLATED_LIKENESS;
    } else if (cross ? short_form_likeness(aligning, a, b) >= SHORT_FORM_MIN
                     : share_class(a->token->short_forms, b->token->short_forms)) {
        candidate->kind = WHY_SHORT_FORM;
        candidate->likeness = SHORT_FORM_LIKENESS;
    } else {
        return;
    }
    candidate->evidence = 200;
}

static void tie_words(struct aligning *aligning, size_t i, size_t k)
{
    const struct scored_token *a = &aligning->a->tokens[i];
    const struct scored_token *b = &aligning->b->tokens[k];
    bool number = a->token->kind == TOKEN_NUMBER && b->token->kind == TOKEN_NUMBER;
    struct likeness likeness = pair_likeness(aligning->model, a, b);
    struct candidate candidate = {
        .at_a = (uint8_t)i, .count_a = 1, .at_b = (uint8_t)k, .count_b = 1};

    if (number && likeness.likeness < 1000)
        return;
    candidate.kind = (uint8_t)kind_of(a->token, b->token, likeness.likeness);
    candidate.likeness = (int16_t)likeness.likeness;
    candidate.evidence = (int16_t)likeness.score;
    tie_by_meaning(aligning, a, b, &candidate);
    propose(aligning, candidate);
}

/* Whether two lengths could be of one word at all. */
static bool lengths_fit(const struct token *a, const struct token *b)
{
    unsigned longer = a->count > b->count ? a->count : b->count;
    unsigned shorter = a->count < b->count ? a->count : b->count;

    return a->script == b->script ? shorter * 3 >= longer * 2 : shorter * 5 >= longer * 2;
}

static bool joinable(const struct scored_name *name, size_t at)
{
    const struct token *first = &name->name.tokens[at];
    const struct token *second = &name->name.tokens[at + 1];

    return first->script == second->script && first->count && second->count &&
           first->kind <= TOKEN_WEAK && second->kind <= TOKEN_LEGAL &&
           second->kind != TOKEN_NUMBER && second->kind != TOKEN_INITIAL;
}

/* One word on one side and two that stand together on the other. */
static void tie_joined(struct aligning *aligning, size_t single, size_t at, bool joined_in_b)
{
    const struct scored_name *with_one = joined_in_b ? aligning->a : aligning->b;
    const struct scored_name *with_two = joined_in_b ? aligning->b : aligning->a;
    const struct scored_token *one = &with_one->tokens[single];
    const struct scored_token *two = &with_two->scored_joined[at];

    if (!joinable(with_two, at) || !lengths_fit(one->token, two->token))
        return;
    struct likeness likeness = pair_likeness(aligning->model, one, two);
    propose(aligning, (struct candidate){.at_a = (uint8_t)(joined_in_b ? single : at),
                                         .count_a = joined_in_b ? 1 : 2,
                                         .at_b = (uint8_t)(joined_in_b ? at : single),
                                         .count_b = joined_in_b ? 2 : 1,
                                         .kind = WHY_JOINED,
                                         .likeness = (int16_t)(likeness.likeness - JOINED_COST),
                                         .evidence = (int16_t)likeness.score});
}

/* "JC" and "Jean Claude", "PLA" and "People's Liberation Army". */
static void tie_letters(struct aligning *aligning, size_t single, bool letters_in_a)
{
    const struct scored_name *with_one = letters_in_a ? aligning->a : aligning->b;
    const struct scored_name *with_many = letters_in_a ? aligning->b : aligning->a;
    const struct token *one = &with_one->name.tokens[single];
    size_t count = one->count;

    if (count < 2 || count > 5 || one->script != SCRIPT_LATIN)
        return;
    for (size_t at = 0; at + count <= with_many->name.count; at++) {
        size_t k = 0;
        while (k < count && takes_part(&with_many->name.tokens[at + k]) &&
               with_many->name.tokens[at + k].count > 1 &&
               with_many->name.tokens[at + k].letters[0] == one->letters[k])
            k++;
        if (k < count)
            continue;
        propose(aligning, (struct candidate){.at_a = (uint8_t)(letters_in_a ? single : at),
                                             .count_a = (uint8_t)(letters_in_a ? 1 : count),
                                             .at_b = (uint8_t)(letters_in_a ? at : single),
                                             .count_b = (uint8_t)(letters_in_a ? count : 1),
                                             .kind = WHY_LETTERS,
                                             .likeness = LETTERS_LIKENESS});
    }
}

static void propose_all(struct aligning *aligning)
{
    const struct name *a = &aligning->a->name;
    const struct name *b = &aligning->b->name;

    for (size_t i = 0; i < a->count; i++) {
        if (!takes_part(&a->tokens[i]))
            continue;
        for (size_t k = 0; k < b->count; k++) {
            if (!takes_part(&b->tokens[k]))
                continue;
            if (a->tokens[i].kind == TOKEN_INITIAL || b->tokens[k].kind == TOKEN_INITIAL)
                tie_initial(aligning, i, k);
            else
                tie_words(aligning, i, k);
        }
    }
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; takes_part(&a->tokens[i]) && k + 1 < b->count; k++)
            tie_joined(aligning, i, k, true);
    for (size_t k = 0; k < b->count; k++)
        for (size_t i = 0; takes_part(&b->tokens[k]) && i + 1 < a->count; i++)
            tie_joined(aligning, k, i, false);
    for (size_t i = 0; i < a->count; i++)
        if (a->tokens[i].kind == TOKEN_NAME)
            tie_letters(aligning, i, true);
    for (size_t k = 0; k < b->count; k++)
        if (b->tokens[k].kind == TOKEN_NAME)
            tie_letters(aligning, k, false);
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
        int weight = (weight_at(aligning->a, best->at_a, best->count_a) +
                      weight_at(aligning->b, best->at_b, best->count_b)) /
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
    return takes_part(other) && (token->kind == TOKEN_WEAK) == (other->kind == TOKEN_WEAK);
}

static void omit(const struct aligning *aligning, const struct scored_name *name, size_t at)
{
    struct match_why reason = {.kind = WHY_OMITTED,
                               .rarity = (int16_t)weight_of(&name->tokens[at])};

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
        if (aligning->used_a[i] || !takes_part(&a->tokens[i]))
            continue;
        while (k < b->count &&
               (aligning->used_b[k] || !can_contradict(&a->tokens[i], &b->tokens[k])))
            k++;
        if (k == b->count) {
            omit(aligning, aligning->a, i);
            continue;
        }
        int weight = weight_of(&aligning->a->tokens[i]) + weight_of(&aligning->b->tokens[k]);
        reason_add(aligning->match, (struct match_why){.kind = WHY_CONTRADICTS,
                                                       .at_a = (uint8_t)i,
                                                       .count_a = 1,
                                                       .at_b = (uint8_t)k,
                                                       .count_b = 1,
                                                       .rarity = (int16_t)(weight / 2)});
        aligning->used_b[k] = true;
    }
    for (size_t k = 0; k < b->count; k++)
        if (!aligning->used_b[k] && takes_part(&b->tokens[k]))
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
    propose_all(&aligning);
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
