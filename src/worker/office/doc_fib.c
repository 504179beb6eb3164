#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/codepage.h"
#include "worker/office/doc.h"
#include "worker/office/doc_parts.h"

enum {
    MAGIC_97 = 0xA5EC,
    MAGIC_6 = 0xA5DC,
    FIRST_97 = 0xC0, /* nFib of the first version with the newer header */
    FAST_SAVED = 4,
    TABLES_AT = 0x9A,
    PAGE = 512,
    PIECE_TABLE_OLD = 0x160,
    SPRM_DEF_TABLE = 0xD608,
    SPRM_CHANGE_TABS = 0xC615,
    SPRM_LEVEL = 0x260A,
    SPRM_LIST = 0x460B,
};

static const unsigned char *bytes_of(const struct buf *buf)
{
    return (const unsigned char *)buf->data;
}

static uint32_t get32(const struct buf *buf, size_t at)
{
    return at + 4 <= buf->len ? le32_get(bytes_of(buf) + at) : 0;
}

static uint16_t get16(const struct buf *buf, size_t at)
{
    return at + 2 <= buf->len ? le16_get(bytes_of(buf) + at) : 0;
}

bool doc_fib_read(struct doc *doc)
{
    unsigned magic = get16(&doc->main, 0);
    unsigned version = get16(&doc->main, 2);

    if (doc->main.len < 0x60 || (magic != MAGIC_97 && magic != MAGIC_6))
        return false;
    doc->old = version < FIRST_97;
    doc->fast_saved = get16(&doc->main, 0x0A) & FAST_SAVED;
    doc->codepage = doc->old ? codepage_of_language(get16(&doc->main, 6)) : CODEPAGE_WESTERN;
    size_t at = doc->old ? 0x34 : 0x4C;
    for (size_t part = 0; part < DOC_PARTS; part++)
        doc->lengths[part] = get32(&doc->main, at + 4 * part);
    return true;
}

const unsigned char *doc_table(const struct doc *doc, enum doc_table which, size_t *ret_len)
{
    size_t at = TABLES_AT + (size_t)8 * which;

    if (doc->old) {
        if (which != DOC_PIECES)
            return NULL;
        at = PIECE_TABLE_OLD;
    }
    const struct buf *stream = doc->old ? &doc->main : &doc->table;
    size_t start = get32(&doc->main, at);
    size_t len = get32(&doc->main, at + 4);
    if (len == 0 || start >= stream->len)
        return NULL;
    *ret_len = len < stream->len - start ? len : stream->len - start;
    return bytes_of(stream) + start;
}

/* ---- properties ([MS-DOC] 2.6) ---- */

struct sprm {
    unsigned code;
    const unsigned char *value;
    size_t len;
};

/* The next modifier in a list; false at its end. */
static bool next_sprm(const unsigned char *data, size_t len, size_t *at, struct sprm *ret)
{
    static const uint8_t sizes[8] = {1, 1, 2, 4, 2, 2, 0, 3};

    if (len - *at < 3)
        return false;
    ret->code = le16_get(data + *at);
    *at += 2;
    size_t size = sizes[ret->code >> 13];
    if (ret->code == SPRM_DEF_TABLE)
        size = len - *at >= 2 ? (size_t)le16_get(data + *at) + 1 : 0;
    else if (ret->code == SPRM_CHANGE_TABS && data[*at] == 255)
        return false;
    else if (size == 0)
        size = (size_t)data[*at] + 1;
    if (size == 0 || size > len - *at)
        return false;
    ret->value = data + *at;
    ret->len = size;
    *at += size;
    return true;
}

static const struct {
    uint16_t code, flag;
} SWITCHES[] = {
    {0x0800, DOC_DELETED}, {0x0801, DOC_INSERTED},   {0x083C, DOC_HIDDEN},
    {0x0855, DOC_SPECIAL}, {0x080A, DOC_OBJECT},     {0x0806, DOC_FORM},
    {0x2417, DOC_ROW_END}, {0x244B, DOC_INNER_CELL}, {0x244C, DOC_INNER_ROW_END},
};

