/*
 * The tables of dates: every date that a text names (`event_date`), and what each document says of
 * its own (`event_own`). Derived; docs/DATES.md describes them.
 */
#ifndef EVENTS_TABLE_H
#define EVENTS_TABLE_H

#include "base/err.h"
#include "events/dates.h"
#include "events/own.h"
#include "store/db.h"

/* A date as it is stored. Of one without days (DATE_UNKNOWN) earliest and latest say nothing. */
struct stored_date {
    int64_t item;
    uint32_t page;       /* from 1; 0 when it does not stand in the text */
    uint32_t start, end; /* bytes of the page's text */
    int32_t earliest, latest;
    enum calendar calendar;
    enum date_certainty certainty;
    const char *edtf;
    const char *text; /* as written */
    size_t text_len;
};

int event_tables_create(struct db *db, struct err *err);
int event_tables_drop(struct db *db, struct err *err);
int event_tables_forget(struct db *db, int64_t item, struct err *err);

/* `reading` counts the readings of one text from 0. */
int event_date_put(struct db *db, const struct stored_date *date, unsigned reading,
                   struct err *err);
/* `rank` counts a document's claims from 0, the first of which dates it. */
int event_own_put(struct db *db, const struct stored_date *date, unsigned rank,
                  enum own_source source, struct err *err);

#endif
