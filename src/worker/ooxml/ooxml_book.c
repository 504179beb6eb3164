#include "worker/ooxml/ooxml_book.h"

#include <string.h>

#include "worker/ooxml/ooxml.h"
#include "worker/ooxml/ooxml_rels.h"

/* ---- the list of sheets ---- */

static void workbook_start(void *ctx, const struct xml_element *element)
{
    struct workbook *book = ctx;
    char value[8];
    char state[16];

    if (xml_is(element->name, "workbookPr") &&
        xml_attribute(element, "date1904", value, sizeof(value)))
        book->from_1904 = xml_is(value, "1") || xml_is(value, "true");
    struct sheet *sheet = xml_is(element->name, "sheet") ? workbook_add_sheet(book) : NULL;
    if (!sheet)
        return;
    xml_attribute(element, "state", state, sizeof(state));
    sheet->state = xml_is(state, "hidden")       ? SHEET_HIDDEN
                   : xml_is(state, "veryHidden") ? SHEET_VERY_HIDDEN
                                                 : SHEET_SHOWN;
    xml_attribute(element, "name", sheet->name, sizeof(sheet->name));
    xml_attribute(element, "id", sheet->id, sizeof(sheet->id));
}

/* ---- shared strings ---- */

struct strings {
    struct workbook *book;
    unsigned texts;
    unsigned phonetic; /* depth below rPh: a reading aid, not the text */
};

static void strings_start(void *ctx, const struct xml_element *element)
{
    struct strings *strings = ctx;

    if (xml_is(element->name, "t"))
        strings->texts++;
    else if (xml_is(element->name, "rPh"))
        strings->phonetic++;
}

static void strings_end(void *ctx, const char *name)
{
    struct strings *strings = ctx;

    if (xml_is(name, "si")) {
        workbook_end_string(strings->book);
    } else if (xml_is(name, "t")) {
        strings->texts--;
    } else if (xml_is(name, "rPh")) {
        strings->phonetic--;
    }
}

static void strings_text(void *ctx, const char *text, size_t len)
{
    struct strings *strings = ctx;

    if (strings->texts && !strings->phonetic)
        (void)buf_append(&strings->book->strings, text, len);
}

/* ---- number formats ---- */

struct styles {
    struct workbook *book;
    bool in_cells; /* inside cellXfs, not cellStyleXfs */
};

static void styles_start(void *ctx, const struct xml_element *element)
{
    struct styles *styles = ctx;
    char code[NUMFMT_CODE_MAX];

    if (xml_is(element->name, "numFmt")) {
        xml_attribute(element, "formatCode", code, sizeof(code));
        workbook_add_format(styles->book, xml_attribute_number(element, "numFmtId", -1), code);
    } else if (xml_is(element->name, "cellXfs")) {
        styles->in_cells = true;
    } else if (xml_is(element->name, "xf") && styles->in_cells) {
        workbook_add_style(styles->book, xml_attribute_number(element, "numFmtId", 0));
    }
}

static void styles_end(void *ctx, const char *name)
{
    struct styles *styles = ctx;

    if (xml_is(name, "cellXfs"))
        styles->in_cells = false;
}

/* ---- all together ---- */

void ooxml_book_read(struct package *package, const char *main_part, struct workbook *ret)
{
    static const struct xml_handler workbook = {.start = workbook_start};
    static const struct xml_handler shared = {strings_start, strings_end, strings_text};
    static const struct xml_handler cells = {.start = styles_start, .end = styles_end};
    struct strings strings = {.book = ret};
    struct styles styles = {.book = ret};
    struct relations relations;

    workbook_init(ret);
    (void)package_read_xml(package, main_part, &workbook, ret);
    relations_read(package, main_part, &relations);
    relation_read_xml(package, &relations, "sharedStrings", &shared, &strings);
    relation_read_xml(package, &relations, "styles", &cells, &styles);
    relations_release(&relations);
    if (ret->strings.full && package->damage == REASON_NONE)
        package->damage = REASON_LIMIT_SIZE;
}

void ooxml_book_sheets(struct package *package, const struct relations *relations,
                       const struct workbook *book, sheet_reader *read, struct emit *emit)
{
    for (size_t i = 0; i < book->sheet_count && !emit->stop; i++) {
        const struct relation *relation = relation_by_id(relations, book->sheets[i].id);
        if (relation && !relation->external)
            read(package, book, &book->sheets[i], relation->target, emit);
    }
}
