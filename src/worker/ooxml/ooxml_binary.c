/* Binary workbooks in packages (XLSB, [MS-XLSB]): records of BIFF12 where XLSX has XML. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/office/biff.h"
#include "worker/plain/codepage.h"
#include "worker/ooxml/ooxml_book.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"
#include "worker/office/workbook.h"

enum { PART_MAX = 256 << 20, TEXT_MAX = 1 << 20 };

enum record_type {
    ROW = 0,
    CELL_RK = 2,
    CELL_ERROR = 3,
    CELL_BOOL = 4,
    CELL_REAL = 5,
    CELL_STRING = 6,
    CELL_SHARED = 7,
    FORMULA_STRING = 8,
    FORMULA_NUMBER = 9,
    FORMULA_BOOL = 10,
    STRING_ITEM = 19,
    FORMAT = 44,
    STYLE = 47,
    COLUMN = 60,
    CELL_RICH = 62,
    BOOK_PROPERTIES = 153,
    SHEET = 156,
    STYLES_BEGIN = 617,
    STYLES_END = 618,
    COMMENT_TEXT = 637,
};

struct record {
    unsigned type;
    const unsigned char *data;
    size_t len;
};

static int take(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

/* Numbers of seven bits a byte, the last without its top bit. */
static bool take_number(const struct buf *bytes, size_t *at, unsigned most, uint32_t *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < most; i++) {
        if (*at >= bytes->len)
            return false;
        unsigned char c = (unsigned char)bytes->data[(*at)++];
        *ret |= (uint32_t)(c & 0x7F) << 7 * i;
        if (!(c & 0x80))
            return true;
    }
    return true;
}

static bool next(const struct buf *bytes, size_t *at, struct record *ret)
{
    uint32_t type;
    uint32_t len;

    if (!take_number(bytes, at, 2, &type) || !take_number(bytes, at, 4, &len))
        return false;
    ret->type = type;
    ret->data = (const unsigned char *)bytes->data + *at;
    ret->len = len < bytes->len - *at ? len : bytes->len - *at;
    *at += ret->len;
    return true;
}

/* A string that begins with its length in characters; returns the bytes it took. */
static size_t put_wide(const struct record *record, size_t at, struct buf *out)
{
    if (at > record->len || record->len - at < 4)
        return record->len;
    size_t count = le32_get(record->data + at);
    size_t room = (record->len - at - 4) / 2;
    if (count == 0xFFFFFFFF)
        return 4;
    if (count > room)
        count = room;
    (void)codepage_text(CODEPAGE_UTF16, record->data + at + 4, 2 * count, out);
    return 4 + 2 * count;
}

typedef void on_record(void *ctx, const struct record *record);

static void each(struct package *package, const char *name, on_record *call, void *ctx)
{
    struct part *part = package_part(package, name);
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct record record;

    if (!part)
        return;
    part->taken = true;
    buf_init(&bytes, PART_MAX);
    (void)package_read(package, part, take, &bytes);
    if (bytes.full && package->damage == REASON_NONE)
        package->damage = REASON_LIMIT_SIZE;
    for (size_t at = 0; next(&bytes, &at, &record);)
        call(ctx, &record);
}

static void copy_text(char *to, size_t size, const struct buf *from)
{
    size_t len = from->len < size ? from->len : size - 1;

    memcpy(to, from->data, len);
    to[len] = '\0';
}

/* Whether the record's rest is just two strings. */
static bool two_strings(const struct record *record, size_t at)
{
    for (int i = 0; i < 2; i++) {
        if (at > record->len || record->len - at < 4)
            return false;
        uint32_t count = le32_get(record->data + at);
        at += 4;
        if (count > (record->len - at) / 2)
            return false;
        at += (size_t)2 * count;
    }
    return at == record->len;
}

static void on_book(void *ctx, const struct record *record)
{
    struct workbook *book = ctx;
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (record->type == BOOK_PROPERTIES && record->len >= 4)
        book->from_1904 = le32_get(record->data) & 1;
    if (record->type != SHEET || record->len < 12)
        return;
    struct sheet *sheet = workbook_add_sheet(book);
    if (!sheet)
        return;
    buf_init(&text, TEXT_MAX);
    sheet->state = (enum sheet_state)(le32_get(record->data) & 3);
    /* versions before the first release have one number more */
    size_t at = !two_strings(record, 8) && two_strings(record, 12) ? 12 : 8;
    size_t used = put_wide(record, at, &text);
    copy_text(sheet->id, sizeof(sheet->id), &text);
    buf_clear(&text);
    (void)put_wide(record, at + used, &text);
    copy_text(sheet->name, sizeof(sheet->name), &text);
}

static void on_string(void *ctx, const struct record *record)
{
    struct workbook *book = ctx;

    if (record->type != STRING_ITEM)
        return;
    (void)put_wide(record, 1, &book->strings);
    workbook_end_string(book);
}

struct styles {
    struct workbook *book;
    bool in_cells;
};

