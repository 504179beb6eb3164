#include <string.h>

#include "web/recent.h"
#include "web/routes.h"
#include "web/turn.h"

static const struct {
    int code, status;
    const char *word;
} refusals[] = {
    {ERR_USAGE, 400, "bad-request"},       {ERR_NOT_FOUND, 404, "not-found"},
    {ERR_LOCKED, 409, "locked"},           {ERR_LIMIT, 422, "limit"},
    {ERR_UNSUPPORTED, 422, "unsupported"}, {ERR_CORRUPT, 500, "corrupt"},
    {ERR_WORKER, 502, "worker"},           {ERR_INTERRUPTED, 503, "interrupted"},
};

static void refuse_with(struct http_response *response, int code, const struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        if (refusals[i].code == code) {
            web_refuse(response, refusals[i].status, refusals[i].word, err->message);
            return;
        }
    }
    web_refuse(response, 500, "failed", err->message);
}

/* Checks that need no route. True when the request may go on. */
static bool admit(struct web *web, const struct http_request *request,
                  struct http_response *response)
{
    if (!session_host_fits(&web->session, request)) {
        web_refuse(response, 403, "host", "this address is not the reading room's");
        return false;
    }
    if (!session_origin_fits(&web->session, request)) {
        web_refuse(response, 403, "origin", "requests from other sites are refused");
        return false;
    }
    if (request->malformed) {
        web_refuse(response, 400, "bad-request", "the request is not well formed");
        return false;
    }
    return true;
}

/* An answer beyond its cap is an error, never a part. */
static int handle(const struct route *route, struct call *call, struct err *err)
{
    int result = route->handle(call, err);

    if (result == 0 && call->response->body.full)
        result = err_set(err, ERR_LIMIT, "the answer is larger than the reading room gives");
    return result;
}

/* A row that writes, on its turn. */
struct turn {
    const struct route *route;
    struct call *call;
};

static int handle_as_writer(void *ctx, struct sanad_case *writer, struct err *err)
{
    const struct turn *turn = ctx;

    turn->call->kase = writer;
    return handle(turn->route, turn->call, err);
}

static int read_body(const struct route *route, const struct http_request *request,
                     struct json_object **ret_object, struct err *err)
{
    const char *type = http_header(request, "Content-Type");

    if (route->body == 0)
        return 0;
    if (type == NULL || strcmp(type, "application/json") != 0)
        return err_set(err, ERR_USAGE, "the request must bring application/json");
    return json_read(request->body.data, request->body.len, ret_object, err);
}

static void run(const struct route *route, struct call *call)
{
    CLEANUP(cleanup_json_object) struct json_object *body = NULL;
    struct err err = {0};
    size_t headers = call->response->header_count;
    int result = read_body(route, call->request, &body, &err);

    call->body = body;
    if (result == 0)
        result = route->effect == WRITES_CASE
                     ? turn_take(call->web, handle_as_writer, &(struct turn){route, call}, &err)
                     : handle(route, call, &err);
    if (result == 0 && call->decided)
        recent_outdate(call->web->recent);
    if (result == 0)
        return;
    while (call->response->header_count > headers)
        http_drop_header(call->response);
    refuse_with(call->response, result, &err);
}

/* What takes no place: routes that are not counted, and what is refused. */
enum { NO_PLACE = ROUTES_MAX };

int routes_enter(void *ctx, const struct http_request *request)
{
    struct web *web = ctx;
    struct call call = {0};
    const char *allow;
    const struct route *route = route_find(request, &call, &allow);

    if (route == NULL || route->at_once == 0 || !session_holds(&web->session, request))
        return NO_PLACE;
    unsigned *running = &web->running[route - routes];
    if (*running >= route->at_once)
        return -1;
    ++*running;
    return (int)(route - routes);
}

void routes_left(void *ctx, int place)
{
    struct web *web = ctx;

    if (place != NO_PLACE)
        web->running[place]--;
}

void routes_answer(struct web *web, struct web_thread *thread, const struct http_request *request,
                   struct http_response *response)
{
    struct call call = {.web = web, .kase = thread->kase, .request = request, .response = response};
    const char *allow;

    web_put_headers(response);
    if (!admit(web, request, response))
        return;
    const struct route *route = route_find(request, &call, &allow);
    if (route == NULL && allow[0] == '\0') {
        web_refuse(response, 404, "not-found", "there is nothing at this address");
    } else if (route == NULL) {
        http_put_header(response, "Allow", allow);
        web_refuse(response, 405, "method", "this address does not answer that method");
    } else if (request->body.len > route->body) {
        web_refuse(response, 413, "too-large", "the request brings more than this address takes");
    } else if (route->access == ACCESS_SESSION && !session_holds(&web->session, request)) {
        web_refuse(response, 401, "session",
                   "open the reading room with the address that sanad printed");
    } else {
        run(route, &call);
    }
}
