#include "text/language.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language_words.h"

enum {
    SAMPLE_BYTES = 32768, /* a text is judged by so much of its beginning */
    LETTERS_MIN = 12,     /* fewer letters say nothing */
    WORD_SCORE = 4,       /* a function word counts as so many letters of a language's own */
    LANGUAGES = 27,
    SCRIPTS = 32,
};

static const char *const names[LANGUAGES] = {
    "eng", "deu", "fra", "spa", "por", "ita", "nld", "tur", "pol",
    "swe", "dan", "nor", "ron", "kmr", "ces", "hun", "fin", "ind",
    "rus", "ukr", "bul", "srp", "fas", "ara", "ckb", "urd", "pus",
};

/* Scripts that decide by themselves, and ("") those that several languages here share. */
static const struct script_language {
    UScriptCode script;
    const char *language;
} scripts[] = {
    {USCRIPT_LATIN, ""},         {USCRIPT_CYRILLIC, ""},     {USCRIPT_ARABIC, ""},
    {USCRIPT_GREEK, "ell"},      {USCRIPT_HEBREW, "heb"},    {USCRIPT_HAN, "zho"},
    {USCRIPT_HIRAGANA, "jpn"},   {USCRIPT_KATAKANA, "jpn"},  {USCRIPT_HANGUL, "kor"},
    {USCRIPT_ARMENIAN, "hye"},   {USCRIPT_GEORGIAN, "kat"},  {USCRIPT_THAI, "tha"},
    {USCRIPT_LAO, "lao"},        {USCRIPT_KHMER, "khm"},     {USCRIPT_MYANMAR, "mya"},
    {USCRIPT_DEVANAGARI, "hin"}, {USCRIPT_BENGALI, "ben"},   {USCRIPT_TAMIL, "tam"},
    {USCRIPT_TELUGU, "tel"},     {USCRIPT_MALAYALAM, "mal"}, {USCRIPT_KANNADA, "kan"},
    {USCRIPT_GUJARATI, "guj"},   {USCRIPT_GURMUKHI, "pan"},  {USCRIPT_SINHALA, "sin"},
    {USCRIPT_ETHIOPIC, "amh"},   {USCRIPT_SYRIAC, "syr"},
};
enum { AT_LATIN, AT_CYRILLIC, AT_ARABIC, AT_HAN = 5, AT_HIRAGANA, AT_KATAKANA };
_Static_assert(ARRAY_LEN(scripts) <= SCRIPTS, "counts of all scripts");

