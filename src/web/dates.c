#include "web/dates.h"

void date_put(struct json_writer *json, const struct event *event)
{
    char day[CALENDAR_TEXT_MAX];
    char solar[SOLAR_TEXT_MAX];

    solar_text(event->earliest, event->latest, solar);
    json_open_object(json, NULL);
    json_put_str(json, "source", own_source_word(event->source));
    json_put_str(json, "edtf", event->edtf);
    json_put_str(json, "earliest", calendar_day_text(event->earliest, day));
    json_put_str(json, "latest", calendar_day_text(event->latest, day));
    json_put_str(json, "solar", solar[0] ? solar : NULL);
    json_put_str(json, "calendar", calendar_name(event->calendar));
    json_put_str(json, "certainty", date_certainty_word(event->certainty));
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
