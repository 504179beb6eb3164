/* What a document is by its bytes: PDF with headers that are not right, files inside OLE objects.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cfb_build.h"
#include "parts_told.h"
#include "base/bytes.h"
#include "wire/convert.h"
#include "worker/reader.h"
#include "worker/sniff/sniff.h"

#define OBJECT "1 0 obj\n<</Type/Catalog>>\nendobj\n"
#define TRAILER "trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"

static void expect_mime(const char *name, const char *bytes, size_t len, const char *mime)
{
    struct told told;

    told_read(&told, name, bytes, len, PLENTY);
    assert_string_equal(told.mime, mime);
    told_release(&told);
}

static void pdf_with_odd_headers(void **state)
{
    static const char *const files[] = {
        "%!PS-Adobe-3.0 PDF-1.4\n" OBJECT TRAILER,
        "%pdf-1.4\n" OBJECT TRAILER,
        "junk\r\n%Pdf-1.4\r\n" OBJECT,
        OBJECT TRAILER,
        "\n12 0 obj\n<<>>\nendobj\n" TRAILER,
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        expect_mime("a", files[i], strlen(files[i]), "application/pdf");
}

static void pdf_behind_much_garbage(void **state)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    (void)state;
    buf_init(&bytes, 1 << 20);
    for (int i = 0; i < 3000; i++)
        (void)buf_append_char(&bytes, '\0');
    (void)buf_append_str(&bytes, "\n%PDF-1.4\n" OBJECT TRAILER);
    expect_mime("a", bytes.data, bytes.len, "application/pdf");
}

static void what_only_speaks_of_pdf(void **state)
{
    static const struct {
        const char *bytes, *mime;
    } rows[] = {
        {"%!PS-Adobe-3.0 EPSF-3.0\n%%Title: a\nshowpage\n", "application/postscript"},
        {"%!PS-Adobe-3.0\n% made of PDF-1.4\n" OBJECT TRAILER, "application/postscript"},
        {"A file ends with startxref, a number and %%EOF, and has obj in it.\n", "text/plain"},
        {"as in %pdf-1.4, the old form\n", "text/plain"},
        {"From: a@example.org\nTo: b@example.org\nSubject: x\nDate: Mon, 1 Jan 2001 00:00:00 "
         "+0000\n"
         "\n" OBJECT TRAILER,
         "message/rfc822"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_mime("a", rows[i].bytes, strlen(rows[i].bytes), rows[i].mime);
}

/* An object of Acrobat and its like: a storage whose stream is the file. */
static void files_in_ole_streams(void **state)
{
    static const char *const streams[] = {"CONTENTS", "Package"};
    static const char pdf[] = "%PDF-1.4\n" OBJECT TRAILER;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
        const struct cfb_node object[] = {
            {"\001CompObj", "x", 0, NULL}, {streams[i], pdf, 0, NULL}, {0}};
        struct told told;
        struct buf bytes;
        build_cfb(object, &bytes);
        told_read(&told, "oleObject1.bin", bytes.data, bytes.len, PLENTY);
        assert_memory_equal(told.data.data, pdf, sizeof(pdf) - 1);
        assert_int_equal(told.child_bytes, sizeof(pdf) - 1);
        told_release(&told);
        buf_release(&bytes);
    }
}

static void real_embedded_ones(void **state)
{
    static const char *const files[] = {"testEXCEL_embeddedPDF_windows.xls",
                                        "testExcel_embeddedPDF.xls", "testExcel_embeddedPDF.xlsx",
                                        "testPPT_EmbeddedPDF.ppt"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct told told;
        char path[200];
        snprintf(path, sizeof(path), "fixtures/tika/tika-parser-microsoft-module/%s", files[i]);
        if (!told_read_shared(&told, path))
            skip();
        assert_non_null(memmem(told.data.data, told.data.len, "%PDF-", 5));
        assert_null(memmem(told.data.data, told.data.len, "C\0O\0N\0T\0E\0N\0T\0S", 15));
        told_release(&told);
    }
}

/* What has no reader is called by its name. */
static void known_formats_have_names(void **state)
{
    static const struct {
        const char *bytes;
        size_t at;
        const char *mime, *word;
    } rows[] = {
        {"\0\1\0\0\0\x0E\0\x80", 0, "font/ttf", "a font"},
        {"wOF2\0\1\0\0", 0, "font/woff2", "a font"},
        {"regf\1\0\0\0", 0, "application/x-ms-registry", "registry"},
        {"ElfFile\0", 0, "application/x-ms-evtx", "event log"},
        {"\xEF\xCD\xAB\x89\x20\6\0\0", 4, "application/x-ms-ese", "Exchange"},
        {"H+\0\4\0\0\1\0", 1024, "application/x-disk-hfs", "HFS"},
        {"NTFS    ", 3, "application/x-disk-ntfs", "NTFS"},
        {"\x57\xFB\x80\x8B\x24\x75\x47\xDB", 2040, "application/x-leveldb", "LevelDB"},
        {"\x03\xD9\xA2\x9A\x67\xFB\x4B\xB5", 0, "application/x-keepass", "KeePass"},
        {"RE~^\0\1\2\3", 0, "application/x-rar-old", "RAR"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        unsigned char bytes[2048] = {0};
        struct told told;
        memcpy(bytes + rows[i].at, rows[i].bytes, 8);
        told_read(&told, "a", bytes, sizeof(bytes), PLENTY);
        assert_string_equal(told.mime, rows[i].mime);
        assert_int_equal(told.reason, REASON_UNSUPPORTED);
        assert_non_null(strstr(told.detail, rows[i].word));
        told_release(&told);
    }
}

static void put_words(unsigned char *to, const uint16_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[2 * i] = (unsigned char)(words[i] >> 8);
        to[2 * i + 1] = (unsigned char)words[i];
    }
}

