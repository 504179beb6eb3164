#include "worker/archive/name_charset.h"

#include <stdint.h>
#include <string.h>
#include <uchar.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "worker/plain/charset.h"

struct name_charset {
    const char *name;     /* as charset.h knows it */
    const char16_t *high; /* or the characters of the bytes from 0x80 on */
    unsigned prior;       /* cost of meeting it at all */
};

enum script { SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_ARABIC, SCRIPT_HEBREW, SCRIPT_GREEK, SCRIPTS };

/* Lower-case letters beyond ASCII, the most usual first. Each six ranks a letter is half as
 * frequent. */
static const char *const LETTERS[SCRIPTS] = {
    [SCRIPT_LATIN] = "éüöäàèçıßşğáíóñêøåæłąęâîôúûãõëïśćżźńčšžřěýůőűățșţđìòùœ",
    [SCRIPT_CYRILLIC] = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћђџ",
    [SCRIPT_ARABIC] = "ايلمونرتبدهیسعفكحکجىشةصقخزطضپگچغءذآثأظژإئؤـ،؟",
    [SCRIPT_HEBREW] = "יוהלאתרבשמםנכדחעקפןטגסזצךףץװױײ",
    [SCRIPT_GREEK] = "αοιετνσηρπκμλυςίόγάήέδωύχθφβώξζψϊϋΐΰ",
};

enum {              /* costs, in sixths of a bit, of one byte that is not ASCII */
       FIRST = 18,  /* the most usual letter */
       RARE = 60,   /* a letter that is not in the list */
       DASH = 48,   /* typographic signs that names do have */
       SYMBOL = 96, /* other signs, frames, fractions */
       NEVER = 150, /* no character at all */
       CAPITAL = 6, /* capitals are rarer */
       INNER_CAPITAL = 36,
       MIXED = 30,     /* letters of two scripts touch */
       LATIN_RUN = 18, /* accented letters seldom touch */
};

/* Arabic MS-DOS, which the C library does not know; 0: means nothing. */
static const char16_t CP720[128] = {
    0,      0,      0xE9,   0xE2,   0,      0xE0,   0,      0xE7,   0xEA,   0xEB,   0xE8,   0xEF,
    0xEE,   0,      0,      0,      0,      0x651,  0x652,  0xF4,   0xA4,   0x640,  0xFB,   0xF9,
    0x621,  0x622,  0x623,  0x624,  0xA3,   0x625,  0x626,  0x627,  0x628,  0x629,  0x62A,  0x62B,
    0x62C,  0x62D,  0x62E,  0x62F,  0x630,  0x631,  0x632,  0x633,  0x634,  0x635,  0xAB,   0xBB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255D, 0x255C, 0x255B, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x636,  0x637,  0x638,  0x639,  0x63A,  0x641,  0xB5,   0x642,  0x643,  0x644,  0x645,  0x646,
    0x647,  0x648,  0x649,  0x64A,  0x2261, 0x64B,  0x64C,  0x64D,  0x64E,  0x64F,  0x650,  0x2248,
    0xB0,   0x2219, 0xB7,   0x221A, 0x207F, 0xB2,   0x25A0, 0xA0,
};

/* The likely ones first: DOS before Windows, as archivers on Windows write. */
static const struct name_charset SINGLE[] = {
    {"CP437", NULL, 0},         {"CP850", NULL, 0},
    {"windows-1256", NULL, 0},  {"", CP720, 6},
    {"CP866", NULL, 0},         {"CP852", NULL, 6},
    {"windows-1252", NULL, 0},  {"windows-1251", NULL, 6},
    {"windows-1250", NULL, 6},  {"CP857", NULL, 12},
    {"windows-1254", NULL, 12}, {"CP862", NULL, 24},
    {"windows-1255", NULL, 18}, {"CP737", NULL, 36},
    {"windows-1253", NULL, 36}, {"CP855", NULL, 48},
    {"KOI8-R", NULL, 36},       {"ISO-8859-6", NULL, 48},
    {"MACINTOSH", NULL, 60},
};

/* Two bytes a character: what ranges of the first byte cost, for both bytes. */
struct range {
    uint8_t first, last;
    uint8_t cost;
};

struct double_set {
    struct name_charset set;
    struct range ranges[8];
};

