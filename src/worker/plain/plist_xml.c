#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/attr.h"
#include "base/buf.h"
#include "worker/mail/mime_decode.h"
#include "worker/plain/plist_tree.h"
#include "worker/xml/xml.h"

struct reading {
    struct plist *plist;
    struct plist_node *open[PLIST_DEPTH];
    unsigned depth;   /* of open arrays and dictionaries */
    unsigned skipped; /* of elements that are too deep */
    const char *key;
    struct buf text; /* of the open element */
};

static const char *keep(struct reading *reading, const char *bytes, size_t len)
{
    char *copy = plist_memory(reading->plist, len);

    if (copy)
        memcpy(copy, bytes, len);
    return copy ? copy : "";
}

static struct plist_node *add(struct reading *reading, enum plist_type type)
{
    struct plist_node *parent = reading->depth ? reading->open[reading->depth - 1] : NULL;

    if (!parent && reading->plist->root)
        return NULL;
    struct plist_node *node = plist_add(reading->plist, parent, type, reading->key);
    reading->key = NULL;
    return node;
}

static void on_start(void *ctx, const struct xml_element *element)
{
    struct reading *reading = ctx;
    bool dict = xml_is(element->name, "dict");

    buf_clear(&reading->text);
    if (!dict && !xml_is(element->name, "array"))
        return;
    if (reading->skipped || reading->depth >= PLIST_DEPTH) {
        reading->skipped++;
        reading->plist->reason = REASON_LIMIT_DEPTH;
        return;
    }
    struct plist_node *node = add(reading, dict ? PLIST_DICT : PLIST_ARRAY);
    if (node)
        reading->open[reading->depth++] = node;
    else
        reading->skipped++;
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct reading *reading = ctx;

    if (buf_append(&reading->text, text, len))
        reading->plist->reason = REASON_LIMIT_SIZE;
}

static void put_data(struct reading *reading, struct plist_node *node)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, PLIST_BYTES);
    mime_decode_base64(reading->text.data, reading->text.len, &bytes);
    node->bytes = keep(reading, bytes.data, bytes.len);
    node->len = node->bytes[0] || bytes.len == 0 || reading->plist->reason != REASON_LIMIT_SIZE
                    ? bytes.len
                    : 0;
}

static void put_date(struct reading *reading, struct plist_node *node)
{
    struct tm tm = {0};
    const char *end = strptime(reading->text.data, "%Y-%m-%dT%H:%M:%SZ", &tm);

    if (!end)
        return;
    node->type = PLIST_DATE;
    node->seconds = (int64_t)timegm(&tm);
}

static void on_end(void *ctx, const char *name)
{
    struct reading *reading = ctx;

    if (xml_is(name, "dict") || xml_is(name, "array")) {
        if (reading->skipped)
            reading->skipped--;
        else if (reading->depth)
            reading->depth--;
        reading->key = NULL;
        return;
    }
    if (reading->skipped || xml_is(name, "plist"))
        return;
    if (xml_is(name, "key")) {
        reading->key = keep(reading, reading->text.data, reading->text.len);
        return;
    }
    struct plist_node *node = add(reading, xml_is(name, "data") ? PLIST_DATA : PLIST_TEXT);
    if (!node)
        return;
    if (node->type == PLIST_DATA) {
        put_data(reading, node);
        return;
    }
    if (xml_is(name, "date"))
        put_date(reading, node);
    bool word = xml_is(name, "true") || xml_is(name, "false");
    const char *text = word ? name : reading->text.data;
    size_t len = strlen(text);
    node->bytes = keep(reading, text, len);
    node->len = strlen(node->bytes);
    buf_clear(&reading->text);
}

void plist_read_xml(const unsigned char *data, size_t len, struct plist *ret)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct reading *reading = mem_zalloc(1, sizeof(*reading));
    struct xml_parser *parser = xml_parser_new(&handler, reading);

    plist_start(ret, len);
    reading->plist = ret;
    buf_init(&reading->text, PLIST_BYTES);
    if ((xml_parser_feed(parser, (const char *)data, len) || xml_parser_end(parser)) &&
        ret->reason == REASON_NONE)
        ret->reason = REASON_CORRUPT;
    xml_parser_free(parser);
    buf_release(&reading->text);
    free(reading);
}
