#include "worker/xml/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

enum { ATTRIBUTE_FIELDS = 5, FEED_BYTES = 1 << 20 };

struct xml_parser {
    xmlParserCtxtPtr context;
    struct xml_handler handler;
    void *ctx;
    int depth;
    int error;
    xmlEntity literal; /* the entity that was asked for last */
};

static const char *text_of(const xmlChar *text)
{
    return text ? (const char *)text : "";
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    struct xml_parser *parser = ctx;

    (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (++parser->depth > XML_DEPTH_MAX) {
        parser->error = ERR_LIMIT;
        xmlStopParser(parser->context);
        return;
    }
    /* After an error libxml2 leaves out "&amp;" and its like; what follows is still the text. */
    parser->context->wellFormed = 1;
    struct xml_element element = {text_of(name), text_of(prefix), attributes, attribute_count};
    if (parser->handler.start)
        parser->handler.start(parser->ctx, &element);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_parser *parser = ctx;

    (void)prefix, (void)uri;
    parser->depth--;
    if (parser->handler.end)
        parser->handler.end(parser->ctx, text_of(name));
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct xml_parser *parser = ctx;

    if (parser->handler.text && len > 0)
        parser->handler.text(parser->ctx, (const char *)text, (size_t)len);
}

/* Text that the document names in order to repeat it, as "&company;": short, and nothing else in
 * it, so that what grows is bounded and nothing recurses. */
static xmlEntityPtr literal_entity(struct xml_parser *parser, const xmlChar *name)
{
    xmlEntityPtr known = xmlGetDocEntity(parser->context->myDoc, name);

    if (!known || known->etype != XML_INTERNAL_GENERAL_ENTITY || !known->content ||
        known->length > XML_ENTITY_MAX || strpbrk(text_of(known->content), "&<%"))
        return NULL;
    parser->literal = (xmlEntity){.type = XML_ENTITY_DECL,
                                  .name = known->name,
                                  .content = known->content,
                                  .orig = known->content, /* else libxml2 puts its own there */
                                  .length = known->length,
                                  .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    return &parser->literal;
}

/* Any other entity stands for a space. */
static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
    static xmlEntity unknown = {.type = XML_ENTITY_DECL,
                                .name = BAD_CAST "unknown",
                                .content = BAD_CAST " ",
                                .length = 1,
                                .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    struct xml_parser *parser = ctx;
    xmlEntityPtr known = xmlGetPredefinedEntity(name);

    /* into a value libxml2 puts no more than one sign of an entity that it takes for its own */
    if (!known && parser->context->instate != XML_PARSER_ATTRIBUTE_VALUE)
        known = literal_entity(parser, name);
    return known ? known : &unknown;
}

static void sax_of(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->cdataBlock = on_text;
    sax->ignorableWhitespace = on_text;
    sax->getEntity = on_entity;
}

void xml_start(void)
{
    xmlInitParser();
}

struct xml_parser *xml_parser_new(const struct xml_handler *handler, void *ctx)
{
    struct xml_parser *parser = mem_zalloc(1, sizeof(*parser));
    xmlSAXHandler sax;

    sax_of(&sax);
    parser->handler = *handler;
    parser->ctx = ctx;
    parser->context = xmlCreatePushParserCtxt(&sax, parser, NULL, 0, NULL);
    BUG_IF(!parser->context);
    xmlCtxtUseOptions(parser->context, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                                           XML_PARSE_NOWARNING);
    return parser;
}

void xml_parser_free(struct xml_parser *parser)
{
    if (!parser)
        return;
    if (parser->context->myDoc)
        xmlFreeDoc(parser->context->myDoc);
    xmlFreeParserCtxt(parser->context);
    free(parser);
}

static int feed(struct xml_parser *parser, const char *data, size_t len, int last)
{
    if (parser->error)
        return parser->error;
    xmlParseChunk(parser->context, data, (int)len, last);
    if (!parser->error && parser->context->disableSAX)
        parser->error = ERR_CORRUPT;
    return parser->error;
}

int xml_parser_feed(struct xml_parser *parser, const char *data, size_t len)
{
    while (len) {
        size_t piece = len < FEED_BYTES ? len : FEED_BYTES;
        int rc = feed(parser, data, piece, 0);
        if (rc)
            return rc;
        data += piece;
        len -= piece;
    }
    return parser->error;
}

int xml_parser_end(struct xml_parser *parser)
{
    int rc = feed(parser, "", 0, 1);

    if (rc == 0 && parser->depth > 0)
        parser->error = ERR_CORRUPT;
    return parser->error;
}

int xml_read(const char *data, size_t len, const struct xml_handler *handler, void *ctx)
{
    struct xml_parser *parser = xml_parser_new(handler, ctx);
    int rc = xml_parser_feed(parser, data, len);

    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    return rc;
}

/* How libxml2 gives an "&" in an attribute's value, whichever way it was written. */
static const char AMPERSAND[] = "&#38;";

/* The next byte of a value at *at, which moves on. */
static char next_of_value(const char **at, const char *end)
{
    size_t len = sizeof(AMPERSAND) - 1;
    bool ampersand = (size_t)(end - *at) >= len && memcmp(*at, AMPERSAND, len) == 0;
    char c = **at;

    *at += ampersand ? len : 1;
    return c;
}

void xml_write_text(const char *text, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '&')
            (void)buf_append_str(out, "&amp;");
        else if (text[i] == '<')
            (void)buf_append_str(out, "&lt;");
        else if (text[i] == '>')
            (void)buf_append_str(out, "&gt;");
        else if (text[i] == '"')
            (void)buf_append_str(out, "&quot;");
        else
            (void)buf_append_char(out, text[i]);
    }
}

