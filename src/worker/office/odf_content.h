/*
 * The XML of OpenDocument as text; called by odf.c.
 */
#ifndef WORKER_ODF_CONTENT_H
#define WORKER_ODF_CONTENT_H

#include "worker/emit.h"
#include "worker/archive/package.h"

enum odf_part {
    ODF_CONTENT, /* content.xml */
    ODF_STYLES,  /* styles.xml: only its headers and footers are text */
};

void odf_content_read(struct package *package, const char *name, enum odf_part part,
                      struct emit *emit);

/* The same of a document that is one XML file. Returns as xml_parser_feed. */
int odf_content_flat(const struct input *input, enum odf_part part, struct emit *emit);

#endif
