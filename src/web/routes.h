/*
 * The table of routes: what the reading room answers, to whom, and how much of it at a time.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "web/web.h"

enum access {
    ACCESS_ANYONE,  /* who names the room in the Host header */
    ACCESS_SESSION, /* who holds the cookie */
};

enum effect {
    READS,       /* the case as it is */
    WRITES_CASE, /* in a transaction around the handler: its call holds a writer, one at a time; 409
                    while another process writes */
};

struct route {
    enum http_method method; /* HTTP_GET answers HEAD too */
    const char *
        path; /* ":item", ":page", ":name", ":id" stand for numbers from 1, a last "*" for a rest */
    web_handler *handle;
    enum access access;
    unsigned at_once; /* requests of this row at a time, then 429; 0: as many as threads */
    enum effect effect;
    size_t body; /* bytes of JSON that the request may bring; 0: it brings nothing */
};

/* Ended by a row without a path; at most ROUTES_MAX. */
extern const struct route routes[];

/* The row for a method and a path, with what the path said in `call`; NULL when none fits, and then
 * *ret_allow lists the methods that would ("" when the path is unknown). */
const struct route *route_find(const struct http_request *request, struct call *call,
                               const char **ret_allow);

/* The places of http_options: as many of a row at a time as the table says; others wait. `ctx` is
 * the struct web. */
int routes_enter(void *ctx, const struct http_request *request);
void routes_left(void *ctx, int place);

/* Answers a request: checks, finds the row, calls its function. */
void routes_answer(struct web *web, struct web_thread *thread, const struct http_request *request,
                   struct http_response *response);

/* ---- the functions of the table ---- */

web_handler web_room; /* room.c */
web_handler web_asset;
web_handler api_leave;
web_handler api_status; /* api_status.c */
web_handler api_events; /* api_news.c */
web_handler api_search; /* api_search.c */
web_handler api_batch;  /* api_batch.c */
web_handler api_export; /* api_export.c */
web_handler api_originals;
web_handler api_parcel;
web_handler api_saved; /* api_saved.c */
web_handler api_saved_one;
web_handler api_saved_add;
web_handler api_saved_open;
web_handler api_saved_remove;
web_handler api_history;
web_handler api_history_add;
web_handler api_history_clear;
web_handler api_item; /* api_item.c */
web_handler api_item_hits;
web_handler api_item_dates;      /* api_dates.c */
web_handler api_page;            /* api_page.c */
web_handler api_item_provenance; /* api_provenance.c */
web_handler api_item_original;
web_handler api_item_thread; /* api_relations.c */
web_handler api_item_near;
web_handler api_item_difference;
web_handler api_page_words; /* api_page_parts.c */
web_handler api_page_names;
web_handler api_page_image; /* api_image.c */
web_handler api_complete;   /* api_complete.c */
web_handler api_ledger;     /* api_ledger.c */
web_handler api_ledger_sums;
web_handler api_ledger_csv;
web_handler api_overview; /* api_overview.c */
web_handler api_visit;
web_handler api_retry; /* api_retry.c */
web_handler api_retry_start;
web_handler api_retry_stop;
web_handler api_names; /* api_names.c */
web_handler api_name;
web_handler api_name_passages; /* api_name.c */
web_handler api_name_company;
web_handler api_network; /* api_network.c */
web_handler api_network_csv;
web_handler api_network_graphml;
web_handler api_network_passages;
web_handler api_timeline; /* api_timeline.c */
web_handler api_timeline_documents;
web_handler api_labels; /* api_labels.c */
web_handler api_label_add;
web_handler api_label_change;
web_handler api_label_remove;
web_handler api_label_restore;
web_handler api_marks; /* api_marks.c */
web_handler api_marks_csv;
web_handler api_item_marks;
web_handler api_mark_revisions;
web_handler api_mark_add; /* api_marking.c */
web_handler api_marks_many;
web_handler api_mark_change;
web_handler api_mark_remove;
web_handler api_mark_restore;
web_handler api_review; /* api_decisions.c */
web_handler api_decisions;
web_handler api_decide;

web_handler api_search_names;     /* api_search_names.c */
web_handler api_timeline_folders; /* timeline_lanes.c */

#endif
