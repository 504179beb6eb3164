/* A web page saved as plain text. */
#include "fuzz_read.h"
#include "worker/plain/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(text_read, "x.txt", "text/plain", data, len);
    return 0;
}
