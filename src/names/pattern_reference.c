/*
 * References of letters and files behind the word for them: «شماره: ۱۲۳/۴/۵۶۷»,
 * "Ref: MOI/4/1123-B", «العدد / س ل / ١٢٣».
 */
#include "names/pattern.h"

enum {
    REFERENCE_MAX = 48, /* characters */
    CHUNK_LETTERS_MAX = 12,
    DIGITS_MIN = 3, /* of a reference without letters */
};

struct reference {
    size_t end;
    size_t chunks, digits, letters;
    size_t years, shorts; /* chunks of a year's and of a day's form */
};

static bool joins(uint32_t rune)
{
    return rune == '/' || rune == '-' || rune == '.' || rune == '_' || rune == '\\';
}

/* Letters and digits up to a separator; false if there is none or it is a whole word. */
static bool chunk_read(struct window *window, size_t *at, struct reference *reference)
{
    size_t letters = 0;
    size_t digits = 0;
    size_t start = *at;

    for (;; (*at)++) {
        uint32_t rune = window_at(window, *at);
        if (is_digit(rune))
            digits++;
        else if (is_letter(rune))
            letters++;
        else
            break;
    }
    if ((!letters && !digits) || letters > CHUNK_LETTERS_MAX)
        return false;
    if (!letters && digits == 4) {
        int year = window_number(window, start, 4);
        reference->years += (year > 1250 && year < 1460) || (year > 1700 && year < 2100);
    }
    reference->shorts += !letters && digits <= 2;
    reference->letters += letters;
    reference->digits += digits;
    reference->chunks++;
    return true;
}

/* The separator behind i with spaces about it (none about a dot); its length, or 0. */
static size_t joint(struct window *window, size_t i)
{
    size_t gap = window_spaces(window, i, 1);
    uint32_t rune = window_at(window, i + gap);

    if (!joins(rune) || (rune == '.' && gap))
        return 0;
    size_t behind = i + gap + 1;
    return rune == '.' ? behind - i : behind + window_spaces(window, behind, 1) - i;
}

static void reference_read(struct window *window, size_t at, struct reference *reference)
{
    size_t start = at;

    *reference = (struct reference){.end = at};
    while (at - start < REFERENCE_MAX) {
        struct reference before = *reference;
        if (!chunk_read(window, &at, reference)) {
            *reference = before;
            return;
        }
        reference->end = at;
        size_t gap = joint(window, at);
        if (!gap)
            return;
        at += gap;
    }
}

bool pattern_reference(struct window *window, size_t i, bool plain, struct pattern *ret)
{
    struct reference reference;
    bool colon = false;
    size_t at = i;

    for (size_t k = 0; k < 4; k++, at++) {
        uint32_t rune = window_at(window, at);
        colon |= rune == ':';
        if (rune != ' ' && rune != ':' && rune != '.' && rune != '/' && rune != '#' && rune != '-')
            break;
    }
    reference_read(window, at, &reference);
    bool dated = !reference.letters && reference.chunks == 3 && reference.years == 1 &&
                 reference.shorts == 2;
    bool built = reference.chunks > 1 || (reference.letters && reference.digits > 1);
    if (!reference.digits || dated || (!reference.letters && reference.digits < DIGITS_MIN))
        return false;
    if (!built && !(plain && colon))
        return false;
    *ret = (struct pattern){at, reference.end, MENTION_REFERENCE, built ? 0.9F : 0.75F};
    return true;
}
