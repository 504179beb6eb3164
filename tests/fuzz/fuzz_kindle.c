/* A Mobipocket book. */
#include "fuzz_read.h"
#include "worker/books/kindle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(kindle_read, "x", "application/x-mobipocket-ebook", data, len);
    return 0;
}
