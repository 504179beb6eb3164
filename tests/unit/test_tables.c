/* Databases as tables: SQLite, dBASE, Access; their caps, their damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/bytes.h"
#include "parts_told.h"
#include "worker/tables/access_props.h"

/* A database made of these statements; to be freed with sqlite3_free. */
static unsigned char *build(const char *sql, size_t *ret_len)
{
    sqlite3 *db = NULL;
    sqlite3_int64 len = 0;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
    unsigned char *bytes = sqlite3_serialize(db, "main", &len, 0);
    assert_non_null(bytes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    *ret_len = (size_t)len;
    return bytes;
}

static void has(const struct buf *text, const char *wanted)
{
    if (!strstr(text->data, wanted))
        fail_msg("no \"%s\" in:\n%.2000s", wanted, text->data);
}

static void a_database_is_its_tables(void **state)
{
    struct told told;
    size_t len;
    unsigned char *bytes =
        build("CREATE TABLE people (name TEXT, born INTEGER, note);"
              "INSERT INTO people VALUES ('\xD8\xB2\xDB\x8C\xD9\x86\xD8\xA8', 1350, NULL),"
              "('a' || char(9) || 'b', 2.5, 'two' || char(10) || 'lines');"
              "CREATE TABLE \"odd \"\"name\" (x BLOB);"
              "INSERT INTO \"odd \"\"name\" VALUES (x'00FF'), ('%PDF'),"
              "(CAST('%PDF-1.4 a document that is kept in a field of a table' AS BLOB));",
              &len);

    (void)state;
    told_read(&told, "x.db", bytes, len, PLENTY);
    assert_string_equal(told.mime, "application/vnd.sqlite3");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    assert_string_equal(told.pages.data, "people\nodd \"name\n");
    has(&told.main, "name\tborn\tnote\n");
    has(&told.main, "\xD8\xB2\xDB\x8C\xD9\x86\xD8\xA8\t1350\t\n");
    has(&told.main, "a b\t2.5\ttwo lines\n");
    has(&told.main, "00ff\n");
    has(&told.children, "odd \"name/x 3 ");
    has(&told.data, "%PDF-1.4 a document");
    told_release(&told);
    sqlite3_free(bytes);
}

/* A view, a trigger and a virtual table are the schema's code; only what is stored is read. */
static void the_code_of_a_schema_is_not_run(void **state)
{
    struct told told;
    size_t len;
    unsigned char *bytes =
        build("CREATE TABLE t (x); INSERT INTO t VALUES ('stored');"
              "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
              "SELECT * FROM r;"
              "CREATE VIRTUAL TABLE words USING fts5(body);"
              "INSERT INTO words VALUES ('found in the index');",
              &len);

    (void)state;
    told_read(&told, "x.db", bytes, len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_string_equal(told.pages.data, "t\nwords_content\n");
    has(&told.main, "found in the index\n");
    told_release(&told);
    sqlite3_free(bytes);
}

static void write_ahead_mode_is_no_hindrance(void **state)
{
    struct told told;
    size_t len;
    unsigned char *bytes = build("CREATE TABLE t (x); INSERT INTO t VALUES ('stored');", &len);

    (void)state;
    bytes[18] = bytes[19] = 2;
    told_read(&told, "x.db", bytes, len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    has(&told.main, "stored\n");
    told_release(&told);
    sqlite3_free(bytes);
}

static void a_cut_database_says_so_and_keeps_what_is_there(void **state)
{
    struct told told;
    size_t len;
    unsigned char *bytes =
        build("CREATE TABLE first (x); INSERT INTO first VALUES ('early');"
              "CREATE TABLE t (x);"
              "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 5000) "
              "INSERT INTO t SELECT 'a row of some length, number ' || n FROM r;",
              &len);

    (void)state;
    told_read(&told, "x.db", bytes, len / 2, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    has(&told.main, "early\n");
    has(&told.main, "number 1\n");
    told_release(&told);
    sqlite3_free(bytes);
}

/* The output limit stands in for a table that is too large. */
static void a_table_that_is_too_large_says_how_much_was_read(void **state)
{
    struct told told;
    size_t len;
    unsigned char *bytes =
        build("CREATE TABLE t (x);"
              "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 20000) "
              "INSERT INTO t SELECT 'a row of some length, number ' || n FROM r;",
              &len);

    (void)state;
    told_read(&told, "x.db", bytes, len, 400000);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_LIMIT_SIZE);
    has(&told.main, "number 1\n");
    assert_non_null(strstr(told.detail, "rows of 20000 of table t were read"));
    told_release(&told);
    sqlite3_free(bytes);
}

/* A dBASE III table of two columns; `codepage` as in its header. */
static void build_dbf(struct buf *out, unsigned char codepage, const char *const (*rows)[3])
{
    enum { NAME = 10, SUM = 6 };
    unsigned char header[32] = {0x03, 119, 11, 18};
    unsigned char field[32] = {0};
    uint32_t count = 0;

    while (rows[count][0])
        count++;
    buf_init(out, 1 << 16);
    le32_put(header + 4, count);
    le16_put(header + 8, 32 + 2 * 32 + 1);
    le16_put(header + 10, 1 + NAME + SUM);
    header[29] = codepage;
    (void)buf_append(out, header, sizeof(header));
    memcpy(field, "NAME", 4);
    field[11] = 'C';
    field[16] = NAME;
    (void)buf_append(out, field, sizeof(field));
    memset(field, 0, sizeof(field));
    memcpy(field, "SUM", 3);
    field[11] = 'N';
    field[16] = SUM;
    (void)buf_append(out, field, sizeof(field));
    (void)buf_append_char(out, 0x0D);
    for (uint32_t i = 0; i < count; i++)
        (void)buf_printf(out, "%s%-10s%6s", rows[i][0], rows[i][1], rows[i][2]);
}

static void a_dbase_table_in_arabic_letters(void **state)
{
    static const char *const rows[][3] = {
        {" ", "\xDA\xE1\xED", "12.5"}, {"*", "gone", "7.0"}, {NULL}};
    CLEANUP(cleanup_buf) struct buf dbf = {0};
    struct told told;

    (void)state;
    build_dbf(&dbf, 0x7E, rows);
    told_read(&told, "x.dbf", dbf.data, dbf.len, PLENTY);
    assert_string_equal(told.mime, "application/x-dbf");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    has(&told.main, "NAME\tSUM\n\xD8\xB9\xD9\x84\xD9\x8A\t12.5\n");
    has(&told.main, "(deleted rows)\nNAME\tSUM\ngone\t7.0\n");
    told_release(&told);
}

static void a_cut_dbase_table_says_so(void **state)
{
    static const char *const rows[][3] = {
        {" ", "one", "1.0"}, {" ", "two", "2.0"}, {" ", "three", "3.0"}, {NULL}};
    CLEANUP(cleanup_buf) struct buf dbf = {0};

    (void)state;
    build_dbf(&dbf, 0x03, rows);
    for (size_t cut = 1; cut < dbf.len - 100; cut++) {
        struct told told;
        told_read(&told, "x.dbf", dbf.data, dbf.len - cut, PLENTY);
        if (cut < 2 * 17) {
            assert_int_equal(told.reason, REASON_TRUNCATED);
            has(&told.main, "one\t1.0\n");
        }
        told_release(&told);
    }
}

static void access_databases_of_all_ages(void **state)
{
    struct told told;

    (void)state;
    if (!told_read_shared(&told, "fixtures/aleph-ingest-file/Books_be.mdb")) {
        skip();
        return;
    }
    assert_string_equal(told.mime, "application/x-msaccess");
    assert_string_equal(told.pages.data, "Authors\nBooks\n");
    has(&told.main, "2\tClancy, Tom\t");
    has(&told.main, "2001-07-01\tVery good\t2001-06-22\n");
    told_release(&told);
#define TIKA "fixtures/tika/tika-parser-microsoft-module/"
    assert_true(told_read_shared(&told, TIKA "testAccess2_2002-2003.mdb"));
    has(&told.main, "over the bold italic dog");
    has(&told.main, "\xE6\x99\xAE\xE6\x9E\x97\xE6\x96\xAF");
    has(&told.metas, "author=Allison, Tim\n");
    told_release(&told);
    assert_true(told_read_shared(&told, TIKA "testAccess_V1997.mdb"));
    has(&told.main, "abcdefg\thijklmnop\t");
    has(&told.metas, "company=Health Market Science\n");
    told_release(&told);
    assert_true(told_read_shared(&told, TIKA "testAccess2_encrypted.accdb"));
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    told_release(&told);
}

/* A name "ab" and a value "x" of it: where a length is damaged, the part before is kept. */
static void damaged_properties_of_access_are_cut(void **state)
{
    static const unsigned char GOOD[] = "MR2\0"
                                        "\x0A\0\0\0\x80\0\x02\0"
                                        "ab"
                                        "\x15\0\0\0\0\0\x0F\0\0\0\0\0"
                                        "\x09\0\0\x0A\0\0\x01\0"
                                        "x";
    enum { LEN = sizeof(GOOD) - 1, NAMES_END = 14, RECORD = 26 };
    static const struct {
        size_t at;
        unsigned char byte;
        size_t left;
    } damages[] = {
        {0, 'X', 0},                   /* the signature */
        {4, 0, 4},                     /* a chunk of length 0 */
        {5, 1, 4},                     /* longer than the block */
        {10, 3, 4},                    /* a name longer than the list */
        {NAMES_END, 5, NAMES_END},     /* less than its own head */
        {18 + 6, 0x0F, NAMES_END},     /* the name of the values */
        {RECORD, 0, NAMES_END},        /* a record of length 0 */
        {RECORD, 0x0A, NAMES_END},     /* longer than its chunk */
        {RECORD + 3, 0x08, NAMES_END}, /* a date of one byte */
        {RECORD + 6, 2, NAMES_END},    /* a value longer than its record */
    };

    (void)state;
    assert_int_equal(access_props_sound(GOOD, LEN), LEN);
    assert_int_equal(access_props_sound(GOOD, LEN - 1), NAMES_END);
    assert_int_equal(access_props_sound(GOOD, 3), 0);
    for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
        unsigned char bad[LEN];
        memcpy(bad, GOOD, LEN);
        bad[damages[i].at] = damages[i].byte;
        assert_int_equal(access_props_sound(bad, LEN), damages[i].left);
    }
}

/* A chunk of length 0 in a real database: the library alone never came back. */
static void access_with_damaged_properties_is_read(void **state)
{
    static const char START[] = "KKD";
    CLEANUP(cleanup_buf) struct buf file = {0};
    struct told told;
    char *at;

    (void)state;
    if (!told_shared_bytes("fixtures/tika/tika-parser-microsoft-module/testAccess_V1997.mdb",
                           &file)) {
        skip();
        return;
    }
    while ((at = memmem(file.data, file.len, START, sizeof(START))) != NULL)
        memcpy(at, "MR2\0\0\0\0", 8);
    told_read(&told, "x.mdb", file.data, file.len, PLENTY);
    has(&told.main, "abcdefg\thijklmnop\t");
    assert_null(strstr(told.metas.data, "company="));
    told_release(&told);
}

static void xml_is_what_its_elements_hold(void **state)
{
    static const char page[] =
        "<?xml version='1.0' encoding='windows-1256'?><list source='a leak'><title>Names</title>"
        "<person><name>\xDA\xE1\xED</name><born>1350</born></person>"
        "<p>one <b>two</b> three</p></list>";
    struct told told;

    (void)state;
    told_read(&told, "x.xml", page, sizeof(page) - 1, PLENTY);
    assert_string_equal(told.mime, "text/xml");
    assert_string_equal(
        told.main.data,
        "title: Names\nname: \xD8\xB9\xD9\x84\xD9\x8A\nborn: 1350\none\ntwo\nthree\n");
    assert_string_equal(told.rest.data, "source=a leak\n");
    has(&told.metas, "title=Names\n");
    told_release(&told);
    /* what is not well-formed is still text */
    told_read(&told, "x.xml", page, sizeof(page) - 8, PLENTY);
    has(&told.main, "born");
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_database_is_its_tables),
        cmocka_unit_test(the_code_of_a_schema_is_not_run),
        cmocka_unit_test(write_ahead_mode_is_no_hindrance),
        cmocka_unit_test(a_cut_database_says_so_and_keeps_what_is_there),
        cmocka_unit_test(a_table_that_is_too_large_says_how_much_was_read),
        cmocka_unit_test(a_dbase_table_in_arabic_letters),
        cmocka_unit_test(a_cut_dbase_table_says_so),
        cmocka_unit_test(access_databases_of_all_ages),
        cmocka_unit_test(damaged_properties_of_access_are_cut),
        cmocka_unit_test(access_with_damaged_properties_is_read),
        cmocka_unit_test(xml_is_what_its_elements_hold),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
