/* A FictionBook. */
#include "fuzz_read.h"
#include "worker/books/fb2.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(fb2_read, "x", "application/octet-stream", data, len);
    return 0;
}
