/* Locked archives: passwords, encryption of each kind, what is cut off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "locked_bytes.h"
#include "parts_build.h"
#include "parts_told.h"

#define LOCKED "locked with a password; give it with sanad retry --password-file"

static void passwords_are_tried(void **state)
{
    static const struct build_entry entries[] = {{.name = "one.txt", .text = "first"}, {0}};
    const char *const right[] = {"wrong", "نه", "secret", "later", NULL};
    const char *const wrong[] = {"wrong", "other", NULL};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_ZIP_LOCKED, entries, &bytes);
    told_read_with(&told, "x.zip", bytes.data, bytes.len, right, NULL);
    assert_string_equal(told.children.data, "one.txt () 5\n");
    assert_string_equal(told.data.data, "first");
    told_release(&told);
    told_read_with(&told, "x.zip", bytes.data, bytes.len, wrong, NULL);
    assert_non_null(strstr(told.children.data, "one.txt () 0 password: locked"));
    assert_string_equal(told.detail, "1 file, 1 not readable, 1 of them locked");
    told_release(&told);
    buf_release(&bytes);
}

/* Encryption that libarchive has not: with the right password everything, else only the reason. */
static void encrypted_archives_are_opened(void **state)
{
    static const struct {
        const char *name;
        const void *data;
        size_t len;
        const char *open;   /* children with the password */
        const char *closed; /* and without */
        enum reason reason;
    } cases[] = {
        {"a.rar", RAR_LOCKED, sizeof(RAR_LOCKED), "a.txt () 11\nb.txt () 5\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 5\n", REASON_CONTAINER},
        {"b.rar", RAR_HIDDEN, sizeof(RAR_HIDDEN), "a.txt () 11\n", "", REASON_PASSWORD},
        {"c.rar", RAR4_LOCKED, sizeof(RAR4_LOCKED), "a.txt () 11\nb.txt () 5\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 5\n", REASON_CONTAINER},
        {"d.rar", RAR4_HIDDEN, sizeof(RAR4_HIDDEN), "a.txt () 11\n", "", REASON_PASSWORD},
        {"a.7z", SEVENZIP_LOCKED_FILES, sizeof(SEVENZIP_LOCKED_FILES), "a.txt () 12\nb.txt () 7\n",
         "a.txt () 0 password: " LOCKED "\nb.txt () 0 password: " LOCKED "\n", REASON_CONTAINER},
        {"b.7z", SEVENZIP_LOCKED_NAMES, sizeof(SEVENZIP_LOCKED_NAMES), "a.txt () 12\nb.txt () 7\n",
         "", REASON_PASSWORD},
    };
    const char *const right[] = {"wrong", "گذر", NULL};
    const char *const wrong[] = {"wrong", NULL};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct told told;
        told_read_with(&told, cases[i].name, cases[i].data, cases[i].len, right, NULL);
        assert_string_equal(told.children.data, cases[i].open);
        assert_int_equal(told.reason, REASON_CONTAINER);
        told_release(&told);
        for (int with = 0; with < 2; with++) {
            told_read_with(&told, cases[i].name, cases[i].data, cases[i].len, with ? wrong : NULL,
                           NULL);
            assert_string_equal(told.children.data, cases[i].closed);
            assert_int_equal(told.reason, cases[i].reason);
            told_release(&told);
        }
    }
}

/* Every cut of an encrypted archive ends with a reason, whatever it is. */
static void cut_archives_end_with_a_reason(void **state)
{
    static const struct {
        const void *data;
        size_t len;
    } cases[] = {
        {RAR_LOCKED, sizeof(RAR_LOCKED)},
        {RAR_HIDDEN, sizeof(RAR_HIDDEN)},
        {RAR4_LOCKED, sizeof(RAR4_LOCKED)},
        {RAR4_HIDDEN, sizeof(RAR4_HIDDEN)},
        {SEVENZIP_LOCKED_FILES, sizeof(SEVENZIP_LOCKED_FILES)},
    };
    const char *const right[] = {"گذر", NULL};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        for (size_t len = 9; len < cases[i].len; len += 7) {
            struct told told;
            told_read_with(&told, "a", cases[i].data, len, right, NULL);
            assert_int_equal(told.outcome, OUTCOME_FAILED);
            assert_int_not_equal(told.reason, REASON_NONE);
            told_release(&told);
        }
}

/* What RAR 2 packed no library here unpacks; what it only stored is read. */
static void old_rar_is_told(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "a.rar", RAR4_OLD, sizeof(RAR4_OLD), PLENTY);
    assert_string_equal(
        told.children.data,
        "a.txt () 0 unsupported: packed by RAR 2 or older; unpack it with unrar and "
        "add what it holds\nb.txt () 5\n");
    told_release(&told);
}

static void real_locked_rar_is_opened(void **state)
{
    static const char PATH[] = "fixtures/tika/tika-parser-pkg-module/test-documents-enc.rar";
    const char *const right[] = {"wrong", "ApacheTika", NULL};
    struct told told;

    (void)state;
    if (!told_read_shared_with(&told, PATH, right))
        skip();
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_non_null(strstr(told.children.data, "testPDF.pdf () 34824\n"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_are_tried),
        cmocka_unit_test(encrypted_archives_are_opened),
        cmocka_unit_test(cut_archives_end_with_a_reason),
        cmocka_unit_test(old_rar_is_told),
        cmocka_unit_test(real_locked_rar_is_opened),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
