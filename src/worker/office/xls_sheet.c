#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/office/art.h"
#include "worker/plain/codepage.h"
#include "worker/office/xls_parts.h"

enum { TEXT_LIMIT = 1 << 20, DEPTH_MAX = 16, BESIDE_MAX = 8 << 20, CELL_HEAD = 6 };

struct reading {
    struct xls *xls;
    struct grid grid;
    struct buf beside; /* notes, boxes, charts: after the cells */
    struct buf links;
    int64_t row, column; /* of the formula whose string comes next */
    bool string_next;
    unsigned depth; /* open substreams: charts lie inside */
};

/* Excel's names of errors ([MS-XLS] 2.5.10). */
static const char *error_name(unsigned code)
{
    switch (code) {
    case 0x00:
        return "#NULL!";
    case 0x07:
        return "#DIV/0!";
    case 0x0F:
        return "#VALUE!";
    case 0x17:
        return "#REF!";
    case 0x1D:
        return "#NAME?";
    case 0x24:
        return "#NUM!";
    default:
        return "#N/A";
    }
}

static void put_bool_or_error(struct reading *reading, unsigned value, bool error)
{
    (void)buf_append_str(&reading->grid.out, error ? error_name(value) : value ? "TRUE" : "FALSE");
}

static void put_number(struct reading *reading, unsigned style, double value)
{
    workbook_number(&reading->xls->book, style, value, &reading->grid.out);
}

/* A formula shows its last result: a number, or, by the last two bytes, something else. */
static void on_formula(struct reading *reading, const struct biff_record *record, unsigned style)
{
    size_t at = reading->xls->biff.version == 2 ? 7 : CELL_HEAD;

    if (record->len < at + 8)
        return;
    const unsigned char *result = record->data + at;
    if (le16_get(result + 6) != 0xFFFF) {
        grid_cell(&reading->grid, reading->row, reading->column);
        put_number(reading, style, biff_double(result));
    } else if (result[0] == 0) {
        reading->string_next = true;
    } else if (result[0] == 1 || result[0] == 2) {
        grid_cell(&reading->grid, reading->row, reading->column);
        put_bool_or_error(reading, result[2], result[0] == 2);
    }
}

static void on_text_cell(struct reading *reading, const struct biff_record *record)
{
    struct biff_bytes bytes;
    unsigned version = reading->xls->biff.version;

    biff_bytes_init(&bytes, &reading->xls->biff, record);
    biff_skip(&bytes, version == 2 ? 7 : CELL_HEAD);
    grid_cell(&reading->grid, reading->row, reading->column);
    biff_string(&bytes, version == 2 ? 1 : 2, &reading->grid.out);
}

static void on_multiple_rk(struct reading *reading, const struct biff_record *record)
{
    for (size_t i = 0; 4 + 6 * i + 6 <= record->len - (record->len >= 2 ? 2 : 0); i++) {
        const unsigned char *at = record->data + 4 + 6 * i;
        grid_cell(&reading->grid, reading->row, reading->column + (int64_t)i);
        put_number(reading, le16_get(at), biff_rk(le32_get(at + 2)));
    }
}

/* Cells of BIFF3 and later begin with row, column and style. */
static void on_cell(struct reading *reading, const struct biff_record *record)
{
    struct xls *xls = reading->xls;
    size_t len;

    if (record->len < CELL_HEAD)
        return;
    reading->row = le16_get(record->data);
    reading->column = le16_get(record->data + 2);
    unsigned style = le16_get(record->data + 4);
    const unsigned char *rest = record->data + CELL_HEAD;
    switch (record->id) {
    case BIFF_FORMULA:
    case 0x0206:
    case 0x0406:
        on_formula(reading, record, style);
        break;
    case BIFF_MULTIPLE_RK:
        on_multiple_rk(reading, record);
        break;
    case BIFF_LABEL:
    case BIFF_RICH_STRING:
        on_text_cell(reading, record);
        break;
    case BIFF_SHARED_STRING:
        if (record->len >= 10) {
            const char *text = workbook_string(&xls->book, le32_get(rest), &len);
            grid_cell(&reading->grid, reading->row, reading->column);
            (void)buf_append(&reading->grid.out, text, len);
        }
        break;
    case BIFF_NUMBER:
        if (record->len >= 14) {
            grid_cell(&reading->grid, reading->row, reading->column);
            put_number(reading, style, biff_double(rest));
        }
        break;
    case BIFF_RK:
        if (record->len >= 10) {
            grid_cell(&reading->grid, reading->row, reading->column);
            put_number(reading, style, biff_rk(le32_get(rest)));
        }
        break;
    case BIFF_BOOL_OR_ERROR:
        if (record->len >= 8) {
            grid_cell(&reading->grid, reading->row, reading->column);
            put_bool_or_error(reading, rest[0], rest[1]);
        }
        break;
    default:
        break;
    }
}

