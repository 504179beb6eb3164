/*
 * Dates with the name of a month or a day: "Friday, 3 November 2014", "سه شنبه سوم شهریور ۱۳۹۴",
 * "الثاني من أغسطس", "دی ماه سال گذشته". The parts may come in any order; fillers and one mark may
 * stand between.
 */
#include "events/date_grammar.h"

enum { TOKENS_MAX = 24, YEAR_MIN = 1000, YEAR_MAX = 2200 };

/* What has been read so far. */
struct parts_read {
    int weekday, day, day_last, month, named;
    int year, year_digits, era;
    int year_shift; /* this year, the year before: with has_shift */
    bool has_shift;
    enum date_weakness weak; /* of the month's name */
    bool month_word;         /* "month" beside its name */
    bool the, ordinal;       /* of the day */
    bool worded;             /* the day is in words */
    bool weekday_weak;
    size_t end; /* behind the last part */
};

static bool take_weekday(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_word *word =
        date_token_sense(date_at(grammar, at), WORD_weekday, grammar->accept);

    if (!word || p->weekday >= 0)
        return false;
    p->weekday = word->value;
    p->weekday_weak = word->weak;
    p->end = at + 1;
    return true;
}

static bool take_month(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    static const enum date_word_kind kinds[] = {WORD_gregorian, WORD_solar, WORD_lunar};

    for (int calendar = CALENDAR_GREGORIAN; p->month == 0 && calendar <= CALENDAR_LUNAR_HIJRI;
         calendar++) {
        const struct date_word *word =
            date_token_sense(date_at(grammar, at), kinds[calendar], grammar->accept);
        if (!word)
            continue;
        p->month = word->value;
        p->named = calendar;
        p->weak = (enum date_weakness)word->weak;
        p->end = at + 1;
        return true;
    }
    return false;
}

static void set_year(struct parts_read *p, int value, int digits, size_t end)
{
    p->year = value;
    p->year_digits = digits;
    p->end = end;
}

static bool take_year_number(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_token *token = date_at(grammar, at);

    if (p->year_digits || p->has_shift || token->ordinal)
        return false;
    if (token->digits != 4 && !(token->digits == 0 && token->value >= YEAR_MIN))
        return false;
    if (token->value < 600 || token->value > YEAR_MAX)
        return false;
    set_year(p, token->value, 4, at + 1);
    return true;
}

/* Two digits behind a month: a year once the day is known, or where they can be no day. */
static bool take_short_year(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_token *token = date_at(grammar, at);
    bool marked = date_is_mark(grammar, at - 1, "'");

    if (p->year_digits || p->has_shift || !p->month || token->ordinal ||
        !(token->digits == 2 || (token->digits == 0 && token->value < 100 && token->value > 31)) ||
        !(marked || p->day || token->value > 31))
        return false;
    /* "3 May 20 people": in English a year of two digits stands behind a mark or at an end. */
    if (!marked && token->value <= 31 && date_at(grammar, at + 1)->kind == TOKEN_OTHER &&
        !date_is_mark(grammar, at - 1, "-/.,"))
        return false;
    set_year(p, token->value, 2, at + 1);
    return true;
}

static bool take_day(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_token *token = date_at(grammar, at);

    if (p->day || token->value < 1 || token->value > 31 || token->digits > 2)
        return false;
    /* In Persian the day stands before its month: "می دهم" is "I give". */
    if (p->month && p->weak && p->named >= 0 && grammar->langs == DATE_PERSIAN)
        return false;
    p->day = token->value;
    p->ordinal = token->ordinal;
    p->worded = !token->digits;
    p->the = at > 0 && date_has(grammar, at - 1, WORD_the);
    p->end = at + 1;
    return true;
}

/* "15 تا 17", "22 و 23", "3-12", "from 3 to 12": the last day of several. Returns the tokens taken.
 */
static size_t take_last_day(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_token *last = date_at(grammar, at + 1);
    bool between = date_has(grammar, at, WORD_to) || date_is_mark(grammar, at, "-");

    if (p->day_last || !p->day || p->end != at || !between || last->kind != TOKEN_NUMBER ||
        last->digits > 2 || last->value <= p->day || last->value > 31)
        return 0;
    p->day_last = last->value;
    p->end = at + 2;
    return 2;
}

