#include "worker/ooxml_book.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "worker/ooxml.h"
#include "worker/ooxml_rels.h"

enum { STYLES_MAX = 65536, FORMATS_MAX = 4096, STRINGS_MAX = 1 << 26 };

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

/* ---- the list of sheets ---- */

static void workbook_start(void *ctx, const struct xml_element *element)
{
    struct book *book = ctx;
    char value[8];

    if (is(element->name, "workbookPr") && xml_attribute(element, "date1904", value, sizeof(value)))
        book->from_1904 = is(value, "1") || is(value, "true");
    if (!is(element->name, "sheet") || book->sheet_count >= SHEETS_MAX)
        return;
    book->sheets = mem_realloc(book->sheets, book->sheet_count + 1, sizeof(*book->sheets));
    struct sheet *sheet = &book->sheets[book->sheet_count++];
    xml_attribute(element, "name", sheet->name, sizeof(sheet->name));
    xml_attribute(element, "id", sheet->id, sizeof(sheet->id));
}

/* ---- shared strings ---- */

struct strings {
    struct book *book;
    size_t space;
    unsigned texts;
    unsigned phonetic; /* depth below rPh: a reading aid, not the text */
};

static void string_place(struct strings *strings)
{
    struct book *book = strings->book;

    if (book->string_count + 1 >= strings->space) {
        strings->space = strings->space ? 2 * strings->space : 1024;
        book->string_at = mem_realloc(book->string_at, strings->space, sizeof(*book->string_at));
    }
    book->string_at[book->string_count] = (uint32_t)book->strings.len;
}

static void strings_start(void *ctx, const struct xml_element *element)
{
    struct strings *strings = ctx;

    if (is(element->name, "si"))
        string_place(strings);
    else if (is(element->name, "t"))
        strings->texts++;
    else if (is(element->name, "rPh"))
        strings->phonetic++;
}

static void strings_end(void *ctx, const char *name)
{
    struct strings *strings = ctx;

    if (is(name, "si") && strings->book->string_count < STRINGS_MAX) {
        strings->book->string_count++;
        string_place(strings);
    } else if (is(name, "t")) {
        strings->texts--;
    } else if (is(name, "rPh")) {
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
    struct book *book;
    struct {
        long id;
        enum number_kind kind;
    } formats[FORMATS_MAX];
    size_t format_count;
    bool in_cells; /* inside cellXfs, not cellStyleXfs */
};

/* ECMA-376 part 1, 18.8.30: formats whose code is not written in the file. */
static enum number_kind built_in_kind(long id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) ||
        (id >= 50 && id <= 58))
        return NUMBER_DATE;
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || (id >= 45 && id <= 47))
        return NUMBER_TIME;
    return id == 22 ? NUMBER_DATE_TIME : NUMBER_PLAIN;
}

/* Steps over what a format code shows as it is: "text", \x, _x, *x, [Red] but not [h]. */
static const char *skip_literal(const char *at)
{
    const char *end;

    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end ? end + 1 : at + strlen(at);
    case '\\':
    case '_':
    case '*':
        return at[1] ? at + 2 : at + 1;
    case '[':
        end = strchr(at, ']');
        if (end && at[1] && !strchr("hHmMsS", at[1]))
            return end + 1;
        return at;
    default:
        return at;
    }
}

enum number_kind number_kind_of(const char *format)
{
    bool date = false;
    bool time_of_day = false;
    bool month_or_minute = false;

    for (const char *at = format; *at && *at != ';';) {
        const char *next = skip_literal(at);
        if (next != at) {
            at = next;
            continue;
        }
        date |= strchr("yYdD", *at) != NULL;
        time_of_day |= strchr("hHsS", *at) != NULL;
        month_or_minute |= *at == 'm' || *at == 'M';
        if (strncmp(at, "General", 7) == 0)
            at += 6;
        at++;
    }
    if (month_or_minute && !time_of_day)
        date = true;
    if (date)
        return time_of_day ? NUMBER_DATE_TIME : NUMBER_DATE;
    return time_of_day ? NUMBER_TIME : NUMBER_PLAIN;
}

