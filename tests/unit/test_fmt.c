/* Output formats: whatever the strings hold, the output is well formed. */
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "fmt/csv.h"
#include "fmt/json.h"
#include "fmt/json_read.h"

enum { CAP = 1 << 16 };

static void test_json_shape(void **state)
{
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, CAP);
    json_start(&json, &out);
    json_open_object(&json, NULL);
    json_put_str(&json, "a", "x");
    json_put_int(&json, "b", INT64_MIN);
    json_open_array(&json, "c");
    json_put_bool(&json, NULL, true);
    json_put_null(&json, NULL);
    json_open_object(&json, NULL);
    json_close_object(&json);
    json_close_array(&json);
    json_put_real(&json, "d", 1.25, 1);
    json_put_real(&json, "e", NAN, 1);
    json_put_str(&json, "f", NULL);
    json_close_object(&json);
    json_end_line(&json);
    assert_string_equal(out.data, "{\"a\":\"x\",\"b\":-9223372036854775808,\"c\":[true,null,{}],"
                                  "\"d\":1.2,\"e\":null,\"f\":null}\n");
}

/* Every byte in a string comes back through another program's parser. */
static void test_json_strings(void **state)
{
    const char text[] = "\"\\/\b\f\n\r\t\x01\x1F\x7F\xC2\x9Bسند \xF0\x9F\x93\x84";
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, CAP);
    json_start(&json, &out);
    json_open_array(&json, NULL);
    json_put_str_len(&json, NULL, text, strlen(text));
    json_put_str_len(&json, NULL, "nul\0nul", 7);
    json_close_array(&json);
    assert_null(strpbrk(out.data, "\x01\x1F\x7F\n\r\t"));
    assert_null(strstr(out.data, "\xC2\x9B"));

    json_t *parsed = json_loadb(out.data, out.len, JSON_ALLOW_NUL, NULL);
    assert_non_null(parsed);
    assert_string_equal(json_string_value(json_array_get(parsed, 0)), text);
    assert_int_equal(json_string_length(json_array_get(parsed, 1)), 7);
    json_decref(parsed);
}

static void test_json_broken_utf8(void **state)
{
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, CAP);
    for (int byte = 1; byte < 256; byte++) {
        const char text[] = {'a', (char)byte, 'b', '\0'};
        buf_clear(&out);
        json_start(&json, &out);
        json_put_str(&json, NULL, text);
        assert_true(utf8_valid(out.data, out.len));
        json_t *parsed = json_loadb(out.data, out.len, JSON_DECODE_ANY, NULL);
        assert_non_null(parsed);
        if (byte >= 0x80)
            assert_string_equal(json_string_value(parsed), "a\xEF\xBF\xBD"
                                                           "b");
        json_decref(parsed);
    }
}

static void test_json_cap(void **state)
{
    CLEANUP(cleanup_buf) struct buf out;
    struct json_writer json;

    (void)state;
    buf_init(&out, 16);
    json_start(&json, &out);
    json_put_str(&json, NULL, "longer than sixteen bytes");
    assert_true(out.full);
}

static void test_csv(void **state)
{
    CLEANUP(cleanup_buf) struct buf out;
    struct csv_writer csv;

    (void)state;
    buf_init(&out, CAP);
    csv_start(&csv, &out);
    csv_text(&csv, "plain");
    csv_text(&csv, "a \"quoted\", comma");
    csv_text(&csv, NULL);
    csv_text(&csv, "two\nlines");
    csv_int(&csv, -5);
    csv_end_row(&csv);
    csv_text(&csv, "next\xFF");
    csv_end_row(&csv);
    assert_string_equal(out.data, "plain,\"a \"\"quoted\"\", comma\",,\"two\nlines\",-5\r\n"
                                  "next\xEF\xBF\xBD\r\n");
}

static void test_csv_formulas(void **state)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"};
    CLEANUP(cleanup_buf) struct buf out;
    struct csv_writer csv;

    (void)state;
    buf_init(&out, CAP);
    for (size_t i = 0; i < ARRAY_LEN(formulas); i++) {
        buf_clear(&out);
        csv_start(&csv, &out);
        csv_text(&csv, formulas[i]);
        assert_int_equal(out.data[out.data[0] == '"'], '\'');
    }
}

static int read_text(const char *text, struct json_object **ret_object)
{
    struct err err = {0};
    return json_read(text, strlen(text), ret_object, &err);
}

