#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/request.h"
#include "http/stream_send.h"

void response_init(struct http_response *response)
{
    *response = (struct http_response){.status = 200};
    buf_init(&response->body, HTTP_RESPONSE_MAX);
}

void response_release(struct http_response *response)
{
    for (size_t i = 0; i < response->header_count; i++)
        free(response->headers[i].value);
    http_clear_body(response);
    buf_release(&response->body);
    if (response->stream != NULL)
        stream_refuse(response->stream);
    *response = (struct http_response){0};
}

void http_put_header(struct http_response *response, const char *name, const char *value)
{
    BUG_IF(response->header_count == HTTP_HEADERS_OUT);
    BUG_IF(strpbrk(value, "\r\n") != NULL);
    response->headers[response->header_count++] =
        (struct http_response_header){.name = name, .value = mem_strdup(value)};
}

void http_drop_header(struct http_response *response)
{
    BUG_IF(response->header_count == 0);
    free(response->headers[--response->header_count].value);
}

void http_put_file(struct http_response *response, int file, uint64_t len)
{
    http_clear_body(response);
    response->has_file = true;
    response->file = file;
    response->file_len = len;
}

void http_clear_body(struct http_response *response)
{
    if (response->has_file)
        (void)close(response->file);
    response->has_file = false;
    response->fixed = NULL;
    buf_clear(&response->body);
}

/* libmicrohttpd frees the body, or closes the file, when it has been sent. */
static struct MHD_Response *body_of(struct http_response *response,
                                    struct MHD_Connection *connection)
{
    struct http_stream *stream = response->stream;

    response->stream = NULL;
    if (stream != NULL)
        return stream_body(stream, connection);
    if (response->has_file) {
        struct MHD_Response *out =
            MHD_create_response_from_fd64(response->file_len, response->file);
        response->has_file = out == NULL;
        return out;
    }
    if (response->fixed != NULL) {
        return MHD_create_response_from_buffer(response->fixed_len, (void *)response->fixed,
                                               MHD_RESPMEM_PERSISTENT);
    }
    size_t len = response->body.len;
    return MHD_create_response_from_buffer(len, buf_take(&response->body), MHD_RESPMEM_MUST_FREE);
}

bool response_send(struct http_response *response, struct MHD_Connection *connection)
{
    struct MHD_Response *out = body_of(response, connection);
    if (out == NULL)
        return false;
    for (size_t i = 0; i < response->header_count; i++)
        MHD_add_response_header(out, response->headers[i].name, response->headers[i].value);
    enum MHD_Result sent = MHD_queue_response(connection, (unsigned)response->status, out);
    MHD_destroy_response(out);
    response_release(response);
    return sent == MHD_YES;
}
