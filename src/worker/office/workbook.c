#include "worker/office/workbook.h"

#include <stdlib.h>
#include <string.h>

enum { STRINGS_MAX = 1 << 26, FLUSH_BYTES = 256 << 10, LINE_MAX = 16 << 20 };

void workbook_init(struct workbook *book)
{
    *book = (struct workbook){0};
    buf_init(&book->strings, SHARED_STRINGS_MAX);
}

void workbook_release(struct workbook *book)
{
    for (size_t i = 0; i < book->format_count; i++)
        free(book->formats[i].code);
    free(book->formats);
    free(book->styles);
    free(book->sheets);
    free(book->string_at);
    buf_release(&book->strings);
}

struct sheet *workbook_add_sheet(struct workbook *book)
{
    if (book->sheet_count >= SHEETS_MAX)
        return NULL;
    book->sheets = mem_room(book->sheets, book->sheet_count, sizeof(*book->sheets));
    struct sheet *sheet = &book->sheets[book->sheet_count++];
    *sheet = (struct sheet){0};
    return sheet;
}

void workbook_end_string(struct workbook *book)
{
    if (book->string_count >= STRINGS_MAX)
        return;
    if (book->string_count + 2 > book->string_space) {
        book->string_space = book->string_space ? 2 * book->string_space : 1024;
        book->string_at =
            mem_realloc(book->string_at, book->string_space, sizeof(*book->string_at));
        if (book->string_count == 0)
            book->string_at[0] = 0;
    }
    book->string_at[++book->string_count] = (uint32_t)book->strings.len;
}

void workbook_add_format(struct workbook *book, long id, const char *code)
{
    if (book->format_count >= FORMATS_MAX)
        return;
    if (!book->formats)
        book->formats = mem_zalloc(FORMATS_MAX, sizeof(*book->formats));
    book->formats[book->format_count++] =
        (struct format){id, mem_strndup(code, strnlen(code, NUMFMT_CODE_MAX - 1))};
}

void workbook_add_style(struct workbook *book, long format)
{
    if (book->style_count >= STYLES_MAX)
        return;
    if (!book->styles)
        book->styles = mem_zalloc(STYLES_MAX, sizeof(*book->styles));
    book->styles[book->style_count++] = (uint16_t)(format >= 0 && format < 65536 ? format : 0);
}

const char *workbook_string(const struct workbook *book, size_t index, size_t *ret_len)
{
    *ret_len = 0;
    if (index >= book->string_count)
        return "";
    *ret_len = book->string_at[index + 1] - book->string_at[index];
    return book->strings.data + book->string_at[index];
}

/* The numbers 14 to 17 and 22 are dates in the order of the reader's own country, so a code the
 * file writes for them is not what it looks like. */
static const char *code_of(const struct workbook *book, long style)
{
    long id = style >= 0 && (size_t)style < book->style_count ? book->styles[style] : 0;
    const char *built_in = number_built_in(id);

    if (built_in && number_kind_of(built_in) != NUMBER_PLAIN)
        return built_in;
    for (size_t i = 0; i < book->format_count; i++)
        if (book->formats[i].id == id)
            return book->formats[i].code;
    return built_in;
}

void workbook_number(const struct workbook *book, long style, double value, struct buf *out)
{
    number_show(code_of(book, style), value, book->from_1904, out);
}

void workbook_sheet_head(const struct sheet *sheet, struct sheet_facts *facts, struct emit *emit,
                         struct buf *out)
{
    sheet_facts_start(facts, emit, sheet->name);
    emit_meta(emit, "sheet", sheet->name);
    if (sheet->state != SHEET_SHOWN)
        emit_meta(emit, "hidden-sheet", sheet->name);
    (void)buf_printf(out, "%s\n", sheet->name);
}

void sheet_cell_clean(struct buf *out, size_t from)
{
    for (size_t i = from; i < out->len; i++)
        if (out->data[i] == '\n' || out->data[i] == '\r' || out->data[i] == '\t')
            out->data[i] = ' ';
}

void sheet_header_text(const char *text, struct buf *out)
{
    for (const char *at = text; *at; at++) {
        if (*at != '&' || !at[1]) {
            (void)buf_append_char(out, *at);
            continue;
        }
        at++;
        if (*at == '"') {
            const char *end = strchr(at + 1, '"');
            at = end ? end : at;
        } else if (*at >= '0' && *at <= '9') {
            at += strspn(at, "0123456789") - 1;
        } else if (*at == '&') {
            (void)buf_append_char(out, '&');
        } else {
            (void)buf_append_char(out, ' ');
        }
    }
    (void)buf_append_char(out, '\n');
}

/* ---- the cells of a sheet as lines ---- */

void grid_init(struct grid *grid, struct emit *emit)
{
    *grid = (struct grid){.emit = emit, .row = -1, .column = -1, .cell_at = SIZE_MAX};
    buf_init(&grid->out, FLUSH_BYTES + LINE_MAX);
}

static void flush(struct grid *grid)
{
    emit_flow(grid->emit, TEXT_MAIN, grid->out.data, grid->out.len);
    buf_clear(&grid->out);
}

static void cell_close(struct grid *grid)
{
    if (grid->cell_at != SIZE_MAX)
        sheet_cell_clean(&grid->out, grid->cell_at);
    grid->cell_at = SIZE_MAX;
}

void grid_line_end(struct grid *grid)
{
    cell_close(grid);
    if (grid->out.len && grid->out.data[grid->out.len - 1] != '\n')
        (void)buf_append_char(&grid->out, '\n');
    grid->row = -1;
    if (grid->out.len > FLUSH_BYTES)
        flush(grid);
}

void grid_cell(struct grid *grid, int64_t row, int64_t column)
{
    int64_t gap = column;

    cell_close(grid);
    if (row != grid->row) {
        grid_line_end(grid);
        sheet_facts_line(&grid->facts, row);
    } else
        gap = column - grid->column;
    if (row == grid->row && gap <= 0)
        gap = 1;
    if (gap > SHEET_GAP_MAX) {
        grid->facts.gaps = true;
        gap = SHEET_GAP_MAX;
    }
    for (int64_t i = 0; i < gap; i++)
        (void)buf_append_char(&grid->out, '\t');
    grid->row = row;
    grid->column = column;
    grid->cell_at = grid->out.len;
}

void grid_sheet(struct grid *grid, const struct sheet *sheet)
{
    grid_line_end(grid);
    flush(grid);
    sheet_facts_end(&grid->facts, grid->emit);
    workbook_sheet_head(sheet, &grid->facts, grid->emit, &grid->out);
}

void grid_end(struct grid *grid)
{
    grid_line_end(grid);
    flush(grid);
    sheet_facts_end(&grid->facts, grid->emit);
    buf_release(&grid->out);
}
