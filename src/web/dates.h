/*
 * A document's own date as JSON; the command line and the API give the same.
 */
#ifndef WEB_DATES_H
#define WEB_DATES_H

#include "events/events.h"
#include "fmt/json.h"

/* An object: source, edtf, earliest, latest, solar, calendar, certainty, page, text. */
void date_put(struct json_writer *json, const struct event *event);

/* The members edtf, earliest, latest, solar, calendar and certainty, into an open object: the first
 * four null for a date without days. */
void date_put_reading(struct json_writer *json, const struct event *event);

/* The members date, date_source and solar of a document's date, into an open object: null when it
 * has none; solar also when it has no days. `iso` may be "" for a span. */
void document_date_put(struct json_writer *json, const char *iso, const char *source,
                       int32_t earliest, int32_t latest);

#endif
