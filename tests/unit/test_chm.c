/* Compiled help, built by the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "parts_build.h"
#include "parts_told.h"
#include "worker/books/chm.h"

enum { HELP_CHUNK = 512, HELP_HEADER = 0x60, HELP_SECTION = 0x18, HELP_DIRECTORY = 0x54 };

static void put64(struct buf *out, uint64_t number)
{
    unsigned char bytes[8];

    le64_put(bytes, number);
    (void)buf_append(out, bytes, 8);
}

static void put32(struct buf *out, uint32_t number)
{
    unsigned char bytes[4];

    le32_put(bytes, number);
    (void)buf_append(out, bytes, 4);
}

/* A help file with its files uncompressed and one directory chunk; names sorted. */
static void build_help(const struct build_entry *entries, struct buf *out)
{
    static const char zeros[HELP_CHUNK];
    CLEANUP(cleanup_buf) struct buf names = {0};
    CLEANUP(cleanup_buf) struct buf data = {0};
    size_t count = 0;
    uint64_t data_at = HELP_HEADER + HELP_SECTION + HELP_DIRECTORY + HELP_CHUNK;

    buf_init(&names, HELP_CHUNK - 0x14);
    buf_init(&data, 65536);
    for (; entries->name; entries++, count++) {
        (void)buf_printf(&names, "%c%s%c", (int)strlen(entries->name), entries->name, '\0');
        (void)buf_append_char(&names, (char)(0x80 | data.len >> 7));
        (void)buf_append_char(&names, (char)(data.len & 0x7F));
        (void)buf_append_char(&names, (char)(0x80 | strlen(entries->text) >> 7));
        (void)buf_append_char(&names, (char)(strlen(entries->text) & 0x7F));
        (void)buf_append_str(&data, entries->text);
    }
    buf_init(out, 65536);
    (void)buf_append(out, "ITSF\3\0\0\0\x60\0\0\0\1\0\0\0\0\0\0\0\x09\4\0\0", 24);
    (void)buf_append(out, "\x10\xFD\1\x7C\xAA\x7B\xD0\x11\x9E\x0C\0\xA0\xC9\x22\xE6\xEC", 16);
    (void)buf_append(out, "\x11\xFD\1\x7C\xAA\x7B\xD0\x11\x9E\x0C\0\xA0\xC9\x22\xE6\xEC", 16);
    put64(out, HELP_HEADER);
    put64(out, HELP_SECTION);
    put64(out, HELP_HEADER + HELP_SECTION);
    put64(out, HELP_DIRECTORY + HELP_CHUNK);
    put64(out, data_at);
    put64(out, 0x1FE);
    put64(out, data_at + data.len);
    put64(out, 0);
    (void)buf_append_str(out, "ITSP");
    static const uint32_t directory[] = {1, HELP_DIRECTORY, 10,         HELP_CHUNK, 2,
                                         1, UINT32_MAX,     0,          0,          UINT32_MAX,
                                         1, 0x409,          0,          0,          0,
                                         0, HELP_DIRECTORY, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    for (size_t i = 0; i < ARRAY_LEN(directory); i++)
        put32(out, directory[i]);
    size_t unused = HELP_CHUNK - 0x14 - names.len;
    (void)buf_append_str(out, "PMGL");
    put32(out, (uint32_t)unused);
    put32(out, 0);
    put32(out, UINT32_MAX);
    put32(out, UINT32_MAX);
    (void)buf_append(out, names.data, names.len);
    (void)buf_append(out, zeros, unused - 2);
    (void)buf_append(out, (char[]){(char)count, 0}, 2);
    (void)buf_append(out, data.data, data.len);
}

static void compiled_help(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "/#SYSTEM", .text = "v3.."},
        {.name = "/a.htm", .text = "<p>not in the contents"},
        {.name = "/b.htm", .text = "<p>first"},
        {.name = "/i.png", .text = "PNG"},
        {.name = "/t.hhc",
         .text = "<OBJECT type='text/sitemap'><param name=\"Name\" value=\"Start\">"
                 "<param name='Local' value='b.htm#x'></OBJECT>"},
        {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_help(entries, &bytes);
    told_read(&told, "x.chm", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.main.data, "first\nnot in the contents\n");
    assert_string_equal(told.pages.data, "Start\n\n");
    assert_string_equal(told.children.data, "i.png () 3\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
    told_read(&told, "x.chm", bytes.data, bytes.len - 110, PLENTY);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    told_release(&told);
    buf_release(&bytes);
}

static void languages_have_charsets(void **state)
{
    (void)state;
    assert_string_equal(chm_charset(0x0429), "windows-1256");
    assert_string_equal(chm_charset(0x0404), "big5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiled_help),
        cmocka_unit_test(languages_have_charsets),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
