/*
 * The deriver: every date that a text names into the tables, and the documents' own.
 *
 * A document's own date is known when its last page and its metadata are in, so what a page names
 * relative to it ("yesterday", "3 November") waits in memory until then: the words themselves,
 * which are read again with the date. Pages of several documents come in turns.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "events/events.h"
#include "events/table.h"
#include "store/dated.h"
#include "text/edtf.h"
#include "text/language.h"

enum {
    DATES_MAX = 10000, /* kept of one document: beyond that it is a table, not a text */
    CLAIMS_MAX = 8,    /* of a document's own date */
    WAITING_MAX = 2000,
    LANGUAGE_BYTES = 4096,
    SAID_MAX = 120, /* bytes of a date as written */
    SAID_BYTES_MAX = WAITING_MAX * SAID_MAX,
    OWN_SPAN_MAX = 31, /* days: an own date that is longer says nothing about "yesterday" */
};

/* A claim of a document about its own date. */
struct claim {
    struct stored_date date;
    enum own_source source;
    char edtf[DATE_EDTF_MAX];
    char said[SAID_MAX];
};

/* A date that waits for the document's own. */
struct waiting_date {
    uint32_t page, start, end;
    uint32_t at; /* of its words in `said` */
    char lang[8];
};

/* A document whose pages come in. */
struct open_document {
    int64_t item;
    uint32_t page; /* the last that came */
    size_t kept;
    struct claim claims[CLAIMS_MAX];
    size_t claim_count;
    struct waiting_date *waiting;
    size_t waiting_count;
    struct buf said;
};

struct events_state {
    struct sanad_case *kase;
    struct db *db;
    struct open_document **open;
    size_t count;
};

static int events_create(struct sanad_case *kase, struct err *err)
{
    return event_tables_create(case_db(kase), err);
}

static int events_drop(struct sanad_case *kase, struct err *err)
{
    return event_tables_drop(case_db(kase), err);
}

static int events_forget(void *state, struct sanad_case *kase, int64_t item, struct err *err)
{
    (void)state;
    return event_tables_forget(case_db(kase), item, err);
}

static int events_start(struct sanad_case *kase, void **ret_state, struct err *err)
{
    struct events_state *state = mem_zalloc(1, sizeof(*state));

    (void)err;
    state->kase = kase;
    state->db = case_db(kase);
    *ret_state = state;
    return 0;
}

/* ---- documents that come in ---- */

static void document_free(struct open_document *document)
{
    free(document->waiting);
    buf_release(&document->said);
    free(document);
}

static struct open_document *document_new(int64_t item)
{
    struct open_document *document = mem_zalloc(1, sizeof(*document));

    document->item = item;
    buf_init(&document->said, SAID_BYTES_MAX);
    return document;
}

/* The document of a page; one that begins again (it is read another time) is begun anew. */
static struct open_document *document_of(struct events_state *state, const struct page *page)
{
    size_t i = state->count;

    while (i > 0 && state->open[i - 1]->item != page->item)
        i--;
    if (i > 0 && state->open[i - 1]->page >= page->head.number) {
        document_free(state->open[i - 1]);
        state->open[i - 1] = document_new(page->item);
    }
    if (i == 0) {
        state->open = mem_room(state->open, state->count, sizeof(struct open_document *));
        state->open[state->count++] = document_new(page->item);
        i = state->count;
    }
    state->open[i - 1]->page = page->head.number;
    return state->open[i - 1];
}

/* Takes a document out of those that come in; NULL if no page of it came. */
static struct open_document *document_take(struct events_state *state, int64_t item)
{
    for (size_t i = state->count; i-- > 0;) {
        struct open_document *document = state->open[i];
        if (document->item != item)
            continue;
        state->open[i] = state->open[--state->count];
        return document;
    }
    return NULL;
}

/* ---- pages ---- */

struct page_dates {
    struct events_state *state;
    struct open_document *document;
    const struct page *page;
    const char *lang;
    size_t last; /* where the last date began */
    unsigned reading;
    struct err *err;
};

static void claim_add(struct open_document *document, const struct stored_date *date,
                      enum own_source source)
{
    struct claim *claim;

    for (size_t i = 0; i < document->claim_count; i++) {
        claim = &document->claims[i];
        if (claim->source == source && claim->date.earliest == date->earliest &&
            claim->date.latest == date->latest)
            return;
    }
    if (document->claim_count == CLAIMS_MAX)
        return;
    claim = &document->claims[document->claim_count++];
    claim->source = source;
    claim->date = *date;
    snprintf(claim->edtf, sizeof(claim->edtf), "%s", date->edtf);
    claim->date.text_len = utf8_prefix(date->text, date->text_len, sizeof(claim->said) - 1);
    memcpy(claim->said, date->text, claim->date.text_len);
}

/* What tells of more than a month is no date of a letter; a reading that is not the likeliest is
 * none either. */