static void write_name(const char *prefix, const char *name, struct buf *out)
{
    if (prefix && *prefix)
        (void)buf_printf(out, "%s:", prefix);
    (void)buf_append_str(out, name);
}

void xml_write_start(const struct xml_element *element, struct buf *out)
{
    const char *const *fields = element->attributes;

    (void)buf_append_char(out, '<');
    write_name(element->prefix, element->name, out);
    for (int i = 0; i < element->attribute_count; i++, fields += ATTRIBUTE_FIELDS) {
        (void)buf_append_char(out, ' ');
        write_name(fields[1], fields[0], out);
        (void)buf_append_str(out, "=\"");
        for (const char *at = fields[3]; at < fields[4];) {
            char c = next_of_value(&at, fields[4]);
            xml_write_text(&c, 1, out);
        }
        (void)buf_append_char(out, '"');
    }
    (void)buf_append_char(out, '>');
}

/* Attributes come as five pointers each: name, prefix, URI, value, end of value. */
static const char *const *find(const struct xml_element *element, const char *prefix,
                               const char *name)
{
    const char *const *fields = element->attributes;

    for (int i = 0; i < element->attribute_count; i++, fields += ATTRIBUTE_FIELDS)
        if (strcmp(fields[0], name) == 0 &&
            (!prefix || strcmp(fields[1] ? fields[1] : "", prefix) == 0))
            return fields;
    return NULL;
}

bool xml_attribute_of(const struct xml_element *element, const char *prefix, const char *name,
                      char *out, size_t size)
{
    const char *const *fields = find(element, prefix, name);
    size_t len = 0;

    for (const char *at = fields ? fields[3] : NULL; fields && at < fields[4] && len + 1 < size;)
        out[len++] = next_of_value(&at, fields[4]);
    out[len] = '\0';
    return fields != NULL;
}

bool xml_attribute(const struct xml_element *element, const char *name, char *out, size_t size)
{
    return xml_attribute_of(element, NULL, name, out, size);
}

long xml_attribute_number(const struct xml_element *element, const char *name, long otherwise)
{
    char text[24];

    if (!xml_attribute(element, name, text, sizeof(text)))
        return otherwise;
    char *end;
    long value = strtol(text, &end, 10);
    return end == text ? otherwise : value;
}
