#include <string.h>

#include "worker/ooxml/ooxml_parts.h"

struct drawing {
    struct buf *out;
    unsigned texts;    /* open a:t, c:v */
    unsigned fallback; /* depth below mc:Fallback */
    bool number_field; /* a slide's number: not its text */
};

static void on_start(void *ctx, const struct xml_element *element)
{
    struct drawing *drawing = ctx;
    char type[16];

    if (drawing->fallback || xml_is(element->name, "Fallback")) {
        drawing->fallback++;
        return;
    }
    if (xml_is(element->name, "t") || xml_is(element->name, "v") || xml_is(element->name, "text"))
        drawing->texts++;
    else if (xml_is(element->name, "br"))
        (void)buf_append_char(drawing->out, '\n');
    else if (xml_is(element->name, "fld") && xml_attribute(element, "type", type, sizeof(type)))
        drawing->number_field = xml_is(type, "slidenum");
}

static void strip(struct buf *out, char c)
{
    while (out->len && out->data[out->len - 1] == c)
        out->data[--out->len] = '\0';
}

static void on_end(void *ctx, const char *name)
{
    struct drawing *drawing = ctx;

    if (drawing->fallback) {
        drawing->fallback--;
        return;
    }
    if (xml_is(name, "t") || xml_is(name, "v") || xml_is(name, "text"))
        drawing->texts--;
    if (xml_is(name, "p") || xml_is(name, "v") || xml_is(name, "text")) {
        if (drawing->out->len && drawing->out->data[drawing->out->len - 1] != '\n')
            (void)buf_append_char(drawing->out, '\n');
    } else if (xml_is(name, "tc")) {
        strip(drawing->out, '\n');
        (void)buf_append_char(drawing->out, '\t');
    } else if (xml_is(name, "tr")) {
        strip(drawing->out, '\t');
        (void)buf_append_char(drawing->out, '\n');
    } else if (xml_is(name, "fld")) {
        drawing->number_field = false;
    }
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct drawing *drawing = ctx;

    if (drawing->texts && !drawing->fallback && !drawing->number_field)
        (void)buf_append(drawing->out, text, len);
}

void ooxml_drawing_text(struct package *package, const char *part, struct buf *out)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct drawing drawing = {.out = out};

    (void)package_read_xml(package, part, &handler, &drawing);
}
