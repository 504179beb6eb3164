/*
 * Dates longer than a month: "in 1958", "سال ۱۳۹۳", "the 1980s", "دهه شصت", "19th century", "spring
 * of 1959", "نیمه اول سال 1908", "early December 2014", "اوایل دی".
 */
#include "base/attr.h"
#include "events/date_grammar.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2100, SEASONS = 4, CENTURY_MAX = 21, CENTURY_OF_DECADES = 20 };

/* ---- years ---- */

/* A year in digits or words, with what says that it is one. */
struct year_read {
    int value, digits, era;
    size_t to;
    bool told; /* by the word year, an era, a century's sign */
};

static bool in_words(const struct date_token *token)
{
    return token->digits == 0 && token->value >= YEAR_MIN;
}

static bool year_number(const struct date_grammar *grammar, size_t at, bool two_ok)
{
    const struct date_token *token = date_at(grammar, at);

    if (token->kind != TOKEN_NUMBER || token->ordinal)
        return false;
    if (token->digits == 4 || in_words(token))
        return token->value >= YEAR_MIN && token->value <= YEAR_MAX;
    return two_ok && (token->digits == 2 || (token->digits == 0 && token->value > 31));
}

/* "المپیک 2016", "انتخابات 96", "born 1989", "عاشورای ۸۸" */
static bool is_event(const struct date_grammar *grammar, size_t at)
{
    return at > 0 &&
           (date_has(grammar, at - 1, WORD_event) || date_has(grammar, at - 1, WORD_feast));
}

/* A year in which texts are written or of which they tell. */
static bool is_likely(const struct date_token *year)
{
    return (year->value >= 1850 && year->value <= 2050) ||
           (year->value >= 1280 && year->value <= 1450) || (year->value > 31 && year->value < 100);
}

static bool read_year(const struct date_grammar *grammar, size_t at, struct year_read *ret)
{
    bool word = date_has(grammar, at, WORD_year);
    bool event = is_event(grammar, at);
    bool season =
        at > 0 && date_has(grammar, at - 1, WORD_season) && date_is_number(grammar, at, 32, 99);
    size_t number = at + (word ? 1 : 0);

    if (word && date_is_mark(grammar, number, "("))
        number++;
    if (!year_number(grammar, number,
                     (word || event || season) && grammar->langs == DATE_PERSIAN) &&
        !(word && date_is_number(grammar, number, 1, YEAR_MAX) &&
          date_has(grammar, number + 1, WORD_era)))
        return false;
    const struct date_token *token = date_at(grammar, number);
    *ret = (struct year_read){.value = token->value,
                              .digits = token->value < 100 ? 2 : 4,
                              .era = date_value(grammar, number + 1, WORD_era, 0),
                              .to = number + 1};
    ret->told = word || ret->era || (event && is_likely(token));
    if (ret->era) {
        ret->to++;
        if (token->digits == 3)
            ret->digits = 4;
    }
    return true;
}

static bool add_years(const struct date_grammar *grammar, struct date_read *ret,
                      const struct year_read *first, const struct year_read *last)
{
    struct date_year from[DATE_READINGS_MAX], to[DATE_READINGS_MAX];
    int era = first->era ? first->era : last->era;
    int named = date_era_calendar(grammar, era, last->value);
    int count = date_years(grammar, first->value, first->digits, named, from);
    int count_to = date_years(grammar, last->value, last->digits, named, to);

    for (int i = 0; i < count && i < count_to; i++) {
        struct date_parts parts = {from[i].calendar, from[i].year, 0, 0, 0, -1};
        struct date_read one = {0}, other = {0};
        if (!date_add(grammar, &one, &parts, DATE_EXACT))
            continue;
        parts.calendar = to[i].calendar;
        parts.year = to[i].year;
        if (!date_add(grammar, &other, &parts, DATE_EXACT))
            continue;
        /* "1347-1340": in Persian the earlier year often stands on the left. */
        int32_t start =
            one.days[0].first < other.days[0].first ? one.days[0].first : other.days[0].first;
        int32_t end = one.days[0].last > other.days[0].last ? one.days[0].last : other.days[0].last;
        date_add_days(ret, start, end, parts.calendar, count > 1 ? DATE_AMBIGUOUS : DATE_EXACT);
    }
    return ret->count > 0;
}

