#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/day.h"
#include "web/web.h"

/*
 * The browser is told to run only what the program brought, to ask only this server, to keep
 * nothing on disk, and to let no other page frame or open these.
 */
static const struct {
    const char *name, *value;
} common_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
     "connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
     "form-action 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), clipboard-read=(), usb=(), payment=()"},
};

void web_put_headers(struct http_response *response)
{
    for (size_t i = 0; i < ARRAY_LEN(common_headers); i++)
        http_put_header(response, common_headers[i].name, common_headers[i].value);
}

void web_refuse(struct http_response *response, int status, const char *word, const char *message)
{
    struct json_writer json;

    http_clear_body(response);
    response->status = status;
    http_put_header(response, "Content-Type", "application/json");
    json_start(&json, &response->body);
    json_open_object(&json, NULL);
    json_open_object(&json, "error");
    json_put_str(&json, "code", word);
    json_put_str(&json, "message", message);
    json_close_object(&json);
    json_close_object(&json);
}

void web_start_json(struct call *call, struct json_writer *json)
{
    http_put_header(call->response, "Content-Type", "application/json");
    json_start(json, &call->response->body);
}

const char *web_param(const struct call *call, const char *name)
{
    const char *value = http_param(call->request, name);
    return value != NULL ? value : "";
}

int web_number(const struct call *call, const char *name, int64_t min, int64_t max,
               int64_t otherwise, int64_t *ret_number, struct err *err)
{
    const char *value = http_param(call->request, name);
    char *end;

    *ret_number = otherwise;
    if (value == NULL || value[0] == '\0')
        return 0;
    errno = 0;
    int64_t number = strtoll(value, &end, 10);
    /* One way to write each number: no sign, no space, no zero before others. */
    bool plain = value[0] >= '0' && value[0] <= '9' && (value[0] != '0' || value[1] == '\0');
    if (!plain || *end != '\0' || errno != 0 || number < min || number > max) {
        return err_set(err, ERR_USAGE, "\"%s\" must be a whole number from %" PRId64 " to %" PRId64,
                       name, min, max);
    }
    *ret_number = number;
    return 0;
}

int web_days(const struct call *call, int32_t *first, int32_t *last, struct err *err)
{
    const char *from = web_param(call, "from");
    const char *to = web_param(call, "to");
    int32_t unused;

    if ((from[0] != '\0' && !day_span(from, strlen(from), first, &unused)) ||
        (to[0] != '\0' && !day_span(to, strlen(to), &unused, last)))
        return err_set(err, ERR_USAGE,
                       "\"from\" and \"to\" are dates: 2014, 2014-11, 2014-11-03 or 1393-08-12");
    if (*first > *last)
        return err_set(err, ERR_USAGE, "\"from\" lies after \"to\"");
    return 0;
}
