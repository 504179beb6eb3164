/* The reading room without a case: who may come in, which route a path is, offsets for JavaScript.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "web/boxes.h"
#include "web/routes.h"
#include "web/utf16.h"

static struct http_request request_with(const char *name, const char *value)
{
    struct http_request request = {.method = HTTP_GET};
    if (value != NULL) {
        request.headers[0] = (struct http_field){name, value};
        request.header_count = 1;
    }
    return request;
}

static void test_token_once(void **state)
{
    struct session session;
    struct err err = {0};
    CLEANUP(cleanup_buf) struct buf address;
    CLEANUP(cleanup_buf) struct buf cookie;

    (void)state;
    buf_init(&address, 256);
    buf_init(&cookie, 256);
    assert_int_equal(session_init(&session, &err), 0);
    session_set_address(&session, "127.0.0.1", 7766);
    session_print_address(&session, &address);
    assert_memory_equal(address.data, "http://127.0.0.1:7766/?t=", 25);
    const char *token = address.data + 25;
    assert_int_equal(strlen(token), 2 * TOKEN_BYTES);

    assert_false(session_enter(&session, "", &cookie, &err));
    assert_false(session_enter(&session, "0123456789abcdef0123456789abcdef", &cookie, &err));
    assert_int_equal(cookie.len, 0);
    struct http_request none = request_with("Cookie", "sanad7766=");
    assert_false(session_holds(&session, &none));

    assert_true(session_enter(&session, token, &cookie, &err));
    assert_non_null(strstr(cookie.data, "; HttpOnly; SameSite=Strict"));
    assert_false(session_enter(&session, token, &address, &err));
    assert_false(session_enter(&session, "", &address, &err));

    *strchr(cookie.data, ';') = '\0';
    struct http_request good = request_with("Cookie", cookie.data);
    assert_true(session_holds(&session, &good));
    cookie.data[strlen(cookie.data) - 1] ^= 1;
    assert_false(session_holds(&session, &good));
    cookie.data[strlen(cookie.data) - 1] ^= 1;
    session_leave(&session);
    assert_false(session_holds(&session, &good));
    session_release(&session);
}

static void assert_host(const char *address, const char *host, bool fits)
{
    struct session session = {0};
    session_set_address(&session, address, 7766);
    struct http_request request = request_with("Host", host);
    assert_int_equal(session_host_fits(&session, &request), fits);
}

static void test_host(void **state)
{
    (void)state;
    assert_host("127.0.0.1", "127.0.0.1:7766", true);
    assert_host("127.0.0.1", "localhost:7766", true);
    assert_host("127.0.0.1", "LOCALHOST:7766", true);
    assert_host("127.0.0.1", NULL, false);
    assert_host("127.0.0.1", "127.0.0.1", false);
    assert_host("127.0.0.1", "127.0.0.1:80", false);
    assert_host("127.0.0.1", "127.0.0.1:77660", false);
    assert_host("127.0.0.1", "127.0.0.2:7766", false);
    assert_host("127.0.0.1", "rebound.example:7766", false);
    assert_host("127.0.0.1", "127.0.0.1.example:7766", false);
    assert_host("::1", "[::1]:7766", true);
    assert_host("::1", "::1:7766", false);
    assert_host("0.0.0.0", "192.0.2.7:7766", true);
    assert_host("0.0.0.0", "192.0.2.7:80", false);
    assert_host("0.0.0.0", "rebound.example:7766", false);
    assert_host("::", "[2001:db8::7]:7766", true);
    assert_host("::", ":7766", false);
    assert_host("::", "[]:7766", false);
}

static void assert_origin(enum http_method method, const char *site, const char *origin, bool fits)
{
    struct session session = {0};
    struct http_request request = {.method = method};

    session_set_address(&session, "127.0.0.1", 7766);
    if (site != NULL)
        request.headers[request.header_count++] = (struct http_field){"Sec-Fetch-Site", site};
    if (origin != NULL)
        request.headers[request.header_count++] = (struct http_field){"Origin", origin};
    assert_int_equal(session_origin_fits(&session, &request), fits);
}

static void test_origin(void **state)
{
    (void)state;
    assert_origin(HTTP_GET, NULL, NULL, true);
    assert_origin(HTTP_GET, "none", NULL, true);
    assert_origin(HTTP_GET, "same-origin", NULL, true);
    assert_origin(HTTP_GET, "same-site", NULL, false);
    assert_origin(HTTP_GET, "cross-site", NULL, false);
    assert_origin(HTTP_GET, NULL, "http://evil.example", false);
    assert_origin(HTTP_POST, NULL, NULL, false);
    assert_origin(HTTP_POST, "none", NULL, false);
    assert_origin(HTTP_POST, "same-origin", NULL, true);
    assert_origin(HTTP_POST, NULL, "http://127.0.0.1:7766", true);
    assert_origin(HTTP_POST, NULL, "http://127.0.0.1:7767", false);
    assert_origin(HTTP_POST, "same-origin", "http://127.0.0.1:7767", false);
    assert_origin(HTTP_POST, NULL, "https://127.0.0.1:7766", false);
    assert_origin(HTTP_POST, NULL, "null", false);
}

static const char *found(enum http_method method, const char *path, struct call *call)
{
    const char *allow;
    struct http_request request = {.method = method, .path = path};
    *call = (struct call){0};
    const struct route *route = route_find(&request, call, &allow);
    return route != NULL ? route->path : allow;
}

static void test_routes(void **state)
{
    struct call call;

    (void)state;
    assert_string_equal(found(HTTP_GET, "/", &call), "/");
    assert_string_equal(found(HTTP_HEAD, "/api/v1/status", &call), "/api/v1/status");
    assert_string_equal(found(HTTP_GET, "/api/v1/items/12/pages/3", &call),
                        "/api/v1/items/:item/pages/:page");
    assert_int_equal(call.item, 12);
    assert_int_equal(call.page, 3);
    assert_string_equal(found(HTTP_GET, "/api/v1/items/99999999999", &call), "/api/v1/items/:item");
    assert_string_equal(found(HTTP_POST, "/api/v1/status", &call), "GET, HEAD");
    assert_string_equal(found(HTTP_GET, "/api/v1/leave", &call), "POST");
    assert_string_equal(found(HTTP_OTHER, "/", &call), "GET, HEAD");
    assert_string_equal(found(HTTP_GET, "/api/v1/names/review", &call), "/api/v1/names/review");
    assert_string_equal(found(HTTP_GET, "/api/v1/names/7/company", &call),
                        "/api/v1/names/:name/company");
    assert_int_equal(call.name, 7);
    assert_string_equal(found(HTTP_OTHER, "/api/v1/decisions", &call), "GET, HEAD, POST");
}

/* Whatever writes to the case is a POST of a session; bodies are of POSTs and have a cap. */
static void test_writers(void **state)
{
    size_t count = 0;

    (void)state;
    for (const struct route *route = routes; route->path != NULL; route++, count++) {
        assert_true(route->body <= WEB_BODY_MAX);
        assert_true(route->body == 0 || route->method == HTTP_POST);
        if (route->effect != WRITES_CASE)
            continue;
        assert_int_equal(route->method, HTTP_POST);
        assert_int_equal(route->access, ACCESS_SESSION);
    }
    assert_true(count < ROUTES_MAX);
}