/* "1344.4" */
static bool is_decimal(const struct date_grammar *grammar, size_t point)
{
    return date_is_mark(grammar, point, "./") && date_at(grammar, point)->glued &&
           date_at(grammar, point + 1)->kind == TOKEN_NUMBER && date_at(grammar, point + 1)->glued;
}

/* "سال های 92 تا 94", "سال 93 و 94": in Persian the last of two years whose century nobody says. */
static bool read_short_last(const struct date_grammar *grammar, const struct year_read *first,
                            struct year_read *ret)
{
    const struct date_token *last = date_at(grammar, first->to + 1);
    bool list = date_value(grammar, first->to, WORD_to, 0) == LIST_WORD;

    if (grammar->langs != DATE_PERSIAN || !first->told || first->digits != 2 ||
        last->kind != TOKEN_NUMBER || last->digits != 2 || last->ordinal ||
        last->value <= first->value || (list && last->value != first->value + 1))
        return false;
    *ret = (struct year_read){last->value, 2, 0, first->to + 2, true};
    return true;
}

/* Whether what stands around a bare number, or two up to `end`, says that it is a year. */
static bool year_stands(const struct date_grammar *grammar, size_t at, const struct year_read *year,
                        size_t end)
{
    if (year->told)
        return true;
    bool announced =
        at > 0 && (date_has(grammar, at - 1, WORD_from) || date_has(grammar, at - 1, WORD_on) ||
                   date_has(grammar, at - 1, WORD_before) || date_has(grammar, at - 1, WORD_to) ||
                   date_has(grammar, at - 1, WORD_circa) || date_is_parted(grammar, at));
    /* "Rio (2016)", "(1934-2016)" */
    bool bracketed = date_is_mark(grammar, at - 1, "(") && date_is_mark(grammar, end, ")");
    return is_likely(date_at(grammar, year->to - 1)) && (announced || bracketed) &&
           !is_decimal(grammar, year->to) && !date_has(grammar, year->to, WORD_several);
}

static bool read_years(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    struct year_read first, last;

    if (!read_year(grammar, at, &first))
        return false;
    bool between = date_is_mark(grammar, first.to, "-") || date_has(grammar, first.to, WORD_to);
    if (between && read_year(grammar, first.to + 1, &last) && last.value >= YEAR_MIN &&
        first.value >= YEAR_MIN && (year_stands(grammar, at, &first, last.to) || last.told)) {
        ret->to = last.to;
        return add_years(grammar, ret, &first, &last);
    }
    if (between && read_short_last(grammar, &first, &last)) {
        ret->to = last.to;
        return add_years(grammar, ret, &first, &last);
    }
    if (!year_stands(grammar, at, &first, first.to))
        return false;
    ret->to = first.to;
    return add_years(grammar, ret, &first, &first);
}

/* ---- decades and centuries ---- */

static bool is_s(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);
    size_t number = at - (date_is_mark(grammar, at - 1, "'") ? 2 : 1);

    return token->kind == TOKEN_OTHER && token->glued && token->end - token->start == 1 &&
           grammar->text[token->start] == 's' && date_at(grammar, number)->value % 10 == 0;
}

static bool add_decade(const struct date_grammar *grammar, struct date_read *ret, int value,
                       int digits, int era)
{
    struct date_year years[DATE_READINGS_MAX];
    int named = date_era_calendar(grammar, era, value);
    int count = date_years(grammar, value, digits, named, years);

    if (digits == 2 && count > 1)
        count = 1;
    for (int i = 0; i < count; i++) {
        int year = years[i].year - years[i].year % 10;
        int32_t first, last;
        if (calendar_day(years[i].calendar, (struct calendar_date){year, 1, 1}, &first) &&
            calendar_day(years[i].calendar, (struct calendar_date){year + 10, 1, 1}, &last))
            date_add_days(ret, first, last - 1, years[i].calendar,
                          count > 1 ? DATE_AMBIGUOUS : DATE_EXACT);
    }
    return ret->count > 0;
}

