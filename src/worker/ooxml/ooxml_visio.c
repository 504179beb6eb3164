/* Visio's drawings in packages (VSDX, [MS-VSDX]): the texts of the shapes of each page. */
#include <stdio.h>
#include <string.h>

#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"

enum { PAGES_READ_MAX = 10000 };

struct names {
    struct package *package;
    struct relations relations;
    struct emit *emit;
    char name[64]; /* of the page whose part comes next */
    unsigned pages;
};

struct shapes {
    struct buf text;
    unsigned texts; /* open Text elements */
};

static void shape_start(void *ctx, const struct xml_element *element)
{
    struct shapes *shapes = ctx;

    shapes->texts += strcmp(element->name, "Text") == 0;
}

static void shape_end(void *ctx, const char *name)
{
    struct shapes *shapes = ctx;

    if (strcmp(name, "Text") != 0 || shapes->texts == 0)
        return;
    shapes->texts--;
    if (shapes->text.len && shapes->text.data[shapes->text.len - 1] != '\n')
        (void)buf_append_char(&shapes->text, '\n');
}

static void shape_text(void *ctx, const char *text, size_t len)
{
    struct shapes *shapes = ctx;

    if (shapes->texts)
        (void)buf_append(&shapes->text, text, len);
}

static void read_page(struct names *names, const char *part)
{
    static const struct xml_handler handler = {shape_start, shape_end, shape_text};
    struct page_head page = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};
    struct shapes shapes = {0};

    buf_init(&shapes.text, PAGE_TEXT_MAX);
    (void)package_read_xml(names->package, part, &handler, &shapes);
    snprintf(page.label, sizeof(page.label), "%s", names->name);
    emit_page(names->emit, &page, shapes.text.data, shapes.text.len, NULL, 0);
    buf_release(&shapes.text);
}

static void page_start(void *ctx, const struct xml_element *element)
{
    struct names *names = ctx;
    char id[RELATION_ID_MAX];

    if (strcmp(element->name, "Page") == 0)
        xml_attribute(element, "Name", names->name, sizeof(names->name));
    if (strcmp(element->name, "Rel") != 0 || names->pages >= PAGES_READ_MAX || names->emit->stop)
        return;
    xml_attribute_of(element, "r", "id", id, sizeof(id));
    const struct relation *relation = relation_by_id(&names->relations, id);
    if (!relation || relation->external)
        return;
    names->pages++;
    read_page(names, relation->target);
}

void ooxml_visio_read(struct package *package, const char *main_part, struct emit *emit)
{
    static const struct xml_handler handler = {.start = page_start};
    struct names names = {.package = package, .emit = emit};
    struct relations relations;
    size_t at = 0;

    relations_read(package, main_part, &relations);
    const struct relation *pages = relation_by_type(&relations, "pages", &at);
    if (pages && !pages->external) {
        relations_read(package, pages->target, &names.relations);
        (void)package_read_xml(package, pages->target, &handler, &names);
        relations_release(&names.relations);
    }
    relations_release(&relations);
}
