/* Outlook's stores. */
#include "fuzz_read.h"
#include "worker/outlook/pst.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(pst_read, "x.pst", "application/vnd.ms-outlook-pst", data, len);
    return 0;
}