/* the 1980s; دهه ۶۰ */
static bool read_decade(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    bool word = date_has(grammar, at, WORD_decade);
    size_t number = at + (word ? 1 : 0);

    while (word && (date_has(grammar, number, WORD_of) || date_has(grammar, number, WORD_the)))
        number++;
    const struct date_token *token = date_at(grammar, number);
    if (token->kind != TOKEN_NUMBER || token->value % 10 || token->value > YEAR_MAX ||
        (token->value < YEAR_MIN && (token->value > 99 || token->value < 10)))
        return false;
    ret->to = number + 1;
    if (date_is_mark(grammar, ret->to, "'") && is_s(grammar, ret->to + 1))
        ret->to += 2;
    else if (is_s(grammar, ret->to))
        ret->to++;
    else if (!word)
        return false;
    int era = date_value(grammar, ret->to, WORD_era, 0);
    ret->to += era ? 1 : 0;
    return add_decade(grammar, ret, token->value, token->value < 100 ? 2 : 4, era);
}

/* 19th century; قرن نوزدهم */
/* "ثمانينات القرن الماضي", "the sixties": of the century in which texts are written that say so. */
static bool read_decade_name(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int value = date_value(grammar, at, WORD_decades, 0);
    int32_t first, last;

    if (!value ||
        (grammar->langs == DATE_ENGLISH && !(at > 0 && date_has(grammar, at - 1, WORD_the))))
        return false;
    ret->to = at + 1;
    if (date_has(grammar, ret->to, WORD_century))
        ret->to +=
            date_has(grammar, ret->to + 1, WORD_shift) ||
                    date_is_number(grammar, ret->to + 1, CENTURY_OF_DECADES, CENTURY_OF_DECADES)
                ? 2
                : 0;
    int year = (CENTURY_OF_DECADES - 1) * 100 + value;
    if (!calendar_day(CALENDAR_GREGORIAN, (struct calendar_date){year, 1, 1}, &first) ||
        !calendar_day(CALENDAR_GREGORIAN, (struct calendar_date){year + 10, 1, 1}, &last))
        return false;
    date_add_days(ret, first, last - 1, CALENDAR_GREGORIAN, DATE_EXACT);
    return true;
}

static bool read_century(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    size_t number = date_has(grammar, at, WORD_century) ? at + 1 : at;
    const struct date_token *token = date_at(grammar, number);

    if (!date_is_number(grammar, number, 1, CENTURY_MAX))
        return false;
    if (number == at) {
        if (!token->ordinal || !date_has(grammar, at + 1, WORD_century))
            return false;
        ret->to = at + 2;
    } else {
        ret->to = number + 1;
    }
    int era = date_value(grammar, ret->to, WORD_era, 0);
    ret->to += era ? 1 : 0;
    int named = date_era_calendar(grammar, era, token->value * 100);
    enum calendar calendar = named >= 0 ? (enum calendar)named : CALENDAR_GREGORIAN;
    int32_t first, last;
    if (!calendar_day(calendar, (struct calendar_date){token->value * 100 - 99, 1, 1}, &first) ||
        !calendar_day(calendar, (struct calendar_date){token->value * 100 + 1, 1, 1}, &last))
        return false;
    date_add_days(ret, first, last - 1, calendar, DATE_EXACT);
    return true;
}

/* ---- parts of a year ---- */

bool date_read_year_behind(const struct date_grammar *grammar, size_t at, bool bare,
                           struct date_parts *ret_parts, size_t *ret_to,
                           enum date_certainty *ret_certainty)
{
    struct year_read year;
    struct calendar_date ref;
    int shift;

