/* Frames: what is written is what is read. */
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

#include "base/io.h"
#include "frame_heard.h"

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
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_broken_pipe),
        cmocka_unit_test(test_vocabulary),
    };
    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, heard_set_up, heard_tear_down);
}
