#include <string.h>

#include "base/bytes.h"
#include "worker/office/doc_parts.h"
#include "worker/plain/codepage.h"

enum {
    STYLES_MAX = 4096,
    STYLE_DEPTH_MAX = 20,
    STYLE_HEAD = 10,
    LEVEL_HEAD = 28,
    LIST_HEAD = 28,
    USE_HEAD = 16,
    NO_STYLE = 0x0FFF,
    USES_MAX = 0x07FE,
};

/* A place in a stream, from which is read as far as there are bytes. */
struct cursor {
    const unsigned char *at;
    size_t left;
};

static const unsigned char *take(struct cursor *cursor, size_t len)
{
    const unsigned char *at = cursor->at;

    if (!at || len > cursor->left)
        return NULL;
    cursor->at += len;
    cursor->left -= len;
    return at;
}

/* ---- styles ([MS-DOC] 2.9.271, 2.9.260) ---- */

/* The modifiers of paragraphs are the first thing behind a style's name: their size, the number of
 * the style again, then they. */
static void read_style(struct cursor style, size_t head, struct doc_style *ret)
{
    enum { PARAGRAPH = 1, LISTING = 4 };
    const unsigned char *base = take(&style, head);

    if (!base || head < STYLE_HEAD)
        return;
    unsigned kind = le16_get(base + 2) & 0xF;
    ret->base = le16_get(base + 2) >> 4;
    const unsigned char *count = take(&style, 2);
    if (!count || !take(&style, 2 * ((size_t)le16_get(count) + 1)) ||
        (kind != PARAGRAPH && kind != LISTING))
        return;
    count = take(&style, 2);
    size_t len = count ? le16_get(count) : 0;
    const unsigned char *modifiers = take(&style, len);
    if (!modifiers || len < 2)
        return;
    struct doc_run run = {0};
    doc_list_modifiers(modifiers + 2, len - 2, &run);
    ret->flags = run.flags;
    ret->list = run.list;
    ret->level = run.level;
}

static void read_styles(struct doc *doc)
{
    struct cursor cursor = {0};

    cursor.at = doc_table(doc, DOC_STYLES, &cursor.left);
    const unsigned char *size = cursor.at ? take(&cursor, 2) : NULL;
    size_t len = size ? le16_get(size) : 0;
    const unsigned char *head = len >= 4 ? take(&cursor, len) : NULL;
    if (!head)
        return;
    size_t count = le16_get(head);
    if (count == 0 || count > STYLES_MAX)
        return;
    doc->styles = mem_zalloc(count, sizeof(*doc->styles));
    for (; doc->style_count < count; doc->style_count++) {
        struct doc_style *style = &doc->styles[doc->style_count];
        style->base = NO_STYLE;
        size = take(&cursor, 2);
        struct cursor inside = {.left = size ? le16_get(size) : 0};
        inside.at = take(&cursor, inside.left);
        if (!size || !inside.at)
            return;
        if (inside.left)
            read_style(inside, le16_get(head + 2), style);
        if (inside.left & 1)
            (void)take(&cursor, 1);
    }
}

/* ---- lists ([MS-DOC] 2.9.131, 2.9.147, 2.9.150) ---- */

/* In the text of a level the characters 0 to 8 stand for the numbers of the levels. */
static char *level_text(const unsigned char *text, size_t units)
{
    CLEANUP(cleanup_buf) struct buf ret = {0};

    buf_init(&ret, LIST_TEXT_MAX);
    for (size_t i = 0; i < units; i++) {
        unsigned unit = le16_get(text + 2 * i);
        if (unit < LIST_LEVELS)
            (void)buf_append_char(&ret, (char)(unit + 1));
        else if (unit >= 0x20 && (unit < 0xD800 || unit > 0xF8FF))
            (void)buf_append_rune(&ret, unit);
    }
    return buf_take(&ret);
}

