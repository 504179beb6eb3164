#include <string.h>

#include "worker/ooxml/ooxml_parts.h"

struct drawing {
    struct buf *out;
    unsigned texts;    /* open a:t, c:v */
    unsigned fallback; /* depth below mc:Fallback */
    bool number_field; /* a slide's number: not its text */
};

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct drawing *drawing = ctx;
    char type[16];

    if (drawing->fallback || is(element->name, "Fallback")) {
        drawing->fallback++;
        return;
    }
    if (is(element->name, "t") || is(element->name, "v") || is(element->name, "text"))
        drawing->texts++;
    else if (is(element->name, "br"))
        (void)buf_append_char(drawing->out, '\n');
    else if (is(element->name, "fld") && xml_attribute(element, "type", type, sizeof(type)))
        drawing->number_field = is(type, "slidenum");
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
    if (is(name, "t") || is(name, "v") || is(name, "text"))
        drawing->texts--;
    if (is(name, "p") || is(name, "v") || is(name, "text")) {
        if (drawing->out->len && drawing->out->data[drawing->out->len - 1] != '\n')
            (void)buf_append_char(drawing->out, '\n');
    } else if (is(name, "tc")) {
        strip(drawing->out, '\n');
        (void)buf_append_char(drawing->out, '\t');
    } else if (is(name, "tr")) {
        strip(drawing->out, '\t');
        (void)buf_append_char(drawing->out, '\n');
    } else if (is(name, "fld")) {
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
