/* Frames: what is written is what is read, and every rule of the grammar is kept. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/io.h"
#include "wire/frame.h"

/* A log of what the reader handed out, one call a line. */
static struct buf heard;

static int on_type(void *ctx, const char *mime, const char *reader)
{
    (void)ctx;
    return buf_printf(&heard, "type %s %s\n", mime, reader);
}

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    (void)ctx;
    return buf_printf(&heard, "meta %s=%s (%zu)\n", key, value, len);
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    (void)ctx;
    return buf_printf(&heard, "warning %s %s\n", reason_word(reason), detail);
}

static int on_page(void *ctx, const struct page_head *page)
{
    (void)ctx;
    return buf_printf(&heard, "page %u %d %ux%u %u %s %s\n", page->number, (int)page->method,
                      page->width, page->height, page->confidence, page->lang, page->label);
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    (void)ctx;
    if (len > 100)
        return buf_printf(&heard, "text %d of %zu\n", (int)part, len);
    return buf_printf(&heard, "text %d %.*s\n", (int)part, (int)len, text);
}

static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    (void)ctx;
    for (size_t i = 0; i < count && i < 3; i++)
        (void)buf_printf(&heard, "word %u+%u %u,%u-%u,%u %u\n", words[i].at, words[i].len,
                         words[i].x0, words[i].y0, words[i].x1, words[i].y1, words[i].confidence);
    return buf_printf(&heard, "words %zu\n", count);
}

static int on_page_end(void *ctx)
{
    (void)ctx;
    return buf_append_str(&heard, "page end\n");
}

static int on_child(void *ctx, const struct child_head *child)
{
    (void)ctx;
    return buf_printf(&heard, "child %s %d %s %lld\n", child->name, child->name_escaped,
                      child->mime, (long long)child->mtime);
}

static int on_child_data(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    return buf_printf(&heard, "child data %zu\n", len);
}

static int on_child_end(void *ctx, enum reason reason, const char *detail)
{
    (void)ctx;
    return buf_printf(&heard, "child end %d %s\n", (int)reason, detail);
}

static int on_image(void *ctx, const char *mime, uint32_t width, uint32_t height)
{
    (void)ctx;
    return buf_printf(&heard, "image %s %ux%u\n", mime, width, height);
}

static int on_image_data(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    return buf_printf(&heard, "image data %zu\n", len);
}

static int on_end(void *ctx, const struct end_frame *end)
{
    (void)ctx;
    return buf_printf(&heard, "end %s %d %s %u %u\n", outcome_word(end->outcome), (int)end->reason,
                      end->detail, end->pages, end->children);
}

static const struct frame_handler HANDLER = {
    .type = on_type,
    .meta = on_meta,
    .warning = on_warning,
    .page = on_page,
    .text = on_text,
    .words = on_words,
    .page_end = on_page_end,
    .child = on_child,
    .child_data = on_child_data,
    .child_end = on_child_end,
    .image = on_image,
    .image_data = on_image_data,
    .end = on_end,
};

