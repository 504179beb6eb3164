#include "ingest/render.h"
#include "store/page.h"
#include "web/routes.h"

enum { DPI_MIN = 36, DPI_DEFAULT = 110, DPI_MAX = 300 };

/* The picture of a page, drawn by the worker: the browser never sees the original. */
int api_page_image(struct call *call, struct err *err)
{
    int64_t dpi;
    int result = web_number(call, "dpi", DPI_MIN, DPI_MAX, DPI_DEFAULT, &dpi, err);
    if (result < 0)
        return result;
    if (call->web->render == NULL)
        return err_set(err, ERR_UNSUPPORTED, "pages are not drawn here: there is no worker");
    int64_t pages = page_count(call->kase, call->item, err);
    if (pages < 0)
        return (int)pages;
    if (call->page > pages)
        return err_set(err, ERR_NOT_FOUND, "there is no such page");
    result = render_page(call->web->render, call->kase, call->item, call->page, (uint32_t)dpi,
                         &call->response->body, err);
    if (result < 0)
        return result;
    http_put_header(call->response, "Content-Type", "image/png");
    return 0;
}
