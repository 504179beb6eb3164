/*
 * Integers in byte strings, and hexadecimal. All formats of sanad, on disk and on the wire, are
 * little-endian.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

static inline void le16_put(void *to, uint16_t v)
{
    unsigned char *p = to;
    p[0] = (unsigned char)v;
    p[1] = (unsigned char)(v >> 8);
}

static inline void le32_put(void *to, uint32_t v)
{
    le16_put(to, (uint16_t)v);
    le16_put((unsigned char *)to + 2, (uint16_t)(v >> 16));
}

static inline void le64_put(void *to, uint64_t v)
{
    le32_put(to, (uint32_t)v);
    le32_put((unsigned char *)to + 4, (uint32_t)(v >> 32));
}

static inline uint16_t le16_get(const void *from)
{
    const unsigned char *p = from;
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t le32_get(const void *from)
{
    return le16_get(from) | (uint32_t)le16_get((const unsigned char *)from + 2) << 16;
}

static inline uint64_t le64_get(const void *from)
{
    return le32_get(from) | (uint64_t)le32_get((const unsigned char *)from + 4) << 32;
}

/* Other programs' formats have numbers with the high byte first too. */
static inline uint16_t be16_get(const void *from)
{
    const unsigned char *p = from;
    return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t be32_get(const void *from)
{
    return (uint32_t)be16_get(from) << 16 | be16_get((const unsigned char *)from + 2);
}

static inline uint64_t be64_get(const void *from)
{
    return (uint64_t)be32_get(from) << 32 | be32_get((const unsigned char *)from + 4);
}

/* A number of `size` bytes, high byte first; of more than eight the last ones count. */
static inline uint64_t be_get(const void *from, size_t size)
{
    const unsigned char *p = from;
    uint64_t value = 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | p[i];
    return value;
}

/* FNV-1a, for tables in memory; whoever writes the bytes can make two of one hash. `hash` is that
 * of the bytes before, or BYTES_HASH_START. */
#define BYTES_HASH_START UINT64_C(14695981039346656037)
static inline uint64_t bytes_hash(uint64_t hash, const void *data, size_t len)
{
    const unsigned char *p = data;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT64_C(1099511628211);
    return hash;
}

/* Writes 2*len lower-case hexadecimal digits and a NUL to `out`. */
void hex_encode(const void *data, size_t len, char *out);

/* Reads exactly len bytes from 2*len digits; returns 0 or ERR_CORRUPT. */
int hex_decode(const char *text, void *out, size_t len);

#endif
