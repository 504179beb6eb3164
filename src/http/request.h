/*
 * What came over a connection, copied into memory of its own: a pool thread never touches the
 * connection.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/http.h"

struct MHD_Connection;

/* `method` and `path` as libmicrohttpd gives them; a body of up to `body_max` bytes follows. */
void request_read(struct http_request *request, struct MHD_Connection *connection,
                  const char *method, const char *path, size_t body_max);
void request_release(struct http_request *request);

/* 0, or the status that refuses the body which the headers announce. */
int request_refuses_body(const struct http_request *request);

void response_init(struct http_response *response);
void response_release(struct http_response *response);
/* Hands the answer to the connection; the response is empty afterwards. False: close it. */
bool response_send(struct http_response *response, struct MHD_Connection *connection);

#endif