/* Letters that few languages of a script write, by code point. */
static const struct own_letter {
    uint32_t rune;
    uint32_t languages;
    int score;
} own_letters[] = {
    {0x00DF, DEU, 3},                   /* ß */
    {0x00E3, POR, 3},                   /* ã */
    {0x00E4, DEU | SWE | FIN, 1},       /* ä */
    {0x00E5, SWE | DAN | NOR, 2},       /* å */
    {0x00E6, DAN | NOR, 2},             /* æ */
    {0x00E7, FRA | POR | TUR | KMR, 1}, /* ç */
    {0x00E8, FRA | ITA, 1},             /* è */
    {0x00EA, FRA | POR | KMR, 1},       /* ê */
    {0x00EE, KMR | RON | FRA, 1},       /* î */
    {0x00F1, SPA, 3},                   /* ñ */
    {0x00F2, ITA, 2},                   /* ò */
    {0x00F5, POR, 3},                   /* õ */
    {0x00F8, DAN | NOR, 2},             /* ø */
    {0x00FB, KMR, 2},                   /* û */
    {0x0103, RON, 3},                   /* ă */
    {0x0105, POL, 3},                   /* ą */
    {0x010D, CES, 1},                   /* č */
    {0x0119, POL, 3},                   /* ę */
    {0x011B, CES, 3},                   /* ě */
    {0x011F, TUR, 3},                   /* ğ */
    {0x0131, TUR, 3},                   /* ı */
    {0x0142, POL, 3},                   /* ł */
    {0x0151, HUN, 3},                   /* ő */
    {0x0159, CES, 3},                   /* ř */
    {0x015F, TUR | KMR | RON, 1},       /* ş */
    {0x016F, CES, 3},                   /* ů */
    {0x0171, HUN, 3},                   /* ű */
    {0x0219, RON, 3},                   /* ș */
    {0x021B, RON, 3},                   /* ț */
    {0x0449, RUS | UKR | BUL, 1},       /* щ */
    {0x044A, BUL, 2},                   /* ъ */
    {0x044B, RUS, 3},                   /* ы */
    {0x044D, RUS, 3},                   /* э */
    {0x0451, RUS, 2},                   /* ё */
    {0x0452, SRP, 3},                   /* ђ */
    {0x0454, UKR, 3},                   /* є */
    {0x0456, UKR, 3},                   /* і */
    {0x0457, UKR, 3},                   /* ї */
    {0x0458, SRP, 3},                   /* ј */
    {0x0459, SRP, 3},                   /* љ */
    {0x045A, SRP, 3},                   /* њ */
    {0x045B, SRP, 3},                   /* ћ */
    {0x0491, UKR, 3},                   /* ґ */
    {0x0623, ARA, 3},                   /* أ */
    {0x0625, ARA, 3},                   /* إ */
    {0x0629, ARA, 3},                   /* ة */
    {0x0643, ARA, 1},                   /* ك, also in old Persian files */
    {0x0649, ARA, 2},                   /* ى */
    {0x064A, ARA, 1},                   /* ي, also in old Persian files */
    {0x0679, URD, 4},                   /* ٹ */
    {0x067C, PUS, 4},                   /* ټ */
    {0x067E, FAS | CKB | URD, 2},       /* پ */
    {0x0681, PUS, 4},                   /* ځ */
    {0x0685, PUS, 4},                   /* څ */
    {0x0686, FAS | CKB | URD, 2},       /* چ */
    {0x0688, URD, 4},                   /* ڈ */
    {0x0689, PUS, 4},                   /* ډ */
    {0x0691, URD, 4},                   /* ڑ */
    {0x0693, PUS, 4},                   /* ړ */
    {0x0695, CKB, 4},                   /* ڕ */
    {0x0698, FAS | CKB, 2},             /* ژ */
    {0x069A, PUS, 4},                   /* ښ */
    {0x06A4, CKB, 4},                   /* ڤ */
    {0x06A9, FAS | CKB | URD, 1},       /* ک */
    {0x06AB, PUS, 4},                   /* ګ */
    {0x06AF, FAS | CKB | URD, 2},       /* گ */
    {0x06B5, CKB, 4},                   /* ڵ */
    {0x06BA, URD, 4},                   /* ں */
    {0x06BE, URD, 1},                   /* ھ */
    {0x06C1, URD, 2},                   /* ہ */
    {0x06C6, CKB, 4},                   /* ۆ */
    {0x06CC, FAS | CKB | URD, 1},       /* ی */
    {0x06CD, PUS, 4},                   /* ۍ */
    {0x06CE, CKB, 4},                   /* ێ */
    {0x06D0, PUS, 3},                   /* ې */
    {0x06D2, URD, 3},                   /* ے */
    {0x06D5, CKB, 2},                   /* ە */
};

struct tally {
    long letters;
    long scripts[SCRIPTS];
    long words;
    long scores[LANGUAGES];
};

static void score(struct tally *tally, uint32_t languages, int points)
{
    for (unsigned i = 0; i < LANGUAGES; i++) {
        if (languages >> i & 1)
            tally->scores[i] += points;
    }
}

static int compare_letter(const void *key, const void *row)
{
    uint32_t rune = *(const uint32_t *)key;
    uint32_t other = ((const struct own_letter *)row)->rune;

    return rune < other ? -1 : rune > other;
}

