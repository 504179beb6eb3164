#include "worker/office/excel_2003.h"

#include <stdlib.h>
#include <string.h>

#include "worker/office/properties.h"
#include "worker/office/workbook.h"
#include "worker/xml/xml.h"

enum {
    STYLE_ID_MAX = 64,
    COLUMNS_MAX = 16384,
    VALUE_MAX = 1 << 20,
    COMMENTS_MAX = 16 << 20,
    HEADER_MAX = 4096,
    NO_STYLE = -1,
};

struct styles {
    struct style {
        char id[STYLE_ID_MAX], parent[STYLE_ID_MAX];
        char *code; /* NULL: as of its parent */
    } * items;
    size_t count;
};

struct reading {
    struct emit *emit;
    struct properties properties;
    unsigned in_properties; /* depth below DocumentProperties */
    struct styles styles;
    struct grid grid;
    bool in_sheet;
    struct sheet sheet;
    int64_t row, column; /* of the open cell, or the next one */
    int64_t merged;      /* columns that the open cell covers besides its own */
    struct buf value, comments;
    char type[16];
    long table_style, row_style, style; /* indexes of styles */
    int16_t *columns;                   /* styles of columns */
    bool in_data, in_comment;
};

/* ---- styles ---- */

/* The formats that have names instead of codes. */
static const char *code_of(const char *said)
{
    static const struct {
        const char *name, *code;
    } NAMED[] = {
        {"General", ""},
        {"General Number", ""},
        {"General Date", "yyyy-mm-dd hh:mm:ss"},
        {"Long Date", "yyyy-mm-dd"},
        {"Medium Date", "yyyy-mm-dd"},
        {"Short Date", "yyyy-mm-dd"},
        {"Long Time", "hh:mm:ss"},
        {"Medium Time", "hh:mm:ss"},
        {"Short Time", "hh:mm:ss"},
        {"Currency", "$#,##0.00;[Red]($#,##0.00)"},
        {"Euro Currency", "[$\xE2\x82\xAC-2]#,##0.00"},
        {"Fixed", "0.00"},
        {"Standard", "#,##0.00"},
        {"Percent", "0.00%"},
        {"Scientific", "0.00E+00"},
        {"Yes/No", "\"Yes\";\"Yes\";\"No\""},
        {"True/False", "\"True\";\"True\";\"False\""},
        {"On/Off", "\"On\";\"On\";\"Off\""},
    };

    for (size_t i = 0; i < ARRAY_LEN(NAMED); i++)
        if (xml_is(NAMED[i].name, said))
            return NAMED[i].code;
    return said;
}

static long style_by_id(const struct styles *styles, const char *id)
{
    for (size_t i = 0; *id && i < styles->count; i++)
        if (xml_is(styles->items[i].id, id))
            return (long)i;
    return NO_STYLE;
}

static void style_start(struct styles *styles, const struct xml_element *element)
{
    if (styles->count >= FORMATS_MAX)
        return;
    styles->items = mem_room(styles->items, styles->count, sizeof(*styles->items));
    struct style *style = &styles->items[styles->count++];
    *style = (struct style){0};
    xml_attribute(element, "ID", style->id, sizeof(style->id));
    xml_attribute(element, "Parent", style->parent, sizeof(style->parent));
}

static void style_format(struct styles *styles, const struct xml_element *element)
{
    char code[NUMFMT_CODE_MAX];

    if (styles->count == 0 || styles->items[styles->count - 1].code)
        return;
    if (xml_attribute(element, "Format", code, sizeof(code)))
        styles->items[styles->count - 1].code = mem_strdup(code_of(code));
}

static void styles_release(struct styles *styles)
{
    for (size_t i = 0; i < styles->count; i++)
        free(styles->items[i].code);
    free(styles->items);
}

/* The style that an element names, else the one around it. */
static long style_of(const struct reading *reading, const struct xml_element *element,
                     long otherwise)
{
    char id[STYLE_ID_MAX];

    if (!xml_attribute(element, "StyleID", id, sizeof(id)))
        return otherwise;
    return style_by_id(&reading->styles, id);
}

static const char *style_code(const struct styles *styles, long index)
{
    enum { PARENTS_MAX = 16 };

    for (int depth = 0; index >= 0 && depth < PARENTS_MAX; depth++) {
        const struct style *style = &styles->items[index];
        if (style->code)
            return style->code;
        index = style_by_id(styles, style->parent);
    }
    return "";
}

/* ---- cells ---- */

