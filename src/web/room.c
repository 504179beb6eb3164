#include <string.h>

#include "web/assets.h"
#include "web/routes.h"

static int send_asset(struct call *call, const char *name, struct err *err)
{
    for (const struct asset *asset = assets; asset->name != NULL; asset++) {
        if (strcmp(asset->name, name) != 0)
            continue;
        http_put_header(call->response, "Content-Type", asset->type);
        call->response->fixed = asset->data;
        call->response->fixed_len = asset->len;
        return 0;
    }
    return err_set(err, ERR_NOT_FOUND, "there is nothing at this address");
}

static int go_in(struct call *call)
{
    call->response->status = 303;
    http_put_header(call->response, "Location", "/");
    return 0;
}

/* The page of the room; with "?t=" the door to it. HEAD spends no token: programs that look at
 * links send it. */
int web_room(struct call *call, struct err *err)
{
    struct session *session = &call->web->session;
    const char *token = http_param(call->request, "t");

    if (session_holds(session, call->request))
        return token != NULL ? go_in(call) : send_asset(call, "index.html", err);
    if (token != NULL && call->request->method == HTTP_GET) {
        CLEANUP(cleanup_buf) struct buf cookie = {0};
        buf_init(&cookie, 256);
        if (session_enter(session, token, &cookie, err)) {
            http_put_header(call->response, "Set-Cookie", cookie.data);
            return go_in(call);
        }
    }
    call->response->status = 401;
    return send_asset(call, "closed.html", err);
}

int web_asset(struct call *call, struct err *err)
{
    return send_asset(call, call->request->path + strlen("/assets/"), err);
}

int api_leave(struct call *call, struct err *err)
{
    (void)err;
    session_leave(&call->web->session);
    call->response->status = 204;
    return 0;
}
