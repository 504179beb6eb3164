/* Mail: fields, names, alternatives, character sets, structure that is broken, mbox. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parts_told.h"
#include "worker/mail/mail_date.h"
#include "worker/mail/mime_field.h"

static void read_mail(struct told *told, const char *text)
{
    told_read(told, "x.eml", text, strlen(text), PLENTY);
}

static void words_are_decoded(void **state)
{
    static const struct {
        const char *raw, *text;
    } words[] = {
        {"plain", "plain"},
        {"=?utf-8?B?2LPZhNin2YU=?=", "سلام"},
        {"=?iso-8859-1?q?a=E4_b?= c", "aä b c"},
        {"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"},
        {"=?utf-8?b?2A==?= =?utf-8?b?sw==?=", "س"}, /* a letter cut in two */
        {"=?windows-1256?q?=D3=E1=C7=E3?=", "سلام"},
        {"=?utf-8*fa?q?x?= y", "x y"},
        {"=?unknown-8bit?q?caf=C3=A9?=", "café"},
        {"caf\xC3\xA9", "café"},
        {"=?utf-8?q?", "=?utf-8?q?"},
        {"=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
        {"=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?=", "=?utf-8?q?x?="}, /* once, not twice */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct buf out;
        buf_init(&out, 4096);
        mime_words_decode(words[i].raw, strlen(words[i].raw), &out);
        assert_string_equal(out.data, words[i].text);
        buf_release(&out);
    }
}

static void parameters_are_decoded(void **state)
{
    static const struct {
        const char *raw, *text;
    } values[] = {
        {"x; filename=a.txt", "a.txt"},
        {"x; filename=\"a; b \\\"c\\\".txt\"; y=z", "a; b \"c\".txt"},
        {"x; filename*=utf-8'fa'%D8%B3%D9%86%D8%AF.pdf", "سند.pdf"},
        {"x; filename*0*=utf-8''%D8%B3; filename*1=\".txt\"", "س.txt"},
        {"x; filename=\"=?utf-8?B?2LPZhtiv?=.pdf\"", "سند.pdf"},
        {"x; FileName = spaced name.doc ; q=1", "spaced name.doc"},
        {"x; filename=old.txt; filename*=utf-8''new.txt", "new.txt"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct buf out;
        buf_init(&out, 4096);
        assert_true(mime_parameter(values[i].raw, strlen(values[i].raw), "filename", &out));
        assert_string_equal(out.data, values[i].text);
        buf_release(&out);
    }
}

static void dates_are_read(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } dates[] = {
        {"Fri, 22 Apr 2016 17:31:30 +0300", 1461335490},
        {"22 Apr 16 14:31:30 GMT", 1461335490},
        {"Fri Apr 22 14:31:30 2016", 1461335490},
        {"Fri, 22 Apr 2016 09:31 -0500 (EST)", 1461335460},
        {"22-Apr-2016 14:31:30", 1461335490},
        {"Fri 22 Apr 2016 02:31:30 PM", 1461335490},
        {"2016-04-22T14:31:30+00:00", 1461335490},
    };
    int64_t seconds;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
        assert_true(mail_date_parse(dates[i].text, &seconds));
        assert_int_equal(seconds, dates[i].seconds);
    }
    assert_false(mail_date_parse("", &seconds));
    assert_false(mail_date_parse("tomorrow at noon", &seconds));
    assert_false(mail_date_parse("99 Foo 2016 99:99:99", &seconds));
}

static const char MIXED[] =
    "From: =?utf-8?B?2LPZhNin2YU=?= <a@example.org>\r\n"
    "To: b@example.org,\r\n c@example.org\r\n"
    "Subject: A\r\n folded subject\r\nDate: Fri, 22 Apr 2016 17:31:30 +0300\r\n"
    "Message-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\npreamble\r\n"
    "--m\r\nContent-Type: multipart/alternative; boundary=m-inner\r\n\r\n"
    "--m-inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nthe plain form\r\n"
    "--m-inner\r\nContent-Type: text/html\r\n\r\n<p>the <b>html</b> form</p>\r\n--m-inner--\r\n"
    "--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=notes.txt\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nYXR0YWNoZWQ=\r\n"
    "--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\ninner body\r\n"
    "--m\r\nContent-Type: image/png\r\n\r\nPNG\r\n--m--\r\nepilogue\r\n";

