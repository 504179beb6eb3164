/* Archives as people make them: names in old character sets, hostile names, damage, crawls. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "parts_build.h"
#include "parts_told.h"
#include "zip_build.h"

static void names_come_in_letters(void **state)
{
    static const struct {
        const char *raw;
        const char *name;
    } cases[] = {
        /* windows-1256 */
        {"\x90\xD2\xC7\xD1\xD4 \xE3\xCD\xD1\xE3\xC7\xE4\xE5.txt", "گزارش محرمانه.txt"},
        {"\xD3\xE4\xCF.txt", "سند.txt"},
        /* CP720 */
        {"\xA2\xE7\xA9\xEF\xA9 \xAB\xA9\xEF.txt", "تقرير سري.txt"},
        /* CP866, windows-1251 */
        {"\x8E\xE2\xE7\xF1\xE2 \xA7\xA0 \xA3\xAE\xA4.txt", "Отчёт за год.txt"},
        {"\xCE\xF2\xF7\xB8\xF2 \xE7\xE0 \xE3\xEE\xE4.txt", "Отчёт за год.txt"},
        /* CP437 */
        {"\x9A"
         "bersicht Gr\x94\xE1"
         "e.txt",
         "Übersicht Größe.txt"},
        /* GBK, Shift_JIS */
        {"\xC9\xF3\xBC\xC6\xB1\xA8\xB8\xE6.txt", "审计报告.txt"},
        {"\xC9\xF3\xBC\xC6\xD1\xB9\xCB\xF5\xB0\xFC\xCE\xC4\xBC\xFE/a.doc", "审计压缩包文件/a.doc"},
        {"\x83\x65\x83\x58\x83\x67\x8E\x91\x97\xBF.doc", "テスト資料.doc"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct told told;
        struct buf bytes;
        char want[256];
        zip_of(&cases[i].raw, 1, 0, &bytes);
        told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
        snprintf(want, sizeof(want), "%s () 1\n", cases[i].name);
        assert_string_equal(told.children.data, want);
        told_release(&told);
        buf_release(&bytes);
    }
}

/* The archive's names together tell the set that one of them alone would not. */
static void names_are_judged_together(void **state)
{
    static const char *const names[] = {
        "\x90\xD2\xC7\xD1\xD4 \xE3\xCD\xD1\xE3\xC7\xE4\xE5.txt",
        "\xE4\xC7\xE3\xE5.txt",
        "\xED.txt",
    };
    struct told told;
    struct buf bytes;

    (void)state;
    zip_of(names, ARRAY_LEN(names), 0, &bytes);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.children.data, "نامه.txt"));
    assert_non_null(strstr(told.children.data, "\nي.txt"));
    told_release(&told);
    buf_release(&bytes);
}

/* Names are only labels: none leads anywhere, none is lost. */
static void hostile_names_are_labels(void **state)
{
    static char long_name[6001];
    const char *const names[] = {"../../etc/passwd",
                                 "/etc/shadow",
                                 "C:\\windows\\a.txt",
                                 "same.txt",
                                 "same.txt",
                                 "evil\xE2\x80\xAEtxt.exe",
                                 ".",
                                 "",
                                 long_name};
    struct told told;
    struct buf bytes;

    (void)state;
    memset(long_name, 'n', sizeof(long_name) - 1);
    zip_of(names, ARRAY_LEN(names), 1 << 11, &bytes);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.detail, "9 files");
    assert_int_equal(told.data.len, 9);
    assert_non_null(strstr(told.children.data, "../../etc/passwd () 1\n"));
    assert_non_null(strstr(told.children.data, "same.txt () 1\nsame.txt () 1\n"));
    told_release(&told);
    buf_release(&bytes);
}

/* A NUL in a name ends it for the library; the file is there all the same. */
static void a_nul_in_a_name_loses_no_file(void **state)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct told told;

    (void)state;
    buf_init(&bytes, 4096);
    zip_put_local(&bytes, "a\0b.txt", 7, 0);
    size_t at = bytes.len;
    zip_put_central(&bytes, "a\0b.txt", 7, 0, 0, 0);
    size_t size = bytes.len - at;
    zip_put_end(&bytes, 0, 1, size, at);
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.child_bytes, 1);
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
}

