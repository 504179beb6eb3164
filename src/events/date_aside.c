/*
 * Numbers that belong to no date, whatever stands around them: "Telegram 1959", "Nos. 1968 and
 * 1974", "at 18:30", "2000 dollars", "۳۱ هزار". They are set aside before dates are looked for.
 */
#include "events/date_tokens.h"

/* How a word that numbers things does it (its value in date_words.tsv). */
enum numbering {
    NUMBERS_ONE = 1,
    NUMBERS_SEVERAL = 2,
    NUMBERS_MARKED = 3,  /* one, if a full stop or a capital shows that it is no other word */
    NUMBERS_STOPPED = 4, /* one, if a full stop does */
};

struct aside {
    struct date_tokens *tokens;
    unsigned langs;
};

static struct date_token *at(const struct aside *aside, size_t i)
{
    static struct date_token none = {.kind = TOKEN_BREAK};

    return i < aside->tokens->count ? &aside->tokens->at[i] : &none;
}

static int value_of(const struct aside *aside, size_t i, enum date_word_kind kind)
{
    const struct date_word *word = date_token_sense(at(aside, i), kind, aside->langs);

    return word ? word->value : 0;
}

static bool is_word(const struct aside *aside, size_t i, enum date_word_kind kind)
{
    return date_token_sense(at(aside, i), kind, aside->langs) != NULL;
}

static bool is_mark(const struct aside *aside, size_t i, char mark)
{
    return at(aside, i)->kind == TOKEN_MARK && at(aside, i)->value == mark;
}

static bool is_month(const struct aside *aside, size_t i)
{
    return is_word(aside, i, WORD_gregorian) || is_word(aside, i, WORD_solar) ||
           is_word(aside, i, WORD_lunar);
}

static bool in_digits(const struct aside *aside, size_t i)
{
    return at(aside, i)->kind == TOKEN_NUMBER && at(aside, i)->digits && !at(aside, i)->ordinal;
}

static void set_aside(const struct aside *aside, size_t i)
{
    at(aside, i)->kind = TOKEN_OTHER;
}

/* Whether a number hangs on this one by a mark: "1975/12". */
static bool is_linked(const struct aside *aside, size_t i)
{
    return (is_mark(aside, i + 1, '/') || is_mark(aside, i + 1, '-')) && at(aside, i + 1)->glued &&
           in_digits(aside, i + 2) && at(aside, i + 2)->glued;
}

/* The number of a thing at `i`; returns the first token behind it, or `i` if it is more likely a
 * day or a date. */
static size_t take_number(const struct aside *aside, size_t i)
{
    bool linked = is_linked(aside, i);
    size_t last = linked ? i + 2 : i;

    if (!in_digits(aside, i) || at(aside, i)->digits > 4 || (linked && is_linked(aside, last)) ||
        (at(aside, i)->digits <= 2 && is_month(aside, i + 1)))
        return i;
    set_aside(aside, i);
    set_aside(aside, last);
    return last + 1;
}

static void after_numbering_word(const struct aside *aside, size_t word)
{
    int how = value_of(aside, word, WORD_numbered);
    size_t i = word + 1;

    if (how >= NUMBERS_MARKED && !is_mark(aside, i, '.') &&
        !(how == NUMBERS_MARKED && at(aside, word)->capital))
        return;
    /* "telegram No. 1963", "شماره: 1395" */
    while (i < word + 4 && (is_mark(aside, i, '.') || is_mark(aside, i, ':') ||
                            is_mark(aside, i, '(') || is_word(aside, i, WORD_numbered))) {
        if (value_of(aside, i, WORD_numbered) == NUMBERS_SEVERAL)
            how = NUMBERS_SEVERAL;
        i++;
    }
    for (;;) {
        size_t behind = take_number(aside, i);
        if (behind == i || how != NUMBERS_SEVERAL)
            return;
        i = behind;
        while (i < behind + 2 &&
               (is_mark(aside, i, ',') || is_mark(aside, i, '-') || is_word(aside, i, WORD_to)))
            i++;
        if (i == behind)
            return;
    }
}

/* "18:30", "18:30:05" */
static void clock(const struct aside *aside, size_t i)
{
    if (at(aside, i)->digits > 2)
        return;
    while (is_mark(aside, i + 1, ':') && at(aside, i + 1)->glued && in_digits(aside, i + 2) &&
           at(aside, i + 2)->glued && at(aside, i + 2)->digits == 2) {
        set_aside(aside, i);
        set_aside(aside, i + 2);
        i += 2;
    }
}

/* An amount: what is counted stands behind it. */
static void before_counted(const struct aside *aside, size_t word)
{
    size_t i = word - 1;

    if (word == 0 || at(aside, i)->kind != TOKEN_NUMBER || at(aside, i)->ordinal)
        return;
    /* "in the year 2000 dollars ...", "4 July" before it, "July 4": years and days all the same. */
    if (i > 0 && at(aside, i)->digits == 4 && is_word(aside, i - 1, WORD_year))
        return;
    if (i > 0 && at(aside, i)->digits <= 2 && is_month(aside, i - 1) &&
        !(i > 1 && at(aside, i - 2)->kind == TOKEN_NUMBER))
        return;
    set_aside(aside, i);
    if (i > 1 && at(aside, i)->glued && is_mark(aside, i - 1, '.') && at(aside, i - 1)->glued &&
        in_digits(aside, i - 2))
        set_aside(aside, i - 2);
}

/* "31 thousand", "۱۵ هزار": digits that a word multiplies. */
static bool is_multiplied(const struct aside *aside, size_t i)
{
    const struct date_token *next = at(aside, i + 1);

    return in_digits(aside, i) && at(aside, i)->digits <= 3 && next->kind == TOKEN_NUMBER &&
           !next->digits && !next->ordinal && next->value >= 100;
}

void date_tokens_set_aside(struct date_tokens *tokens, unsigned langs)
{
    struct aside aside = {tokens, langs};

    for (size_t i = 0; i < tokens->count; i++) {
        if (is_word(&aside, i, WORD_numbered) &&
            !(i > 0 && at(&aside, i - 1)->kind == TOKEN_NUMBER))
            after_numbering_word(&aside, i);
        if (is_word(&aside, i, WORD_counted))
            before_counted(&aside, i);
        if (in_digits(&aside, i))
            clock(&aside, i);
        if (is_multiplied(&aside, i)) {
            set_aside(&aside, i);
            set_aside(&aside, i + 1);
        }
    }
}