static void a_message_and_its_parts(void **state)
{
    struct told told;

    (void)state;
    read_mail(&told, MIXED);
    assert_string_equal(told.main.data, "From: سلام <a@example.org>\n"
                                        "To: b@example.org, c@example.org\n"
                                        "Date: Fri, 22 Apr 2016 17:31:30 +0300\n"
                                        "Subject: A folded subject\n\nthe plain form\n");
    assert_string_equal(told.children.data, "notes.txt (text/plain) 8\n"
                                            "inside.eml (message/rfc822) 29\n"
                                            "part-4.png (image/png) 3\n");
    assert_string_equal(told.data.data, "attachedSubject: inside\r\n\r\ninner bodyPNG");
    assert_non_null(strstr(told.metas.data, "date=2016-04-22T14:31:30Z\n"));
    assert_non_null(strstr(told.metas.data, "title=A folded subject\n"));
    assert_non_null(strstr(told.metas.data, "message-id=<1@x>\n"));
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    told_release(&told);
}

static void html_stands_in_for_a_stub(void **state)
{
    struct told told;

    (void)state;
    read_mail(&told,
              "From: a@b\nTo: c@d\nSubject: s\nContent-Type: multipart/alternative; boundary=x\n\n"
              "--x\nContent-Type: text/plain\n\n \n--x\nContent-Type: text/html\n\n"
              "<style>p{}</style><p>only here</p>\n--x--\n");
    assert_non_null(strstr(told.main.data, "\n\nonly here\n"));
    assert_null(strstr(told.main.data, "p{}"));
    told_release(&told);
}

/* The form that is not shown is told as the rest, but only when it says more. */
static void other_forms_are_told_when_they_say_more(void **state)
{
    static const struct {
        const char *plain, *html, *rest;
    } forms[] = {
        {"*one* _two_ \xE2\x80\x8B two", "<p>One <b>two</b> Two", ""},
        {"one two", "<p>one three", "one three\n"},
        {"one two", "<p>two one two", "two one two\n"}, /* as often */
        {"one two", "<p>s", "s\n"},                     /* the subject is not the text */
    };
    char text[512];
    struct told told;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        snprintf(text, sizeof(text),
                 "From: a@b\nSubject: s\nContent-Type: multipart/alternative; boundary=x\n\n"
                 "--x\nContent-Type: text/plain; charset=utf-8\n\n%s\n"
                 "--x\nContent-Type: text/html\n\n%s\n--x--\n",
                 forms[i].plain, forms[i].html);
        read_mail(&told, text);
        assert_string_equal(told.rest.data ? told.rest.data : "", forms[i].rest);
        assert_null(strstr(told.main.data, "three"));
        told_release(&told);
    }
}

/* Two choices in one message do not answer for each other. */
static void choices_stand_alone(void **state)
{
    struct told told;

    (void)state;
    read_mail(&told, "From: a@b\nSubject: s\nContent-Type: multipart/mixed; boundary=m\n\n"
                     "--m\nContent-Type: multipart/alternative; boundary=x\n\n"
                     "--x\nContent-Type: text/plain\n\nred\n"
                     "--x\nContent-Type: text/html\n\n<p>green\n--x--\n"
                     "--m\nContent-Type: multipart/alternative; boundary=y\n\n"
                     "--y\nContent-Type: text/plain\n\ngreen\n"
                     "--y\nContent-Type: text/html\n\n<p>green\n--y--\n--m--\n");
    assert_string_equal(told.rest.data, "green\n");
    told_release(&told);
    /* a form of two parts is judged as a whole */
    read_mail(&told, "From: a@b\nSubject: s\nContent-Type: multipart/alternative; boundary=x\n\n"
                     "--x\nContent-Type: text/plain\n\nbody 1 2 3\n"
                     "--x\nContent-Type: multipart/mixed; boundary=y\n\n"
                     "--y\nContent-Type: text/html\n\n<p>body 2\n"
                     "--y\nContent-Type: text/html\n\n<p>body 3\n--y--\n--x--\n");
    assert_string_equal(told.rest.data, "body 2\nbody 3\n");
    told_release(&told);
}