static int setup(void **state)
{
    (void)state;
    buf_init(&heard, 64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_release(&heard);
    return 0;
}

/* Feeds `data` in portions; returns the code and whether END came. */
static int feed(const void *data, size_t len, size_t portion, bool *ret_done, struct err *err)
{
    struct frame_reader *reader = frame_reader_new(&HANDLER, NULL);
    int rc = 0;

    buf_clear(&heard);
    for (size_t at = 0; at < len && rc == 0; at += portion)
        rc = frame_reader_feed(reader, (const char *)data + at,
                               len - at < portion ? len - at : portion, err);
    *ret_done = frame_reader_done(reader);
    frame_reader_free(reader);
    return rc;
}

static void read_back(int fd, struct buf *out)
{
    off_t len = lseek(fd, 0, SEEK_END);

    assert_true(len > 0 && lseek(fd, 0, SEEK_SET) == 0);
    buf_init(out, (size_t)len);
    char *to = buf_reserve(out, (size_t)len);
    assert_int_equal(io_read(fd, to, (size_t)len), len);
    out->len = (size_t)len;
}

static void test_round_trip(void **state)
{
    const struct word_box words[] = {{0, 4, 1, 2, 3, 4, 91},
                                     {5, 10, 0, 0, 65535, 65535, CONFIDENCE_NONE}};
    struct page_head page = {.number = 1,
                             .method = PAGE_OCR,
                             .width = 2480,
                             .height = 3508,
                             .confidence = 88,
                             .lang = "fas",
                             .label = "صفحه ۱"};
    struct child_head child = {"a/b.txt", 7, true, "text/plain", -5};
    struct end_frame end = {OUTCOME_OCR, REASON_LIMIT_SIZE, "cut", 1, 1};
    struct frame_writer writer;
    struct buf bytes;
    struct err err = {0};
    bool done;

    (void)state;
    int fd = memfd_create("frames", MFD_CLOEXEC);
    frame_writer_init(&writer, fd);
    assert_int_equal(frame_hello(&writer), 0);
    assert_int_equal(frame_type(&writer, "image/png", "image"), 0);
    assert_int_equal(frame_meta(&writer, "title", "سند", strlen("سند")), 0);
    assert_int_equal(frame_warning(&writer, REASON_TRUNCATED, "half"), 0);
    assert_int_equal(frame_page(&writer, &page), 0);
    assert_int_equal(frame_text(&writer, TEXT_MAIN, "word نوشته", strlen("word نوشته")), 0);
    assert_int_equal(frame_text(&writer, TEXT_REST, "rest", 4), 0);
    assert_int_equal(frame_words(&writer, words, 2), 0);
    assert_int_equal(frame_page_end(&writer), 0);
    assert_int_equal(frame_child(&writer, &child), 0);
    assert_int_equal(frame_child_data(&writer, "data", 4), 0);
    assert_int_equal(frame_child_end(&writer, REASON_PASSWORD, "locked"), 0);
    assert_int_equal(frame_image(&writer, "image/png", 10, 20), 0);
    assert_int_equal(frame_image_data(&writer, "png", 3), 0);
    assert_int_equal(frame_end(&writer, &end), 0);
    frame_writer_release(&writer);
    read_back(fd, &bytes);
    close(fd);

    for (size_t portion = 1; portion < 300; portion = portion * 3) {
        assert_int_equal(feed(bytes.data, bytes.len, portion, &done, &err), 0);
        assert_true(done);
        assert_string_equal(heard.data, "type image/png image\n"
                                        "meta title=سند (6)\n"
                                        "warning truncated half\n"
                                        "page 1 2 2480x3508 88 fas صفحه ۱\n"
                                        "text 0 word نوشته\n"
                                        "text 1 rest\n"
                                        "word 0+4 1,2-3,4 91\n"
                                        "word 5+10 0,0-65535,65535 255\n"
                                        "words 2\n"
                                        "page end\n"
                                        "child a/b.txt 1 text/plain -5\n"
                                        "child data 4\n"
                                        "child end 1 locked\n"
                                        "image image/png 10x20\n"
                                        "image data 3\n"
                                        "end ocr 8 cut 1 1\n");
    }
    /* cut anywhere it is not done, and no error; one byte more is an error */
    for (size_t len = 1; len < bytes.len; len++) {
        assert_int_equal(feed(bytes.data, len, 1 << 20, &done, &err), 0);
        assert_false(done);
    }
    struct err more = {0};
    CLEANUP(cleanup_free) char *longer = mem_zalloc(bytes.len + 1, 1);
    memcpy(longer, bytes.data, bytes.len);
    assert_int_equal(feed(longer, bytes.len + 1, bytes.len + 1, &done, &more), ERR_WORKER);
    buf_release(&bytes);
}

/* Long texts and data go in several frames and come whole; characters are not cut. */
static void test_long(void **state)
{
    enum { LEN = 3 * (1 << 20) };
    CLEANUP(cleanup_free) char *text = mem_alloc(LEN);
    struct page_head page = {.number = 1, .method = PAGE_FLOW, .confidence = CONFIDENCE_NONE};
    struct child_head child = {"n", 1, false, "", INT64_MIN};
    struct end_frame end = {OUTCOME_TEXT, REASON_NONE, "", 0, 1};
    struct frame_writer writer;
    struct buf bytes;
    struct err err = {0};
    bool done;

    (void)state;
    for (int i = 0; i < LEN; i += 3)
        memcpy(text + i, "\xE2\x82\xAC", 3);
    int fd = memfd_create("frames", MFD_CLOEXEC);
    frame_writer_init(&writer, fd);
    frame_hello(&writer);
    frame_page(&writer, &page);
    frame_text(&writer, TEXT_MAIN, text, LEN);
    frame_page_end(&writer);
    frame_child(&writer, &child);
    frame_child_data(&writer, text, LEN);
    frame_child_end(&writer, REASON_NONE, "");
    frame_end(&writer, &end);
    frame_writer_release(&writer);
    read_back(fd, &bytes);
    close(fd);
    assert_int_equal(feed(bytes.data, bytes.len, 65536, &done, &err), 0);
    assert_true(done);
    assert_string_equal(heard.data, "page 1 0 0x0 255  \n"
                                    "text 0 of 1048575\ntext 0 of 1048575\ntext 0 of 1048575\n"
                                    "text 0 €\n"
                                    "page end\n"
                                    "child n 0  -9223372036854775808\n"
                                    "child data 1048576\nchild data 1048576\nchild data 1048576\n"
                                    "child end 0 \n"
                                    "end text 0  0 1\n");
    buf_release(&bytes);
}

/* A reader that is gone is noticed. */
static void test_broken_pipe(void **state)
{
    struct frame_writer writer;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    frame_writer_init(&writer, ends[1]);
    assert_int_equal(frame_hello(&writer), 0);
    assert_int_equal(frame_flush(&writer), ERR_IO);
    assert_true(writer.broken);
    assert_int_equal(frame_hello(&writer), ERR_IO);
    frame_writer_release(&writer);
    close(ends[1]);
}

/* ---- streams made by hand ---- */

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

static void test_vocabulary(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOME_COUNT; i++)
        assert_int_equal(outcome_from_word(outcome_word((enum outcome)i)), i);
    assert_null(reason_word(REASON_NONE));
    for (int i = 1; i < REASON_COUNT; i++)
        assert_int_equal(reason_from_word(reason_word((enum reason)i)), i);
    assert_null(reason_word(REASON_COUNT));
    assert_int_equal(reason_from_word("no such reason"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),  cmocka_unit_test(test_long),
        cmocka_unit_test(test_broken_pipe), cmocka_unit_test(test_hand_made_is_good),
        cmocka_unit_test(test_order),       cmocka_unit_test(test_headers),
        cmocka_unit_test(test_payloads),    cmocka_unit_test(test_words_and_text),
        cmocka_unit_test(test_caps),        cmocka_unit_test(test_callback_stops),
        cmocka_unit_test(test_vocabulary),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, setup, teardown);
}
