/* One document from bytes to frames: types found by bytes, text and tables as flowing text, caps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "wire/frame.h"
#include "worker/plain/charset.h"
#include "worker/document.h"
#include "worker/reader.h"
#include "worker/sniff/sniff.h"

struct told {
    char mime[MIME_MAX + 1];
    struct buf main;
    unsigned runs;
    size_t longest_run;
    enum outcome outcome;
    enum reason reason;
};

static int on_type(void *ctx, const char *mime, const char *reader)
{
    struct told *told = ctx;

    (void)reader;
    snprintf(told->mime, sizeof(told->mime), "%s", mime);
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    struct told *told = ctx;

    told->runs++;
    if (len > told->longest_run)
        told->longest_run = len;
    return part == TEXT_MAIN ? buf_append(&told->main, text, len) : 0;
}

static int on_end(void *ctx, const struct end_frame *end)
{
    struct told *told = ctx;

    told->outcome = end->outcome;
    told->reason = end->reason;
    return 0;
}

static void feed(int fd, struct told *told)
{
    static const struct frame_handler HANDLER = {.type = on_type, .text = on_text, .end = on_end};
    struct frame_reader *reader = frame_reader_new(&HANDLER, told);
    struct err err = {0};
    static char bytes[65536];
    ssize_t n;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    while ((n = read(fd, bytes, sizeof(bytes))) > 0)
        if (frame_reader_feed(reader, bytes, (size_t)n, &err))
            fail_msg("%s", err.message);
    assert_true(frame_reader_done(reader));
    frame_reader_free(reader);
}

/* Reads a document in this process; told->main is to be released. */
static void read_bytes(const char *name, const char *mime, const void *data, size_t len,
                       uint64_t output_max, struct told *told)
{
    struct job job = {.kind = JOB_READ, .limits.output_bytes = output_max};
    int document = memfd_create("document", 0);
    int frames = memfd_create("frames", 0);

    *told = (struct told){0};
    buf_init(&told->main, 64 << 20);
    snprintf(job.name, sizeof(job.name), "%s", name);
    snprintf(job.mime, sizeof(job.mime), "%s", mime);
    assert_int_equal(io_write(document, data, len), 0);
    struct job_load load = job_load_of(document, frames);
    assert_int_equal(document_run(&job, &load), 0);
    feed(frames, told);
    close(document);
    close(frames);
}

static void expect(const char *name, const char *mime, const char *text, const char *found_mime,
                   const char *found_text)
{
    struct told told;

    read_bytes(name, mime, text, strlen(text), 1 << 20, &told);
    if (strcmp(told.mime, found_mime) != 0)
        fail_msg("%s: %s, not %s", name, told.mime, found_mime);
    if (found_text && strcmp(told.main.data, found_text) != 0)
        fail_msg("%s: '%s', not '%s'", name, told.main.data, found_text);
    buf_release(&told.main);
}

static void test_types(void **state)
{
    (void)state;
    expect("a", "", "just words\n", "text/plain", "just words\n");
    expect("a.pdf", "", "just words\n", "text/plain", NULL); /* bytes contradict the name */
    expect("a.txt", "", "%PDF-1.4\n", "application/pdf", NULL);
    expect("a", "", "<!DOCTYPE html><p>x", "text/html", NULL);
    expect("a.txt", "", "  \n<html><body>x", "text/html", NULL);
    expect("a", "", "<?xml version='1.0'?><a/>", "text/xml", NULL);
    expect("a", "", "From: a@b\nTo: c@d\nSubject: x\n\nbody", "message/rfc822", NULL);
    expect("a.eml", "", "Subject: x\n\nbody", "message/rfc822", NULL);
    expect("a.txt", "", "Subject: x\n\nbody", "text/plain", NULL);
    expect("a", "", "From a@b Mon Jan  1 00:00:00 2001\nFrom: a\nTo: b\n\nx", "application/mbox",
           NULL);
    expect("a", "", "From the beginning\nit was a text\n", "text/plain", NULL);
    expect("a", "", "{\"a\": 1}", "application/json", NULL);
    expect("a", "", "{\"a\": 1}\n{\"a\": 2}\n", "application/x-ndjson", NULL);
    expect("a", "", "a,b,c\n1,2,3\n4,5,6\n", "text/csv", NULL);
    expect("a.csv", "", "a\nb\n", "text/csv", NULL);
    expect("a", "text/csv", "a\nb\n", "text/csv", NULL); /* the container's word */
    expect("a", "application/pdf", "words\n", "text/plain", NULL);
    expect("a", "", "{\\rtf1 x}", "text/rtf", NULL);
}

