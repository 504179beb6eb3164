/* What comes with mail: address cards, calendars, signed messages, keys, pages saved in one file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/mail/der.h"

static void read_text(struct told *told, const char *name, const char *text)
{
    told_read(told, name, text, strlen(text), PLENTY);
}

static void cards_are_lines(void **state)
{
    struct told told;

    (void)state;
    read_text(
        &told, "x.vcf",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B1=D8=B6=D8="
        "\r\n"
        "=A7;=D8=B9\r\nFN:A. Person\r\nTEL;HOME;VOICE:123\r\nORG:Office;Desk\r\n"
        "PHOTO;JPEG;ENCODING=BASE64:\r\n Q2F0\r\n\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\nVERSION:4.0\nitem1.EMAIL;TYPE=work:a@b.example\nNOTE:one\\, two\\n thr\n ee\n"
        "PHOTO:data:image/png;base64,RG9n\nEND:VCARD\n");
    assert_string_equal(told.mime, "text/vcard");
    assert_string_equal(told.main.data,
                        "Names: رضا, ع\nName: A. Person\nTelephone (home, voice): 123\n"
                        "Organisation: Office, Desk\n\n"
                        "Email (work): a@b.example\nNote: one, two\n three\n");
    assert_string_equal(told.children.data,
                        "photo-1.jpeg (image/jpeg) 3\nphoto-2.png (image/png) 3\n");
    assert_string_equal(told.data.data, "CatDog");
    assert_non_null(strstr(told.metas.data, "title=A. Person\n"));
    told_release(&told);
}

static void events_are_lines(void **state)
{
    struct told told;

    (void)state;
    read_text(
        &told, "x.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Tehran\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        "BEGIN:VEVENT\r\nDTSTART;TZID=Asia/Tehran:20191118T103000\r\nDTEND:20191118T080000Z\r\n"
        "SUMMARY:A meet\r\n ing\r\nORGANIZER;CN=\"A. Person\":mailto:a@b.example\r\n"
        "ATTENDEE;CN=c@d.example;PARTSTAT=ACCEPTED:mailto:c@d.example\r\n"
        "BEGIN:VALARM\r\nDESCRIPTION:ring\r\nEND:VALARM\r\n"
        "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=cat.txt:Q2F0\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n");
    assert_string_equal(told.mime, "text/calendar");
    assert_string_equal(told.main.data,
                        "Start: 2019-11-18 10:30 (Asia/Tehran)\nEnd: 2019-11-18 08:00 UTC\n"
                        "Summary: A meeting\nOrganiser: A. Person <a@b.example>\n"
                        "Attendee: c@d.example, accepted\n");
    assert_string_equal(told.children.data, "cat.txt (text/plain) 3\n");
    assert_non_null(strstr(told.metas.data, "title=A meeting\n"));
    assert_non_null(strstr(told.metas.data, "date=2019-11-18\n"));
    told_release(&told);
}

/* 1.2.840.113549.1.7.x */
#define OID(x) "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07" x

static void signed_messages_are_opened(void **state)
{
    /* ContentInfo of SignedData, lengths indefinite, the content in two pieces */
    static const char message[] =
        "\x30\x80" OID("\x02") "\xA0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80" OID(
            "\x01") "\xA0\x80\x24\x80\x04\x03"
                    "Cat"
                    "\x04\x04"
                    " dog"
                    "\0\0\0\0\0\0\x31\x00\0\0\0\0\0\0";
    static const char sealed[] = "\x30\x26" OID("\x03") "\xA0\x19\x30\x17\x02\x01\x00\x31\x12"
                                                        "123456789012345678";
    static const char bare[] =
        "\x30\x29" OID("\x02") "\xA0\x1C\x30\x1A\x02\x01\x01\x31\x00\x30\x0B" OID("\x01") "\x31\x06"
                                                                                          "123456";
    struct told told;

    (void)state;
    told_read(&told, "a.txt.p7m", message, sizeof(message) - 1, PLENTY);
    assert_string_equal(told.mime, "application/pkcs7-mime");
    assert_string_equal(told.children.data, "a.txt () 7\n");
    assert_string_equal(told.data.data, "Cat dog");
    assert_int_equal(told.reason, REASON_CONTAINER);
    told_release(&told);
    told_read(&told, "smime.p7m", sealed, sizeof(sealed) - 1, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_FAILED);
    assert_int_equal(told.reason, REASON_PASSWORD);
    assert_non_null(strstr(told.detail, "encrypted to a certificate"));
    told_release(&told);
    told_read(&told, "smime.p7s", bare, sizeof(bare) - 1, PLENTY);
    assert_int_equal(told.reason, REASON_NO_WORDS);
    assert_string_equal(told.children.data, "");
    told_release(&told);
    /* cut anywhere: never a crash, always a verdict */
    for (size_t len = 33; len < sizeof(message) - 1; len++) {
        told_read(&told, "a.p7m", message, len, PLENTY);
        assert_int_not_equal(told.outcome, OUTCOME_WAITING);
        told_release(&told);
    }
}

