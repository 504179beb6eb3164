#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/ooxml/ooxml.h"
#include "worker/ooxml/ooxml_book.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"

enum { CELL_MAX = 1 << 20, FLUSH_BYTES = 256 << 10 };

struct rows {
    const struct workbook *book;
    struct emit *emit;
    struct sheet_facts facts;
    struct buf out;   /* rows not yet emitted */
    struct buf value; /* of the open cell */
    char type[12];    /* of the open cell: "s", "str", "inlineStr", "b", "e", "d", "n" */
    long style;
    long row;          /* the open one, from 0; -1 before the first */
    long column;       /* of the next cell, from 0 */
    long tabs;         /* empty cells before the next value */
    unsigned values;   /* open v, t */
    unsigned phonetic; /* depth below rPh */
    bool header_footer;
};

/* "AB12" is column 27; -1 when it names none. */
static long column_of(const char *reference)
{
    long column = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && column < 100000; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return column - 1;
}

static void cell_start(struct rows *rows, const struct xml_element *element)
{
    char reference[16];

    xml_attribute(element, "t", rows->type, sizeof(rows->type));
    rows->style = xml_attribute_number(element, "s", 0);
    buf_clear(&rows->value);
    long column = xml_attribute(element, "r", reference, sizeof(reference)) ? column_of(reference)
                                                                            : rows->column;
    if (column > rows->column)
        rows->tabs += column - rows->column;
    if (column >= rows->column)
        rows->column = column;
}

/* A number as its style shows it. */
static void put_number(struct rows *rows)
{
    char *end;
    double number = strtod(rows->value.data, &end);

    /* whole numbers longer than Excel's own fifteen digits are some other writer's identifiers */
    bool exact = rows->value.len > 15 && !strpbrk(rows->value.data, ".eE");
    if (end == rows->value.data || *end || exact)
        (void)buf_append(&rows->out, rows->value.data, rows->value.len);
    else
        workbook_number(rows->book, rows->style, number, &rows->out);
}

static void put_value(struct rows *rows)
{
    if (xml_is(rows->type, "s")) {
        size_t len;
        const char *text =
            workbook_string(rows->book, (size_t)strtoul(rows->value.data, NULL, 10), &len);
        (void)buf_append(&rows->out, text, len);
    } else if (xml_is(rows->type, "b")) {
        (void)buf_append_str(&rows->out, rows->value.data[0] == '1' ? "TRUE" : "FALSE");
    } else if (xml_is(rows->type, "") || xml_is(rows->type, "n")) {
        put_number(rows);
    } else {
        (void)buf_append(&rows->out, rows->value.data, rows->value.len);
    }
}

static void cell_end(struct rows *rows)
{
    if (rows->value.len) {
        long tabs = rows->tabs < SHEET_GAP_MAX ? rows->tabs : SHEET_GAP_MAX;
        rows->facts.gaps |= tabs < rows->tabs;
        for (long i = 0; i < tabs; i++)
            (void)buf_append_char(&rows->out, '\t');
        rows->tabs = 0;
        size_t from = rows->out.len;
        put_value(rows);
        sheet_cell_clean(&rows->out, from);
    }
    rows->column++;
    rows->tabs++;
}

static void flush(struct rows *rows)
{
    emit_flow(rows->emit, TEXT_MAIN, rows->out.data, rows->out.len);
    buf_clear(&rows->out);
}

static void row_end(struct rows *rows)
{
    if (rows->out.len && rows->out.data[rows->out.len - 1] != '\n')
        (void)buf_append_char(&rows->out, '\n');
    if (rows->out.len > FLUSH_BYTES)
        flush(rows);
}

static bool is_set(const struct xml_element *element, const char *name)
{
    char value[8];

    return xml_attribute(element, name, value, sizeof(value)) &&
           (xml_is(value, "1") || xml_is(value, "true"));
}

static void row_start(struct rows *rows, const struct xml_element *element)
{
    rows->row = xml_attribute_number(element, "r", rows->row + 2) - 1;
    rows->column = 0;
    rows->tabs = 0;
    if (is_set(element, "hidden"))
        sheet_facts_hide_rows(&rows->facts, rows->row, rows->row);
}