static void on_style(void *ctx, const struct record *record)
{
    struct styles *styles = ctx;
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (record->type == STYLES_BEGIN || record->type == STYLES_END) {
        styles->in_cells = record->type == STYLES_BEGIN;
    } else if (record->type == STYLE && styles->in_cells && record->len >= 4) {
        workbook_add_style(styles->book, le16_get(record->data + 2));
    } else if (record->type == FORMAT && record->len >= 2) {
        buf_init(&text, TEXT_MAX);
        (void)put_wide(record, 2, &text);
        workbook_add_format(styles->book, le16_get(record->data), text.data);
    }
}

struct cells {
    const struct workbook *book;
    struct grid grid;
    int64_t row;
};

static void put_cell(struct cells *cells, const struct record *record, long style)
{
    struct buf *out = &cells->grid.out;
    const unsigned char *value = record->data + 8;
    size_t left = record->len - 8;
    size_t len;

    switch (record->type) {
    case CELL_RK:
        if (left >= 4)
            workbook_number(cells->book, style, biff_rk(le32_get(value)), out);
        break;
    case CELL_REAL:
    case FORMULA_NUMBER:
        if (left >= 8)
            workbook_number(cells->book, style, biff_double(value), out);
        break;
    case CELL_BOOL:
    case FORMULA_BOOL:
        (void)buf_append_str(out, left && *value ? "TRUE" : "FALSE");
        break;
    case CELL_STRING:
    case FORMULA_STRING:
        (void)put_wide(record, 8, out);
        break;
    case CELL_RICH:
        (void)put_wide(record, 9, out);
        break;
    default: {
        const char *text =
            left >= 4 ? workbook_string(cells->book, le32_get(value), &len) : (len = 0, "");
        (void)buf_append(out, text, len);
    }
    }
}

static void on_cell(void *ctx, const struct record *record)
{
    struct cells *cells = ctx;

    if (record->type == ROW && record->len >= 4) {
        cells->row = le32_get(record->data);
        /* 2.4.749: fDyZero */
        if (record->len >= 12 && record->data[11] & 0x10)
            sheet_facts_hide_rows(&cells->grid.facts, cells->row, cells->row);
        return;
    }
    /* 2.4.325: fHidden */
    if (record->type == COLUMN && record->len >= 18 && record->data[16] & 1)
        sheet_facts_hide_columns(&cells->grid.facts, le32_get(record->data),
                                 le32_get(record->data + 4));
    bool is_cell =
        (record->type >= CELL_RK && record->type <= FORMULA_BOOL) || record->type == CELL_RICH;
    if (!is_cell || record->type == CELL_ERROR || record->len < 8)
        return;
    grid_cell(&cells->grid, cells->row, le32_get(record->data));
    put_cell(cells, record, (long)(le32_get(record->data + 4) & 0xFFFFFF));
}

static void on_comment(void *ctx, const struct record *record)
{
    struct grid *grid = ctx;

    if (record->type != COMMENT_TEXT)
        return;
    (void)put_wide(record, 1, &grid->out);
    (void)buf_append_char(&grid->out, '\n');
}

/* What lies on a sheet besides its cells: comments are records, drawings XML as elsewhere. */
static void read_attached(struct package *package, const char *part, struct grid *grid)
{
    static const char *const types[] = {"drawing", "chart", "diagramData"};
    struct relations relations;
    const struct relation *relation;
    size_t at = 0;

    relations_read(package, part, &relations);
    while ((relation = relation_by_type(&relations, "comments", &at)) != NULL)
        each(package, relation->target, on_comment, grid);
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        for (at = 0; (relation = relation_by_type(&relations, types[i], &at)) != NULL;) {
            struct part *found = package_part(package, relation->target);
            if (!found || found->taken || relation->external)
                continue;
            ooxml_drawing_text(package, relation->target, &grid->out);
            if (i == 0)
                read_attached(package, relation->target, grid);
        }
    relations_release(&relations);
}

static void read_sheet(struct package *package, const struct workbook *book,
                       const struct sheet *sheet, const char *part, struct emit *emit)
{
    struct cells cells = {.book = book};

    grid_init(&cells.grid, emit);
    grid_sheet(&cells.grid, sheet);
    each(package, part, on_cell, &cells);
    grid_line_end(&cells.grid);
    read_attached(package, part, &cells.grid);
    (void)buf_append_char(&cells.grid.out, '\n');
    grid_end(&cells.grid);
}

static void read_related(struct package *package, const struct relations *relations,
                         const char *type, on_record *call, void *ctx)
{
    size_t at = 0;
    const struct relation *relation = relation_by_type(relations, type, &at);

    if (relation && !relation->external)
        each(package, relation->target, call, ctx);
}

void ooxml_binary_read(struct package *package, const char *main_part, struct emit *emit)
{
    struct workbook book;
    struct styles styles = {.book = &book};
    struct relations relations;

    workbook_init(&book);
    each(package, main_part, on_book, &book);
    relations_read(package, main_part, &relations);
    read_related(package, &relations, "sharedStrings", on_string, &book);
    read_related(package, &relations, "styles", on_style, &styles);
    ooxml_book_sheets(package, &relations, &book, read_sheet, emit);
    relations_release(&relations);
    workbook_release(&book);
}
