/*
 * The directory of a compound file ([MS-CFB], 2.6): entries, and the tree they form. For cfb.c.
 */
#ifndef WORKER_CFB_DIR_H
#define WORKER_CFB_DIR_H

#include "worker/ole/cfb.h"

enum { CFB_DIR_ENTRY = 128 };

struct cfb_dir {
    struct cfb_entry *entries; /* [0] is the root */
    uint32_t count;
    char *names; /* count of CFB_NAME_MAX + 1 bytes */
    bool damaged;
};

/* Reads entries from the directory's bytes. False when there is no root. `wide_sizes`: a size has
 * 64 bits (version 4); older writers leave rubbish in the upper half. */
bool cfb_dir_load(struct cfb_dir *dir, const unsigned char *bytes, size_t len, bool wide_sizes);
void cfb_dir_release(struct cfb_dir *dir);

#endif
