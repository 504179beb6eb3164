/* Dates in digits alone: 2014-11-03, 3/11/2014, ۱۳۹۳/۰۸/۱۲, 11/12, 2016. */
#include "events/date_grammar.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2200 };

/* Three numbers as written, with how many digits each has. */
struct numbers {
    int value[3], digits[3];
};

static bool is_year(const struct numbers *n, int i)
{
    return n->digits[i] == 4 && n->value[i] >= YEAR_MIN && n->value[i] <= YEAR_MAX;
}

static bool short_number(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);

    return token->kind == TOKEN_NUMBER && token->digits >= 1 && token->digits <= 2 &&
           !token->ordinal;
}

static bool any_number(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);

    return token->kind == TOKEN_NUMBER &&
           (token->digits == 1 || token->digits == 2 || token->digits == 4) && !token->ordinal;
}

/* The date with the parts in that order, in every calendar the year may be of. */
static void add_order(const struct date_grammar *grammar, struct date_read *read,
                      const struct numbers *n, const int order[3], int named,
                      enum date_certainty certainty)
{
    struct date_year years[DATE_READINGS_MAX];
    int year = order[0], month = order[1], day = order[2];

    if (n->value[month] < 1 || n->value[month] > 12 || n->value[day] < 1 || n->value[day] > 31)
        return;
    int digits = n->digits[year] == 1 ? 2 : n->digits[year];
    int count = date_years(grammar, n->value[year], digits, named, years);
    for (int i = 0; i < count; i++) {
        struct date_parts parts = {
            years[i].calendar, years[i].year, n->value[month], n->value[day], 0, -1};
        (void)date_add(grammar, read, &parts, certainty);
    }
}

/* One reading is what the text says; several are as many doubts. */
static bool settle(struct date_read *read)
{
    for (int i = 0; read->count > 1 && i < read->count; i++)
        if (read->days[i].certainty == DATE_EXACT)
            read->days[i].certainty = DATE_AMBIGUOUS;
    return read->count > 0;
}

static const int YMD[] = {0, 1, 2}, DMY[] = {2, 1, 0}, MDY[] = {2, 0, 1};

static void read_three(const struct date_grammar *grammar, struct date_read *read,
                       const struct numbers *n, int named, bool comma)
{
    bool english = !(grammar->langs & (DATE_PERSIAN | DATE_ARABIC));

    if (is_year(n, 0)) {
        add_order(grammar, read, n, YMD, named, DATE_EXACT);
        return;
    }
    if (n->digits[0] > 2)
        return;
    if (n->digits[2] == 2 && !english && n->value[2] <= 31 && n->value[0] > 12) {
        /* ۹۳/۸/۱۲, and 16/04/21 where a year before the month is as likely. */
        add_order(grammar, read, n, YMD, named, DATE_EXACT);
        if (n->value[0] > 31 || grammar->langs == DATE_PERSIAN)
            return;
    }
    if (english || comma)
        add_order(grammar, read, n, MDY, named, DATE_EXACT);
    if (!english || n->value[0] != n->value[1])
        add_order(grammar, read, n, DMY, named, DATE_EXACT);
    if (!read->count || (!english && !is_year(n, 2) && n->value[0] <= 12))
        add_order(grammar, read, n, grammar->langs == DATE_PERSIAN ? YMD : MDY, named, DATE_EXACT);
}

/* 4/22: a day and a month. */
static void read_two(const struct date_grammar *grammar, struct date_read *read, int first,
                     int second)
{
    struct date_parts day_first = {CALENDAR_GREGORIAN, YEAR_NONE, second, first, 0, -1};
    struct date_parts month_first = {CALENDAR_GREGORIAN, YEAR_NONE, first, second, 0, -1};
    bool english = !(grammar->langs & (DATE_PERSIAN | DATE_ARABIC));

    if (grammar->langs == DATE_PERSIAN)
        day_first.calendar = month_first.calendar = CALENDAR_SOLAR_HIJRI;
    for (int turn = 0; turn < 2; turn++) {
        const struct date_parts *parts = (turn == 0) == english ? &month_first : &day_first;
        if (parts->month >= 1 && parts->month <= 12 && parts->day >= 1 && parts->day <= 31 &&
            !(turn == 1 && first == second))
            (void)date_add(grammar, read, parts, DATE_EXACT);
    }
}

