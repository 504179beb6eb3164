#include "fmt/crc32.h"

#include "base/bytes.h"

enum { STEP = 8 };

void crc32_fill(struct crc32_table *table)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        table->of[0][i] = crc;
    }
    /* The same byte, followed by so many zeros. */
    for (int zeros = 1; zeros < STEP; zeros++)
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t before = table->of[zeros - 1][i];
            table->of[zeros][i] = before >> 8 ^ table->of[0][before & 0xFF];
        }
}

uint32_t crc32_add(const struct crc32_table *table, uint32_t crc, const void *data, size_t len)
{
    const unsigned char *at = data;

    crc = ~crc;
    for (; len >= STEP; len -= STEP, at += STEP) {
        uint64_t word = le64_get(at) ^ crc;
        crc = 0;
        for (int i = 0; i < STEP; i++)
            crc ^= table->of[STEP - 1 - i][word >> 8 * i & 0xFF];
    }
    for (; len > 0; len--, at++)
        crc = crc >> 8 ^ table->of[0][(crc ^ *at) & 0xFF];
    return ~crc;
}
