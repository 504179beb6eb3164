/* Binary documents of Microsoft's office programs: DOC. */
#include "fuzz_read.h"
#include "worker/office/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(doc_read, "x.doc", "application/msword", data, len);
    return 0;
}
