/* Archives: names, counts, links, passwords, damage, bombs; nested depth is the ingest's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parts_build.h"
#include "parts_told.h"

static const struct build_entry TWO[] = {
    {.name = "leak/one.txt", .text = "first"}, {.name = "سند/دو.txt", .text = "second file"}, {0}};

static void entries_come_in_order(void **state)
{
    static const enum build_kind kinds[] = {BUILD_ZIP, BUILD_TAR, BUILD_TAR_GZ, BUILD_7Z};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct told told;
        read_built(&told, "leak", kinds[i], TWO);
        assert_string_equal(told.children.data, "leak/one.txt () 5\nسند/دو.txt () 11\n");
        assert_string_equal(told.data.data, "firstsecond file");
        assert_int_equal(told.outcome, OUTCOME_EMPTY);
        assert_int_equal(told.reason, REASON_CONTAINER);
        assert_string_equal(told.detail, "2 files");
        told_release(&told);
    }
}

static void links_are_not_followed(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "secret", .link = "../../etc/passwd"}, {.name = "a.txt", .text = "a"}, {0}};
    struct told told;

    (void)state;
    read_built(&told, "x.tar", BUILD_TAR, entries);
    assert_string_equal(told.children.data,
                        "secret () 0 symlink: a symbolic link to ../../etc/passwd\na.txt () 1\n");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
}

static void locked_entries_are_named(void **state)
{
    struct told told;

    (void)state;
    read_built(&told, "x.zip", BUILD_ZIP_LOCKED, TWO);
    assert_non_null(strstr(told.children.data, "leak/one.txt () 0 password: "));
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_string_equal(told.detail, "2 files, 2 not readable, 2 of them locked");
    told_release(&told);
}

static void truncated_archives_keep_what_came(void **state)
{
    static const enum build_kind kinds[] = {BUILD_ZIP, BUILD_TAR, BUILD_TAR_GZ};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct build_entry entries[] = {
            {.name = "one.txt", .text = "first"}, {.name = "two", .zeros = 2000000}, {0}};
        struct told told;
        struct buf bytes;
        build_archive(kinds[i], entries, &bytes);
        told_read(&told, "x", bytes.data, bytes.len * 2 / 3, PLENTY);
        assert_int_equal(told.outcome, OUTCOME_FAILED);
        assert_int_equal(told.reason, REASON_TRUNCATED);
        assert_non_null(strstr(told.children.data, "one.txt () 5\n"));
        assert_non_null(strstr(told.children.data, "truncated: "));
        told_release(&told);
        buf_release(&bytes);
    }
}

static void bombs_are_stopped_by_ratio(void **state)
{
    static const struct build_entry entries[] = {{.name = "zeros", .zeros = 200 << 20}, {0}};
    struct told told;

    (void)state;
    read_built(&told, "bomb.zip", BUILD_ZIP, entries);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_LIMIT_SIZE);
    assert_int_equal(told.child_bytes, 0); /* it says itself how large it is */
    told_release(&told);

    read_built(&told, "bomb.tgz", BUILD_TAR_GZ, entries);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_LIMIT_SIZE);
    assert_true(told.child_bytes <= 64 << 20);
    told_release(&told);
}

static void output_is_capped(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "small", .text = "kept"}, {.name = "zeros", .zeros = 8 << 20}, {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_TAR_GZ, entries, &bytes);
    told_read(&told, "x.tgz", bytes.data, bytes.len, 1 << 20);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_LIMIT_SIZE);
    assert_non_null(strstr(told.children.data, "small () 4\n"));
    told_release(&told);
    buf_release(&bytes);
}

static void rubbish_is_corrupt(void **state)
{
    struct told told;
    char bytes[] = "PK\3\4 and then nothing that a ZIP file has: ..........................";

    (void)state;
    told_read(&told, "x.zip", bytes, sizeof(bytes), PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_true(told.reason == REASON_CORRUPT || told.reason == REASON_TRUNCATED);
    told_release(&told);
}

/* Real files: path, reason of the document, and what its children must say. */
static void real_archives(void **state)
{
    static const struct {
        const char *path;
        enum reason reason;
        const char *child;
    } files[] = {
        {"fixtures/aleph-ingest-file/500_pages.7z.001", REASON_MISSING_PART, ""},
        {"fixtures/aleph-ingest-file/bad7zip.7z", REASON_CONTAINER, "symlink: a symbolic link"},
        {"fixtures/aleph-ingest-file/7z_password.7z", REASON_CONTAINER, "password: "},
        {"fixtures/tika/tika-parser-pkg-module/full_encrypted.7z", REASON_PASSWORD, ""},
        {"fixtures/tika/tika-parser-pkg-module/test-documents.tbz2", REASON_CONTAINER, ".doc"},
        {"fixtures/tika/tika-parser-pkg-module/quine.gz", REASON_LIMIT_DEPTH, ""},
    };
    size_t read = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i].path))
            continue;
        read++;
        assert_int_equal(told.reason, files[i].reason);
        assert_non_null(strstr(told.children.data, files[i].child));
        told_release(&told);
    }
    if (read == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_come_in_order),
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(locked_entries_are_named),
        cmocka_unit_test(truncated_archives_keep_what_came),
        cmocka_unit_test(bombs_are_stopped_by_ratio),
        cmocka_unit_test(output_is_capped),
        cmocka_unit_test(rubbish_is_corrupt),
        cmocka_unit_test(real_archives),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
