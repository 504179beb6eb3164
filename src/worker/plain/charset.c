#include "worker/plain/charset.h"

#include <ctype.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

enum { NAME_BYTES = 40, STEP_BYTES = 16384 };

/* Sets of one byte a character: read once through iconv into a map, so that nothing of iconv stays
 * loaded. `aliases` are spelled without punctuation, in lower case, between spaces. */
static struct single {
    const char *name;
    const char *aliases;
    uint16_t map[256]; /* 0: means nothing */
    bool open;
} singles[] = {
    {"windows-1252",
     " windows1252 cp1252 iso88591 latin1 l1 cp819 usascii ascii ansi ",
     {0},
     false},
    {"windows-1256", " windows1256 cp1256 ", {0}, false},
    {"ISO-8859-6", " iso88596 arabic asmo708 ecma114 iso88596i iso88596e ", {0}, false},
    {"windows-1250", " windows1250 cp1250 ", {0}, false},
    {"windows-1251", " windows1251 cp1251 ", {0}, false},
    {"windows-1253", " windows1253 cp1253 ", {0}, false},
    {"windows-1254", " windows1254 cp1254 iso88599 latin5 ", {0}, false},
    {"windows-1255", " windows1255 cp1255 iso88598i ", {0}, false},
    {"windows-1257", " windows1257 cp1257 ", {0}, false},
    {"windows-1258", " windows1258 cp1258 ", {0}, false},
    {"windows-874", " windows874 cp874 tis620 iso885911 ", {0}, false},
    {"ISO-8859-2", " iso88592 latin2 ", {0}, false},
    {"ISO-8859-3", " iso88593 latin3 ", {0}, false},
    {"ISO-8859-4", " iso88594 latin4 ", {0}, false},
    {"ISO-8859-5", " iso88595 cyrillic ", {0}, false},
    {"ISO-8859-7", " iso88597 greek ", {0}, false},
    {"ISO-8859-8", " iso88598 hebrew ", {0}, false},
    {"ISO-8859-10", " iso885910 latin6 ", {0}, false},
    {"ISO-8859-13", " iso885913 ", {0}, false},
    {"ISO-8859-14", " iso885914 ", {0}, false},
    {"ISO-8859-15", " iso885915 latin9 ", {0}, false},
    {"ISO-8859-16", " iso885916 ", {0}, false},
    {"KOI8-R", " koi8r koi8 ", {0}, false},
    {"KOI8-U", " koi8u koi8ru ", {0}, false},
    {"MACINTOSH", " macintosh mac xmacroman macroman ", {0}, false},
    {"MAC-CYRILLIC", " maccyrillic xmaccyrillic ", {0}, false},
    {"CP437", " cp437 ibm437 ", {0}, false},
    {"CP737", " cp737 ibm737 ", {0}, false},
    {"CP850", " cp850 ibm850 ", {0}, false},
    {"CP852", " cp852 ibm852 ", {0}, false},
    {"CP855", " cp855 ibm855 ", {0}, false},
    {"CP857", " cp857 ibm857 ", {0}, false},
    {"CP862", " cp862 ibm862 ", {0}, false},
    {"CP864", " cp864 ibm864 ", {0}, false},
    {"CP500", " cp500 ibm500 ebcdic ", {0}, false},
    {"CP866", " cp866 ibm866 ", {0}, false},
    {"CP775", " cp775 ibm775 ", {0}, false},
    {"CP860", " cp860 ibm860 ", {0}, false},
    {"CP861", " cp861 ibm861 ", {0}, false},
    {"CP863", " cp863 ibm863 ", {0}, false},
    {"CP865", " cp865 ibm865 ", {0}, false},
    {"CP869", " cp869 ibm869 ", {0}, false},
    {"MAC-CENTRALEUROPE", " maccentraleurope macce xmacce ", {0}, false},
};

/* Sets of several bytes a character: their converters stay open. */
static struct multi {
    const char *name;
    const char *aliases;
    const char *iconv_name;
    iconv_t converter;
    bool open;
} multis[] = {
    {"GB18030", " gb18030 gbk gb2312 cp936 ms936 euccn xgbk windows936 ", "GB18030", NULL, false},
    {"Big5", " big5 big5hkscs cp950 xxbig5 windows950 ", "BIG5-HKSCS", NULL, false},
    {"Shift_JIS", " shiftjis sjis xsjis cp932 ms932 windows31j mskanji ", "CP932", NULL, false},
    {"EUC-JP", " eucjp xeucjp ", "EUC-JP", NULL, false},
    {"EUC-KR", " euckr cp949 ksc56011987 ksc5601 uhc windows949 ", "CP949", NULL, false},
    {"JOHAB", " johab cp1361 ", "JOHAB", NULL, false},
    {"ISO-2022-JP", " iso2022jp csiso2022jp ", "ISO-2022-JP-2", NULL, false},
    {"ISO-2022-KR", " iso2022kr ", "ISO-2022-KR", NULL, false},
};