static void sniffs_as(const void *data, size_t len, const char *mime)
{
    struct told told;

    told_read(&told, "a", data, len, PLENTY);
    assert_string_equal(told.mime, mime);
    if (conversion_for(mime)) {
        assert_int_equal(told.outcome, OUTCOME_FAILED);
        assert_int_equal(told.reason, REASON_NO_CONVERTER);
        assert_non_null(strstr(told.detail, conversion_for(mime)->words));
    }
    told_release(&told);
}

/* What LibreOffice is asked for, and what only looks like it. */
static void formats_for_libreoffice(void **state)
{
    static const uint16_t cgm[] = {0x0024, 0x706C, 0x616E, 0x1022, 1, 0x1166, 1, 0xFFFF, 1};
    static const uint16_t cgm_9[] = {0x0024, 0x706C, 0x616E, 0x1022, 9, 0x1166, 1, 0xFFFF, 1};
    static const uint16_t pict[] = {600, 0, 0, 200, 400, 0x11, 0x02FF, 0x0C00, 0xFFFF, 0xFFFF};
    static const uint16_t old_pict[] = {600, 0, 0, 200, 400, 0x1101, 0xA000, 0x8200};
    unsigned char bytes[1200] = {0};
    static const char t602[] = "@CT 1\r\n@LM 1\r\nText\r\n";
    static const char mail_602[] = "@CT scan of the ship, see below\nand so on\n";
    static const char wordpro[] = "WordPro\0\0\0\1\2\3";

    (void)state;
    sniffs_as(t602, sizeof(t602) - 1, "application/x-t602");
    sniffs_as(mail_602, sizeof(mail_602) - 1, "text/plain");
    sniffs_as(wordpro, sizeof(wordpro) - 1, "application/vnd.lotus-wordpro");
    put_words(bytes, cgm, ARRAY_LEN(cgm));
    sniffs_as(bytes, 2 * ARRAY_LEN(cgm), "image/cgm");
    put_words(bytes, cgm_9, ARRAY_LEN(cgm_9));
    assert_null(sniff_old(bytes, 2 * ARRAY_LEN(cgm_9)));
    put_words(bytes, pict, ARRAY_LEN(pict));
    sniffs_as(bytes, sizeof(bytes), "image/x-pict");
    memset(bytes, 0, sizeof(bytes));
    put_words(bytes + 512, pict, ARRAY_LEN(pict));
    sniffs_as(bytes, sizeof(bytes), "image/x-pict");
    put_words(bytes + 512, old_pict, ARRAY_LEN(old_pict));
    sniffs_as(bytes, sizeof(bytes), "image/x-pict");
    bytes[0] = 1; /* the weaker mark counts behind an empty header only */
    assert_null(sniff_old(bytes, sizeof(bytes)));
}

/* Word 2: text from 768 to 800 of 1,200 bytes. */
static void word_without_a_storage(void **state)
{
    unsigned char bytes[1200] = {0};

    (void)state;
    le16_put(bytes, 0xA5DB);
    le16_put(bytes + 2, 45);
    le32_put(bytes + 0x18, 768);
    le32_put(bytes + 0x1C, 800);
    sniffs_as(bytes, sizeof(bytes), "application/msword2");
    le16_put(bytes, 0xA59B);
    le16_put(bytes + 2, 33);
    sniffs_as(bytes, sizeof(bytes), "application/msword2");
    assert_null(sniff_old(bytes, 700)); /* it ends before its text does */
    le16_put(bytes + 2, 101);
    assert_null(sniff_old(bytes, sizeof(bytes)));
}

/* The table that sanad has and the one of readers name the same formats. */
static void all_conversions_have_the_reader(void **state)
{
    const char *known = reader_for("application/x-t602")->mimes;
    size_t length = 0;
    unsigned count = 0;

    (void)state;
    for (; conversion_at(count); count++) {
        const struct reader *reader = reader_for(conversion_at(count)->mime);
        assert_non_null(reader);
        assert_ptr_equal(reader->mimes, known);
        length += strlen(conversion_at(count)->mime) + 1;
    }
    assert_int_equal(length, strlen(known) + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pdf_with_odd_headers),
        cmocka_unit_test(pdf_behind_much_garbage),
        cmocka_unit_test(what_only_speaks_of_pdf),
        cmocka_unit_test(files_in_ole_streams),
        cmocka_unit_test(real_embedded_ones),
        cmocka_unit_test(known_formats_have_names),
        cmocka_unit_test(formats_for_libreoffice),
        cmocka_unit_test(word_without_a_storage),
        cmocka_unit_test(all_conversions_have_the_reader),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
