#include "relate/shingles.h"

#include <string.h>

#include "base/bytes.h"
#include "text/fold.h"

/* Numbers without a pattern (splitmix64), the same in every case. */
static uint64_t scatter(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

void shingles_start(struct shingles *shingles)
{
    *shingles = (struct shingles){0};
    memset(shingles->least, 0xFF, sizeof(shingles->least));
    for (unsigned i = 0; i < MARK_PLACES; i++) {
        shingles->multiply[i] = scatter(2 * i + 1) | 1;
        shingles->add[i] = scatter(2 * i + 2);
    }
}

static void add_shingle(struct shingles *shingles)
{
    uint64_t hash = 0;

    for (unsigned i = 0; i < SHINGLE_WORDS; i++)
        hash = scatter(hash ^ shingles->last[i]);
    for (unsigned i = 0; i < MARK_PLACES; i++) {
        uint32_t value = (uint32_t)((hash * shingles->multiply[i] + shingles->add[i]) >> 32);
        if (value < shingles->least[i])
            shingles->least[i] = value;
    }
}

void shingles_add(struct shingles *shingles, const char *text, size_t len)
{
    struct words words;
    struct word word;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        memmove(shingles->last, shingles->last + 1, sizeof(shingles->last) - sizeof(uint64_t));
        shingles->last[SHINGLE_WORDS - 1] =
            bytes_hash(BYTES_HASH_START, word.surface, word.surface_len);
        if (++shingles->words >= SHINGLE_WORDS)
            add_shingle(shingles);
    }
}

uint64_t mark_band(const uint32_t mark[MARK_PLACES], unsigned band)
{
    uint64_t hash = scatter(band);

    for (unsigned i = 0; i < BAND_PLACES; i++)
        hash = scatter(hash ^ mark[(size_t)band * BAND_PLACES + i]);
    return hash;
}

int mark_likeness(const uint32_t a[MARK_PLACES], const uint32_t b[MARK_PLACES])
{
    int equal = 0;

    for (unsigned i = 0; i < MARK_PLACES; i++)
        equal += a[i] == b[i];
    return 100 * equal / MARK_PLACES;
}

void mark_pack(const uint32_t mark[MARK_PLACES], unsigned char out[MARK_BYTES])
{
    for (size_t i = 0; i < MARK_PLACES; i++)
        le32_put(out + 4 * i, mark[i]);
}

void mark_unpack(const unsigned char packed[MARK_BYTES], uint32_t mark[MARK_PLACES])
{
    for (size_t i = 0; i < MARK_PLACES; i++)
        mark[i] = le32_get(packed + 4 * i);
}
