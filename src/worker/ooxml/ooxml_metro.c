#include "worker/ooxml/ooxml_metro.h"

#include <string.h>

#include "worker/ooxml/ooxml_parts.h"

enum { METRO_TEXT_MAX = 1 << 20 };

static void put_new_lines(const char *text, struct buf *out)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (len && !memmem(out->data, out->len, text, len)) {
            (void)buf_append(out, text, len);
            (void)buf_append_char(out, '\n');
        }
        text += len + (text[len] == '\n');
    }
}

void ooxml_metro_text(const unsigned char *data, size_t len, struct buf *out)
{
    static const char diagram[] = "drs/diagrams/data";
    const struct input input = {.data = data, .len = len};
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct package package;

    if (len < 4 || memcmp(data, "PK\3\4", 4) != 0)
        return;
    buf_init(&text, METRO_TEXT_MAX);
    if (package_open(&package, &input) == 0)
        for (size_t i = 0; i < package.count; i++)
            if (strncmp(package.parts[i].name, diagram, sizeof(diagram) - 1) == 0)
                ooxml_drawing_text(&package, package.parts[i].name, &text);
    package_release(&package);
    put_new_lines(text.data, out);
}
