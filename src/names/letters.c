#include "names/letters.h"

#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"

/* In the order of their numbers from LETTER_ARABIC on. A new letter goes to the
 * end: the model file spells letters out, but keys are kept in databases. */
static const uint16_t arabic[LETTER_COUNT - LETTER_ARABIC] = {
    0x0627, 0x0628, 0x067E, 0x062A, 0x062B, 0x062C, 0x0686, 0x062D, 0x062E, 0x062F,
    0x0630, 0x0631, 0x0632, 0x0698, 0x0633, 0x0634, 0x0635, 0x0636, 0x0637, 0x0638,
    0x0639, 0x063A, 0x0641, 0x0642, 0x06A9, 0x06AF, 0x0644, 0x0645, 0x0646, 0x0648,
    0x0647, 0x06CC, 0x0621, 0x06A4, 0x0679, 0x0688, 0x0691,
};

/* Letters of Pashto, Urdu, Kurdish, Maghrebi and Uyghur spelling that stand for
 * one of the above.
 */
static const struct {
    uint16_t rune, as;
} variants[] = {
    {0x06BA, 0x0646}, {0x06BC, 0x0646}, {0x0693, 0x0691}, {0x0689, 0x0688}, {0x067C, 0x0679},
    {0x06D0, 0x06CC}, {0x06CD, 0x06CC}, {0x06D2, 0x06CC}, {0x06CE, 0x06CC}, {0x069A, 0x0634},
    {0x0696, 0x0698}, {0x0681, 0x0632}, {0x0685, 0x0633}, {0x06AB, 0x06AF}, {0x06D5, 0x0647},
    {0x06C1, 0x0647}, {0x06C3, 0x0647}, {0x06BE, 0x0647}, {0x06C6, 0x0648}, {0x06C7, 0x0648},
    {0x06C8, 0x0648}, {0x06CB, 0x0648}, {0x06CA, 0x0648}, {0x0695, 0x0631}, {0x06B5, 0x0644},
    {0x06AD, 0x06AF}, {0x06AC, 0x06AF}, {0x06A8, 0x0642}, {0x06A7, 0x0642}, {0x06A2, 0x0641},
    {0x0671, 0x0627}, {0x0672, 0x0627}, {0x0673, 0x0627},
};

/* Small letters only: the fold has made them so. An empty string is a silent
 * sign. */
