/*
 * Phone numbers: E.164 with its country code, national shapes of the countries our readers write
 * about, and any other number behind the word for it.
 */
#include "names/pattern.h"

enum {
    DIGITS_MAX = 15, /* E.164 */
    GROUPS_MAX = 10,
    LOCAL_MIN = 6, /* digits of a number that only a word announces */
};

/* Country codes of E.164 (ITU-T E.164.D) and how many digits follow them. In order. */
static const struct country {
    uint16_t first, last;
    uint8_t min, max;
} countries[] = {
    {1, 1, 10, 10},    {7, 7, 10, 10},    {20, 20, 8, 10},   {27, 27, 9, 9},    {30, 30, 10, 10},
    {31, 31, 9, 9},    {32, 32, 8, 9},    {33, 33, 9, 9},    {34, 34, 9, 9},    {36, 36, 8, 9},
    {39, 39, 6, 11},   {40, 40, 9, 9},    {41, 41, 9, 9},    {43, 43, 7, 13},   {44, 44, 9, 10},
    {45, 45, 8, 8},    {46, 46, 7, 9},    {47, 47, 8, 8},    {48, 48, 9, 9},    {49, 49, 7, 12},
    {51, 58, 7, 11},   {60, 66, 7, 11},   {81, 82, 8, 11},   {84, 84, 8, 10},   {86, 86, 9, 11},
    {90, 90, 10, 10},  {91, 91, 10, 10},  {92, 92, 9, 10},   {93, 93, 9, 9},    {94, 94, 9, 9},
    {95, 95, 7, 10},   {98, 98, 10, 10},  {211, 213, 8, 9},  {216, 216, 8, 8},  {218, 218, 8, 9},
    {220, 269, 6, 10}, {290, 291, 4, 8},  {297, 299, 6, 7},  {350, 359, 6, 11}, {370, 389, 5, 12},
    {420, 421, 9, 9},  {423, 423, 7, 9},  {500, 509, 4, 10}, {590, 599, 6, 9},  {670, 670, 7, 8},
    {672, 692, 4, 10}, {800, 800, 8, 8},  {850, 856, 7, 11}, {870, 870, 9, 12}, {880, 880, 8, 10},
    {881, 883, 8, 12}, {886, 886, 8, 9},  {960, 960, 7, 7},  {961, 961, 7, 8},  {962, 962, 8, 9},
    {963, 963, 8, 9},  {964, 964, 8, 10}, {965, 965, 7, 8},  {966, 966, 8, 9},  {967, 967, 7, 9},
    {968, 968, 7, 8},  {970, 970, 8, 9},  {971, 971, 8, 9},  {972, 972, 8, 9},  {973, 973, 8, 8},
    {974, 974, 7, 8},  {975, 977, 7, 10}, {992, 996, 8, 9},  {998, 998, 9, 9},
};

/* Iran's area codes, behind the 0. */
static const uint8_t iran_areas[] = {11, 13, 17, 21, 23, 24, 25, 26, 28, 31, 34, 35, 38, 41, 44, 45,
                                     51, 54, 56, 58, 61, 66, 71, 74, 76, 77, 81, 83, 84, 86, 87};

/* National shapes. N a digit, X 1-9, Y 2-9, M 3-9, A an area of Iran, * up to four digits more, - a
 * separator, ~ perhaps one; others stand for themselves. */
static const struct shape {
    const char *form;
    float score;
} shapes[] = {
    /* Iran: mobiles, areas; written from the right, the area comes last */
    {"09NN~NNN~NNNN", 0.9F},
    {"09NN~NNN~NN~NN", 0.9F},
    {"0A-NNNN~NNNN", 0.85F},
    {"0A-NN~NN~NN~NN", 0.85F},
    {"(0A)~NNNN~NNNN", 0.9F},
    {"0ANNNNNNNN", 0.6F},
    {"YNNNNNNN-0A", 0.8F},
    {"YNNNNNNN(0A)", 0.8F},
    /* Iraq */
    {"07MN~NNN~NNNN", 0.9F},
    {"07MN~NNNN~NNN", 0.9F},
    {"01-NNN~NNNN", 0.75F},
    /* Syria, Lebanon, Jordan, the Gulf */
    {"09NN-NNN~NNN", 0.85F},
    {"09NN-NN~NN~NN", 0.85F},
    {"0XN-NNN~NNNN", 0.75F},
    {"0X-NNN~NNNN", 0.7F},
    {"0X-NNN~NNN", 0.7F},
    {"07N-NNN~NNNN", 0.8F},
    {"05N-NNN~NNNN", 0.85F},
    /* Europe */
    {"0X-NN-NN-NN-NN", 0.85F},
    {"0XN-NNNN-NNNN", 0.85F},
    {"0XNN-NNN-NNNN", 0.85F},
    {"07NNN~NNNNNN", 0.8F},
    {"0XNN-NNN-NN-NN", 0.85F},
    {"0XNNN-NNN-NNN", 0.8F},
    {"0XNNN-NNNNNN", 0.75F},
    {"0XNN-NNNNN*", 0.65F},
    {"0XN-NNNNNN*", 0.65F},
    {"0X-NNNNNNN*", 0.65F},
    {"(0XN)~NNNN~NNNN", 0.9F},
    {"(0XN)~NNN~NNN*", 0.85F},
    {"(0XNN)~NNN~NNN*", 0.85F},
    {"(0XNNN)~NNN~NNN", 0.85F},
    {"0(NNN)~NNN~NN~NN", 0.9F},
    {"(0X)~NNN~NNN*", 0.8F},
    /* North America */
    {"(YNN)~YNN-NNNN", 0.9F},
    {"1-YNN-YNN-NNNN", 0.9F},
    {"1~(YNN)~YNN-NNNN", 0.9F},
    {"YNN-YNN-NNNN", 0.75F},
};

