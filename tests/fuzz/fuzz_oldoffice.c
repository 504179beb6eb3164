/* An old office document. */
#include "fuzz_read.h"
#include "worker/books/oldoffice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(oldoffice_read, "x", "application/octet-stream", data, len);
    return 0;
}
