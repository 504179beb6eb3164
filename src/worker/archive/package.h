/*
 * Packages: the ZIP files that office documents are (OPC, ISO/IEC 29500-2; ODF 1.3 part 2). Unlike
 * unpack.c, which gives entries in order, a package is read by name: its parts refer to each
 * other.
 *
 * The index comes from the central directory, or, where that is missing (a truncated file), from
 * walking the local headers. Parts are inflated as a stream (zlib) and never kept whole.
 *
 * Limits: PACKAGE_PARTS_MAX parts; all inflations together PACKAGE_BYTES_MAX and, beyond
 * PACKAGE_BOMB_FLOOR, PACKAGE_BOMB_RATIO times the file's size.
 */
#ifndef WORKER_PACKAGE_H
#define WORKER_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/reader.h"
#include "worker/xml/xml.h"

#define PACKAGE_BYTES_MAX (UINT64_C(4) << 30)
enum {
    PACKAGE_PARTS_MAX = 200000,
    PACKAGE_BOMB_FLOOR = 64 << 20,
    PACKAGE_BOMB_RATIO = 500, /* sheets of equal cells reach 200 */
    PART_NAME_MAX = 1024,
    PACKAGE_DEFLATED = 8, /* a part's method */
};

struct part {
    char *name; /* without a leading "/" */
    size_t at;  /* of the compressed bytes */
    size_t len;
    uint16_t method; /* 0 stored, 8 deflated */
    bool encrypted;
    unsigned char *own; /* instead of the file's bytes: what was opened with a password; freed with
                         * the package */
    bool taken;         /* for the reader's use: this part was given out */
};

struct package {
    const unsigned char *data;
    size_t len;
    struct part *parts; /* in the file's order */
    size_t count;
    uint32_t *order; /* indexes of parts by name */
    uint64_t expanded;
    enum reason damage; /* NONE, or why something could not be read */
    bool rebuilt;       /* the central directory was missing */
};

/* Reads the index. Returns 0 or ERR_CORRUPT (not a ZIP file at all). */
int package_open(struct package *package, const struct input *input);
void package_release(struct package *package);

/* A package that is no ZIP file: parts come one by one, and the index after the last. The part
 * takes over `bytes` (as of buf_take); nothing beyond PACKAGE_PARTS_MAX. */
void package_init(struct package *package, const struct input *input);
void package_add(struct package *package, const char *name, char *bytes, size_t len);
void package_index(struct package *package);

/* Opens a package, reads it and releases it; failed when it is no ZIP file. */
typedef struct verdict package_reader(struct package *package, const struct input *input,
                                      struct emit *emit);
struct verdict package_read_with(package_reader *read, const struct input *input,
                                 struct emit *emit);

/* The part with this name (ASCII case ignored, a leading "/" too); NULL for none. */
struct part *package_part(const struct package *package, const char *name);

/* Receives a part's bytes in portions; a non-zero return stops. */
typedef int part_sink(void *ctx, const void *data, size_t len);

/* Inflates a part. Returns 0, the sink's value, ERR_LIMIT (a bomb) or ERR_CORRUPT; what was
 * good before is in the sink. package->damage notes the first failure. */
int package_read(struct package *package, struct part *part, part_sink *sink, void *ctx);

/* A part as XML events. A missing part is no error. Returns 0 or as package_read. */
int package_read_xml(struct package *package, const char *name, const struct xml_handler *handler,
                     void *ctx);

/* A part as a child named `name`. */
void package_send_child(struct package *package, struct part *part, const char *name,
                        const char *mime, struct emit *emit);

/* The verdict of a document whose text has been emitted: by words, with `damage` as a remark, or
 * failed for it when nothing was read or a limit was reached. */
struct verdict package_verdict(const struct package *package, struct emit *emit);

#endif