/* One bad entry does not take the others with it. */
static void a_damaged_entry_stays_alone(void **state)
{
    static const struct build_entry entries[] = {{.name = "one.txt", .text = "first"},
                                                 {.name = "two.bin", .zeros = 100000},
                                                 {.name = "three.txt", .text = "third"},
                                                 {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_ZIP, entries, &bytes);
    char *name = memmem(bytes.data, bytes.len, "two.bin", 7);
    assert_non_null(name);
    memset(name + 7 + 32, 0xFF, 16); /* behind extra fields, inside the deflated bytes */
    told_read(&told, "x.zip", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.children.data, "one.txt () 5\n"));
    assert_non_null(strstr(told.children.data, "corrupt: "));
    assert_non_null(strstr(told.children.data, "three.txt () 5\n"));
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_string_equal(told.detail, "3 files, 1 not readable");
    told_release(&told);
    buf_release(&bytes);
}

/* A crawl: an answer in chunks, a file, a request; the last record is cut. */
static void crawls_give_their_pages(void **state)
{
    static const char warc[] =
        "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n"
        "Content-Length: 47\r\n\r\nsoftware: Heritrix\r\noperator: Mina\r\nrobots: off\n\r\n\r\n"
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://example.org/a?b=1>\r\n"
        "WARC-Date: 2014-11-03T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        "Content-Length: 95\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n3\r\n ok\r\n0\r\n\r\n\r\n"
        "\r\nWARC/1.0\r\nWARC-Type: request\r\nContent-Length: 4\r\n\r\nGET \r\n\r\n"
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///x.txt\r\n"
        "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nfile\r\n\r\n";
    static const char arc[] = "filedesc://x 0.0.0.0 20141103100000 text/plain 4\n1 0 \n\n"
                              "http://example.org/ 1.2.3.4 20141103100000 text/html 21\n"
                              "HTTP/1.0 200 OK\n\npage\n";
    struct told told;

    (void)state;
    told_read(&told, "x.warc", warc, sizeof(warc) - 1, PLENTY);
    assert_string_equal(told.children.data,
                        "https://example.org/a?b=1 (text/html) 8\nfile:///x.txt (text/plain) 4\n");
    assert_string_equal(told.data.data, "hello okfile");
    assert_string_equal(told.metas.data, "producer=Heritrix\nauthor=Mina\nproperty=robots: off\n");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
    told_read(&told, "x.warc", warc, sizeof(warc) - 7, PLENTY);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    assert_non_null(strstr(told.children.data, "file:///x.txt (text/plain) 2 truncated: "));
    told_release(&told);
    told_read(&told, "x.arc", arc, sizeof(arc) - 1, PLENTY);
    assert_string_equal(told.children.data, "http://example.org/ (text/html) 4\n");
    told_release(&told);
}

/* Zeros at the start look like a TAR that ends at once. */
static void zeros_are_a_file(void **state)
{
    enum { ZEROS = 1 << 20, SPACE = 8 << 10 };
    CLEANUP(cleanup_free) unsigned char *zeros = mem_zalloc(ZEROS, 1);
    unsigned char packed[SPACE];
    z_stream stream = {
        .next_in = zeros, .avail_in = ZEROS, .next_out = packed, .avail_out = sizeof(packed)};
    struct told told;

    (void)state;
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    told_read(&told, "disk.img.gz", packed, (size_t)stream.total_out, PLENTY);
    deflateEnd(&stream);
    assert_int_equal(told.child_bytes, ZEROS);
    assert_string_equal(told.children.data, "disk.img () 1048576\n");
    told_release(&told);
}

static void what_is_not_read_is_named(void **state)
{
    static const char ace[64] = "\x11\x22\x31\0\0\0\x90**ACE**";
    struct told told;

    (void)state;
    told_read(&told, "x.ace", ace, sizeof(ace), PLENTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    assert_non_null(strstr(told.detail, "an ACE archive"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_in_letters),
        cmocka_unit_test(names_are_judged_together),
        cmocka_unit_test(hostile_names_are_labels),
        cmocka_unit_test(a_nul_in_a_name_loses_no_file),
        cmocka_unit_test(a_damaged_entry_stays_alone),
        cmocka_unit_test(crawls_give_their_pages),
        cmocka_unit_test(zeros_are_a_file),
        cmocka_unit_test(what_is_not_read_is_named),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