/* A row without text is no line. */
static void row_close(struct rows *rows)
{
    if (rows->out.len && rows->out.data[rows->out.len - 1] != '\n')
        sheet_facts_line(&rows->facts, rows->row);
    row_end(rows);
}

static void columns_start(struct rows *rows, const struct xml_element *element)
{
    if (is_set(element, "hidden"))
        sheet_facts_hide_columns(&rows->facts, xml_attribute_number(element, "min", 0) - 1,
                                 xml_attribute_number(element, "max", 0) - 1);
}

static bool is_header_footer(const char *name)
{
    return xml_is(name, "oddHeader") || xml_is(name, "oddFooter") || xml_is(name, "evenHeader") ||
           xml_is(name, "evenFooter") || xml_is(name, "firstHeader") || xml_is(name, "firstFooter");
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct rows *rows = ctx;
    const char *name = element->name;

    if (xml_is(name, "c")) {
        cell_start(rows, element);
    } else if (xml_is(name, "v") || xml_is(name, "t")) {
        rows->values++;
    } else if (xml_is(name, "rPh")) {
        rows->phonetic++;
    } else if (xml_is(name, "row")) {
        row_start(rows, element);
    } else if (xml_is(name, "col")) {
        columns_start(rows, element);
    } else if (is_header_footer(name)) {
        buf_clear(&rows->value);
        rows->header_footer = true;
    }
}

static void on_end(void *ctx, const char *name)
{
    struct rows *rows = ctx;

    if (xml_is(name, "c")) {
        cell_end(rows);
    } else if (xml_is(name, "v") || xml_is(name, "t")) {
        rows->values--;
    } else if (xml_is(name, "rPh")) {
        rows->phonetic--;
    } else if (xml_is(name, "row")) {
        row_close(rows);
    } else if (is_header_footer(name)) {
        rows->header_footer = false;
        sheet_header_text(rows->value.data, &rows->out);
        row_end(rows);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct rows *rows = ctx;

    if ((rows->values && !rows->phonetic) || rows->header_footer)
        (void)buf_append(&rows->value, text, len);
}

/* Comments, text in shapes, charts: what lies on a sheet besides its cells. */
static void read_attached(struct package *package, const char *part, unsigned depth,
                          struct emit *emit)
{
    static const char *const types[] = {"comments", "threadedComment", "drawing", "chart",
                                        "diagramData"};
    struct relations relations;
    const struct relation *relation;

    relations_read(package, part, &relations);
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        for (size_t at = 0; (relation = relation_by_type(&relations, types[i], &at)) != NULL;) {
            struct part *found =
                relation->external ? NULL : package_part(package, relation->target);
            if (!found || found->taken || emit->stop)
                continue;
            CLEANUP(cleanup_buf) struct buf text = {0};
            buf_init(&text, PAGE_TEXT_MAX);
            ooxml_drawing_text(package, relation->target, &text);
            emit_flow(emit, TEXT_MAIN, text.data, text.len);
            if (depth == 0)
                read_attached(package, relation->target, depth + 1, emit);
        }
    }
    relations_release(&relations);
}

static void read_sheet(struct package *package, const struct workbook *book,
                       const struct sheet *sheet, const char *part, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct rows rows = {.book = book, .emit = emit, .row = -1};

    buf_init(&rows.out, FLUSH_BYTES + (size_t)16 * CELL_MAX);
    buf_init(&rows.value, CELL_MAX);
    workbook_sheet_head(sheet, &rows.facts, emit, &rows.out);
    (void)package_read_xml(package, part, &handler, &rows);
    row_end(&rows);
    (void)buf_append_char(&rows.out, '\n');
    flush(&rows);
    read_attached(package, part, 0, emit);
    sheet_facts_end(&rows.facts, emit);
    buf_release(&rows.out);
    buf_release(&rows.value);
}

void ooxml_sheets_read(struct package *package, const char *main_part, struct emit *emit)
{
    struct workbook book;
    struct relations relations;

    ooxml_book_read(package, main_part, &book);
    relations_read(package, main_part, &relations);
    ooxml_book_sheets(package, &relations, &book, read_sheet, emit);
    relations_release(&relations);
    workbook_release(&book);
}
