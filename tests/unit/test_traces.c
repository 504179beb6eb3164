/* What systems leave beside people's files, installers, certificates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "cfb_build.h"
#include "parts_told.h"
#include "worker/mail/mime_decode.h"

#define LINK "L\0\0\0\1\x14\2\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"
/* 2024-01-31T12:30:00Z in steps of 100 ns since 1601 */
#define TICKS "\x00\x54\x05\x35\x41\x54\xDA\x01"

static const char PEM[] = "-----BEGIN CERTIFICATE-----\n"
                          "MIIB4zCCAYmgAwIBAgICHy4wCgYIKoZIzj0EAwIwNjELMAkGA1UEBhMCSVIxEjAQ\n"
                          "BgNVBAoMCVNhbmFkIEx0ZDETMBEGA1UEAwwK2YbYtNin2YbbjDAeFw0yNjExMjIw\n"
                          "ODM3MjNaFw0yNzExMjIwODM3MjNaMDYxCzAJBgNVBAYTAklSMRIwEAYDVQQKDAlT\n"
                          "YW5hZCBMdGQxEzARBgNVBAMMCtmG2LTYp9mG24wwWTATBgcqhkjOPQIBBggqhkjO\n"
                          "PQMBBwNCAATxGlqyKrmJfyQskGTbD/LaZwuT5OadWgcY8XR5LwaQ/dvcLwM7I7MU\n"
                          "+QlIyYgVTEhe5Khf+kqN26RMgH26dRYko4GGMIGDMB0GA1UdDgQWBBQe3X3w52/F\n"
                          "Z+RuKve4dFPo1yudJjAfBgNVHSMEGDAWgBQe3X3w52/FZ+RuKve4dFPo1yudJjAP\n"
                          "BgNVHRMBAf8EBTADAQH/MDAGA1UdEQQpMCeCEGxlYWsuZXhhbXBsZS5vcmeBDWFA\n"
                          "ZXhhbXBsZS5vcmeHBAoBAgMwCgYIKoZIzj0EAwIDSAAwRQIgUbyLyUZigMTVE96Y\n"
                          "Jw5B9DLQmMa5DHVbU1I1tEf5WBoCIQDireuzQB31mT9pKFM2tP+vMjT0PLwPssdr\n"
                          "uU28dKXHdQ==\n"
                          "-----END CERTIFICATE-----\n";

static const char REQUEST[] = "-----BEGIN CERTIFICATE REQUEST-----\n"
                              "MIIBBzCBrwIBADAeMRwwGgYDVQQDDBNyZXF1ZXN0LmV4YW1wbGUub3JnMFkwEwYH\n"
                              "KoZIzj0CAQYIKoZIzj0DAQcDQgAE8Rpasiq5iX8kLJBk2w/y2mcLk+TmnVoHGPF0\n"
                              "eS8GkP3b3C8DOyOzFPkJSMmIFUxIXuSoX/pKjdukTIB9unUWJKAvMC0GCSqGSIb3\n"
                              "DQEJDjEgMB4wHAYDVR0RBBUwE4IRb3RoZXIuZXhhbXBsZS5vcmcwCgYIKoZIzj0E\n"
                              "AwIDRwAwRAIgNnQGLFYIrTHMOyWEIEOrnsNV+wZR8dpIih+8jTS+eMQCIFJAfdwV\n"
                              "/DEaMrtr5ioaQcgJQRbXR7gZQcu1i9RMJfl9\n"
                              "-----END CERTIFICATE REQUEST-----\n";

/* Names of an installer's streams: _StringPool, _StringData, Binary.setup */
#define POOL "\xE4\xA1\x80\xE3\xBC\xBF\xE4\x95\xB7\xE4\x91\xAC\xE3\xB9\xAA\xE4\x92\xB2\xE4\xA0\xAF"
#define DATA "\xE4\xA1\x80\xE3\xBC\xBF\xE4\x95\xB7\xE4\x91\xAC\xE3\xAD\xAA\xE4\x97\xA4\xE4\xA0\xA4"
#define BINARY "\xE4\x8C\x8B\xE4\x84\xB1\xE4\x9C\xB5\xE4\x96\xBE\xE4\x97\xA8\xE4\x93\xB8"

static void put_wide(struct buf *out, const char *ascii)
{
    for (; *ascii; ascii++) {
        (void)buf_append_char(out, *ascii);
        (void)buf_append_char(out, '\0');
    }
}

