/* A package of fixed pages. */
#include "fuzz_read.h"
#include "worker/books/xps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(xps_read, "x", "application/octet-stream", data, len);
    return 0;
}