static void test_json_read_lists(void **state)
{
    CLEANUP(cleanup_json_object) struct json_object *object = NULL;
    CLEANUP(cleanup_free) int64_t *numbers = NULL;
    struct err err = {0};
    size_t count = 9;
    bool flag = false;

    (void)state;
    assert_int_equal(
        read_text("{\"l\":[3,-4],\"m\":[[1,2],[3,4]],\"t\":true,\"x\":[1,\"2\"]}", &object), 0);
    assert_int_equal(json_get_numbers(object, "z", 0, 9, &numbers, &count, &err), 0);
    assert_int_equal(count, 0);
    assert_int_equal(json_get_numbers(object, "l", 0, 1, &numbers, &count, &err), ERR_USAGE);
    assert_int_equal(json_get_numbers(object, "l", 2, 9, &numbers, &count, &err), ERR_USAGE);
    assert_int_equal(json_get_numbers(object, "m", 0, 9, &numbers, &count, &err), ERR_USAGE);
    assert_int_equal(json_get_numbers(object, "m", 4, 9, &numbers, &count, &err), ERR_USAGE);
    assert_int_equal(json_get_numbers(object, "x", 0, 9, &numbers, &count, &err), ERR_USAGE);
    assert_int_equal(json_get_numbers(object, "t", 0, 9, &numbers, &count, &err), ERR_USAGE);
    assert_null(numbers);
    assert_int_equal(json_get_numbers(object, "m", 2, 4, &numbers, &count, &err), 0);
    assert_int_equal(count, 4);
    assert_int_equal(numbers[2], 3);
    assert_int_equal(json_get_bool(object, "t", false, &flag, &err), 0);
    assert_true(flag);
    assert_int_equal(json_get_bool(object, "z", true, &flag, &err), 0);
    assert_true(flag);
    assert_int_equal(json_get_bool(object, "l", true, &flag, &err), ERR_USAGE);
    assert_true(json_has(object, "l"));
    assert_false(json_has(object, "z"));
}

static void test_json_read(void **state)
{
    CLEANUP(cleanup_json_object) struct json_object *object = NULL;
    struct err err = {0};
    const char *text;
    int64_t number;
    static const char *const there[] = {"a", "b", NULL};
    static const char *const missing[] = {"a", "z", NULL};
    static const char *const empty[] = {"c", NULL};

    (void)state;
    assert_int_equal(read_text("{\"a\":\"\\u0633ند\",\"b\":7,\"c\":null,\"d\":1.5}", &object), 0);
    assert_int_equal(json_require(object, there, &err), 0);
    assert_int_equal(json_require(object, missing, &err), ERR_USAGE);
    assert_int_equal(json_require(object, empty, &err), ERR_USAGE);
    assert_int_equal(json_get_text(object, "a", 6, &text, &err), 0);
    assert_string_equal(text, "سند");
    assert_int_equal(json_get_text(object, "a", 5, &text, &err), ERR_USAGE);
    assert_int_equal(json_get_text(object, "b", 99, &text, &err), ERR_USAGE);
    assert_int_equal(json_get_text(object, "c", 99, &text, &err), 0);
    assert_string_equal(text, "");
    assert_int_equal(json_get_text(object, "z", 99, &text, &err), 0);
    assert_string_equal(text, "");
    assert_int_equal(json_get_number(object, "b", 1, 7, 3, &number, &err), 0);
    assert_int_equal(number, 7);
    assert_int_equal(json_get_number(object, "b", 1, 6, 3, &number, &err), ERR_USAGE);
    assert_int_equal(json_get_number(object, "d", 1, 6, 3, &number, &err), ERR_USAGE);
    assert_int_equal(json_get_number(object, "a", 1, 6, 3, &number, &err), ERR_USAGE);
    assert_int_equal(json_get_number(object, "c", 1, 6, 3, &number, &err), 0);
    assert_int_equal(number, 3);
}

static void test_json_read_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "7",
        "null",
        "{",
        "{}x",
        "{\"a\":1,}",
        "{\"a\":\"\\u0000\"}",
        "{\"\xFF\":1}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":99999999999999999999}",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct json_object *object = NULL;
        assert_int_equal(read_text(bad[i], &object), ERR_USAGE);
        assert_null(object);
    }
    /* Depth is capped by the library, not by the stack. */
    CLEANUP(cleanup_buf) struct buf deep;
    buf_init(&deep, CAP);
    for (int i = 0; i < CAP - 1; i++)
        buf_append_char(&deep, '[');
    struct json_object *object = NULL;
    assert_int_equal(read_text(deep.data, &object), ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_shape),        cmocka_unit_test(test_json_strings),
        cmocka_unit_test(test_json_broken_utf8),  cmocka_unit_test(test_json_cap),
        cmocka_unit_test(test_json_read),         cmocka_unit_test(test_json_read_lists),
        cmocka_unit_test(test_json_read_refused), cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_formulas),
    };
    return cmocka_run_group_tests_name("fmt", tests, NULL, NULL);
}
