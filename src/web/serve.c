#include "web/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "http/http.h"
#include "web/named.h"
#include "web/news.h"
#include "web/recent.h"
#include "web/retry.h"
#include "web/routes.h"

enum { THREADS = 6, CONNECTIONS = 64, QUEUE = 64 };

static int thread_new(void *ctx, void **ret_state, struct err *err)
{
    const struct web *web = ctx;
    struct web_thread *thread = mem_zalloc(1, sizeof *thread);
    int result = case_open_reader(web->kase, &thread->kase, err);
    if (result < 0) {
        free(thread);
        return result;
    }
    *ret_state = thread;
    return 0;
}

static void thread_free(void *state)
{
    struct web_thread *thread = state;
    case_close(thread->kase);
    free(thread);
}

static void answer(void *ctx, void *state, const struct http_request *request,
                   struct http_response *response)
{
    routes_answer(ctx, state, request, response);
}

static void on_listening(void *ctx, const char *address, uint16_t port)
{
    struct web *web = ctx;
    session_set_address(&web->session, address, port);
}

static void announce(const struct web *web, const struct web_options *options)
{
    CLEANUP(cleanup_buf) struct buf address = {0};
    buf_init(&address, 256);
    session_print_address(&web->session, &address);
    options->ready(options->ctx, address.data);
    explicit_bzero(address.data, address.len);
}

/* Serves until one of `signals` comes; they are blocked. */
static int serve(struct web *web, const struct web_options *options, const sigset_t *signals,
                 struct err *err)
{
    struct http_options http = {
        .listen = options->listen,
        .allow_remote = options->allow_remote,
        .threads = THREADS,
        .connections = CONNECTIONS,
        .queue = QUEUE,
        .body_max = WEB_BODY_MAX,
        .listening = on_listening,
        .handle = answer,
        .enter = routes_enter,
        .left = routes_left,
        .state_new = thread_new,
        .state_free = thread_free,
        .ctx = web,
    };
    struct http_server *server;
    int came;
    web->retry = retry_new(web->kase, options->derivers);
    int result = news_start(web->kase, &web->news, err);
    if (result == 0)
        result = named_new(web->kase, &web->named, err);
    if (result == 0)
        result = recent_start(web->kase, &web->recent, err);
    if (result == 0)
        result = http_server_start(&http, &server, err);
    if (result == 0) {
        announce(web, options);
        sigwait(signals, &came);
        http_server_stop(server);
    }
    retry_free(web->retry);
    news_stop(web->news);
    named_free(web->named);
    recent_stop(web->recent);
    return result;
}

int web_serve(struct sanad_case *kase, const struct web_options *options, struct err *err)
{
    struct web web = {.kase = kase,
                      .render = options->render,
                      .who = options->who,
                      .read_langs = options->read_langs};
    sigset_t signals;
    sigset_t before;
    int result = session_init(&web.session, err);
    pthread_mutex_init(&web.writing, NULL);
    parcels_init(&web.parcels);

    if (result == 0) {
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals, &before);
        result = serve(&web, options, &signals, err);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_mutex_destroy(&web.writing);
    parcels_release(&web.parcels);
    session_release(&web.session);
    return result;
}
