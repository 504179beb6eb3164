/*
 * Reading again what failed, from the reading room: what `sanad retry` does, in one thread of this
 * process, with its own connection. One at a time; it has the case for documents meanwhile and
 * lends it as `sanad retry` does.
 */
#ifndef WEB_RETRY_H
#define WEB_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "crypt/password_list.h"
#include "ingest/ingest.h"
#include "store/case.h"

enum { RETRY_LANGS_MAX = 128 };

/* What is asked for. */
struct retry_wish {
    int reason;                      /* enum reason, or -1 for all that failed */
    int64_t item;                    /* only this one; 0: all that fit */
    struct password_list *passwords; /* taken; NULL: none */
    char langs[RETRY_LANGS_MAX];     /* of OCR, joined by "+" */
};

enum retry_phase { RETRY_NEVER, RETRY_RUNS, RETRY_DONE, RETRY_STOPPED, RETRY_FAILED };

/* How the last one stands, or ended. */
struct retry_state {
    enum retry_phase phase;
    struct ingest_progress progress;
    int64_t count; /* items taken to be read again; known at the end */
    char message[ERR_MESSAGE_MAX];
};

struct retry; /* opaque */

struct retry *retry_new(const struct sanad_case *kase, const struct deriver *const *derivers);
/* Stops what runs, at the next document; accepts NULL. */
void retry_free(struct retry *retry);

/* Starts. ERR_LOCKED when one runs here, or another process has the case for documents. */
int retry_start(struct retry *retry, const struct retry_wish *wish, struct err *err);
/* Asks what runs to stop; what was read by then stays. */
void retry_stop(struct retry *retry);
void retry_look(struct retry *retry, struct retry_state *ret_state);

#endif
