#include "worker/office/numbering.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

/* ---- formats ---- */

static const struct {
    const char *name;
    uint8_t code;
    enum list_format format;
} FORMATS[] = {
    {"decimal", 0, LIST_DECIMAL},
    {"upperRoman", 1, LIST_UPPER_ROMAN},
    {"lowerRoman", 2, LIST_LOWER_ROMAN},
    {"upperLetter", 3, LIST_UPPER_LETTER},
    {"lowerLetter", 4, LIST_LOWER_LETTER},
    {"ordinal", 5, LIST_ORDINAL},
    {"decimalZero", 22, LIST_DECIMAL_ZERO},
    {"bullet", 23, LIST_BULLET},
    {"arabicAlpha", 46, LIST_ARABIC_ALPHA},
    {"arabicAbjad", 48, LIST_ARABIC_ABJAD},
    {"russianLower", 58, LIST_LOWER_CYRILLIC},
    {"russianUpper", 59, LIST_UPPER_CYRILLIC},
    {"none", 255, LIST_NONE},
};

enum list_format list_format_by_code(unsigned code)
{
    for (size_t i = 0; i < ARRAY_LEN(FORMATS); i++)
        if (FORMATS[i].code == code)
            return FORMATS[i].format;
    return LIST_DECIMAL;
}

enum list_format list_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(FORMATS); i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return FORMATS[i].format;
    return LIST_DECIMAL;
}

static void put_decimal(const char *format, uint32_t value, struct buf *out)
{
    char text[16];

    snprintf(text, sizeof(text), "%u", value);
    if (*format && value < 10)
        (void)buf_append_str(out, format);
    (void)buf_append_str(out, text);
}

static void put_roman(uint32_t value, bool upper, struct buf *out)
{
    enum { ROMAN_MAX = 32767 };
    static const struct {
        uint32_t value;
        const char *upper, *lower;
    } signs[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"}, {400, "CD", "cd"},
                 {100, "C", "c"},  {90, "XC", "xc"},  {50, "L", "l"},  {40, "XL", "xl"},
                 {10, "X", "x"},   {9, "IX", "ix"},   {5, "V", "v"},   {4, "IV", "iv"},
                 {1, "I", "i"}};

    if (value == 0 || value > ROMAN_MAX) {
        put_decimal("", value, out);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        for (; value >= signs[i].value; value -= signs[i].value)
            (void)buf_append_str(out, upper ? signs[i].upper : signs[i].lower);
}

/* Behind the last letter they come doubled, then threefold. */
static void put_letter(const char *const *letters, size_t count, uint32_t value, struct buf *out)
{
    enum { TIMES_MAX = 30 };

    if (value == 0 || (value - 1) / count >= TIMES_MAX) {
        put_decimal("", value, out);
        return;
    }
    for (size_t times = (value - 1) / count + 1; times > 0; times--)
        (void)buf_append_str(out, letters[(value - 1) % count]);
}

static void put_latin(uint32_t value, char first, struct buf *out)
{
    enum { LETTERS = 26 };
    char text[LETTERS][2];
    const char *letters[LETTERS];

    for (int i = 0; i < LETTERS; i++) {
        text[i][0] = (char)(first + i);
        text[i][1] = '\0';
        letters[i] = text[i];
    }
    put_letter(letters, LETTERS, value, out);
}

static void put_ordinal(uint32_t value, struct buf *out)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    uint32_t unit = value % 10;
    bool teen = value / 10 % 10 == 1;

    put_decimal("", value, out);
    (void)buf_append_str(out, endings[unit > 3 || teen ? 0 : unit]);
}

static const char *const ALPHA[] = {"أ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر",
                                    "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف",
                                    "ق", "ك", "ل", "م", "ن", "ه", "و", "ي"};
static const char *const ABJAD[] = {"أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ي",
                                    "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر",
                                    "ش", "ت", "ث", "خ", "ذ", "ض", "ظ", "غ"};
static const char *const CYRILLIC_LOWER[] = {"а", "б", "в", "г", "д", "е", "ж", "з", "и", "к",
                                             "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф",
                                             "х", "ц", "ч", "ш", "щ", "ы", "э", "ю", "я"};
static const char *const CYRILLIC_UPPER[] = {"А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К",
                                             "Л", "М", "Н", "О", "П", "Р", "С", "Т", "У", "Ф",
                                             "Х", "Ц", "Ч", "Ш", "Щ", "Ы", "Э", "Ю", "Я"};

void list_number(enum list_format format, uint32_t value, struct buf *out)
{
    switch (format) {
    case LIST_DECIMAL:
    case LIST_DECIMAL_ZERO:
        put_decimal(format == LIST_DECIMAL ? "" : "0", value, out);
        break;
    case LIST_UPPER_ROMAN:
    case LIST_LOWER_ROMAN:
        put_roman(value, format == LIST_UPPER_ROMAN, out);
        break;
    case LIST_UPPER_LETTER:
    case LIST_LOWER_LETTER:
        put_latin(value, format == LIST_UPPER_LETTER ? 'A' : 'a', out);
        break;
    case LIST_ORDINAL:
        put_ordinal(value, out);
        break;
    case LIST_ARABIC_ALPHA:
        put_letter(ALPHA, ARRAY_LEN(ALPHA), value, out);
        break;
    case LIST_ARABIC_ABJAD:
        put_letter(ABJAD, ARRAY_LEN(ABJAD), value, out);
        break;
    case LIST_UPPER_CYRILLIC:
        put_letter(CYRILLIC_UPPER, ARRAY_LEN(CYRILLIC_UPPER), value, out);
        break;
    case LIST_LOWER_CYRILLIC:
        put_letter(CYRILLIC_LOWER, ARRAY_LEN(CYRILLIC_LOWER), value, out);
        break;
    case LIST_BULLET:
    case LIST_NONE:
        break;
    }
}

