/* What has changed, as long as the page is open. */
#include "web/news.h"
#include "web/routes.h"

/* A message has a few hundred bytes; a page that does not take this many in time is left out. */
enum { WAITING_MAX = 16 << 10 };

int api_events(struct call *call, struct err *err)
{
    (void)err;
    if (!news_has_room(call->web->news)) {
        http_put_header(call->response, "Retry-After", "5");
        web_refuse(call->response, 429, "busy", "too many pages listen already");
        return 0;
    }
    http_put_header(call->response, "Content-Type", "text/event-stream");
    if (call->request->method != HTTP_HEAD)
        news_tell(call->web->news, http_stream_new(call->response, WAITING_MAX));
    return 0;
}
