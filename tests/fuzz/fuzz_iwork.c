/* A package of Pages, Numbers or Keynote. */
#include "fuzz_read.h"
#include "worker/books/iwork.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(iwork_read, "x", "application/vnd.apple.iwork", data, len);
    return 0;
}
