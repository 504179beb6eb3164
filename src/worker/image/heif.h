/*
 * HEIF (ISO/IEC 23008-12) and AVIF: the container. Telephones keep a photograph as a grid of small
 * HEVC pictures, a thumbnail, EXIF and XMP, all of them items of one "meta" box.
 *
 * libheif decodes these too but starts threads, which the sandbox forbids, and costs every child
 * the mappings of four encoders; so the container is read here and libde265 and libaom decode.
 */
#ifndef WORKER_HEIF_H
#define WORKER_HEIF_H

#include "worker/image/boxes.h"
#include "worker/image/image_header.h"
#include "worker/reader.h"

struct Pix;

enum { HEIF_ITEMS_MAX = 4096, HEIF_PROPERTIES_MAX = 4096, HEIF_USES_MAX = 32 };

struct heif_item {
    uint32_t id;
    char type[5];          /* "hvc1", "av01", "jpeg", "grid", "iden", "Exif", "mime" */
    bool hidden, part;     /* not a picture of its own: a tile, a thumbnail, an alpha plane */
    const char *content;   /* MIME type of a "mime" item, or "" */
    unsigned construction; /* 0: offsets in the file, 1: in the "idat" box */
    const unsigned char *extents; /* in the "iloc" box */
    unsigned extent_count;
    uint64_t base;
    uint16_t uses[HEIF_USES_MAX]; /* properties, from 1, in their order */
    unsigned use_count;
};

struct heif {
    const unsigned char *data;
    size_t len;
    struct box idat, iref;
    bool has_idat, has_iref;
    unsigned iref_version;
    unsigned offset_size, length_size, index_size; /* of extents */
    struct heif_item *items;
    size_t item_count, item_max;
    struct box *properties;
    size_t property_count, property_max;
    uint32_t primary;
};

bool heif_is(const unsigned char *data, size_t len);

/* Reads the index; false when there is none. heif_release() afterwards. */
bool heif_open(struct heif *heif, const unsigned char *data, size_t len);
void heif_release(struct heif *heif);

/* The pictures of their own, the primary one first; the n-th, or NULL. */
const struct heif_item *heif_page(const struct heif *heif, int page);

const struct heif_item *heif_item(const struct heif *heif, uint32_t id);
/* A property of an item, or NULL. */
const struct box *heif_property(const struct heif *heif, const struct heif_item *item,
                                const char *type);
/* The item's bytes appended to `out`. */
void heif_bytes(const struct heif *heif, const struct heif_item *item, struct buf *out);
/* The n-th item to which this one refers ("dimg": what it is derived from); NULL for none. */
const struct heif_item *heif_reference(const struct heif *heif, const struct heif_item *item,
                                       const char *type, unsigned index);

/* For the image reader. */
int heif_pages(const unsigned char *data, size_t len);
bool heif_size(const unsigned char *data, size_t len, int page, struct image_size *ret_size);
struct Pix *heif_decode(const unsigned char *data, size_t len, int page);
void heif_facts(const unsigned char *data, size_t len, struct emit *emit);

#endif
