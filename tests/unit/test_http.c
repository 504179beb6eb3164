/* The HTTP server over real sockets: answers, limits, refusals, stopping under load. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/io.h"
#include "http/http.h"

enum { ANSWER_MAX = 256 << 10, THREADS = 3, BODY_MAX = 300 };

struct room {
    struct http_server *server;
    uint16_t port;
    int states;  /* made and not yet freed */
    int ones;    /* requests for "/one" that have a place */
    int at_most; /* of `ones` */
};

/* A file twice: the second takes the place of the first. */
static void put_test_file(struct http_response *response)
{
    for (int i = 0; i < 2; i++) {
        int file = memfd_create("body", MFD_CLOEXEC);
        assert_int_equal(io_write(file, "\0file", 5), 0);
        http_put_file(response, file, 5);
    }
}

/* Answers with what it understood of the request. */
static void echo(void *ctx, void *state, const struct http_request *request,
                 struct http_response *response)
{
    char cookie[8];
    const char *q = http_param(request, "q");

    (void)ctx;
    assert_non_null(state);
    if (q != NULL && strcmp(q, "slow") == 0)
        usleep(300 * 1000);
    http_put_header(response, "Content-Type", "text/plain");
    http_put_header(response, "X-Test", "yes");
    if (q != NULL && strcmp(q, "file") == 0) {
        put_test_file(response);
        return;
    }
    if (request->body.len > 0)
        buf_printf(&response->body, "%s|", request->body.data);
    buf_printf(&response->body, "%d|%s|%s|%s|%d", (int)request->method, request->path,
               q != NULL ? q : "-", http_cookie(request, "c", cookie, sizeof cookie) ? cookie : "-",
               request->malformed);
}

static int room_state_new(void *ctx, void **ret_state, struct err *err)
{
    struct room *room = ctx;
    (void)err;
    room->states++;
    *ret_state = &room->states;
    return 0;
}

static void room_state_free(void *state)
{
    --*(int *)state;
}

static void room_listening(void *ctx, const char *address, uint16_t port)
{
    struct room *room = ctx;
    assert_string_equal(address, "127.0.0.1");
    room->port = port;
}

static struct http_options options_of(struct room *room)
{
    return (struct http_options){
        .listen = "127.0.0.1:0",
        .threads = THREADS,
        .connections = 16,
        .queue = 8,
        .body_max = BODY_MAX,
        .listening = room_listening,
        .handle = echo,
        .state_new = room_state_new,
        .state_free = room_state_free,
        .ctx = room,
    };
}

static int start(void **state)
{
    struct room *room = mem_zalloc(1, sizeof *room);
    struct http_options options = options_of(room);
    struct err err = {0};

    *state = room;
    return http_server_start(&options, &room->server, &err);
}

static int stop(void **state)
{
    struct room *room = *state;
    http_server_stop(room->server);
    int states = room->states;
    free(room);
    return states;
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 10};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* Sends `len` bytes and reads until the server closes. */
static void ask_bytes(uint16_t port, const char *request, size_t len, struct buf *answer)
{
    CLEANUP(cleanup_fd) int fd = connect_to(port);
    buf_clear(answer);
    assert_int_equal(io_write(fd, request, len), 0);
    char *to = buf_reserve(answer, ANSWER_MAX - 1);
    ssize_t got = io_read(fd, to, ANSWER_MAX - 1);
    answer->len += got > 0 ? (size_t)got : 0;
    answer->data[answer->len] = '\0';
}

static void ask(uint16_t port, const char *first, const char *headers, struct buf *answer)
{
    char request[1024];
    int len =
        snprintf(request, sizeof request,
                 "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n", first, headers);
    ask_bytes(port, request, (size_t)len, answer);
}

static void assert_status(const struct buf *answer, int status)
{
    char line[32];
    snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    assert_memory_equal(answer->data, line, strlen(line));
}

static void assert_body(const struct buf *answer, const char *body)
{
    const char *end = strstr(answer->data, "\r\n\r\n");
    assert_non_null(end);
    assert_string_equal(end + 4, body);
}

static void test_answers(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;

    buf_init(&answer, ANSWER_MAX);
    ask(room->port, "GET /a/b?q=x%20y+z%D8%B3", "Cookie: a=1; c=2;d=3\r\n", &answer);
    assert_status(&answer, 200);
    assert_non_null(strstr(answer.data, "X-Test: yes\r\n"));
    assert_body(&answer, "0|/a/b|x y zس|2|0");

    ask(room->port, "HEAD /a", "", &answer);
    assert_status(&answer, 200);
    assert_body(&answer, "");

    ask(room->port, "DELETE /a?q", "Cookie: xc=1; c=12345678\r\n", &answer);
    assert_body(&answer, "3|/a||-|0");
}

