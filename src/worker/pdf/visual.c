#include "worker/pdf/visual.h"

static bool is_mark(uint32_t r)
{
    return (r >= 0x0300 && r <= 0x036F) || (r >= 0x0591 && r <= 0x05BD) || r == 0x05BF ||
           (r >= 0x05C1 && r <= 0x05C7 && r != 0x05C3 && r != 0x05C6) ||
           (r >= 0x0610 && r <= 0x061A) || (r >= 0x064B && r <= 0x065F) || r == 0x0670 ||
           (r >= 0x06D6 && r <= 0x06DC) ||
           (r >= 0x06DF && r <= 0x06E8 && r != 0x06E5 && r != 0x06E6) ||
           (r >= 0x06EA && r <= 0x06ED) || (r >= 0x08D3 && r <= 0x08FF) ||
           (r >= 0xFE20 && r <= 0xFE2F);
}

static bool is_rtl(uint32_t r)
{
    return (r >= 0x0590 && r <= 0x08FF) || (r >= 0xFB1D && r <= 0xFDFF) ||
           (r >= 0xFE70 && r <= 0xFEFC) || (r >= 0x10800 && r <= 0x10FFF) ||
           (r >= 0x1E800 && r <= 0x1EFFF) || r == 0x200F;
}

enum direction rune_direction(uint32_t r)
{
    if ((r >= '0' && r <= '9') || (r >= 0x0660 && r <= 0x0669) || (r >= 0x06F0 && r <= 0x06F9) ||
        r == 0x066B || r == 0x066C)
        return DIRECTION_NUMBER;
    if (r == '.' || r == ',' || r == ':' || r == '/' || r == 0x060C)
        return DIRECTION_NUMBER_SEPARATOR;
    if (r < 0x0300)
        return ((r | 0x20) >= 'a' && (r | 0x20) <= 'z') || (r >= 0xC0 && r != 0xD7 && r != 0xF7)
                   ? DIRECTION_LTR
                   : DIRECTION_NEUTRAL;
    if (is_mark(r))
        return DIRECTION_MARK;
    if (r == 0x061B || r == 0x061F || r == 0x066A || r == 0x06D4 || r == 0xFD3E || r == 0xFD3F)
        return DIRECTION_NEUTRAL;
    if (is_rtl(r))
        return DIRECTION_RTL;
    if ((r >= 0x2000 && r <= 0x2BFF) || (r >= 0x3000 && r <= 0x3004) || r == 0xFFFD ||
        (r >= 0x3008 && r <= 0x3020) || (r >= 0xE000 && r <= 0xF8FF))
        return DIRECTION_NEUTRAL;
    return DIRECTION_LTR;
}

static const uint32_t mirrored[][2] = {
    {'(', ')'},       {'[', ']'},       {'{', '}'},       {'<', '>'},
    {0x00AB, 0x00BB}, {0x2039, 0x203A}, {0x2264, 0x2265}, {0x2045, 0x2046},
    {0x2208, 0x220B}, {0x27E8, 0x27E9}, {0x3008, 0x3009}, {0x300A, 0x300B},
};

/* The character that looks like `rune` when it reads leftwards: "(" for ")" (Bidi_Mirrored of the
 * Unicode Character Database, the common pairs of it); else the same. */
static uint32_t mirror(uint32_t rune)
{
    for (size_t i = 0; i < sizeof(mirrored) / sizeof(mirrored[0]); i++) {
        if (mirrored[i][0] == rune)
            return mirrored[i][1];
        if (mirrored[i][1] == rune)
            return mirrored[i][0];
    }
    return rune;
}