void doc_list_modifiers(const unsigned char *data, size_t len, struct doc_run *run)
{
    struct sprm sprm;

    for (size_t at = 0; next_sprm(data, len, &at, &sprm);) {
        if (sprm.code == SPRM_LIST) {
            run->list = le16_get(sprm.value);
            run->flags |= DOC_LIST;
        } else if (sprm.code == SPRM_LEVEL) {
            run->level = sprm.value[0];
            run->flags |= DOC_LEVEL;
        }
    }
}

static void apply(const unsigned char *data, size_t len, uint32_t *flags, uint32_t *value)
{
    struct sprm sprm;

    for (size_t at = 0; next_sprm(data, len, &at, &sprm);) {
        for (size_t i = 0; i < ARRAY_LEN(SWITCHES); i++)
            if (SWITCHES[i].code == sprm.code)
                *flags = sprm.value[0] & 1 ? *flags | SWITCHES[i].flag
                                           : *flags & ~(uint32_t)SWITCHES[i].flag;
        if (sprm.code == 0x6A03) {
            *flags |= DOC_PICTURE;
            *value = le32_get(sprm.value);
        } else if (sprm.code == 0x6A09) {
            *flags |= DOC_SYMBOL;
            *value = le16_get(sprm.value + 2);
        }
    }
}

/* ---- pages of runs ([MS-DOC] 2.9.33, 2.9.174) ---- */

static void add_run(struct doc_run **runs, size_t *count, const struct doc_run *run)
{
    if (*count >= DOC_RUNS_MAX || run->to <= run->from)
        return;
    *runs = mem_room(*runs, *count, sizeof(**runs));
    (*runs)[(*count)++] = *run;
}

static void char_page(struct doc *doc, const unsigned char *page)
{
    size_t count = page[PAGE - 1];

    if (4 * (count + 1) + count >= PAGE)
        return;
    for (size_t i = 0; i < count; i++) {
        struct doc_run run = {.from = le32_get(page + 4 * i), .to = le32_get(page + 4 * i + 4)};
        size_t at = (size_t)2 * page[4 * (count + 1) + i];
        if (at && at + 1 + page[at] < PAGE)
            apply(page + at + 1, page[at], &run.flags, &run.value);
        add_run(&doc->chars, &doc->char_count, &run);
    }
}

static void para_page(struct doc *doc, const unsigned char *page)
{
    enum { BX = 13 };
    size_t count = page[PAGE - 1];

    if (4 * (count + 1) + BX * count >= PAGE)
        return;
    for (size_t i = 0; i < count; i++) {
        struct doc_run run = {.from = le32_get(page + 4 * i), .to = le32_get(page + 4 * i + 4)};
        size_t at = (size_t)2 * page[4 * (count + 1) + BX * i];
        if (at) {
            size_t len = page[at] ? (size_t)2 * page[at] - 1
                                  : (at + 1 < PAGE ? (size_t)2 * page[at + 1] : 0);
            at += page[at] ? 1 : 2;
            /* the number of a style stands before the modifiers */
            if (len >= 2 && at + len < PAGE) {
                run.style = le16_get(page + at);
                apply(page + at + 2, len - 2, &run.flags, &run.value);
                doc_list_modifiers(page + at + 2, len - 2, &run);
            }
        }
        add_run(&doc->paras, &doc->para_count, &run);
    }
}

static void read_pages(struct doc *doc, enum doc_table which,
                       void (*take)(struct doc *, const unsigned char *))
{
    size_t len;
    const unsigned char *table = doc_table(doc, which, &len);
    size_t count = table && len >= 4 ? (len - 4) / 8 : 0;

    for (size_t i = 0; i < count; i++) {
        size_t page = (size_t)(le32_get(table + 4 * (count + 1) + 4 * i) & 0x3FFFFF) * PAGE;
        if (page + PAGE <= doc->main.len)
            take(doc, bytes_of(&doc->main) + page);
    }
}

static int compare_runs(const void *a, const void *b)
{
    const struct doc_run *left = a;
    const struct doc_run *right = b;

    return left->from < right->from ? -1 : left->from > right->from;
}

static void sort_runs(struct doc_run *runs, size_t count)
{
    if (count)
        qsort(runs, count, sizeof(*runs), compare_runs);
}

