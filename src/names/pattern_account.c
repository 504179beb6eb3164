/*
 * Numbers that carry a check of their own: IBANs, payment cards, Iran's national ids; and numbers
 * of passports, which carry none and are taken only behind the word for them.
 */
#include <string.h>

#include "names/pattern.h"

enum {
    IBAN_MAX = 34,
    SHEBA_LEN = 26, /* Iran's, with its letters */
    CARD_MIN = 13,
    CARD_MAX = 19,
    NATIONAL_LEN = 10,
    NATIONAL_MIN = 8, /* leading zeros are lost in tables */
    PASSPORT_LETTERS_MAX = 3,
    PASSPORT_DIGITS_MIN = 6,
    PASSPORT_DIGITS_MAX = 10,
};

/* ISO 13616, the registry's lengths by country. */
static const struct iban_country {
    char code[3];
    uint8_t len;
} iban_countries[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"DZ", 26}, {"EE", 20}, {"EG", 29}, {"ES", 24},
    {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18},
    {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23},
    {"IR", 26}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32},
    {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MA", 28}, {"MC", 27}, {"MD", 24},
    {"ME", 22}, {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18},
    {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24},
    {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24},
    {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28}, {"SY", 25}, {"TL", 23}, {"TN", 24}, {"TR", 26},
    {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
};

/* Issuers by the first digits of their cards (ISO/IEC 7812), and the cards' lengths. */
static const struct issuer {
    uint32_t first, last; /* of `digits` digits */
    uint8_t digits, min, max;
    bool known; /* a number of this issuer is a card even when written without a break */
} issuers[] = {
    /* Iran's banks (Shetab) */
    {502229, 502229, 6, 16, 16, true},
    {502806, 502806, 6, 16, 16, true},
    {502908, 502910, 6, 16, 16, true},
    {502937, 502938, 6, 16, 16, true},
    {504172, 504172, 6, 16, 16, true},
    {504706, 504706, 6, 16, 16, true},
    {505416, 505416, 6, 16, 16, true},
    {505426, 505426, 6, 16, 16, true},
    {505785, 505785, 6, 16, 16, true},
    {505801, 505801, 6, 16, 16, true},
    {505809, 505809, 6, 16, 16, true},
    {585947, 585947, 6, 16, 16, true},
    {585983, 585983, 6, 16, 16, true},
    {589210, 589210, 6, 16, 16, true},
    {589463, 589463, 6, 16, 16, true},
    {603769, 603770, 6, 16, 16, true},
    {603799, 603799, 6, 16, 16, true},
    {606256, 606256, 6, 16, 16, true},
    {606373, 606373, 6, 16, 16, true},
    {610433, 610433, 6, 16, 16, true},
    {621986, 621986, 6, 16, 16, true},
    {622106, 622106, 6, 16, 16, true},
    {627353, 627353, 6, 16, 16, true},
    {627381, 627381, 6, 16, 16, true},
    {627412, 627412, 6, 16, 16, true},
    {627488, 627488, 6, 16, 16, true},
    {627593, 627593, 6, 16, 16, true},
    {627648, 627648, 6, 16, 16, true},
    {627760, 627760, 6, 16, 16, true},
    {627884, 627884, 6, 16, 16, true},
    {627961, 627961, 6, 16, 16, true},
    {628023, 628023, 6, 16, 16, true},
    {628157, 628157, 6, 16, 16, true},
    {636214, 636214, 6, 16, 16, true},
    {636795, 636797, 6, 16, 16, true},
    {636949, 636949, 6, 16, 16, true},
    {639194, 639194, 6, 16, 16, true},
    {639217, 639217, 6, 16, 16, true},
    {639346, 639347, 6, 16, 16, true},
    {639370, 639370, 6, 16, 16, true},
    {639599, 639599, 6, 16, 16, true},
    {639607, 639607, 6, 16, 16, true},
    {991975, 991975, 6, 16, 16, true},
    /* the world's */
    {34, 34, 2, 15, 15, false},
    {37, 37, 2, 15, 15, false},
    {36, 36, 2, 14, 14, false},
    {38, 39, 2, 14, 14, false},
    {300, 305, 3, 14, 14, false},
    {3528, 3589, 4, 16, 16, false},
    {2200, 2204, 4, 16, 19, false},
    {2221, 2720, 4, 16, 16, false},
    {4, 4, 1, 16, 16, false},
    {50, 50, 2, 16, 19, false},
    {51, 55, 2, 16, 16, false},
    {56, 58, 2, 16, 19, false},
    {6011, 6011, 4, 16, 16, false},
    {62, 62, 2, 16, 19, false},
    {63, 63, 2, 16, 19, false},
    {644, 659, 3, 16, 16, false},
    {67, 67, 2, 16, 19, false},
    {9792, 9792, 4, 16, 16, false},
};

/* Digits and Latin letters behind i, `max` at most, with a space or dash between them; where they
 * end after `max` or at the first that is neither. */
static size_t collect(struct window *window, size_t i, bool letters, size_t max, char *out,
                      size_t *ret_breaks)
{
    size_t count = 0;

    *ret_breaks = 0;
    while (count < max) {
        size_t gap = count && (window_at(window, i) == ' ' || window_at(window, i) == '-');
        uint32_t rune = window_at(window, i + gap);
        if (!is_digit(rune) && !(letters && is_latin(rune)))
            break;
        out[count++] = (char)(is_digit(rune) ? rune : rune & ~32U);
        *ret_breaks += gap;
        i += gap + 1;
    }
    out[count] = '\0';
    return i;
}

static size_t iban_len(const char *code)
{
    for (size_t i = 0; i < sizeof(iban_countries) / sizeof(iban_countries[0]); i++)
        if (!memcmp(iban_countries[i].code, code, 2))
            return iban_countries[i].len;
    return 0;
}

/* ISO 7064, modulo 97 of the number with its first four characters behind. */
static bool iban_sound(const char *iban, size_t len)
{
    unsigned rest = 0;

    for (size_t k = 0; k < len; k++) {
        char c = iban[(k + 4) % len];
        unsigned value = (unsigned)(is_latin((unsigned char)c) ? c - 'A' + 10 : c - '0');
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

/* Iran's numbers are often written without their letters behind the word شبا. */
static bool sheba(struct window *window, struct pattern *ret)
{
    char iban[SHEBA_LEN + 2] = "IR";
    size_t breaks;
    size_t end = collect(window, 0, false, SHEBA_LEN - 2, iban + 2, &breaks);

    if (strlen(iban) != SHEBA_LEN || is_wordlike(window_at(window, end)) ||
        !iban_sound(iban, SHEBA_LEN))
        return false;
    *ret = (struct pattern){0, end, MENTION_IBAN, 0.97F};
    return true;
}

bool pattern_iban(struct window *window, unsigned context, struct pattern *ret)
{
    char iban[IBAN_MAX + 1];
    char code[2];
    size_t breaks;

    if (is_wordlike(window->before))
        return false;
    if (is_digit(window_at(window, 0)))
        return context & CONTEXT_IBAN && sheba(window, ret);
    if (!is_latin(window_at(window, 0)) || !is_latin(window_at(window, 1)))
        return false;
    code[0] = (char)(window_at(window, 0) & ~32U);
    code[1] = (char)(window_at(window, 1) & ~32U);
    size_t len = iban_len(code);
    if (!len)
        return false;
    size_t end = collect(window, 0, true, len, iban, &breaks);
    if (strlen(iban) != len || is_wordlike(window_at(window, end)) ||
        !is_digit((unsigned char)iban[2]) || !is_digit((unsigned char)iban[3]) ||
        !iban_sound(iban, len))
        return false;
    *ret = (struct pattern){0, end, MENTION_IBAN, 0.98F};
    return true;
}

/* ISO/IEC 7812-1, annex B. */
static bool luhn(const char *digits, size_t len)
{
    unsigned sum = 0;

    for (size_t k = 0; k < len; k++) {
        unsigned digit = (unsigned)(digits[len - 1 - k] - '0');
        if (k % 2)
            digit = digit < 5 ? 2 * digit : 2 * digit - 9;
        sum += digit;
    }
    return sum % 10 == 0;
}

static const struct issuer *issuer_of(const char *digits, size_t len)
{
    for (size_t i = 0; i < sizeof(issuers) / sizeof(issuers[0]); i++) {
        const struct issuer *issuer = &issuers[i];
        uint32_t prefix = 0;
        for (size_t k = 0; k < issuer->digits; k++)
            prefix = prefix * 10 + (uint32_t)(digits[k] - '0');
        if (prefix >= issuer->first && prefix <= issuer->last && len >= issuer->min &&
            len <= issuer->max)
            return issuer;
    }
    return NULL;
}

bool pattern_card(struct window *window, unsigned context, struct pattern *ret)
{
    char digits[CARD_MAX + 2];
    size_t breaks;

    (void)context;
    if (is_wordlike(window->before) || window->before == '.' || window->before == '-' ||
        window_digits(window, 0) < 4)
        return false;
    size_t end = collect(window, 0, false, CARD_MAX + 1, digits, &breaks);
    size_t len = strlen(digits);
    if (len < CARD_MIN || len > CARD_MAX || is_wordlike(window_at(window, end)) ||
        !luhn(digits, len))
        return false;
    const struct issuer *issuer = issuer_of(digits, len);
    /* Breaks stand between groups of four, or as 4-6-5 and 4-6-4. */
    if (!issuer || (breaks && (window_digits(window, 0) != 4 || breaks > (len + 3) / 4)) ||
        (!breaks && len > 16 && !issuer->known))
        return false;
    *ret = (struct pattern){0, end, MENTION_CARD, breaks ? 0.95F : issuer->known ? 0.9F : 0.7F};
    return true;
}

/* Iran's national organisation for civil registration: the digits weighted by 10 to 2, modulo 11;
 * zeros in front may be lacking. */
static bool national_sound(const char *digits, size_t len)
{
    unsigned sum = 0;
    bool same = len == NATIONAL_LEN;

    for (size_t k = 0; k + 1 < len; k++) {
        sum += (unsigned)(digits[k] - '0') * (unsigned)(len - k);
        same = same && digits[k] == digits[len - 1];
    }
    unsigned check = sum % 11 < 2 ? sum % 11 : 11 - sum % 11;
    return !same && check == (unsigned)(digits[len - 1] - '0');
}

bool pattern_national_id(struct window *window, unsigned context, struct pattern *ret)
{
    char digits[NATIONAL_LEN + 2] = "";
    size_t breaks;
    bool announced = context & CONTEXT_NATIONAL_ID;

    if (is_wordlike(window->before))
        return false;
    size_t end = collect(window, 0, false, NATIONAL_LEN + 1, digits, &breaks);
    size_t len = strlen(digits);
    bool formed = breaks == 2 && window_digits(window, 0) == 3 && window_at(window, 3) == '-' &&
                  window_digits(window, 4) == 6 && window_at(window, 10) == '-';
    if (len > NATIONAL_LEN || len < (announced ? NATIONAL_MIN : NATIONAL_LEN) ||
        is_wordlike(window_at(window, end)) || (!formed && (!announced || breaks)))
        return false;
    if (!national_sound(digits, len))
        return false;
    *ret = (struct pattern){0, end, MENTION_NATIONAL_ID, announced ? 0.97F : 0.85F};
    return true;
}

/* Latin capitals, or one Arabic letter as Iran and others write it at home (ح۱۲۳۴۵۶۷۸). */
static size_t passport_letters(struct window *window)
{
    size_t letters = 0;
    uint32_t first = window_at(window, 0);

    if (is_letter(first) && first >= 0x600)
        return 1;
    while (letters < PASSPORT_LETTERS_MAX && is_latin(window_at(window, letters)) &&
           window_at(window, letters) < 'a')
        letters++;
    return letters;
}

bool pattern_passport(struct window *window, unsigned context, struct pattern *ret)
{
    if (!(context & CONTEXT_PASSPORT) || is_wordlike(window->before))
        return false;
    size_t letters = passport_letters(window);
    size_t at = letters;
    if (letters && (window_at(window, at) == ' ' || window_at(window, at) == '-'))
        at++;
    size_t digits = window_digits(window, at);
    if (digits < PASSPORT_DIGITS_MIN || digits > PASSPORT_DIGITS_MAX ||
        is_wordlike(window_at(window, at + digits)))
        return false;
    *ret = (struct pattern){0, at + digits, MENTION_PASSPORT, letters ? 0.95F : 0.85F};
    return true;
}
