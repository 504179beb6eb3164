/* A document of Hangul Word Processor 5. */
#include "fuzz_read.h"
#include "worker/books/hwp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(hwp_read, "x", "application/x-hwp-v5", data, len);
    return 0;
}
