/* A package of Office Open XML. */
#include "fuzz_read.h"
#include "worker/ooxml/ooxml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(ooxml_read, "x", "application/zip", data, len);
    return 0;
}
