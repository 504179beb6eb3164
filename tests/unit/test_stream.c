/* Bare compressed streams: zlib, Brotli, framed Snappy; names, damage, bombs, look-alikes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "parts_told.h"

#define SNAPPY_START "\xFF\6\0\0sNaPpY"

static void zlib_at_every_level(void **state)
{
    static const int levels[] = {0, 1, 6, 9};
    static const char text[] = "the minutes of the meeting";

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        unsigned char out[200];
        uLongf len = sizeof(out);
        assert_int_equal(
            compress2(out, &len, (const unsigned char *)text, sizeof(text) - 1, levels[i]), Z_OK);
        told_expect("leak/minutes.txt.zlib", out, len,
                    WANTED(.mime = "application/zlib", .children = "minutes.txt () 26\n",
                           .data = text, .detail = "1 file"));
    }
}

static void zlib_cut_and_damaged(void **state)
{
    enum { LEN = 20000 };
    unsigned char *text = malloc(LEN);
    uLongf len = compressBound(LEN);
    unsigned char *out = malloc(len);
    uint32_t seed = 1;

    (void)state;
    for (size_t i = 0; i < LEN; i++)
        text[i] = "0123456789abcdef"[(seed = seed * 1103515245 + 12345) >> 24 & 15];
    assert_int_equal(compress(out, &len, text, LEN), Z_OK);
    struct told told;
    told_read(&told, "a.zz", out, len / 2, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    assert_true(told.data.len > 1000);
    assert_memory_equal(told.data.data, text, told.data.len);
    told_release(&told);
    free(text);
    free(out);
}

static void zlib_bombs_stop(void **state)
{
    enum { LEN = 80 << 20 };
    unsigned char *text = calloc(1, LEN);
    uLongf len = compressBound(LEN);
    unsigned char *out = malloc(len);

    (void)state;
    assert_int_equal(compress2(out, &len, text, LEN, 9), Z_OK);
    told_expect("a.zlib", out, len, WANTED(.outcome = OUTCOME_FAILED, .reason = REASON_LIMIT_SIZE));
    free(text);
    free(out);
}

static void text_is_no_zlib(void **state)
{
    static const char *const texts[] = {"x^2 + y^2 = z^2 holds for three, four and five\n",
                                        "hC is the name of the company that paid\n",
                                        "8O clock at the bridge, come alone\n"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        told_expect("x.txt", texts[i], strlen(texts[i]), WANTED(.mime = "text/plain"));
}

static void brotli_by_its_name(void **state)
{
    static const char TEN[] = "\x1B\x13\0\0\xA4\xB0\xB2\xEA\x81\x47\2\x8A";

    (void)state;
    told_expect("ten.txt.br", BYTES(TEN),
                WANTED(.mime = "application/x-brotli", .children = "ten.txt () 20\n",
                       .data = "XXXXXXXXXXYYYYYYYYYY"));
    told_expect("note.br", BYTES("\xFF\xFE\xFD this is not it \x80\x81"),
                WANTED(.mime = "text/plain"));
}

static void snappy_in_frames(void **state)
{
    /* as it is, with its sum; padding; what may be skipped */
    static const char plain[] = SNAPPY_START "\1\x0D\0\0\xE5\xB0\x8A\xC7"
                                             "123456789"
                                             "\xFE\2\0\0zz\x80\1\0\0z";
    static const char wrong[] = SNAPPY_START "\1\x0D\0\0\xE5\xB0\x8A\xC8"
                                             "123456789";
    static const char cut[] = SNAPPY_START "\1\x0D\0\0\xE5\xB0";
    static const char unknown[] = SNAPPY_START "\2\1\0\0z";
    static const struct wanted damaged = {.children =
                                              "a () 0 corrupt: the compressed data is damaged\n",
                                          .outcome = OUTCOME_FAILED,
                                          .reason = REASON_CORRUPT};

    (void)state;
    told_expect("digits.sz", BYTES(plain),
                WANTED(.mime = "application/x-snappy-framed", .children = "digits () 9\n",
                       .data = "123456789"));
    told_expect("a", BYTES(wrong), &damaged);
    told_expect("a", BYTES(unknown), &damaged);
    told_expect("a", BYTES(cut),
                WANTED(.children = "a () 0 truncated: the compressed stream ends early\n",
                       .outcome = OUTCOME_FAILED, .reason = REASON_TRUNCATED));
}

static void real_ones(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/tika/tika-parser-pkg-module/testSnappy-framed.sz"))
        skip();
    assert_string_equal(told.children.data, "testSnappy-framed () 144060\n");
    assert_non_null(strstr(told.data.data, "Lorem ipsum dolor sit amet"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zlib_at_every_level), cmocka_unit_test(zlib_cut_and_damaged),
        cmocka_unit_test(zlib_bombs_stop),     cmocka_unit_test(text_is_no_zlib),
        cmocka_unit_test(brotli_by_its_name),  cmocka_unit_test(snappy_in_frames),
        cmocka_unit_test(real_ones),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