static void test_empty(void **state)
{
    struct told told;

    (void)state;
    read_bytes("a.pdf", "", "", 0, 1 << 20, &told);
    assert_string_equal(told.mime, "inode/x-empty");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_BYTES);
    buf_release(&told.main);
    read_bytes("a", "", " \n\t\n  -- ... \n", 14, 1 << 20, &told);
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_WORDS);
    buf_release(&told.main);
    read_bytes("a", "",
               "\x7F"
               "ELF",
               4, 1 << 20, &told);
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    buf_release(&told.main);
}

static void test_text(void **state)
{
    (void)state;
    expect("a", "", "one\r\ntwo\rthree\n\fpage\n", "text/plain", "one\ntwo\nthree\n page\n");
    expect("a", "", "\xEF\xBB\xBFwith a mark", "text/plain", "with a mark");
    expect("a.txt", "", "کتاب\xE2\x80\x8Cها", "text/plain", "کتاب\xE2\x80\x8Cها");
}

/* A long text goes in runs of bounded length, cut at lines, and comes whole. */
static void test_runs(void **state)
{
    enum { LINES = 60000 };
    struct buf text;
    struct told told;

    (void)state;
    buf_init(&text, 16 << 20);
    for (int i = 0; i < LINES; i++)
        assert_int_equal(buf_printf(&text, "سطر %d of the text\n", i), 0);
    read_bytes("a", "", text.data, text.len, 64 << 20, &told);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.main.len, text.len);
    assert_memory_equal(told.main.data, text.data, text.len);
    assert_true(told.runs > text.len / (2 * FLOW_RUN_BYTES));
    assert_true(told.longest_run < 2 * FLOW_RUN_BYTES);
    buf_release(&told.main);

    /* the output limit cuts it and is named */
    read_bytes("a", "", text.data, text.len, 256 << 10, &told);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_LIMIT_SIZE);
    assert_true(told.main.len > 64 << 10 && told.main.len <= 256 << 10);
    assert_memory_equal(told.main.data, text.data, told.main.len);
    buf_release(&told.main);
    buf_release(&text);
}

/* One line without an end, of characters of three bytes. */
static void test_endless_line(void **state)
{
    enum { LEN = 3 << 20 };
    struct told told;
    char *text = mem_alloc(LEN);

    (void)state;
    for (int i = 0; i < LEN; i += 3)
        memcpy(text + i, "\xE2\x82\xAC", 3);
    memcpy(text, "abc", 3);
    read_bytes("a", "", text, LEN, 64 << 20, &told);
    assert_int_equal(told.main.len, LEN);
    assert_memory_equal(told.main.data, text, LEN);
    buf_release(&told.main);
    free(text);
}

static void test_csv(void **state)
{
    (void)state;
    expect("a.csv", "", "a,b\n\"x, y\",\"say \"\"no\"\"\"\n", "text/csv",
           "a\tb\nx, y\tsay \"no\"\n");
    expect("a.csv", "", "a;b;c\r\n1;\"two\nlines\";3\r\n", "text/csv",
           "a\tb\tc\n1\ttwo lines\t3\n");
    expect("a.tsv", "", "a\tb\n1\t2\n", "text/tab-separated-values", "a\tb\n1\t2\n");
    expect("a.csv", "", "a|b|c\n1|2,5|3\n", "text/csv", "a\tb\tc\n1\t2,5\t3\n");
    expect("a.csv", "", "a,b\n5\" pipe,x\n", "text/csv",
           "a\tb\n5\" pipe\tx\n");                                           /* inside a field */
    expect("a.csv", "", "a,b\n\"open,x\n", "text/csv", "a\tb\n\"open\tx\n"); /* never closed */
    expect("a.csv", "", "a,b\n\"x\"y,z\n", "text/csv", "a\tb\nxy\tz\n");     /* text after it */
    expect("a.csv", "", "نام,شهر\nسارا,تهران\n", "text/csv", "نام\tشهر\nسارا\tتهران\n");
    expect("a.csv", "", "a,b,\n,,\n", "text/csv", "a\tb\t\n\t\t\n");
}