static void put_zeros(struct buf *out, size_t to)
{
    while (out->len < to)
        (void)buf_append_char(out, '\0');
}

/* What a file says, and that it ends well wherever it is cut off. */
static void expect_file(const char *name, const struct buf *file, const struct wanted *wanted)
{
    told_expect(name, file->data, file->len, wanted);
    told_cuts(name, file->data, file->len);
}

static void who_has_it_open(void **state)
{
    CLEANUP(cleanup_buf) struct buf file = {0};

    (void)state;
    buf_init(&file, 1024);
    (void)buf_append_str(&file, "\6Maryam");
    put_zeros(&file, 162);
    told_expect(
        "leak/~$old.docx", file.data, file.len,
        WANTED(.mime = "application/x-ms-owner", .main = "Maryam", .outcome = OUTCOME_TEXT));
    file.len = 54;
    (void)buf_append(&file, "\6\0", 2);
    put_wide(&file, "Maryam");
    put_zeros(&file, 162);
    told_expect(
        "leak/~$report.docx", file.data, file.len,
        WANTED(.mime = "application/x-ms-owner", .main = "Maryam\n", .outcome = OUTCOME_TEXT));
    told_expect("report.docx", file.data, file.len, WANTED(.mime = "application/octet-stream"));
}

static void what_was_thrown_away(void **state)
{
    (void)state;
    for (char version = 1; version <= 2; version++) {
        CLEANUP(cleanup_buf) struct buf file = {0};
        buf_init(&file, 1024);
        (void)buf_append_char(&file, version);
        put_zeros(&file, 8);
        (void)buf_append(&file, "\x39\x30\0\0\0\0\0\0", 8);
        (void)buf_append(&file, TICKS, 8);
        if (version == 2)
            (void)buf_append(&file, "\x0E\0\0\0", 4);
        put_wide(&file, "C:\\leak\\a.docx");
        put_zeros(&file, version == 1 ? 544 : 24 + 4 + 28);
        expect_file("$I4UZ2X9.docx", &file,
                    WANTED(.mime = "application/x-ms-recycled", .main = "C:\\leak\\a.docx\n",
                           .metas_have = "deleted=2024-01-31T12:30:00Z\nbytes=12345\n",
                           .outcome = OUTCOME_TEXT));
    }
}

static void what_a_mac_showed(void **state)
{
    static const char VIEW[] = "\0\0\0\1Bud1\0\0\0\0"
                               "\0\0\0\3\0a\0.\0bIlocblob\0\0\0\x10................"
                               "\0\0\0\3\0a\0.\0blg1Scomp\0\0\0\0\0\0\0\1"
                               "\0\0\0\2\6\x46\6\x27vSrnlong\0\0\0\1";

    (void)state;
    told_expect(".DS_Store", BYTES(VIEW),
                WANTED(.mime = "application/x-apple-ds-store", .main = "a.b\nنا\n",
                       .outcome = OUTCOME_TEXT));
}

static void shortcuts_of_jump_lists(void **state)
{
    static const char CUSTOM[] = "\2\0\0\0\1\0\0\0" LINK "first" LINK "second";
    CLEANUP(cleanup_buf) struct buf list = {0};
    CLEANUP(cleanup_buf) struct buf file = {0};

    (void)state;
    told_expect("5d69.customDestinations-ms", BYTES(CUSTOM),
                WANTED(.children = "1.lnk (application/x-ms-shortcut) 25\n"
                                   "2.lnk (application/x-ms-shortcut) 26\n"));
    buf_init(&list, 4096);
    (void)buf_append(&list, "\1\0\0\0\1\0\0\0", 8);
    put_zeros(&list, 32 + 72);
    (void)buf_append_str(&list, "desktop-1");
    put_zeros(&list, 32 + 100);
    (void)buf_append(&list, TICKS, 8);
    put_zeros(&list, 32 + 112);
    (void)buf_append(&list, "\4\0", 2);
    put_wide(&list, "C:\\a");
    build_cfb((const struct cfb_node[]){{"1", LINK "first", 25, NULL},
                                        {"DestList", list.data, list.len, NULL},
                                        {0}},
              &file);
    expect_file("a.automaticDestinations-ms", &file,
                WANTED(.mime = "application/x-ms-jump-list",
                       .main = "C:\\a\t2024-01-31T12:30:00Z\tdesktop-1\n",
                       .children = "1.lnk (application/x-ms-shortcut) 25\n",
                       .outcome = OUTCOME_TEXT));
}

