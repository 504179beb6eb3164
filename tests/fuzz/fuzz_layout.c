/* The exchange formats of layout programs: a MIF when it starts as one, otherwise an IDML. */
#include "fuzz_read.h"
#include "worker/books/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(len && data[0] == '<' ? mif_read : idml_read, "x", "application/vnd.mif", data, len);
    return 0;
}
