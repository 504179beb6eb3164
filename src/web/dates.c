#include "web/dates.h"

static void put_day(struct json_writer *json, const char *key, const struct event *event,
                    int32_t day)
{
    char text[CALENDAR_TEXT_MAX];

    json_put_str(json, key, event->known ? calendar_day_text(day, text) : NULL);
}

void date_put_reading(struct json_writer *json, const struct event *event)
{
    char solar[SOLAR_TEXT_MAX] = "";

    if (event->known)
        solar_text(event->earliest, event->latest, solar);
    json_put_str(json, "edtf", event->edtf[0] ? event->edtf : NULL);
    put_day(json, "earliest", event, event->earliest);
    put_day(json, "latest", event, event->latest);
    json_put_str(json, "solar", solar[0] ? solar : NULL);
    json_put_str(json, "calendar", calendar_name(event->calendar));
    json_put_str(json, "certainty", date_certainty_word(event->certainty));
}

void date_put(struct json_writer *json, const struct event *event)
{
    json_open_object(json, NULL);
    json_put_str(json, "source", own_source_word(event->source));
    date_put_reading(json, event);
    if (event->page)
        json_put_int(json, "page", event->page);
    else
        json_put_null(json, "page");
    json_put_str(json, "text", event->text);
    json_close_object(json);
}

void document_date_put(struct json_writer *json, const char *iso, const char *source,
                       int32_t earliest, int32_t latest)
{
    char solar[SOLAR_TEXT_MAX] = "";

    if (source[0] != '\0')
        solar_text(earliest, latest, solar);
    json_put_str(json, "date", iso[0] != '\0' ? iso : NULL);
    json_put_str(json, "date_source", source[0] != '\0' ? source : NULL);
    json_put_str(json, "solar", solar[0] != '\0' ? solar : NULL);
}
