/*
 * When: the dates of a case, in order. The deriver fills the tables; the functions read them.
 */
#ifndef EVENTS_EVENTS_H
#define EVENTS_EVENTS_H

#include "base/err.h"
#include "events/dates.h"
#include "events/own.h"
#include "store/case.h"
#include "store/deriver.h"

extern const struct deriver events_deriver;

/* A date of the case. Strings are borrowed until the call returns. */
struct event {
    int64_t item;
    int source;          /* enum own_source: it dates the document; -1: its text names it */
    uint32_t page;       /* from 1; 0 when it does not stand in the text */
    uint32_t start, end; /* bytes of the page's text */
    bool known;          /* it has days: earliest to latest, counted from 1970-01-01 */
    int32_t earliest, latest;
    enum calendar calendar;
    enum date_certainty certainty;
    const char *edtf, *text;
};

/* Non-zero stops and is returned. */
typedef int event_fn(void *ctx, const struct event *event);

/* What a document says of its own date, the first of which is taken for it. */
int events_own(struct sanad_case *kase, int64_t item, event_fn *fn, void *ctx, struct err *err);

/* The dates that a document's text names, in its order: `limit` places in the text behind the first
 * `offset`, each with all its readings, one call a reading. `source` is that of the claim that the
 * document makes at this place, if it dates itself by it. */
int events_named(struct sanad_case *kase, int64_t item, unsigned offset, unsigned limit,
                 event_fn *fn, void *ctx, struct err *err);

/* In how many places a document's text names dates. */
int events_named_count(struct sanad_case *kase, int64_t item, int64_t *ret_count, struct err *err);

struct timeline_filter {
    bool has_first, has_last; /* only what may lie on these days or between them */
    int32_t first, last;
    bool documents; /* only the documents themselves, not what they name */
};

/* Documents by their own dates and the dates that texts name, in the order of their first days. */
int events_timeline(struct sanad_case *kase, const struct timeline_filter *filter, event_fn *fn,
                    void *ctx, struct err *err);

/* Dates in texts without days: only their document's own date would tell them. */
int events_unplaced(struct sanad_case *kase, event_fn *fn, void *ctx, struct err *err);

struct timeline_counts {
    int64_t documents; /* with text */
    int64_t undated;   /* of them without a date of their own */
    int64_t unplaced;  /* dates in texts that only their document's own would place */
};
int events_count(struct sanad_case *kase, struct timeline_counts *ret_counts, struct err *err);

/* "1393-08-12", "1393-08", "1393-08-12/1393-08-14": the days in Iran's calendar, as exact as the
 * span allows; "" before its first day. */
enum { SOLAR_TEXT_MAX = 32 };
void solar_text(int32_t earliest, int32_t latest, char out[SOLAR_TEXT_MAX]);

#endif
