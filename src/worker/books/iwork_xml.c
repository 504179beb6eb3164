/*
 * The XML of Pages, Numbers and Keynote '09 (and of '06, '08): paragraphs <sf:p>, tables
 * <sf:datasource> whose cells say by how many columns they lie apart (`sf:ct`, a signed byte; a
 * step back begins a row), names of sheets, tables and charts, metadata.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/books/iwork.h"
#include "worker/web/prose.h"

enum { VALUE_BYTES = 64 << 10 };

struct iwork {
    struct emit *emit;
    struct prose prose;
    char *value;                  /* of an attribute; VALUE_BYTES */
    const char *fact;             /* key of the open part of the metadata, or NULL */
    unsigned paragraphs, sources; /* open elements of these kinds */
    struct buf choices;           /* of the open menu cell: an id, NUL, its text, NUL, ... */
    char choice[64];              /* id of the open choice */
    bool in_menu;
    bool in_metadata;
    bool first_cell; /* of its table */
};

static bool is_cell(const char *name)
{
    static const char *const kinds[] = {"t", "n", "d",  "du", "b",  "f",  "g",
                                        "s", "o", "cb", "sl", "st", "pm", "it"};

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(name, kinds[i]) == 0)
            return true;
    return false;
}

static void cell_start(struct iwork *iwork, const struct xml_element *element)
{
    enum { COLUMNS_MAX = 256 };
    long step = xml_attribute_number(element, "ct", 1);

    step = step > 127 ? step - 256 : step;
    if (iwork->first_cell) {
        iwork->first_cell = false;
        return;
    }
    if (step <= 0)
        prose_row_end(&iwork->prose);
    for (long i = 0; i < step && i < COLUMNS_MAX; i++)
        prose_cell_end(&iwork->prose);
}

static void put_attribute(struct iwork *iwork, const struct xml_element *element, const char *name)
{
    if (xml_attribute(element, name, iwork->value, VALUE_BYTES))
        prose_str(&iwork->prose, iwork->value);
}

/* The value of a number or a date as people see it, near enough. */
static void put_value(struct iwork *iwork, const struct xml_element *element, const char *name,
                      void (*put)(double value, struct buf *out))
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    char *end;

    if (!xml_attribute(element, name, iwork->value, VALUE_BYTES))
        return;
    double value = strtod(iwork->value, &end);
    buf_init(&text, 64);
    if (end != iwork->value && *end == '\0')
        put(value, &text);
    else
        (void)buf_append_str(&text, iwork->value);
    prose_text(&iwork->prose, text.data, text.len);
}

/* ---- a cell with a menu: its choices, then which of them it shows ---- */

static void menu_choice(struct iwork *iwork)
{
    (void)buf_append(&iwork->choices, iwork->choice, strlen(iwork->choice) + 1);
    (void)buf_append(&iwork->choices, iwork->value, strlen(iwork->value) + 1);
}

static void menu_chosen(struct iwork *iwork, const char *id)
{
    const char *at = iwork->choices.data, *end = at + iwork->choices.len;

    while (at < end) {
        const char *text = at + strlen(at) + 1;
        if (text >= end)
            return;
        if (strcmp(at, id) == 0) {
            prose_str(&iwork->prose, text);
            return;
        }
        at = text + strlen(text) + 1;
    }
}

static void menu_start(struct iwork *iwork, const struct xml_element *element)
{
    char id[sizeof(iwork->choice)];

    if (xml_attribute(element, "ID", id, sizeof(id)))
        memcpy(iwork->choice, id, sizeof(id));
    if (strcmp(element->name, "ct") == 0 && xml_attribute(element, "s", iwork->value, VALUE_BYTES))
        menu_choice(iwork);
    else if (strcmp(element->name, "proxied-cell-ref") == 0 &&
             xml_attribute(element, "IDREF", id, sizeof(id)))
        menu_chosen(iwork, id);
}

