#include "worker/ooxml/ooxml_lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- styles.xml ---- */

struct styles_reading {
    struct word_lists *lists;
    struct word_style *style; /* the open one */
};

static struct word_style *add_style(struct word_lists *lists)
{
    size_t count = lists->style_count;

    if (count >= STYLES_MAX)
        return NULL;
    lists->styles = mem_room(lists->styles, count, sizeof(*lists->styles));
    struct word_style *style = &lists->styles[lists->style_count++];
    *style = (struct word_style){.place = {-1, -1}};
    return style;
}

static void on_style_start(void *ctx, const struct xml_element *element)
{
    struct styles_reading *reading = ctx;
    const char *name = element->name;
    char word[16];

    if (xml_is(name, "style")) {
        reading->style = add_style(reading->lists);
        if (!reading->style)
            return;
        xml_attribute(element, "styleId", reading->style->id, STYLE_ID_MAX);
        xml_attribute(element, "type", word, sizeof(word));
        bool paragraph = xml_is(word, "paragraph");
        xml_attribute(element, "default", word, sizeof(word));
        if (paragraph && (xml_is(word, "1") || xml_is(word, "true")))
            memcpy(reading->lists->usual, reading->style->id, STYLE_ID_MAX);
    } else if (!reading->style) {
        return;
    } else if (xml_is(name, "basedOn")) {
        xml_attribute(element, "val", reading->style->based_on, STYLE_ID_MAX);
    } else if (xml_is(name, "numId")) {
        reading->style->place.use = xml_attribute_number(element, "val", -1);
    } else if (xml_is(name, "ilvl")) {
        reading->style->place.level = xml_attribute_number(element, "val", -1);
    }
}

static void on_style_end(void *ctx, const char *name)
{
    struct styles_reading *reading = ctx;

    if (xml_is(name, "style"))
        reading->style = NULL;
}

static const struct word_style *style_by_id(const struct word_lists *lists, const char *id)
{
    for (size_t i = 0; *id && i < lists->style_count; i++)
        if (xml_is(lists->styles[i].id, id))
            return &lists->styles[i];
    return NULL;
}

/* ---- numbering.xml ---- */

struct lists_reading {
    struct numbering *numbering;
    struct list *list; /* the open abstractNum */
    struct list_use *use;
    struct list_level *level;
    long own; /* the level that the open use defines anew */
};

/* "%1.%2" becomes the bytes 1 '.' 2. */
static char *level_text(const char *said)
{
    char text[LIST_TEXT_MAX];
    size_t len = 0;

    for (; *said && len + 1 < sizeof(text); said++) {
        bool number = said[0] == '%' && said[1] >= '1' && said[1] <= '9';
        said += number;
        if (number)
            text[len++] = (char)(*said - '0');
        else if ((unsigned char)*said > LIST_LEVELS)
            text[len++] = *said;
    }
    text[len] = '\0';
    return mem_strdup(text);
}

static void level_open(struct lists_reading *reading, const struct xml_element *element)
{
    long index = xml_attribute_number(element, "ilvl", -1);

    reading->level = NULL;
    if (index < 0 || index >= LIST_LEVELS)
        return;
    if (reading->list) {
        reading->level = &reading->list->levels[index];
    } else if (reading->use) {
        reading->use->own[index].redefined = true;
        reading->level = &reading->use->own[index].level;
    }
    if (reading->level)
        list_level_reset(reading->level);
}

static void on_level_content(struct list_level *level, const struct xml_element *element)
{
    const char *name = element->name;
    char value[LIST_TEXT_MAX];

    xml_attribute(element, "val", value, sizeof(value));
    if (xml_is(name, "start")) {
        level->start = (uint32_t)strtoul(value, NULL, 10);
    } else if (xml_is(name, "numFmt")) {
        level->format = list_format_by_name(value);
        if (xml_is(value, "custom")) {
            xml_attribute(element, "format", value, sizeof(value));
            level->format = *value == '0' ? LIST_DECIMAL_ZERO : LIST_DECIMAL;
        }
    } else if (xml_is(name, "lvlText")) {
        free(level->text);
        level->text = level_text(value);
    } else if (xml_is(name, "pStyle")) {
        free(level->style);
        level->style = mem_strdup(value);
    } else if (xml_is(name, "lvlRestart")) {
        long restart = xml_attribute_number(element, "val", LIST_RESTART_USUAL);
        if (restart >= 0 && restart <= LIST_LEVELS)
            level->restart = (uint8_t)restart;
    } else if (xml_is(name, "isLgl")) {
        level->legal = !xml_is(value, "0") && !xml_is(value, "false");
    } else if (xml_is(name, "suff")) {
        level->joined = xml_is(value, "nothing");
    }
}