/* Cells of BIFF2 have three bytes of attributes where later ones name a style. */
static void on_old_cell(struct reading *reading, const struct biff_record *record)
{
    if (record->len < 8)
        return;
    reading->row = le16_get(record->data);
    reading->column = le16_get(record->data + 2);
    if (record->id == 0x0002) {
        grid_cell(&reading->grid, reading->row, reading->column);
        (void)buf_printf(&reading->grid.out, "%u",
                         record->len >= 9 ? (unsigned)le16_get(record->data + 7) : 0);
    } else if (record->id == 0x0003 && record->len >= 15) {
        grid_cell(&reading->grid, reading->row, reading->column);
        put_number(reading, 0, biff_double(record->data + 7));
    } else if (record->id == 0x0004) {
        on_text_cell(reading, record);
    } else if (record->id == BIFF_FORMULA) {
        on_formula(reading, record, 0);
    }
}

/* The result of the formula before. */
static void on_string(struct reading *reading, const struct biff_record *record)
{
    struct biff_bytes bytes;

    if (!reading->string_next)
        return;
    reading->string_next = false;
    biff_bytes_init(&bytes, &reading->xls->biff, record);
    grid_cell(&reading->grid, reading->row, reading->column);
    biff_string(&bytes, reading->xls->biff.version == 2 ? 1 : 2, &reading->grid.out);
}

/* Codes of headers and footers: "&L", "&P", "&"Arial,Bold"", "&12". */
static void on_header(struct reading *reading, const struct biff_record *record)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct biff_bytes bytes;

    if (record->len < 2)
        return;
    buf_init(&text, TEXT_LIMIT);
    biff_bytes_init(&bytes, &reading->xls->biff, record);
    biff_string(&bytes, reading->xls->biff.version < 8 ? 1 : 2, &text);
    sheet_header_text(text.data, &reading->beside);
}

/* A text box or the text of a note: its characters stand in the CONTINUE record behind it. */
static void on_text_object(struct reading *reading, const struct biff_record *record)
{
    struct biff_bytes bytes;

    if (record->len < 12)
        return;
    size_t count = le16_get(record->data + 10);
    if (count == 0)
        return;
    biff_bytes_init(&bytes, &reading->xls->biff, record);
    bytes.at = bytes.end;
    biff_chars(&bytes, count, false, &reading->beside);
    (void)buf_append_char(&reading->beside, '\n');
}

/* Notes of BIFF5 hold their text, by pieces; those of BIFF8 name their author. */
static void on_note(struct reading *reading, const struct biff_record *record)
{
    struct biff_bytes bytes;

    biff_bytes_init(&bytes, &reading->xls->biff, record);
    if (reading->xls->biff.version == 8) {
        if (record->len < 11)
            return;
        biff_skip(&bytes, 8);
        (void)buf_append_str(&reading->beside, "[");
        biff_string(&bytes, 2, &reading->beside);
        (void)buf_append_str(&reading->beside, "]\n");
        return;
    }
    if (record->len < 6)
        return;
    bool more = le16_get(record->data) == 0xFFFF;
    (void)codepage_text(reading->xls->biff.codepage, record->data + 6, record->len - 6,
                        &reading->beside);
    if (!more)
        (void)buf_append_char(&reading->beside, '\n');
}

