#include "http/request.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/* Where a pass over headers or parameters collects. */
struct collector {
    struct http_request *request;
    struct http_field *fields;
    size_t *count;
};

static bool is_clean(const char *text, size_t len)
{
    return memchr(text, '\0', len) == NULL && utf8_valid(text, len);
}

static enum MHD_Result collect(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
                               const char *value, size_t value_len)
{
    struct collector *to = cls;

    (void)kind;
    if (value == NULL) {
        value = "";
        value_len = 0;
    }
    if (*to->count == HTTP_FIELDS_MAX || !is_clean(key, key_len) || !is_clean(value, value_len)) {
        to->request->malformed = true;
        return MHD_NO;
    }
    to->fields[(*to->count)++] = (struct http_field){
        .name = mem_strndup(key, key_len),
        .value = mem_strndup(value, value_len),
    };
    return MHD_YES;
}

static enum http_method method_from(const char *method)
{
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0)
        return HTTP_GET;
    if (strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
        return HTTP_HEAD;
    if (strcmp(method, MHD_HTTP_METHOD_POST) == 0)
        return HTTP_POST;
    return HTTP_OTHER;
}

void request_read(struct http_request *request, struct MHD_Connection *connection,
                  const char *method, const char *path, size_t body_max)
{
    *request = (struct http_request){.method = method_from(method), .path = mem_strdup(path)};
    buf_init(&request->body, body_max);
    request->malformed = path[0] != '/' || !utf8_valid(path, strlen(path));

    struct collector params = {request, request->params, &request->param_count};
    struct collector headers = {request, request->headers, &request->header_count};
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, collect, &params);
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, collect, &headers);
}

static void fields_free(struct http_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free((char *)fields[i].name);
        free((char *)fields[i].value);
    }
}

void request_release(struct http_request *request)
{
    fields_free(request->params, request->param_count);
    fields_free(request->headers, request->header_count);
    free((char *)request->path);
    buf_release(&request->body);
    *request = (struct http_request){0};
}

int request_refuses_body(const struct http_request *request)
{
    const char *length = http_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (http_header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
        return MHD_HTTP_LENGTH_REQUIRED;
    /* libmicrohttpd has refused what is no number; one too large for us is too large. */
    bool fits = length == NULL || strtoull(length, NULL, 10) <= request->body.cap;
    return fits ? 0 : MHD_HTTP_CONTENT_TOO_LARGE;
}

const char *http_param(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->param_count; i++) {
        if (strcmp(request->params[i].name, name) == 0)
            return request->params[i].value;
    }
    return NULL;
}

const char *http_header(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    }
    return NULL;
}

bool http_cookie(const struct http_request *request, const char *name, char *out, size_t space)
{
    const char *at = http_header(request, MHD_HTTP_HEADER_COOKIE);
    size_t name_len = strlen(name);

    while (at != NULL && *at != '\0') {
        at += strspn(at, " ;");
        size_t len = strcspn(at, ";");
        if (len > name_len && strncmp(at, name, name_len) == 0 && at[name_len] == '=') {
            size_t value_len = len - name_len - 1;
            if (value_len >= space)
                return false;
            memcpy(out, at + name_len + 1, value_len);
            out[value_len] = '\0';
            return true;
        }
        at += len;
    }
    return false;
}