    *ret_parts = (struct date_parts){.calendar = date_own_calendar(grammar), .weekday = -1};
    while (date_has(grammar, at, WORD_of) || date_has(grammar, at, WORD_the) ||
           date_is_mark(grammar, at, ","))
        at++;
    if (read_year(grammar, at, &year)) {
        struct date_year years[DATE_READINGS_MAX];
        date_years(grammar, year.value, year.digits,
                   date_era_calendar(grammar, year.era, year.value), years);
        ret_parts->calendar = years[0].calendar;
        ret_parts->year = years[0].year;
        *ret_to = year.to;
        *ret_certainty = DATE_EXACT;
        return true;
    }
    size_t taken = date_read_year_shift(grammar, at, &shift);
    if (!taken && bare && date_has(grammar, at, WORD_year)) { /* "نیمه اول سال" */
        shift = 0;
        taken = 1;
    }
    if (!taken)
        return false;
    *ret_to = at + taken;
    bool known = grammar->settings.has_ref &&
                 calendar_date(ret_parts->calendar, grammar->settings.ref, &ref);
    *ret_certainty = known ? DATE_INFERRED : DATE_UNKNOWN;
    ret_parts->year = known ? ref.year + shift : 0;
    return true;
}

static void add_months(struct date_read *ret, enum calendar calendar, int year, int month,
                       int months, enum date_certainty certainty)
{
    int32_t first, end;
    int last = month - 1 + months;

    if (calendar_day(calendar, (struct calendar_date){year, month, 1}, &first) &&
        calendar_day(calendar, (struct calendar_date){year + last / 12, last % 12 + 1, 1}, &end))
        date_add_days(ret, first, end - 1, calendar, certainty);
}

enum { NO_SHIFT = 9 };

/* "last summer", "تابستان گذشته", "this winter": the one that ended before the document's date, of
 * its year, or begins after it. */
static bool read_shifted_season(const struct date_grammar *grammar, size_t at,
                                struct date_read *ret)
{
    size_t name = at + (date_has(grammar, at, WORD_shift) ? 1 : 0);
    int shift = date_value(grammar, name > at ? at : at + 1, WORD_shift, NO_SHIFT);
    int season = date_value(grammar, name, WORD_season, 0);
    enum calendar calendar = date_own_calendar(grammar);
    int32_t ref = grammar->settings.ref;
    struct calendar_date date;

    if (!season || shift == NO_SHIFT || !calendar_date(calendar, ref, &date))
        return false;
    ret->to = at + 2;
    if (!grammar->settings.has_ref) {
        date_add_unknown(ret, calendar);
        return true;
    }
    int month = calendar == CALENDAR_SOLAR_HIJRI ? 3 * season - 2 : 3 * season;
    for (int away = shift < 0 ? 1 : -1; away >= -2 && away <= 2; away += shift < 0 ? -1 : 1) {
        struct date_read one = {0};
        add_months(&one, calendar, date.year + away, month, 3, DATE_INFERRED);
        bool fits = shift < 0   ? one.days[0].last < ref
                    : shift > 0 ? one.days[0].first > ref
                                : away == 0;
        if (one.count && fits) {
            date_add_days(ret, one.days[0].first, one.days[0].last, calendar, DATE_INFERRED);
            return true;
        }
    }
    return false;
}

/* spring of 1959; تابستان 1395: of the Solar year's own months */
static bool read_season(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int season = date_value(grammar, at, WORD_season, 0);
    struct date_parts parts;
    enum date_certainty certainty;

    if (read_shifted_season(grammar, at, ret))
        return true;
    if (!season || !date_read_year_behind(grammar, at + 1, false, &parts, &ret->to, &certainty))
        return false;
    if (certainty == DATE_UNKNOWN) {
        date_add_unknown(ret, parts.calendar);
        return true;
    }
    int first = parts.calendar == CALENDAR_SOLAR_HIJRI ? 3 * season - 2 : 3 * season;
    add_months(ret, parts.calendar, parts.year, first, 3, certainty);
    return ret->count > 0;
}

/* Q1, H2: the letter alone is no quarter. */
static bool is_part_letter(const struct date_grammar *grammar, size_t at)
{
    const struct date_token *token = date_at(grammar, at);

    return token->kind == TOKEN_WORD && token->end - token->start == 1;
}

