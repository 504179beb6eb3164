/*
 * Dates by their distance: today, two weeks ago, "سه روز پیش", "قبل شهرين", last Sunday, next week
 * on Friday, the 20th of next month, the first Friday of June.
 */
#include <string.h>

#include "base/attr.h"
#include "events/date_grammar.h"

enum { AMOUNTS_MAX = 4, NUMBER_MAX = 999, NO_SHIFT = 9 };

/* 2 years 1 month 21 days */
struct amount {
    int days, business_days, months;
};

static bool add_amount(struct amount *amount, enum date_word_kind unit, int number)
{
    static const struct {
        enum date_word_kind unit;
        struct amount one;
    } units[] = {
        {WORD_day, {.days = 1}},        {WORD_businessday, {.business_days = 1}},
        {WORD_week, {.days = 7}},       {WORD_month, {.months = 1}},
        {WORD_quarter, {.months = 3}},  {WORD_year, {.months = 12}},
        {WORD_decade, {.months = 120}}, {WORD_century, {.months = 1200}},
    };

    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (units[i].unit != unit)
            continue;
        amount->days += units[i].one.days * number;
        amount->business_days += units[i].one.business_days * number;
        amount->months += units[i].one.months * number;
        return true;
    }
    return false;
}

/* One number with its unit; Arabic says one and two by the unit alone. Returns the tokens taken. */
static size_t read_amount(const struct date_grammar *grammar, size_t at, struct amount *amount,
                          bool bare_ok)
{
    enum date_word_kind unit;
    int of_unit, number = 1;
    size_t first = at;

    if (date_is_number(grammar, at, 1, NUMBER_MAX) && !date_at(grammar, at)->ordinal)
        number = date_at(grammar, at++)->value;
    else if (date_has(grammar, at, WORD_several))
        number = date_value(grammar, at++, WORD_several, 1);
    else if (!bare_ok)
        return 0;
    if (!date_is_unit(grammar, at, &unit, &of_unit) || !add_amount(amount, unit, number * of_unit))
        return 0;
    at++;
    /* "دو ماه و نیم", "سنة ونصف": half of the unit more. */
    size_t half = at + (date_has(grammar, at, WORD_to) ? 1 : 0);
    if (date_has(grammar, half, WORD_half) && (half > at || date_at(grammar, at)->joined)) {
        amount->months += unit == WORD_year ? 6 * of_unit : 0;
        amount->days += unit == WORD_month ? 15 * of_unit : unit == WORD_week ? 3 : 0;
        at = half + 1;
    }
    return at - first;
}

/* Several, linked by "and", a comma or nothing. */
static size_t read_amounts(const struct date_grammar *grammar, size_t at, struct amount *amount,
                           bool bare_ok)
{
    size_t end = at;

    *amount = (struct amount){0};
    for (int i = 0; i < AMOUNTS_MAX; i++) {
        size_t next = end;
        if (i && (date_has(grammar, next, WORD_to) || date_is_mark(grammar, next, ",")))
            next++;
        size_t taken = read_amount(grammar, next, amount, bare_ok);
        if (!taken)
            break;
        end = next + taken;
    }
    return end - at;
}

static int32_t moved(const struct date_grammar *grammar, int32_t day, const struct amount *amount,
                     int direction)
{
    day = date_add_months(day, date_own_calendar(grammar), direction * amount->months);
    day += direction * amount->days;
    for (int left = amount->business_days; left > 0;) {
        day += direction;
        left -= calendar_weekday(day) < 5;
    }
    return day;
}

/* What a reader that is sure of its date returns. */
static bool add_range(const struct date_grammar *grammar, struct date_read *ret, int32_t first,
                      int32_t last)
{
    date_add_inferred(grammar, ret, first, last);
    return true;
}

static bool add_day(const struct date_grammar *grammar, struct date_read *ret, int32_t day)
{
    return add_range(grammar, ret, day, day);
}

/* ---- amounts ---- */

/* Where it is counted from and to: "ago", "from tomorrow", "من الآن". Returns the tokens taken. */
static size_t read_direction(const struct date_grammar *grammar, size_t at, int32_t *from,
                             int *direction)
{
    if (date_has(grammar, at, WORD_fromday) && date_has(grammar, at + 1, WORD_today)) {
        *from += date_value(grammar, at + 1, WORD_today, 0);
        *direction = 1;
        return 2;
    }
    if (!date_has(grammar, at, WORD_ago))
        return 0;
    *direction = date_value(grammar, at, WORD_ago, -1);
    return 1;
}

/* "یک ماه بعد", "دو هفته قبل از انتخابات": from what the text told of, not from the document's day.
 * `at` is the word for the direction. */
