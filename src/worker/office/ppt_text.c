#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/office/art.h"
#include "worker/office/ppt.h"
#include "worker/office/ppt_parts.h"

enum { FIRST_FOOTER = 7, LAST_FOOTER = 10 };

struct walk {
    const struct ppt_outline *outline;
    struct buf *out;
    bool no_placeholders;
};

static void put_runes(const struct record *record, struct buf *out)
{
    bool wide = record->type != PPT_BYTES;
    size_t step = wide ? 2 : 1;
    uint32_t high = 0;

    for (size_t at = 0; at + step <= record->len; at += step) {
        uint32_t rune = wide ? le16_get(record->data + at) : record->data[at];
        if (!utf16_join(rune, &high, &rune))
            continue;
        if (rune == 0x0B || rune == 0x0D)
            rune = '\n';
        if (rune)
            (void)buf_append_rune(out, rune);
    }
}

bool ppt_string(const struct record *record, struct buf *out)
{
    if (record->type != PPT_CHARS && record->type != PPT_BYTES && record->type != PPT_STRING)
        return false;
    put_runes(record, out);
    return true;
}

/* A text as lines; one star stands for a number or a date that the program would put there. */
static void put_text(const struct record *record, struct buf *out)
{
    size_t before = out->len;

    if (!ppt_string(record, out))
        return;
    if (out->len - before == 1 && out->data[before] == '*') {
        out->len = before;
        out->data[before] = '\0';
        return;
    }
    if (out->len > before && out->data[out->len - 1] != '\n')
        (void)buf_append_char(out, '\n');
}

/* The n-th text of the slide in the outline: texts begin with a header. */
static void put_outline(const struct ppt_outline *outline, uint32_t index, struct buf *out)
{
    struct record record;
    int64_t current = -1;

    for (size_t at = 0; outline && record_next(outline->data, outline->len, &at, &record);) {
        if (record.type == PPT_TEXT_HEADER)
            current++;
        else if (current == (int64_t)index)
            put_text(&record, out);
    }
}

static void put_comment(const struct record *comment, struct buf *out)
{
    struct record record;

    for (size_t at = 0; record_next(comment->data, comment->len, &at, &record);) {
        if (record.type != PPT_STRING || record.instance > 1)
            continue;
        (void)buf_append_str(out, record.instance == 0 ? "[" : "");
        put_runes(&record, out);
        (void)buf_append_str(out, record.instance == 0 ? "] " : "\n");
    }
}

/* Whether a shape is a place for the slides' own titles and texts. */
static bool is_place(const struct record *shape, unsigned depth)
{
    struct record record;

    for (size_t at = 0; depth < 4 && record_next(shape->data, shape->len, &at, &record);) {
        if (record.type == PPT_PLACEHOLDER && record.len >= 5)
            return record.data[4] < FIRST_FOOTER || record.data[4] > LAST_FOOTER;
        if (record_is_container(&record) && is_place(&record, depth + 1))
            return true;
    }
    return false;
}

static void walk(const struct walk *how, const unsigned char *data, size_t len, unsigned depth)
{
    struct record record;

    for (size_t at = 0; depth < PPT_DEPTH && record_next(data, len, &at, &record);) {
        if (record.type == PPT_OUTLINE_REF && record.len >= 4)
            put_outline(how->outline, le32_get(record.data), how->out);
        else if (record.type == PPT_CHARS || record.type == PPT_BYTES)
            put_text(&record, how->out);
        else if (record.type == PPT_COMMENT)
            put_comment(&record, how->out);
        else if (how->no_placeholders && record.type == PPT_SHAPE && is_place(&record, 0))
            continue;
        else if (record_is_container(&record) || record.type == PPT_TAG_DATA)
            walk(how, record.data, record.len, depth + 1);
    }
}

/* What a slide's own settings say in its header and footer. */
static void put_headers(const struct record *slide, struct buf *out)
{
    struct record record;
    struct record string;

    for (size_t at = 0; record_next(slide->data, slide->len, &at, &record);) {
        if (record.type != PPT_HEADERS)
            continue;
        for (size_t i = 0; record_next(record.data, record.len, &i, &string);)
            if (string.type == PPT_STRING)
                put_text(&string, out);
    }
}

void ppt_text(const struct record *slide, const struct ppt_outline *outline, struct buf *out)
{
    struct walk how = {.outline = outline, .out = out};

    walk(&how, slide->data, slide->len, 0);
    put_headers(slide, out);
    art_texts(slide->data, slide->len, out);
}

void ppt_master_text(const struct record *master, struct buf *out)
{
    struct walk how = {.out = out, .no_placeholders = true};

    walk(&how, master->data, master->len, 0);
    put_headers(master, out);
}
