/*
 * What a process in the room gives up before a converter takes its place: descriptors,
 * capabilities, new privileges, resources beyond its share, and all system calls but those that
 * reading and writing files and threads need. A call outside the list fails as if the kernel did
 * not have it.
 */
#ifndef CONVERT_GIVE_UP_H
#define CONVERT_GIVE_UP_H

#include <stdbool.h>
#include <stdint.h>

struct shares {
    unsigned seconds;      /* of processor time */
    uint64_t memory_bytes; /* private writable memory */
    uint64_t file_bytes;   /* a file it writes */
};

/* False: the kernel refuses; nothing may be run then. */
bool give_up(const struct shares *shares);

#endif