static bool is_from_told(const struct date_grammar *grammar, size_t at)
{
    const struct date_word *word =
        date_token_sense(date_at(grammar, at), WORD_ago, grammar->accept);

    return grammar->langs == DATE_PERSIAN && word &&
           (word->weak ||
            (!date_has(grammar, at, WORD_recent) && date_has(grammar, at + 1, WORD_from)));
}

/* two days ago; "قبل شهرين" and "بعد أسبوعين من الآن"; in 3 weeks */
static bool read_distance(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int before = date_value(grammar, at, WORD_before, 0);
    bool in = date_has(grammar, at, WORD_in);
    int32_t from = grammar->settings.ref;
    int direction = before ? before : 1;
    struct amount amount;
    size_t first = at + (before || in);
    size_t taken = read_amounts(grammar, first, &amount, before || grammar->langs == DATE_ARABIC);

    if (!taken)
        return false;
    int after;
    size_t behind = read_direction(grammar, first + taken, &from, &after);
    if (!behind && !before && !in)
        return false;
    /* "منذ 21 يوم من الآن" says before, whatever stands behind. */
    if (behind && !before)
        direction = after;
    ret->to = first + taken + behind;
    /* "چند سال پیش" is nobody's date either, nor is the "سال پیش" in it. */
    if (grammar->langs == DATE_PERSIAN &&
        (date_has(grammar, first, WORD_several) || is_from_told(grammar, first + taken)))
        return true;
    int32_t day = moved(grammar, from, &amount, direction);
    /* "سه سال گذشته", "پنج سال آینده": all the days between. */
    if (behind && date_has(grammar, first + taken, WORD_recent))
        return direction < 0 ? add_range(grammar, ret, day, from)
                             : add_range(grammar, ret, from, day);
    return add_day(grammar, ret, day);
}

/* two Sundays from now */
static bool read_weekdays(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int weekday = date_value(grammar, at + 1, WORD_weekday, -1);
    int32_t from = grammar->settings.ref;
    int direction;

    if (!date_is_number(grammar, at, 1, 52) || weekday < 0)
        return false;
    size_t behind = read_direction(grammar, at + 2, &from, &direction);
    if (!behind)
        return false;
    int count = date_at(grammar, at)->value;
    int32_t day = date_next_weekday(direction > 0 ? from + 1 : from - 7, weekday);
    ret->to = at + 2 + behind;
    return add_day(grammar, ret, day + direction * 7 * (count - 1));
}

/* ---- the last, this, the next ---- */

/* "این", "هذا", "this": words that stand before their noun. */
static bool is_this(const struct date_grammar *grammar, size_t at)
{
    static const char *const forms[] = {"این", "همین", "this", "هذا", "هذه"};
    const struct date_word *word =
        date_token_sense(date_at(grammar, at), WORD_shift, grammar->accept);

    for (size_t i = 0; word && i < ARRAY_LEN(forms); i++)
        if (strcmp(word->form, forms[i]) == 0)
            return true;
    return false;
}

/* "last years", "روزهای گذشته", "این سال ها" are nobody's date. */
static bool names_one(const struct date_grammar *grammar, size_t at, enum date_word_kind unit)
{
    const struct date_word *word = date_token_sense(date_at(grammar, at), unit, grammar->accept);

    return !word->weak && !date_has(grammar, at + 1, WORD_plural);
}

/* A unit with its shift, in either order: "last week", "هفته گذشته", "الأسبوع القادم", "this
 * month". Returns the tokens taken. */
static size_t read_shifted_unit(const struct date_grammar *grammar, size_t at,
                                enum date_word_kind *ret_unit, int *ret_shift)
{
    size_t first = at;

    if (date_has(grammar, at, WORD_the))
        at++;
    size_t shift = date_has(grammar, at, WORD_shift) ? at : at + 1;
    size_t unit = shift == at ? at + 1 : at;
    int of_unit;
    if (!date_has(grammar, shift, WORD_shift) || !date_is_unit(grammar, unit, ret_unit, &of_unit) ||
        of_unit != 1)
        return 0;
    *ret_shift = date_value(grammar, shift, WORD_shift, 0);
    /* "روز این ..." is the next word's "this". */
    if (!names_one(grammar, unit, *ret_unit) ||
        (grammar->langs == DATE_PERSIAN && *ret_unit == WORD_day && *ret_shift == 0) ||
        (shift > unit && is_this(grammar, shift)))
        return 0;
    return at + 2 - first;
}

