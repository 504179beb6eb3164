/* Frames: every rule of the grammar is kept, in streams made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "frame_heard.h"

static void add(struct buf *out, enum frame_type type, const void *payload, size_t len)
{
    char head[FRAME_HEADER] = {0};

    le32_put(head, (uint32_t)len);
    le16_put(head + 4, (uint16_t)type);
    assert_int_equal(buf_append(out, head, sizeof(head)), 0);
    assert_int_equal(buf_append(out, payload, len), 0);
}

#define ADD(out, type, literal) add(out, type, literal, sizeof(literal) - 1)

static const char HELLO[] = "\1\0\0\0";
static const char PAGE_1[] = "\1\0\0\0\1\0\0\0\0\0\0\0\0\xFF\0\0\0\0\0\0\0\0";
static const char CHILD_N[] = "\1\0\0\0n\0\0\0\0\0\0\0\0\0\0\0\0\0";
static const char END_0[] = "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

static void refused(struct buf *bytes, const char *why)
{
    struct err err = {0};
    bool done;
    int rc = feed(bytes->data, bytes->len, bytes->len, &done, &err);

    if (rc != ERR_WORKER || done || !strstr(err.message, why))
        fail_msg("expected '%s', got %d '%s'", why, rc, err.message);
    buf_release(bytes);
}

static struct buf stream(void)
{
    struct buf out;

    buf_init(&out, 256 << 20);
    ADD(&out, FRAME_HELLO, HELLO);
    return out;
}

static void test_hand_made_is_good(void **state)
{
    struct buf bytes = stream();
    struct err err = {0};
    bool done;

    (void)state;
    ADD(&bytes, FRAME_CHILD, CHILD_N);
    ADD(&bytes, FRAME_CHILD_END, "\0\0\0\0\0\0");
    ADD(&bytes, FRAME_PAGE, PAGE_1);
    ADD(&bytes, FRAME_TEXT, "\0abc");
    ADD(&bytes, FRAME_PAGE_END, "");
    ADD(&bytes, FRAME_END, "\1\0\0\0\0\0\0\1\0\0\0\1\0\0\0");
    if (feed(bytes.data, bytes.len, bytes.len, &done, &err))
        fail_msg("%s", err.message);
    assert_true(done);
    buf_release(&bytes);
}

static void test_order(void **state)
{
    struct buf bytes;

    (void)state;
    buf_init(&bytes, 1 << 20);
    ADD(&bytes, FRAME_END, END_0);
    refused(&bytes, "out of order"); /* no HELLO */

    bytes = stream();
    ADD(&bytes, FRAME_HELLO, HELLO);
    refused(&bytes, "out of order");

    bytes = stream();
    ADD(&bytes, FRAME_META, "\1\0\0\0k\1\0\0\0v");
    ADD(&bytes, FRAME_TYPE, "\0\0\0\0\0\0\0\0");
    refused(&bytes, "out of order"); /* TYPE comes first */

    bytes = stream();
    ADD(&bytes, FRAME_TEXT, "\0abc");
    refused(&bytes, "out of order"); /* outside a page */

    bytes = stream();
    ADD(&bytes, FRAME_PAGE, PAGE_1);
    ADD(&bytes, FRAME_PAGE, PAGE_1);
    refused(&bytes, "out of order"); /* page in page */

    bytes = stream();
    ADD(&bytes, FRAME_PAGE, PAGE_1);
    ADD(&bytes, FRAME_TEXT, "\0abc");
    ADD(&bytes, FRAME_WORDS, "\0\0\0\0\3\0\0\0\0\0\0\0\0\0\x64");
    ADD(&bytes, FRAME_TEXT, "\0abc");
    refused(&bytes, "out of order"); /* text after words */

    bytes = stream();
    ADD(&bytes, FRAME_CHILD, CHILD_N);
    ADD(&bytes, FRAME_END, END_0);
    refused(&bytes, "out of order"); /* END in a child */

    bytes = stream();
    ADD(&bytes, FRAME_CHILD_DATA, "x");
    refused(&bytes, "out of order");

    bytes = stream();
    ADD(&bytes, FRAME_IMAGE_DATA, "x");
    refused(&bytes, "out of order");

    bytes = stream();
    ADD(&bytes, FRAME_IMAGE, "\0\0\0\0\1\0\0\0\1\0\0\0");
    ADD(&bytes, FRAME_META, "\1\0\0\0k\1\0\0\0v");
    refused(&bytes, "out of order"); /* only END ends an image */
}