static void test_malformed(void **state)
{
    static const char *const bad[] = {"GET /?q=%FF", "GET /?q=a%00b", "GET /?%C3=1"};
    struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;

    buf_init(&answer, ANSWER_MAX);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        ask(room->port, bad[i], "", &answer);
        assert_status(&answer, 200);
        assert_int_equal(answer.data[answer.len - 1], '1');
    }
}

/* In one part and in two; it ends where its announced length does. */
static void test_body(void **state)
{
    static const char head[] = "POST /a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;
    CLEANUP(cleanup_buf) struct buf request;
    CLEANUP(cleanup_buf) struct buf expected;

    buf_init(&answer, ANSWER_MAX);
    buf_init(&request, 4096);
    buf_init(&expected, 4096);
    for (int i = 0; i < BODY_MAX; i++)
        buf_append_char(&expected, (char)('a' + i % 26));
    buf_printf(&request, "%sContent-Length: %d\r\n\r\n%s", head, BODY_MAX, expected.data);
    ask_bytes(room->port, request.data, request.len, &answer);
    assert_status(&answer, 200);
    buf_append_str(&expected, "|2|/a|-|-|0");
    assert_body(&answer, expected.data);

    CLEANUP(cleanup_fd) int fd = connect_to(room->port);
    buf_clear(&request);
    buf_printf(&request, "%sContent-Length: 6\r\n\r\n", head);
    assert_int_equal(io_write(fd, request.data, request.len), 0);
    usleep(50 * 1000);
    assert_int_equal(io_write(fd, "abc", 3), 0);
    usleep(50 * 1000);
    assert_int_equal(io_write(fd, "def", 3), 0);
    buf_clear(&answer);
    char *to = buf_reserve(&answer, ANSWER_MAX - 1);
    ssize_t got = io_read(fd, to, ANSWER_MAX - 1);
    assert_true(got > 0);
    answer.len += (size_t)got;
    answer.data[answer.len] = '\0';
    assert_body(&answer, "abcdef|2|/a|-|-|0");
}

static void test_limits(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;
    CLEANUP(cleanup_buf) struct buf request;

    buf_init(&answer, ANSWER_MAX);
    ask(room->port, "POST /a", "Content-Length: 301\r\n", &answer);
    assert_status(&answer, 413);
    ask(room->port, "POST /a", "Content-Length: 99999999999999999999\r\n", &answer);
    assert_int_not_equal(memcmp(answer.data, "HTTP/1.1 200", 12), 0);
    ask(room->port, "POST /a", "Transfer-Encoding: chunked\r\n", &answer);
    assert_status(&answer, 411);
    ask(room->port, "POST /a", "Content-Length: 0\r\n", &answer);
    assert_status(&answer, 200);

    buf_init(&request, 1 << 20);
    buf_append_str(&request, "GET /?q=");
    for (int i = 0; i < 2 * HTTP_REQUEST_MAX; i++)
        buf_append_char(&request, 'a');
    buf_append_str(&request, " HTTP/1.1\r\nHost: x\r\n\r\n");
    ask_bytes(room->port, request.data, request.len, &answer);
    assert_null(strstr(answer.data, "aaaa"));

    /* Too many fields are said to be malformed. */
    buf_clear(&request);
    buf_append_str(&request, "GET /?q=1");
    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_printf(&request, "&p%d=1", i);
    ask(room->port, request.data, "", &answer);
    assert_int_equal(answer.data[answer.len - 1], '1');
}

static void *ask_slowly(void *arg)
{
    const struct room *room = arg;
    CLEANUP(cleanup_buf) struct buf answer;
    buf_init(&answer, ANSWER_MAX);
    ask(room->port, "GET /?q=slow", "", &answer);
    return strncmp(answer.data, "HTTP/1.1 200 ", 13) == 0 ? arg : NULL;
}

/* Slow answers run side by side, and a running one is given even when the server is told to stop.
 */
static void test_slow(void **state)
{
    struct room *room = *state;
    pthread_t threads[THREADS];
    struct timeval from;
    struct timeval to;

    gettimeofday(&from, NULL);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_slowly, room), 0);
    for (int i = 0; i < THREADS; i++) {
        void *good;
        pthread_join(threads[i], &good);
        assert_non_null(good);
    }
    gettimeofday(&to, NULL);
    long ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_usec - from.tv_usec) / 1000;
    assert_in_range(ms, 290, 800);

    assert_int_equal(pthread_create(&threads[0], NULL, ask_slowly, room), 0);
    usleep(100 * 1000);
    http_server_stop(room->server);
    room->server = NULL;
    void *good;
    pthread_join(threads[0], &good);
    assert_non_null(good);
    assert_int_equal(room->states, 0);
}