static void count_letter(struct tally *tally, uint32_t rune)
{
    UErrorCode status = U_ZERO_ERROR;

    if (rune < 0x80) {
        long letter = (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
        tally->scripts[AT_LATIN] += letter;
        tally->letters += letter;
        return;
    }
    if (!u_isalpha((UChar32)rune))
        return;
    UScriptCode script = uscript_getScript((UChar32)rune, &status);
    for (size_t i = 0; i < ARRAY_LEN(scripts); i++) {
        if (scripts[i].script == script) {
            tally->scripts[i]++;
            tally->letters++;
            break;
        }
    }
    uint32_t lower = (uint32_t)u_tolower((UChar32)rune);
    const struct own_letter *own =
        bsearch(&lower, own_letters, ARRAY_LEN(own_letters), sizeof *own, compare_letter);
    if (own)
        score(tally, own->languages, own->score);
}

static int compare_word(const void *key, const void *row)
{
    const struct word *word = key;
    const char *other = ((const struct language_word *)row)->word;
    size_t other_len = strlen(other);
    size_t least = word->surface_len < other_len ? word->surface_len : other_len;
    int order = memcmp(word->surface, other, least);

    if (order != 0)
        return order;
    return word->surface_len < other_len ? -1 : word->surface_len > other_len;
}

/* A word that few languages have says more. */
static int word_score(uint32_t languages)
{
    int extra = 2;

    for (languages &= languages - 1; languages && extra > -1; languages &= languages - 1)
        extra--;
    return WORD_SCORE + extra;
}

static void count_words(struct tally *tally, const char *text, size_t len)
{
    static const char article[] = "ال";
    struct words words;
    struct word word;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        const struct language_word *row =
            bsearch(&word, language_words, ARRAY_LEN(language_words), sizeof *row, compare_word);
        tally->words++;
        if (row)
            score(tally, row->languages, word_score(row->languages));
        else if (word.surface_len > 2 * sizeof article &&
                 memcmp(word.surface, article, sizeof article - 1) == 0)
            score(tally, ARA, 2);
    }
}

/* The best of the languages that share a script; "" when none stands out. */
static const char *best_language(const struct tally *tally, uint32_t among)
{
    long best = 0;
    long second = 0;
    size_t at = 0;

    for (size_t i = 0; i < LANGUAGES; i++) {
        if (!(among >> i & 1))
            continue;
        if (tally->scores[i] > best) {
            second = best;
            best = tally->scores[i];
            at = i;
        } else if (tally->scores[i] > second) {
            second = tally->scores[i];
        }
    }
    /* One word in eight, and two at least: lists of names and numbers have no language. */
    if (best == second || best < 2L * WORD_SCORE || best * 8 < tally->words * WORD_SCORE)
        return "";
    return names[at];
}

static size_t main_script(const struct tally *tally)
{
    size_t best = 0;

    for (size_t i = 1; i < ARRAY_LEN(scripts); i++) {
        if (tally->scripts[i] > tally->scripts[best])
            best = i;
    }
    return best;
}

const char *language_guess(const char *text, size_t len)
{
    struct tally tally = {.letters = 0};
    uint32_t rune;

    len = utf8_prefix(text, len, SAMPLE_BYTES);
    for (size_t at = 0; at < len;) {
        at += utf8_decode(text + at, len - at, &rune);
        count_letter(&tally, rune);
    }
    if (tally.letters < LETTERS_MIN)
        return "";
    count_words(&tally, text, len);
    size_t script = main_script(&tally);
    switch (script) {
    case AT_LATIN:
        return best_language(&tally, RUS - 1);
    case AT_CYRILLIC:
        return best_language(&tally, RUS | UKR | BUL | SRP);
    case AT_ARABIC:
        return best_language(&tally, FAS | ARA | CKB | URD | PUS);
    case AT_HAN: {
        long kana = tally.scripts[AT_HIRAGANA] + tally.scripts[AT_KATAKANA];
        return kana * 20 > tally.scripts[AT_HAN] ? "jpn" : "zho";
    }
    default:
        return scripts[script].language;
    }
}

bool text_is_rtl(const char *text, size_t len)
{
    size_t isolates = 0;
    uint32_t rune;

    for (size_t at = 0; at < len;) {
        at += utf8_decode(text + at, len - at, &rune);
        switch (u_charDirection((UChar32)rune)) {
        case U_LEFT_TO_RIGHT_ISOLATE:
        case U_RIGHT_TO_LEFT_ISOLATE:
        case U_FIRST_STRONG_ISOLATE:
            isolates++;
            break;
        case U_POP_DIRECTIONAL_ISOLATE:
            isolates -= isolates > 0;
            break;
        case U_LEFT_TO_RIGHT:
            if (isolates == 0)
                return false;
            break;
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
            if (isolates == 0)
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}