static void wrong_character_sets_are_repaired(void **state)
{
    static const char *const heads[] = {"Content-Type: text/plain; charset=us-ascii",
                                        "Content-Type: text/plain; charset=nonsense",
                                        "Content-Type: text/plain; charset=utf-8", "X-Other: 1"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        struct told told;
        struct buf mail;
        buf_init(&mail, 4096);
        (void)buf_printf(&mail, "From: a@b\nTo: c@d\nSubject: s\n%s\n\nسند محرمانه\n", heads[i]);
        told_read(&told, "x.eml", mail.data, mail.len, PLENTY);
        assert_non_null(strstr(told.main.data, "سند محرمانه"));
        told_release(&told);
        buf_release(&mail);
    }
}

static void broken_structure_gives_text(void **state)
{
    static const char *const mails[] = {
        /* no closing boundary, no boundary at all, no blank line, boundary not declared */
        "From: a\nTo: b\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nfind me\n",
        "From: a\nTo: b\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\nfind me\n",
        "From: a\nTo: b\nSubject: s\nfind me\n",
        "From: a\nTo: b\nSubject: s\nContent-Type: multipart/mixed\n\n--y\n\nfind me\n--y--\n",
        "From: a\nTo: b\nSubject: s\nContent-Type: ;;;\n\nfind me\n",
        "From: a\nTo: b\nSubject: s\nContent-Transfer-Encoding: quoted-printable\n\nfind=20me=\n",
        "From: a\nTo: b\nSubject: s\nContent-Transfer-Encoding: base64\n\nZmluZ*CBtZ!Q\n",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(mails); i++) {
        struct told told;
        read_mail(&told, mails[i]);
        if (!strstr(told.main.data, "find me"))
            fail_msg("mail %zu: %s", i, told.main.data);
        told_release(&told);
    }
}

static void deep_nesting_is_capped(void **state)
{
    struct told told;
    struct buf mail;

    (void)state;
    buf_init(&mail, 1 << 20);
    (void)buf_append_str(&mail, "From: a\nTo: b\nSubject: s\n");
    for (int i = 0; i < 2000; i++)
        (void)buf_printf(&mail, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    (void)buf_append_str(&mail, "\nat the bottom\n");
    told_read(&told, "x.eml", mail.data, mail.len, PLENTY);
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_non_null(strstr(told.main.data, "at the bottom"));
    told_release(&told);
    buf_release(&mail);
}

static void mbox_is_split(void **state)
{
    static const char mbox[] =
        "From a@b Fri Apr 22 14:31:30 2016\nFrom: a@b\nTo: c@d\nSubject: one/1\n\n"
        ">From here on\nFrom now on it goes\n\n"
        "From c@d Fri Apr 22 14:31:31 2016\nFrom: c@d\nTo: a@b\n\ntwo\n";
    struct told told;

    (void)state;
    told_read(&told, "inbox", mbox, sizeof(mbox) - 1, PLENTY);
    assert_string_equal(told.children.data, "00001 one_1.eml (message/rfc822) 67\n"
                                            "00002.eml (message/rfc822) 23\n");
    assert_non_null(strstr(told.data.data, "\n\nFrom here on\nFrom now on it goes\nFrom: c@d"));
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.detail, "2 messages");
    told_release(&told);
}

