#include "worker/office/properties.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *element, *key;
} PROPERTIES[] = {
    {"title", "title"},           {"creator", "author"},     {"initial-creator", "author"},
    {"lastModifiedBy", "author"}, {"subject", "subject"},    {"description", "description"},
    {"keyword", "keywords"},      {"keywords", "keywords"},  {"created", "date"},
    {"creation-date", "date"},    {"modified", "modified"},  {"date", "modified"},
    {"Application", "producer"},  {"generator", "producer"}, {"language", "language"},
    {"Company", "creator"},
};

static void on_start(void *ctx, const struct xml_element *element)
{
    struct properties *properties = ctx;

    properties->key = NULL;
    buf_clear(&properties->value);
    for (size_t i = 0; i < ARRAY_LEN(PROPERTIES); i++)
        if (strcmp(element->name, PROPERTIES[i].element) == 0)
            properties->key = PROPERTIES[i].key;
}

static void on_end(void *ctx, const char *name)
{
    struct properties *properties = ctx;
    const char *key = properties->key;

    (void)name;
    properties->key = NULL;
    if (!key)
        return;
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
