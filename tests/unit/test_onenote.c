/* OneNote: property sets found in a section, embedded files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "parts_told.h"
#include "worker/reader.h"

#define MICROSOFT "fixtures/tika/tika-parser-microsoft-module/"

enum { TEXT = 0x1C001C22, AUTHOR = 0x1C001D75, NUMBER = 0x14001C00, TRUTH = 0x08001C04 };

static void put32(struct buf *out, uint32_t number)
{
    unsigned char bytes[4];

    le32_put(bytes, number);
    (void)buf_append(out, bytes, 4);
}

/* A value of UTF-16: its length, then ASCII with zeros between. */
static void put_wide(struct buf *out, const char *text)
{
    put32(out, (uint32_t)strlen(text) * 2);
    for (; *text; text++)
        (void)buf_append(out, (char[]){*text, 0}, 2);
}

/* A set of a number, a text, a truth and an author. */
static void put_set(struct buf *out, const char *text, const char *author)
{
    (void)buf_append(out, "\4\0", 2);
    put32(out, NUMBER);
    put32(out, TEXT);
    put32(out, TRUTH);
    put32(out, AUTHOR);
    put32(out, TEXT); /* the number's value looks like an identifier */
    put_wide(out, text);
    put_wide(out, author);
}

static void start(struct buf *out)
{
    static const char zeros[64];

    buf_init(out, 65536);
    (void)buf_append(out, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3", 16);
    (void)buf_append(out, zeros, sizeof(zeros));
}

static void texts_and_files(void **state)
{
    struct told told;
    struct buf bytes;

    (void)state;
    start(&bytes);
    put_set(&bytes, "the first", "A");
    put_set(&bytes, "the second", "B");
    put_set(&bytes, "the first", "A"); /* an earlier revision */
    (void)buf_append(&bytes, "\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC",
                     16);
    (void)buf_append(&bytes, "\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0PNG", 23);
    told_read(&told, "x", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/onenote");
    assert_string_equal(told.main.data, "the first\nthe second\n");
    assert_string_equal(told.metas.data, "author=A\nauthor=B\n");
    assert_string_equal(told.children.data, "file-1 () 3\n");
    assert_string_equal(told.data.data, "PNG");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
    /* cut inside the file */
    told_read(&told, "x", bytes.data, bytes.len - 1, PLENTY);
    assert_non_null(strstr(told.children.data, "file-1 () 2 truncated"));
    told_release(&told);
    buf_release(&bytes);
}

static void values_longer_than_the_file(void **state)
{
    struct told told;
    struct buf bytes;

    (void)state;
    start(&bytes);
    (void)buf_append(&bytes, "\1\0", 2);
    put32(&bytes, TEXT);
    put32(&bytes, 0xFFFFFFF0);
    (void)buf_append(&bytes, "x\0", 2);
    told_read(&told, "x", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_NO_WORDS);
    told_release(&told);
    buf_release(&bytes);
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *words, *child;
    } rows[] = {
        {MICROSOFT "testOneNote2016.one", "This is one note 2016", NULL},
        {MICROSOFT "testOneNote2007OrEarlier.one", "Correlation between Outlook and OneNote",
         "file-1 () 876005"},
        {MICROSOFT "testOneNoteFromOffice365.one", "Section1Page2Content", NULL},
        {MICROSOFT "testOneNoteFromOffice365-2.one", "Section1Page1Content", NULL},
        {MICROSOFT "test-tika-4303-Chinese-notes.one",
         "\xE4\xB8\xAD\xE6\x96\x87\xE6\xA0\x87\xE9\xA2\x98", NULL},
        /* packaged as in the cloud */
        {MICROSOFT "testOneNoteEmbeddedImage.one", "Image below", "file-1 () 16034"},
        {MICROSOFT "testOneNoteEmbeddedWordDoc.one", "Embedded doc sheet", "file-1 () 11791"},
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!told_read_shared(&told, rows[i].path))
            skip();
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_non_null(strstr(told.main.data, rows[i].words));
        if (rows[i].child)
            assert_non_null(strstr(told.children.data, rows[i].child));
        told_release(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_and_files),
        cmocka_unit_test(values_longer_than_the_file),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests_name("onenote", tests, NULL, NULL);
}