/* The first and last day of the unit that many before or after that of the document's date. */
static bool unit_days(const struct date_grammar *grammar, enum date_word_kind unit, int shift,
                      int32_t *ret_first, int32_t *ret_last)
{
    enum calendar calendar = date_own_calendar(grammar);
    int32_t ref = grammar->settings.ref;
    struct calendar_date date;

    switch (unit) {
    case WORD_day:
        *ret_first = *ret_last = ref + shift;
        return true;
    case WORD_week:
        *ret_first = date_week(grammar, ref) + 7 * shift;
        *ret_last = *ret_first + 6;
        return true;
    case WORD_weekend:
        *ret_last = date_week(grammar, ref) + 7 * shift + 6;
        *ret_first = *ret_last - 1;
        return true;
    case WORD_month:
    case WORD_year:
        break;
    default:
        return false;
    }
    if (!calendar_date(calendar, ref, &date))
        return false;
    int month = (date.year + (unit == WORD_year ? shift : 0)) * 12 + date.month - 1 +
                (unit == WORD_month ? shift : 0);
    struct calendar_date first = {month / 12, unit == WORD_year ? 1 : month % 12 + 1, 1};
    struct calendar_date last = {first.year, unit == WORD_year ? 12 : first.month, 1};
    last.day = calendar_month_days(calendar, last.year, last.month);
    return calendar_day(calendar, first, ret_first) && calendar_day(calendar, last, ret_last);
}

/* The fillers before a day of the week or a unit: on, of, in, the. */
static size_t skip_fillers(const struct date_grammar *grammar, size_t at)
{
    while (date_has(grammar, at, WORD_of) || date_has(grammar, at, WORD_on) ||
           date_has(grammar, at, WORD_the) ||
           (date_has(grammar, at, WORD_day) && date_has(grammar, at + 1, WORD_weekday)))
        at++;
    return at;
}

bool date_read_bare_unit(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    enum date_word_kind unit;
    int of_unit;
    int32_t first, last;

    if (!date_is_unit(grammar, at, &unit, &of_unit) || of_unit != 1 ||
        (unit != WORD_year && unit != WORD_month) || !names_one(grammar, at, unit) ||
        !unit_days(grammar, unit, 0, &first, &last))
        return false;
    ret->to = at + 1;
    return add_range(grammar, ret, first, last);
}

/* last week; next week on Friday */
static bool read_unit(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    enum date_word_kind unit;
    int32_t first, last;
    int shift;
    size_t taken = read_shifted_unit(grammar, at, &unit, &shift);

    if (!taken || !unit_days(grammar, unit, shift, &first, &last))
        return false;
    ret->to = at + taken;
    if (unit == WORD_day && is_from_told(grammar, at + 1))
        return true; /* "روز بعد" */
    size_t behind = skip_fillers(grammar, ret->to);
    int weekday = date_value(grammar, behind, WORD_weekday, -1);
    if (unit == WORD_week && weekday >= 0) {
        ret->to = behind + 1;
        return add_day(grammar, ret, date_next_weekday(first, weekday));
    }
    return add_range(grammar, ret, first, last);
}

/* Friday next week; "الجمعة من الأسبوع المقبل" */
static bool read_weekday_of_week(const struct date_grammar *grammar, size_t at,
                                 struct date_read *ret)
{
    at += date_has(grammar, at, WORD_day) ? 1 : 0;
    int weekday = date_value(grammar, at, WORD_weekday, -1);
    enum date_word_kind unit;
    int32_t first, last;
    int shift;

    if (weekday < 0)
        return false;
    size_t behind = skip_fillers(grammar, at + 1);
    size_t taken = read_shifted_unit(grammar, behind, &unit, &shift);
    if (!taken || unit != WORD_week || !unit_days(grammar, unit, shift, &first, &last))
        return false;
    ret->to = behind + taken;
    return add_day(grammar, ret, date_next_weekday(first, weekday));
}

/* last Sunday, this Friday; "الاثنين الماضي", "پنجشنبه گذشته" */
static bool read_shifted_weekday(const struct date_grammar *grammar, size_t at,
                                 struct date_read *ret)
{
    int shift = date_value(grammar, at, WORD_shift, NO_SHIFT);
    int32_t ref = grammar->settings.ref;
    size_t name = at + 1;

    if (shift != NO_SHIFT) {
        name += date_has(grammar, name, WORD_day) ? 1 : 0;
        ret->to = name + 1;
    } else {
        name = at;
        shift = date_value(grammar, at + 1, WORD_shift, NO_SHIFT);
        ret->to = at + 2;
    }
    int weekday = date_value(grammar, name, WORD_weekday, -1);
    if (shift == NO_SHIFT || weekday < 0)
        return false;
    int32_t from = shift < 0 ? ref - 7 : date_week(grammar, ref) + (shift > 0 ? 7 : 0);
    return add_day(grammar, ret, date_next_weekday(from, weekday));
}