/* ---- lists ---- */

void list_level_reset(struct list_level *level)
{
    free(level->text);
    free(level->style);
    *level = (struct list_level){.restart = LIST_RESTART_USUAL};
}

struct list *numbering_add_list(struct numbering *numbering, uint32_t id)
{
    size_t count = numbering->list_count;

    if (count >= LISTS_MAX)
        return NULL;
    numbering->lists = mem_room(numbering->lists, count, sizeof(*numbering->lists));
    struct list *list = &numbering->lists[numbering->list_count++];
    *list = (struct list){.id = id};
    for (size_t i = 0; i < LIST_LEVELS; i++)
        list_level_reset(&list->levels[i]);
    return list;
}

struct list_use *numbering_add_use(struct numbering *numbering, uint32_t id, uint32_t list)
{
    size_t count = numbering->use_count;

    if (count >= LISTS_MAX)
        return NULL;
    numbering->uses = mem_room(numbering->uses, count, sizeof(*numbering->uses));
    struct list_use *use = &numbering->uses[numbering->use_count++];
    *use = (struct list_use){.id = id, .list = list};
    return use;
}

void numbering_release(struct numbering *numbering)
{
    for (size_t i = 0; i < numbering->list_count; i++) {
        for (size_t k = 0; k < LIST_LEVELS; k++)
            list_level_reset(&numbering->lists[i].levels[k]);
        free(numbering->lists[i].style);
        free(numbering->lists[i].link);
    }
    for (size_t i = 0; i < numbering->use_count; i++)
        for (size_t k = 0; k < LIST_LEVELS; k++)
            list_level_reset(&numbering->uses[i].own[k].level);
    free(numbering->lists);
    free(numbering->uses);
    *numbering = (struct numbering){0};
}

struct list *numbering_list(const struct numbering *numbering, uint32_t id)
{
    for (size_t i = 0; i < numbering->list_count; i++)
        if (numbering->lists[i].id == id)
            return &numbering->lists[i];
    return NULL;
}

struct list_use *numbering_use(const struct numbering *numbering, uint32_t id)
{
    /* they mostly stand in the order of their numbers, from one */
    if (id >= 1 && id <= numbering->use_count && numbering->uses[id - 1].id == id)
        return &numbering->uses[id - 1];
    for (size_t i = 0; i < numbering->use_count; i++)
        if (numbering->uses[i].id == id)
            return &numbering->uses[i];
    return NULL;
}

/* ---- counting ---- */

static const struct list_level *level_of(const struct list_use *use, const struct list *list,
                                         unsigned level)
{
    return use->own[level].redefined ? &use->own[level].level : &list->levels[level];
}

static void count(struct list_use *use, struct list *list, unsigned level)
{
    const struct list_level *definition = level_of(use, list, level);

    /* levels above that were left out count as begun */
    for (unsigned above = 0; above < level; above++) {
        if (!list->begun[above])
            list->values[above] = level_of(use, list, above)->start;
        list->begun[above] = true;
    }
    if (use->own[level].restarted && !use->used[level])
        list->values[level] = use->own[level].start;
    else
        list->values[level] = list->begun[level] ? list->values[level] + 1 : definition->start;
    use->used[level] = true;
    list->begun[level] = true;
    for (unsigned below = level + 1; below < LIST_LEVELS; below++) {
        uint8_t restart = level_of(use, list, below)->restart;
        if (restart == LIST_RESTART_USUAL || level < restart)
            list->begun[below] = false;
    }
}

static void write_label(const struct list_use *use, const struct list *list, unsigned level,
                        struct buf *out)
{
    const struct list_level *definition = level_of(use, list, level);

    for (const char *at = definition->text; *at; at++) {
        unsigned which = (unsigned char)*at - 1;
        if (which >= LIST_LEVELS) {
            (void)buf_append_char(out, *at);
            continue;
        }
        const struct list_level *other = level_of(use, list, which);
        bool decimal = definition->legal && other->format != LIST_NONE;
        list_number(decimal ? LIST_DECIMAL : other->format,
                    list->begun[which] ? list->values[which] : other->start, out);
    }
}

void numbering_next(struct numbering *numbering, uint32_t use_id, unsigned level, struct buf *out)
{
    struct list_use *use = numbering_use(numbering, use_id);
    struct list *list = use ? numbering_list(numbering, use->list) : NULL;

    if (!list || level >= LIST_LEVELS)
        return;
    count(use, list, level);
    const struct list_level *definition = level_of(use, list, level);
    if (definition->format == LIST_BULLET || !definition->text || !*definition->text)
        return;
    write_label(use, list, level, out);
    if (!definition->joined)
        (void)buf_append_char(out, ' ');
}
