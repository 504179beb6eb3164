/* Runs a fuzz target over files: its seeds, and simple mutations of each, so that every check
 * exercises what a fuzzer would, repeatably. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { FILE_MAX = 8 << 20, MUTATIONS = 300 };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* A copy of exactly the length, so that reading past its end is seen by sanitizers. */
static void run(const void *data, size_t len)
{
    CLEANUP(cleanup_free) uint8_t *copy = mem_alloc(len);

    for (size_t i = 0; i < len; i++)
        copy[i] = ((const uint8_t *)data)[i];
    (void)LLVMFuzzerTestOneInput(copy, len);
}

static void run_mutations(struct buf *bytes)
{
    uint32_t seed = (uint32_t)bytes->len;

    for (int i = 0; i < MUTATIONS && bytes->len; i++) {
        size_t at = next_random(&seed) % bytes->len;
        size_t len = next_random(&seed) % 4 ? bytes->len : at;
        char old = bytes->data[at];
        bytes->data[at] = (char)next_random(&seed);
        run(bytes->data, len);
        if (next_random(&seed) % 2)
            bytes->data[at] = old;
    }
}

int main(int argc, char **argv)
{
    struct err err = {0};

    if (argc < 2) {
        fprintf(stderr, "usage: %s SEED...\n", argv[0]);
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        buf_init(&bytes, FILE_MAX);
        if (io_read_file(AT_FDCWD, argv[i], &bytes, &err)) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        run(bytes.data, bytes.len);
        run_mutations(&bytes);
    }
    return 0;
}
