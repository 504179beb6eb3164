/*
 * Conversations: which messages answer which, by what their headers say of it (RFC 5322, 3.6.4:
 * Message-ID, In-Reply-To, References), put in order as in J. Zawinski, "message threading"
 * (www.jwz.org/doc/threading.html), without its guesses by subject.
 *
 * The deriver keeps the ids of every message and which of them belong together; ids are what their
 * senders say, so messages may claim to be of a conversation.
 *
 * Limits: THREAD_IDS_MAX ids of a message, THREAD_ID_BYTES of an id; a conversation is given up to
 * THREAD_MAX messages, those added to the case first.
 */
#ifndef RELATE_THREADS_H
#define RELATE_THREADS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/case.h"
#include "store/deriver.h"

extern const struct deriver threads_deriver;

enum { THREAD_MAX = 500, THREAD_IDS_MAX = 200, THREAD_ID_BYTES = 512, THREAD_COPIES_MAX = 20 };

struct thread_message {
    int64_t item;
    int64_t answers;                   /* the message it answers, as far as it is there; or 0 */
    int64_t copies[THREAD_COPIES_MAX]; /* others with the same Message-ID */
    unsigned copy_count;
};

struct thread {
    struct thread_message messages[THREAD_MAX];
    unsigned count;
    int64_t total;    /* messages in the case, copies among them */
    unsigned missing; /* ids that messages answer or refer to and that are not in the case */
};

/* The conversation of a message in the order it was held: by date, no message before the one it
 * answers. One alone for a message without answers; none for what is no message. The caller frees
 * it with free(). */
int thread_load(struct sanad_case *kase, int64_t item, struct thread **ret_thread, struct err *err);

#endif
