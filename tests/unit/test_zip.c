/* ZIP out: what a reader finds at the end and before each file, and names that do no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "export/safe_path.h"
#include "fmt/crc32.h"
#include "fmt/zip.h"

enum { OUT_MAX = 64 << 20, LOCAL = 30, CENTRAL = 46, END = 22, FEW = 0xFFFF };

static int take(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

static int give_text(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    const char *text = ctx;

    (void)err;
    return sink(sink_ctx, text, strlen(text));
}

/* So many bytes, in pieces. */
struct many {
    size_t len;
    unsigned asked;
    bool changes; /* the second time there are others */
};

static int give_many(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    struct many *many = ctx;
    char piece[1000];
    int rc = 0;

    (void)err;
    memset(piece, many->changes && many->asked ? 'b' : 'a', sizeof(piece));
    many->asked++;
    for (size_t left = many->len; left && !rc;) {
        size_t part = left < sizeof(piece) ? left : sizeof(piece);
        rc = sink(sink_ctx, piece, part);
        left -= part;
    }
    return rc;
}

static int give_nothing(void *ctx, zip_sink *sink, void *sink_ctx, struct err *err)
{
    (void)ctx;
    (void)sink;
    (void)sink_ctx;
    return err_set(err, ERR_CORRUPT, "damaged");
}

static const unsigned char *at(const struct buf *out, size_t place, size_t len)
{
    assert_true(place <= out->len && len <= out->len - place);
    return (const unsigned char *)out->data + place;
}

static void test_crc(void **state)
{
    struct crc32_table table;

    (void)state;
    crc32_fill(&table);
    assert_int_equal(crc32_add(&table, 0, "123456789", 9), 0xCBF43926); /* the usual check */
    assert_int_equal(crc32_add(&table, 0, "", 0), 0);
    uint32_t crc = crc32_add(&table, 0, "12345678901234567", 17);
    assert_int_equal(crc32_add(&table, crc32_add(&table, 0, "123", 3), "45678901234567", 14), crc);
}

static void test_small(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    CLEANUP(cleanup_zip) struct zip_writer *zip = NULL;
    struct err err = {0};

    (void)state;
    buf_init(&out, OUT_MAX);
    zip = zip_new(take, &out);
    assert_int_equal(zip_add(zip, "a/\xC3\xA9.txt", 1000000000, give_text, (char[]){"hello"}, &err),
                     0);
    assert_int_equal(zip_add(zip, "gone", 0, give_nothing, NULL, &err), ERR_CORRUPT);
    assert_false(zip_broken(zip)); /* and left no byte */
    assert_int_equal(zip_add(zip, "empty", INT64_MIN, give_text, (char[]){""}, &err), 0);
    assert_int_equal(zip_end(zip, &err), 0);

    const unsigned char *local = at(&out, 0, LOCAL);
    assert_int_equal(le32_get(local), 0x04034B50);
    assert_int_equal(le16_get(local + 6), 1 << 11); /* UTF-8, and no data descriptor */
    assert_int_equal(le16_get(local + 8), 0);       /* stored */
    assert_int_equal(le16_get(local + 12), (2001 - 1980) << 9 | 9 << 5 | 9);
    assert_int_equal(le32_get(local + 14), 0x3610A686); /* of "hello" */
    assert_int_equal(le32_get(local + 18), 5);
    size_t data = LOCAL + le16_get(local + 26) + le16_get(local + 28);
    assert_memory_equal(at(&out, data, 5), "hello", 5);

    const unsigned char *end = at(&out, out.len - END, END);
    assert_int_equal(le32_get(end), 0x06054B50);
    assert_int_equal(le16_get(end + 10), 2);
    size_t list = le32_get(end + 16);
    assert_int_equal(list + le32_get(end + 12) + END, out.len);
    const unsigned char *central = at(&out, list, CENTRAL);
    assert_int_equal(le32_get(central), 0x02014B50);
    assert_int_equal(le32_get(central + 38), 0100600u << 16);
    assert_int_equal(le32_get(central + 42), 0);
}

/* Beyond what is held, a file is asked for again, and must be the same. */
static void test_large(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    CLEANUP(cleanup_zip) struct zip_writer *zip = NULL;
    struct many small = {.len = ZIP_HELD};
    struct many large = {.len = ZIP_HELD + 1};
    struct many changes = {.len = ZIP_HELD + 1, .changes = true};
    struct err err = {0};

    (void)state;
    buf_init(&out, OUT_MAX);
    zip = zip_new(take, &out);
    assert_int_equal(zip_add(zip, "small", 0, give_many, &small, &err), 0);
    assert_int_equal(small.asked, 1);
    assert_int_equal(zip_add(zip, "large", 0, give_many, &large, &err), 0);
    assert_int_equal(large.asked, 2);
    assert_int_equal(zip_add(zip, "changes", 0, give_many, &changes, &err), ERR_CORRUPT);
    assert_true(zip_broken(zip));
}

