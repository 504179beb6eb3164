/* Archives in volumes, and the names by which volumes find each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "locked_bytes.h"
#include "parts_build.h"
#include "parts_told.h"
#include "wire/volume_name.h"
#include "zip_build.h"

static void names_of_volumes(void **state)
{
    static const struct {
        const char *name;
        enum volume_style style;
        uint32_t number;
        const char *next;
    } cases[] = {
        {"leak.7z.001", VOLUME_CUT, 1, "leak.7z.002"},
        {"leak.7z.099", VOLUME_CUT, 99, "leak.7z.100"},
        {"leak.tgz.az", VOLUME_CUT_AA, 26, "leak.tgz.ba"},
        {"leak.tar.gz", VOLUME_NONE, 0, "leak.tar.gz"},
        {"leak.tar.xz", VOLUME_NONE, 0, "leak.tar.xz"},
        {"leak.br", VOLUME_NONE, 0, "leak.br"},
        {"backup.2019", VOLUME_NONE, 0, "backup.2019"},
        {"leak.z01", VOLUME_ZIP, 1, "leak.z02"},
        {"LEAK.Z09", VOLUME_ZIP, 9, "LEAK.Z10"},
        {"leak.part01.rar", VOLUME_RAR, 1, "leak.part02.rar"},
        {"leak.part9.exe", VOLUME_RAR, 9, "leak.part10.rar"},
        {"leak.rar", VOLUME_RAR_OLD, 1, "leak.r00"},
        {"leak.r99", VOLUME_RAR_OLD, 101, "leak.s00"},
        {"leak.txt", VOLUME_NONE, 0, NULL},
        {"report.2014", VOLUME_NONE, 0, NULL}, /* a year */
        {".001", VOLUME_NONE, 0, NULL},
        {"a.000", VOLUME_NONE, 0, NULL},
        {"part1.rar", VOLUME_RAR_OLD, 1, "part1.r00"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct volume_name volume = volume_name_parse(cases[i].name);
        char next[VOLUME_NAME_SPACE];
        assert_int_equal(volume.style, cases[i].style);
        assert_int_equal(volume.number, cases[i].number);
        if (!cases[i].next)
            continue;
        volume_name_make(cases[i].name, &volume, volume.number + 1, next);
        assert_string_equal(next, cases[i].next);
    }
}

static void zip_volumes_are_one(void **state)
{
    struct buf volumes[3];
    struct told told;

    (void)state;
    zip_volumes(volumes);
    struct told_volume others[] = {{"x.z01", volumes[0].data, volumes[0].len},
                                   {"x.z02", volumes[1].data, volumes[1].len},
                                   {0}};
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, others);
    assert_string_equal(told.children.data, "a.txt () 1\nb.txt () 1\nc.txt () 1\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    told_release(&told);
    others[1].name = NULL;
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, others);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.z02"));
    assert_non_null(strstr(told.children.data, "a.txt () 1\n"));
    told_release(&told);
    told_read_with(&told, "x.zip", volumes[2].data, volumes[2].len, NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.z01"));
    told_release(&told);
    for (size_t i = 0; i < ARRAY_LEN(volumes); i++)
        buf_release(&volumes[i]);
}

static void a_cut_archive_is_one(void **state)
{
    static const struct build_entry entries[] = {
        {.name = "one.txt", .text = "first"}, {.name = "two.txt", .text = "second file"}, {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_archive(BUILD_7Z, entries, &bytes);
    size_t cut = bytes.len / 3;
    struct told_volume others[] = {{"x.7z.002", bytes.data + cut, cut},
                                   {"x.7z.003", bytes.data + 2 * cut, bytes.len - 2 * cut},
                                   {0}};
    told_read_with(&told, "x.7z.001", bytes.data, cut, NULL, others);
    assert_string_equal(told.children.data, "one.txt () 5\ntwo.txt () 11\n");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    told_release(&told);
    others[1].name = NULL;
    told_read_with(&told, "x.7z.001", bytes.data, cut, NULL, others);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "x.7z.003"));
    told_release(&told);
    buf_release(&bytes);
}

static void rar_volumes_are_one(void **state)
{
    const struct told_volume others[] = {{"v.part2.rar", RAR_TWO, sizeof(RAR_TWO)}, {0}};
    struct told told;

    (void)state;
    told_read_with(&told, "v.part1.rar", RAR_ONE, sizeof(RAR_ONE), NULL, others);
    assert_string_equal(told.children.data, "c.txt () 24\n");
    assert_string_equal(told.data.data, "first half, second half\n");
    told_release(&told);
    told_read_with(&told, "v.part1.rar", RAR_ONE, sizeof(RAR_ONE), NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "v.part2.rar"));
    assert_non_null(strstr(told.children.data, "c.txt () 11 truncated: "));
    told_release(&told);
    told_read_with(&told, "v.part2.rar", RAR_TWO, sizeof(RAR_TWO), NULL, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    assert_non_null(strstr(told.detail, "v.part1.rar"));
    told_release(&told);
}

/* A locked file is one stream over its volumes, cut anywhere. */
static void locked_rar_volumes_are_one(void **state)
{
    const struct told_volume others[] = {{"v.part2.rar", RAR4_TWO, sizeof(RAR4_TWO)}, {0}};
    const char *const right[] = {"wrong", "گذر", NULL};
    struct told told;

    (void)state;
    told_read_with(&told, "v.part1.rar", RAR4_ONE, sizeof(RAR4_ONE), right, others);
    assert_string_equal(told.children.data, "a.txt () 27\n");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
    told_read_with(&told, "v.part1.rar", RAR4_ONE, sizeof(RAR4_ONE), right, NULL);
    assert_int_equal(told.reason, REASON_MISSING_PART);
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_volumes),           cmocka_unit_test(zip_volumes_are_one),
        cmocka_unit_test(a_cut_archive_is_one),       cmocka_unit_test(rar_volumes_are_one),
        cmocka_unit_test(locked_rar_volumes_are_one),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
