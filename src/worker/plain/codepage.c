#include "worker/plain/codepage.h"

#include <stdint.h>

#include "worker/plain/charset.h"

static const struct {
    unsigned codepage;
    const char *charset;
} CODEPAGES[] = {
    {437, "CP437"},
    {500, "CP500"},
    {708, "ISO-8859-6"},
    {737, "CP737"},
    {775, "CP775"},
    {850, "CP850"},
    {852, "CP852"},
    {855, "CP855"},
    {857, "CP857"},
    {860, "CP860"},
    {861, "CP861"},
    {862, "CP862"},
    {863, "CP863"},
    {864, "CP864"},
    {865, "CP865"},
    {866, "CP866"},
    {869, "CP869"},
    {874, "windows-874"},
    {932, "Shift_JIS"},
    {936, "GB18030"},
    {949, "EUC-KR"},
    {950, "Big5"},
    {1200, "UTF-16LE"},
    {1201, "UTF-16BE"},
    {1250, "windows-1250"},
    {1251, "windows-1251"},
    {1252, "windows-1252"},
    {1253, "windows-1253"},
    {1254, "windows-1254"},
    {1255, "windows-1255"},
    {1256, "windows-1256"},
    {1257, "windows-1257"},
    {1258, "windows-1258"},
    {1361, "JOHAB"},
    {10000, "MACINTOSH"},
    {10001, "Shift_JIS"},
    {10002, "Big5"},
    {10003, "EUC-KR"},
    {10007, "MAC-CYRILLIC"},
    {10008, "GB18030"},
    {10029, "MAC-CENTRALEUROPE"},
    {20127, "windows-1252"},
    {20866, "KOI8-R"},
    {20932, "EUC-JP"},
    {21866, "KOI8-U"},
    {28591, "windows-1252"},
    {28592, "ISO-8859-2"},
    {28593, "ISO-8859-3"},
    {28594, "ISO-8859-4"},
    {28595, "ISO-8859-5"},
    {28596, "ISO-8859-6"},
    {28597, "ISO-8859-7"},
    {28598, "ISO-8859-8"},
    {28599, "windows-1254"},
    {28605, "ISO-8859-15"},
    {32768, "MACINTOSH"},
    {32769, "windows-1252"},
    {51932, "EUC-JP"},
    {51949, "EUC-KR"},
    {51936, "GB18030"},
    {54936, "GB18030"},
    {65000, "UTF-7"},
    {65001, "UTF-8"},
};

/* The name of the set for charset.h; that of 1252 for an unknown number. */
static const char *codepage_charset(unsigned codepage)
{
    for (size_t i = 0; i < ARRAY_LEN(CODEPAGES); i++)
        if (CODEPAGES[i].codepage == codepage && charset_known(CODEPAGES[i].charset))
            return CODEPAGES[i].charset;
    return "windows-1252";
}

/* By primary language, the low ten bits; where a script decides, by the whole identifier. */
unsigned codepage_of_language(unsigned lcid)
{
    static const struct {
        uint16_t from, to; /* inclusive */
        uint16_t codepage;
    } whole[] = {
        {0x0804, 0x0804, 936},  {0x1004, 0x1004, 936},  {0x0404, 0x0404, 950},
        {0x0C04, 0x0C04, 950},  {0x1404, 0x1404, 950},  {0x0C1A, 0x0C1A, 1251},
        {0x1C1A, 0x1C1A, 1251}, {0x201A, 0x201A, 1251}, {0x082C, 0x082C, 1251},
        {0x0843, 0x0843, 1251},
    };
    static const struct {
        uint16_t language, codepage;
    } primary[] = {
        {0x01, 1256}, {0x29, 1256}, {0x20, 1256}, {0x63, 1256}, {0x59, 1256}, {0x80, 1256},
        {0x8C, 1256}, {0x92, 1256}, {0x02, 1251}, {0x19, 1251}, {0x22, 1251}, {0x23, 1251},
        {0x2F, 1251}, {0x3F, 1251}, {0x40, 1251}, {0x44, 1251}, {0x50, 1251}, {0x28, 1251},
        {0x05, 1250}, {0x0E, 1250}, {0x15, 1250}, {0x18, 1250}, {0x1A, 1250}, {0x1B, 1250},
        {0x1C, 1250}, {0x24, 1250}, {0x08, 1253}, {0x1F, 1254}, {0x2C, 1254}, {0x43, 1254},
        {0x0D, 1255}, {0x25, 1257}, {0x26, 1257}, {0x27, 1257}, {0x2A, 1258}, {0x1E, 874},
        {0x04, 936},  {0x11, 932},  {0x12, 949},
    };

    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        if (lcid >= whole[i].from && lcid <= whole[i].to)
            return whole[i].codepage;
    for (size_t i = 0; i < ARRAY_LEN(primary); i++)
        if ((lcid & 0x3FF) == primary[i].language)
            return primary[i].codepage;
    return CODEPAGE_WESTERN;
}

