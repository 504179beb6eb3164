/* Filters of type, language, folder, outcome and date. */
#include "search/docs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "search/mark_filter.h"
#include "search/named.h"
#include "search/type_words.h"
#include "store/item.h"
#include "text/day.h"
#include "text/language_names.h"

bool doc_filter_is(enum query_field field)
{
    return field == FIELD_TYPE || field == FIELD_LANG || field == FIELD_FOLDER ||
           field == FIELD_OUTCOME || field == FIELD_NAMED || field == FIELD_DATE ||
           field == FIELD_FROM || field == FIELD_TO || mark_filter_is(field);
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

/* ---- types, languages and folders ---- */

static bool lang_fits(const char *wanted, const char *lang)
{
    const char *code = language_code(wanted);

    return strcasecmp(code ? code : wanted, lang) == 0;
}

/* In the folder or in one below it. */
static bool folder_fits(const char *wanted, const char *folder)
{
    size_t len = strlen(wanted);

    while (len > 1 && wanted[len - 1] == '/')
        len--;
    return strncmp(wanted, folder, len) == 0 &&
           (folder[len] == '\0' || folder[len] == '/' || wanted[len - 1] == '/');
}

static bool type_fits(const char *wanted, const char *type)
{
    return type_is_called(type, wanted);
}

static const struct value_filter {
    enum query_field field;
    enum value_kind kind;
    bool (*fits)(const char *wanted, const char *value);
    const char *word;
} value_filters[] = {
    {FIELD_TYPE, VALUE_TYPE, type_fits, "type"},
    {FIELD_LANG, VALUE_LANG, lang_fits, "language"},
    {FIELD_FOLDER, VALUE_FOLDER, folder_fits, "folder"},
};

struct collecting {
    struct doc_filter *filter;
    const struct value_filter *by;
    const char *wanted;
};

static int collect_value(void *ctx, int32_t id, const char *value)
{
    struct collecting *collecting = ctx;

    if (collecting->by->fits(collecting->wanted, value))
        id_set_add(&collecting->filter->ids, id);
    return 0;
}

static int init_values(struct doc_filter *filter, struct db *db, const struct value_filter *by,
                       const char *wanted, char *note, struct err *err)
{
    struct collecting collecting = {.filter = filter, .by = by, .wanted = wanted};
    int rc = docs_values(db, by->kind, collect_value, &collecting, err);

    if (!rc && filter->ids.count == 0 && !note[0])
        snprintf(note, QUERY_NOTE_MAX, "no document has the %s \"%.100s\"", by->word, wanted);
    return rc;
}

/* ---- outcomes ---- */

static int collect_item(void *ctx, int64_t item)
{
    id_set_add(ctx, item);
    return 0;
}

static int init_outcome(struct doc_filter *filter, struct db *db, const char *wanted, char *note,
                        struct err *err)
{
    int outcome = outcome_from_word(wanted);

    if (outcome >= 0)
        return readings_ended(db, (enum outcome)outcome, collect_item, &filter->ids, err);
    if (!note[0])
        snprintf(note, QUERY_NOTE_MAX, "\"%.100s\" is no outcome: write text, ocr, empty or failed",
                 wanted);
    return 0;
}

/* ---- who is named ---- */

enum { NUMBER_DIGITS_MAX = 18 };

static search_named_fn *named_documents;

void search_join_names(search_named_fn *named)
{
    named_documents = named;
}

/* "12" or "#12"; 0 for what is no number. */
static int64_t read_number(const char *text)
{
    int64_t number = 0;
    size_t digits = 0;

    text += *text == '#';
    for (; text[digits] >= '0' && text[digits] <= '9' && digits < NUMBER_DIGITS_MAX; digits++)
        number = number * 10 + (text[digits] - '0');
    return text[digits] == '\0' ? number : 0;
}

static int init_named(struct doc_filter *filter, struct db *db, const char *wanted, char *note,
                      struct err *err)
{
    int64_t number = read_number(wanted);
    int rc = 0;

    if (number > 0 && named_documents != NULL)
        rc = named_documents(db, number, collect_item, &filter->ids, err);
    if (!rc && filter->ids.count == 0 && !note[0])
        snprintf(note, QUERY_NOTE_MAX,
                 "no document names \"%.100s\": write the number of a name, as sanad names has it",
                 wanted);
    return rc;
}

/* ---- a filter ---- */

static int init_days(struct doc_filter *filter, const char *value, char *note)
{
    struct doc_filter days = {.field = filter->field};

    filter->field = FIELD_DATE;
    filter->undated = days.field == FIELD_DATE && strcasecmp(value, "none") == 0;
    if (filter->undated)
        return 0;
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

int doc_filter_init(struct doc_filter *filter, struct db *db, enum query_field field,
                    const char *value, char *note, struct err *err)
{
    *filter = (struct doc_filter){.field = field};
    for (size_t i = 0; i < ARRAY_LEN(value_filters); i++)
        if (value_filters[i].field == field)
            return init_values(filter, db, &value_filters[i], value, note, err);
    if (field == FIELD_NAMED)
        return init_named(filter, db, value, note, err);
    if (mark_filter_is(field))
        return mark_filter_items(&filter->ids, db, field, value, note, err);
    return field == FIELD_OUTCOME ? init_outcome(filter, db, value, note, err)
                                  : init_days(filter, value, note);
}

void doc_filter_release(struct doc_filter *filter)
{
    id_set_release(&filter->ids);
    *filter = (struct doc_filter){0};
}

bool doc_filter_passes(const struct doc_filter *filter, const struct doc_row *row)
{
    switch (filter->field) {
    case FIELD_TYPE:
        return id_set_has(&filter->ids, row->type);
    case FIELD_LANG:
        return id_set_has(&filter->ids, row->lang);
    case FIELD_FOLDER:
        return id_set_has(&filter->ids, row->folder);
    case FIELD_DATE:
        break;
    default:
        return id_set_has(&filter->ids, row->item);
    }
    if (row->first <= 0 || filter->undated)
        return (row->first <= 0) == filter->undated;
    /* One dated by its year or month passes if any of those days does. */
    return row->last >= filter->first && row->first <= filter->last;
}