/* the 20th of next month; "31 من هذا الشهر" */
static bool read_day_of_month(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    size_t number = at + (date_has(grammar, at, WORD_the) ? 1 : 0);
    enum date_word_kind unit;
    int32_t first, last;
    int shift;

    if (!date_is_number(grammar, number, 1, 31))
        return false;
    size_t behind = skip_fillers(grammar, number + 1);
    size_t taken = read_shifted_unit(grammar, behind, &unit, &shift);
    if (!taken || unit != WORD_month || !unit_days(grammar, unit, shift, &first, &last))
        return false;
    first += date_at(grammar, number)->value - 1;
    ret->to = behind + taken;
    return first <= last && add_day(grammar, ret, first);
}

/* ---- the nth ---- */

/* The month of "of June", "of next month", "in this month": its first and last day. Returns the
 * tokens taken, 0 when there is none. */
static size_t read_month_behind(const struct date_grammar *grammar, size_t at, int32_t *ret_first,
                                int32_t *ret_last, bool *ret_known)
{
    enum date_word_kind unit;
    int shift;
    size_t behind = skip_fillers(grammar, at);
    size_t taken = read_shifted_unit(grammar, behind, &unit, &shift);
    struct date_read month;

    *ret_known = grammar->settings.has_ref;
    if (taken && unit == WORD_month && unit_days(grammar, unit, shift, ret_first, ret_last))
        return behind + taken - at;
    if (date_read_named(grammar, behind, &month) && month.count && month.to > behind &&
        (date_has(grammar, behind, WORD_gregorian) || date_has(grammar, behind, WORD_solar) ||
         date_has(grammar, behind, WORD_month))) {
        *ret_known = month.days[0].known;
        *ret_first = month.days[0].first;
        *ret_last = month.days[0].last;
        return month.to - at;
    }
    return 0;
}

/* the first Friday of June; second Sunday; "أول يوم جمعة في هذا الشهر", "الأحد الأول" */
static bool read_nth_weekday(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int nth, weekday;
    int32_t first, last;
    bool known = true;
    size_t first_token = at + (date_has(grammar, at, WORD_the) ? 1 : 0);
    size_t name = first_token + 1;

    if (date_is_number(grammar, first_token, 1, 5) && date_at(grammar, first_token)->ordinal) {
        nth = date_at(grammar, first_token)->value;
        name += date_has(grammar, name, WORD_day) ? 1 : 0;
        weekday = date_value(grammar, name, WORD_weekday, -1);
        ret->to = name + 1;
    } else {
        at += date_has(grammar, at, WORD_day) ? 1 : 0;
        weekday = date_value(grammar, at, WORD_weekday, -1);
        /* In Persian, and before a month's name, the number is the day's: "سه شنبه سوم شهریور". */
        if (!date_is_number(grammar, at + 1, 1, 5) || !date_at(grammar, at + 1)->ordinal ||
            date_at(grammar, at + 1)->digits || grammar->langs == DATE_PERSIAN ||
            date_has(grammar, at + 2, WORD_gregorian))
            return false;
        nth = date_at(grammar, at + 1)->value;
        ret->to = at + 2;
    }
    if (weekday < 0)
        return false;
    size_t taken = read_month_behind(grammar, ret->to, &first, &last, &known);
    ret->to += taken;
    if (!taken && !unit_days(grammar, WORD_month, 0, &first, &last))
        return false;
    if (!grammar->settings.has_ref && (!taken || !known))
        return add_day(grammar, ret, 0);
    int32_t day = date_next_weekday(first, weekday) + 7 * (nth - 1);
    if (day > last)
        date_add_unknown(ret, CALENDAR_GREGORIAN);
    else
        date_add_days(ret, day, day, CALENDAR_GREGORIAN, DATE_INFERRED);
    return true;
}

/* "دنیای امروز", "روسيا اليوم", "USA Today"; but not "in Russia today". */
static bool is_of_these_times(const struct date_grammar *grammar, size_t at)
{
    return at > 0 && date_value(grammar, at, WORD_today, 1) == 0 &&
           date_value(grammar, at - 1, WORD_namesake, 0) == NAMESAKE_TIMES &&
           date_at(grammar, at)->capital == date_at(grammar, at - 1)->capital;
}

/* today, yesterday, the day after tomorrow; this year */
static bool read_today(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    int32_t first, last;

    ret->to = at + 1;
    if (is_of_these_times(grammar, at))
        return true;
    if (date_has(grammar, at, WORD_today))
        return add_day(grammar, ret,
                       grammar->settings.ref + date_value(grammar, at, WORD_today, 0));
    return date_has(grammar, at, WORD_thisyear) &&
           unit_days(grammar, WORD_year, date_value(grammar, at, WORD_thisyear, 0), &first,
                     &last) &&
           add_range(grammar, ret, first, last);
}

bool date_read_relative(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    static const date_reader readers[] = {
        read_distance,        read_weekdays,     read_unit,        read_weekday_of_week,
        read_shifted_weekday, read_day_of_month, read_nth_weekday, read_today,
    };

    return date_read_longest(grammar, at, readers, ARRAY_LEN(readers), ret);
}