static const struct double_set DOUBLE[] = {
    {{"GB18030", NULL, 6},
     {{0xB0, 0xD7, 58},
      {0xD8, 0xF7, 110},
      {0xA1, 0xA3, 84},
      {0x81, 0xA0, 130},
      {0xAA, 0xAF, 140},
      {0xF8, 0xFE, 140},
      {0xA4, 0xA9, 120}}},
    {{"Shift_JIS", NULL, 6},
     {{0x82, 0x83, 40},
      {0x88, 0x97, 64},
      {0x81, 0x81, 60},
      {0x98, 0x9F, 110},
      {0xE0, 0xEA, 120},
      {0xFA, 0xFC, 140}}},
    {{"Big5", NULL, 6}, {{0xA4, 0xC6, 60}, {0xC9, 0xF9, 112}, {0xA1, 0xA3, 84}, {0x87, 0xA0, 150}}},
    {{"EUC-KR", NULL, 6},
     {{0xB0, 0xC8, 50}, {0xCA, 0xFD, 104}, {0xA1, 0xA3, 84}, {0x81, 0xA0, 120}}},
    {{"EUC-JP", NULL, 24},
     {{0xA4, 0xA5, 44}, {0xB0, 0xCF, 66}, {0xA1, 0xA3, 66}, {0xD0, 0xF4, 112}}},
};

struct letter {
    int script; /* -1: none */
    unsigned cost;
    bool upper;
};

/* The lower-case letter of a capital of the scripts above; rough, for costs only. */
static uint32_t lower_of(uint32_t rune)
{
    if ((rune >= 0x391 && rune <= 0x3A9) || (rune >= 0x410 && rune <= 0x42F) ||
        (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7))
        return rune + 0x20;
    if (rune >= 0x400 && rune <= 0x40F)
        return rune + 0x50;
    if (rune >= 0x100 && rune <= 0x137)
        return rune | 1;
    if (rune >= 0x139 && rune <= 0x148)
        return rune % 2 ? rune + 1 : rune;
    if (rune == 0x178)
        return 0xFF;
    if (rune >= 0x14A && rune <= 0x177)
        return rune | 1;
    if (rune >= 0x179 && rune <= 0x17E)
        return rune % 2 ? rune + 1 : rune;
    return rune;
}

static int script_of(uint32_t rune)
{
    if (rune >= 0x370 && rune <= 0x3FF)
        return SCRIPT_GREEK;
    if (rune >= 0x400 && rune <= 0x4FF)
        return SCRIPT_CYRILLIC;
    if (rune >= 0x5D0 && rune <= 0x5F4)
        return SCRIPT_HEBREW;
    if ((rune >= 0x621 && rune <= 0x652) || (rune >= 0x671 && rune <= 0x6D5))
        return SCRIPT_ARABIC;
    bool latin = rune >= 0xC0 && rune <= 0x21B && rune != 0xD7 && rune != 0xF7;
    return latin ? SCRIPT_LATIN : -1;
}

static unsigned rank_cost(int script, uint32_t rune)
{
    const char *letters = LETTERS[script];
    size_t len = strlen(letters);
    unsigned cost = FIRST;

    for (size_t at = 0; at < len;) {
        uint32_t letter;
        at += utf8_decode(letters + at, len - at, &letter);
        if (letter == rune)
            return cost;
        cost++;
    }
    return RARE;
}

static struct letter letter_of(uint32_t rune)
{
    static const char SIGNS[] = "–—’‘“”«»№°§…\u00A0\u200C\u200D\u200E\u200F";
    char bytes[5] = {0};
    struct letter letter = {.script = script_of(rune)};

    if (letter.script >= 0) {
        uint32_t lower = lower_of(rune);
        letter.upper = lower != rune;
        letter.cost = rank_cost(letter.script, lower) + (letter.upper ? CAPITAL : 0);
        return letter;
    }
    (void)utf8_encode(rune, bytes);
    letter.cost = rune == 0 || rune == UTF8_REPLACEMENT ? NEVER
                  : strstr(SIGNS, bytes)                ? DASH
                                                        : SYMBOL;
    return letter;
}

static bool ascii_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What each byte beyond ASCII means in a set of single bytes. */
static void load_set(const struct name_charset *set, struct letter letters[128])
{
    for (int i = 0; i < 128; i++) {
        uint32_t rune = UTF8_REPLACEMENT;
        if (set->high) {
            rune = set->high[i];
        } else {
            CLEANUP(cleanup_buf) struct buf out = {0};
            char byte = (char)(0x80 + i);
            buf_init(&out, 16);
            if (charset_to_utf8(set->name, &byte, 1, &out) == 0 && out.len)
                (void)utf8_decode(out.data, out.len, &rune);
        }
        letters[i] = letter_of(rune);
    }
}

