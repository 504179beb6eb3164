/* Character sets: every one is converted rightly, and guessed from its bytes alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <iconv.h>

#include <cmocka.h>

#include "base/err.h"
#include "worker/plain/charset.h"

static const char PERSIAN[] = "وزارت امور خارجه گزارش داد "
                              "که نامه‌های رسیده از سفارت "
                              "در پرونده بایگانی شده است. "
                              "چاپ این سند بدون اجازه ممنوع است "
                              "و پژوهشگران باید پیش از آن درخواست بدهند.\n";
static const char ARABIC[] = "أعلنت وزارة الخارجية أن الرسائل الواردة من السفارة قد حفظت في الملف. "
                             "يمنع نشر هذه الوثيقة بدون إذن ويجب على الباحثين تقديم طلب قبل ذلك.\n";
static const char RUSSIAN[] =
    "Министерство иностранных дел сообщило, что письма из посольства хранятся в архиве. "
    "Публикация этого документа без разрешения запрещена.\n";
static const char GERMAN[] =
    "Das Außenministerium erklärte, dass die Briefe aus der Botschaft geprüft würden. "
    "Die Veröffentlichung dieses Schriftstücks ist ohne Genehmigung unzulässig.\n";
static const char JAPANESE[] = "外務省は、大使館からの手紙がファイルに保存されたと発表した。"
                               "この文書を許可なく公開することはできません。\n";
static const char CHINESE[] = "外交部表示,从大使馆收到的信件已存入档案。未经许可不得公布本文件。\n";

/* The text in another set, by the C library. */
static void encode(const char *charset, const char *text, struct buf *out)
{
    iconv_t converter = iconv_open(charset, "UTF-8");
    char *from = (char *)text;
    size_t left = strlen(text);

    assert_true(converter != (iconv_t)-1);
    buf_init(out, 1 << 16);
    char *to = buf_reserve(out, 1 << 15);
    size_t room = 1 << 15;
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        fail_msg("%s cannot hold the text", charset);
    (void)iconv(converter, NULL, NULL, &to, &room);
    out->len = (1 << 15) - room;
    iconv_close(converter);
}

static void converts(const char *charset, const char *text)
{
    struct buf bytes;
    struct buf back;

    encode(charset, text, &bytes);
    buf_init(&back, 1 << 16);
    assert_int_equal(charset_to_utf8(charset, bytes.data, bytes.len, &back), 0);
    if (strcmp(back.data, text) != 0)
        fail_msg("%s: '%s'", charset, back.data);
    buf_release(&bytes);
    buf_release(&back);
}

static void test_conversions(void **state)
{
    (void)state;
    converts("UTF-8", PERSIAN);
    converts("UTF-16LE", PERSIAN);
    converts("UTF-16BE", PERSIAN);
    converts("UTF-32LE", PERSIAN);
    converts("UTF-32BE", PERSIAN);
    converts("UTF-7", PERSIAN);
    converts("UTF-16LE", "beyond the first plane: 😀\n");
    converts("WINDOWS-1256", ARABIC);
    converts("ISO-8859-6", ARABIC);
    converts("WINDOWS-1251", RUSSIAN);
    converts("KOI8-R", RUSSIAN);
    converts("CP866", RUSSIAN);
    converts("ISO-8859-5", RUSSIAN);
    converts("WINDOWS-1252", GERMAN);
    converts("MACINTOSH", GERMAN);
    converts("CP850", GERMAN);
    converts("SHIFT_JIS", JAPANESE);
    converts("EUC-JP", JAPANESE);
    converts("ISO-2022-JP", JAPANESE);
    converts("GB18030", CHINESE);
    converts("GBK", CHINESE);
}

static void guessed(const char *charset, const char *text, const char *expected)
{
    struct buf bytes;

    encode(charset, text, &bytes);
    const char *found = charset_detect(bytes.data, bytes.len);
    if (!found || strcmp(found, expected) != 0)
        fail_msg("%s was taken for %s", charset, found ? found : "no text");
    buf_release(&bytes);
}

/* windows-1256 has no Persian ی; what Persian programs of its time wrote is the Arabic ي. */
static const char PERSIAN_1256[] = "وزارت امور خارجه گزارش داد "
                                   "كه نامه‌هاي رسيده از سفارت "
                                   "در پرونده بايگاني شده است. "
                                   "چاپ اين سند بدون اجازه ممنوع است "
                                   "و پژوهشگران بايد پيش از آن درخواست بدهند.\n";

