/* A section of OneNote. */
#include "fuzz_read.h"
#include "worker/books/onenote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(onenote_read, "x", "application/onenote", data, len);
    return 0;
}