/* the first half of 1908, نیمه اول سال 1908, the third quarter of 2020, Q3 2020, سه ماهه دوم 2017
 */
static bool read_fraction(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    size_t first = at + (date_has(grammar, at, WORD_the) ? 1 : 0);
    struct date_parts parts;
    int months, nth;
    enum date_certainty certainty;

    if (date_is_number(grammar, first, 1, 4) && date_at(grammar, first)->ordinal &&
        (date_has(grammar, first + 1, WORD_half) || date_has(grammar, first + 1, WORD_quarter))) {
        nth = date_at(grammar, first)->value;
        months = date_has(grammar, first + 1, WORD_half) ? 6 : 3;
        at = first + 2;
    } else if ((date_has(grammar, at, WORD_half) || date_has(grammar, at, WORD_quarter)) &&
               date_is_number(grammar, at + 1, 1, 4) &&
               (!is_part_letter(grammar, at) || date_at(grammar, at + 1)->glued)) {
        nth = date_at(grammar, at + 1)->value;
        months = date_has(grammar, at, WORD_half) ? 6 : 3;
        at += 2;
    } else if (date_is_number(grammar, at, 3, 6) && date_has(grammar, at + 1, WORD_month) &&
               date_is_number(grammar, at + 2, 1, 4) && date_at(grammar, at + 2)->ordinal) {
        months = date_at(grammar, at)->value;
        nth = date_at(grammar, at + 2)->value;
        at += 3;
    } else {
        return false;
    }
    if (nth * months > 12 ||
        !date_read_year_behind(grammar, at, true, &parts, &ret->to, &certainty))
        return false;
    if (certainty != DATE_UNKNOWN)
        add_months(ret, parts.calendar, parts.year, (nth - 1) * months + 1, months, certainty);
    else
        date_add_unknown(ret, parts.calendar);
    return ret->count > 0;
}

/* ---- early, mid, late, about ---- */

static void cut(struct date_days *days, int part)
{
    int32_t third = (days->last - days->first + 1) / 3;

    if (days->certainty != DATE_AMBIGUOUS)
        days->certainty = DATE_APPROXIMATE;
    if (part == 1)
        days->last = days->first + third - 1;
    else if (part == 2) {
        days->first += third;
        days->last -= third;
    } else {
        days->first = days->last - third + 1;
    }
}

static bool read_whole(const struct date_grammar *grammar, size_t at, struct date_read *ret);

static bool read_part(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int part = date_value(grammar, at, WORD_part, 0);
    bool about = date_has(grammar, at, WORD_circa);
    size_t behind = at + 1;
    struct date_read whole;

    if (!part && !about)
        return false;
    while (date_is_mark(grammar, behind, "-.") || date_has(grammar, behind, WORD_of) ||
           date_has(grammar, behind, WORD_the) ||
           (date_has(grammar, behind, WORD_month) && !date_has(grammar, behind, WORD_shift)))
        behind++;
    if (!read_whole(grammar, behind, &whole) || !whole.count)
        return false;
    for (int i = 0; i < whole.count; i++) {
        struct date_days *days = &whole.days[i];
        if (days->known && part && days->last - days->first >= 6)
            cut(days, part);
        else if (part && days->known)
            return false;
        else if (days->certainty == DATE_EXACT || days->certainty == DATE_INFERRED)
            days->certainty = DATE_APPROXIMATE;
    }
    *ret = whole;
    ret->from = at;
    return true;
}

/* What "early" and "about" may stand before. */
static bool read_whole(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    static const date_reader readers[] = {
        read_years,    read_decade,     read_decade_name,  read_century,       read_season,
        read_fraction, date_read_named, date_read_numeric, date_read_relative, date_read_bare_unit};

    return date_read_longest(grammar, at, readers, ARRAY_LEN(readers), ret);
}

bool date_read_span(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    static const date_reader readers[] = {read_years,   read_decade, read_decade_name,
                                          read_century, read_season, read_fraction,
                                          read_part};

    return date_read_longest(grammar, at, readers, ARRAY_LEN(readers), ret);
}
