#include "worker/office/properties.h"

#include <stdio.h>
#include <string.h>

static const char OWN[] = "property";

static const struct {
    const char *element, *key;
} PROPERTIES[] = {
    {"title", "title"},
    {"creator", "author"},
    {"initial-creator", "author"},
    {"lastModifiedBy", "author"},
    {"subject", "subject"},
    {"description", "description"},
    {"keyword", "keywords"},
    {"keywords", "keywords"},
    {"created", "date"},
    {"creation-date", "date"},
    {"modified", "modified"},
    {"date", "modified"},
    {"Application", "producer"},
    {"generator", "producer"},
    {"language", "language"},
    {"Company", "creator"},
    {"category", "keywords"},
    /* as Office 2003's XML has them */
    {"Title", "title"},
    {"Author", "author"},
    {"LastAuthor", "author"},
    {"Subject", "subject"},
    {"Keywords", "keywords"},
    {"Description", "description"},
    {"Category", "keywords"},
    {"Created", "date"},
    {"LastSaved", "modified"},
};

/* Properties that a document's authors made up: in docProps/custom.xml <property name=""> around a
 * typed value, in OpenDocument <user-defined name="">, in Office 2003's XML elements with a type.
 */
static bool own_start(struct properties *properties, const struct xml_element *element)
{
    char type[32];

    if (strcmp(element->name, "property") == 0) {
        xml_attribute(element, "name", properties->own, sizeof(properties->own));
        properties->in_own = true;
        return true;
    }
    if (strcmp(element->name, "user-defined") == 0)
        xml_attribute(element, "name", properties->own, sizeof(properties->own));
    else if (xml_attribute_of(element, "dt", "dt", type, sizeof(type)))
        snprintf(properties->own, sizeof(properties->own), "%s", element->name);
    else if (!properties->in_own)
        return false;
    properties->key = OWN;
    return true;
}

static void own_end(const struct properties *properties)
{
    CLEANUP(cleanup_buf) struct buf line = {0};

    /* a leading "_" marks what programs keep there for themselves */
    if (properties->value.len == 0 || properties->own[0] == '_')
        return;
    buf_init(&line, META_VALUE_MAX);
    (void)buf_printf(&line, "%s = %s", properties->own, properties->value.data);
    emit_meta_len(properties->emit, OWN, line.data, line.len);
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct properties *properties = ctx;

    properties->key = NULL;
    buf_clear(&properties->value);
    if (own_start(properties, element))
        return;
    for (size_t i = 0; i < ARRAY_LEN(PROPERTIES); i++)
        if (strcmp(element->name, PROPERTIES[i].element) == 0)
            properties->key = PROPERTIES[i].key;
}

static void on_end(void *ctx, const char *name)
{
    struct properties *properties = ctx;
    const char *key = properties->key;

    properties->key = NULL;
    if (strcmp(name, "property") == 0)
        properties->in_own = false;
    if (!key)
        return;
    if (key == OWN) {
        own_end(properties);
        return;
    }
    if (strcmp(key, "author") == 0) {
        if (strcmp(properties->author, properties->value.data) == 0)
            return;
        snprintf(properties->author, sizeof(properties->author), "%s", properties->value.data);
    }
    emit_meta_len(properties->emit, key, properties->value.data, properties->value.len);
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct properties *properties = ctx;

    if (properties->key)
        (void)buf_append(&properties->value, text, len);
}

const struct xml_handler properties_handler = {on_start, on_end, on_text};

void properties_init(struct properties *properties, struct emit *emit)
{
    *properties = (struct properties){.emit = emit};
    buf_init(&properties->value, META_VALUE_MAX);
}

void properties_release(struct properties *properties)
{
    buf_release(&properties->value);
}
