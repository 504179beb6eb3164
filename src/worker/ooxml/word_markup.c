#include "worker/ooxml/word_markup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/office/word_field.h"

enum { INSTRUCTION_MAX = 16 << 10, RUBY_MAX = 16 << 10 };

/* w:sym: a character of a symbol font, mostly in the private area, where it says nothing. */
static void on_symbol(struct word_markup *word, const struct xml_element *element)
{
    char value[16];

    xml_attribute(element, "char", value, sizeof(value));
    unsigned long rune = strtoul(value, NULL, 16);
    if (rune >= 0xA0 && (rune < 0xE000 || rune > 0xF8FF)) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        buf_init(&text, 8);
        (void)buf_append_rune(&text, (uint32_t)rune);
        prose_text(&word->prose, text.data, text.len);
    }
}

/* What a picture is said to show. */
static void on_description(struct word_markup *word, const struct xml_element *element,
                           const char *attribute)
{
    char text[2048];

    if (!xml_attribute(element, attribute, text, sizeof(text)) || !*text)
        return;
    prose_aside_start(&word->prose);
    prose_str(&word->prose, text);
    prose_aside_end(&word->prose);
}

static void on_comment(struct word_markup *word, const struct xml_element *element)
{
    char author[256];
    char date[32];

    xml_attribute(element, "author", author, sizeof(author));
    xml_attribute(element, "date", date, sizeof(date));
    prose_str(&word->prose, "[");
    prose_str(&word->prose, author);
    prose_str(&word->prose, *author && *date ? ", " : "");
    prose_str(&word->prose, date);
    prose_str(&word->prose, "] ");
}

static void on_note(struct word_markup *word, const struct xml_element *element)
{
    char type[40];

    xml_attribute(element, "type", type, sizeof(type));
    word->skip_note = strncmp(type, "separator", 9) == 0 || strncmp(type, "continuation", 12) == 0;
}

/* What stands inside a run without being text. */
static void on_run_content(struct word_markup *word, const struct xml_element *element)
{
    const char *name = element->name;

    if (xml_is(name, "tab") || xml_is(name, "ptab"))
        prose_str(&word->prose, "\t");
    else if (xml_is(name, "br") || xml_is(name, "cr"))
        prose_str(&word->prose, "\n");
    else if (xml_is(name, "noBreakHyphen"))
        prose_str(&word->prose, "-");
    else if (xml_is(name, "sym"))
        on_symbol(word, element);
}

/* ---- fields ---- */

static void field_instruction_end(struct word_markup *word)
{
    word_field_address(word->instruction.data, word->prose.emit);
    if (!word_field_is_equation(word->instruction.data))
        buf_clear(&word->instruction);
}

static void on_field(struct word_markup *word, const struct xml_element *element)
{
    char type[16];

    xml_attribute(element, "fldCharType", type, sizeof(type));
    if (xml_is(type, "begin")) {
        field_instruction_end(word);
        buf_clear(&word->instruction);
        return;
    }
    field_instruction_end(word);
    if (xml_is(type, "end"))
        prose_text(&word->prose, word->instruction.data, word->instruction.len);
    buf_clear(&word->instruction);
}

static void on_simple_field(struct word_markup *word, const struct xml_element *element)
{
    char instruction[4096];

    xml_attribute(element, "instr", instruction, sizeof(instruction));
    word_field_address(instruction, word->prose.emit);
}

/* A drawing of the older kind that is a link. */
static void on_shape(struct word_markup *word, const struct xml_element *element)
{
    char address[4096];

    if (!xml_attribute(element, "href", address, sizeof(address)) || !*address)
        return;
    emit_flow_str(word->prose.emit, TEXT_REST, address);
    emit_flow_str(word->prose.emit, TEXT_REST, "\n");
}

/* ---- lists ---- */

static void paragraph_open(struct word_markup *word)
{
    word->paragraph.style[0] = '\0';
    word->paragraph.label[0] = '\0';
    word->paragraph.place = (struct list_place){-1, -1};
    word->paragraph.numbered = false;
}

/* The number, before the paragraph's first words or its end. */
static void put_number(struct word_markup *word)
{
    CLEANUP(cleanup_buf) struct buf label = {0};

    if (word->paragraph.numbered || word->skip_note)
        return;
    word->paragraph.numbered = true;
    buf_init(&label, 16 << 10);
    if (*word->paragraph.label)
        (void)buf_printf(&label, "%s ", word->paragraph.label);
    else if (word->lists)
        word_lists_next(word->lists, word->paragraph.style, &word->paragraph.place, &label);
    if (label.len)
        prose_text(&word->prose, label.data, label.len);
}

/* Not a sign of punctuation nor one of a symbol font. */
static bool is_letter_or_digit(uint32_t rune)
{
    return rune < 0x80 ? isalnum((int)rune)
                       : (rune >= 0x370 && rune < 0x2000) || (rune >= 0x3040 && rune < 0xD800);
}

/* wx:t, in Word 2003 XML: the paragraph's number as Word shows it. A bullet is none. */
static void on_label(struct word_markup *word, const struct xml_element *element)
{
    xml_attribute(element, "val", word->paragraph.label, sizeof(word->paragraph.label));
    size_t len = strlen(word->paragraph.label);
    size_t at = 0;
    while (at < len) {
        uint32_t rune;
        at += utf8_decode(word->paragraph.label + at, len - at, &rune);
        if (is_letter_or_digit(rune) && !(len == 1 && rune == 'o'))
            return;
    }
    word->paragraph.label[0] = '\0';
}

