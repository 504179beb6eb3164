/*
 * Coordinates: pairs of latitude and longitude in decimals, in degrees, minutes and seconds with
 * their signs or words, without signs before a hemisphere ("331855N 0442158E"), and MGRS
 * (NGA.STND.0037).
 */
#include <string.h>

#include "names/pattern.h"

enum {
    LATITUDE_MAX = 90,
    LONGITUDE_MAX = 180,
    DECIMALS_MIN = 4, /* of a pair that nothing else marks: fewer are prices and ratios */
    ZONE_MAX = 60,
    GRID_DIGITS_MIN = 4,
    GRID_DIGITS_MAX = 10,
};

/* One angle as written. */
struct angle {
    int degrees;
    size_t decimals;
    bool marked; /* with the sign or word for degrees */
    bool fine;   /* not degrees alone */
    char side;   /* N, S, E, W, or 0 */
};

static const struct side_word {
    const char *word; /* folded */
    char side;
} side_words[] = {
    {"n", 'N'},     {"s", 'S'},    {"e", 'E'},     {"w", 'W'},     {"north", 'N'},
    {"south", 'S'}, {"east", 'E'}, {"west", 'W'},  {"شمالی", 'N'}, {"جنوبی", 'S'},
    {"شرقی", 'E'},  {"غربی", 'W'}, {"شمالا", 'N'}, {"جنوبا", 'S'}, {"شرقا", 'E'},
    {"غربا", 'W'},  {"شمال", 'N'}, {"جنوب", 'S'},  {"شرق", 'E'},   {"غرب", 'W'},
};

enum unit { UNIT_DEGREE, UNIT_MINUTE, UNIT_SECOND };

static const struct unit_word {
    const char *word;
    enum unit unit;
} unit_words[] = {
    {"درجه", UNIT_DEGREE},  {"deg", UNIT_DEGREE}, {"degrees", UNIT_DEGREE},
    {"دقیقه", UNIT_MINUTE}, {"min", UNIT_MINUTE}, {"minutes", UNIT_MINUTE},
    {"ثانیه", UNIT_SECOND}, {"sec", UNIT_SECOND}, {"seconds", UNIT_SECOND},
};

static size_t side_read(struct window *window, size_t i, char *ret_side)
{
    for (size_t k = 0; k < sizeof(side_words) / sizeof(side_words[0]); k++) {
        size_t len = window_word(window, i, side_words[k].word);
        bool small = len == 1 && window_at(window, i) >= 'a' && window_at(window, i) <= 'z';
        if (len && !small) {
            *ret_side = side_words[k].side;
            return i + len;
        }
    }
    return i;
}

/* The place behind the sign or word of a unit; i itself if it is not there. */
static size_t unit_read(struct window *window, size_t i, enum unit unit)
{
    static const uint32_t signs[] = {0xB0, '\'', '"'};
    size_t at = i + window_spaces(window, i, 1);

    if (window_at(window, at) == signs[unit])
        return at + 1;
    if (unit == UNIT_SECOND && window_at(window, at) == '\'' && window_at(window, at + 1) == '\'')
        return at + 2;
    for (size_t k = 0; k < sizeof(unit_words) / sizeof(unit_words[0]); k++) {
        size_t len = unit_words[k].unit == unit ? window_word(window, at, unit_words[k].word) : 0;
        if (len)
            return at + len;
    }
    return i;
}

/* Digits with decimals; the place behind, or i. */
static size_t decimal_read(struct window *window, size_t i, size_t max, int *ret_whole,
                           size_t *ret_decimals)
{
    size_t whole = window_digits(window, i);

    *ret_decimals = 0;
    if (!whole || whole > max)
        return i;
    *ret_whole = window_number(window, i, whole);
    if (window_at(window, i + whole) != '.')
        return i + whole;
    *ret_decimals = window_digits(window, i + whole + 1);
    return i + whole + (*ret_decimals ? *ret_decimals + 1 : 0);
}

