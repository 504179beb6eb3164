/*
 * Apple's Pages, Numbers and Keynote. Until '09 a package holds one XML file; since 2013 archives
 * of protocol buffers under Snappy (.iwa), whose layout Apple does not publish: what is read here
 * is what the field numbers have been observed to mean (TSP, TSWP and TST archives). Texts come as
 * paragraphs, tables as rows, media as children. Where nothing can be read, the preview is a child.
 *
 * Limits: those of package.h; IWORK_PART_BYTES a part, IWA_OBJECTS_MAX objects.
 */
#ifndef WORKER_IWORK_H
#define WORKER_IWORK_H

#include "base/buf.h"
#include "worker/archive/package.h"
#include "worker/reader.h"

enum { IWORK_PART_BYTES = 64 << 20, IWA_OBJECTS_MAX = 1 << 20 };

struct verdict iwork_read(const struct input *input, struct emit *emit);

/* The XML of '09, already unpacked (iwork_xml.c). Returns 0 or as xml_parser_feed. */
int iwork_xml_read(const char *xml, size_t len, struct emit *emit);

/* ---- .iwa (iwa.c, iwa_table.c) ---- */

/* A run of bytes inside a decompressed archive. */
struct span {
    const unsigned char *data;
    size_t len;
};

/* An object: a number by which others refer to it, the type of its message, the message. */
struct iwa_object {
    uint64_t id;
    uint32_t type;
    struct span message;
};

struct iwa {
    struct buf *parts; /* decompressed, one a part */
    size_t part_count;
    struct iwa_object *objects; /* in the package's order; sorted by iwa_sort() */
    size_t count;
    bool damaged;
};

/* Adds the objects of one .iwa part. What is damaged is left out and noted. */
void iwa_add(struct iwa *iwa, const unsigned char *data, size_t len);
void iwa_release(struct iwa *iwa);
const struct iwa_object *iwa_find(const struct iwa *iwa, uint64_t id);

/* Sends texts and tables. */
void iwa_send(struct iwa *iwa, struct emit *emit);
void iwa_table_send(const struct iwa *iwa, struct span model, struct emit *emit);

/* The next field of a protocol buffer message; false at its end or where it makes no sense.
 * `ret_span` is set for length-delimited fields and the 4 or 8 bytes of fixed ones. */
struct field {
    uint32_t number;
    uint64_t value; /* of a varint */
    struct span span;
};
bool field_next(struct span *message, struct field *ret_field);
/* The first field with this number; zero value and an empty span for none. */
struct field field_of(struct span message, uint32_t number);
/* The number of the object to which field `number` refers. */
uint64_t field_reference(struct span message, uint32_t number);

/* A date in seconds since 2001, and a number, as text. */
void iwork_put_date(double seconds, struct buf *out);
void iwork_put_number(double number, struct buf *out);

#endif