/* Characters of a separator at i: one of - . / with a space or two about it, or a space. */
static size_t separator(struct window *window, size_t i)
{
    size_t at = i + window_spaces(window, i, 1);
    uint32_t rune = window_at(window, at);

    if (rune == '-' || rune == '.' || rune == '/') {
        at++;
        at += window_spaces(window, at, 1);
    }
    return at - i;
}

static bool in_iran(int area)
{
    for (size_t i = 0; i < sizeof(iran_areas); i++)
        if (iran_areas[i] == area)
            return true;
    return false;
}

/* The place behind one sign of a shape; 0 if it does not fit. */
static size_t shape_step(struct window *window, size_t at, char sign)
{
    uint32_t rune = window_at(window, at);
    size_t gap;

    switch (sign) {
    case 'N':
        return is_digit(rune) ? at + 1 : 0;
    case 'X':
        return rune >= '1' && rune <= '9' ? at + 1 : 0;
    case 'Y':
        return rune >= '2' && rune <= '9' ? at + 1 : 0;
    case 'M':
        return rune >= '3' && rune <= '9' ? at + 1 : 0;
    case 'A':
        return is_digit(rune) && is_digit(window_at(window, at + 1)) &&
                       in_iran(window_number(window, at, 2))
                   ? at + 2
                   : 0;
    case '*':
        gap = window_digits(window, at);
        return at + (gap < 4 ? gap : 4);
    case '~':
        return at + separator(window, at);
    case '-':
        gap = separator(window, at);
        return gap ? at + gap : 0;
    default:
        return rune == (uint32_t)sign ? at + 1 : 0;
    }
}

/* The end of a shape at the window's start, or 0. */
static size_t shape_end(struct window *window, const char *form)
{
    size_t at = 0;

    for (; *form; form++)
        if (!(at = shape_step(window, at, *form)))
            return 0;
    return at;
}

/* Whether the number ends here: nothing is written on to it. */
static bool ends(struct window *window, size_t at)
{
    uint32_t rune = window_at(window, at);

    if (is_wordlike(rune) || rune == '@' || rune == '%')
        return false;
    return !((rune == '-' || rune == '.' || rune == '/' || rune == ',') &&
             is_digit(window_at(window, at + 1)));
}

/* Digits of a number in their groups. */
struct groups {
    size_t count, digits;
    size_t ends[GROUPS_MAX];  /* characters */
    size_t sizes[GROUPS_MAX]; /* digits up to there */
    char text[DIGITS_MAX];
};

static bool group_read(struct window *window, size_t *at, struct groups *groups)
{
    size_t count = window_digits(window, *at);

    if (!count || groups->count == GROUPS_MAX || groups->digits + count > DIGITS_MAX)
        return false;
    for (size_t k = 0; k < count; k++)
        groups->text[groups->digits + k] = (char)window_at(window, *at + k);
    groups->digits += count;
    *at += count;
    groups->ends[groups->count] = *at;
    groups->sizes[groups->count++] = groups->digits;
    return true;
}

/* Reads groups from `at`, with brackets about one of them: "+44 (0)20", "(21) 8899". */
static void groups_read(struct window *window, size_t at, struct groups *groups)
{
    *groups = (struct groups){0};
    for (;;) {
        size_t next = at + (groups->count ? separator(window, at) : 0);
        bool open = window_at(window, next) == '(';
        if (open && window_at(window, next + 1) == '0' && window_at(window, next + 2) == ')') {
            next += 3; /* what is dialled at home only */
            next += window_spaces(window, next, 1);
            open = false;
        }
        next += open;
        if (!group_read(window, &next, groups))
            return;
        at = next;
        if (open && window_at(window, at) == ')')
            groups->ends[groups->count - 1] = ++at;
    }
}