/* Separators between digits join the number; all others become neutral. */
static void resolve_separators(enum direction *d, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (d[i] == DIRECTION_MARK)
            d[i] = i > 0 ? d[i - 1] : DIRECTION_NEUTRAL;
        if (d[i] != DIRECTION_NUMBER_SEPARATOR)
            continue;
        bool inside =
            i > 0 && i + 1 < count && d[i - 1] == DIRECTION_NUMBER && d[i + 1] == DIRECTION_NUMBER;
        d[i] = inside ? DIRECTION_NUMBER : DIRECTION_NEUTRAL;
    }
}

/* For every glyph, the direction of the next letter to its right. */
static void find_letters_right(const enum direction *d, size_t count, enum direction paragraph,
                               uint32_t *right)
{
    enum direction letter = paragraph;

    for (size_t i = count; i > 0; i--) {
        right[i - 1] = letter;
        if (d[i - 1] == DIRECTION_LTR || d[i - 1] == DIRECTION_RTL)
            letter = d[i - 1];
    }
}

/* A bracket whose other half is looked for, and what was seen until then. */
struct bracket {
    size_t at;
    enum direction left; /* of the last letter before it */
    size_t rtl, others;  /* letters that read leftwards; other letters and digits */
};

/* Whether the bracket opens when it is read rightwards. */
static bool opens(uint32_t rune)
{
    for (size_t i = 0; i < sizeof(mirrored) / sizeof(mirrored[0]); i++)
        if (mirrored[i][0] == rune)
            return true;
    return false;
}

/* The two brackets of a pair read the same way: as the paragraph if a letter between them does,
 * else as the words they follow (UAX #9, N0). */
static enum direction pair_direction(const struct bracket *open, const struct bracket *close,
                                     enum direction paragraph, enum direction right)
{
    bool rtl = close->rtl > open->rtl, others = close->others > open->others;

    if (!rtl && !others)
        return DIRECTION_NEUTRAL;
    if (paragraph == DIRECTION_RTL)
        return !rtl && open->left == DIRECTION_LTR ? DIRECTION_LTR : DIRECTION_RTL;
    return !others && right == DIRECTION_RTL ? DIRECTION_RTL : DIRECTION_LTR;
}

/* A pair seen as ")...(" is named by its meaning and can only read leftwards: it is turned to its
 * looks, as all others are. */
static void resolve_pair(struct visual_line *line, struct bracket_habit *habit,
                         const struct bracket *left, const struct bracket *now,
                         enum direction right)
{
    enum direction found;

    if (opens(line->runes[left->at])) {
        found = pair_direction(left, now, line->rtl ? DIRECTION_RTL : DIRECTION_LTR, right);
        habit->by_looks += found == DIRECTION_RTL;
    } else {
        found = DIRECTION_RTL;
        habit->by_meaning++;
        line->runes[left->at] = mirror(line->runes[left->at]);
        line->runes[now->at] = mirror(line->runes[now->at]);
    }
    line->directions[left->at] = line->directions[now->at] = found;
}

/* Brackets without another half in the line are named as most others of the page. */
static void resolve_single(struct visual_line *line, const struct bracket_habit *habit, size_t at)
{
    if (habit->by_meaning > habit->by_looks && line->rtl)
        line->runes[at] = mirror(line->runes[at]);
}

static void resolve_brackets(struct visual_line *line, struct bracket_habit *habit, uint32_t *right)
{
    enum { DEPTH_MAX = 63 };
    enum direction *d = line->directions;
    struct bracket stack[DEPTH_MAX], now = {.left = line->rtl ? DIRECTION_RTL : DIRECTION_LTR};
    size_t depth = 0;

    find_letters_right(d, line->count, now.left, right);
    for (size_t i = 0; i < line->count; i++) {
        now.at = i;
        if (d[i] == DIRECTION_LTR || d[i] == DIRECTION_RTL)
            now.left = d[i];
        now.rtl += d[i] == DIRECTION_RTL;
        now.others += d[i] == DIRECTION_LTR || d[i] == DIRECTION_NUMBER;
        uint32_t other = mirror(line->runes[i]);
        if (other == line->runes[i])
            continue;
        if (depth > 0 && line->runes[stack[depth - 1].at] == other)
            resolve_pair(line, habit, &stack[--depth], &now, (enum direction)right[i]);
        else if (depth < DEPTH_MAX)
            stack[depth++] = now;
    }
    while (depth > 0)
        resolve_single(line, habit, stack[--depth].at);
}

