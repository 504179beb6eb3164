/* Apple's property lists: binary and XML, values, damage, loops; Safari's saved pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parts_told.h"

/* A binary list of up to 250 objects with one-byte references and two-byte places. */
struct build {
    struct buf bytes;
    size_t at[250];
    unsigned count;
};

static void build_start(struct build *build)
{
    *build = (struct build){0};
    buf_init(&build->bytes, 1 << 20);
    (void)buf_append_str(&build->bytes, "bplist00");
}

static unsigned build_add(struct build *build, const void *bytes, size_t len)
{
    build->at[build->count] = build->bytes.len;
    (void)buf_append(&build->bytes, bytes, len);
    return build->count++;
}

#define ADD(build, bytes) build_add(build, bytes, sizeof(bytes) - 1)

static void build_end(struct build *build)
{
    size_t table = build->bytes.len;
    char trailer[32] = {[6] = 2, [7] = 1, [15] = (char)build->count};

    for (unsigned i = 0; i < build->count; i++) {
        (void)buf_append_char(&build->bytes, (char)(build->at[i] >> 8));
        (void)buf_append_char(&build->bytes, (char)build->at[i]);
    }
    trailer[30] = (char)(table >> 8);
    trailer[31] = (char)table;
    (void)buf_append(&build->bytes, trailer, sizeof(trailer));
}

/* Ends the list with its first object at the top, and looks at what is said of it. */
static void build_expect(struct build *build, const struct wanted *wanted)
{
    build_end(build);
    told_expect("x.plist", build->bytes.data, build->bytes.len, wanted);
}

static void every_kind_of_value(void **state)
{
    struct build build;

    (void)state;
    build_start(&build);
    ADD(&build, "\xD9\1\2\3\4\5\6\7\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10\x11\x12");
    ADD(&build, "\x54name");
    ADD(&build, "\x53"
                "age");
    ADD(&build, "\x53"
                "low");
    ADD(&build, "\x54size");
    ADD(&build, "\x54when");
    ADD(&build, "\x53yes");
    ADD(&build, "\x52id");
    ADD(&build, "\x54list");
    ADD(&build, "\x54"
                "file");
    ADD(&build, "\x63\x06\x33\x06\x46\x06\x2F"); /* سند */
    ADD(&build, "\x10\x2A");
    ADD(&build, "\x13\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE");
    ADD(&build, "\x23\x3F\xF8\0\0\0\0\0\0");
    ADD(&build, "\x33\x41\xB6\x42\x47\x92\0\0\0"); /* 373442450 after 2001 */
    ADD(&build, "\x09");
    ADD(&build, "\x43\1\2\xFE");
    ADD(&build, "\xA2\x0A\x0B");
    ADD(&build, "\x4B%PDF-1.4\n%%");
    build_expect(&build, WANTED(.mime = "application/x-bplist",
                                .main = "name: سند\nage: 42\nlow: -2\nsize: 1.5\n"
                                        "when: 2012-11-01T06:00:50Z\nyes: true\nid: 0102fe\n"
                                        "list:\n  سند\n  42\nfile: 11 bytes\n",
                                .children = "file-1 () 11\n", .data = "%PDF-1.4\n%%",
                                .outcome = OUTCOME_TEXT));
    buf_release(&build.bytes);
}

static void loops_and_multitudes_end(void **state)
{
    struct build build;

    (void)state;
    build_start(&build); /* an array that holds itself, and a word */
    ADD(&build, "\xA2\0\1");
    ADD(&build, "\x54word");
    build_expect(&build, WANTED(.outcome = OUTCOME_TEXT, .reason = REASON_LIMIT_DEPTH));
    buf_release(&build.bytes);

    build_start(&build); /* each level holds the next one ten times */
    for (unsigned i = 1; i <= 30; i++) {
        char array[11] = "\xAA";
        memset(array + 1, (int)i, 10);
        build_add(&build, array, sizeof(array));
    }
    ADD(&build, "\x54word");
    build_expect(&build, WANTED(.outcome = OUTCOME_TEXT, .reason = REASON_LIMIT_COUNT));
    buf_release(&build.bytes);
}

