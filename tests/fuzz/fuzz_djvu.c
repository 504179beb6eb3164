/* A DjVu document. */
#include "fuzz_read.h"
#include "worker/books/djvu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(djvu_read, "x", "application/octet-stream", data, len);
    return 0;
}
