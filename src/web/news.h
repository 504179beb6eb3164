/*
 * News: one thread watches the case and tells every page that is open when something has been
 * committed to it, by this process or another. A message says how much there is now, never what:
 * pages ask again for what they show.
 */
#ifndef WEB_NEWS_H
#define WEB_NEWS_H

#include <stdbool.h>

#include "base/err.h"
#include "http/stream.h"
#include "store/case.h"

enum { NEWS_READERS_MAX = 16 };

struct news; /* opaque */

/* Starts the thread, with a connection of its own to the case. */
int news_start(const struct sanad_case *kase, struct news **ret_news, struct err *err);
/* Ends the thread and what it tells; accepts NULL. */
void news_stop(struct news *news);

/* Whether one more may listen. */
bool news_has_room(struct news *news);
/* Tells a stream, which it takes, how things stand and all that follows. Too many: it is ended. */
void news_tell(struct news *news, struct http_stream *stream);

/* Something was written, or begins, here and now: look at once. */
void news_poke(struct news *news);

#endif
