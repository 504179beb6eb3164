#include "base/utf8.h"
#include "names/pattern.h"

struct fold_row {
    uint32_t from, to; /* characters */
    uint32_t first;    /* what `from` becomes; the others follow it if `each` */
    bool each;
};

/* In the order of `from`. */
static const struct fold_row folds[] = {
    {0x00A0, 0x00A0, ' ', false},    {0x00AD, 0x00AD, 0, false},
    {0x00B4, 0x00B4, '\'', false},   {0x00BA, 0x00BA, 0x00B0, false},
    {0x02BA, 0x02BA, '"', false},    {0x02B9, 0x02B9, '\'', false},
    {0x02BC, 0x02BC, '\'', false},   {0x02DA, 0x02DA, 0x00B0, false},
    {0x060C, 0x060C, ',', false},    {0x061C, 0x061C, 0, false},
    {0x0622, 0x0623, 0x0627, false}, {0x0625, 0x0625, 0x0627, false},
    {0x0629, 0x0629, 0x0647, false}, {0x0640, 0x0640, 0, false},
    {0x0643, 0x0643, 0x06A9, false}, {0x0649, 0x064A, 0x06CC, false},
    {0x064B, 0x0652, 0, false},      {0x0660, 0x0669, '0', true},
    {0x066B, 0x066B, '.', false},    {0x066C, 0x066C, ',', false},
    {0x0671, 0x0671, 0x0627, false}, {0x06F0, 0x06F9, '0', true},
    {0x2000, 0x200A, ' ', false},    {0x200B, 0x200F, 0, false},
    {0x2010, 0x2015, '-', false},    {0x2018, 0x201B, '\'', false},
    {0x201C, 0x201F, '"', false},    {0x2028, 0x2029, '\n', false},
    {0x202A, 0x202E, 0, false},      {0x202F, 0x202F, ' ', false},
    {0x2032, 0x2032, '\'', false},   {0x2033, 0x2033, '"', false},
    {0x2060, 0x206F, 0, false},      {0x2212, 0x2212, '-', false},
    {0x3000, 0x3000, ' ', false},    {0xFEFF, 0xFEFF, 0, false},
    {0xFF01, 0xFF5E, '!', true},
};

uint32_t pattern_fold(uint32_t rune)
{
    size_t low = 0;
    size_t high = sizeof(folds) / sizeof(folds[0]);

    if (rune < 0x80)
        return rune == '\t' ? ' ' : rune == '\r' || rune == '\f' ? '\n' : rune;
    /* By far most letters of Arabic script have no row. */
    if (rune - 0x0627 < 2 || rune - 0x062A < 0x16 || rune - 0x0644 < 5 || rune - 0x0672 < 0x7E)
        return rune;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct fold_row *row = &folds[middle];
        if (rune < row->from)
            high = middle;
        else if (rune > row->to)
            low = middle + 1;
        else
            return row->each ? row->first + (rune - row->from) : row->first;
    }
    return rune;
}

bool is_letter(uint32_t rune)
{
    if (rune < 0x80)
        return is_latin(rune);
    if (rune < 0x600)
        return rune >= 0xC0 && rune != 0xD7 && rune != 0xF7;
    if (rune < 0x700)
        return rune >= 0x620 && !(rune >= 0x66A && rune <= 0x66D) && rune != 0x6D4;
    return rune < 0x2000 || (rune > 0x2BFF && !(rune >= 0x3000 && rune <= 0x303F) &&
                             !(rune >= 0xFD3E && rune <= 0xFD3F) && rune < 0xFFF0);
}

void window_open(struct window *window, const char *text, size_t len, size_t start, uint32_t before)
{
    window->text = text;
    window->start = window->at = start;
    window->stop = len - start < WINDOW_SCAN_MAX ? len : start + WINDOW_SCAN_MAX;
    window->before = before;
    window->count = 0;
}

bool window_reach(struct window *window, size_t i)
{
    while (window->count <= i) {
        uint32_t rune;
        if (window->at >= window->stop || window->count == WINDOW_MAX)
            return false;
        size_t step = utf8_decode(window->text + window->at, window->stop - window->at, &rune);
        rune = pattern_fold(rune);
        if (rune == '\n') {
            window->stop = window->at;
            return false;
        }
        if (rune) {
            window->rune[window->count] = rune;
            window->from[window->count] = (uint16_t)(window->at - window->start);
            window->to[window->count++] = (uint16_t)(window->at + step - window->start);
        }
        window->at += step;
    }
    return true;
}

size_t window_digits(struct window *window, size_t i)
{
    size_t count = 0;

    while (is_digit(window_at(window, i + count)))
        count++;
    return count;
}

size_t window_spaces(struct window *window, size_t i, size_t max)
{
    size_t count = 0;

    while (count < max && window_at(window, i + count) == ' ')
        count++;
    return count;
}

size_t window_whole_word(struct window *window, size_t i, const char *word)
{
    size_t start = i;

    while (*word) {
        uint32_t wanted;
        uint32_t found = window_at(window, i++);
        word += utf8_decode(word, 4, &wanted);
        if (is_latin(found))
            found |= 32;
        if (found != wanted)
            return 0;
    }
    return is_letter(window_at(window, i)) ? 0 : i - start;
}

int window_number(struct window *window, size_t i, size_t count)
{
    int number = 0;

    for (size_t k = 0; k < count && k < 9; k++)
        number = number * 10 + (int)(window_at(window, i + k) - '0');
    return number;
}
