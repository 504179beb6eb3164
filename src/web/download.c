#include "web/download.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    STREAM_ROOM = 256 << 10,
    CSV_FLUSH = 32 << 10,
    CSV_ROW_MAX = 1 << 20,
    HEADER_MAX = 256,
};

bool download_admit(struct call *call)
{
    if (atomic_fetch_add(&call->web->downloads, 1) < DOWNLOADS_MAX)
        return true;
    download_give_up(call);
    http_put_header(call->response, "Retry-After", "1");
    web_refuse(call->response, 429, "busy", "too many of these at a time; ask again");
    return false;
}

void download_give_up(struct call *call)
{
    atomic_fetch_sub(&call->web->downloads, 1);
}

struct sending {
    struct download download;
    struct http_stream *stream;
    atomic_uint *running;
};

static void send_all(void *ctx, void *state)
{
    struct sending *sending = ctx;
    const struct web_thread *thread = state;
    const struct download *download = &sending->download;
    struct err err = {0};

    if (download->write(download->ctx, thread->kase, sending->stream, &err) == 0)
        http_stream_end(sending->stream);
    else
        http_stream_break(sending->stream);
    download->drop(download->ctx);
    atomic_fetch_sub(sending->running, 1);
    free(sending);
}

void download_start(struct call *call, const struct download *download)
{
    CLEANUP(cleanup_buf) struct buf disposition = {0};

    buf_init(&disposition, HEADER_MAX);
    (void)buf_printf(&disposition, "attachment; filename=\"%s\"", download->name);
    http_put_header(call->response, "Content-Type", download->type);
    http_put_header(call->response, "Content-Disposition", disposition.data);
    if (call->request->method == HTTP_HEAD) {
        download->drop(download->ctx);
        download_give_up(call);
        return;
    }
    struct sending *sending = mem_zalloc(1, sizeof *sending);
    sending->download = *download;
    sending->running = &call->web->downloads;
    sending->stream = http_stream_new(call->response, STREAM_ROOM);
    call->response->produce = send_all;
    call->response->produce_ctx = sending;
}

/* ---- CSV ---- */

void csv_stream_start(struct csv_stream *rows, struct http_stream *stream)
{
    *rows = (struct csv_stream){.stream = stream};
    buf_init(&rows->out, CSV_FLUSH + CSV_ROW_MAX);
    csv_start(&rows->csv, &rows->out);
}

static int flush(struct csv_stream *rows)
{
    int result = http_stream_write(rows->stream, rows->out.data, rows->out.len);

    buf_clear(&rows->out);
    return result;
}

int csv_stream_row(struct csv_stream *rows)
{
    if (rows->out.full)
        return ERR_LIMIT;
    return rows->out.len > CSV_FLUSH ? flush(rows) : 0;
}

int csv_stream_end(struct csv_stream *rows, int result)
{
    if (result == 0)
        result = flush(rows);
    buf_release(&rows->out);
    return result;
}
