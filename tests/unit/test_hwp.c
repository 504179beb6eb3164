/* Hangul Word Processor 5: records of sections in a compound file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cfb_build.h"
#include "parts_told.h"
#include "worker/reader.h"

#define OFFICE "fixtures/tika/tika-parser-miscoffice-module/"

/* Two records of another kind (tag 66, one byte) and of text (tag 67): "ab", a tab in eight units,
 * "c", a control of eight units, the end of the paragraph. */
#define RECORDS                                                                                    \
    "\x42\0\x10\0x"                                                                                \
    "\x43\0\x80\2"                                                                                 \
    "a\0b\0\x09\0\0\0\0\0\0\0\0\0\0\0\0\0\x09\0"                                                   \
    "c\0\x0B\0zzzzzzzzzzzzzz\x0D\0"

static char header[256] = "HWP Document File";

static void read_with(struct told *told, char flags, const char *records, size_t len)
{
    const struct cfb_node sections[] = {{.name = "Section0", .text = records, .len = len}, {0}};
    const struct cfb_node files[] = {{.name = "BIN0001.png", .text = "PNG"}, {0}};
    const struct cfb_node root[] = {{.name = "FileHeader", .text = header, .len = sizeof(header)},
                                    {.name = "BodyText", .children = sections},
                                    {.name = "BinData", .children = files},
                                    {0}};
    struct buf bytes;

    header[36] = flags;
    build_cfb(root, &bytes);
    told_read(told, "x.hwp", bytes.data, bytes.len, PLENTY);
    buf_release(&bytes);
}

static void text_of_a_section(void **state)
{
    struct told told;

    (void)state;
    read_with(&told, 0, RECORDS, sizeof(RECORDS) - 1);
    assert_string_equal(told.mime, "application/x-hwp-v5");
    assert_string_equal(told.main.data, "ab\tc\n");
    assert_string_equal(told.children.data, "BIN0001.png () 3\n");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
}

static void a_section_cut_off(void **state)
{
    struct told told;

    (void)state;
    read_with(&told, 0, RECORDS, sizeof(RECORDS) - 1 - 30);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_CORRUPT);
    told_release(&told);
    /* said to be packed and is not */
    read_with(&told, 1, RECORDS, sizeof(RECORDS) - 1);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_CORRUPT);
    told_release(&told);
}

static void a_locked_document(void **state)
{
    struct told told;

    (void)state;
    read_with(&told, 2, RECORDS, sizeof(RECORDS) - 1);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    told_release(&told);
}

static void real_files(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, OFFICE "testHWP_5.0.hwp"))
        skip();
    assert_string_equal(told.main.data, "\xED\x85\x8C\xEC\x8A\xA4\xED\x8A\xB8\ntest\n");
    assert_non_null(strstr(told.metas.data, "author=next1009\n"));
    told_release(&told);
    /* for distribution: under a cipher */
    assert_true(told_read_shared(&told, OFFICE "testHWP-v5-dist.hwp"));
    assert_non_null(strstr(told.main.data, "Apache Tika - "));
    assert_non_null(strstr(told.metas.data, "author=SooMyung Lee\n"));
    assert_int_equal(told.reason, REASON_NONE);
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_a_section),
        cmocka_unit_test(a_section_cut_off),
        cmocka_unit_test(a_locked_document),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests_name("hwp", tests, NULL, NULL);
}