static void test_guesses(void **state)
{
    (void)state;
    guessed("UTF-8", PERSIAN, "UTF-8");
    guessed("US-ASCII", "plain words\n", "UTF-8");
    guessed("UTF-16LE", PERSIAN, "UTF-16LE");
    guessed("UTF-16BE", PERSIAN, "UTF-16BE");
    guessed("UTF-16LE", GERMAN, "UTF-16LE");
    guessed("UTF-32LE", PERSIAN, "UTF-32LE");
    guessed("UTF-32BE", GERMAN, "UTF-32BE");
    guessed("UTF-16", PERSIAN, "UTF-16LE"); /* with a byte order mark */
    guessed("WINDOWS-1256", ARABIC, "windows-1256");
    guessed("WINDOWS-1256", PERSIAN_1256, "windows-1256");
    guessed("ISO-8859-6", ARABIC, "ISO-8859-6");
    guessed("WINDOWS-1251", RUSSIAN, "windows-1251");
    guessed("KOI8-R", RUSSIAN, "KOI8-R");
    guessed("CP866", RUSSIAN, "CP866");
    guessed("MACINTOSH", GERMAN, "MACINTOSH");
    guessed("SHIFT_JIS", JAPANESE, "Shift_JIS");
    guessed("EUC-JP", JAPANESE, "EUC-JP");
    guessed("ISO-2022-JP", JAPANESE, "ISO-2022-JP");
    guessed("GB18030", CHINESE, "GB18030");
    guessed("CP500", "the ministry said that the letters were kept in the file\n", "CP500");
    guessed("CP500", "                the ministry             \n         of letters    \n",
            "CP500");
}

/* Sets that agree on the text's bytes are all right; what counts is the text. */
static void test_western_text(void **state)
{
    struct buf bytes;
    struct buf back;

    (void)state;
    encode("WINDOWS-1252", GERMAN, &bytes);
    buf_init(&back, 1 << 16);
    assert_int_equal(charset_text(NULL, bytes.data, bytes.len, &back), 0);
    assert_string_equal(back.data, GERMAN);
    buf_release(&bytes);
    buf_release(&back);
}

static void test_not_text(void **state)
{
    unsigned char bytes[4096];
    uint32_t seed = 12345;

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (unsigned char)(seed >> 24);
    }
    assert_null(charset_detect(bytes, sizeof(bytes)));
    memset(bytes, 0, sizeof(bytes));
    assert_null(charset_detect(bytes, sizeof(bytes)));
}

static void test_declared(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 10);
    assert_int_equal(charset_text("iso-8859-1", "\xFC", 1, &out), 0);
    assert_int_equal(charset_text("windows-1252", "سند", 6, &out), 0); /* valid UTF-8 wins */
    assert_int_equal(charset_text("x-unknown", "a", 1, &out), 0);
    assert_int_equal(charset_text("utf-8", "\xE9t\xE9 \xE0 Paris, France", 19, &out),
                     0); /* a lie */
    assert_string_equal(out.data, "üسندaété à Paris, France");
    buf_release(&out);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(charset_known("utf8"), "UTF-8");
    assert_string_equal(charset_known("UTF_8"), "UTF-8");
    assert_string_equal(charset_known("Cp1256"), "windows-1256");
    assert_string_equal(charset_known("ISO_8859-6"), "ISO-8859-6");
    assert_string_equal(charset_known("us-ascii"), "windows-1252");
    assert_string_equal(charset_known("x-sjis"), "Shift_JIS");
    assert_null(charset_known("nonesuch"));
    assert_null(charset_known(""));
    assert_null(charset_known(NULL));
    assert_int_equal(charset_to_utf8("nonesuch", "a", 1, &(struct buf){0}), ERR_UNSUPPORTED);
}

/* Broken input gives U+FFFD and goes on; a full buffer is said. */
static void test_broken(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 10);
    assert_int_equal(charset_to_utf8("UTF-8",
                                     "a\xFF"
                                     "b",
                                     3, &out),
                     0);
    assert_int_equal(charset_to_utf8("UTF-16LE",
                                     "a\0\0\xD8"
                                     "b\0c",
                                     7, &out),
                     0);
    assert_int_equal(charset_to_utf8("Shift_JIS",
                                     "a\xFF\xFF"
                                     "b",
                                     4, &out),
                     0);
    assert_string_equal(out.data, "a\uFFFDba\uFFFDb\uFFFDa\uFFFD\uFFFDb");
    buf_release(&out);
    buf_init(&out, 4);
    assert_int_equal(charset_to_utf8("UTF-8", "abcسند", 9, &out), ERR_LIMIT);
    assert_string_equal(out.data, "abc"); /* no half character */
    buf_clear(&out);
    assert_int_equal(charset_to_utf8("windows-1252", "abcde", 5, &out), ERR_LIMIT);
    assert_string_equal(out.data, "abcd");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conversions),  cmocka_unit_test(test_guesses),
        cmocka_unit_test(test_western_text), cmocka_unit_test(test_not_text),
        cmocka_unit_test(test_declared),     cmocka_unit_test(test_names),
        cmocka_unit_test(test_broken),
    };

    charset_open();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
