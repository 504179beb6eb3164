/*
 * What stands beside the originals in a ZIP: the manifest, as CSV for people and JSON for programs,
 * and the warning. Private to export.
 *
 * manifest.json: {"v": 1, "program", "case", "exported", "by", "why", "query", "custody_entry",
 * "items": [...]}; an item has the members that the columns of manifest.csv are named after.
 */
#ifndef EXPORT_MANIFEST_H
#define EXPORT_MANIFEST_H

#include "export/originals.h"

/* What became of an item. */
enum given {
    GIVEN,
    GIVEN_NO_BYTES, /* none were received */
    GIVEN_DAMAGED,  /* they are not what was stored */
};

struct manifest {
    struct sanad_case *kase;
    const struct originals_order *order;
    const unsigned char *given; /* enum given, of each item */
};

/* For zip_add, with a struct manifest as `ctx`. */
zip_source manifest_csv, manifest_json, manifest_warning;

#endif
