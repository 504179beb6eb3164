/*
 * Drives one reader over bytes, its frames going nowhere; shared by the fuzz targets of readers.
 */
#ifndef TESTS_FUZZ_READ_H
#define TESTS_FUZZ_READ_H

#include <stddef.h>
#include <stdint.h>

#include "worker/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

typedef struct verdict fuzz_reader(const struct input *input, struct emit *emit);

void fuzz_read(fuzz_reader *read, const char *name, const char *mime, const uint8_t *data,
               size_t len);

#endif
