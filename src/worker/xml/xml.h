/*
 * XML as events, for the office formats (libxml2's parser, without a tree).
 *
 * A document cannot make it read anything else or grow without bound: of the entities that it
 * defines only those of up to XML_ENTITY_MAX bytes of plain text are known, and not in attributes;
 * others are a space. No DTD or file is loaded, nothing recurses. Damaged XML is read as far as it
 * makes sense. Limits: XML_DEPTH_MAX open elements; text of one call up to libxml2's 10 MB.
 */
#ifndef WORKER_XML_H
#define WORKER_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"

enum { XML_DEPTH_MAX = 1000, XML_ENTITY_MAX = 256 };

/* A start tag, valid during the call. Names come without prefix: office formats are told apart by
 * local names well enough, and their namespaces differ between editions. */
struct xml_element {
    const char *name;   /* local */
    const char *prefix; /* as written, or "" */
    const void *attributes;
    int attribute_count;
};

/* NULL entries are skipped. Text comes in any portions. */
struct xml_handler {
    void (*start)(void *ctx, const struct xml_element *element);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *text, size_t len);
};

/* Whether this is the name. */
static inline bool xml_is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

/* Copies the value of the attribute with this local name, cut at size - 1 bytes. False when there
 * is none (`out` is then ""). */
bool xml_attribute(const struct xml_element *element, const char *name, char *out, size_t size);

/* As above with a prefix, for elements that have "id" and "r:id". */
bool xml_attribute_of(const struct xml_element *element, const char *prefix, const char *name,
                      char *out, size_t size);

/* The value as a number; `otherwise` when there is none. */
long xml_attribute_number(const struct xml_element *element, const char *name, long otherwise);

/* Appends the tag, or text, as XML again: for documents that hold others as elements. Declarations
 * of namespaces are left out, which readers here never ask for. */
void xml_write_start(const struct xml_element *element, struct buf *out);
void xml_write_text(const char *text, size_t len, struct buf *out);

/* Reads a whole document. Returns as xml_parser_feed. */
int xml_read(const char *data, size_t len, const struct xml_handler *handler, void *ctx);

/* Starts libxml2; for parts_start(). */
void xml_start(void);

struct xml_parser; /* opaque */

struct xml_parser *xml_parser_new(const struct xml_handler *handler, void *ctx);
void xml_parser_free(struct xml_parser *parser);

/* Takes the next bytes. Returns 0, ERR_LIMIT (too deep) or ERR_CORRUPT (what follows makes no
 * sense); after an error nothing more is taken. */
int xml_parser_feed(struct xml_parser *parser, const char *data, size_t len);

/* Says that no more will come; returns as xml_parser_feed. */
int xml_parser_end(struct xml_parser *parser);

#endif