static int take_little(void *ctx, const void *data, size_t len)
{
    (void)data;
    uint64_t *left = ctx;
    if (*left < len)
        return ERR_INTERRUPTED;
    *left -= len;
    return 0;
}

/* A reader that goes away ends it at once. */
static void test_aborted(void **state)
{
    CLEANUP(cleanup_zip) struct zip_writer *zip = NULL;
    struct many large = {.len = 8 * (size_t)ZIP_HELD};
    uint64_t left = ZIP_HELD;
    struct err err = {0};

    (void)state;
    zip = zip_new(take_little, &left);
    assert_int_equal(zip_add(zip, "large", 0, give_many, &large, &err), ERR_INTERRUPTED);
    assert_true(zip_broken(zip));
}

/* More files than a number of 16 bits counts. */
static void test_many_files(void **state)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    CLEANUP(cleanup_zip) struct zip_writer *zip = NULL;
    struct err err = {0};

    (void)state;
    buf_init(&out, OUT_MAX);
    zip = zip_new(take, &out);
    for (int i = 0; i < FEW + 5; i++)
        assert_int_equal(zip_add(zip, "x", 0, give_text, (char[]){""}, &err), 0);
    assert_int_equal(zip_end(zip, &err), 0);
    const unsigned char *end = at(&out, out.len - END, END);
    assert_int_equal(le16_get(end + 10), FEW);
    const unsigned char *place = end - 20;
    assert_int_equal(le32_get(place), 0x07064B50);
    const unsigned char *end64 = at(&out, le64_get(place + 8), 56);
    assert_int_equal(le32_get(end64), 0x06064B50);
    assert_int_equal(le64_get(end64 + 32), FEW + 5);
    assert_int_equal(le64_get(end64 + 40) + le64_get(end64 + 48), le64_get(place + 8));
}

/* ---- names ---- */

static void assert_path(const char *given, const char *wanted)
{
    CLEANUP(cleanup_buf) struct buf out = {0};

    buf_init(&out, SAFE_PATH_MAX);
    safe_path(7, given, &out);
    assert_false(out.full);
    assert_string_equal(out.data, wanted);
}

static void test_names(void **state)
{
    (void)state;
    assert_path("leak/a.zip!/b/c.pdf", "originals/leak/a.zip!/b/item-7-c.pdf");
    assert_path("/etc/passwd", "originals/etc/item-7-passwd");
    assert_path("../../x", "originals/__/__/item-7-x");
    assert_path("a/./b", "originals/a/_/item-7-b");
    assert_path("C:\\x\\y", "originals/item-7-C__x_y");
    assert_path("CON/nul.txt/com1/COM\xC2\xB9/console/x",
                "originals/_CON/_nul.txt/_com1/_COM\xC2\xB9/console/item-7-x");
    assert_path(".git/-rf/item-7-c/~/x", "originals/_.git/_-rf/_item-7-c/_~/item-7-x");
    assert_path("a. /b...", "originals/a__/item-7-b___");
    assert_path("x/\xE2\x80\xAEgnp.exe", "originals/x/item-7-_gnp.exe");
    assert_path("a\x01\x1b\xC2\x85"
                "b\xEF\xBB\xBF",
                "originals/item-7-a___b_");
    /* joiners of Persian stay */
    assert_path("\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xB4",
                "originals/item-7-\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xB4");
    assert_path("d/desktop.ini", "originals/d/item-7-desktop.ini_");
    assert_path("d/Report.LNK", "originals/d/item-7-Report.LNK_");
    assert_path("d/a.url.", "originals/d/item-7-a.url_");
    assert_path("", "originals/item-7-");
}

static void test_long_names(void **state)
{
    CLEANUP(cleanup_buf) struct buf path = {0};
    CLEANUP(cleanup_buf) struct buf out = {0};

    (void)state;
    buf_init(&path, 64 << 10);
    buf_init(&out, SAFE_PATH_MAX);
    for (int i = 0; i < 2000; i++)
        (void)buf_append_str(&path, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80/");
    for (int i = 0; i < 500; i++)
        (void)buf_append_str(&path, "\xF0\x9F\x98\x80");
    (void)buf_append_str(&path, ".html");
    safe_path(INT64_MAX, path.data, &out);
    assert_false(out.full);
    assert_string_equal(out.data + out.len - 5, ".html");
    assert_true(out.len < 4 * 240);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crc),        cmocka_unit_test(test_small),
        cmocka_unit_test(test_large),      cmocka_unit_test(test_aborted),
        cmocka_unit_test(test_many_files), cmocka_unit_test(test_names),
        cmocka_unit_test(test_long_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