/* The address in a link ([MS-OSHARED] 2.3.7.1): the moniker's text is found by its shape. */
static void on_link(struct reading *reading, const struct biff_record *record)
{
    static const unsigned char url[16] = {0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11,
                                          0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B};
    static const unsigned char file[16] = {0x03, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                           0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46};
    const unsigned char *end = record->data + record->len;
    const unsigned char *found = memmem(record->data, record->len, url, sizeof(url));

    if (found && end - found >= 20) {
        size_t len = le32_get(found + 16);
        const unsigned char *text = found + 20;
        if (len > (size_t)(end - text))
            len = (size_t)(end - text);
        size_t units = 0;
        while (2 * units + 2 <= len && le16_get(text + 2 * units))
            units++;
        (void)codepage_text(CODEPAGE_UTF16, text, 2 * units, &reading->links);
        (void)buf_append_char(&reading->links, '\n');
        return;
    }
    found = memmem(record->data, record->len, file, sizeof(file));
    if (found && end - found >= 22) {
        size_t len = le32_get(found + 18);
        if (len > (size_t)(end - found) - 22)
            return;
        (void)codepage_text(reading->xls->biff.codepage, found + 22,
                            strnlen((const char *)found + 22, len), &reading->links);
        (void)buf_append_char(&reading->links, '\n');
    }
}

static void on_chart_text(struct reading *reading, const struct biff_record *record)
{
    struct biff_bytes bytes;

    biff_bytes_init(&bytes, &reading->xls->biff, record);
    biff_skip(&bytes, 2);
    biff_string(&bytes, 1, &reading->beside);
    (void)buf_append_char(&reading->beside, '\n');
}

/* [MS-XLS] 2.4.221 Row: fDyZero. */
static void on_row(struct reading *reading, const struct biff_record *record)
{
    enum { NO_HEIGHT = 0x20 };

    if (record->len < 16)
        return;
    int64_t row = le16_get(record->data);
    if (le16_get(record->data + 12) & NO_HEIGHT)
        sheet_facts_hide_rows(&reading->grid.facts, row, row);
}

/* [MS-XLS] 2.4.53 ColInfo: fHidden. */
static void on_columns(struct reading *reading, const struct biff_record *record)
{
    if (record->len < 10)
        return;
    if (le16_get(record->data + 8) & 1)
        sheet_facts_hide_columns(&reading->grid.facts, le16_get(record->data),
                                 le16_get(record->data + 2));
}

static void on_record(struct reading *reading, const struct biff_record *record)
{
    switch (record->id) {
    case BIFF_STRING:
    case 0x0007:
        on_string(reading, record);
        break;
    case BIFF_ROW:
        on_row(reading, record);
        break;
    case BIFF_COLUMNS:
        on_columns(reading, record);
        break;
    case BIFF_HEADER_TEXT:
    case BIFF_FOOTER_TEXT:
        on_header(reading, record);
        break;
    case BIFF_NOTE:
        on_note(reading, record);
        break;
    case BIFF_TEXT_OBJECT:
        on_text_object(reading, record);
        break;
    case BIFF_DRAWING:
        art_texts(record->data, record->len, &reading->beside);
        break;
    case BIFF_LINK:
        on_link(reading, record);
        break;
    case BIFF_CHART_TEXT:
        on_chart_text(reading, record);
        break;
    default:
        if (reading->xls->biff.version == 2)
            on_old_cell(reading, record);
        else if (reading->depth == 1)
            on_cell(reading, record);
    }
}

static bool is_start(const struct biff_record *record)
{
    return record->id == BIFF_BOF || record->id == 0x0409 || record->id == 0x0209 ||
           record->id == 0x0009;
}

void xls_sheet_read(struct xls *xls, const struct sheet *sheet)
{
    struct reading reading = {.xls = xls};
    struct biff_record record;

    grid_init(&reading.grid, xls->emit);
    buf_init(&reading.beside, BESIDE_MAX);
    buf_init(&reading.links, BESIDE_MAX);
    grid_sheet(&reading.grid, sheet);
    while (!xls->emit->stop && biff_next(&xls->biff, &record)) {
        if (is_start(&record)) {
            reading.depth += reading.depth < DEPTH_MAX;
        } else if (record.id == BIFF_EOF) {
            if (reading.depth <= 1)
                break;
            reading.depth--;
        } else {
            on_record(&reading, &record);
        }
    }
    grid_line_end(&reading.grid);
    (void)buf_append(&reading.grid.out, reading.beside.data, reading.beside.len);
    (void)buf_append_char(&reading.grid.out, '\n');
    emit_flow(xls->emit, TEXT_REST, reading.links.data, reading.links.len);
    grid_end(&reading.grid);
    buf_release(&reading.beside);
    buf_release(&reading.links);
}
