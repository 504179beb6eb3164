/*
 * Facts that a file says of itself, gathered from several places that repeat one another (EXIF, XMP
 * and IPTC of one photograph) and given out as metadata once each.
 *
 * The keys are those of emit_meta() and besides, for pictures, sound and film: camera,
 * serial-number, lens, lens-serial-number, owner, software, copyright, headline, credit, source,
 * instructions, people (names in the picture), place, city, region, country, latitude and longitude
 * (decimal degrees, WGS 84, south and west negative), altitude (metres), location ("latitude,
 * longitude" together), gps-date, comment, document-id, original-document-id, contact.
 */
#ifndef WORKER_FACTS_H
#define WORKER_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "worker/emit.h"

enum { FACTS_MAX = 1024, FACT_VALUE_MAX = 16 << 10 };

/* When something was made, from what tells it best to what tells it least. */
enum fact_date {
    FACT_DATE_TAKEN,
    FACT_DATE_DIGITISED,
    FACT_DATE_STATED, /* by IPTC and XMP, which people write */
    FACT_DATE_MADE,   /* the file's own making */
    FACT_DATE_CHANGED,
    FACT_DATE_COUNT
};

struct fact {
    const char *key;
    char *value;
};

struct facts {
    struct emit *emit;
    struct fact *list; /* what was given out */
    size_t count;
    char dates[FACT_DATE_COUNT][40];
    bool placed; /* a latitude and longitude were given */
};

void facts_init(struct facts *facts, struct emit *emit);
/* Gives out the date, then frees. */
void facts_finish(struct facts *facts);

/* A value as UTF-8 (bytes that are not are replaced), trimmed; empty and repeated ones are left
 * out. `key` must be a constant. */
void facts_add(struct facts *facts, const char *key, const char *value, size_t len);
void facts_add_str(struct facts *facts, const char *key, const char *value);
/* Bytes in an unknown character set, which may end in NULs. */
void facts_add_bytes(struct facts *facts, const char *key, const void *data, size_t len);
/* Little-endian UTF-16, up to its first NUL. */
void facts_add_wide(struct facts *facts, const char *key, const void *data, size_t len);

/* A date as ISO 8601 or with colons as EXIF writes it ("2024:01:31 12:30:00"), with an optional
 * offset ("+03:30" or ""). What is no date is left out. */
void facts_date(struct facts *facts, enum fact_date kind, const char *text, const char *offset);

/* A place in degrees; out of range or 0,0 (what devices without a fix write) is left out. */
void facts_place(struct facts *facts, double latitude, double longitude);
void facts_altitude(struct facts *facts, double metres);

#endif
