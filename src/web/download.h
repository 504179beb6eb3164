/*
 * Files that are written while they are sent, for what is too large for memory. A file that is not
 * whole breaks off, and the browser says so. Each keeps a thread, so few are written at a time.
 */
#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include "fmt/csv.h"
#include "http/stream.h"
#include "web/web.h"

enum { DOWNLOADS_MAX = 2 };

/* What to send, made by who answers and freed by `drop` in the end, whatever happens. */
struct download {
    const char *type, *name; /* constant: media type, and the file's name */
    /* In the same thread, once the answer is on its way: the request is gone. */
    int (*write)(void *ctx, struct sanad_case *kase, struct http_stream *stream, struct err *err);
    void (*drop)(void *ctx);
    void *ctx;
};

/* Whether one more may be sent now; takes its place, which download_start gives up in the end. If
 * not, the answer is 429 already. */
bool download_admit(struct call *call);
void download_give_up(struct call *call);

/* Makes the answer a download; for HEAD only its head. */
void download_start(struct call *call, const struct download *download);

/* ---- CSV ---- */

/* Rows that are sent as they come. */
struct csv_stream {
    struct http_stream *stream;
    struct buf out;
    struct csv_writer csv;
};

void csv_stream_start(struct csv_stream *rows, struct http_stream *stream);
/* After each row. ERR_LIMIT for a row that is too long. */
int csv_stream_row(struct csv_stream *rows);
/* Sends what is left, unless `result` says that it is not whole; frees, and returns that. */
int csv_stream_end(struct csv_stream *rows, int result);

#endif
