#include "text/passage.h"

bool passage_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool within_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t start_of(const char *text, size_t from, size_t around)
{
    size_t least = from > around ? from - around : 0;
    size_t start = least;

    while (start > 0 && start < from && !passage_is_blank(text[start - 1]))
        start++;
    if (start < from)
        return start;
    while (least < from && within_character(text[least]))
        least++;
    return least;
}

static size_t end_of(const char *text, size_t len, size_t to, size_t around)
{
    size_t most = len - to > around ? to + around : len;
    size_t end = most;

    while (end < len && end > to && !passage_is_blank(text[end]))
        end--;
    if (end > to || end == len)
        return end;
    while (most > to && within_character(text[most]))
        most--;
    return most;
}

void passage_cut(const char *text, size_t len, size_t from, size_t to, size_t around,
                 size_t *ret_start, size_t *ret_end)
{
    *ret_start = start_of(text, from, around);
    *ret_end = end_of(text, len, to, around);
}
