/*
 * Relationships between the parts of an OPC package (ISO/IEC 29500-2, clause 9.3): for a part
 * "a/b.xml" they stand in "a/_rels/b.xml.rels".
 */
#ifndef WORKER_OOXML_RELS_H
#define WORKER_OOXML_RELS_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/archive/package.h"

enum { RELATIONS_MAX = 100000, RELATION_TYPE_MAX = 64, RELATION_ID_MAX = 128 };

struct relation {
    char id[RELATION_ID_MAX];
    char type[RELATION_TYPE_MAX]; /* the last step of the type's address: "hyperlink" */
    char *target;                 /* a part's name; an address when external */
    bool external;
};

struct relations {
    struct relation *items;
    size_t count;
    char folder[PART_NAME_MAX + 2]; /* of the part they belong to, ending in "/" */
};

/* Reads the relationships of `part` ("" for the package's). None is no error. */
void relations_read(struct package *package, const char *part, struct relations *ret);
void relations_release(struct relations *relations);

const struct relation *relation_by_id(const struct relations *relations, const char *id);
/* The next one of this type at or after *at, which moves on; NULL at the end. */
const struct relation *relation_by_type(const struct relations *relations, const char *type,
                                        size_t *at);

/* Reads the part that the first relationship of this type leads to, if any. */
void relation_read_xml(struct package *package, const struct relations *relations, const char *type,
                       const struct xml_handler *handler, void *ctx);

#endif
