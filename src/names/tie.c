#include "names/tie.h"

#include <string.h>

#include "base/attr.h"

enum {
    GIVEN_RARITY_MAX = 500, /* hundredths of a nat: one name of 150 has such a word */
};

static unsigned count_words(const struct name *name)
{
    unsigned count = 0;

    for (unsigned i = 0; i < name->count; i++)
        count += token_takes_part(&name->tokens[i]);
    return count;
}

static unsigned count_tied(const struct name *name, unsigned at, unsigned count)
{
    unsigned tied = 0;

    for (unsigned i = at; i < at + count; i++)
        tied += token_takes_part(&name->tokens[i]);
    return tied;
}

static bool has_mark(const struct name *name, unsigned at, unsigned count, enum token_mark mark)
{
    for (unsigned i = at; i < at + count; i++)
        if (name->tokens[i].marks & mark)
            return true;
    return false;
}

/* What the reasons say, counted. */
struct tally {
    unsigned ties;
    unsigned left_a, left_b; /* words of each side that are not tied */
    bool contradicts, patronymic;
};

static struct tally take_tally(const struct match *match, const struct scored_name *a,
                               const struct scored_name *b)
{
    struct tally tally = {.left_a = count_words(&a->name), .left_b = count_words(&b->name)};

    for (unsigned i = 0; i < match->reason_count; i++) {
        const struct match_why *why = &match->reasons[i];

        if (why->kind == WHY_CONTRADICTS) {
            tally.contradicts = true;
            tally.patronymic |= has_mark(&a->name, why->at_a, why->count_a, TOKEN_PATRONYMIC) ||
                                has_mark(&b->name, why->at_b, why->count_b, TOKEN_PATRONYMIC);
        }
        if (why->kind >= WHY_CONTRADICTS)
            continue;
        unsigned in_a = count_tied(&a->name, why->at_a, why->count_a);
        unsigned in_b = count_tied(&b->name, why->at_b, why->count_b);
        tally.ties += in_a && in_b;
        tally.left_a -= in_a < tally.left_a ? in_a : tally.left_a;
        tally.left_b -= in_b < tally.left_b ? in_b : tally.left_b;
    }
    return tally;
}

/* Whether a word of `name` that is not tied stands behind a very common given name and before a
 * tied one: Mohammad Khatami and Mohammad Reza Khatami are brothers. */
static bool has_second_name(const struct match *match, const struct scored_name *name, bool is_a)
{
    bool tied[NAME_TOKENS_MAX] = {false};

    for (unsigned i = 0; i < match->reason_count; i++) {
        const struct match_why *why = &match->reasons[i];
        unsigned at = is_a ? why->at_a : why->at_b;
        unsigned count = is_a ? why->count_a : why->count_b;
        for (unsigned k = at; k < at + count && why->kind < WHY_CONTRADICTS; k++)
            tied[k] = true;
    }
    for (unsigned i = 1; i + 1U < name->name.count; i++) {
        const struct token *token = &name->name.tokens[i];
        if (token->kind == TOKEN_NAME && !tied[i] && tied[i - 1] && tied[i + 1] &&
            !(token->marks & TOKEN_PATRONYMIC) && name->tokens[i - 1].rarity < GIVEN_RARITY_MAX)
            return true;
    }
    return false;
}

/* Whether one word is the other with an ending that makes another word of it: Germany and German,
 * North Korea and North Koreans, حسین and حسینی. */
static bool is_derived(const struct token *a, const struct token *b)
{
    static const char *const endings[] = {"s", "n", "ns", "an", "ans", "i", "y", "ian", "\u06CC"};
    const struct token *longer = a->count > b->count ? a : b;
    const struct token *shorter = a->count > b->count ? b : a;
    char ending[2 * TOKEN_LETTERS_MAX + 1];

    if (!shorter->count || shorter->count == longer->count ||
        memcmp(longer->letters, shorter->letters, shorter->count) != 0)
        return false;
    letters_spell(longer->letters + shorter->count, (size_t)longer->count - shorter->count, ending);
    for (size_t i = 0; i < ARRAY_LEN(endings); i++)
        if (!strcmp(ending, endings[i]))
            return true;
    return false;
}

static bool has_derived(const struct match *match, const struct scored_name *a,
                        const struct scored_name *b)
{
    for (unsigned i = 0; i < match->reason_count; i++) {
        const struct match_why *why = &match->reasons[i];
        if (why->kind < WHY_CONTRADICTS && why->count_a == 1 && why->count_b == 1 &&
            is_derived(&a->name.tokens[why->at_a], &b->name.tokens[why->at_b]))
            return true;
    }
    return false;
}

/* Whether a compound is taken for what people clip it to: likely (Karim Ahmadi, Abdul Karim
 * Ahmadi), but for a person to say. */
static bool has_clipped(const struct match *match, const struct scored_name *a,
                        const struct scored_name *b)
{
    struct token clipped;

    for (unsigned i = 0; i < match->reason_count; i++) {
        const struct match_why *why = &match->reasons[i];
        if (why->kind == WHY_SHORT_FORM && (token_clipped(&a->name.tokens[why->at_a], &clipped) ||
                                            token_clipped(&b->name.tokens[why->at_b], &clipped)))
            return true;
    }
    return false;
}

int tie_probability(const struct names_model *model, enum mention_kind kind,
                    const struct scored_name *a, const struct scored_name *b)
{
    struct match match;

    names_match(model, FIT_PAIR, a, b, &match);
    if (match.probability < TIE_MIN || match.features[F_INITIAL_DIFFERS] ||
        match.features[F_NUMBER_DIFFERS])
        return 0;
    struct tally tally = take_tally(&match, a, b);
    if (tally.patronymic || !tally.ties)
        return 0;
    if (tally.contradicts && kind == MENTION_PLACE)
        return 0;
    bool whole = !tally.left_a && !tally.left_b;
    int single_min = match.features[F_SCRIPT_TIES] ? SINGLE_SCRIPT_MIN : SINGLE_MIN;
    if (tally.ties == 1 && (!whole || match.probability < single_min))
        return 0;
    bool held = kind == MENTION_PERSON
                    ? has_second_name(&match, a, true) || has_second_name(&match, b, false) ||
                          has_clipped(&match, a, b)
                    : !whole;
    /* of a full name a letter may well be lost: Qasem Soleiman */
    if ((kind != MENTION_PERSON || tally.ties == 1) && has_derived(&match, a, b))
        return TIE_APART;
    if (held)
        return match.probability < TIE_HELD ? match.probability : TIE_HELD;
    return match.probability;
}