static uint64_t cost_of_single(const struct name_charset *set, const struct letter letters[128],
                               const unsigned char *names, size_t len)
{
    uint64_t cost = set->prior;

    for (size_t i = 0; i < len; i++) {
        if (names[i] < 0x80)
            continue;
        const struct letter *letter = &letters[names[i] - 0x80];
        cost += letter->cost;
        if (letter->script != SCRIPT_LATIN && i + 1 < len && ascii_letter(names[i + 1]))
            cost += MIXED;
        if (letter->script < 0 || i == 0)
            continue;
        unsigned char before = names[i - 1];
        if (before < 0x80) {
            cost += ascii_letter(before) && letter->script != SCRIPT_LATIN ? MIXED : 0;
            cost += before >= 'a' && before <= 'z' && letter->upper ? INNER_CAPITAL : 0;
            continue;
        }
        const struct letter *last = &letters[before - 0x80];
        if (last->script >= 0 && last->script != letter->script)
            cost += MIXED;
        else if (letter->script == SCRIPT_LATIN)
            cost += LATIN_RUN;
        cost += last->script >= 0 && !last->upper && letter->upper ? INNER_CAPITAL : 0;
    }
    return cost;
}

static unsigned range_cost(const struct double_set *set, unsigned char first)
{
    for (size_t i = 0; i < ARRAY_LEN(set->ranges) && set->ranges[i].cost; i++)
        if (first >= set->ranges[i].first && first <= set->ranges[i].last)
            return set->ranges[i].cost;
    return 0;
}

static uint64_t cost_of_double(const struct double_set *set, const unsigned char *names, size_t len)
{
    enum { HALF_KATAKANA = 42, LETTER_SECOND = 36, TOUCHING = 18 };
    bool japanese = strcmp(set->set.name, "Shift_JIS") == 0;
    bool low_second = japanese || set->set.name[0] == 'G' || set->set.name[0] == 'B';
    uint64_t cost = set->set.prior;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = names[i];
        if (c < 0x80)
            continue;
        cost += i && ascii_letter(names[i - 1]) ? TOUCHING : 0;
        unsigned pair = range_cost(set, c);
        if (japanese && !pair && c >= 0xA1 && c <= 0xDF) {
            cost += HALF_KATAKANA;
            continue;
        }
        unsigned char second = i + 1 < len ? names[i + 1] : 0;
        if (!pair || second == 0x7F || second < (low_second ? 0x40 : 0xA1)) {
            cost += NEVER;
            continue;
        }
        cost += pair + (ascii_letter(second) && !japanese ? LETTER_SECOND : 0);
        i++;
        cost += i + 1 < len && ascii_letter(names[i + 1]) ? TOUCHING : 0;
    }
    return cost;
}

/* Whether every pair of the sample is a character; a last one may be cut. */
static bool fits(const struct name_charset *set, const char *names, size_t len)
{
    CLEANUP(cleanup_buf) struct buf out = {0};

    while (len && names[len - 1] != '\n')
        len--;
    buf_init(&out, len * 4 + 16);
    return name_charset_convert(set, names, len, &out);
}

const struct name_charset *name_charset_detect(const char *names, size_t len)
{
    static struct letter letters[ARRAY_LEN(SINGLE)][128];
    static bool loaded;
    const unsigned char *bytes = (const unsigned char *)names;
    const struct name_charset *best = NULL;
    uint64_t least = UINT64_MAX;

    if (len > NAMES_SAMPLE)
        len = NAMES_SAMPLE;
    for (size_t i = 0; i < ARRAY_LEN(SINGLE) && !loaded; i++)
        load_set(&SINGLE[i], letters[i]);
    loaded = true;
    for (size_t i = 0; i < ARRAY_LEN(SINGLE); i++) {
        uint64_t cost = cost_of_single(&SINGLE[i], letters[i], bytes, len);
        if (cost < least) {
            least = cost;
            best = &SINGLE[i];
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(DOUBLE); i++) {
        uint64_t cost = cost_of_double(&DOUBLE[i], bytes, len);
        if (cost < least && fits(&DOUBLE[i].set, names, len)) {
            least = cost;
            best = &DOUBLE[i].set;
        }
    }
    return best;
}

bool name_charset_convert(const struct name_charset *set, const char *name, size_t len,
                          struct buf *out)
{
    static const char BAD[] = "\xEF\xBF\xBD";
    size_t start = out->len;

    if (!set->high) {
        bool good = charset_to_utf8(set->name, name, len, out) == 0 &&
                    !memmem(out->data + start, out->len - start, BAD, sizeof(BAD) - 1);
        if (!good) {
            out->len = start;
            out->data[start] = '\0';
        }
        return good;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i];
        uint32_t rune = c < 0x80 ? c : set->high[c - 0x80];
        if (!rune || buf_append_rune(out, rune)) {
            out->len = start;
            out->data[start] = '\0';
            return false;
        }
    }
    return true;
}
