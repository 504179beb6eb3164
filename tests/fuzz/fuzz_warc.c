/* Web archives: ARC where it starts as one, else WARC. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/archive/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 8 && memcmp(data, "filedesc", 8) == 0)
        fuzz_read(arc_read, "x.arc", "application/x-internet-archive", data, len);
    else
        fuzz_read(warc_read, "x.warc", "application/warc", data, len);
    return 0;
}