const struct doc_run *doc_run_at(const struct doc_run *runs, size_t count, uint32_t at)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (runs[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && runs[low].from <= at ? &runs[low] : NULL;
}

/* ---- pieces ([MS-DOC] 2.9.38, 2.9.177) ---- */

/* What fast saving says of a piece: one modifier, or the number of a list of them. */
static uint32_t piece_flags(unsigned prm, const unsigned char *lists, size_t lists_len)
{
    uint32_t flags = 0;
    uint32_t value = 0;

    if (!(prm & 1)) {
        unsigned kind = prm >> 1 & 0x7F;
        bool on = prm >> 8 & 1;
        if (kind == 0x41 && on)
            flags |= DOC_DELETED;
        if (kind == 0x44 && on)
            flags |= DOC_HIDDEN;
        return flags;
    }
    size_t at = 0;
    for (unsigned i = 0; i <= prm >> 1; i++) {
        if (lists_len - at < 3 || lists[at] != 1)
            return flags;
        size_t len = le16_get(lists + at + 1);
        if (len > lists_len - at - 3)
            return flags;
        if (i == prm >> 1)
            apply(lists + at + 3, len, &flags, &value);
        at += 3 + len;
    }
    return flags & (DOC_DELETED | DOC_INSERTED | DOC_HIDDEN);
}

static void add_piece(struct doc *doc, const struct doc_piece *piece)
{
    if (doc->piece_count >= DOC_PIECES_MAX || piece->to <= piece->from)
        return;
    doc->pieces = mem_room(doc->pieces, doc->piece_count, sizeof(*doc->pieces));
    doc->pieces[doc->piece_count++] = *piece;
}

static void read_piece_table(struct doc *doc, const unsigned char *data, size_t len)
{
    enum { PIECE = 8, COMPRESSED = 0x40000000 };
    size_t at = 0;

    while (at < len && len - at >= 3 && data[at] == 1)
        at += 3 + (size_t)le16_get(data + at + 1);
    if (at > len || len - at < 5 || data[at] != 2)
        return;
    size_t lists_len = at;
    size_t size = le32_get(data + at + 1);
    at += 5;
    if (size > len - at)
        size = len - at;
    size_t count = size >= 4 ? (size - 4) / (4 + PIECE) : 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *entry = data + at + 4 * (count + 1) + PIECE * i;
        uint32_t place = le32_get(entry + 2);
        struct doc_piece piece = {.from = le32_get(data + at + 4 * i),
                                  .to = le32_get(data + at + 4 * i + 4)};
        piece.wide = !doc->old && !(place & COMPRESSED);
        piece.at = doc->old || piece.wide ? place : (place & ~(uint32_t)COMPRESSED) / 2;
        if (!doc->old)
            piece.flags = piece_flags(le16_get(entry + 6), data, lists_len);
        add_piece(doc, &piece);
    }
}

bool doc_pieces_read(struct doc *doc)
{
    size_t len;
    const unsigned char *table = doc_table(doc, DOC_PIECES, &len);
    uint64_t all = 0;

    for (size_t part = 0; part < DOC_PARTS; part++)
        all += doc->lengths[part];
    if (table && (!doc->old || doc->fast_saved))
        read_piece_table(doc, table, len);
    if (doc->piece_count == 0) {
        /* without a table the text stands in one run, from where the header says */
        uint32_t start = get32(&doc->main, 0x18);
        if (start >= doc->main.len || all == 0)
            return false;
        doc->damaged = !doc->old;
        add_piece(doc, &(struct doc_piece){.to = all < UINT32_MAX ? (uint32_t)all : UINT32_MAX,
                                           .at = start});
    }
    if (!doc->old) {
        read_pages(doc, DOC_CHAR_PAGES, char_page);
        read_pages(doc, DOC_PARA_PAGES, para_page);
        sort_runs(doc->chars, doc->char_count);
        sort_runs(doc->paras, doc->para_count);
        doc_lists_read(doc);
    }
    return true;
}

void doc_release(struct doc *doc)
{
    buf_release(&doc->main);
    buf_release(&doc->table);
    buf_release(&doc->data);
    free(doc->pieces);
    free(doc->chars);
    free(doc->paras);
    free(doc->styles);
    numbering_release(&doc->numbering);
}