/* "2005-01-31T10:30:00.000": a time of day is on the day before 1900 begins. */
static void put_date(struct reading *reading, const char *code)
{
    enum { DATE_LEN = 10, TIME_LEN = 8 };
    struct buf *out = &reading->grid.out;
    const char *said = reading->value.data;
    size_t len = reading->value.len;

    if (len < DATE_LEN + 1 + TIME_LEN || said[DATE_LEN] != 'T') {
        (void)buf_append(out, said, len);
        return;
    }
    const char *time = said + DATE_LEN + 1;
    bool no_date = strncmp(said, "1899-12-3", 9) == 0 || number_kind_of(code) == NUMBER_TIME;
    bool no_time = strncmp(time, "00:00:00", TIME_LEN) == 0 || number_kind_of(code) == NUMBER_DATE;
    if (!no_date)
        (void)buf_append(out, said, DATE_LEN);
    if (!no_date && !no_time)
        (void)buf_append_char(out, ' ');
    if (no_date || !no_time)
        (void)buf_append(out, time, TIME_LEN);
}

static void put_value(struct reading *reading)
{
    struct buf *out = &reading->grid.out;
    const char *code = style_code(&reading->styles, reading->style);
    char *end;
    double number = strtod(reading->value.data, &end);

    if (xml_is(reading->type, "DateTime"))
        put_date(reading, code);
    else if (xml_is(reading->type, "Boolean"))
        (void)buf_append_str(out, reading->value.data[0] == '1' ? "TRUE" : "FALSE");
    else if (xml_is(reading->type, "Number") && end != reading->value.data && !*end)
        number_show(code, number, false, out);
    else
        (void)buf_append(out, reading->value.data, reading->value.len);
}

/* A number of rows or columns, from 0. */
static int64_t places(const struct xml_element *element, const char *name, int64_t otherwise)
{
    enum { PLACES_MAX = 1 << 24 };
    long said = xml_attribute_number(element, name, (long)otherwise);

    return said < 0 ? 0 : said < PLACES_MAX ? said : PLACES_MAX;
}

/* The place that an element has or names, from 0; files count from 1. */
static int64_t place_of(const struct xml_element *element, int64_t next)
{
    int64_t said = places(element, "Index", next + 1);

    return said ? said - 1 : 0;
}

static void column_start(struct reading *reading, const struct xml_element *element)
{
    int64_t first = place_of(element, reading->column);
    int64_t last = first + places(element, "Span", 0);
    long style = style_of(reading, element, NO_STYLE);

    if (xml_attribute_number(element, "Hidden", 0))
        sheet_facts_hide_columns(&reading->grid.facts, first, last);
    for (int64_t i = first; i <= last && i < COLUMNS_MAX; i++)
        reading->columns[i] = (int16_t)style;
    reading->column = last < COLUMNS_MAX ? last + 1 : COLUMNS_MAX;
}

static void row_start(struct reading *reading, const struct xml_element *element)
{
    reading->row = place_of(element, reading->row + 1);
    reading->row_style = style_of(reading, element, NO_STYLE);
    reading->column = 0;
    if (xml_attribute_number(element, "Hidden", 0))
        sheet_facts_hide_rows(&reading->grid.facts, reading->row,
                              reading->row + places(element, "Span", 0));
}

static void cell_start(struct reading *reading, const struct xml_element *element)
{
    char address[4096];

    reading->column = place_of(element, reading->column);
    reading->merged = places(element, "MergeAcross", 0);
    long around = reading->row_style;
    if (around == NO_STYLE && reading->column < COLUMNS_MAX)
        around = reading->columns[reading->column];
    reading->style = style_of(reading, element, around == NO_STYLE ? reading->table_style : around);
    if (xml_attribute(element, "HRef", address, sizeof(address)) && *address) {
        emit_flow_str(reading->emit, TEXT_REST, address);
        emit_flow_str(reading->emit, TEXT_REST, "\n");
    }
}

static void data_end(struct reading *reading)
{
    reading->in_data = false;
    if (reading->in_comment) {
        (void)buf_append(&reading->comments, reading->value.data, reading->value.len);
    } else if (reading->in_sheet && reading->value.len) {
        grid_cell(&reading->grid, reading->row, reading->column);
        put_value(reading);
    }
}

static void comment_start(struct reading *reading, const struct xml_element *element)
{
    char author[256];

    reading->in_comment = true;
    if (xml_attribute(element, "Author", author, sizeof(author)) && *author)
        (void)buf_printf(&reading->comments, "[%s] ", author);
}

/* ---- sheets ---- */

