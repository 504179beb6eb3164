/* A drawing. */
#include "fuzz_read.h"
#include "worker/image/svg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(svg_read, "x", "application/octet-stream", data, len);
    return 0;
}
