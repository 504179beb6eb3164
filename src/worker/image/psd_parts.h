/*
 * Where the sections of a Photoshop document (PSD, and PSB for large ones) are.
 */
#ifndef WORKER_PSD_PARTS_H
#define WORKER_PSD_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct psd_part {
    const unsigned char *data;
    size_t len;
};

struct psd_parts {
    bool big; /* PSB: lengths of 8 bytes */
    unsigned channels, depth, mode;
    uint32_t width, height;
    struct psd_part palette, resources, layers, picture;
};

/* Sections that the file has not are empty; false when it ends in its header or says nonsense. */
bool psd_parts_find(const unsigned char *data, size_t len, struct psd_parts *ret);

#endif
