/* The timeline: how many documents lie where in time, and which they are. */
#include <string.h>

#include "events/density.h"
#include "events/events.h"
#include "store/dated.h"
#include "store/item.h"
#include "web/dates.h"
#include "web/routes.h"
#include "web/timeline_lanes.h"

enum {
    PARTS_WANTED = 120, /* of a scale whose unit nobody chose */
    TICKS_WANTED = 130,
    STRETCHES_MAX = 200,
    LIST_DEFAULT = 50,
    LIST_MAX = 200,
    OFFSET_MAX = 10000000,
};

/* ---- what is asked ---- */

static int read_calendar(const struct call *call, enum calendar *ret_calendar, struct err *err)
{
    const char *word = web_param(call, "calendar");

    *ret_calendar = CALENDAR_GREGORIAN;
    if (word[0] == '\0' || strcmp(word, calendar_name(CALENDAR_GREGORIAN)) == 0)
        return 0;
    *ret_calendar = CALENDAR_SOLAR_HIJRI;
    if (strcmp(word, calendar_name(CALENDAR_SOLAR_HIJRI)) == 0)
        return 0;
    return err_set(err, ERR_USAGE, "\"calendar\" must be gregorian or solar-hijri");
}

/* -1: nobody chose one. */
static int read_unit(const struct call *call, int *ret_unit, struct err *err)
{
    const char *word = web_param(call, "unit");

    for (*ret_unit = -1; *ret_unit < SCALE_UNITS; ++*ret_unit)
        if (strcmp(word, *ret_unit < 0 ? "" : scale_unit_word(*ret_unit)) == 0)
            return 0;
    return err_set(err, ERR_USAGE, "\"unit\" must be day, month, year or decade");
}

/* ---- the answer ---- */

static void put_day(struct json_writer *json, const char *key, int32_t day)
{
    char text[CALENDAR_TEXT_MAX];

    json_put_str(json, key, calendar_day_text(day, text));
}

static void put_days(struct json_writer *json, int32_t first, int32_t last)
{
    char solar[SOLAR_TEXT_MAX];

    solar_text(first, last, solar);
    put_day(json, "first", first);
    put_day(json, "last", last);
    json_put_str(json, "solar", solar[0] != '\0' ? solar : NULL);
}

