/*
 * RAR 5 written anew so that libarchive reads it: volumes joined, encryption removed with the
 * user's password, and what that library trips over left out. Nothing is unpacked here.
 *
 * Source: "RAR 5.0 archive format", rarlab.com/technote.htm. Headers may be encrypted as a whole
 * (AES-256 in CBC mode), and so may the data of each file; keys are PBKDF2 with HMAC-SHA256.
 */
#ifndef WORKER_RAR5_H
#define WORKER_RAR5_H

#include "worker/reader.h"
#include "worker/archive/source.h"

struct rar5 {
    struct source *source; /* the new archive; NULL: read the old one */
    bool *locked;          /* by header: its data could not be opened */
    size_t count;          /* headers of files and folders */
    size_t space;
    enum reason reason; /* why there is less than there was; REASON_NONE */
    const char *detail;
    char *comment; /* of the archive; NULL */
};

bool rar5_is(const unsigned char *data, size_t len);
void rar5_open(const struct input *input, size_t from, struct rar5 *ret_rar5);
void rar5_release(struct rar5 *rar5);

#endif
