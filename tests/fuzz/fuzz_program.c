/* Programs that unpack themselves. */
#include "fuzz_read.h"
#include "worker/archive/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(unpack_program_read, "x.exe", "application/x-dosexec", data, len);
    return 0;
}