static void look_for_claim(struct page_dates *dates, const struct stored_date *date)
{
    enum own_source source;

    if (dates->page->head.number == 1 && !dates->reading && date->start < OWN_HEAD_BYTES &&
        date->certainty != DATE_UNKNOWN && date->latest - date->earliest <= OWN_SPAN_MAX &&
        own_source_of(dates->page->text, dates->page->text_len, date->start, date->end, &source))
        claim_add(dates->document, date, source);
}

static void wait_for_own(struct page_dates *dates, const struct stored_date *date)
{
    struct open_document *document = dates->document;

    if (document->waiting_count == WAITING_MAX || date->end - date->start >= SAID_MAX)
        return;
    document->waiting =
        mem_room(document->waiting, document->waiting_count, sizeof(*document->waiting));
    struct waiting_date *waiting = &document->waiting[document->waiting_count++];
    *waiting = (struct waiting_date){.page = date->page,
                                     .start = date->start,
                                     .end = date->end,
                                     .at = (uint32_t)document->said.len};
    snprintf(waiting->lang, sizeof(waiting->lang), "%s", dates->lang);
    (void)buf_append(&document->said, date->text, date->end - date->start);
}

static void stored_of(const struct date_found *found, const char *text, struct stored_date *ret)
{
    size_t len = found->end - found->start;

    *ret = (struct stored_date){.start = (uint32_t)found->start,
                                .end = (uint32_t)found->end,
                                .earliest = found->earliest,
                                .latest = found->latest,
                                .calendar = found->calendar,
                                .certainty = found->certainty,
                                .edtf = found->edtf,
                                .text = text + found->start,
                                .text_len = utf8_prefix(text + found->start, len, SAID_MAX)};
}

static int on_date(void *ctx, const struct date_found *found)
{
    struct page_dates *dates = ctx;
    struct stored_date date;

    stored_of(found, dates->page->text, &date);
    date.item = dates->page->item;
    date.page = dates->page->head.number;
    dates->reading = dates->last == found->start ? dates->reading + 1 : 0;
    dates->last = found->start;
    if (dates->document->kept++ >= DATES_MAX)
        return 1;
    look_for_claim(dates, &date);
    if (date.certainty == DATE_UNKNOWN) {
        wait_for_own(dates, &date);
        return 0;
    }
    return event_date_put(dates->state->db, &date, dates->reading, dates->err);
}

/* The page's language: words of it that are read again are too short to tell. */
static const char *language_of(const struct page *page)
{
    size_t len = page->text_len < LANGUAGE_BYTES ? page->text_len : LANGUAGE_BYTES;

    return page->head.lang[0] ? page->head.lang : language_guess(page->text, len);
}

static int events_page(void *ctx, const struct page *page, struct err *err)
{
    struct page_dates dates = {.state = ctx,
                               .document = document_of(ctx, page),
                               .page = page,
                               .lang = language_of(page),
                               .last = SIZE_MAX,
                               .err = err};
    struct date_settings settings = {.lang = dates.lang};

    if (dates.document->kept > DATES_MAX)
        return 0;
    int rc = dates_find(page->text, page->text_len, &settings, on_date, &dates);
    return rc < 0 ? rc : 0;
}

/* ---- documents ---- */

/* A date in ISO 8601 as metadata give it; its time of day is left out. */
static bool read_iso(const char *text, struct stored_date *date, char edtf[DATE_EDTF_MAX])
{
    size_t len = strcspn(text, "T ");
    struct edtf days;

    if (len >= DATE_EDTF_MAX || !edtf_read(text, len, &days) || days.open_start || days.open_end ||
        days.latest - days.earliest > 366)
        return false;
    memcpy(edtf, text, len);
    edtf[len] = '\0';
    *date = (struct stored_date){.earliest = days.earliest,
                                 .latest = days.latest,
                                 .calendar = CALENDAR_GREGORIAN,
                                 .certainty = DATE_EXACT,
                                 .edtf = edtf,
                                 .text = text,
                                 .text_len = strnlen(text, SAID_MAX)};
    return true;
}

static void claim_iso(struct open_document *document, const char *text, enum own_source source)
{
    char edtf[DATE_EDTF_MAX];
    struct stored_date date;

    if (text && *text && read_iso(text, &date, edtf)) {
        date.item = document->item;
        claim_add(document, &date, source);
    }
}

static int on_meta(void *ctx, const char *key, const char *value)
{
    if (!strcmp(key, "modified"))
        claim_iso(ctx, value, OWN_MODIFIED);
    return 0;
}

static bool is_mail(const char *type)
{
    return type && (!strncmp(type, "message/", 8) || !strcmp(type, "application/vnd.ms-outlook"));
}

static int claim_order(const void *left, const void *right)
{
    const struct claim *a = left;
    const struct claim *b = right;

    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->date.page != b->date.page)
        return a->date.page < b->date.page ? -1 : 1;
    return (a->date.start > b->date.start) - (a->date.start < b->date.start);
}

