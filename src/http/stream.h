/*
 * A body that is written while it is sent, for answers without an end (events) and those too large
 * for memory (exports). Two hold it: who writes, in any thread, and the connection that sends. A
 * reader that falls behind costs at most the room: then the writer waits, or gives the reader up.
 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include <stddef.h>

#include "base/err.h"

struct http_stream;
struct http_response;

/* Makes the answer a stream with room for this many bytes that wait to be sent. The caller writes
 * and then ends it with http_stream_end, whatever happens. */
struct http_stream *http_stream_new(struct http_response *response, size_t room);

/* Puts bytes behind those that wait, all or none. ERR_LIMIT: there is no room for them.
 * ERR_INTERRUPTED: the reader is gone, or the server ends. */
int http_stream_put(struct http_stream *stream, const void *data, size_t len);

/* The same, and waits for room: ERR_INTERRUPTED also when the reader takes nothing for half a
 * minute. `len` is not bounded by the room. */
int http_stream_write(struct http_stream *stream, const void *data, size_t len);

/* Nothing more comes; what waits is still sent. The stream is the caller's no more. */
void http_stream_end(struct http_stream *stream);
/* The same for an answer that is not whole: the connection breaks off, so that the reader knows. */
void http_stream_break(struct http_stream *stream);

#endif
