/*
 * Streams as the server sees them. Private to http.
 */
#ifndef HTTP_STREAM_SEND_H
#define HTTP_STREAM_SEND_H

#include "http/stream.h"

struct MHD_Connection;
struct MHD_Response;

/* The body for libmicrohttpd, which takes the connection's hold on the stream. NULL: it could not
 * be made, and the hold is given up. */
struct MHD_Response *stream_body(struct http_stream *stream, struct MHD_Connection *connection);
/* Gives up the connection's hold on a stream that is not sent. */
void stream_refuse(struct http_stream *stream);

/* Streams of a server: `stop` breaks off all and any that come later. */
struct streams;
struct streams *streams_new(void);
void streams_stop(struct streams *streams);
void streams_free(struct streams *streams);
/* Before it is sent. */
void streams_add(struct streams *streams, struct http_stream *stream);

#endif
