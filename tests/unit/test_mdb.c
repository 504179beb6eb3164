/* Access databases, as small as they come, built in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mdb_build.h"
#include "parts_told.h"

/* Reads the sample, in which a table's map of pages may have no bytes. */
static void read_sample(struct told *told, bool mapped)
{
    struct mdb_build_page pages[MDB_SAMPLE_PAGES];
    struct buf bytes[2 * MDB_SAMPLE_PAGES];
    struct buf file;

    sample_mdb(pages, bytes);
    if (!mapped) /* the second row starts where the first does */
        memcpy(bytes[0].data + 12, bytes[0].data + 10, 2);
    build_mdb(pages, MDB_SAMPLE_PAGES, &file);
    told_read(told, "x.mdb", file.data, file.len, 1 << 20);
    buf_release(&file);
    for (size_t i = 0; i < 2 * MDB_SAMPLE_PAGES; i++)
        buf_release(&bytes[i]);
}

static void rows_and_properties(void **state)
{
    struct told told;

    (void)state;
    read_sample(&told, true);
    assert_string_equal(told.mime, "application/x-msaccess");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    assert_non_null(strstr(told.metas.data, "title=Ships\n"));
    assert_string_equal(told.pages.data, "Cargo\n");
    assert_non_null(strstr(told.main.data,
                           "Number\tPaid\tWeight\tSailed\tGood\tNotes\n"
                           "41\t12.5000\t2.5\t2000-01-01 06:00:00\tHerring\tby Monday\n"
                           "42\t12.5000\t2.5\t2000-01-01 06:00:00\tTimber\tby Monday\n"));
    told_release(&told);
}

/* A table whose map of pages has no bytes: its columns are told, and no rows. */
static void map_without_bytes(void **state)
{
    struct told told;

    (void)state;
    read_sample(&told, false);
    assert_non_null(strstr(told.main.data, "Number\tPaid\tWeight\tSailed\tGood\tNotes\n"));
    assert_null(strstr(told.main.data, "Herring"));
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_and_properties),
                                       cmocka_unit_test(map_without_bytes)};

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
