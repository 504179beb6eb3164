/* Outlook's items: MSG files, and the parts they are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/mapi_rtf.h"

static void real_messages(void **state)
{
#define TIKA "fixtures/tika/tika-parser-microsoft-module/"
    static const struct {
        const char *path, *main, *metas;
    } FILES[] = {
        {"fixtures/aleph-ingest-file/piste.msg", "Mit dem Postfach auf die Piste",
         "title=Ab auf die Piste!\n"},
        {"fixtures/hoover-testdata/data/no-extension/file_msg", "Întâlnirile Culturale",
         "to=cosmin@caleido.ro\n"},
        {TIKA "test-outlook.msg", "Synchronisation hors connexion",
         "from=L'Équipe Microsoft Outlook Express <msoe@microsoft.com>\n"},
        {TIKA "testMSG_chinese.msg", "恭喜 HQ 保全課",
         "title=Alfresco MSG format testing ( MSG 格式測試 )\n"},
        {TIKA "testMSG_forwarded.msg", "Original Body",
         "in-reply-to=<C8508767C15DBF40A21693142739EA8D564D18FDA1@"
         "EXVMBX018-1.exch018.msoutlookonline.net>\n"},
        {TIKA "testMSG_Appointment.msg", "Location: under lazy dog\nStart: 2017-02-28 18:30 UTC\n",
         "title=Quick brown fox\n"},
        {TIKA "testMSG_Contact.msg", "Email: quickbrown@gmail.com\n", "title=Quick Brown Fox Jr\n"},
        {TIKA "testMSG_StickyNote.msg", "note about the quick brown fox",
         "date=2017-02-28T18:44:43Z\n"},
        {TIKA "testMSG_Post.msg", "jump over the lazy brown dog", "title=QuickBrownFox\n"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        struct told told;
        if (!told_read_shared(&told, FILES[i].path))
            skip();
        print_message("# %s\n", FILES[i].path);
        assert_string_equal(told.mime, "application/vnd.ms-outlook");
        assert_int_equal(told.outcome, OUTCOME_TEXT);
        assert_int_equal(told.reason, REASON_NONE);
        assert_non_null(strstr(told.main.data, FILES[i].main));
        assert_non_null(strstr(told.metas.data, FILES[i].metas));
        told_release(&told);
    }
}

static void unwrapped(const char *rtf, enum mapi_rtf_kind kind, const char *expected)
{
    struct buf out;

    buf_init(&out, 4096);
    assert_int_equal(mapi_rtf_unwrap(rtf, strlen(rtf), &out), kind);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void bodies_in_rtf(void **state)
{
    (void)state;
    unwrapped("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}"
              "{\\f1\\fcharset178 Tahoma;}}{\\*\\htmltag19 <html>}"
              "{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 \\f1\\'e3\\'d1 \\u1605 ?"
              "\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0 x\\par"
              "{\\*\\mhtmltag84 no}{\\*\\htmltag27 </html>}}",
              RTF_FROM_HTML, "<html><p>مر م&amp;x\r\n</html>");
    unwrapped("{\\rtf1\\ansi\\fromtext{\\fonttbl{\\f0 A;}}one\\par two\\tab\\{3\\}}", RTF_FROM_TEXT,
              "one\ntwo\t{3}");
    unwrapped("{\\rtf1\\ansi\\ansicpg932{\\info{\\title no}}{\\pict 0102}\\'93\\'fa\\'96\\'7b "
              "\\u-10179 ?\\u-8704 ?{\\*\\unknown no}{\\bin3 }}} end}",
              RTF_NATIVE, "日本 😀 end");
    unwrapped("{\\rtf1 \\'", RTF_NATIVE, "");
}

static void compressed_rtf(void **state)
{
    /* the two examples of [MS-OXRTFCP] 3 */
    static const unsigned char SIMPLE[] = {
        0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1,
        0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32,
        0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62,
        0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0};
    static const unsigned char CROSSING[] = {
        0x1a, 0x00, 0x00, 0x00, 0x1c, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b,
        0x51, 0x41, 0x00, 0x04, 0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0};
    struct buf out;

    (void)state;
    buf_init(&out, 1000);
    assert_int_equal(mapi_rtf_expand(SIMPLE, sizeof(SIMPLE), &out), 0);
    assert_string_equal(out.data, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    buf_clear(&out);
    assert_int_equal(mapi_rtf_expand(CROSSING, sizeof(CROSSING), &out), 0);
    assert_string_equal(out.data, "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    buf_clear(&out);
    assert_int_equal(mapi_rtf_expand(SIMPLE, 40, &out), ERR_CORRUPT);
    assert_memory_equal(out.data, "{\\rtf1\\ansi\\ansicpg1252\\pard hel", 30);
    for (size_t len = 0; len < sizeof(SIMPLE) - 1; len++) {
        buf_clear(&out);
        assert_int_equal(mapi_rtf_expand(SIMPLE, len, &out), ERR_CORRUPT);
    }
    buf_release(&out);
    buf_init(&out, 10);
    assert_int_equal(mapi_rtf_expand(SIMPLE, sizeof(SIMPLE), &out), ERR_LIMIT);
    buf_release(&out);
}

static int start(void **state)
{
    (void)state;
    told_start();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_messages),
        cmocka_unit_test(bodies_in_rtf),
        cmocka_unit_test(compressed_rtf),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
