#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "worker/books/djvu.h"

/* ---- hidden text: (TYPE x0 y0 x1 y1 "words" | zone...), y upwards, the page as stored ---- */

struct place {
    double width, height; /* of the page as stored */
    int turns;            /* by 90 degrees, against the clock */
};

/* The zone's box on the page as shown, y downwards. */
static struct page_box shown_box(const struct place *place, struct page_box box)
{
    double w = place->width, h = place->height;

    switch (place->turns & 3) {
    case 1:
        return (struct page_box){h - box.y1, w - box.x1, h - box.y0, w - box.x0};
    case 2:
        return (struct page_box){w - box.x1, box.y0, w - box.x0, box.y1};
    case 3:
        return (struct page_box){box.y0, box.x0, box.y1, box.x1};
    default:
        return (struct page_box){box.x0, h - box.y1, box.x1, h - box.y0};
    }
}

static bool is_named(miniexp_t zone, const char *name)
{
    miniexp_t head = miniexp_car(zone);

    return miniexp_symbolp(head) && strcmp(miniexp_to_name(head), name) == 0;
}

static bool zone_box(miniexp_t zone, struct page_box *box)
{
    int side[4];

    for (int i = 0; i < 4; i++) {
        miniexp_t number = miniexp_nth(i + 1, zone);
        if (!miniexp_numberp(number))
            return false;
        side[i] = miniexp_to_int(number);
    }
    *box = (struct page_box){side[0], side[1], side[2], side[3]};
    return true;
}

/* Words of one string share its box by their length. */
static void put_words(const char *words, struct page_box box, const struct place *place,
                      struct page_text *text)
{
    size_t len = strlen(words);
    double step = len ? (box.x1 - box.x0) / (double)len : 0;

    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && !isspace((unsigned char)words[end]))
            end++;
        struct page_box part = box;
        part.x0 = box.x0 + step * (double)at;
        part.x1 = box.x0 + step * (double)end;
        page_text_word(text, words + at, end - at, shown_box(place, part), CONFIDENCE_NONE);
        page_text_space(text, ' ');
        at = end + 1;
    }
}

static void put_zone(miniexp_t zone, const struct place *place, int depth, struct page_text *text)
{
    static const struct {
        const char *name;
        int breaks;
    } blocks[] = {{"line", 1}, {"para", 2}, {"region", 2}, {"column", 2}};
    struct page_box box;

    if (depth > DJVU_DEPTH_MAX || !miniexp_consp(zone) || !zone_box(zone, &box))
        return;
    miniexp_t rest = zone;
    for (int i = 0; i < 5; i++)
        rest = miniexp_cdr(rest);
    for (; miniexp_consp(rest); rest = miniexp_cdr(rest)) {
        miniexp_t item = miniexp_car(rest);
        if (miniexp_stringp(item))
            put_words(miniexp_to_str(item), box, place, text);
        else
            put_zone(item, place, depth + 1, text);
    }
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        if (is_named(zone, blocks[i].name))
            page_text_newline(text, blocks[i].breaks);
}

void djvu_text_put(miniexp_t zones, const ddjvu_pageinfo_t *info, struct page_text *text)
{
    bool lies = info->rotation & 1;
    struct place place = {lies ? info->height : info->width, lies ? info->width : info->height,
                          info->rotation};

    put_zone(zones, &place, 0, text);
}

/* ---- annotations: (maparea "url" "comment" area...) or (maparea (url "url" "frame") ...) ---- */

static void put_string(miniexp_t string, struct page_text *text)
{
    const char *line = miniexp_stringp(string) ? miniexp_to_str(string) : "";

    if (!line[0])
        return;
    page_text_newline(text, 1);
    page_text_put(text, line, strlen(line));
}

void djvu_notes_put(miniexp_t annotations, struct page_text *text)
{
    for (miniexp_t at = annotations; miniexp_consp(at); at = miniexp_cdr(at)) {
        miniexp_t note = miniexp_car(at);
        if (!miniexp_consp(note) || !is_named(note, "maparea"))
            continue;
        miniexp_t link = miniexp_nth(1, note);
        link = miniexp_consp(link) ? miniexp_nth(1, link) : link;
        /* "#12" leads to a page of this document */
        if (miniexp_stringp(link) && miniexp_to_str(link)[0] != '#')
            put_string(link, text);
        put_string(miniexp_nth(2, note), text);
    }
}

/* ---- metadata, outline ---- */

void djvu_meta_send(miniexp_t annotations, struct emit *emit)
{
    static const struct {
        const char *said, *key;
    } names[] = {
        {"creationdate", "date"}, {"moddate", "modified"}, {"year", "date"},
        {"note", "description"},  {"booktitle", "title"},
    };
    miniexp_t *keys = ddjvu_anno_get_metadata_keys(annotations);

    for (size_t i = 0; keys && keys[i]; i++) {
        char key[META_KEY_MAX] = {0};
        const char *name = miniexp_to_name(keys[i]);
        const char *value = ddjvu_anno_get_metadata(annotations, keys[i]);
        for (size_t n = 0; name && name[n] && n < sizeof(key) - 1; n++)
            key[n] = (char)tolower((unsigned char)name[n]);
        for (size_t n = 0; n < ARRAY_LEN(names); n++)
            if (strcmp(key, names[n].said) == 0)
                memcpy(key, names[n].key, strlen(names[n].key) + 1);
        if (key[0] && value)
            emit_meta(emit, key, value);
    }
    free(keys);
}

static void send_outline(miniexp_t entries, int depth, struct emit *emit)
{
    for (; depth < DJVU_DEPTH_MAX && miniexp_consp(entries) && !emit->stop;
         entries = miniexp_cdr(entries)) {
        miniexp_t entry = miniexp_car(entries);
        miniexp_t title = miniexp_car(entry);
        if (miniexp_stringp(title)) {
            emit_flow_str(emit, TEXT_REST, miniexp_to_str(title));
            emit_flow_str(emit, TEXT_REST, "\n");
        }
        send_outline(miniexp_cddr(entry), depth + 1, emit); /* title, place, entries below */
    }
}

void djvu_outline_send(miniexp_t outline, struct emit *emit)
{
    send_outline(miniexp_cdr(outline), 0, emit); /* (bookmarks entry...) */
}