static void small_pictures_of_a_folder(void **state)
{
    static const char PICTURE[] = "\x0C\0\0\0\1\0\0\0\4\0\0\0\xFF\xD8\xFF\xD9";
    CLEANUP(cleanup_buf) struct buf list = {0};
    CLEANUP(cleanup_buf) struct buf file = {0};

    (void)state;
    buf_init(&list, 4096);
    (void)buf_append(&list, "\x10\0\7\0\1\0\0\0\x60\0\0\0\x60\0\0\0", 16);
    (void)buf_append(&list, "\x1C\0\0\0\x0C\0\0\0" TICKS, 16);
    put_wide(&list, "a.jpg");
    put_zeros(&list, 16 + 0x1C);
    build_cfb((const struct cfb_node[]){{"21", PICTURE, sizeof(PICTURE) - 1, NULL},
                                        {"Catalog", list.data, list.len, NULL},
                                        {0}},
              &file);
    expect_file("Thumbs.db", &file,
                WANTED(.mime = "application/x-ms-thumbs", .main = "a.jpg\t2024-01-31T12:30:00Z\n",
                       .children = "a.jpg.jpg (image/jpeg) 4\n", .outcome = OUTCOME_TEXT));
}

static void installers_have_strings_and_files(void **state)
{
    static const char LENGTHS[] = "\xE4\4\0\0\5\0\1\0\0\0\0\0\0\0\1\0\3\0\0\0";
    CLEANUP(cleanup_buf) struct buf file = {0};

    (void)state;
    build_cfb((const struct cfb_node[]){{POOL, LENGTHS, sizeof(LENGTHS) - 1, NULL},
                                        {DATA, "Sanadabc", 8, NULL},
                                        {BINARY, "MSCF\0\0\0\0", 8, NULL},
                                        {0}},
              &file);
    expect_file("a.msi", &file,
                WANTED(.mime = "application/x-msi", .main = "Sanad\nabc\n",
                       .children = "Binary.setup () 8\n", .outcome = OUTCOME_TEXT));
}

static void certificates_are_text(void **state)
{
    CLEANUP(cleanup_buf) struct buf der = {0};
    struct told told;

    (void)state;
    buf_init(&der, 4096);
    mime_decode_base64(PEM + 27, strstr(PEM, "-----END") - PEM - 27, &der);
    for (int pem = 0; pem < 2; pem++) {
        told_read(&told, "a.cer", pem ? PEM : der.data, pem ? sizeof(PEM) - 1 : der.len, PLENTY);
        assert_string_equal(told.mime, pem ? "application/x-pem-file" : "application/pkix-cert");
        assert_non_null(strstr(told.main.data, "for C=IR, O=Sanad Ltd, CN=نشانی\n"
                                               "issued by C=IR, O=Sanad Ltd, CN=نشانی\n"
                                               "number 1f2e\nvalid from 20"));
        assert_non_null(strstr(told.main.data, "also leak.example.org\nalso a@example.org\n"
                                               "also 10.1.2.3\n"));
        assert_int_equal(strstr(told.rest.data ? told.rest.data : "", "-----END") != NULL, pem);
        told_release(&told);
    }
    told_cuts("a.cer", der.data, der.len);
    told_expect("a.csr", BYTES(REQUEST),
                WANTED(.main_has = "Certificate request\nfor CN=request.example.org\n"
                                   "also other.example.org\n"));
    told_expect("key.pem", BYTES("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END"),
                WANTED(.main = "OPENSSH PRIVATE KEY\n\n", .outcome = OUTCOME_TEXT));
}

static void what_firefox_keeps(void **state)
{
    static const char SESSION[] = "mozLz40\0\5\0\0\0\x50{\"a\"}";

    (void)state;
    told_expect("recovery.jsonlz4", BYTES(SESSION), WANTED(.children = "recovery () 5\n"));
    told_expect("recovery.jsonlz4", SESSION, sizeof(SESSION) - 3,
                WANTED(.outcome = OUTCOME_FAILED, .reason = REASON_TRUNCATED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_it_open),
        cmocka_unit_test(what_was_thrown_away),
        cmocka_unit_test(what_a_mac_showed),
        cmocka_unit_test(shortcuts_of_jump_lists),
        cmocka_unit_test(small_pictures_of_a_folder),
        cmocka_unit_test(installers_have_strings_and_files),
        cmocka_unit_test(certificates_are_text),
        cmocka_unit_test(what_firefox_keeps),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
