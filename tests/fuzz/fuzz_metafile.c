/* Windows metafiles of both kinds. */
#include "fuzz_read.h"
#include "worker/image/metafile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (wmf_is(data, len))
        fuzz_read(wmf_read, "x.wmf", "image/wmf", data, len);
    else
        fuzz_read(emf_read, "x.emf", "image/emf", data, len);
    return 0;
}
