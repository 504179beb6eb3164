#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "worker/mail/mime_decode.h"
#include "worker/ooxml/ooxml.h"
#include "worker/ooxml/ooxml_parts.h"

enum { FLAT_BYTES_MAX = 128 << 20, NAMES_MAX = 64 << 10 };

/* The open part: its XML written out again, or its bytes in base64. */
struct flat {
    struct package *package;
    struct buf bytes;
    size_t left; /* what all parts together may still take */
    char name[PART_NAME_MAX + 1];
    bool in_xml, in_binary;
    unsigned depth;           /* below pkg:xmlData */
    struct buf open;          /* names of the elements there, each ended by NUL */
    size_t at[XML_DEPTH_MAX]; /* where each starts */
};

static void element_open(struct flat *flat, const struct xml_element *element)
{
    if (flat->depth < XML_DEPTH_MAX) {
        flat->at[flat->depth] = flat->open.len;
        if (*element->prefix)
            (void)buf_printf(&flat->open, "%s:", element->prefix);
        (void)buf_append(&flat->open, element->name, strlen(element->name) + 1);
        xml_write_start(element, &flat->bytes);
    }
    flat->depth++;
}

static void element_close(struct flat *flat)
{
    if (--flat->depth >= XML_DEPTH_MAX)
        return;
    size_t at = flat->at[flat->depth];
    (void)buf_printf(&flat->bytes, "</%s>", flat->open.data + at);
    flat->open.len = at;
}

/* The part becomes one of the package. */
static void part_end(struct flat *flat)
{
    struct buf bytes = {0};

    if (!flat->in_xml && !flat->in_binary)
        return;
    if (flat->in_binary) {
        buf_init(&bytes, flat->bytes.len + 4);
        mime_decode_base64(flat->bytes.data, flat->bytes.len, &bytes);
    } else {
        bytes = flat->bytes;
        flat->bytes = (struct buf){0};
    }
    flat->left -= bytes.len < flat->left ? bytes.len : flat->left;
    if (flat->bytes.full || bytes.full)
        flat->package->damage = REASON_LIMIT_SIZE;
    size_t len = bytes.len;
    package_add(flat->package, flat->name, buf_take(&bytes), len);
    flat->in_xml = flat->in_binary = false;
    flat->depth = 0;
}

static void part_start(struct flat *flat, bool xml)
{
    part_end(flat);
    buf_release(&flat->bytes);
    buf_init(&flat->bytes, xml ? flat->left : 2 * flat->left);
    flat->in_xml = xml;
    flat->in_binary = !xml;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct flat *flat = ctx;

    if (flat->in_xml)
        element_open(flat, element);
    else if (xml_is(element->name, "part"))
        xml_attribute(element, "name", flat->name, sizeof(flat->name));
    else if (xml_is(element->name, "xmlData") || xml_is(element->name, "binaryData"))
        part_start(flat, xml_is(element->name, "xmlData"));
}

static void on_end(void *ctx, const char *name)
{
    struct flat *flat = ctx;

    if (flat->in_xml && flat->depth)
        element_close(flat);
    else if (xml_is(name, "xmlData") || xml_is(name, "binaryData"))
        part_end(flat);
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct flat *flat = ctx;

    if (flat->in_xml && flat->depth)
        xml_write_text(text, len, &flat->bytes);
    else if (flat->in_binary)
        (void)buf_append(&flat->bytes, text, len);
}

struct verdict ooxml_flat_read(const struct input *input, struct emit *emit)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct package package;
    struct flat flat = {.package = &package, .left = FLAT_BYTES_MAX};

    package_init(&package, input);
    buf_init(&flat.bytes, FLAT_BYTES_MAX);
    buf_init(&flat.open, NAMES_MAX);
    int rc = xml_read((const char *)input->data, input->len, &handler, &flat);
    part_end(&flat);
    buf_release(&flat.bytes);
    buf_release(&flat.open);
    if (rc && package.damage == REASON_NONE)
        package.damage = rc == ERR_LIMIT ? REASON_LIMIT_DEPTH : REASON_TRUNCATED;
    package_index(&package);
    struct verdict verdict = ooxml_package_read(&package, input, emit);
    package_release(&package);
    return verdict;
}
