/*
 * CRC-32 as ZIP has it (ISO 3309, polynomial 0xEDB88320 with the bits turned round), eight bytes at
 * a step. It finds accidents, not forgeries.
 */
#ifndef FMT_CRC32_H
#define FMT_CRC32_H

#include <stddef.h>
#include <stdint.h>

struct crc32_table {
    uint32_t of[8][256];
};

void crc32_fill(struct crc32_table *table);

/* Of the bytes before, 0 at first, and these. */
uint32_t crc32_add(const struct crc32_table *table, uint32_t crc, const void *data, size_t len);

#endif