/* "سال ۱۳۹۳", "عام 2016", "year 2014", "سال گذشته". Returns the tokens taken. */
static size_t take_year_word(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    const struct date_token *next = date_at(grammar, at + 1);

    if (p->year_digits || p->has_shift || !p->month)
        return 0;
    size_t taken = date_read_year_shift(grammar, at, &p->year_shift);
    if (taken) {
        p->has_shift = true;
        p->end = at + taken;
        return taken;
    }
    bool in_words = next->digits == 0 && next->value >= YEAR_MIN;
    if (!date_has(grammar, at, WORD_year) || next->kind != TOKEN_NUMBER ||
        (next->digits != 4 && next->digits != 2 && !in_words) || next->value < 1)
        return 0;
    set_year(p, next->value, in_words ? 4 : next->digits, at + 2);
    return 2;
}

static size_t take_era(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    int era = date_value(grammar, at, WORD_era, 0);

    if (!era || !p->year_digits || p->era || p->end != at)
        return 0;
    p->era = era;
    p->end = at + 1;
    return 1;
}

/* What may stand between parts and is none itself. */
static bool is_filler(const struct date_grammar *grammar, size_t at, const struct parts_read *p)
{
    /* "شنبه از یک کارگاه": in Persian nothing stands between a weekday and its day. */
    if (grammar->langs == DATE_PERSIAN && p->weekday >= 0 && !p->day && !p->month &&
        (date_has(grammar, at, WORD_of) || date_has(grammar, at, WORD_on)))
        return false;
    if (date_has(grammar, at, WORD_of) || date_has(grammar, at, WORD_the) ||
        date_has(grammar, at, WORD_on) || date_has(grammar, at, WORD_month))
        return true;
    /* "on Friday", "روز جمعه", "یوم 27 نوفمبر" */
    return date_has(grammar, at, WORD_day) && !p->day;
}

static size_t take_part(const struct date_grammar *grammar, size_t at, struct parts_read *p)
{
    size_t taken = take_last_day(grammar, at, p);

    if (!taken)
        taken = take_era(grammar, at, p);
    if (!taken)
        taken = take_year_word(grammar, at, p);
    if (taken)
        return taken;
    if (date_at(grammar, at)->kind == TOKEN_NUMBER)
        return take_year_number(grammar, at, p) || take_short_year(grammar, at, p) ||
               take_day(grammar, at, p);
    if (take_month(grammar, at, p)) {
        p->month_word = at > 0 && date_has(grammar, at - 1, WORD_month);
        return 1;
    }
    return take_weekday(grammar, at, p);
}

static void collect(const struct date_grammar *grammar, size_t first, struct parts_read *p)
{
    bool between = false; /* a mark stands since the last part */

    *p = (struct parts_read){.weekday = -1, .named = -1, .year = YEAR_NONE, .end = first};
    for (size_t at = first; at < first + TOKENS_MAX;) {
        size_t taken = take_part(grammar, at, p);
        if (taken) {
            at += taken;
            between = false;
        } else if (date_is_mark(grammar, at, ",.-/'") && at > first &&
                   (!between || date_is_mark(grammar, at, "'"))) { /* Nov. 3, '14 */
            between = !date_is_mark(grammar, at, ".");
            at++;
        } else if (is_filler(grammar, at, p)) {
            if (p->month && p->end == at && date_has(grammar, at, WORD_month)) {
                p->month_word = true;
                p->end = at + 1;
            }
            at++;
        } else {
            return;
        }
    }
}

/* A month's name that is also another word needs a word beside it that shows what it is. */
static bool month_stands(const struct date_grammar *grammar, size_t at, const struct parts_read *p)
{
    bool more = p->year_digits || p->has_shift || p->month_word;

    /* "سی دی" is a disc and "سه می" the beginning of "three do". */
    if (p->day && p->weak == DATE_WEAK && p->worded && !p->ordinal && !more &&
        grammar->langs == DATE_PERSIAN)
        return false;
    /* "دور دوم می توان" is "can"; but "روز دوم می", "دوم مه ۲۰۱۶". */
    if (p->day && p->weak == DATE_WEAK && p->worded && !more && p->weekday < 0 &&
        p->named == CALENDAR_GREGORIAN && grammar->langs == DATE_PERSIAN &&
        !date_has(grammar, at, WORD_day) && !date_at_end(grammar, p->end))
        return false;
    if (!p->weak || p->day || more)
        return true;
    /* "اوایل دی", "late May"; but «آغاز می شود» is "begins". */
    bool own = date_at(grammar, at)->capital || p->named == CALENDAR_SOLAR_HIJRI ||
               grammar->langs == DATE_ARABIC;
    if (own && date_is_parted(grammar, at))
        return true;
    return (date_at(grammar, at)->capital || p->weak == DATE_SOFT) && at > 0 &&
           (date_has(grammar, at - 1, WORD_of) || date_has(grammar, at - 1, WORD_from) ||
            date_has(grammar, at - 1, WORD_on));
}