static void test_headers(void **state)
{
    struct buf bytes = stream();

    (void)state;
    assert_int_equal(buf_append(&bytes, "\1\0\x10\0\3\0\0\0", 8), 0);
    refused(&bytes, "too long");
    bytes = stream();
    assert_int_equal(buf_append(&bytes, "\0\0\0\0\x0F\0\0\0", 8), 0);
    refused(&bytes, "unknown");
    bytes = stream();
    assert_int_equal(buf_append(&bytes, "\0\0\0\0\0\0\0\0", 8), 0);
    refused(&bytes, "unknown");
    bytes = stream();
    assert_int_equal(buf_append(&bytes, "\0\0\0\0\3\0\1\0", 8), 0);
    refused(&bytes, "unknown");
    buf_init(&bytes, 100);
    ADD(&bytes, FRAME_HELLO, "\2\0\0\0");
    refused(&bytes, "version 2");
    buf_init(&bytes, 100);
    ADD(&bytes, FRAME_HELLO, "\1\0\0");
    refused(&bytes, "malformed HELLO");
}

static void one_frame(enum frame_type type, const void *payload, size_t len, const char *why)
{
    struct buf bytes = stream();

    add(&bytes, type, payload, len);
    refused(&bytes, why);
}

#define ONE_FRAME(type, literal, why) one_frame(type, literal, sizeof(literal) - 1, why)