static void sheet_start(struct reading *reading, const struct xml_element *element)
{
    reading->sheet = (struct sheet){0};
    xml_attribute(element, "Name", reading->sheet.name, sizeof(reading->sheet.name));
    reading->in_sheet = true;
    reading->row = -1;
    reading->column = 0;
    reading->style = reading->row_style = reading->table_style = NO_STYLE;
    memset(reading->columns, 0xFF, COLUMNS_MAX * sizeof(*reading->columns));
    grid_sheet(&reading->grid, &reading->sheet);
}

static void sheet_end(struct reading *reading)
{
    struct grid *grid = &reading->grid;

    reading->in_sheet = false;
    grid_line_end(grid);
    (void)buf_append(&grid->out, reading->comments.data, reading->comments.len);
    (void)buf_append_char(&grid->out, '\n');
    grid_line_end(grid);
    buf_clear(&reading->comments);
}

static void page_line(struct reading *reading, const struct xml_element *element)
{
    char text[HEADER_MAX];

    if (!reading->in_sheet || !xml_attribute(element, "Data", text, sizeof(text)) || !*text)
        return;
    grid_line_end(&reading->grid);
    sheet_header_text(text, &reading->grid.out);
}

/* ---- elements ---- */

static void on_start(void *ctx, const struct xml_element *element)
{
    struct reading *reading = ctx;
    const char *name = element->name;

    if (reading->in_properties) {
        reading->in_properties++;
        properties_handler.start(&reading->properties, element);
    } else if (xml_is(name, "DocumentProperties") || xml_is(name, "CustomDocumentProperties")) {
        reading->in_properties = 1;
    } else if (xml_is(name, "Style")) {
        style_start(&reading->styles, element);
    } else if (xml_is(name, "NumberFormat")) {
        style_format(&reading->styles, element);
    } else if (xml_is(name, "Worksheet")) {
        sheet_start(reading, element);
    } else if (xml_is(name, "Table")) {
        reading->table_style = style_of(reading, element, NO_STYLE);
    } else if (xml_is(name, "Column")) {
        column_start(reading, element);
    } else if (xml_is(name, "Row")) {
        row_start(reading, element);
    } else if (xml_is(name, "Cell")) {
        cell_start(reading, element);
    } else if (xml_is(name, "Comment")) {
        comment_start(reading, element);
    } else if (xml_is(name, "Data") || xml_is(name, "Visible")) {
        reading->in_data = true;
        buf_clear(&reading->value);
        xml_attribute(element, "Type", reading->type, sizeof(reading->type));
    } else if (xml_is(name, "Header") || xml_is(name, "Footer")) {
        page_line(reading, element);
    }
}

static void on_end(void *ctx, const char *name)
{
    struct reading *reading = ctx;

    if (reading->in_properties) {
        if (--reading->in_properties)
            properties_handler.end(&reading->properties, name);
    } else if (xml_is(name, "Worksheet")) {
        sheet_end(reading);
    } else if (xml_is(name, "Row")) {
        grid_line_end(&reading->grid);
    } else if (xml_is(name, "Cell")) {
        reading->column += 1 + reading->merged;
    } else if (xml_is(name, "Comment")) {
        reading->in_comment = false;
        (void)buf_append_char(&reading->comments, '\n');
    } else if (xml_is(name, "Data")) {
        data_end(reading);
    } else if (xml_is(name, "Visible")) {
        reading->in_data = false;
        if (reading->in_sheet && strncmp(reading->value.data, "Sheet", 5) == 0 &&
            !xml_is(reading->value.data, "SheetVisible"))
            emit_meta(reading->emit, "hidden-sheet", reading->sheet.name);
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct reading *reading = ctx;

    if (reading->in_properties)
        properties_handler.text(&reading->properties, text, len);
    else if (reading->in_data)
        (void)buf_append(&reading->value, text, len);
}

struct verdict excel_2003_read(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct reading reading = {.emit = emit};

    properties_init(&reading.properties, emit);
    grid_init(&reading.grid, emit);
    buf_init(&reading.value, VALUE_MAX);
    buf_init(&reading.comments, COMMENTS_MAX);
    reading.columns = mem_zalloc(COLUMNS_MAX, sizeof(*reading.columns));
    int rc = xml_read((const char *)input->data, input->len, &handler, &reading);
    if (reading.in_sheet)
        sheet_end(&reading);
    grid_end(&reading.grid);
    properties_release(&reading.properties);
    styles_release(&reading.styles);
    free(reading.columns);
    buf_release(&reading.value);
    buf_release(&reading.comments);
    return verdict_by_xml(rc, emit);
}