/* One "/one" at a time. */
static int enter_one(void *ctx, const struct http_request *request)
{
    struct room *room = ctx;

    if (strcmp(request->path, "/one") != 0)
        return 0;
    if (room->ones > 0)
        return -1;
    room->ones++;
    room->at_most = room->ones > room->at_most ? room->ones : room->at_most;
    return 1;
}

static void leave_one(void *ctx, int place)
{
    struct room *room = ctx;

    room->ones -= place;
}

static int start_with_places(void **state)
{
    struct room *room = mem_zalloc(1, sizeof *room);
    struct http_options options = options_of(room);
    struct err err = {0};

    options.enter = enter_one;
    options.left = leave_one;
    *state = room;
    return http_server_start(&options, &room->server, &err);
}

static void *ask_one(void *arg)
{
    const struct room *room = arg;
    CLEANUP(cleanup_buf) struct buf answer;

    buf_init(&answer, ANSWER_MAX);
    ask(room->port, "GET /one?q=slow", "", &answer);
    return strncmp(answer.data, "HTTP/1.1 200 ", 13) == 0 ? arg : NULL;
}

/* Those without a place wait and are answered all the same; others pass them. */
static void test_places(void **state)
{
    struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;
    pthread_t threads[THREADS + 1];

    buf_init(&answer, ANSWER_MAX);
    for (int i = 0; i <= THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_one, room), 0);
    usleep(100 * 1000);
    ask(room->port, "GET /other", "", &answer);
    assert_status(&answer, 200);
    for (int i = 0; i <= THREADS; i++) {
        void *good;
        pthread_join(threads[i], &good);
        assert_non_null(good);
    }
    http_server_stop(room->server);
    room->server = NULL;
    assert_int_equal(room->at_most, 1);
    assert_int_equal(room->ones, 0);
}

static void test_addresses(void **state)
{
    static const struct {
        const char *listen;
        int code;
    } bad[] = {
        {"127.0.0.1", ERR_USAGE},
        {"example.org:80", ERR_USAGE},
        {"127.0.0.1:99999", ERR_USAGE},
        {"127.0.0.1:-1", ERR_USAGE},
        {"0.0.0.0:0", ERR_USAGE},
        {"192.0.2.1:0", ERR_USAGE},
        {"[2001:db8::1]:0", ERR_USAGE},
        {"[::]:0", ERR_USAGE},
        {"", ERR_USAGE},
        {":80", ERR_USAGE},
    };
    struct room room = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct http_options options = options_of(&room);
        struct http_server *server;
        struct err err = {0};
        options.listen = bad[i].listen;
        assert_int_equal(http_server_start(&options, &server, &err), bad[i].code);
        assert_true(err.message[0] != '\0');
    }
}

static void test_in_use(void **state)
{
    struct room *room = *state;
    struct room second = {0};
    struct http_options options = options_of(&second);
    struct http_server *server;
    struct err err = {0};
    char address[32];

    snprintf(address, sizeof address, "127.0.0.1:%u", (unsigned)room->port);
    options.listen = address;
    assert_int_equal(http_server_start(&options, &server, &err), ERR_EXISTS);
    assert_int_equal(second.states, 0);
}

static int open_files(void)
{
    int count = 0;

    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Also when nobody reads the whole of it, no file stays open. */
static void test_file(void **state)
{
    const struct room *room = *state;
    CLEANUP(cleanup_buf) struct buf answer;

    buf_init(&answer, ANSWER_MAX);
    ask(room->port, "GET /?q=file", "", &answer);
    int files = open_files();
    for (int i = 0; i < 20; i++) {
        ask(room->port, i % 2 ? "GET /?q=file" : "HEAD /?q=file", "", &answer);
        assert_status(&answer, 200);
        assert_non_null(strstr(answer.data, "Content-Length: 5\r\n"));
        if (i % 2)
            assert_memory_equal(answer.data + answer.len - 9, "\r\n\r\n\0file", 9);
    }
    assert_in_range(open_files(), 0, files + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_answers, start, stop),
        cmocka_unit_test_setup_teardown(test_file, start, stop),
        cmocka_unit_test_setup_teardown(test_malformed, start, stop),
        cmocka_unit_test_setup_teardown(test_body, start, stop),
        cmocka_unit_test_setup_teardown(test_limits, start, stop),
        cmocka_unit_test_setup_teardown(test_slow, start, stop),
        cmocka_unit_test_setup_teardown(test_places, start_with_places, stop),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test_setup_teardown(test_in_use, start, stop),
    };
    return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
