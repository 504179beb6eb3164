/* Answers that are written while they are sent, over real sockets. */
#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "http/http.h"
#include "http/stream.h"

enum { ROOM = 4096, LARGE = 3 << 20, ANSWER_MAX = 8 << 20 };

struct room {
    struct http_server *server;
    uint16_t port;
    pthread_mutex_t lock;
    struct http_stream *listener; /* of "/listen", for the test to write to */
    int produced;                 /* what the writer of "/large" came to */
};

static void produce_large(void *ctx, void *state)
{
    struct http_stream *stream = *(void **)ctx;
    struct room *room = state;
    char part[10000];

    memset(part, 'x', sizeof part);
    int result = 0;
    for (size_t sent = 0; result == 0 && sent < LARGE; sent += sizeof part)
        result = http_stream_write(stream, part, sizeof part);
    room->produced = result;
    http_stream_end(stream);
    free(ctx);
}

static void answer(void *ctx, void *state, const struct http_request *request,
                   struct http_response *response)
{
    struct room *room = ctx;
    struct http_stream *stream = http_stream_new(response, ROOM);

    (void)state;
    if (strcmp(request->path, "/large") == 0) {
        void **kept = mem_alloc(sizeof(void *));
        *kept = stream;
        response->produce = produce_large;
        response->produce_ctx = kept;
    } else if (strcmp(request->path, "/broken") == 0) {
        assert_int_equal(http_stream_put(stream, "part", 4), 0);
        http_stream_break(stream);
    } else {
        pthread_mutex_lock(&room->lock);
        room->listener = stream;
        pthread_mutex_unlock(&room->lock);
    }
}

static int room_state_new(void *ctx, void **ret_state, struct err *err)
{
    (void)err;
    *ret_state = ctx;
    return 0;
}

static void room_state_free(void *state)
{
    (void)state;
}

static void room_listening(void *ctx, const char *address, uint16_t port)
{
    struct room *room = ctx;

    (void)address;
    room->port = port;
}

static int start(void **state)
{
    struct room *room = mem_zalloc(1, sizeof *room);
    struct err err = {0};
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .threads = 2,
                                         .connections = 16,
                                         .queue = 8,
                                         .listening = room_listening,
                                         .handle = answer,
                                         .state_new = room_state_new,
                                         .state_free = room_state_free,
                                         .ctx = room};

    pthread_mutex_init(&room->lock, NULL);
    *state = room;
    return http_server_start(&options, &room->server, &err);
}

static int stop(void **state)
{
    struct room *room = *state;

    http_server_stop(room->server);
    if (room->listener != NULL)
        http_stream_end(room->listener);
    pthread_mutex_destroy(&room->lock);
    free(room);
    return 0;
}

static int ask(uint16_t port, const char *path)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval patience = {.tv_sec = 10};
    CLEANUP(cleanup_buf) struct buf request = {0};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    buf_init(&request, 1024);
    buf_printf(&request, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path);
    assert_int_equal(io_write(fd, request.data, request.len), 0);
    return fd;
}

static struct http_stream *listener_of(struct room *room)
{
    for (;;) {
        pthread_mutex_lock(&room->lock);
        struct http_stream *stream = room->listener;
        pthread_mutex_unlock(&room->lock);
        if (stream != NULL)
            return stream;
        usleep(1000);
    }
}

/* Reads until `words` have come. */
static void await_words(int fd, const char *words)
{
    char seen[4096];
    size_t len = 0;

    seen[0] = '\0';
    while (strstr(seen, words) == NULL) {
        ssize_t got = read(fd, seen + len, sizeof seen - 1 - len);
        assert_true(got > 0);
        len += (size_t)got;
        seen[len] = '\0';
    }
}

static void test_events(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_fd) int fd = ask(room->port, "/listen");
    struct http_stream *stream = listener_of(room);

    for (int i = 0; i < 3; i++) {
        assert_int_equal(http_stream_put(stream, "news!", 5), 0);
        await_words(fd, "news!");
    }
}

/* The reader takes nothing: what does not fit is refused, nothing waits. */
static void test_too_slow(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_fd) int fd UNUSED = ask(room->port, "/listen");
    struct http_stream *stream = listener_of(room);
    char part[ROOM];
    int result = 0;

    memset(part, 'x', sizeof part);
    for (int i = 0; i < 100000 && result == 0; i++)
        result = http_stream_put(stream, part, sizeof part);
    assert_int_equal(result, ERR_LIMIT);
}

static void test_large(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_free) char *got = mem_alloc(ANSWER_MAX);
    CLEANUP(cleanup_fd) int fd = ask(room->port, "/large");
    ssize_t len = io_read(fd, got, ANSWER_MAX);
    size_t letters = 0;

    assert_true(len > 0);
    const char *body = memmem(got, (size_t)len, "\r\n\r\n", 4);
    assert_non_null(body);
    for (const char *at = body; at < got + len; at++)
        letters += *at == 'x';
    assert_int_equal(letters, (LARGE + 9999) / 10000 * 10000);
    assert_memory_equal(got + len - 5, "0\r\n\r\n", 5);
}

static void test_broken(void **state)
{
    struct room *room = *state;
    char got[4096];
    CLEANUP(cleanup_fd) int fd = ask(room->port, "/broken");
    ssize_t len = io_read(fd, got, sizeof got);

    /* without the chunk that ends it */
    assert_false(len >= 5 && memcmp(got + len - 5, "0\r\n\r\n", 5) == 0);
}

/* A server that ends waits for no reader. */
static void test_ends(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_fd) int large UNUSED = ask(room->port, "/large");
    CLEANUP(cleanup_fd) int listening UNUSED = ask(room->port, "/listen");
    struct http_stream *stream = listener_of(room);

    http_server_stop(room->server);
    room->server = NULL;
    assert_int_equal(http_stream_put(stream, "late", 4), ERR_INTERRUPTED);
    assert_int_equal(room->produced, ERR_INTERRUPTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_events, start, stop),
        cmocka_unit_test_setup_teardown(test_too_slow, start, stop),
        cmocka_unit_test_setup_teardown(test_large, start, stop),
        cmocka_unit_test_setup_teardown(test_broken, start, stop),
        cmocka_unit_test_setup_teardown(test_ends, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