static enum number_kind kind_of_format(const struct styles *styles, long id)
{
    for (size_t i = 0; i < styles->format_count; i++)
        if (styles->formats[i].id == id)
            return styles->formats[i].kind;
    return built_in_kind(id);
}

static void styles_start(void *ctx, const struct xml_element *element)
{
    struct styles *styles = ctx;
    struct book *book = styles->book;
    char format[256];

    if (is(element->name, "numFmt") && styles->format_count < FORMATS_MAX) {
        xml_attribute(element, "formatCode", format, sizeof(format));
        styles->formats[styles->format_count].id = xml_attribute_number(element, "numFmtId", -1);
        styles->formats[styles->format_count++].kind = number_kind_of(format);
    } else if (is(element->name, "cellXfs")) {
        styles->in_cells = true;
    } else if (is(element->name, "xf") && styles->in_cells && book->kind_count < STYLES_MAX) {
        if (!book->kinds)
            book->kinds = mem_zalloc(STYLES_MAX, 1);
        book->kinds[book->kind_count++] =
            (uint8_t)kind_of_format(styles, xml_attribute_number(element, "numFmtId", 0));
    }
}

static void styles_end(void *ctx, const char *name)
{
    struct styles *styles = ctx;

    if (is(name, "cellXfs"))
        styles->in_cells = false;
}

/* ---- all together ---- */

static void read_related(struct package *package, const struct relations *relations,
                         const char *type, const struct xml_handler *handler, void *ctx)
{
    size_t at = 0;
    const struct relation *relation = relation_by_type(relations, type, &at);

    if (relation && !relation->external)
        (void)package_read_xml(package, relation->target, handler, ctx);
}

void book_read(struct package *package, const char *main_part, struct book *ret)
{
    static const struct xml_handler workbook = {.start = workbook_start};
    static const struct xml_handler shared = {strings_start, strings_end, strings_text};
    static const struct xml_handler cells = {.start = styles_start, .end = styles_end};
    struct strings strings = {.book = ret};
    CLEANUP(cleanup_free) struct styles *styles = mem_zalloc(1, sizeof(*styles));
    struct relations relations;

    *ret = (struct book){0};
    styles->book = ret;
    buf_init(&ret->strings, SHARED_STRINGS_MAX);
    (void)package_read_xml(package, main_part, &workbook, ret);
    relations_read(package, main_part, &relations);
    read_related(package, &relations, "sharedStrings", &shared, &strings);
    read_related(package, &relations, "styles", &cells, styles);
    relations_release(&relations);
    if (ret->strings.full && package->damage == REASON_NONE)
        package->damage = REASON_LIMIT_SIZE;
}

void book_release(struct book *book)
{
    free(book->sheets);
    free(book->string_at);
    free(book->kinds);
    buf_release(&book->strings);
}

const char *book_string(const struct book *book, size_t index, size_t *ret_len)
{
    *ret_len = 0;
    if (index >= book->string_count)
        return "";
    *ret_len = book->string_at[index + 1] - book->string_at[index];
    return book->strings.data + book->string_at[index];
}

bool book_date(const struct book *book, double serial, enum number_kind kind, char out[32])
{
    enum { DAYS_1900 = 25569, DAYS_1904 = 24107, DAY = 86400, LAST = 2958466 };
    struct tm parts;

    if (!(serial >= 0 && serial < LAST))
        return false;
    /* Excel believes in 29 February 1900: serials before it are a day behind. */
    if (!book->from_1904 && serial < 60 && kind != NUMBER_TIME)
        serial += 1;
    double seconds = floor(serial * DAY + 0.5);
    time_t when = (time_t)seconds - (time_t)DAY * (book->from_1904 ? DAYS_1904 : DAYS_1900);
    if (!gmtime_r(&when, &parts))
        return false;
    if (kind == NUMBER_TIME)
        return strftime(out, 32, "%H:%M:%S", &parts) > 0;
    if (kind == NUMBER_DATE && fmod(seconds, DAY) == 0)
        return strftime(out, 32, "%Y-%m-%d", &parts) > 0;
    return strftime(out, 32, "%Y-%m-%d %H:%M:%S", &parts) > 0;
}