/* Minutes or seconds with their sign, perhaps after "and"; the place behind, or i. */
static size_t sixtieth_read(struct window *window, size_t i, enum unit unit)
{
    size_t at = i + window_spaces(window, i, 1);
    int number;
    size_t decimals;

    if (window_at(window, at) == 0x648) /* و */
        at += 1 + window_spaces(window, at + 1, 1);
    size_t behind = decimal_read(window, at, 2, &number, &decimals);
    if (behind == at || number >= 60)
        return i;
    size_t end = unit_read(window, behind, unit);
    return end == behind ? i : end;
}

/* "33 18 55", "33-18-55" behind degrees without a sign: only a hemisphere makes it an angle. */
static size_t plain_sixtieths(struct window *window, size_t i)
{
    for (int k = 0; k < 2; k++) {
        uint32_t gap = window_at(window, i);
        int number;
        size_t decimals;
        if (gap != ' ' && gap != '-' && gap != ':')
            return i;
        size_t behind = decimal_read(window, i + 1, 2, &number, &decimals);
        if (behind == i + 1 || number >= 60)
            return i;
        i = behind;
    }
    return i;
}

/* 331855N, 0442158E: degrees, minutes and perhaps seconds in one. */
static size_t packed_read(struct window *window, size_t i, struct angle *angle)
{
    size_t digits = window_digits(window, i);
    size_t wide = digits % 2; /* a longitude's degrees have three digits */

    if (digits < 4 || digits > 7)
        return i;
    size_t end = side_read(window, i + digits, &angle->side);
    if (end != i + digits + 1 || wide != (angle->side == 'E' || angle->side == 'W'))
        return i;
    angle->degrees = window_number(window, i, 2 + wide);
    for (size_t at = i + 2 + wide; at < i + digits; at += 2)
        if (window_number(window, at, 2) >= 60)
            return i;
    angle->fine = true;
    return end;
}

/* The place behind an angle at i, or i. */
static size_t angle_read(struct window *window, size_t i, struct angle *angle)
{
    size_t at = i;

    *angle = (struct angle){0};
    size_t packed = packed_read(window, i, angle);
    if (packed != i)
        return packed;
    angle->side = 0;
    if (is_latin(window_at(window, at)) && window_at(window, at) < 'a') {
        if (side_read(window, at, &angle->side) != at + 1)
            return i;
        at += 1 + window_spaces(window, at + 1, 1);
    }
    if (window_at(window, at) == '-' || window_at(window, at) == '+')
        at++;
    size_t behind = decimal_read(window, at, 3, &angle->degrees, &angle->decimals);
    if (behind == at)
        return i;
    at = unit_read(window, behind, UNIT_DEGREE);
    angle->marked = at != behind;
    if (angle->marked) {
        behind = sixtieth_read(window, at, UNIT_MINUTE);
        at = behind == at ? at : sixtieth_read(window, behind, UNIT_SECOND);
        behind = at;
    } else if (!angle->decimals) {
        behind = plain_sixtieths(window, at);
        angle->fine = behind != at;
        if (angle->side)
            at = behind;
    } else {
        behind = at;
    }
    angle->fine |= angle->marked || angle->decimals;
    if (angle->side)
        return at;
    size_t end = side_read(window, behind + window_spaces(window, behind, 1), &angle->side);
    return angle->side ? end : at;
}

/* Between the two: a comma, semicolon, slash, "and", spaces. */
static size_t pair_gap(struct window *window, size_t i, bool *ret_listed)
{
    size_t at = i + window_spaces(window, i, 2);
    uint32_t rune = window_at(window, at);

    *ret_listed = rune == ',' || rune == ';' || rune == '/';
    if (*ret_listed || rune == 0x648)
        at++;
    return at + window_spaces(window, at, 2);
}

