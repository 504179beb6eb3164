/*
 * Days that texts call by their feast: Christmas 2014, «نوروز ۱۳۹۴», «عاشورای ۱۳۸۸», «دهه فجر سال
 * ۱۳۹۵», عيد الفطر 1435; and the first and the last day of a lunar month by their old names, غرة
 * and سلخ. A feast of one calendar may be told by a year of another: Ashura 1388 is of the lunar
 * year 1431. Lunar feasts lie a day off where the moon was seen earlier or later.
 */
#include "base/attr.h"
#include "events/date_grammar.h"

/* By their value in date_words.tsv. */
static const struct feast {
    enum calendar calendar;
    unsigned char month, day, day_last; /* 0: one day */
} feasts[] = {
    [1] = {CALENDAR_SOLAR_HIJRI, 1, 1, 0},    /* Nowruz */
    [2] = {CALENDAR_SOLAR_HIJRI, 1, 13, 0},   /* Sizdah Bedar */
    [3] = {CALENDAR_SOLAR_HIJRI, 9, 30, 0},   /* Yalda */
    [4] = {CALENDAR_SOLAR_HIJRI, 11, 12, 22}, /* the ten days of Fajr */
    [5] = {CALENDAR_SOLAR_HIJRI, 6, 2, 8},    /* week of the government */
    [6] = {CALENDAR_SOLAR_HIJRI, 6, 31, 0},   /* first day of the week of the sacred defence */
    [7] = {CALENDAR_LUNAR_HIJRI, 1, 9, 0},    /* Tasu'a */
    [8] = {CALENDAR_LUNAR_HIJRI, 1, 10, 0},   /* Ashura */
    [9] = {CALENDAR_LUNAR_HIJRI, 2, 20, 0},   /* Arbaeen */
    [10] = {CALENDAR_LUNAR_HIJRI, 7, 27, 0},  /* Mab'ath */
    [11] = {CALENDAR_LUNAR_HIJRI, 10, 1, 0},  /* Eid al-Fitr */
    [12] = {CALENDAR_LUNAR_HIJRI, 12, 10, 0}, /* Eid al-Adha */
    [13] = {CALENDAR_LUNAR_HIJRI, 12, 18, 0}, /* Eid al-Ghadir */
    [14] = {CALENDAR_LUNAR_HIJRI, 1, 1, 0},   /* Hijri New Year */
    [15] = {CALENDAR_GREGORIAN, 12, 25, 0},   /* Christmas */
    [16] = {CALENDAR_GREGORIAN, 12, 24, 0},   /* Christmas Eve */
    [17] = {CALENDAR_GREGORIAN, 1, 1, 0},     /* New Year's Day */
    [18] = {CALENDAR_GREGORIAN, 12, 31, 0},   /* New Year's Eve */
};

static bool year_days(enum calendar calendar, int year, int32_t *ret_first, int32_t *ret_last)
{
    if (!calendar_day(calendar, (struct calendar_date){year, 1, 1}, ret_first) ||
        !calendar_day(calendar, (struct calendar_date){year + 1, 1, 1}, ret_last))
        return false;
    --*ret_last;
    return true;
}

/* The feast in a year of any calendar; a lunar one may fall twice into a longer year. */
static void add_in_year(const struct date_grammar *grammar, struct date_read *ret,
                        const struct feast *feast, const struct date_parts *in,
                        enum date_certainty certainty)
{
    struct date_parts parts = {feast->calendar, in->year,        feast->month,
                               feast->day,      feast->day_last, -1};
    struct calendar_date begin;
    int32_t first, last;

    if (in->calendar == feast->calendar) {
        (void)date_add(grammar, ret, &parts, certainty);
        return;
    }
    if (!year_days(in->calendar, in->year, &first, &last) ||
        !calendar_date(feast->calendar, first, &begin))
        return;
    for (parts.year = begin.year; parts.year <= begin.year + 2; parts.year++) {
        struct calendar_date date = {parts.year, feast->month, feast->day};
        int32_t day;
        if (calendar_day(feast->calendar, date, &day) && day >= first && day <= last)
            (void)date_add(grammar, ret, &parts, certainty);
    }
    for (int i = 0; ret->count > 1 && i < ret->count; i++)
        ret->days[i].certainty = DATE_AMBIGUOUS;
}

static bool read_feast(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int value = date_value(grammar, at, WORD_feast, 0);
    struct date_parts year;
    enum date_certainty certainty;

    if (value <= 0 || (size_t)value >= ARRAY_LEN(feasts) || date_is_namesake(grammar, at, false))
        return false;
    const struct feast *feast = &feasts[value];
    if (date_read_year_behind(grammar, at + 1, false, &year, &ret->to, &certainty)) {
        if (certainty != DATE_UNKNOWN)
            add_in_year(grammar, ret, feast, &year, certainty);
        else
            date_add_unknown(ret, feast->calendar);
        return ret->count > 0;
    }
    /* "on Christmas Eve", «روز عاشورا»; the name alone is also that of other things. */
    if (at == 0 || !(date_has(grammar, at - 1, WORD_day) ||
                     (grammar->langs == DATE_ENGLISH && date_has(grammar, at - 1, WORD_on))))
        return false;
    struct date_parts parts = {feast->calendar, YEAR_NONE,       feast->month,
                               feast->day,      feast->day_last, -1};
    ret->to = at + 1;
    return date_add(grammar, ret, &parts, DATE_EXACT);
}

enum { EDGE_LAST = 2 };

/* «غرة رمضان 1435», «سلخ شعبان» */
static bool read_edge(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int edge = date_value(grammar, at, WORD_edge, 0);
    size_t month = at + 1;

    month += date_has(grammar, month, WORD_month) ? 1 : 0;
    if (!edge || !date_has(grammar, month, WORD_lunar) || !date_read_named(grammar, month, ret))
        return false;
    for (int i = 0; i < ret->count; i++) {
        struct date_days *days = &ret->days[i];
        if (days->first == days->last)
            return false;
        if (edge == EDGE_LAST)
            days->first = days->last;
        else
            days->last = days->first;
        if (days->certainty == DATE_EXACT)
            days->certainty = DATE_APPROXIMATE;
    }
    ret->from = at;
    return ret->count > 0;
}

bool date_read_feast(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    return read_feast(grammar, at, ret) || read_edge(grammar, at, ret);
}
