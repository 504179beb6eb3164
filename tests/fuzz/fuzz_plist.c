/* Property lists, both kinds, and saved pages. */
#include "fuzz_read.h"
#include "worker/plain/plist.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(plist_read, "x.plist", "application/x-plist", data, len);
    return 0;
}