static void test_no_route(void **state)
{
    static const char *const paths[] = {
        "",
        "//",
        "/api",
        "/api/v1/",
        "/api/v1/status/",
        "/api/v2/status",
        "/api/v1/items",
        "/api/v1/items/",
        "/api/v1/items/0",
        "/api/v1/items/-1",
        "/api/v1/items/+1",
        "/api/v1/items/01",
        "/api/v1/items/1x",
        "/api/v1/items/999999999999",
        "/api/v1/items/../status",
        "/api/v1/items/1/pages/4294967296",
        "/api/v1/items/1/pages/0/image",
        "/api/v1/names/0",
        "/api/v1/names/review/1",
        "/api/v1/names/1/nothing",
        "/../../etc/passwd",
    };
    struct call call;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        assert_string_equal(found(HTTP_GET, paths[i], &call), "");
}

/* Against a count done the simple way, at every byte. */
static void test_utf16(void **state)
{
    CLEANUP(cleanup_buf) struct buf text;
    struct utf16_map map;

    (void)state;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < 300; i++)
        buf_append_str(&text, i % 3 == 0 ? "سند" : i % 3 == 1 ? "a\xF0\x9F\x93\x84" : "é€x");
    utf16_map_init(&map, text.data, text.len);
    uint32_t units = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte & 0xC0) == 0x80)
            continue;
        assert_int_equal(utf16_at(&map, i), units);
        assert_int_equal(utf16_byte(text.data, text.len, units), i);
        if (i + 1 < text.len && ((unsigned char)text.data[i + 1] & 0xC0) == 0x80)
            assert_int_equal(utf16_at(&map, i + 1), units);
        units += byte >= 0xF0 ? 2 : 1;
    }
    assert_int_equal(utf16_at(&map, text.len), units);
    assert_int_equal(utf16_at(&map, text.len + 99), units);
    assert_int_equal(utf16_byte(text.data, text.len, units), text.len);
    assert_int_equal(utf16_byte(text.data, text.len, units + 1), text.len + 1);
    utf16_map_release(&map);

    utf16_map_init(&map, "", 0);
    assert_int_equal(utf16_at(&map, 0), 0);
    utf16_map_release(&map);
}

