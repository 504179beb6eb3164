/*
 * Plates of cars. Iran: two digits, a letter, three digits and the region's two, «۱۲ ب ۳۴۵ ایران
 * ۶۷», in the orders in which texts give them. Iraq: a number with its governorate, a letter or the
 * kind of car, «١٢٣٤٥ بغداد خصوصي», 12345 Baghdad A; since 2022 the governorate's number, a letter
 * and a number.
 */
#include "names/pattern.h"

/* Folded. */
static const char *const iran_letters[] = {"الف", "ا", "ب", "پ", "ت", "ث", "ج", "د",      "ز",
                                           "ژ",   "س", "ش", "ص", "ط", "ع", "ف", "ق",      "ک",
                                           "گ",   "ل", "م", "ن", "و", "ه", "ی", "معلولین"};

static const char *const governorates[] = {
    "بغداد",       "البصره",       "بصره",      "نینوی",     "الموصل",     "اربیل",
    "السلیمانیه",  "دهوک",         "کرکوک",     "الانبار",   "صلاح الدین", "دیالی",
    "بابل",        "کربلاء",       "کربلا",     "النجف",     "نجف",        "القادسیه",
    "الدیوانیه",   "المثنی",       "ذی قار",    "میسان",     "واسط",       "حلبجه",
    "انبار",       "baghdad",      "basra",     "basrah",    "nineveh",    "ninawa",
    "mosul",       "erbil",        "arbil",     "irbil",     "hewler",     "sulaymaniyah",
    "sulaimaniya", "sulaymaniya",  "dohuk",     "duhok",     "kirkuk",     "anbar",
    "salahuddin",  "salah al-din", "diyala",    "babil",     "babylon",    "karbala",
    "kerbala",     "najaf",        "qadisiyah", "diwaniyah", "muthanna",   "dhi qar",
    "maysan",      "missan",       "wasit",     "halabja",
};

static const char *const car_kinds[] = {
    "خصوصی", "اجره",    "حمل",  "حکومی", "فحص",        "زراعی",
    "مرور",  "private", "taxi", "truck", "government", "temporary",
};

static size_t one_of(struct window *window, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t len = window_word(window, i, words[k]);
        if (len)
            return len;
    }
    return 0;
}

#define ONE_OF(window, i, words) one_of(window, i, words, sizeof(words) / sizeof((words)[0]))

/* Spaces, dashes, slashes, brackets, lines between boxes. */
static size_t gap_at(struct window *window, size_t i)
{
    size_t len = 0;

    for (; len < 4; len++) {
        uint32_t rune = window_at(window, i + len);
        if (rune != ' ' && rune != '-' && rune != '/' && rune != '|' && rune != '_')
            break;
    }
    return len;
}

static size_t exactly(struct window *window, size_t i, size_t digits)
{
    return window_digits(window, i) == digits ? i + digits : 0;
}

/* `front` digits, a letter, `back` digits; the place behind, or 0. */
static size_t body(struct window *window, size_t i, size_t front, size_t back)
{
    size_t at = exactly(window, i, front);

    if (!at)
        return 0;
    at += gap_at(window, at);
    size_t letter = ONE_OF(window, at, iran_letters);
    if (!letter)
        return 0;
    at += letter;
    return exactly(window, at + gap_at(window, at), back);
}

bool pattern_plate_of_region(struct window *window, size_t i, struct pattern *ret)
{
    size_t at = i + gap_at(window, i);

    at = exactly(window, at, 2);
    if (!at)
        return false;
    at += gap_at(window, at);
    size_t end = body(window, at, 3, 2);
    if (!end)
        end = body(window, at, 2, 3);
    if (!end || is_wordlike(window_at(window, end)))
        return false;
    *ret = (struct pattern){0, end, MENTION_PLATE, 0.95F};
    return true;
}

