/* An electronic book. */
#include "fuzz_read.h"
#include "worker/books/epub.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(epub_read, "x", "application/octet-stream", data, len);
    return 0;
}