/* Whether a word before says that a date follows. */
static bool announced(const struct date_grammar *grammar, size_t at)
{
    return at > 0 &&
           (date_has(grammar, at - 1, WORD_on) || date_has(grammar, at - 1, WORD_weekday) ||
            (date_has(grammar, at - 1, WORD_day) && !date_is_number(grammar, at - 2, 0, 999)));
}

/* Two numbers are a date if a word says so, or one can only be a day; with hyphens and points more
 * often something else. */
static bool read_pair(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int first = date_at(grammar, at)->value, second = date_at(grammar, at + 2)->value;
    bool slash = date_is_mark(grammar, at + 1, "/");
    bool clear = (first > 12) != (second > 12);

    if (!short_number(grammar, at) || !short_number(grammar, at + 2) ||
        !date_at(grammar, at + 1)->glued || !date_at(grammar, at + 2)->glued ||
        !(announced(grammar, at) || (slash && clear)) || date_is_mark(grammar, at + 3, "/") ||
        (date_is_mark(grammar, at + 1, ".") && grammar->langs == DATE_PERSIAN))
        return false;
    read_two(grammar, ret, first, second);
    ret->to = at + 3;
    return settle(ret);
}

/* 2015-3 and 3/2015: a month. */
static bool read_month(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    const struct date_token *a = date_at(grammar, at), *b = date_at(grammar, at + 2);
    bool year_first = a->digits == 4;
    const struct date_token *year = year_first ? a : b, *month = year_first ? b : a;
    struct date_year years[DATE_READINGS_MAX];

    if (year->digits != 4 || month->digits > 2 || month->digits == 0 || month->value < 1 ||
        month->value > 12 || year->value < YEAR_MIN || year->value > YEAR_MAX ||
        date_is_mark(grammar, at + 1, ".,") || month->ordinal)
        return false;
    int count = date_years(grammar, year->value, 4, -1, years);
    for (int i = 0; i < count; i++) {
        struct date_parts parts = {years[i].calendar, years[i].year, month->value, 0, 0, -1};
        (void)date_add(grammar, ret, &parts, DATE_EXACT);
    }
    ret->to = at + 3;
    return settle(ret);
}

/* The second date of "2014-11-03/2014-11-10" (ISO 8601). */
static bool ends_interval(const struct date_grammar *grammar, size_t at)
{
    return at > 2 && date_is_mark(grammar, at - 1, "/") && date_is_mark(grammar, at - 3, "-") &&
           date_at(grammar, at)->digits == 4 && date_is_mark(grammar, at + 1, "-") &&
           date_is_mark(grammar, at + 3, "-");
}

bool date_read_numeric(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    struct numbers n;

    *ret = (struct date_read){.from = at};
    if (!any_number(grammar, at) || !date_is_mark(grammar, at + 1, "/-.") ||
        !any_number(grammar, at + 2))
        return false;
    /* Behind a further mark of the same kind it is part of a number: of a law, a telephone. */
    if (at > 0 && date_at(grammar, at)->glued && date_is_mark(grammar, at - 1, "/-.") &&
        !ends_interval(grammar, at))
        return false;
    bool three = (date_is_mark(grammar, at + 3, "/-.") &&
                  date_at(grammar, at + 3)->value == date_at(grammar, at + 1)->value) ||
                 (date_is_mark(grammar, at + 3, ",") && !date_is_mark(grammar, at + 1, "."));
    if (!three || !any_number(grammar, at + 4) ||
        (date_is_mark(grammar, at + 3, ".") && !date_at(grammar, at + 4)->glued))
        return read_month(grammar, at, ret) || read_pair(grammar, at, ret);
    for (int i = 0; i < 3; i++) {
        const struct date_token *token = date_at(grammar, at + 2 * (size_t)i);
        n.value[i] = token->value;
        n.digits[i] = token->digits;
    }
    ret->to = at + 5;
    int era = date_value(grammar, ret->to, WORD_era, 0);
    int named = date_era_calendar(grammar, era, n.digits[0] == 4 ? n.value[0] : n.value[2]);
    if (named >= 0)
        ret->to++;
    read_three(grammar, ret, &n, named, date_is_mark(grammar, at + 3, ","));
    return settle(ret);
}