/* "2014-11-03" of "2014-11-03~"; a longer span by its year, or not at all. */
static void plain_iso(const struct claim *claim, char out[DATED_ISO_MAX])
{
    size_t len = strspn(claim->edtf, "0123456789-");
    struct calendar_date first;
    struct calendar_date last;
    bool plain = (len == 4 || len == 10 || (len == 7 && strcmp(claim->edtf + 5, "13") < 0)) &&
                 strspn(claim->edtf + len, "?~%") == strlen(claim->edtf + len);

    out[0] = '\0';
    if (plain)
        snprintf(out, DATED_ISO_MAX, "%.*s", (int)len, claim->edtf);
    else if (calendar_date(CALENDAR_GREGORIAN, claim->date.earliest, &first) &&
             calendar_date(CALENDAR_GREGORIAN, claim->date.latest, &last) &&
             first.year == last.year)
        snprintf(out, DATED_ISO_MAX, "%04d", first.year % 10000);
}

static int put_claims(struct events_state *state, struct open_document *document, struct err *err)
{
    struct dated dated = {.item = document->item};
    int rc = 0;

    if (!document->claim_count)
        return 0;
    qsort(document->claims, document->claim_count, sizeof(struct claim), claim_order);
    for (unsigned i = 0; i < document->claim_count && !rc; i++) {
        struct claim *claim = &document->claims[i];
        claim->date.edtf = claim->edtf;
        claim->date.text = claim->said;
        rc = event_own_put(state->db, &claim->date, i, claim->source, err);
    }
    const struct claim *best = &document->claims[0];
    dated.earliest = best->date.earliest;
    dated.latest = best->date.latest;
    plain_iso(best, dated.iso);
    snprintf(dated.source, sizeof(dated.source), "%s", own_source_word(best->source));
    return rc ? rc : dated_put(state->db, &dated, err);
}

/* One date again, with the document's own. */
struct second_look {
    struct stored_date *date;
    struct events_state *state;
    unsigned readings;
    struct err *err;
};

static int look_again(void *ctx, const struct date_found *found)
{
    struct second_look *look = ctx;
    struct stored_date date = *look->date;

    if (found->start != 0)
        return 1;
    date.earliest = found->earliest;
    date.latest = found->latest;
    date.calendar = found->calendar;
    date.certainty = found->certainty;
    date.edtf = found->edtf;
    return event_date_put(look->state->db, &date, look->readings++, look->err);
}

/* The document's own day, for what is counted from it. Pictures of pages have only the scan's
 * metadata, which are another day's. */
static const struct claim *reference(const struct open_document *document, bool scanned)
{
    const struct claim *best = document->claims;

    if (!document->claim_count || best->date.latest - best->date.earliest > OWN_SPAN_MAX ||
        (scanned && best->source >= OWN_METADATA))
        return NULL;
    return best;
}

static int put_waiting(struct events_state *state, struct open_document *document, bool scanned,
                       struct err *err)
{
    const struct claim *own = reference(document, scanned);
    int rc = 0;

    for (size_t i = 0; i < document->waiting_count && !rc; i++) {
        const struct waiting_date *waiting = &document->waiting[i];
        size_t len = waiting->end - waiting->start;
        struct stored_date date = {.item = document->item,
                                   .page = waiting->page,
                                   .start = waiting->start,
                                   .end = waiting->end,
                                   .certainty = DATE_UNKNOWN,
                                   .edtf = "",
                                   .text = document->said.data + waiting->at,
                                   .text_len = len};
        struct second_look look = {.date = &date, .state = state, .err = err};
        struct date_settings settings = {.lang = waiting->lang};
        if (own) {
            settings.has_ref = true;
            settings.ref = own->date.earliest;
            rc = dates_find(date.text, len, &settings, look_again, &look);
            rc = rc < 0 ? rc : 0;
        }
        if (!rc && !look.readings)
            rc = event_date_put(state->db, &date, 0, err);
    }
    return rc;
}

static int events_document(void *ctx, int64_t item, const struct reading *reading, struct err *err)
{
    struct events_state *state = ctx;
    struct open_document *document = document_take(state, item);

    if (!document)
        document = document_new(item);
    /* Metadata come after what the text says, so their claims find room beside it. */
    if (document->claim_count > CLAIMS_MAX - 3)
        document->claim_count = CLAIMS_MAX - 3;
    claim_iso(document, reading->date, is_mail(reading->type) ? OWN_MAIL : OWN_METADATA);
    int rc = item_meta_each(state->kase, item, on_meta, document, err);
    if (!rc)
        rc = put_claims(state, document, err);
    if (!rc)
        rc = put_waiting(state, document, reading->outcome == OUTCOME_OCR, err);
    document_free(document);
    return rc;
}

static void events_finish(void *ctx)
{
    struct events_state *state = ctx;

    if (!state)
        return;
    for (size_t i = 0; i < state->count; i++)
        document_free(state->open[i]);
    free(state->open);
    free(state);
}

const struct deriver events_deriver = {
    .name = "dates",
    .version = 1,
    .create = events_create,
    .drop = events_drop,
    .forget = events_forget,
    .start = events_start,
    .page = events_page,
    .document = events_document,
    .finish = events_finish,
};
