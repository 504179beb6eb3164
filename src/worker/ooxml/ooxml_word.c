#include <stdlib.h>
#include <string.h>

#include "worker/office/word_field.h"
#include "worker/ooxml/ooxml_lists.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"
#include "worker/web/prose.h"

enum { INSTRUCTION_MAX = 16 << 10, RUBY_MAX = 16 << 10 };

struct word {
    struct prose prose;
    struct buf instruction; /* of the open field */
    struct buf reading;     /* of the words below it (w:rt) */
    bool in_instruction, in_reading;
    struct word_lists *lists;
    char style[STYLE_ID_MAX]; /* of the open paragraph, and its place in a list */
    struct list_place place;
    unsigned paragraph_properties; /* open w:pPr */
    unsigned former;               /* depth below properties as they were before a change */
    unsigned runs;                 /* open w:r */
    unsigned texts;                /* open w:t and kin */
    unsigned fallback;             /* depth below mc:Fallback, which repeats what mc:Choice says */
    bool skip_note;                /* a separator, not a note */
    bool numbered;                 /* the open paragraph has its number, if it has one */
};

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

/* w:sym: a character of a symbol font, mostly in the private area, where it says nothing. */
static void on_symbol(struct word *word, const struct xml_element *element)
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
static void on_description(struct word *word, const struct xml_element *element,
                           const char *attribute)
{
    char text[2048];

    if (!xml_attribute(element, attribute, text, sizeof(text)) || !*text)
        return;
    prose_aside_start(&word->prose);
    prose_str(&word->prose, text);
    prose_aside_end(&word->prose);
}

static void on_comment(struct word *word, const struct xml_element *element)
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

static void on_note(struct word *word, const struct xml_element *element)
{
    char type[40];

    xml_attribute(element, "type", type, sizeof(type));
    word->skip_note = strncmp(type, "separator", 9) == 0 || strncmp(type, "continuation", 12) == 0;
}

/* What stands inside a run without being text. */
static void on_run_content(struct word *word, const struct xml_element *element)
{
    const char *name = element->name;

    if (is(name, "tab") || is(name, "ptab"))
        prose_str(&word->prose, "\t");
    else if (is(name, "br") || is(name, "cr"))
        prose_str(&word->prose, "\n");
    else if (is(name, "noBreakHyphen"))
        prose_str(&word->prose, "-");
    else if (is(name, "sym"))
        on_symbol(word, element);
}

/* ---- fields ---- */

static void field_instruction_end(struct word *word)
{
    word_field_address(word->instruction.data, word->prose.emit);
    if (!word_field_is_equation(word->instruction.data))
        buf_clear(&word->instruction);
}

static void on_field(struct word *word, const struct xml_element *element)
{
    char type[16];

    xml_attribute(element, "fldCharType", type, sizeof(type));
    if (is(type, "begin")) {
        field_instruction_end(word);
        buf_clear(&word->instruction);
        return;
    }
    field_instruction_end(word);
    if (is(type, "end"))
        prose_text(&word->prose, word->instruction.data, word->instruction.len);
    buf_clear(&word->instruction);
}

static void on_simple_field(struct word *word, const struct xml_element *element)
{
    char instruction[4096];

    xml_attribute(element, "instr", instruction, sizeof(instruction));
    word_field_address(instruction, word->prose.emit);
}

/* A drawing of the older kind that is a link. */
static void on_shape(struct word *word, const struct xml_element *element)
{
    char address[4096];

    if (!xml_attribute(element, "href", address, sizeof(address)) || !*address)
        return;
    emit_flow_str(word->prose.emit, TEXT_REST, address);
    emit_flow_str(word->prose.emit, TEXT_REST, "\n");
}

/* ---- lists ---- */

static void paragraph_open(struct word *word)
{
    word->style[0] = '\0';
    word->place = (struct list_place){-1, -1};
    word->numbered = false;
}

/* The number, before the paragraph's first words or its end. */
static void put_number(struct word *word)
{
    CLEANUP(cleanup_buf) struct buf label = {0};

    if (word->numbered || word->skip_note)
        return;
    word->numbered = true;
    buf_init(&label, 16 << 10);
    word_lists_next(word->lists, word->style, &word->place, &label);
    if (label.len)
        prose_text(&word->prose, label.data, label.len);
}

/* Inside w:pPr. */
static void on_property(struct word *word, const struct xml_element *element)
{
    const char *name = element->name;

    if (word->former || is(name, "pPrChange"))
        word->former++;
    else if (is(name, "pStyle"))
        xml_attribute(element, "val", word->style, sizeof(word->style));
    else if (is(name, "numId"))
        word->place.use = xml_attribute_number(element, "val", -1);
    else if (is(name, "ilvl"))
        word->place.level = xml_attribute_number(element, "val", -1);
    else if (is(name, "pPr"))
        word->paragraph_properties++;
}

/* Whether the end was one inside w:pPr. */
static bool property_end(struct word *word, const char *name)
{
    if (!word->paragraph_properties)
        return false;
    if (word->former)
        word->former--;
    else if (is(name, "pPr"))
        word->paragraph_properties--;
    return true;
}