static void elements_are_capped(void **state)
{
    static unsigned char deep[4096];
    struct der der = {deep, deep + sizeof(deep)};
    struct der_element element;

    (void)state;
    for (size_t i = 0; i < sizeof(deep); i += 2) {
        deep[i] = 0x30;
        deep[i + 1] = 0x80;
    }
    assert_true(der_next(&der, &element));
    assert_true(element.cut);
    static const unsigned char huge[] = "\x04\x88\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    der = (struct der){huge, huge + sizeof(huge) - 1};
    assert_false(der_next(&der, &element));
    static const unsigned char large[] = "\x04\x84\xFF\xFF\xFF\xFFxy";
    der = (struct der){large, large + sizeof(large) - 1};
    assert_true(der_next(&der, &element));
    assert_true(element.cut && element.len == 2);
}

static void openpgp_without_a_key(void **state)
{
    /* a literal packet; a packet sealed for a key; a user's name behind a public key */
    static const char literal[] = "-----BEGIN PGP MESSAGE-----\n\nyxJ0BWEudHh0AAAAAENhdCBkb2c=\n"
                                  "-----END PGP MESSAGE-----\n";
    static const char sealed[] =
        "-----BEGIN PGP MESSAGE-----\nVersion: x\n\nwQMDAQLSAwEBAQ==\n=abcd\n"
        "-----END PGP MESSAGE-----\n";
    static const char key[] =
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxgMEAQHNDkEuIFAgPGFAYi5leD4=\n"
        "-----END PGP PUBLIC KEY BLOCK-----\n";
    struct told told;

    (void)state;
    read_text(&told, "x.asc", literal);
    assert_string_equal(told.children.data, "a.txt () 7\n");
    told_release(&told);
    read_text(&told, "x.asc", sealed);
    assert_int_equal(told.reason, REASON_PASSWORD);
    assert_non_null(strstr(told.detail, "private key"));
    told_release(&told);
    read_text(&told, "x.asc", key);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_non_null(strstr(told.main.data, "A. P <a@b.ex"));
    told_release(&told);
}

static void a_page_in_one_file(void **state)
{
    struct told told;

    (void)state;
    read_text(
        &told, "x",
        "From: <Saved by Blink>\nSnapshot-Content-Location: http://a.example/page\n"
        "Subject: A page\nDate: Mon, 18 Nov 2019 10:00:00 -0000\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\n\n--x\n"
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><meta charset=3Dutf-8><body>=D8=B3=D9=84=D8=A7=D9=85 there</body></html>\n--x\n"
        "Content-Type: image/png\nContent-Location: http://a.example/img/cat.png?v=3D1\n\n"
        "PNG\n--x--\n");
    assert_string_equal(told.mime, "multipart/related");
    assert_string_equal(told.main.data, "سلام there\n");
    assert_string_equal(told.children.data, "cat.png (image/png) 3\n");
    assert_non_null(strstr(told.metas.data, "url=http://a.example/page\n"));
    assert_non_null(strstr(told.metas.data, "saved=2019-11-18T10:00:00Z\n"));
    told_release(&told);
}

static void real_files(void **state)
{
    static const struct {
        const char *path, *child, *main;
    } FILES[] = {
        {"fixtures/tika/integration/test.xml.p7m", "test.xml () 458\n", ""},
        {"fixtures/tika/tika-parser-crypto-module/Test5.PNG.tsd", "Test5.PNG () 28362\n", ""},
        {"fixtures/tika/tika-parser-crypto-module/testPKCS7_compressed_def_short.p7z", ".bin () ",
         ""},
        {"fixtures/aleph-ingest-file/multiline_quoted_printable.vcf", "", "Max Müüüüüller"},
        {"fixtures/aleph-ingest-file/event.ical", "", "Start: 2008-02-12\n"},
        {"fixtures/tika/tika-parser-mail-module/testRFC822_oddfrom", "logo_epaseal.gif", "permit"},
    };
    size_t read = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        struct told told;
        if (!told_read_shared(&told, FILES[i].path))
            continue;
        read++;
        assert_non_null(strstr(told.children.data, FILES[i].child));
        assert_non_null(strstr(told.main.data, FILES[i].main));
        told_release(&told);
    }
    if (read == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cards_are_lines),
        cmocka_unit_test(events_are_lines),
        cmocka_unit_test(signed_messages_are_opened),
        cmocka_unit_test(elements_are_capped),
        cmocka_unit_test(openpgp_without_a_key),
        cmocka_unit_test(a_page_in_one_file),
        cmocka_unit_test(real_files),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