static bool read_level(struct cursor *cursor, struct list_level *ret)
{
    enum { LEGAL = 4, NO_RESTART = 8, FOLLOW_AT = 15, NOTHING = 2 };
    const unsigned char *head = take(cursor, LEVEL_HEAD);

    if (!head || !take(cursor, (size_t)head[24] + head[25]))
        return false;
    const unsigned char *count = take(cursor, 2);
    size_t units = count ? le16_get(count) : 0;
    const unsigned char *text = take(cursor, 2 * units);
    if (!count || !text)
        return false;
    list_level_reset(ret);
    ret->start = le32_get(head);
    ret->format = list_format_by_code(head[4]);
    ret->legal = head[5] & LEGAL;
    if (head[5] & NO_RESTART && head[26] <= LIST_LEVELS)
        ret->restart = head[26];
    ret->joined = head[FOLLOW_AT] == NOTHING;
    ret->text = level_text(text, units);
    return true;
}

/* From the start of a table to the end of its stream: levels stand behind the lists, where the
 * header's length does not reach. */
static struct cursor open_table(const struct doc *doc, enum doc_table which)
{
    struct cursor ret = {0};

    ret.at = doc_table(doc, which, &ret.left);
    if (ret.at)
        ret.left = doc->table.len - (size_t)(ret.at - (const unsigned char *)doc->table.data);
    return ret;
}

static void read_lists(struct doc *doc)
{
    struct cursor cursor = open_table(doc, DOC_LISTS);
    const unsigned char *count = take(&cursor, 2);
    size_t lists = count ? le16_get(count) : 0;
    const unsigned char *heads = take(&cursor, LIST_HEAD * lists);

    for (size_t i = 0; heads && i < lists; i++) {
        const unsigned char *head = heads + LIST_HEAD * i;
        struct list *list = numbering_add_list(&doc->numbering, le32_get(head));
        size_t levels = head[26] & 1 ? 1 : LIST_LEVELS;
        for (size_t level = 0; list && level < levels; level++)
            if (!read_level(&cursor, &list->levels[level]))
                return;
    }
}

/* What a use of a list says anew. */
static bool read_own(struct cursor *cursor, struct list_use *use)
{
    enum { START = 0x10, FORMAT = 0x20 };
    const unsigned char *head = take(cursor, 8);

    if (!head)
        return false;
    unsigned level = head[4] & 0xF;
    struct list_level lost = {0};
    if (level < LIST_LEVELS && head[4] & START) {
        use->own[level].restarted = true;
        use->own[level].start = le32_get(head);
    }
    if (!(head[4] & FORMAT))
        return true;
    bool ok = read_level(cursor, level < LIST_LEVELS ? &use->own[level].level : &lost);
    if (ok && level < LIST_LEVELS) {
        use->own[level].redefined = true;
        use->own[level].start = use->own[level].level.start;
    }
    list_level_reset(&lost);
    return ok;
}

static void read_uses(struct doc *doc)
{
    struct cursor cursor = open_table(doc, DOC_LIST_USES);
    const unsigned char *count = take(&cursor, 4);
    size_t uses = count && le32_get(count) <= USES_MAX ? le32_get(count) : 0;
    const unsigned char *heads = take(&cursor, USE_HEAD * uses);

    for (size_t i = 0; heads && i < uses; i++)
        (void)numbering_add_use(&doc->numbering, (uint32_t)i + 1, le32_get(heads + USE_HEAD * i));
    for (size_t i = 0; heads && i < uses; i++) {
        if (!take(&cursor, 4))
            return;
        for (size_t own = heads[USE_HEAD * i + 12]; own > 0; own--)
            if (!read_own(&cursor, &doc->numbering.uses[i]))
                return;
    }
}

void doc_lists_read(struct doc *doc)
{
    read_lists(doc);
    if (doc->numbering.list_count == 0)
        return;
    read_uses(doc);
    read_styles(doc);
}

void doc_list_next(struct doc *doc, const struct doc_run *paragraph, struct buf *out)
{
    struct doc_style found = {.list = paragraph->list, .level = paragraph->level};
    unsigned style = paragraph->style;

    found.flags = paragraph->flags & (DOC_LIST | DOC_LEVEL);
    for (int depth = 0; depth < STYLE_DEPTH_MAX && !(found.flags & DOC_LIST); depth++) {
        if (style >= doc->style_count)
            return;
        const struct doc_style *from = &doc->styles[style];
        if (!(found.flags & DOC_LEVEL) && from->flags & DOC_LEVEL)
            found.level = from->level;
        if (from->flags & DOC_LIST)
            found.list = from->list;
        found.flags |= from->flags;
        style = from->base;
    }
    if (found.list && found.list <= USES_MAX)
        numbering_next(&doc->numbering, found.list, found.level, out);
}