static void run_open(struct word *word)
{
    if (!word->prose.deleted)
        put_number(word);
    word->runs++;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct word *word = ctx;
    const char *name = element->name;

    if (word->fallback || is(name, "Fallback")) {
        word->fallback++;
        return;
    }
    if (word->paragraph_properties) {
        on_property(word, element);
        return;
    }
    if (is(name, "p"))
        paragraph_open(word);
    else if (is(name, "pPr"))
        word->paragraph_properties++;
    else if (is(name, "t") || is(name, "delText"))
        word->texts++;
    else if (is(name, "r"))
        run_open(word);
    else if (is(name, "del") || is(name, "moveFrom"))
        prose_deleted_start(&word->prose);
    else if (is(name, "txbxContent"))
        prose_aside_start(&word->prose);
    else if (is(name, "docPr"))
        on_description(word, element, "descr");
    else if (is(name, "imagedata"))
        on_description(word, element, "title");
    else if (is(name, "instrText"))
        word->in_instruction = true;
    else if (is(name, "fldChar"))
        on_field(word, element);
    else if (is(name, "fldSimple"))
        on_simple_field(word, element);
    else if (is(name, "rt"))
        word->in_reading = true;
    else if (is(element->prefix, "v"))
        on_shape(word, element);
    else if (is(name, "comment"))
        on_comment(word, element);
    else if (is(name, "footnote") || is(name, "endnote"))
        on_note(word, element);
    else if (word->runs)
        on_run_content(word, element);
}

/* How the words above are read, behind them in brackets. */
static void put_reading(struct word *word)
{
    if (word->reading.len) {
        prose_str(&word->prose, " (");
        prose_text(&word->prose, word->reading.data, word->reading.len);
        prose_str(&word->prose, ")");
    }
    buf_clear(&word->reading);
}

static void paragraph_end(struct word *word)
{
    put_number(word);
    if (!word->skip_note)
        prose_paragraph_end(&word->prose);
    /* what follows behind a text box belongs to the paragraph around it, which has its number */
    word->numbered = true;
}

static void on_end(void *ctx, const char *name)
{
    struct word *word = ctx;

    if (word->fallback) {
        word->fallback--;
        return;
    }
    if (property_end(word, name))
        return;
    if (is(name, "t") || is(name, "delText"))
        word->texts--;
    else if (is(name, "r"))
        word->runs -= word->runs > 0;
    else if (is(name, "p"))
        paragraph_end(word);
    else if (is(name, "tc"))
        prose_cell_end(&word->prose);
    else if (is(name, "tr"))
        prose_row_end(&word->prose);
    else if (is(name, "del") || is(name, "moveFrom"))
        prose_deleted_end(&word->prose);
    else if (is(name, "txbxContent"))
        prose_aside_end(&word->prose);
    else if (is(name, "instrText"))
        word->in_instruction = false;
    else if (is(name, "rt"))
        word->in_reading = false;
    else if (is(name, "ruby"))
        put_reading(word);
    else if (is(name, "footnote") || is(name, "endnote"))
        word->skip_note = false;
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct word *word = ctx;

    if (word->fallback || word->skip_note)
        return;
    if (word->in_instruction)
        (void)buf_append(&word->instruction, text, len);
    else if (word->texts && word->in_reading)
        (void)buf_append(&word->reading, text, len);
    else if (word->texts)
        prose_text(&word->prose, text, len);
}

static void read_part(struct package *package, const char *part, struct word_lists *lists,
                      struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct word word = {.lists = lists, .numbered = true};

    prose_init(&word.prose, emit);
    buf_init(&word.instruction, INSTRUCTION_MAX);
    buf_init(&word.reading, RUBY_MAX);
    (void)package_read_xml(package, part, &handler, &word);
    field_instruction_end(&word);
    buf_release(&word.instruction);
    buf_release(&word.reading);
    prose_end(&word.prose);
}

static void read_related(struct package *package, const struct relations *relations,
                         const char *type, struct word_lists *lists, struct emit *emit)
{
    const struct relation *relation;

    for (size_t at = 0; (relation = relation_by_type(relations, type, &at)) != NULL;) {
        struct part *part = relation->external ? NULL : package_part(package, relation->target);
        if (part && !part->taken && !emit->stop)
            read_part(package, relation->target, lists, emit);
    }
}

static void read_drawings(struct package *package, const struct relations *relations,
                          const char *type, struct emit *emit)
{
    const struct relation *relation;

    for (size_t at = 0; (relation = relation_by_type(relations, type, &at)) != NULL;) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        buf_init(&text, PAGE_TEXT_MAX);
        ooxml_drawing_text(package, relation->target, &text);
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
    }
}

void ooxml_word_read(struct package *package, const char *main_part, struct emit *emit)
{
    struct relations relations;
    struct word_lists lists;

    relations_read(package, main_part, &relations);
    word_lists_read(package, &relations, &lists);
    read_related(package, &relations, "header", &lists, emit);
    read_part(package, main_part, &lists, emit);
    read_related(package, &relations, "footnotes", &lists, emit);
    read_related(package, &relations, "endnotes", &lists, emit);
    read_related(package, &relations, "comments", &lists, emit);
    read_drawings(package, &relations, "chart", emit);
    read_drawings(package, &relations, "diagramData", emit);
    read_related(package, &relations, "footer", &lists, emit);
    word_lists_release(&lists);
    relations_release(&relations);
}