static bool iran(struct window *window, bool announced, struct pattern *ret)
{
    size_t at = body(window, 0, 2, 3);
    float score = 0.95F;

    if (!at)
        return false;
    size_t gap = gap_at(window, at);
    size_t word = window_word(window, at + gap, "ایران");
    size_t region = at + gap + word;
    region = gap || word ? exactly(window, region + gap_at(window, region), 2) : 0;
    if (region && (word || window_at(window, at) == '-' || announced))
        at = region;
    else if (announced)
        score = 0.8F;
    else
        return false;
    if (is_wordlike(window_at(window, at)))
        return false;
    *ret = (struct pattern){0, at, MENTION_PLATE, score};
    return true;
}

/* What an Iraqi plate is made of, each once, in any order. */
enum iraq_part { IRAQ_NUMBER = 1, IRAQ_PLACE = 2, IRAQ_KIND = 4, IRAQ_LETTER = 8 };

static bool is_capital(uint32_t rune)
{
    return is_latin(rune) && rune < 'a';
}

/* The part at i that is not among `had`; the place behind it, or 0. */
static size_t iraq_part(struct window *window, size_t i, unsigned had, enum iraq_part *ret_part)
{
    size_t digits = window_digits(window, i);
    size_t len = 0;

    if (!(had & IRAQ_NUMBER) && digits >= 3 && digits <= 7) {
        *ret_part = IRAQ_NUMBER;
        return i + digits;
    }
    if (!(had & IRAQ_PLACE) && (len = ONE_OF(window, i, governorates)))
        *ret_part = IRAQ_PLACE;
    else if (!(had & IRAQ_KIND) && (len = ONE_OF(window, i, car_kinds)))
        *ret_part = IRAQ_KIND;
    else if (!(had & IRAQ_LETTER) && !is_letter(window_at(window, i + 1)) &&
             (is_capital(window_at(window, i)) || ONE_OF(window, i, iran_letters))) {
        *ret_part = IRAQ_LETTER;
        len = 1;
    }
    return len ? i + len : 0;
}

static bool iraq(struct window *window, bool announced, struct pattern *ret)
{
    unsigned had = 0;
    size_t end = 0;
    size_t at = 0;

    while (true) {
        enum iraq_part part;
        size_t behind = iraq_part(window, at, had, &part);
        if (!behind)
            break;
        had |= part;
        end = behind;
        at = end + gap_at(window, end);
    }
    bool whole = (had & IRAQ_PLACE) && (had & IRAQ_KIND);
    if (!(had & IRAQ_NUMBER) || is_wordlike(window_at(window, end)) ||
        !(whole || (announced && had & (IRAQ_PLACE | IRAQ_KIND))))
        return false;
    *ret = (struct pattern){0, end, MENTION_PLATE, whole ? 0.9F : 0.8F};
    return true;
}

/* Latin letters and digits behind the word for a plate. */
static bool latin(struct window *window, struct pattern *ret)
{
    size_t runs = 0;
    size_t letters = 0;
    size_t digits = 0;
    size_t at = 0;
    size_t end = 0;

    while (runs < 4 && letters + digits <= 9) {
        uint32_t rune = window_at(window, at);
        bool letter = is_capital(rune);
        if (!letter && !is_digit(rune))
            break;
        while (letter ? is_capital(rune) : is_digit(rune)) {
            *(letter ? &letters : &digits) += 1;
            rune = window_at(window, ++at);
        }
        end = at;
        runs++;
        at += rune == ' ' || rune == '-';
    }
    if (runs < 2 || letters < 1 || letters > 4 || digits < 2 || digits > 7 ||
        is_wordlike(window_at(window, end)))
        return false;
    *ret = (struct pattern){0, end, MENTION_PLATE, 0.8F};
    return true;
}

bool pattern_plate(struct window *window, unsigned context, struct pattern *ret)
{
    bool announced = context & CONTEXT_PLATE;

    if (is_wordlike(window->before))
        return false;
    return iran(window, announced, ret) || iraq(window, announced, ret) ||
           (announced && latin(window, ret));
}
