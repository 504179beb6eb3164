/* A compiled help file. */
#include "fuzz_read.h"
#include "worker/books/chm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(chm_read_document, "x", "application/octet-stream", data, len);
    return 0;
}
