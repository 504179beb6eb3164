/* Filters of type, language and date. */
#include "search/docs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "text/day.h"
#include "search/type_words.h"
#include "text/language_names.h"

bool doc_filter_is(enum query_field field)
{
    return field == FIELD_TYPE || field == FIELD_LANG || field == FIELD_DATE ||
           field == FIELD_FROM || field == FIELD_TO;
}

/* ---- days ---- */

static bool take_digits(const char **at, const char *end, int count, int32_t *ret_value)
{
    int32_t value = 0;

    if (end - *at < count)
        return false;
    for (int i = 0; i < count; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *at += count;
    *ret_value = value;
    return true;
}

bool day_range(const char *text, size_t len, int32_t *ret_first, int32_t *ret_last)
{
    const char *at = text;
    const char *end = text + len;
    int32_t year = 0;
    int32_t month = 0;
    int32_t day = 0;

    if (!take_digits(&at, end, 4, &year))
        return false;
    *ret_first = year * 10000;
    *ret_last = *ret_first + 9999;
    if (at == end)
        return true;
    if (*at++ != '-' || !take_digits(&at, end, 2, &month) || month < 1 || month > 12)
        return false;
    *ret_first += month * 100;
    *ret_last = *ret_first + 99;
    if (at == end)
        return true;
    if (*at++ != '-' || !take_digits(&at, end, 2, &day) || day < 1 || day > 31)
        return false;
    *ret_first += day;
    *ret_last = *ret_first;
    return at == end || *at == 'T' || *at == ' ';
}

/* What a filter names: as above, or in Iran's calendar. */
static bool value_range(const char *text, size_t len, int32_t *ret_first, int32_t *ret_last)
{
    struct calendar_date first;
    struct calendar_date last;
    int32_t from;
    int32_t to;

    if (!day_span(text, len, &from, &to) || !calendar_date(CALENDAR_GREGORIAN, from, &first) ||
        !calendar_date(CALENDAR_GREGORIAN, to, &last))
        return day_range(text, len, ret_first, ret_last);
    *ret_first = first.year * 10000 + first.month * 100 + first.day;
    *ret_last = last.year * 10000 + last.month * 100 + last.day;
    return true;
}

static bool filter_days(struct doc_filter *filter, const char *value)
{
    const char *dots = strstr(value, "..");
    size_t left = dots ? (size_t)(dots - value) : strlen(value);
    int32_t unused = 0;

    filter->first = 1;
    filter->last = INT32_MAX;
    if (filter->field == FIELD_DATE && dots) {
        const char *right = dots + 2;
        bool left_fine = left == 0 || value_range(value, left, &filter->first, &unused);
        bool right_fine =
            *right == '\0' || value_range(right, strlen(right), &unused, &filter->last);
        return left_fine && right_fine && (left > 0 || *right != '\0');
    }
    if (filter->field == FIELD_FROM)
        return value_range(value, strlen(value), &filter->first, &unused);
    if (filter->field == FIELD_TO)
        return value_range(value, strlen(value), &unused, &filter->last);
    return value_range(value, strlen(value), &filter->first, &filter->last);
}

/* ---- types and languages ---- */

static bool lang_fits(const char *wanted, const char *lang)
{
    const char *code = language_code(wanted);

    return strcasecmp(code ? code : wanted, lang) == 0;
}

struct collecting {
    struct doc_filter *filter;
    const char *value;
};

static int collect_value(void *ctx, int32_t id, const char *value)
{
    struct collecting *collecting = ctx;
    struct doc_filter *filter = collecting->filter;
    bool fits = filter->field == FIELD_TYPE ? type_is_called(value, collecting->value)
                                            : lang_fits(collecting->value, value);

    if (fits) {
        filter->ids = mem_realloc(filter->ids, filter->count + 1, sizeof(int32_t));
        filter->ids[filter->count++] = id;
    }
    return 0;
}

int doc_filter_init(struct doc_filter *filter, struct db *db, enum query_field field,
                    const char *value, char *note, struct err *err)
{
    struct collecting collecting = {.filter = filter, .value = value};

    *filter = (struct doc_filter){.field = field};
    if (field == FIELD_TYPE || field == FIELD_LANG) {
        int rc = docs_values(db, field == FIELD_TYPE ? VALUE_TYPE : VALUE_LANG, collect_value,
                             &collecting, err);
        if (!rc && filter->count == 0 && !note[0])
            snprintf(note, QUERY_NOTE_MAX, "no document has the %s \"%.100s\"",
                     field == FIELD_TYPE ? "type" : "language", value);
        return rc;
    }
    filter->field = FIELD_DATE;
    filter->undated = field == FIELD_DATE && strcasecmp(value, "none") == 0;
    if (filter->undated)
        return 0;
    struct doc_filter days = {.field = field};
    if (filter_days(&days, value)) {
        filter->first = days.first;
        filter->last = days.last;
        return 0;
    }
    filter->first = INT32_MAX;
    filter->last = 0;
    if (!note[0])
        snprintf(note, QUERY_NOTE_MAX,
                 "\"%.100s\" is no date: write 2014, 2014-11, 2014-11-03 or 2014..2016, or none",
                 value);
    return 0;
}

void doc_filter_release(struct doc_filter *filter)
{
    free(filter->ids);
    *filter = (struct doc_filter){0};
}

bool doc_filter_passes(const struct doc_filter *filter, const struct doc_row *row)
{
    if (filter->field == FIELD_DATE) {
        if (row->first <= 0 || filter->undated)
            return (row->first <= 0) == filter->undated;
        /* One dated by its year or month passes if any of those days does. */
        return row->last >= filter->first && row->first <= filter->last;
    }
    int32_t id = filter->field == FIELD_TYPE ? row->type : row->lang;
    for (size_t i = 0; i < filter->count; i++)
        if (filter->ids[i] == id)
            return true;
    return false;
}
