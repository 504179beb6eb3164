/*
 * A document's own date as JSON; the command line and the API give the same.
 */
#ifndef WEB_DATES_H
#define WEB_DATES_H

#include "events/events.h"
#include "fmt/json.h"

/* An object: source, edtf, earliest, latest, solar, calendar, certainty, page, text. */
void date_put(struct json_writer *json, const struct event *event);

#endif