static void damage_is_said(void **state)
{
    struct build build;

    (void)state;
    build_start(&build);
    ADD(&build, "\xA2\1\2");
    ADD(&build, "\x54word");
    ADD(&build, "\x5F\x12\x7F\xFF\xFF\xFFshort"); /* says that it is long */
    build_expect(&build,
                 WANTED(.main_has = "word\n", .outcome = OUTCOME_TEXT, .reason = REASON_CORRUPT));
    told_expect("x.plist", build.bytes.data, build.bytes.len - 1,
                WANTED(.outcome = OUTCOME_FAILED, .reason = REASON_CORRUPT));
    buf_release(&build.bytes);
}

#define XML_HEAD                                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST "    \
    "1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n"

static void xml_lists(void **state)
{
    static const char list[] =
        XML_HEAD "<dict>\n <key>Name</key> <string>Tom &amp; Ann</string>\n"
                 " <key>When</key><date>2012-11-01T06:00:50Z</date>\n"
                 " <key>Open</key><true/>\n <key>None</key><string></string>\n"
                 " <key>In</key><dict><key>Sum</key><integer>12</integer></dict>\n"
                 " <key>File</key><data>JVBERi0x\n  LjQKJSU=</data>\n"
                 " <key>Rest</key><array><real>0.5</real><string>last</string></array>\n"
                 "</dict></plist>";

    (void)state;
    told_expect("x.plist", BYTES(list),
                WANTED(.mime = "application/x-plist",
                       .main = "Name: Tom & Ann\nWhen: 2012-11-01T06:00:50Z\nOpen: true\nNone: \n"
                               "In:\n  Sum: 12\nFile: 11 bytes\nRest:\n  0.5\n  last\n",
                       .data = "%PDF-1.4\n%%"));
}

static void saved_pages(void **state)
{
    static const char page[] = XML_HEAD
        "<dict><key>WebMainResource</key><dict>"
        "<key>WebResourceData</key><data>PGh0bWw+PGJvZHk+PHA+VGhlIHBhZ2U8L3A+PC9odG1sPg==</data>"
        "<key>WebResourceMIMEType</key><string>text/html</string>"
        "<key>WebResourceTextEncodingName</key><string>UTF-8</string>"
        "<key>WebResourceURL</key><string>https://example.org/a</string></dict>"
        "<key>WebSubresources</key><array><dict>"
        "<key>WebResourceData</key><data>R0lGODlh</data>"
        "<key>WebResourceMIMEType</key><string>image/gif</string>"
        "<key>WebResourceURL</key><string>https://example.org/img/b.gif?x=1/2</string>"
        "</dict></array></dict></plist>";
    struct told told;

    (void)state;
    told_read(&told, "x.webarchive", page, sizeof(page) - 1, PLENTY);
    assert_non_null(strstr(told.main.data, "The page"));
    assert_null(strstr(told.main.data, "WebResource"));
    assert_non_null(strstr(told.metas.data, "url=https://example.org/a\n"));
    assert_string_equal(told.children.data, "b.gif (image/gif) 6\n");
    told_release(&told);
}

static void real_ones(void **state)
{
    (void)state;
    if (!told_expect_shared(
            "fixtures/tika/tika-parser-apple-module/testBPList.bplist",
            WANTED(.main_has = "Application Version: 9.0", .outcome = OUTCOME_TEXT)) ||
        !told_expect_shared("fixtures/tika/tika-parser-apple-module/testWEBARCHIVE.webarchive",
                            WANTED(.main_has = "December 2008: Apache Tika Release",
                                   .children_have = ".css (text/css)")))
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value), cmocka_unit_test(loops_and_multitudes_end),
        cmocka_unit_test(damage_is_said),      cmocka_unit_test(xml_lists),
        cmocka_unit_test(saved_pages),         cmocka_unit_test(real_ones),
    };

    told_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
