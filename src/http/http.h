/*
 * A small HTTP/1.1 server for the reading room: one thread speaks the protocol, a small pool of
 * threads answers. Every pool thread has a state of its own (a database connection), given by the
 * user of this module, so that handlers share nothing but read-only data.
 *
 * Limits: request line and headers together HTTP_REQUEST_MAX bytes, HTTP_FIELDS_MAX headers and as
 * many query parameters, bodies of `body_max` bytes (413) whose length is announced (411),
 * `connections` at a time, `queue` requests that wait for a thread (then 503), idle connections are
 * closed after HTTP_TIMEOUT_SECONDS.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    HTTP_REQUEST_MAX = 32 << 10,
    HTTP_FIELDS_MAX = 64,
    HTTP_TIMEOUT_SECONDS = 30,
    HTTP_BODY_MAX = 1 << 20,      /* bytes of a request's body that `body_max` may allow */
    HTTP_RESPONSE_MAX = 64 << 20, /* bytes of an answer */
    HTTP_HEADERS_OUT = 20,        /* headers of an answer */
    HTTP_THREADS_MAX = 32,
};

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_field {
    const char *name, *value; /* valid UTF-8 without NUL; "" for a parameter without value */
};

/* Read-only for handlers. */
struct http_request {
    enum http_method method;
    const char *path;                          /* decoded, begins with "/" */
    struct http_field params[HTTP_FIELDS_MAX]; /* of the query string, decoded */
    size_t param_count;
    struct http_field headers[HTTP_FIELDS_MAX];
    size_t header_count;
    struct buf body; /* as it came: any bytes, perhaps none */
    bool malformed;  /* bytes that are not UTF-8, a NUL, or too many fields: answer 400 */
};

/* The first of that name, or NULL. Header names are compared without case. */
const char *http_param(const struct http_request *request, const char *name);
const char *http_header(const struct http_request *request, const char *name);

/* Copies the value of a cookie to `out`; false when there is none or it does not fit. */
bool http_cookie(const struct http_request *request, const char *name, char *out, size_t space);

struct http_response_header {
    const char *name; /* constant */
    char *value;      /* owned */
};

struct http_response {
    int status;
    struct buf body;   /* at most HTTP_RESPONSE_MAX; used when `fixed` is NULL */
    const void *fixed; /* constant bytes of the program */
    size_t fixed_len;
    bool has_file; /* `file`, of `file_len` bytes, is the body: owned, read from its start */
    int file;
    uint64_t file_len;
    struct http_response_header headers[HTTP_HEADERS_OUT];
    size_t header_count;
    struct http_stream *stream; /* the body, if it is one (stream.h) */
    /* What writes the stream, in the same pool thread, once the answer is on its way: request and
     * response are gone then. NULL: nobody, or somebody else. */
    void (*produce)(void *ctx, void *state);
    void *produce_ctx;
};

/* Adds a header. The value must hold no line break (a mistake of ours: aborts). */
void http_put_header(struct http_response *response, const char *name, const char *value);
/* Takes the last header away. */
void http_drop_header(struct http_response *response);

/* Makes an open file the body, which is closed when it was sent. */
void http_put_file(struct http_response *response, int file, uint64_t len);
/* Forgets what the body was to be. */
void http_clear_body(struct http_response *response);

struct http_options {
    const char *listen; /* "127.0.0.1:7766", "[::1]:7766"; port 0 takes a free one */
    bool allow_remote;  /* addresses other than loopback are ERR_USAGE without it */
    unsigned threads;   /* 1 to HTTP_THREADS_MAX */
    unsigned connections;
    unsigned queue;
    size_t body_max; /* 0 to HTTP_BODY_MAX */

    /* Called once, before the first request is answered: the numeric address (without brackets)
     * and the port it listens on. */
    void (*listening)(void *ctx, const char *address, uint16_t port);
    /* Answers a request, in a pool thread, with that thread's state. `response` comes with status
     * 200 and an empty body. */
    void (*handle)(void *ctx, void *state, const struct http_request *request,
                   struct http_response *response);
    /* Whether a request may be answered beside those that are being answered: the place it takes,
     * which `left` gives back, or -1. Then it waits in the queue and those behind it may pass it.
     * Both are called one at a time, often, and must be quick. NULL: all may. */
    int (*enter)(void *ctx, const struct http_request *request);
    void (*left)(void *ctx, int place);
    /* The state of a pool thread: made before the thread starts, freed after it ended. */
    int (*state_new)(void *ctx, void **ret_state, struct err *err);
    void (*state_free)(void *state);
    void *ctx;
};

struct http_server; /* opaque */

/* Listens and answers until http_server_stop. ERR_USAGE for an address that is none or not
 * loopback, ERR_EXISTS when it is in use, ERR_IO, or what state_new gave. */
int http_server_start(const struct http_options *options, struct http_server **ret_server,
                      struct err *err);

/* Takes no new requests, lets the running ones end, closes; accepts NULL. */
void http_server_stop(struct http_server *server);

#endif