static void test_boxes(void **state)
{
    /* Three words, in another order than the text's; "bb" is marked, and "cc" with what follows. */
    const struct word_box words[] = {
        {.at = 6, .len = 2, .x0 = 5, .y0 = 6, .x1 = 7, .y1 = 8},
        {.at = 0, .len = 2, .x0 = 1, .y0 = 1, .x1 = 2, .y1 = 2},
        {.at = 3, .len = 2, .x0 = 3, .y0 = 3, .x1 = 4, .y1 = 4},
    };
    const struct page page = {
        .text = "aa bb cc dd", .text_len = 11, .words = words, .word_count = 3};
    const struct mark marks[] = {{3, 2, false}, {6, 5, false}, {9, 2, false}};
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, 1 << 16);
    json_start(&json, &out);
    boxes_put(&json, NULL, &page, marks, ARRAY_LEN(marks));
    assert_string_equal(out.data, "[[0,3,3,4,4],[1,5,6,7,8]]");
}

static void test_words(void **state)
{
    /* "سلام" has eight bytes and four units; the words come in another order than the text's. */
    const struct word_box words[] = {
        {.at = 9, .len = 2, .x0 = 5, .y0 = 6, .x1 = 7, .y1 = 8, .confidence = CONFIDENCE_NONE},
        {.at = 0, .len = 8, .x0 = 1, .y0 = 2, .x1 = 3, .y1 = 4, .confidence = 71},
    };
    const struct page page = {
        .text = "سلام bb", .text_len = 11, .words = words, .word_count = ARRAY_LEN(words)};
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, 1 << 16);
    json_start(&json, &out);
    words_put(&json, NULL, &page);
    assert_string_equal(out.data, "[[0,4,1,2,3,4,71],[5,7,5,6,7,8,-1]]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_once), cmocka_unit_test(test_host),
        cmocka_unit_test(test_origin),     cmocka_unit_test(test_routes),
        cmocka_unit_test(test_writers),    cmocka_unit_test(test_no_route),
        cmocka_unit_test(test_utf16),      cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