static void on_use_content(struct lists_reading *reading, const struct xml_element *element)
{
    const char *name = element->name;

    if (xml_is(name, "abstractNumId")) {
        reading->use->list = (uint32_t)xml_attribute_number(element, "val", -1);
    } else if (xml_is(name, "lvlOverride")) {
        reading->own = xml_attribute_number(element, "ilvl", -1);
    } else if (xml_is(name, "startOverride") && reading->own >= 0 && reading->own < LIST_LEVELS) {
        reading->use->own[reading->own].restarted = true;
        reading->use->own[reading->own].start = (uint32_t)xml_attribute_number(element, "val", 1);
    }
}

static void on_list_content(struct list *list, const struct xml_element *element)
{
    char value[STYLE_ID_MAX];
    bool style = xml_is(element->name, "styleLink");

    if (!style && !xml_is(element->name, "numStyleLink"))
        return;
    xml_attribute(element, "val", value, sizeof(value));
    char **name = style ? &list->style : &list->link;
    free(*name);
    *name = mem_strdup(value);
}

static void on_list_start(void *ctx, const struct xml_element *element)
{
    struct lists_reading *reading = ctx;
    const char *name = element->name;

    if (xml_is(name, "abstractNum"))
        reading->list = numbering_add_list(
            reading->numbering, (uint32_t)xml_attribute_number(element, "abstractNumId", -1));
    else if (xml_is(name, "num"))
        reading->use = numbering_add_use(
            reading->numbering, (uint32_t)xml_attribute_number(element, "numId", -1), UINT32_MAX);
    else if (xml_is(name, "lvl"))
        level_open(reading, element);
    else if (reading->level)
        on_level_content(reading->level, element);
    else if (reading->list)
        on_list_content(reading->list, element);
    else if (reading->use)
        on_use_content(reading, element);
}

static void on_list_end(void *ctx, const char *name)
{
    struct lists_reading *reading = ctx;

    if (xml_is(name, "abstractNum"))
        reading->list = NULL;
    else if (xml_is(name, "num"))
        reading->use = NULL;
    else if (xml_is(name, "lvl"))
        reading->level = NULL;
    else if (xml_is(name, "lvlOverride"))
        reading->own = -1;
}

/* A list that only stands for a numbering style: its uses mean the list that defines the style. */
static void follow_links(struct numbering *numbering)
{
    for (size_t i = 0; i < numbering->use_count; i++) {
        const struct list *list = numbering_list(numbering, numbering->uses[i].list);
        for (size_t k = 0; list && list->link && k < numbering->list_count; k++)
            if (numbering->lists[k].style && xml_is(numbering->lists[k].style, list->link)) {
                numbering->uses[i].list = numbering->lists[k].id;
                break;
            }
    }
}

/* ---- both ---- */

void word_lists_read(struct package *package, const struct relations *relations,
                     struct word_lists *ret)
{
    static const struct xml_handler on_styles = {.start = on_style_start, .end = on_style_end};
    static const struct xml_handler on_lists = {.start = on_list_start, .end = on_list_end};
    struct styles_reading styles = {.lists = ret};
    struct lists_reading lists = {.numbering = &ret->numbering, .own = -1};

    *ret = (struct word_lists){0};
    relation_read_xml(package, relations, "numbering", &on_lists, &lists);
    follow_links(&ret->numbering);
    if (ret->numbering.use_count)
        relation_read_xml(package, relations, "styles", &on_styles, &styles);
}

void word_lists_release(struct word_lists *lists)
{
    numbering_release(&lists->numbering);
    free(lists->styles);
    *lists = (struct word_lists){0};
}

/* The level whose style this is, for styles that name a list only. */
static long level_by_style(const struct word_lists *lists, long use_id, const char *style)
{
    const struct list_use *use = numbering_use(&lists->numbering, (uint32_t)use_id);
    const struct list *list = use ? numbering_list(&lists->numbering, use->list) : NULL;

    for (long level = 0; list && level < LIST_LEVELS; level++)
        if (list->levels[level].style && xml_is(list->levels[level].style, style))
            return level;
    return -1;
}

void word_lists_next(struct word_lists *lists, const char *style, const struct list_place *place,
                     struct buf *out)
{
    struct list_place found = *place;
    const char *id = *style ? style : lists->usual;

    if (lists->numbering.use_count == 0)
        return;
    for (int depth = 0; depth < STYLE_DEPTH_MAX && found.use < 0; depth++) {
        const struct word_style *from = style_by_id(lists, id);
        if (!from)
            return;
        found.use = from->place.use;
        if (found.use >= 0 && found.level < 0)
            found.level = level_by_style(lists, found.use, from->id);
        if (found.level < 0)
            found.level = from->place.level;
        id = from->based_on;
    }
    if (found.use > 0)
        numbering_next(&lists->numbering, (uint32_t)found.use,
                       found.level > 0 ? (unsigned)found.level : 0, out);
}
