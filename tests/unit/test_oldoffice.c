/* Old office formats, through librevenge's libraries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/books/oldoffice.h"

#define TIKA "fixtures/tika/"

/* A WK1 sheet: beginning, range, a label in A1, an integer in B1, end. */
static const char SHEET[] = "\0\0\2\0\6\4"
                            "\6\0\x08\0\0\0\0\0\1\0\0\0"
                            "\x0F\0\x0D\0\xFF\0\0\0\0'"
                            "consul\0"
                            "\x0D\0\7\0\xFF\1\0\0\0\x2A\0"
                            "\1\0\0\0";

static void a_lotus_sheet(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "x", SHEET, sizeof(SHEET) - 1, PLENTY);
    assert_string_equal(told.mime, "application/vnd.lotus-1-2-3");
    assert_non_null(strstr(told.main.data, "consul"));
    assert_non_null(strstr(told.main.data, "42"));
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

/* WordPerfect 5: a header of 16 bytes, then text; 0x0A ends a line. */
static const char LETTER[] =
    "\xFFWPC\x10\0\0\0\1\x0A\0\0\0\0\0\0Dear consul,\x0Athe room is watched.";

static void a_wordperfect_letter(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "letter", LETTER, sizeof(LETTER) - 1, PLENTY);
    assert_string_equal(told.mime, "application/vnd.wordperfect");
    assert_non_null(strstr(told.main.data, "the room is watched."));
    told_release(&told);
}

static void what_no_library_takes_is_named(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "x.pub", "\xE7\xAC\x2C\0nothing else", 17, PLENTY);
    assert_string_equal(told.mime, "application/x-mspublisher");
    assert_int_equal(told.outcome, OUTCOME_EMPTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    told_release(&told);
}

static void random_bytes_are_no_document(void **state)
{
    unsigned char bytes[4096];
    uint32_t seed = 1;

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (unsigned char)(seed >> 24);
    }
    assert_null(oldoffice_sniff(bytes, sizeof(bytes)));
    assert_null(oldoffice_sniff(bytes, 0));
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *mime, *words;
    } rows[] = {
        {TIKA "integration/testLotus123-lotusftp.wk4", "application/vnd.lotus-1-2-3", "Mordocs"},
        {TIKA "integration/testLotus123-lotusftp.123", "application/vnd.lotus-1-2-3", "HOKKAIDO"},
        {TIKA "integration/testStarOffice-5.2-writer.sdw", "application/vnd.stardivision.writer",
         "This is an example StarOffice 5.2 document."},
        {TIKA "integration/testStarOffice-5.2-draw.sda", "application/vnd.stardivision.draw",
         "This is an example StarOffice 5.2 drawing."},
        {TIKA "integration/testWORKS.wps", "application/vnd.ms-works",
         "made with Microsoft Works Word Processor 7.0"},
        {TIKA "integration/testWORKS2000.wps", "application/vnd.ms-works",
         "made with Microsoft Works Word Processor 7.0"},
        {TIKA "tika-parser-microsoft-module/testPUBLISHER.pub", "application/x-mspublisher",
         "0123456789abcdef"},
        {TIKA "tika-parser-microsoft-module/testVISIO.vsd", "application/vnd.visio",
         "Some random text, on a page"},
        {TIKA "tika-parser-microsoft-module/testVISIO_60489.vsdx",
         "application/vnd.ms-visio.drawing.main+xml", "HousingConnections.ca"},
        {TIKA "tika-parser-miscoffice-module/testQUATTRO.qpw", "application/x-quattro-pro",
         "This is an example spreadsheet"},
        {TIKA "tika-parser-miscoffice-module/testQuattro.wq1", "application/x-quattro-pro",
         "STERR"},
        {TIKA "tika-parser-miscoffice-module/testWordPerfect_5_0.wp", "application/vnd.wordperfect",
         "Surrounded by her family"},
        /* has no mark of its own */
        {TIKA "tika-parser-miscoffice-module/testWordPerfect_42.doc", "application/vnd.wordperfect",
         "Sluwe Sjaantje"},
    };
    struct told told;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!told_read_shared(&told, rows[i].path))
            skip();
        assert_string_equal(told.mime, rows[i].mime);
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_non_null(strstr(told.main.data, rows[i].words));
        told_release(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lotus_sheet),
        cmocka_unit_test(a_wordperfect_letter),
        cmocka_unit_test(what_no_library_takes_is_named),
        cmocka_unit_test(random_bytes_are_no_document),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests_name("oldoffice", tests, NULL, NULL);
}