/* A day of no month: "the 21st", "Friday the 15th", "السبت 23", "عدت في 27!". */
static bool day_stands(const struct date_grammar *grammar, size_t at, const struct parts_read *p)
{
    bool at_end = date_at_end(grammar, p->end);
    bool announced =
        date_at(grammar, at)->fronted ||
        (at > 0 && (date_has(grammar, at - 1, WORD_on) || date_has(grammar, at - 1, WORD_to)));

    if (p->weekday >= 0)
        return true;
    /* "the first", "the second" are seldom days: a preposition before and an end behind say so. */
    if (p->the && p->worded && grammar->langs == DATE_ENGLISH)
        return p->ordinal && at_end && (announced || p->day > 12);
    if (p->the)
        return p->ordinal || at_end;
    /* A bare number says least: only in Arabic does "في 27" stand for a day. */
    return at_end && (date_has(grammar, at, WORD_day) ||
                      (announced && (p->ordinal || grammar->langs == DATE_ARABIC)));
}

static bool add_years(const struct date_grammar *grammar, struct date_read *ret,
                      const struct parts_read *p, struct date_parts *parts)
{
    struct date_year years[DATE_READINGS_MAX];
    int named = p->named;

    /* The era says more than the month's name only where the name is of both Hijri calendars. */
    if (named < 0)
        named = date_era_calendar(grammar, p->era, p->year);
    int count = date_years(grammar, p->year, p->year_digits, named, years);
    for (int i = 0; i < count; i++) {
        parts->calendar = years[i].calendar;
        parts->year = years[i].year;
        (void)date_add(grammar, ret, parts, DATE_EXACT);
    }
    return ret->count > 0;
}

static bool add_shifted(const struct date_grammar *grammar, struct date_read *ret,
                        const struct parts_read *p, struct date_parts *parts)
{
    struct calendar_date ref;

    if (!grammar->settings.has_ref ||
        !calendar_date(parts->calendar, grammar->settings.ref, &ref)) {
        date_add_unknown(ret, parts->calendar);
        return true;
    }
    parts->year = ref.year + p->year_shift;
    return date_add(grammar, ret, parts, DATE_INFERRED);
}

/* A day of the week alone: the last one before the document's date. */
static bool add_weekday(const struct date_grammar *grammar, struct date_read *ret, int weekday)
{
    int32_t day = date_next_weekday(grammar->settings.ref - 7, weekday);

    date_add_inferred(grammar, ret, day, day);
    return true;
}

/* A date does not begin with "on" or "of", which may also be a part: "the second". */
static bool is_preposition(const struct date_grammar *grammar, size_t at)
{
    return date_at(grammar, at)->kind == TOKEN_WORD && !date_has(grammar, at, WORD_the) &&
           (date_has(grammar, at, WORD_on) || date_has(grammar, at, WORD_of));
}

bool date_read_named(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    struct parts_read p;

    *ret = (struct date_read){.from = at};
    if (is_preposition(grammar, at))
        return false;
    collect(grammar, at, &p);
    ret->to = p.end;
    if (!p.year_digits && (p.month || p.weekday >= 0) &&
        date_is_namesake(grammar, at, !p.month && !p.day))
        return true; /* nobody's date, and neither are its parts */
    if (!p.month && !p.day)
        return p.weekday >= 0 && !p.weekday_weak && !date_has(grammar, p.end, WORD_plural) &&
               add_weekday(grammar, ret, p.weekday);
    if (p.month ? !month_stands(grammar, at, &p) : (p.year_digits || !day_stands(grammar, at, &p)))
        return false;
    enum calendar calendar = p.named >= 0 ? (enum calendar)p.named : date_own_calendar(grammar);
    struct date_parts parts = {calendar, YEAR_NONE, p.month, p.day, p.day_last, p.weekday};
    if (p.year_digits)
        return add_years(grammar, ret, &p, &parts);
    if (p.has_shift)
        return add_shifted(grammar, ret, &p, &parts);
    return date_add(grammar, ret, &parts, DATE_EXACT);
}