static void put_parts(struct json_writer *json, const struct scale *scale,
                      const struct density *density)
{
    json_open_array(json, "bars");
    for (size_t i = 0; i < scale->count; i++) {
        if (density->parts[i] == 0)
            continue;
        json_open_object(json, NULL);
        put_days(json, scale->starts[i], scale->starts[i + 1] - 1);
        json_put_int(json, "documents", density->parts[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_counts(struct json_writer *json, const struct density *density)
{
    json_put_int(json, "documents", density->documents);
    json_put_int(json, "undated", density->undated);
    json_put_int(json, "inexact", density->on_stretches);
    json_put_int(json, "beyond", density->beyond);
}

static void put_stretches(struct json_writer *json, const struct density *density)
{
    int64_t left_out = 0;

    json_open_array(json, "stretches");
    for (size_t i = 0; i < density->stretch_count; i++) {
        const struct density_stretch *stretch = &density->stretches[i];
        if (i >= STRETCHES_MAX) {
            left_out += stretch->documents;
            continue;
        }
        json_open_object(json, NULL);
        put_days(json, stretch->first, stretch->last);
        json_put_int(json, "documents", stretch->documents);
        json_close_object(json);
    }
    json_close_array(json);
    json_put_int(json, "stretches_left_out", left_out);
}

/* The beginnings of days, months, years or decades of one calendar: as fine as there is room for.
 */
static int put_ticks(struct json_writer *json, enum calendar calendar, int32_t first, int32_t last,
                     struct err *err)
{
    struct scale ticks;
    char text[SCALE_TEXT_MAX];
    int result = scale_init(&ticks, calendar, scale_fitting(calendar, first, last, TICKS_WANTED),
                            first, last, err);

    if (result != 0)
        return result;
    json_open_object(json, NULL);
    json_put_str(json, "calendar", calendar_name(calendar));
    json_put_str(json, "unit", scale_unit_word((int)ticks.unit));
    json_open_array(json, "ticks");
    for (size_t i = 0; i < ticks.count; i++) {
        json_open_object(json, NULL);
        put_day(json, "first", ticks.starts[i]);
        put_day(json, "last", ticks.starts[i + 1] - 1);
        scale_text(&ticks, i, text);
        json_put_str(json, "date", text);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
    scale_release(&ticks);
    return 0;
}

static int put_axes(struct json_writer *json, const struct scale *scale, struct err *err)
{
    int result = 0;

    json_open_array(json, "axes");
    if (scale->count > 0) {
        int32_t first = scale->starts[0];
        int32_t last = scale->starts[scale->count] - 1;
        result = put_ticks(json, CALENDAR_GREGORIAN, first, last, err);
        if (result == 0)
            result = put_ticks(json, CALENDAR_SOLAR_HIJRI, first, last, err);
    }
    json_close_array(json);
    return result;
}

static void put_lanes(struct json_writer *json, const struct documents_days *days,
                      const struct scale *scale, const struct lanes_found *found)
{
    json_open_array(json, "lanes");
    for (size_t i = 0; i < found->count; i++) {
        const struct lane *lane = &found->lanes[i];
        struct density density;

        density_count(days, scale, &lane->set, &density);
        json_open_object(json, NULL);
        if (lane->id != 0)
            json_put_int(json, "id", lane->id);
        json_put_str(json, "name", lane->title);
        put_counts(json, &density);
        put_parts(json, scale, &density);
        json_close_object(json);
        density_release(&density);
    }
    json_close_array(json);
}

struct picture {
    struct documents_days days;
    struct item_set space;
    const struct item_set *set;
    struct scale scale;
    struct lanes_found found;
};

static void put_range(struct json_writer *json, const char *key, bool known, int32_t first,
                      int32_t last)
{
    if (!known) {
        json_put_null(json, key);
        return;
    }
    json_open_object(json, key);
    put_days(json, first, last);
    json_close_object(json);
}

static int put_picture(struct json_writer *json, const struct picture *picture, struct err *err)
{
    const struct scale *scale = &picture->scale;
    const struct documents_days *days = &picture->days;
    struct density density;

    density_count(days, scale, picture->set, &density);
    json_open_object(json, NULL);
    json_put_str(json, "unit", scale_unit_word((int)scale->unit));
    json_put_str(json, "calendar", calendar_name(scale->calendar));
    put_range(json, "all", (int64_t)days->count > days->undated, days->first, days->last);
    put_range(json, "shown", scale->count > 0, scale->count ? scale->starts[0] : 0,
              scale->count ? scale->starts[scale->count] - 1 : 0);
    put_counts(json, &density);
    put_parts(json, scale, &density);
    put_stretches(json, &density);
    put_lanes(json, days, scale, &picture->found);
    density_release(&density);
    int result = put_axes(json, scale, err);
    json_close_object(json);
    return result;
}

/* The scale of the request: between its days or all days there are, in its unit or one that
 * fits. */
static int read_scale(const struct call *call, const struct documents_days *days,
                      struct scale *scale, struct err *err)
{
    enum calendar calendar;
    int32_t first = days->first;
    int32_t last = days->last;
    int unit;
    int result;

    if ((result = read_calendar(call, &calendar, err)) < 0 ||
        (result = read_unit(call, &unit, err)) < 0 ||
        (result = web_days(call, &first, &last, err)) < 0)
        return result;
    if (unit < 0)
        unit = (int)scale_fitting(calendar, first, last, PARTS_WANTED);
    if ((int64_t)days->count == days->undated) {
        first = 0;
        last = -1; /* nothing to show: no parts */
    }
    return scale_init(scale, calendar, (enum scale_unit)unit, first, last, err);
}

int api_timeline(struct call *call, struct err *err)
{
    struct picture picture = {0};
    struct json_writer json;
    int result = documents_days_load(call->kase, &picture.days, err);

    if (result == 0)
        result = read_scale(call, &picture.days, &picture.scale, err);
    if (result == 0)
        result = lanes_set(call, &picture.space, &picture.set, err);
    if (result == 0)
        result = lanes_find(call, &picture.found, err);
    if (result == 0) {
        web_start_json(call, &json);
        result = put_picture(&json, &picture, err);
    }
    lanes_release(&picture.found);
    scale_release(&picture.scale);
    item_set_release(&picture.space);
    documents_days_release(&picture.days);
    return result;
}

/* ---- which they are ---- */

static int put_document(void *ctx, const struct ledger_row *row)
{
    struct json_writer *json = ctx;

    json_put_str(json, "path", row->item.path);
    json_put_str(json, "name", row->item.name);
    json_put_str(json, "title", row->title[0] != '\0' ? row->title : NULL);
    json_put_str(json, "type", row->type[0] != '\0' ? row->type : NULL);
    return 0;
}

static int put_row(struct call *call, struct json_writer *json, const struct document_days *days,
                   bool inside, struct err *err)
{
    struct dated dated;
    int result = dated_get(case_db(call->kase), days->item, &dated, err);

    if (result < 0)
        return result;
    json_open_object(json, NULL);
    json_put_int(json, "item", days->item);
    document_date_put(json, dated.iso, dated.source, dated.earliest, dated.latest);
    json_put_bool(json, "inexact", !inside);
    result = ledger_one(call->kase, days->item, put_document, json, err);
    json_close_object(json);
    return result;
}

static int put_list(struct call *call, const struct density_list *list, int64_t offset,
                    int64_t limit, struct err *err)
{
    struct json_writer json;
    int result = 0;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "total", (int64_t)list->count);
    json_put_int(&json, "inexact", (int64_t)(list->count - list->inside));
    json_put_int(&json, "offset", offset);
    json_open_array(&json, "documents");
    for (int64_t i = offset; i < (int64_t)list->count && i < offset + limit && result == 0; i++)
        result = put_row(call, &json, &list->rows[i], i < (int64_t)list->inside, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

int api_timeline_documents(struct call *call, struct err *err)
{
    struct documents_days days = {0};
    struct density_list list = {0};
    struct item_set space = {0};
    const struct item_set *set = NULL;
    int32_t first = INT32_MIN;
    int32_t last = INT32_MAX;
    int64_t undated = 0;
    int64_t offset = 0;
    int64_t limit = 0;
    int result;

    if ((result = web_number(call, "offset", 0, OFFSET_MAX, 0, &offset, err)) < 0 ||
        (result = web_number(call, "limit", 1, LIST_MAX, LIST_DEFAULT, &limit, err)) < 0 ||
        (result = web_number(call, "undated", 0, 1, 0, &undated, err)) < 0 ||
        (result = web_days(call, &first, &last, err)) < 0)
        return result;
    result = lanes_set(call, &space, &set, err);
    if (result == 0)
        result = documents_days_load(call->kase, &days, err);
    if (result == 0 && undated)
        density_undated(&days, set, &list);
    else if (result == 0)
        density_documents(&days, first, last, set, &list);
    if (result == 0)
        result = put_list(call, &list, offset, limit, err);
    density_list_release(&list);
    item_set_release(&space);
    documents_days_release(&days);
    return result;
}
