#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/http.h"
#include "http/listen.h"
#include "http/pool.h"
#include "http/request.h"
#include "http/stream_send.h"

/*
 * libmicrohttpd's one thread reads requests; each becomes a task, its connection is suspended until
 * a pool thread has answered, and then resumed to send the answer.
 */

struct http_server {
    struct MHD_Daemon *daemon;
    struct pool *pool;
    struct streams *streams;
    struct listening listening;
    size_t body_max;
};

static struct task *task_new(const struct http_server *server, struct MHD_Connection *connection,
                             const char *method, const char *path)
{
    struct task *task = mem_zalloc(1, sizeof *task);
    request_read(&task->request, connection, method, path, server->body_max);
    response_init(&task->response);
    task->connection = connection;
    return task;
}

static void task_free(struct task *task)
{
    request_release(&task->request);
    response_release(&task->response);
    free(task);
}

static void task_refuse(struct task *task, int status, const char *why)
{
    task->response.status = status;
    http_put_header(&task->response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; charset=utf-8");
    buf_append_str(&task->response.body, why);
    task->answered = true;
}

static void task_done(struct task *task)
{
    MHD_resume_connection(task->connection);
}

/* The answer to a body that is too large comes before it: the connection is closed behind it. */
static void refuse_body(struct task *task)
{
    int status = request_refuses_body(&task->request);
    if (status == MHD_HTTP_LENGTH_REQUIRED)
        task_refuse(task, status, "the length of the body is missing\n");
    else if (status != 0)
        task_refuse(task, status, "the body is too large\n");
}

/* The first call brings the headers, those that follow parts of the body, the next says that the
 * request is complete, the last comes after the answer. */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    struct http_server *server = cls;
    struct task *task = *state;

    (void)version;
    if (task == NULL) {
        task = *state = task_new(server, connection, method, path);
        refuse_body(task);
        if (!task->answered)
            return MHD_YES;
    }
    if (*upload_size > 0) {
        int kept = buf_append(&task->request.body, upload, *upload_size);
        *upload_size = 0;
        return kept == 0 ? MHD_YES : MHD_NO;
    }
    if (!task->answered) {
        MHD_suspend_connection(connection);
        if (pool_add(server->pool, task))
            return MHD_YES;
        MHD_resume_connection(connection);
        task_refuse(task, MHD_HTTP_SERVICE_UNAVAILABLE, "too many requests at a time\n");
        return MHD_YES;
    }
    if (task->response.stream != NULL)
        streams_add(server->streams, task->response.stream);
    return response_send(&task->response, connection) ? MHD_YES : MHD_NO;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why)
{
    (void)cls;
    (void)connection;
    (void)why;
    if (*state != NULL)
        task_free(*state);
    *state = NULL;
}

/* No NUL comes of an escaped one: behind it a path would end for C and go on for who sent it. Such
 * a text is made one that is not UTF-8, which is refused. */
static size_t unescape(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    for (char *at = text; (at = strstr(at, "%00")) != NULL; at += 3)
        at[1] = at[2] = 'f';
    return MHD_http_unescape(text);
}

/* By poll: with epoll the library overlooks an end that comes together with the last bytes, and
 * whoever says half of a request and goes would keep a connection until the time is over. */
static struct MHD_Daemon *daemon_start(struct http_server *server, unsigned connections)
{
    return MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_PEDANTIC_CHECKS, 0, NULL,
        NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, server->listening.fd,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_TIMEOUT_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HTTP_REQUEST_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK,
        unescape, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
}

int http_server_start(const struct http_options *options, struct http_server **ret_server,
                      struct err *err)
{
    struct http_server *server = mem_zalloc(1, sizeof *server);
    server->listening.fd = -1;
    server->body_max = options->body_max;
    server->streams = streams_new();
    int result = listen_on(options->listen, options->allow_remote, &server->listening, err);
    if (result == 0)
        result = pool_new(options, task_done, &server->pool, err);
    if (result == 0) {
        options->listening(options->ctx, server->listening.address, server->listening.port);
        server->daemon = daemon_start(server, options->connections);
        if (server->daemon == NULL)
            result = err_set(err, ERR_IO, "cannot start the HTTP server");
    }
    if (result < 0) {
        http_server_stop(server);
        return result;
    }
    *ret_server = server;
    return 0;
}

void http_server_stop(struct http_server *server)
{
    if (server == NULL)
        return;
    /* No new connections first, then no suspended ones: libmicrohttpd insists on that order. Who
     * writes a stream would otherwise go on for as long as its reader takes. */
    if (server->daemon != NULL)
        MHD_quiesce_daemon(server->daemon);
    streams_stop(server->streams);
    pool_stop(server->pool);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    pool_free(server->pool);
    streams_free(server->streams);
    if (server->listening.fd >= 0)
        close(server->listening.fd);
    free(server);
}