/* Inside w:pPr. */
static void on_property(struct word_markup *word, const struct xml_element *element)
{
    const char *name = element->name;

    if (word->paragraph.former || xml_is(name, "pPrChange") || xml_is(name, "annotation"))
        word->paragraph.former++;
    else if (xml_is(name, "pStyle"))
        xml_attribute(element, "val", word->paragraph.style, sizeof(word->paragraph.style));
    else if (xml_is(name, "numId"))
        word->paragraph.place.use = xml_attribute_number(element, "val", -1);
    else if (xml_is(name, "ilvl"))
        word->paragraph.place.level = xml_attribute_number(element, "val", -1);
    else if (xml_is(name, "t"))
        on_label(word, element);
    else if (xml_is(name, "pPr"))
        word->paragraph.properties++;
}

/* Whether the end was one inside w:pPr. */
static bool property_end(struct word_markup *word, const char *name)
{
    if (!word->paragraph.properties)
        return false;
    if (word->paragraph.former)
        word->paragraph.former--;
    else if (xml_is(name, "pPr"))
        word->paragraph.properties--;
    return true;
}

static void run_open(struct word_markup *word)
{
    if (!word->prose.deleted)
        put_number(word);
    word->runs++;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct word_markup *word = ctx;
    const char *name = element->name;

    if (word->fallback || xml_is(name, "Fallback")) {
        word->fallback++;
        return;
    }
    if (word->paragraph.properties) {
        on_property(word, element);
        return;
    }
    if (xml_is(name, "p"))
        paragraph_open(word);
    else if (xml_is(name, "pPr"))
        word->paragraph.properties++;
    else if (xml_is(name, "t") || xml_is(name, "delText"))
        word->texts++;
    else if (xml_is(name, "r"))
        run_open(word);
    else if (xml_is(name, "del") || xml_is(name, "moveFrom"))
        prose_deleted_start(&word->prose);
    else if (xml_is(name, "txbxContent"))
        prose_aside_start(&word->prose);
    else if (xml_is(name, "docPr"))
        on_description(word, element, "descr");
    else if (xml_is(name, "imagedata"))
        on_description(word, element, "title");
    else if (xml_is(name, "instrText"))
        word->in_instruction = true;
    else if (xml_is(name, "fldChar"))
        on_field(word, element);
    else if (xml_is(name, "fldSimple"))
        on_simple_field(word, element);
    else if (xml_is(name, "rt"))
        word->in_reading = true;
    else if (xml_is(element->prefix, "v"))
        on_shape(word, element);
    else if (xml_is(name, "comment"))
        on_comment(word, element);
    else if (xml_is(name, "footnote") || xml_is(name, "endnote"))
        on_note(word, element);
    else if (word->runs)
        on_run_content(word, element);
}

/* How the words above are read, behind them in brackets. */
static void put_reading(struct word_markup *word)
{
    if (word->reading.len) {
        prose_str(&word->prose, " (");
        prose_text(&word->prose, word->reading.data, word->reading.len);
        prose_str(&word->prose, ")");
    }
    buf_clear(&word->reading);
}

static void paragraph_end(struct word_markup *word)
{
    put_number(word);
    if (!word->skip_note)
        prose_paragraph_end(&word->prose);
    /* what follows behind a text box belongs to the paragraph around it, which has its number */
    word->paragraph.numbered = true;
}

static void on_end(void *ctx, const char *name)
{
    struct word_markup *word = ctx;

    if (word->fallback) {
        word->fallback--;
        return;
    }
    if (property_end(word, name))
        return;
    if (xml_is(name, "t") || xml_is(name, "delText"))
        word->texts--;
    else if (xml_is(name, "r"))
        word->runs -= word->runs > 0;
    else if (xml_is(name, "p"))
        paragraph_end(word);
    else if (xml_is(name, "tc"))
        prose_cell_end(&word->prose);
    else if (xml_is(name, "tr"))
        prose_row_end(&word->prose);
    else if (xml_is(name, "del") || xml_is(name, "moveFrom"))
        prose_deleted_end(&word->prose);
    else if (xml_is(name, "txbxContent"))
        prose_aside_end(&word->prose);
    else if (xml_is(name, "instrText"))
        word->in_instruction = false;
    else if (xml_is(name, "rt"))
        word->in_reading = false;
    else if (xml_is(name, "ruby"))
        put_reading(word);
    else if (xml_is(name, "footnote") || xml_is(name, "endnote"))
        word->skip_note = false;
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct word_markup *word = ctx;

    if (word->fallback || word->skip_note)
        return;
    if (word->in_instruction)
        (void)buf_append(&word->instruction, text, len);
    else if (word->texts && word->in_reading)
        (void)buf_append(&word->reading, text, len);
    else if (word->texts)
        prose_text(&word->prose, text, len);
}

const struct xml_handler word_markup_handler = {on_start, on_end, on_text};

void word_markup_init(struct word_markup *word, struct word_lists *lists, struct emit *emit)
{
    *word = (struct word_markup){.lists = lists, .paragraph.numbered = true};
    prose_init(&word->prose, emit);
    buf_init(&word->instruction, INSTRUCTION_MAX);
    buf_init(&word->reading, RUBY_MAX);
}

void word_markup_end(struct word_markup *word)
{
    field_instruction_end(word);
    buf_release(&word->instruction);
    buf_release(&word->reading);
    prose_end(&word->prose);
}