static const struct {
    uint16_t rune;
    const char *latin;
} spelled[] = {
    {0x00DF, "ss"},
    {0x00E6, "ae"},
    {0x00F0, "d"},
    {0x00F8, "o"},
    {0x00FE, "th"},
    {0x0111, "d"},
    {0x0127, "h"},
    {0x0131, "i"},
    {0x0142, "l"},
    {0x0153, "oe"},
    {0x0259, "a"},
    {0x0167, "t"},
    {0x014B, "ng"},
    {0x0138, "k"},
    {0x01DD, "e"},
    {0x02BB, ""},
    {0x02BC, ""},
    {0x02BE, ""},
    {0x02BF, ""},
    {0x02B9, ""},
    {0x02BA, ""},
    {0x0640, ""},
    /* Cyrillic */
    {0x0430, "a"},
    {0x0431, "b"},
    {0x0432, "v"},
    {0x0433, "g"},
    {0x0434, "d"},
    {0x0435, "e"},
    {0x0436, "zh"},
    {0x0437, "z"},
    {0x0438, "i"},
    {0x0439, "y"},
    {0x043A, "k"},
    {0x043B, "l"},
    {0x043C, "m"},
    {0x043D, "n"},
    {0x043E, "o"},
    {0x043F, "p"},
    {0x0440, "r"},
    {0x0441, "s"},
    {0x0442, "t"},
    {0x0443, "u"},
    {0x0444, "f"},
    {0x0445, "kh"},
    {0x0446, "ts"},
    {0x0447, "ch"},
    {0x0448, "sh"},
    {0x0449, "shch"},
    {0x044A, ""},
    {0x044B, "y"},
    {0x044C, ""},
    {0x044D, "e"},
    {0x044E, "yu"},
    {0x044F, "ya"},
    {0x0450, "e"},
    {0x0451, "e"},
    {0x0452, "dj"},
    {0x0453, "g"},
    {0x0454, "ye"},
    {0x0455, "dz"},
    {0x0456, "i"},
    {0x0457, "yi"},
    {0x0458, "j"},
    {0x0459, "lj"},
    {0x045A, "nj"},
    {0x045B, "c"},
    {0x045C, "k"},
    {0x045E, "w"},
    {0x045F, "dz"},
    {0x0491, "g"},
    {0x0493, "g"},
    {0x049B, "k"},
    {0x04A3, "ng"},
    {0x04AF, "u"},
    {0x04B1, "u"},
    {0x04BB, "h"},
    {0x04D9, "a"},
    {0x04E9, "o"},
    {0x04B3, "h"},
    {0x04B7, "j"},
    /* Greek */
    {0x03B1, "a"},
    {0x03B2, "v"},
    {0x03B3, "g"},
    {0x03B4, "d"},
    {0x03B5, "e"},
    {0x03B6, "z"},
    {0x03B7, "i"},
    {0x03B8, "th"},
    {0x03B9, "i"},
    {0x03BA, "k"},
    {0x03BB, "l"},
    {0x03BC, "m"},
    {0x03BD, "n"},
    {0x03BE, "x"},
    {0x03BF, "o"},
    {0x03C0, "p"},
    {0x03C1, "r"},
    {0x03C2, "s"},
    {0x03C3, "s"},
    {0x03C4, "t"},
    {0x03C5, "y"},
    {0x03C6, "f"},
    {0x03C7, "ch"},
    {0x03C8, "ps"},
    {0x03C9, "o"},
};

static uint8_t arabic_letter(uint32_t rune)
{
    for (size_t i = 0; i < ARRAY_LEN(arabic); i++)
        if (arabic[i] == rune)
            return (uint8_t)(LETTER_ARABIC + i);
    for (size_t i = 0; i < ARRAY_LEN(variants); i++)
        if (variants[i].rune == rune && variants[i].as != rune)
            return arabic_letter(variants[i].as);
    return LETTER_NONE;
}

static size_t spelled_letters(uint32_t rune, uint8_t *out, enum name_script *ret_script)
{
    for (size_t i = 0; i < ARRAY_LEN(spelled); i++) {
        if (spelled[i].rune != rune)
            continue;
        size_t count = 0;
        for (; count < LETTERS_OF_RUNE_MAX && spelled[i].latin[count]; count++)
            out[count] = LATIN(spelled[i].latin[count]);
        *ret_script = SCRIPT_LATIN;
        return count;
    }
    *ret_script = SCRIPT_OTHER;
    return 0;
}

size_t letters_of(uint32_t rune, uint8_t out[LETTERS_OF_RUNE_MAX], enum name_script *ret_script)
{
    *ret_script = SCRIPT_LATIN;
    if (rune >= 'a' && rune <= 'z') {
        out[0] = LATIN(rune);
        return 1;
    }
    if (rune >= '0' && rune <= '9') {
        out[0] = (uint8_t)(rune - '0' + LETTER_0);
        return 1;
    }
    if (rune == '_')
        return 0;
    if (rune >= 0x0620 && rune < 0x0700) {
        out[0] = arabic_letter(rune);
        *ret_script = SCRIPT_ARABIC;
        return out[0] != LETTER_NONE;
    }
    return spelled_letters(rune, out, ret_script);
}

size_t letters_spell(const uint8_t *letters, size_t count, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < count; i++) {
        if (letter_is_arabic(letters[i]) && letters[i] < LETTER_COUNT)
            len += utf8_encode(arabic[letters[i] - LETTER_ARABIC], out + len);
        else if (letter_is_digit(letters[i]))
            out[len++] = (char)('0' + letters[i] - LETTER_0);
        else if (letter_is_latin(letters[i]))
            out[len++] = (char)('a' + letters[i] - LETTER_A);
    }
    out[len] = 0;
    return len;
}