static const struct country *country_of(const struct groups *groups, size_t *ret_len)
{
    unsigned code = 0;

    for (size_t len = 1; len <= 3 && len <= groups->digits; len++) {
        code = code * 10 + (unsigned)(groups->text[len - 1] - '0');
        for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++) {
            if (code < countries[i].first || code > countries[i].last)
                continue;
            *ret_len = len;
            return &countries[i];
        }
    }
    return NULL;
}

/* "(+98 21) 8899 0011": the bracket closes in the midst. */
static void groups_behind_bracket(struct window *window, struct groups *groups)
{
    size_t at = groups->count ? groups->ends[groups->count - 1] : 0;
    struct groups rest;

    if (!at || window_at(window, at) != ')')
        return;
    at++;
    groups_read(window, at + separator(window, at), &rest);
    for (size_t k = 0; k < rest.count && groups->count < GROUPS_MAX; k++) {
        groups->ends[groups->count] = rest.ends[k];
        groups->sizes[groups->count++] = groups->digits + rest.sizes[k];
    }
}

/* +98 21 8899 0011, 0098 ...: as many groups as the country's numbers have digits. */
static bool international(struct window *window, struct pattern *ret)
{
    bool bracket = window_at(window, 0) == '(';
    bool plus = window_at(window, bracket) == '+';
    struct groups groups;
    size_t code;

    if (!plus && (bracket || window_at(window, 0) != '0' || window_at(window, 1) != '0'))
        return false;
    size_t at = plus ? 1 + (size_t)bracket : 2;
    at += window_spaces(window, at, 1);
    if (window_at(window, at) == '0')
        return false;
    groups_read(window, at, &groups);
    if (bracket)
        groups_behind_bracket(window, &groups);
    const struct country *country = country_of(&groups, &code);
    for (size_t k = country ? groups.count : 0; k-- > 0;) {
        size_t national = groups.sizes[k] - code;
        if (groups.sizes[k] <= code || national > country->max)
            continue;
        if (national < country->min || groups.sizes[k] > DIGITS_MAX)
            return false;
        if (k + 1 == groups.count && !ends(window, groups.ends[k]))
            continue;
        *ret = (struct pattern){0, groups.ends[k], MENTION_PHONE, plus ? 0.95F : 0.85F};
        return true;
    }
    return false;
}

static bool year_like(struct window *window, size_t end)
{
    int year = window_number(window, end - 4, 4);

    return (year >= 1250 && year <= 1460) || (year >= 1700 && year <= 2100);
}

/* 03-11-2014, 1393/08/12, 2013-2014. */
static bool date_like(struct window *window, const struct groups *groups)
{
    size_t years = 0;
    size_t shorts = 0;

    for (size_t k = 0; k < groups->count; k++) {
        size_t size = groups->sizes[k] - (k ? groups->sizes[k - 1] : 0);
        years += size == 4 && year_like(window, groups->ends[k]);
        shorts += size <= 2;
    }
    return years > 0 && years + shorts == groups->count;
}

/* Decimals and numbers of files (611.84/1-1562): a dot that is no group's usual separator. */
static bool decimal_like(struct window *window, const struct groups *groups)
{
    size_t dots = 0;
    size_t others = 0;

    for (size_t i = 0; i < groups->ends[groups->count - 1]; i++) {
        uint32_t rune = window_at(window, i);
        dots += rune == '.';
        others += rune == '/' || rune == '-' || rune == ' ';
    }
    return dots == 1 || (dots > 0 && others > 0);
}

static bool all_zero(const struct groups *groups)
{
    for (size_t k = 0; k < groups->digits; k++)
        if (groups->text[k] != '0')
            return false;
    return true;
}

/* Any number behind a word for phones. */
static bool announced(struct window *window, struct pattern *ret)
{
    struct groups groups;

    groups_read(window, 0, &groups);
    if (!groups.count || groups.digits < LOCAL_MIN || date_like(window, &groups) ||
        decimal_like(window, &groups) || all_zero(&groups))
        return false;
    size_t end = groups.ends[groups.count - 1];
    if (is_wordlike(window_at(window, end)))
        return false;
    *ret = (struct pattern){0, end, MENTION_PHONE, 0.8F};
    return true;
}

static bool begins(uint32_t before, unsigned context)
{
    static const char wrong[] = ".-/_=@$#+%\\*";

    if (is_wordlike(before))
        return false;
    for (const char *c = wrong; !context && *c; c++)
        if (before == (uint32_t)*c)
            return false;
    return before != 0x20AC && before != 0xA3;
}

bool pattern_phone(struct window *window, unsigned context, struct pattern *ret)
{
    if (!begins(window->before, context & CONTEXT_PHONE))
        return false;
    if (international(window, ret))
        return true;
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        size_t end = shape_end(window, shapes[i].form);
        if (!end || !ends(window, end))
            continue;
        *ret = (struct pattern){0, end, MENTION_PHONE,
                                context & CONTEXT_PHONE ? 0.95F : shapes[i].score};
        return true;
    }
    return context & CONTEXT_PHONE && announced(window, ret);
}
