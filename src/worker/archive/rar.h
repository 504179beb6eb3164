/*
 * A RAR archive written anew so that libarchive reads it: what both generations of the format have
 * in common.
 */
#ifndef WORKER_RAR_H
#define WORKER_RAR_H

#include "worker/archive/source.h"
#include "worker/reader.h"

/* Why the data of an entry is not in the new archive. */
enum seal { SEAL_NONE, SEAL_LOCKED, SEAL_OLD };

struct rar {
    struct source *source; /* the new archive; NULL: read the old one */
    uint8_t *seals;        /* by header of a file or folder: an enum seal */
    size_t count;          /* headers of files and folders */
    size_t space;
    enum reason reason; /* why there is less than there was; REASON_NONE */
    const char *detail;
    char *comment; /* of the archive; NULL */
};

/* The first reason stays. */
void rar_fail(struct rar *rar, enum reason reason, const char *detail);
void rar_note(struct rar *rar, enum seal seal);
void rar_release(struct rar *rar);

#endif