static const char *const UNICODES[] = {"UTF-8",    "UTF-16LE", "UTF-16BE",
                                       "UTF-32LE", "UTF-32BE", "UTF-7"};

/* What the name asked last stands for: one of the three, or none. The same comes again and again.
 */
static struct known {
    char plain[NAME_BYTES];
    const struct single *single;
    const struct multi *multi;
    const char *unicode;
} recent;

static bool single_load(struct single *set)
{
    iconv_t converter = iconv_open("UTF-16LE", set->name);

    if (converter == (iconv_t)-1)
        return false;
    for (int byte = 0; byte < 256; byte++) {
        char in = (char)byte;
        unsigned char out[8];
        char *from = &in;
        char *to = (char *)out;
        size_t from_left = 1;
        size_t to_left = sizeof(out);
        bool good = iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1 &&
                    iconv(converter, NULL, NULL, &to, &to_left) != (size_t)-1 &&
                    to_left == sizeof(out) - 2;
        set->map[byte] = good ? (uint16_t)(out[0] | out[1] << 8) : 0;
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return true;
}

static bool multi_load(struct multi *set)
{
    set->converter = iconv_open("UTF-8", set->iconv_name);
    return set->converter != (iconv_t)-1;
}

/* The C library keeps the code of a closed converter until some others have been closed too: those
 * for several bytes are opened twice, so that none for single bytes stays for every child to copy.
 */
void charset_open(void)
{
    for (size_t i = 0; i < ARRAY_LEN(singles); i++)
        if (!singles[i].open)
            singles[i].open = single_load(&singles[i]);
    for (size_t i = 0; i < ARRAY_LEN(multis); i++)
        if (!multis[i].open && multi_load(&multis[i]))
            iconv_close(multis[i].converter);
    for (size_t i = 0; i < ARRAY_LEN(multis); i++)
        if (!multis[i].open)
            multis[i].open = multi_load(&multis[i]);
    recent.plain[0] = '\0';
}

/* " utf8 " from "UTF-8": without punctuation, in lower case, between spaces. */
static void plain_name(const char *name, char plain[NAME_BYTES])
{
    size_t n = 0;

    plain[n++] = ' ';
    for (; *name && n < NAME_BYTES - 2; name++)
        if (isalnum((unsigned char)*name))
            plain[n++] = (char)tolower((unsigned char)*name);
    plain[n++] = ' ';
    plain[n] = '\0';
}

static struct single *single_find(const char *plain)
{
    for (size_t i = 0; i < ARRAY_LEN(singles); i++)
        if (singles[i].open && strstr(singles[i].aliases, plain))
            return &singles[i];
    return NULL;
}

static struct multi *multi_find(const char *plain)
{
    for (size_t i = 0; i < ARRAY_LEN(multis); i++)
        if (multis[i].open && strstr(multis[i].aliases, plain))
            return &multis[i];
    return NULL;
}

static const char *unicode_find(const char *plain)
{
    char name[NAME_BYTES];

    if (strcmp(plain, " utf16 ") == 0 || strcmp(plain, " ucs2 ") == 0 ||
        strcmp(plain, " unicode ") == 0)
        return "UTF-16LE";
    if (strcmp(plain, " utf32 ") == 0 || strcmp(plain, " ucs4 ") == 0)
        return "UTF-32LE";
    for (size_t i = 0; i < ARRAY_LEN(UNICODES); i++) {
        plain_name(UNICODES[i], name);
        if (strcmp(plain, name) == 0)
            return UNICODES[i];
    }
    return NULL;
}

static const struct known *known_find(const char *charset)
{
    char plain[NAME_BYTES];

    plain_name(charset ? charset : "", plain);
    if (strcmp(plain, recent.plain) == 0)
        return &recent;
    recent = (struct known){.single = single_find(plain)};
    if (!recent.single)
        recent.multi = multi_find(plain);
    if (!recent.single && !recent.multi)
        recent.unicode = unicode_find(plain);
    memcpy(recent.plain, plain, strlen(plain) + 1);
    return &recent;
}

const char *charset_known(const char *charset)
{
    const struct known *known = known_find(charset);
    if (known->single)
        return known->single->name;
    return known->multi ? known->multi->name : known->unicode;
}

static int append_utf8(const unsigned char *data, size_t len, struct buf *out)
{
    size_t at = len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    if (utf8_valid((const char *)data + at, len - at)) {
        size_t room = out->cap - out->len;
        size_t fits = utf8_prefix((const char *)data + at, len - at, room);
        int rc = buf_append(out, data + at, fits);
        return rc || fits == len - at ? rc : ERR_LIMIT;
    }
    while (at < len) {
        uint32_t rune;
        at += utf8_decode((const char *)data + at, len - at, &rune);
        if (buf_append_rune(out, rune))
            return ERR_LIMIT;
    }
    return 0;
}

static int append_single(const struct single *set, const unsigned char *data, size_t len,
                         struct buf *out)
{
    for (size_t at = 0; at < len; at++) {
        uint32_t rune = set->map[data[at]];
        if (buf_append_rune(out, rune || data[at] == 0 ? rune : UTF8_REPLACEMENT))
            return ERR_LIMIT;
    }
    return 0;
}

static uint32_t unit_at(const unsigned char *data, size_t width, bool big)
{
    uint32_t unit = 0;

    for (size_t i = 0; i < width; i++)
        unit |= (uint32_t)data[i] << 8 * (big ? width - 1 - i : i);
    return unit;
}

/* UTF-16 and UTF-32; a byte order mark overrules the name. */
static int append_wide(const unsigned char *data, size_t len, size_t width, bool big,
                       struct buf *out)
{
    size_t at = 0;

    if (len >= width && unit_at(data, width, big) == 0xFEFF) {
        at = width;
    } else if (len >= width && unit_at(data, width, !big) == 0xFEFF) {
        big = !big;
        at = width;
    }
    for (; len - at >= width; at += width) {
        uint32_t rune = unit_at(data + at, width, big);
        if (width == 2 && rune >= 0xD800 && rune < 0xDC00 && len - at >= 4) {
            uint32_t low = unit_at(data + at + 2, 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (buf_append_rune(out, rune))
            return ERR_LIMIT;
    }
    return at < len ? buf_append_rune(out, UTF8_REPLACEMENT) : 0;
}

static int append_multi(iconv_t converter, const unsigned char *data, size_t len, struct buf *out)
{
    char *from = (char *)data;
    size_t left = len;

    iconv(converter, NULL, NULL, NULL, NULL);
    while (left) {
        char step[STEP_BYTES];
        char *to = step;
        size_t room = sizeof(step);
        size_t before = left;
        bool stuck = iconv(converter, &from, &left, &to, &room) == (size_t)-1 && room > 16;
        if (buf_append(out, step, sizeof(step) - room))
            return ERR_LIMIT;
        if (!stuck && left < before)
            continue;
        if (left == 0)
            break;
        from++; /* a byte that means nothing here */
        left--;
        if (buf_append_rune(out, UTF8_REPLACEMENT))
            return ERR_LIMIT;
    }
    return 0;
}

/* One run of modified base64 at data[*at]; gives its bytes of UTF-16. */
static void utf7_run(const unsigned char *data, size_t len, size_t *at, struct buf *wide)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    unsigned count = 0;

    for (; *at < len && data[*at]; ++*at) {
        const char *digit = strchr(DIGITS, data[*at]);
        if (!digit)
            break;
        bits = bits << 6 | (uint32_t)(digit - DIGITS);
        count += 6;
        if (count >= 8) {
            count -= 8;
            (void)buf_append_char(wide, (char)(bits >> count));
        }
    }
}

/* RFC 2152, for the mail that still uses it: runs of modified base64 between "+" and "-". */
static int append_utf7(const unsigned char *data, size_t len, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};

    buf_init(&wide, len);
    for (size_t at = 0; at < len;) {
        unsigned char byte = data[at++];
        if (byte != '+') {
            if (buf_append_rune(out, byte < 0x80 ? byte : UTF8_REPLACEMENT))
                return ERR_LIMIT;
            continue;
        }
        buf_clear(&wide);
        utf7_run(data, len, &at, &wide);
        int rc = wide.len
                     ? append_wide((unsigned char *)wide.data, wide.len & ~(size_t)1, 2, true, out)
                     : buf_append_char(out, '+');
        if (rc)
            return ERR_LIMIT;
        if (at < len && data[at] == '-')
            at++;
    }
    return 0;
}

int charset_to_utf8(const char *charset, const void *data, size_t len, struct buf *out)
{
    const struct known *known = known_find(charset);
    const char *unicode = known->unicode;

    if (known->single)
        return append_single(known->single, data, len, out);
    if (known->multi)
        return append_multi(known->multi->converter, data, len, out);
    if (!unicode)
        return ERR_UNSUPPORTED;
    if (strcmp(unicode, "UTF-8") == 0)
        return append_utf8(data, len, out);
    if (strcmp(unicode, "UTF-7") == 0)
        return append_utf7(data, len, out);
    return append_wide(data, len, unicode[4] == '1' ? 2 : 4, unicode[6] == 'B', out);
}

int charset_text(const char *declared, const void *data, size_t len, struct buf *out)
{
    const char *detected;

    if (utf8_valid(data, len))
        return charset_to_utf8("UTF-8", data, len, out);
    if (!charset_known(declared) || strncmp(charset_known(declared), "UTF", 3) == 0) {
        detected = charset_detect(data, len);
        return charset_to_utf8(detected ? detected : "windows-1252", data, len, out);
    }
    return charset_to_utf8(declared, data, len, out);
}