/* The types of the real files of the manifest, as libmagic or their owners name them. */
static void test_manifest(void **state)
{
    const char *shared = getenv("SANAD_SHARED");
    char path[4096];
    char line[16384];
    unsigned files = 0;
    unsigned same = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/data/fixtures/MANIFEST.tsv", shared ? shared : "");
    FILE *manifest = fopen(path, "r");
    if (!manifest) {
        print_message("# skipped: no %s\n", path);
        return;
    }
    while (fgets(line, sizeof(line), manifest)) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        char *rest = line;
        const char *name = strsep(&rest, "\t");
        (void)strsep(&rest, "\t");
        const char *type = strsep(&rest, "\t");
        const char *slash = strrchr(name, '/');
        snprintf(path, sizeof(path), "%s/data/fixtures/%s", shared, name);
        buf_init(&bytes, 256 << 20);
        bool vague =
            type && (strcmp(type, "application/octet-stream") == 0 ||
                     strcmp(type, "application/zip") == 0 || strcmp(type, "text/plain") == 0);
        if (!type || vague || !slash || io_read_file(AT_FDCWD, path, &bytes, NULL))
            continue;
        struct input input = {.data = (unsigned char *)bytes.data,
                              .len = bytes.len,
                              .name = slash + 1,
                              .hint_mime = ""};
        files++;
        same += strcmp(sniff(&input), type) == 0;
    }
    (void)fclose(manifest);
    print_message("# %u of %u real files have the manifest's type\n", same, files);
    assert_true(files > 500);
    /* what differs is mostly finer here: mail that the manifest calls HTML, kinds of OLE */
    assert_true(same * 100 >= files * 90);
}

/* Reads `text` between two stretches of bytes that no text has. */
static void read_between(const char *name, const char *text, size_t padding, unsigned char pad,
                         struct told *told)
{
    struct buf bytes;

    buf_init(&bytes, 1 << 20);
    for (size_t i = 0; i < padding; i++)
        assert_int_equal(buf_append_char(&bytes, (char)pad), 0);
    assert_int_equal(buf_append_str(&bytes, text), 0);
    for (size_t i = 0; i < padding; i++)
        assert_int_equal(buf_append_char(&bytes, (char)pad), 0);
    read_bytes(name, "", bytes.data, bytes.len, 1 << 20, told);
    buf_release(&bytes);
}

/* A log that a crash padded with zeros, a page with a few bytes of something else. */
static void test_damaged(void **state)
{
    static const char LOG[] = "08:00 the guard opened the gate\n"
                              "08:10 نگهبان در را بست\n";
    static const char PAGE[] = "<html><body><p>the guard opened the gate\0 at eight "
                               "and closed it again before the minister left</p></body></html>";
    struct told told;

    (void)state;
    read_between("messages", LOG, 8192, 0, &told);
    assert_string_equal(told.mime, "text/plain");
    assert_string_equal(told.main.data, LOG);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    buf_release(&told.main);

    read_between("messages", LOG, 100, 1, &told); /* more rubbish than words */
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    buf_release(&told.main);

    read_bytes("page", "", PAGE, sizeof(PAGE) - 1, 1 << 20, &told);
    assert_string_equal(told.mime, "text/html");
    assert_non_null(strstr(told.main.data, "before the minister left"));
    buf_release(&told.main);
}

/* A reader asks when it has said everything; nothing of a short text is sent by then. */
static void test_verdict_of_unsent(void **state)
{
    struct frame_writer writer;
    struct emit emit;
    CLEANUP(cleanup_fd) int frames = memfd_create("frames", 0);

    (void)state;
    frame_writer_init(&writer, frames);
    emit_init(&emit, &writer, 1 << 20);
    assert_int_equal(verdict_by_words(&emit).reason, REASON_NO_WORDS);
    emit_flow_str(&emit, TEXT_MAIN, "یک");
    assert_int_equal(verdict_by_words(&emit).outcome, OUTCOME_TEXT);
    emit_release(&emit);
    frame_writer_release(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_endless_line),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_manifest),
        cmocka_unit_test(test_verdict_of_unsent),
    };

    charset_open();
    sniff_library_open();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
