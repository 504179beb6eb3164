/* A package of OpenDocument. */
#include "fuzz_read.h"
#include "worker/office/odf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(odf_read, "x", "application/vnd.oasis.opendocument.text", data, len);
    return 0;
}