unsigned codepage_of_font(unsigned charset)
{
    static const struct {
        uint8_t charset;
        uint16_t codepage;
    } known[] = {
        {0, 1252},   {2, CODEPAGE_SYMBOL}, {77, 10000}, {78, 10001}, {79, 10003}, {80, 10008},
        {81, 10002}, {128, 932},           {129, 949},  {130, 1361}, {134, 936},  {136, 950},
        {161, 1253}, {162, 1254},          {163, 1258}, {177, 1255}, {178, 1256}, {179, 1256},
        {180, 1256}, {181, 1255},          {186, 1257}, {204, 1251}, {222, 874},  {238, 1250},
        {254, 437},  {255, 850},           {88, 10029}, {89, 10007},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].charset == charset)
            return known[i].codepage;
    return 0;
}

/* The font Symbol holds the Greek letters where Latin ones stand; other signs are bullets. */
static int symbol_text(const unsigned char *data, size_t len, struct buf *out)
{
    static const uint16_t greek[26] = {
        0x3B1, 0x3B2, 0x3C7, 0x3B4, 0x3B5, 0x3C6, 0x3B3, 0x3B7, 0x3B9, 0x3D5, 0x3BA, 0x3BB, 0x3BC,
        0x3BD, 0x3BF, 0x3C0, 0x3B8, 0x3C1, 0x3C3, 0x3C4, 0x3C5, 0x3D6, 0x3C9, 0x3BE, 0x3C8, 0x3B6};
    static const uint16_t capital[26] = {
        0x391, 0x392, 0x3A7, 0x394, 0x395, 0x3A6, 0x393, 0x397, 0x399, 0x3D1, 0x39A, 0x39B, 0x39C,
        0x39D, 0x39F, 0x3A0, 0x398, 0x3A1, 0x3A3, 0x3A4, 0x3A5, 0x3C2, 0x3A9, 0x39E, 0x3A8, 0x396};

    for (size_t i = 0; i < len; i++) {
        uint32_t rune = data[i];
        if (rune >= 'a' && rune <= 'z')
            rune = greek[rune - 'a'];
        else if (rune >= 'A' && rune <= 'Z')
            rune = capital[rune - 'A'];
        else if (rune >= 0x80)
            rune = 0x2022;
        if (buf_append_rune(out, rune))
            return ERR_LIMIT;
    }
    return 0;
}

int codepage_text(unsigned codepage, const void *data, size_t len, struct buf *out)
{
    const unsigned char *bytes = data;
    size_t plain = 0;

    if (codepage == CODEPAGE_SYMBOL)
        return symbol_text(data, len, out);
    if (codepage != CODEPAGE_UTF16 && codepage != 1201 && codepage != 500 && codepage != 65000) {
        while (plain < len && bytes[plain] < 0x80)
            plain++;
        if (plain == len)
            return buf_append(out, data, len);
    }
    return charset_to_utf8(codepage_charset(codepage), data, len, out);
}
