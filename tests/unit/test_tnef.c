/* winmail.dat, from real mail and built by the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"

static void tnef_files(void **state)
{
#define TNEF "corpora/email/mimekit/tnef/"
    static const struct {
        const char *path, *main, *children;
    } FILES[] = {
        {"fixtures/tika/tika-parser-microsoft-module/testWINMAIL.dat", "Five files from Hell!",
         "quick.pdf (application/octet-stream) 18638\n"},
        {TNEF "one-file.tnef", "Subject: one-file", "AUTHORS (application/octet-stream) 244\n"},
        {TNEF "two-files.tnef", "Subject: two files", "README (application/octet-stream) 893\n"},
        {TNEF "long-filename.tnef", "QARun",
         "allproductsmar2000.dat (application/octet-stream) 279\n"},
        {TNEF "triples.tnef", "Location: Sample Location\nStart: 2003-05-23 14:00 UTC\n", ""},
        {TNEF "christmas.tnef", "Christmas to remember",
         "kitten-playing-with-a-christmas-tree.jpg (application/octet-stream) 375081\n"
         "Untitled Attachment.eml (message/rfc822) "},
        {TNEF "unicode-mapi-attr.tnef", "hello world",
         "example.dat (application/octet-stream) 1024\n"},
        {TNEF "missing-filenames.tnef", "Y2K problem",
         "TechlibNOV99.doc (application/octet-stream) 33792\n"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        struct told told;
        if (!told_read_shared(&told, FILES[i].path))
            skip();
        print_message("# %s\n", FILES[i].path);
        assert_string_equal(told.mime, "application/vnd.ms-tnef");
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_int_equal(told.reason, REASON_NONE);
        assert_non_null(strstr(told.main.data, FILES[i].main));
        assert_non_null(strstr(told.children.data, FILES[i].children));
        told_release(&told);
    }
}

/* attOemCodepage 1256, attSubject, attFrom, attBody, an attachment with a name and three bytes. */
static const char SMALL_TNEF[] = "\x78\x9F\x3E\x22\1\0"
                                 "\1\x07\x90\6\0\x08\0\0\0\xE8\4\0\0\0\0\0\0\0\0"
                                 "\1\x04\x80\1\0\5\0\0\0\xD3\xE1\xC7\xE3\0\0\0"
                                 "\1\0\x80\0\0\x14\0\0\0\4\0\x14\0\4\0\7\0Ali\0SMTP:a@\0\0\0"
                                 "\1\x0C\x80\2\0\5\0\0\0body\0\0\0"
                                 "\2\x02\x90\6\0\2\0\0\0\1\0\0\0"
                                 "\2\x10\x80\1\0\6\0\0\0n.txt\0\0\0"
                                 "\2\x0F\x80\6\0\3\0\0\0abc\0\0";

static void small_tnef(void **state)
{
    struct told told;

    (void)state;
    told_read(&told, "winmail.dat", SMALL_TNEF, sizeof(SMALL_TNEF) - 1, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_NONE);
    assert_string_equal(told.main.data, "From: \"Ali\" <a@>\nSubject: سلام\n\nbody\n");
    assert_string_equal(told.children.data, "n.txt (application/octet-stream) 3\n");
    assert_string_equal(told.data.data, "abc");
    told_release(&told);
    for (size_t len = 6; len < sizeof(SMALL_TNEF) - 3; len++) {
        char *copy = mem_alloc(len);
        memcpy(copy, SMALL_TNEF, len);
        told_read(&told, "winmail.dat", copy, len, PLENTY);
        assert_true(told.outcome == OUTCOME_TEXT || told.outcome == OUTCOME_EMPTY ||
                    told.outcome == OUTCOME_FAILED);
        told_release(&told);
        free(copy);
    }
    told_read(&told, "winmail.dat", SMALL_TNEF, sizeof(SMALL_TNEF) - 4, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_int_equal(told.reason, REASON_TRUNCATED);
    assert_string_equal(told.data.data, "ab");
    told_release(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tnef_files),
        cmocka_unit_test(small_tnef),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