/* A run of neutrals reads with the letters on its two sides if they agree, else with the
 * paragraph. Between a left-to-right word and a number ("Section 5") it belongs to both. */
static void resolve_neutrals(enum direction *d, size_t count, enum direction paragraph,
                             uint32_t *right)
{
    enum direction left = paragraph;

    find_letters_right(d, count, paragraph, right);
    for (size_t i = 0; i < count;) {
        if (d[i] != DIRECTION_NEUTRAL) {
            if (d[i] != DIRECTION_NUMBER)
                left = d[i];
            i++;
            continue;
        }
        size_t end = i;
        while (end < count && d[end] == DIRECTION_NEUTRAL)
            end++;
        enum direction before = i > 0 ? d[i - 1] : paragraph;
        enum direction after = end < count ? d[end] : paragraph;
        enum direction found = left == (enum direction)right[end - 1] ? left : paragraph;
        if ((before == DIRECTION_LTR && after == DIRECTION_NUMBER) ||
            (before == DIRECTION_NUMBER && after == DIRECTION_LTR))
            found = DIRECTION_LTR;
        while (i < end)
            d[i++] = found;
    }
}

/* Whether glyphs of this direction run from left to right. */
static bool runs_right(enum direction d)
{
    return d != DIRECTION_RTL;
}

/* Writes the glyphs [from, end), all left-to-right or all right-to-left. */
static size_t put_run(const enum direction *d, size_t from, size_t end, uint32_t *order, size_t at)
{
    if (runs_right(d[from])) {
        for (size_t i = from; i < end; i++)
            order[at++] = (uint32_t)i;
    } else {
        for (size_t i = end; i > from; i--)
            order[at++] = (uint32_t)(i - 1);
    }
    return at;
}

/* In a left-to-right paragraph, a number between two right-to-left runs is part of them. */
static size_t rtl_span_end(const enum direction *d, size_t from, size_t count)
{
    size_t end = from;

    for (size_t i = from; i < count && d[i] != DIRECTION_LTR; i++)
        if (d[i] == DIRECTION_RTL)
            end = i + 1;
    return end;
}

static size_t put_rightwards(const enum direction *d, size_t from, size_t end, uint32_t *order,
                             size_t at)
{
    while (end > from) {
        size_t start = end - 1;
        while (start > from && runs_right(d[start - 1]) == runs_right(d[end - 1]))
            start--;
        at = put_run(d, start, end, order, at);
        end = start;
    }
    return at;
}

static void put_ordered(const struct visual_line *line, uint32_t *order)
{
    const enum direction *d = line->directions;
    size_t at = 0;

    if (line->rtl) {
        put_rightwards(d, 0, line->count, order, 0);
        return;
    }
    for (size_t i = 0; i < line->count;) {
        if (d[i] != DIRECTION_RTL) {
            order[at++] = (uint32_t)i++;
            continue;
        }
        size_t end = rtl_span_end(d, i, line->count);
        at = put_rightwards(d, i, end, order, at);
        i = end;
    }
}

void visual_to_logical(struct visual_line *line, struct bracket_habit *habit, uint32_t *order)
{
    resolve_separators(line->directions, line->count);
    resolve_brackets(line, habit, order);
    resolve_neutrals(line->directions, line->count, line->rtl ? DIRECTION_RTL : DIRECTION_LTR,
                     order);
    for (size_t i = 0; i < line->count; i++)
        if (line->directions[i] == DIRECTION_RTL)
            line->runes[i] = mirror(line->runes[i]);
    put_ordered(line, order);
}
