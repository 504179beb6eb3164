/* Names of properties, code pages and locales. */
#include <stdio.h>
#include <string.h>

#include "worker/plain/charset.h"
#include "worker/outlook/mapi.h"

uint32_t mapi_lid(const unsigned char guid[16], uint32_t number, const unsigned char *name,
                  size_t name_len)
{
    /* {000620xx-0000-0000-C000-000000000046}: Outlook's sets, whose numbers do not overlap */
    static const unsigned char OUTLOOK[] = {0x20, 0x06, 0x00, 0, 0, 0, 0,   0xC0,
                                            0,    0,    0,    0, 0, 0, 0x46};
    static const unsigned char KEYWORDS[] = {'K', 0, 'e', 0, 'y', 0, 'w', 0,
                                             'o', 0, 'r', 0, 'd', 0, 's', 0};

    if (name) {
        while (name_len >= 2 && name[name_len - 1] == 0 && name[name_len - 2] == 0)
            name_len -= 2;
        return name_len == sizeof(KEYWORDS) && memcmp(name, KEYWORDS, sizeof(KEYWORDS)) == 0
                   ? MAPI_LID_KEYWORDS
                   : 0;
    }
    return memcmp(guid + 1, OUTLOOK, sizeof(OUTLOOK)) == 0 && number < MAPI_LID_KEYWORDS ? number
                                                                                         : 0;
}

/* Numbers of Windows code pages whose name is not "windows-" or "cp" and the number. */
static const struct {
    unsigned codepage;
    const char *charset;
} CODEPAGES[] = {
    {708, "iso-8859-6"},    {874, "windows-874"},    {932, "shift_jis"},
    {936, "gbk"},           {949, "euc-kr"},         {950, "big5"},
    {1200, "utf-16le"},     {1201, "utf-16be"},      {1361, "johab"},
    {10000, "macintosh"},   {20127, "windows-1252"}, {20866, "koi8-r"},
    {20932, "euc-jp"},      {20936, "gbk"},          {21866, "koi8-u"},
    {28591, "iso-8859-1"},  {28592, "iso-8859-2"},   {28593, "iso-8859-3"},
    {28594, "iso-8859-4"},  {28595, "iso-8859-5"},   {28596, "iso-8859-6"},
    {28597, "iso-8859-7"},  {28598, "iso-8859-8"},   {28599, "windows-1254"},
    {28603, "iso-8859-13"}, {28605, "iso-8859-15"},  {38598, "iso-8859-8"},
    {50220, "iso-2022-jp"}, {50221, "iso-2022-jp"},  {50222, "iso-2022-jp"},
    {50225, "iso-2022-kr"}, {50227, "gbk"},          {51932, "euc-jp"},
    {51936, "gbk"},         {51949, "euc-kr"},       {52936, "hz-gb-2312"},
    {54936, "gb18030"},     {65000, "utf-7"},        {65001, "utf-8"},
};

const char *mapi_codepage(unsigned codepage)
{
    char name[32];

    for (size_t i = 0; i < ARRAY_LEN(CODEPAGES); i++)
        if (CODEPAGES[i].codepage == codepage)
            return charset_known(CODEPAGES[i].charset);
    if (codepage < 300 || codepage > 1300)
        return NULL;
    snprintf(name, sizeof(name), codepage >= 1250 ? "windows-%u" : "cp%u", codepage);
    return charset_known(name);
}

/* By the language, the lower ten bits of a locale ([MS-LCID]); others are 1252. */
static const struct {
    uint16_t language, codepage;
} LANGUAGES[] = {
    {0x01, 1256}, {0x02, 1251}, {0x04, 936},  {0x05, 1250}, {0x08, 1253}, {0x0D, 1255},
    {0x0E, 1250}, {0x11, 932},  {0x12, 949},  {0x15, 1250}, {0x18, 1250}, {0x19, 1251},
    {0x1A, 1250}, {0x1B, 1250}, {0x1C, 1250}, {0x1E, 874},  {0x1F, 1254}, {0x20, 1256},
    {0x22, 1251}, {0x23, 1251}, {0x24, 1250}, {0x25, 1257}, {0x26, 1257}, {0x27, 1257},
    {0x29, 1256}, {0x2A, 1258}, {0x2F, 1251}, {0x3F, 1251}, {0x80, 1256}, {0x8C, 1256},
};

/* The code page in which Windows writes 8-bit text in this locale; 0 unknown. */
static unsigned mapi_locale_codepage(unsigned locale)
{
    enum { TAIWAN = 0x0404, HONG_KONG = 0x0C04, MACAO = 0x1404, LANGUAGE = 0x3FF };

    if (locale == 0)
        return 0;
    if (locale == TAIWAN || locale == HONG_KONG || locale == MACAO)
        return 950;
    for (size_t i = 0; i < ARRAY_LEN(LANGUAGES); i++)
        if (LANGUAGES[i].language == (locale & LANGUAGE))
            return LANGUAGES[i].codepage;
    return 1252;
}

/* The code page of the message first; that of its Internet form is second best, since it may be
 * UTF-8 or a seven-bit set that the strings here are not in. */
void mapi_find_charset(struct mapi_props *props)
{
    unsigned found[] = {
        (unsigned)mapi_number(mapi_get(props, PR_MESSAGE_CODEPAGE), 0),
        (unsigned)mapi_number(mapi_get(props, PR_INTERNET_CPID), 0),
        mapi_locale_codepage((unsigned)mapi_number(mapi_get(props, PR_MESSAGE_LOCALE), 0)),
    };

    for (size_t i = 0; i < ARRAY_LEN(found) && !props->charset; i++)
        if (found[i] && found[i] != 1200 && found[i] != 1201)
            props->charset = mapi_codepage(found[i]);
}