static void put_name(struct iwork *iwork, const struct xml_element *element, const char *name)
{
    if (!xml_attribute(element, name, iwork->value, VALUE_BYTES) || !iwork->value[0])
        return;
    prose_str(&iwork->prose, iwork->value);
    prose_paragraph_end(&iwork->prose);
}

static void metadata_start(struct iwork *iwork, const struct xml_element *element)
{
    static const struct {
        const char *element, *key;
    } known[] = {{"title", "title"},         {"authors", "author"},   {"keywords", "keywords"},
                 {"comment", "description"}, {"copyright", "rights"}, {"projects", "subject"}};

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(element->name, known[i].element) == 0)
            iwork->fact = known[i].key;
    if (iwork->fact && strcmp(element->name, "string") == 0 &&
        xml_attribute(element, "string", iwork->value, VALUE_BYTES))
        emit_meta(iwork->emit, iwork->fact, iwork->value);
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct iwork *iwork = ctx;
    const char *name = element->name;

    if (strcmp(name, "metadata") == 0)
        iwork->in_metadata = true;
    else if (iwork->in_metadata)
        metadata_start(iwork, element);
    else if (iwork->in_menu)
        menu_start(iwork, element);
    else if (strcmp(name, "p") == 0)
        iwork->paragraphs++;
    else if (strcmp(name, "datasource") == 0)
        iwork->first_cell = iwork->sources++ == 0 || iwork->first_cell;
    else if (iwork->sources && strcmp(name, "ct") == 0)
        put_attribute(iwork, element, "s");
    else if (iwork->sources && strcmp(name, "rn") == 0)
        put_value(iwork, element, "v", iwork_put_number);
    else if (iwork->sources && is_cell(name)) {
        cell_start(iwork, element);
        iwork->in_menu = strcmp(name, "pm") == 0;
        buf_clear(&iwork->choices);
        put_value(iwork, element, "v", iwork_put_number);
        put_value(iwork, element, "cell-date", iwork_put_date);
    } else if (strcmp(name, "tabular-model") == 0)
        put_name(iwork, element, "name");
    else if (strcmp(name, "workspace") == 0)
        put_name(iwork, element, "workspace-name");
    else if (strcmp(name, "chart-name") == 0)
        put_name(iwork, element, "string");
    else if (strcmp(name, "tab") == 0 && iwork->paragraphs)
        prose_str(&iwork->prose, "\t");
    else if ((strcmp(name, "br") == 0 || strcmp(name, "lnbr") == 0) && iwork->paragraphs)
        prose_paragraph_end(&iwork->prose);
}

static void on_end(void *ctx, const char *name)
{
    struct iwork *iwork = ctx;

    if (strcmp(name, "metadata") == 0)
        iwork->in_metadata = false;
    if (strcmp(name, "pm") == 0)
        iwork->in_menu = false;
    if (iwork->in_metadata && strcmp(name, "string") != 0 && strcmp(name, "array") != 0)
        iwork->fact = NULL;
    if (strcmp(name, "p") == 0 && iwork->paragraphs) {
        iwork->paragraphs--;
        if (iwork->sources)
            prose_str(&iwork->prose, " ");
        else
            prose_paragraph_end(&iwork->prose);
    }
    if (strcmp(name, "datasource") == 0 && iwork->sources && --iwork->sources == 0)
        prose_row_end(&iwork->prose);
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct iwork *iwork = ctx;

    if (iwork->paragraphs)
        prose_text(&iwork->prose, text, len);
}

int iwork_xml_read(const char *xml, size_t len, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct iwork iwork = {.emit = emit, .value = mem_alloc(VALUE_BYTES)};
    struct xml_parser *parser = xml_parser_new(&handler, &iwork);

    prose_init(&iwork.prose, emit);
    buf_init(&iwork.choices, VALUE_BYTES);
    int rc = xml_parser_feed(parser, xml, len);
    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    prose_end(&iwork.prose);
    buf_release(&iwork.choices);
    free(iwork.value);
    return rc;
}
