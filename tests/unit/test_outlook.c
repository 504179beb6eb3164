/* Outlook's items: MSG files, and the parts they are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cfb_build.h"
#include "parts_told.h"
#include "base/bytes.h"
#include "worker/ole/cfb.h"
#include "worker/outlook/mapi_rtf.h"

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

#define PROPS "__properties_version1.0"
#define SUBSTG "__substg1.0_"

/* A properties stream: `head` zero bytes, then entries of 16. */
#define ENTRY_INT(id_lo, id_hi, value) "\x03\0" id_lo id_hi "\6\0\0\0" value "\0\0\0\0\0\0\0"
#define ZEROS8 "\0\0\0\0\0\0\0\0"
#define NODE_BYTES(string) .text = (string), .len = sizeof(string) - 1

static const struct cfb_node INNER_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\1"))},
    {.name = SUBSTG "3707001E", .text = "deep.txt"},
    {.name = SUBSTG "37010102", .text = "deep content"},
    {0},
};
static const struct cfb_node INNER[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ZEROS8 ZEROS8)},
    {.name = SUBSTG "0037001E", .text = "Inside"},
    {.name = SUBSTG "1000001E", .text = "inner text"},
    {.name = "__attach_version1.0_#00000000", .children = INNER_ATTACHMENT},
    {0},
};
static const struct cfb_node MESSAGE_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\5"))},
    {.name = SUBSTG "3001001E", .text = "Inside"},
    {.name = SUBSTG "3701000D", .children = INNER},
    {0},
};
static const struct cfb_node OLE[] = {
    {.name = "CONTENTS", .text = "an object's bytes"},
    {0},
};
static const struct cfb_node OLE_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\6"))},
    {.name = SUBSTG "3001001E", .text = "drawing"},
    {.name = SUBSTG "3701000D", .children = OLE},
    {0},
};
static const struct cfb_node LINK_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\4"))},
    {.name = SUBSTG "3704001E", .text = "plan.doc"},
    {.name = SUBSTG "370D001E", .text = "\\\\server\\plan.doc"},
    {0},
};
static const struct cfb_node FILE_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\1"))},
    {.name = SUBSTG "3707001F", NODE_BYTES("\x46\x06\x27\x06\x45\x06\x47\x06/\0.\0p\0d\0f\0")},
    {.name = SUBSTG "370E001E", .text = "application/pdf"},
    {.name = SUBSTG "37010102", .text = "%PDF-1.4"},
    {0},
};
static const struct cfb_node EMPTY_ATTACHMENT[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\1"))},
    {0},
};
static const struct cfb_node TO[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x15", "\x0C", "\1"))},
    {.name = SUBSTG "3001001E", .text = "Leila"},
    {.name = SUBSTG "3003001E", .text = "/o=X/cn=leila"},
    {.name = SUBSTG "39FE001E", .text = "leila@example.org"},
    {0},
};
static const struct cfb_node BCC[] = {
    {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x15", "\x0C", "\3"))},
    {.name = SUBSTG "3001001E", .text = "secret@example.org"},
    {0},
};
static const struct cfb_node MESSAGE[] = {
    {.name = PROPS,
     NODE_BYTES(ZEROS8 ZEROS8 ZEROS8 ZEROS8 /* code page 1256 */
                "\x03\0\xFD\x3F\6\0\0\0\xE8\x04\0\0\0\0\0\0")},
    {.name = SUBSTG "0037001E", .text = "\x01\x05RE: \xD3\xE1\xC7\xE3"},
    {.name = SUBSTG "0065001E", .text = "/O=x/CN=Leila"},
    {.name = SUBSTG "0042001E", .text = "Leila"},
    {.name = SUBSTG "1000001E", .text = "plain words"},
    {.name = SUBSTG "10130102", .text = "<p>html <b>words</b></p>"},
    {.name = SUBSTG "007D001E",
     .text = "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from relay.example\r\n"
             "\tby mx\r\nContent-Type: multipart/mixed;\r\n\tboundary=x\r\n"
             "Message-ID: <1@example>\r\nno field here\r\n"},
    {.name = "__recip_version1.0_#00000000", .children = TO},
    {.name = "__recip_version1.0_#00000001", .children = BCC},
    {.name = "__attach_version1.0_#00000000", .children = FILE_ATTACHMENT},
    {.name = "__attach_version1.0_#00000001", .children = MESSAGE_ATTACHMENT},
    {.name = "__attach_version1.0_#00000002", .children = OLE_ATTACHMENT},
    {.name = "__attach_version1.0_#00000003", .children = LINK_ATTACHMENT},
    {.name = "__attach_version1.0_#00000004", .children = EMPTY_ATTACHMENT},
    {0},
};

static void a_message_with_everything(void **state)
{
    struct told told;
    struct told inner;
    struct buf bytes;

    (void)state;
    build_cfb(MESSAGE, &bytes);
    told_read(&told, "x.msg", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/vnd.ms-outlook");
    assert_int_equal(told.outcome, OUTCOME_TEXT);
    assert_string_equal(told.main.data, "From: \"Leila\" <leila@example.org>\n"
                                        "To: \"Leila\" <leila@example.org>\n"
                                        "Bcc: <secret@example.org>\n"
                                        "Subject: RE: سلام\n\nplain words\n");
    assert_non_null(strstr(told.metas.data, "message-id=<1@example>\n"));
    assert_non_null(strstr(told.rest.data, "relay.example"));
    const char *mail = strstr(told.data.data, "Subject: Inside\r\n");
    assert_non_null(mail);
    char expected[1000];
    size_t mail_len = (size_t)(strstr(mail, "--=_sanad_parts_0--\r\n") + 21 - mail);
    snprintf(expected, sizeof(expected),
             "نامه_.pdf (application/pdf) 8\nInside.eml (message/rfc822) %zu\n", mail_len);
    assert_non_null(strstr(told.children.data, expected));
    assert_non_null(strstr(told.children.data,
                           "plan.doc (application/octet-stream) 0 missing-part: "
                           "a link to a file: \\\\server\\plan.doc\n"));
    assert_non_null(
        strstr(told.children.data, "attachment-5 (application/octet-stream) 0 missing-part: "));

    told_read(&inner, "Inside.eml", mail, mail_len, PLENTY);
    assert_string_equal(inner.main.data, "Subject: Inside\n\ninner text\n");
    assert_non_null(strstr(inner.children.data, "deep.txt (application/octet-stream) 12\n"));
    assert_string_equal(inner.data.data, "deep content");
    told_release(&inner);

    const char *object = memmem(told.data.data, told.data.len, "\xD0\xCF\x11\xE0", 4);
    assert_non_null(object);
    struct cfb *cfb =
        cfb_open((const unsigned char *)object, told.data.len - (size_t)(object - told.data.data));
    assert_non_null(cfb);
    struct buf out;
    buf_init(&out, 100);
    assert_int_equal(cfb_read(cfb, cfb_find(cfb_root(cfb), "contents"), &out), 0);
    assert_string_equal(out.data, "an object's bytes");
    buf_release(&out);
    cfb_free(cfb);
    told_release(&told);
    buf_release(&bytes);
}

/* Outlook keeps signed and encrypted mail as one attachment; it reads as the mail that it was. */
static void signed_and_encrypted_messages(void **state)
{
    static const struct cfb_node ENTITY[] = {
        {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\1"))},
        {.name = SUBSTG "3707001E", .text = "smime.p7m"},
        {.name = SUBSTG "37010102",
         .text = "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n"
                 " boundary=b\r\n\r\n--b\r\n\r\nsigned words\r\n--b\r\nContent-Type: "
                 "application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n"},
        {0},
    };
    static const struct cfb_node SIGNED[] = {
        {.name = PROPS, NODE_BYTES(ZEROS8 ZEROS8 ZEROS8 ZEROS8)},
        {.name = SUBSTG "001A001E", .text = "IPM.Note.SMIME.MultipartSigned"},
        {.name = SUBSTG "0037001E", .text = "S"},
        {.name = "__attach_version1.0_#00000000", .children = ENTITY},
        {0},
    };
    static const struct cfb_node CMS[] = {
        {.name = PROPS, NODE_BYTES(ZEROS8 ENTRY_INT("\x05", "\x37", "\1"))},
        {.name = SUBSTG "3707001E", .text = "smime.p7m"},
        {.name = SUBSTG "37010102",
         NODE_BYTES("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03\xA0\x80\0\0\0\0")},
        {0},
    };
    static const struct cfb_node ENCRYPTED[] = {
        {.name = PROPS, NODE_BYTES(ZEROS8 ZEROS8 ZEROS8 ZEROS8)},
        {.name = SUBSTG "001A001E", .text = "IPM.Note.SMIME"},
        {.name = SUBSTG "0037001E", .text = "E"},
        {.name = "__attach_version1.0_#00000000", .children = CMS},
        {0},
    };
    struct told told;
    struct buf bytes;

    (void)state;
    build_cfb(SIGNED, &bytes);
    told_read(&told, "x.msg", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.main.data, "Subject: S\n\nsigned words\n"));
    assert_non_null(strstr(told.metas.data, "security=signed with S/MIME\n"));
    assert_non_null(strstr(told.children.data, "smime.p7s"));
    assert_null(strstr(told.children.data, "smime.p7m"));
    told_release(&told);
    buf_release(&bytes);
    build_cfb(ENCRYPTED, &bytes);
    told_read(&told, "x.msg", bytes.data, bytes.len, PLENTY);
    assert_non_null(strstr(told.metas.data, "security=encrypted with S/MIME\n"));
    assert_string_equal(told.children.data, "smime.p7m (application/pkcs7-mime) 19\n");
    told_release(&told);
    buf_release(&bytes);
}

static void objects_of_other_programs(void **state)
{
    static const struct cfb_node DEEP[] = {
        {.name = "\001Inside", .text = "%PDF-1.4 inside"},
        {.name = "Other", .text = "nothing that is known"},
        {0},
    };
    static const struct cfb_node OBJECT[] = {
        {.name = "CONTENTS", .text = "a drawing"},
        {.name = "Store", .children = DEEP},
        {0},
    };
    static const struct cfb_node NOTHING[] = {{.name = "Settings", .text = "x"}, {0}};
    struct told told;
    struct buf bytes;

    (void)state;
    build_cfb(OBJECT, &bytes);
    told_read(&told, "oledata.mso", bytes.data, bytes.len, PLENTY);
    assert_string_equal(told.mime, "application/x-ole-storage");
    assert_int_equal(told.reason, REASON_CONTAINER);
    assert_string_equal(told.children.data, "CONTENTS () 9\nInside () 15\n");
    told_release(&told);
    buf_release(&bytes);
    build_cfb(NOTHING, &bytes);
    told_read(&told, "x.bin", bytes.data, bytes.len, PLENTY);
    assert_int_equal(told.reason, REASON_UNSUPPORTED);
    assert_int_equal(told.children.len, 0);
    told_release(&told);
    buf_release(&bytes);
}

/* Every shorter file ends well, and what it has is told. */
static void truncated_messages(void **state)
{
    struct buf bytes;

    (void)state;
    build_cfb(MESSAGE, &bytes);
    for (size_t len = 8; len < bytes.len; len += 509) {
        struct told told;
        char *copy = mem_alloc(len);
        memcpy(copy, bytes.data, len);
        told_read(&told, "x.msg", copy, len, PLENTY);
        assert_true(told.outcome != OUTCOME_WAITING);
        told_release(&told);
        free(copy);
    }
    buf_release(&bytes);
}

static void stores(void **state)
{
    static const struct {
        const char *path, *children, *metas, *data;
        unsigned count;
    } FILES[] = {
        {"fixtures/icij-extract/documents/pst/testPST.pst",
         "Début du fichier de données Outlook/00007 FW: First email.eml (message/rfc822)",
         "folders=7\n", "filename=\"attachment.docx\"", 7},
        {TIKA "testPST_variousBodyTypes.pst",
         "Top of Outlook data file/Inbox/tmp/00004 FW: original email.eml", "folders=7\n",
         "From: \"Allison, Timothy B.\" <tallison@mitre.org>", 4},
        {"corpora/email/libpst/dist-list.pst",
         "Top of Personal Folders/Contacts/00001 test dist list.eml", "hidden-settings=4\n",
         "Subject: contact name 1", 5},
        {"corpora/email/libpst/passworded.pst",
         "Top of Personal Folders/Contacts/00002 contact name 1.eml", "hidden-settings=13\n",
         "Subject: test dist list", 3},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        struct told told;
        unsigned lines = 0;
        if (!told_read_shared(&told, FILES[i].path))
            skip();
        print_message("# %s\n", FILES[i].path);
        assert_string_equal(told.mime, "application/vnd.ms-outlook-pst");
        assert_int_equal(told.outcome, OUTCOME_EMPTY);
        assert_int_equal(told.reason, REASON_CONTAINER);
        for (size_t c = 0; c < told.children.len; c++)
            lines += told.children.data[c] == '\n';
        assert_int_equal(lines, FILES[i].count);
        assert_null(strstr(told.children.data, " corrupt"));
        assert_non_null(strstr(told.children.data, FILES[i].children));
        assert_non_null(strstr(told.metas.data, FILES[i].metas));
        assert_non_null(strstr(told.data.data, FILES[i].data));
        told_release(&told);
    }
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
        cmocka_unit_test(a_message_with_everything),
        cmocka_unit_test(signed_and_encrypted_messages),
        cmocka_unit_test(objects_of_other_programs),
        cmocka_unit_test(truncated_messages),
        cmocka_unit_test(stores),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
