/*
 * What the files of web share: the room, the state of an answering thread, and a request on its
 * way to a handler.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "fmt/json.h"
#include "fmt/json_read.h"
#include "http/http.h"
#include "store/case.h"
#include "web/parcel.h"
#include "web/session.h"

struct named;
struct news;
struct recent;
struct retry;
struct render_service;

enum { ROUTES_MAX = 96, WEB_BODY_MAX = 640 << 10 };

/* One for a server. Read-only while it serves, but for the session (locked) and the counters. */
struct web {
    const struct sanad_case *kase; /* for its name and for opening readers; not for queries */
    struct render_service *render; /* or NULL */
    struct session session;
    unsigned running[ROUTES_MAX]; /* requests in each row of the table of routes (routes_enter) */
    pthread_mutex_t writing;      /* held by the request that writes to the case */
    struct retry *retry;          /* reads again what failed */
    atomic_uint downloads;        /* that are being written (download.h) */
    struct parcels parcels;       /* originals that wait to be fetched */
    atomic_bool visited;          /* who reads here has begun a visit (store/visit.h) */
    /* Languages of OCR from "eng+fas", checked; as of web_options. */
    int (*read_langs)(const char *given, char *out, size_t size, struct err *err);
    struct named *named;   /* who is named in which document */
    struct recent *recent; /* who is named where */
    struct news *news;     /* what tells the pages of changes */
    const char *who;       /* who decides here, for the records of what people decided */
};

/* One for a thread. */
struct web_thread {
    struct sanad_case *kase; /* this thread's own connection */
};

/* A request and what its path said. */
struct call {
    struct web *web;
    struct sanad_case *kase; /* the thread's reader, or the writer of a row that writes */
    const struct http_request *request;
    struct http_response *response;
    const struct json_object *body; /* what the request brought; NULL for rows without a body */
    int64_t item;                   /* ":item" in the route, or 0 */
    int64_t id;                     /* ":id" in the route, or 0 */
    int64_t name;                   /* ":name", an entity's number, or 0 */
    uint32_t page;                  /* ":page" in the route, or 0 */
    bool decided;                   /* set by a handler that writes a decision about names */
};

/* A handler writes its answer and returns 0, or fills `err` and returns a code: the answer is then
 * the error. */
typedef int web_handler(struct call *call, struct err *err);

/* Headers that every answer carries. */
void web_put_headers(struct http_response *response);

/* Makes the answer an error: `word` for programs, `message` for people. */
void web_refuse(struct http_response *response, int status, const char *word, const char *message);

/* Starts a JSON answer. */
void web_start_json(struct call *call, struct json_writer *json);

/* A whole-number parameter of the query string. Missing: `otherwise`. Not a number, or out of
 * range: ERR_USAGE. */
int web_number(const struct call *call, const char *name, int64_t min, int64_t max,
               int64_t otherwise, int64_t *ret_number, struct err *err);

/* The parameters "from" and "to" as days, first and last; one that is missing leaves its day as it
 * is. ERR_USAGE for what is no date, and for an end before the beginning. */
int web_days(const struct call *call, int32_t *first, int32_t *last, struct err *err);

/* The parameter, or "". */
const char *web_param(const struct call *call, const char *name);

#endif
