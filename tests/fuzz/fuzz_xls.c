/* Binary documents of Microsoft's office programs: XLS. */
#include "fuzz_read.h"
#include "worker/office/xls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(xls_read, "x.xls", "application/vnd.ms-excel", data, len);
    return 0;
}
