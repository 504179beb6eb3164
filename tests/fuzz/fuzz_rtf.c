/* Rich Text Format. */
#include "fuzz_read.h"
#include "worker/office/rtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(rtf_read, "x.rtf", "text/rtf", data, len);
    return 0;
}