static void test_payloads(void **state)
{
    (void)state;
    ONE_FRAME(FRAME_TYPE, "\1\0\0\0\xFF\0\0\0\0", "TYPE"); /* not UTF-8 */
    ONE_FRAME(FRAME_TYPE, "\1\0\0\0\0\0\0\0\0", "TYPE");   /* a NUL inside */
    ONE_FRAME(FRAME_TYPE, "\x05\0\0\0abc", "TYPE");        /* longer than the frame */
    ONE_FRAME(FRAME_TYPE,
              "\xFF\xFF\xFF\xFF"
              "abc",
              "TYPE");                                     /* much longer */
    ONE_FRAME(FRAME_TYPE, "\0\0\0\0\0\0\0\0x", "TYPE");    /* a byte too many */
    ONE_FRAME(FRAME_META, "\0\0\0\0\1\0\0\0v", "META");    /* no key */
    ONE_FRAME(FRAME_WARNING, "\xFF\0\0\0\0\0", "WARNING"); /* no such reason */
    ONE_FRAME(FRAME_PAGE, "\2\0\0\0\1\0\0\0\0\0\0\0\0\xFF\0\0\0\0\0\0\0\0", "PAGE"); /* number */
    ONE_FRAME(FRAME_PAGE, "\1\0\0\0\3\0\0\0\0\0\0\0\0\xFF\0\0\0\0\0\0\0\0", "PAGE"); /* method */
    ONE_FRAME(FRAME_PAGE, "\1\0\0\0\1\xFF\xFF\xFF\0\0\0\0\0\xFF\0\0\0\0\0\0\0\0", "PAGE");
    ONE_FRAME(FRAME_PAGE, "\1\0\0\0\1\0\0\0\0\0\0\0\0\xC8\0\0\0\0\0\0\0\0", "PAGE"); /* 200 % */
    ONE_FRAME(FRAME_PAGE, "\1\0\0\0\0\1\0\0\0\0\0\0\0\xFF\0\0\0\0\0\0\0\0", "PAGE"); /* flow */
    ONE_FRAME(FRAME_CHILD, "\1\0\0\0n\2\0\0\0\0\0\0\0\0\0\0\0\0", "CHILD");
    ONE_FRAME(FRAME_IMAGE, "\0\0\0\0\xFF\xFF\xFF\xFF\1\0\0\0", "IMAGE");
    ONE_FRAME(FRAME_END, "\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "worker's to say"); /* duplicate */
    ONE_FRAME(FRAME_END, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "worker's to say"); /* waiting */
    ONE_FRAME(FRAME_END, "\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "no reason");
    ONE_FRAME(FRAME_END, "\1\0\0\0\0\0\0\1\0\0\0\0\0\0\0", "counts");
    ONE_FRAME(FRAME_END, "\1\0\0\0\0\0\0\0\0\0\0\1\0\0\0", "counts");
}

static void page_with(enum frame_type type, const char *payload, size_t len, const char *why)
{
    struct buf bytes = stream();

    ADD(&bytes, FRAME_PAGE, PAGE_1);
    ADD(&bytes, FRAME_TEXT, "\0ab\xD8\xB3"); /* 4 bytes, 3 characters */
    add(&bytes, type, payload, len);
    refused(&bytes, why);
}

#define PAGE_WITH(type, literal, why) page_with(type, literal, sizeof(literal) - 1, why)

static void test_words_and_text(void **state)
{
    (void)state;
    PAGE_WITH(FRAME_TEXT, "\2abc", "TEXT");
    PAGE_WITH(FRAME_TEXT, "", "TEXT");
    PAGE_WITH(FRAME_TEXT, "\0\xD8", "UTF-8");
    PAGE_WITH(FRAME_TEXT, "\0a\0b", "UTF-8");
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\1\0\0\0\0\0\0\0\0\0", "WORDS");
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\5\0\0\0\0\0\0\0\0\0\0", "outside");         /* too long */
    PAGE_WITH(FRAME_WORDS, "\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "outside");         /* too far */
    PAGE_WITH(FRAME_WORDS, "\xFF\xFF\xFF\xFF\2\0\0\0\0\0\0\0\0\0\0", "outside"); /* wraps */
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0", "outside");   /* ends in a character */
    PAGE_WITH(FRAME_WORDS, "\3\0\0\0\1\0\0\0\0\0\0\0\0\0\0", "outside");   /* starts in one */
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\1\0\2\0\0\0\1\0\0\0\0", "outside");   /* x1 < x0 */
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\1\0\0\0\2\0\0\0\1\0\0", "outside");   /* y1 < y0 */
    PAGE_WITH(FRAME_WORDS, "\0\0\0\0\1\0\0\0\0\0\0\0\0\0\xC8", "outside"); /* 200 % sure */
}

static void test_caps(void **state)
{
    enum { BIG = 1 << 20 };
    CLEANUP(cleanup_free) char *big = mem_zalloc(BIG, 1);
    struct buf bytes = stream();

    (void)state;
    for (int i = 0; i <= META_MAX; i++)
        ADD(&bytes, FRAME_META, "\1\0\0\0k\1\0\0\0v");
    refused(&bytes, "too many META");

    bytes = stream();
    for (int i = 0; i <= WARNINGS_MAX; i++)
        ADD(&bytes, FRAME_WARNING, "\1\0\0\0\0\0");
    refused(&bytes, "too many WARNING");

    bytes = stream();
    for (int i = 0; i <= CHILDREN_MAX; i++) {
        ADD(&bytes, FRAME_CHILD, CHILD_N);
        ADD(&bytes, FRAME_CHILD_END, "\0\0\0\0\0\0");
    }
    refused(&bytes, "too many CHILD");

    for (char part = 0; part < 2; part++) {
        bytes = stream();
        memset(big, 'x', BIG);
        big[0] = part;
        ADD(&bytes, FRAME_PAGE, PAGE_1);
        for (int i = 0; i <= PAGE_TEXT_MAX / BIG; i++)
            add(&bytes, FRAME_TEXT, big, BIG);
        refused(&bytes, "too much text");
    }

    bytes = stream();
    memset(big, 0, BIG);
    ADD(&bytes, FRAME_PAGE, PAGE_1);
    for (int i = 0; i < 4; i++)
        add(&bytes, FRAME_WORDS, big, BIG / WORD_BOX_BYTES * WORD_BOX_BYTES);
    refused(&bytes, "too many words");
}

static int stop_at_meta(void *ctx, const char *key, const char *value, size_t len)
{
    (void)ctx;
    (void)key;
    (void)value;
    (void)len;
    return ERR_LIMIT;
}

static void test_callback_stops(void **state)
{
    const struct frame_handler handler = {.meta = stop_at_meta};
    struct frame_reader *reader = frame_reader_new(&handler, NULL);
    struct buf bytes = stream();
    struct err err = {0};

    (void)state;
    ADD(&bytes, FRAME_META, "\1\0\0\0k\1\0\0\0v");
    assert_int_equal(frame_reader_feed(reader, bytes.data, bytes.len, &err), ERR_LIMIT);
    assert_int_equal(frame_reader_feed(reader, bytes.data, 1, &err), ERR_WORKER);
    frame_reader_free(reader);
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hand_made_is_good), cmocka_unit_test(test_order),
        cmocka_unit_test(test_headers),           cmocka_unit_test(test_payloads),
        cmocka_unit_test(test_words_and_text),    cmocka_unit_test(test_caps),
        cmocka_unit_test(test_callback_stops),
    };

    return cmocka_run_group_tests(tests, heard_set_up, heard_tear_down);
}
