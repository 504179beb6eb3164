/* Binary documents of Microsoft's office programs: PPT. */
#include "fuzz_read.h"
#include "worker/office/ppt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(ppt_read, "x.ppt", "application/vnd.ms-powerpoint", data, len);
    return 0;
}
