/*
 * The properties of OOXML (docProps/core.xml, app.xml, custom.xml), OpenDocument (meta.xml) and the
 * XML of Office 2003 as metadata: an element each, told apart by its local name.
 */
#ifndef WORKER_PROPERTIES_H
#define WORKER_PROPERTIES_H

#include "worker/emit.h"
#include "worker/xml/xml.h"

struct properties {
    struct emit *emit;
    const char *key; /* what the open element is called in meta; NULL for none */
    struct buf value;
    char own[256];    /* the name of the open property that authors made up */
    bool in_own;      /* it is around its value */
    char author[256]; /* the last one named, so that one who also wrote last is named once */
};

void properties_init(struct properties *properties, struct emit *emit);
void properties_release(struct properties *properties);

/* Its context is a struct properties. */
extern const struct xml_handler properties_handler;

#endif
