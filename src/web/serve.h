/*
 * The reading room: the case in a browser (docs/API.md).
 */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/case.h"

struct deriver;
struct render_service;

struct web_options {
    const char *listen;            /* "127.0.0.1:7766"; port 0 takes a free one */
    bool allow_remote;             /* listen on an address that other machines reach */
    const char *who;               /* the reader's name, for the records of what people decide */
    struct render_service *render; /* draws pages; NULL: pages have no pictures */
    const struct deriver *const *derivers; /* of what is read again */
    /* The languages of OCR, "eng+fas", as the command line takes them; "" gives the usual ones.
     * ERR_USAGE for one that cannot be read here. */
    int (*read_langs)(const char *given, char *out, size_t size, struct err *err);

    /* Called once it listens, with the address to open: it holds the one-time token. */
    void (*ready)(void *ctx, const char *address);
    void *ctx;
};

/* Serves until SIGINT or SIGTERM, which are blocked meanwhile and taken here; then returns 0.
 * Errors: see http_server_start, case_open_reader. */
int web_serve(struct sanad_case *kase, const struct web_options *options, struct err *err);

#endif
