#include "names/align.h"

#include "names/lexicon.h"

enum {
    LIKENESS_MIN = 450, /* thousandths: less is no tie */
    INITIAL_LIKENESS = 700,
    SHORT_FORM_LIKENESS = 750,
    SHORT_FORM_MIN = 800,
    TRANSLATED_LIKENESS = 950,
    JOINED_COST = 20,
    LETTERS_LIKENESS = 800,
    WEAK_SHARE = 3, /* a weak word counts a third */
};

/* What a word counts for. */
int align_weight(const struct scored_token *scored)
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

int align_weight_at(const struct scored_name *name, size_t at, size_t count)
{
    int sum = 0;

    for (size_t i = at; i < at + count; i++)
        sum += align_weight(&name->tokens[i]);
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
    int weight = align_weight_at(aligning->a, candidate.at_a, candidate.count_a) +
                 align_weight_at(aligning->b, candidate.at_b, candidate.count_b);
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

static bool is_last(const struct scored_name *name, const struct scored_token *token)
{
    return token == &name->tokens[name->name.count - 1];
}

/* Karim and Abdul Karim, Siraj and Sirajuddin: a compound and what people clip it to. Two different
 * compounds of one word are two names; and at the end of a name, where the family's stands, Nasr is
 * not Nasrallah. */
static bool is_clipped(const struct aligning *aligning, const struct scored_token *a,
                       const struct scored_token *b)
{
    struct token clipped;
    struct token other;
    struct scored_token scored;
    bool of_a = token_clipped(a->token, &clipped);
    const struct token *compound = of_a ? a->token : b->token;
    bool at_end = is_last(aligning->a, a) || is_last(aligning->b, b);

    if (of_a == token_clipped(b->token, of_a ? &other : &clipped) ||
        (at_end && !(compound->marks & TOKEN_SERVANT)))
        return false;
    scored_token_set(aligning->model, &clipped, &scored);
    return pair_likeness(aligning->model, &scored, of_a ? b : a).likeness >= SHORT_FORM_MIN;
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
    } else if ((cross ? short_form_likeness(aligning, a, b) >= SHORT_FORM_MIN
                      : share_class(a->token->short_forms, b->token->short_forms)) ||
               is_clipped(aligning, a, b)) {
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
        while (k < count && token_takes_part(&with_many->name.tokens[at + k]) &&
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

void align_propose(struct aligning *aligning)
{
    const struct name *a = &aligning->a->name;
    const struct name *b = &aligning->b->name;

    for (size_t i = 0; i < a->count; i++) {
        if (!token_takes_part(&a->tokens[i]))
            continue;
        for (size_t k = 0; k < b->count; k++) {
            if (!token_takes_part(&b->tokens[k]))
                continue;
            if (a->tokens[i].kind == TOKEN_INITIAL || b->tokens[k].kind == TOKEN_INITIAL)
                tie_initial(aligning, i, k);
            else
                tie_words(aligning, i, k);
        }
    }
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; token_takes_part(&a->tokens[i]) && k + 1 < b->count; k++)
            tie_joined(aligning, i, k, true);
    for (size_t k = 0; k < b->count; k++)
        for (size_t i = 0; token_takes_part(&b->tokens[k]) && i + 1 < a->count; i++)
            tie_joined(aligning, k, i, false);
    for (size_t i = 0; i < a->count; i++)
        if (a->tokens[i].kind == TOKEN_NAME)
            tie_letters(aligning, i, true);
    for (size_t k = 0; k < b->count; k++)
        if (b->tokens[k].kind == TOKEN_NAME)
            tie_letters(aligning, k, false);
}