static bool lies_north_south(const struct angle *angle)
{
    return angle->side == 'N' || angle->side == 'S';
}

static bool on_earth(const struct angle *angle, int max)
{
    return angle->degrees < max || (angle->degrees == max && !angle->decimals);
}

/* Whether two angles are a place, and how surely. */
static float pair_score(const struct angle *a, const struct angle *b, bool listed)
{
    const struct angle *latitude = a->side && !lies_north_south(a) ? b : a;
    const struct angle *longitude = latitude == a ? b : a;

    if (!on_earth(latitude, LATITUDE_MAX) || !on_earth(longitude, LONGITUDE_MAX))
        return 0;
    if (a->side && b->side && (a->fine || b->fine))
        return lies_north_south(a) != lies_north_south(b) ? 0.97F : 0;
    if (a->side || b->side)
        return 0;
    if (a->marked && b->marked)
        return 0.85F;
    if (a->marked || b->marked || a->decimals < DECIMALS_MIN || b->decimals < DECIMALS_MIN)
        return 0;
    if (!listed)
        return a->decimals > DECIMALS_MIN && b->decimals > DECIMALS_MIN ? 0.7F : 0;
    return 0.85F;
}

bool pattern_coordinates(struct window *window, unsigned context, struct pattern *ret)
{
    struct angle a, b;
    bool listed;

    (void)context;
    if (is_wordlike(window->before) || window->before == '.')
        return false;
    size_t first = angle_read(window, 0, &a);
    if (!first || (!a.marked && !a.side && a.decimals < DECIMALS_MIN))
        return false;
    size_t second = pair_gap(window, first, &listed);
    size_t end = angle_read(window, second, &b);
    float score = end == second ? 0 : pair_score(&a, &b, listed);
    if (score <= 0 || is_wordlike(window_at(window, end)) ||
        (second == first && !(a.side && b.side)))
        return false;
    *ret = (struct pattern){0, end, MENTION_COORDINATES, score};
    return true;
}

/* The two letters of a square of 100 km: the columns of a zone, rows A to V, without I and O. */
static bool square_sound(int zone, uint32_t column, uint32_t row)
{
    static const char *const columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};

    return column < 0x80 && row < 0x80 && strchr(columns[zone % 3], (int)column) && row >= 'A' &&
           row <= 'V' && row != 'I' && row != 'O';
}

static bool hexadecimal(uint32_t rune)
{
    return rune <= 'F';
}

bool pattern_mgrs(struct window *window, unsigned context, struct pattern *ret)
{
    size_t at = window_digits(window, 0);

    (void)context;
    if (is_wordlike(window->before) || at < 1 || at > 2)
        return false;
    int zone = window_number(window, 0, at);
    uint32_t band = window_at(window, at++);
    if (zone < 1 || zone > ZONE_MAX || band < 'C' || band > 'X' || band == 'I' || band == 'O')
        return false;
    at += window_spaces(window, at, 1);
    uint32_t column = window_at(window, at);
    uint32_t row = column ? window_at(window, at + 1) : 0;
    if (!row || !square_sound(zone, column, row))
        return false;
    at += 2;
    at += window_spaces(window, at, 1);
    size_t east = window_digits(window, at);
    at += east;
    size_t gap = window_spaces(window, at, 1);
    size_t north = gap ? window_digits(window, at + gap) : 0;
    bool spaced = north && north == east;
    if (spaced)
        at += gap + north;
    size_t digits = spaced ? east + north : east;
    if (digits % 2 || digits < GRID_DIGITS_MIN || digits > GRID_DIGITS_MAX ||
        is_wordlike(window_at(window, at)))
        return false;
    /* Written in one, letters up to F are rather a number in hexadecimal. */
    if (!spaced && hexadecimal(band) && hexadecimal(column) && hexadecimal(row))
        return false;
    *ret = (struct pattern){0, at, MENTION_COORDINATES, 0.95F};
    return true;
}