static void other_mailboxes(void **state)
{
    /* Mozilla's separators; a message that says how long it is and has "From " in it */
    static const char mozilla[] = "From - \nFrom: a@b\nSubject: one\n\nFrom Russia with love\n\n"
                                  "From -\nFrom: c@d\nSubject: two\n\ntext\n";
    static const char counted[] =
        "From a@b Fri Apr 22 14:31:30 2016\nFrom: a@b\nSubject: one\nContent-Length: 49\n\n"
        "x\n\nFrom c@d Fri Apr 22 14:31:31 2016\nFrom: q\n\nyyy\n"
        "From c@d Fri Apr 22 14:31:31 2016\nFrom: c@d\nSubject: two\n\ntext\n";
    struct told told;

    (void)state;
    told_read(&told, "Inbox", mozilla, sizeof(mozilla) - 1, PLENTY);
    assert_string_equal(told.detail, "2 messages");
    assert_non_null(strstr(told.data.data, "From Russia with love"));
    told_release(&told);
    told_read(&told, "Inbox", counted, sizeof(counted) - 1, PLENTY);
    assert_string_equal(told.detail, "2 messages");
    told_release(&told);
}

static void headers_are_mended(void **state)
{
    static const struct {
        const char *mail, *meta;
    } MAILS[] = {
        /* a torn address, a stray line, spaces before the colon, a fold */
        {"From: a@b\nReferences: <baz@bar>, <torn.   \nend@bar>\nSubject: one\n\nbody\n",
         "title=one\n"},
        {"From: a@b\nTo: c\nDate: x\nquite Delivered-To: c\nSubject: two\n\nbody\n", "title=two\n"},
        {"From  : a@b\nTo : c\nSubject\t: three\n\nbody\n", "title=three\n"},
        {"From: a@b\nTo: c\nSubject: a long\n\t   line\n\nbody\n", "title=a long line\n"},
        /* raw bytes: the body's set, or the West's where few are not ASCII */
        {"From: a@b\nTo: c\nContent-Type: text/plain; charset=windows-1256\n"
         "Subject: \xD3\xE1\xC7\xE3\n\nbody\n",
         "title=سلام\n"},
        {"From: a@b\nTo: c\nSubject: 49\xA2 each, and more words here\n\nbody\n",
         "title=49¢ each, and more words here\n"},
        /* lines that end in a carriage return alone */
        {"From: a@b\rTo: c\rSubject: four\r\rbody\r", "title=four\n"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(MAILS); i++) {
        struct told told;
        read_mail(&told, MAILS[i].mail);
        assert_string_equal(told.mime, "message/rfc822");
        if (!strstr(told.metas.data, MAILS[i].meta) || !strstr(told.main.data, "\n\nbody\n"))
            fail_msg("mail %zu: %s %s", i, told.metas.data, told.main.data);
        told_release(&told);
    }
}

static void files_in_the_text(void **state)
{
    struct told told;

    (void)state;
    read_mail(&told, "From: a\nTo: b\nSubject: s\n\nbefore\nbegin 644 cat.txt\n#0V%T\n`\nend\n"
                     "after\nbegin 644 of the story\n"
                     "=ybegin line=128 size=3 name=dog.txt\n\x8E\x99\x91\n=yend size=3\n");
    assert_string_equal(told.children.data, "cat.txt () 3\ndog.txt () 3\n");
    assert_string_equal(told.data.data, "Catdog");
    assert_non_null(strstr(told.main.data, "before\nafter\nbegin 644 of the story\n"));
    told_release(&told);
    read_mail(&told, "From: a\nTo: b\nSubject: s\n\nbegin 644 cat.txt\n#0V%T\n");
    assert_non_null(strstr(told.children.data, "cat.txt () 3 truncated"));
    told_release(&told);
}

static void parts_that_are_elsewhere(void **state)
{
    struct told told;

    (void)state;
    read_mail(&told,
              "From: a\nTo: b\nSubject: s\nContent-Type: message/partial; id=\"x\"; number=2;"
              " total=3\n\nthe middle\n");
    assert_non_null(strstr(told.children.data, "missing-part: fragment 2 of 3"));
    assert_int_equal(told.reason, REASON_MISSING_PART);
    told_release(&told);
    read_mail(&told, "From: a\nTo: b\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n"
                     "--x\n\ntext\n--x\nContent-Type: message/external-body; access-type=URL;"
                     " URL=\"http://a.example/f.pdf\"; name=f.pdf\n\n"
                     "Content-Type: application/pdf\n\n--x--\n");
    assert_non_null(strstr(told.children.data, "f.pdf (message/external-body) 0 missing-part"));
    assert_non_null(strstr(told.children.data, "http://a.example/f.pdf"));
    told_release(&told);
    static const char emlx[] =
        "500\nFrom: a\nTo: b\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n"
        "text\n--x\nContent-Type: application/pdf; name=f.pdf\nX-Apple-Content-Length: "
        "9\n\n\n--x--\n";
    told_read(&told, "77.partial.emlx", emlx, sizeof(emlx) - 1, PLENTY);
    assert_non_null(strstr(told.children.data, "missing-part: Mail kept it apart, in the folder "
                                               "Attachments/77/2 beside"));
    assert_int_equal(told.reason, REASON_MISSING_PART);
    told_release(&told);
}

static void protection_is_named(void **state)
{
    static const struct {
        const char *type, *body, *meta;
    } MAILS[] = {
        {"multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=x",
         "--x\n\ntext\n--x\nContent-Type: application/pkcs7-signature\n\nq\n--x--\n",
         "signed with S/MIME"},
        {"multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x",
         "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x--\n",
         "encrypted with OpenPGP"},
        {"application/pkcs7-mime; smime-type=enveloped-data", "q", "encrypted with S/MIME"},
        {"text/plain", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\ntext\n",
         "signed with OpenPGP"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(MAILS); i++) {
        char mail[512];
        char meta[64];
        struct told told;
        snprintf(mail, sizeof(mail), "From: a\nTo: b\nSubject: s\nContent-Type: %s\n\n%s",
                 MAILS[i].type, MAILS[i].body);
        snprintf(meta, sizeof(meta), "security=%s\n", MAILS[i].meta);
        read_mail(&told, mail);
        assert_non_null(strstr(told.metas.data, meta));
        told_release(&told);
    }
}

static void a_body_of_bytes_is_mail(void **state)
{
    static const char mail[] = "From: a\nTo: b\nSubject: s\n\n\0\1\2\3\x80\xFF\0\0 text\n";
    struct told told;

    (void)state;
    told_read(&told, "x", mail, sizeof(mail) - 1, PLENTY);
    assert_string_equal(told.mime, "message/rfc822");
    told_release(&told);
}

static void real_mail(void **state)
{
    static const struct {
        const char *path, *main, *child;
    } files[] = {
        {"fixtures/aleph-ingest-file/email_base64.eml", "Base64 email payload", ""},
        {"fixtures/aleph-ingest-file/email_multipart_alternative.eml",
         "This is a **multipart/alternative** message.", ""},
        {"fixtures/hoover-testdata/data/eml-8-double-encoded/double-encoding.eml", "",
         "atașament_pârș.jpg"},
        {"fixtures/hoover-testdata/data/eml-2-attachment/"
         "attachments-have-octet-stream-content-type.eml",
         "", "zip-with-pdf.zip"},
    };
    size_t read = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        if (!told_read_shared(&told, files[i].path))
            continue;
        read++;
        assert_non_null(strstr(told.main.data, files[i].main));
        assert_non_null(strstr(told.children.data, files[i].child));
        told_release(&told);
    }
    if (read == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_decoded),
        cmocka_unit_test(parameters_are_decoded),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(a_message_and_its_parts),
        cmocka_unit_test(html_stands_in_for_a_stub),
        cmocka_unit_test(other_forms_are_told_when_they_say_more),
        cmocka_unit_test(choices_stand_alone),
        cmocka_unit_test(wrong_character_sets_are_repaired),
        cmocka_unit_test(broken_structure_gives_text),
        cmocka_unit_test(deep_nesting_is_capped),
        cmocka_unit_test(mbox_is_split),
        cmocka_unit_test(other_mailboxes),
        cmocka_unit_test(headers_are_mended),
        cmocka_unit_test(files_in_the_text),
        cmocka_unit_test(parts_that_are_elsewhere),
        cmocka_unit_test(protection_is_named),
        cmocka_unit_test(a_body_of_bytes_is_mail),
        cmocka_unit_test(real_mail),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
