#include "web/utf16.h"

#include <stdlib.h>

#include "base/buf.h"

/* Units of the character that starts with this byte; 0 for a byte inside a character. */
static uint32_t units_of(unsigned char byte)
{
    if (byte >= 0xF0)
        return 2;
    return (byte & 0xC0) == 0x80 ? 0 : 1;
}

void utf16_map_init(struct utf16_map *map, const char *text, size_t len)
{
    uint32_t units = 0;

    *map = (struct utf16_map){.text = text, .len = len};
    map->units = mem_zalloc(len / UTF16_STEP + 1, sizeof *map->units);
    for (size_t i = 0; i < len; i++) {
        if (i % UTF16_STEP == 0)
            map->units[i / UTF16_STEP] = units;
        units += units_of((unsigned char)text[i]);
    }
    if (len % UTF16_STEP == 0)
        map->units[len / UTF16_STEP] = units;
}

void utf16_map_release(struct utf16_map *map)
{
    free(map->units);
    *map = (struct utf16_map){0};
}

uint32_t utf16_at(const struct utf16_map *map, size_t at)
{
    if (at > map->len)
        at = map->len;
    while (at > 0 && at < map->len && units_of((unsigned char)map->text[at]) == 0)
        at--;
    uint32_t units = map->units[at / UTF16_STEP];
    for (size_t i = at - at % UTF16_STEP; i < at; i++)
        units += units_of((unsigned char)map->text[i]);
    return units;
}

size_t utf16_byte(const char *text, size_t len, uint32_t units)
{
    size_t at = 0;

    for (; at < len; at++) {
        uint32_t here = units_of((unsigned char)text[at]);
        if (here > units) /* also for half of a pair: its character's start */
            return at;
        units -= here;
    }
    return units == 0 ? len : len + 1;
}
