/* An archive or a compressed file, both ways. */
#include "fuzz_read.h"
#include "worker/archive/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(unpack_archive_read, "x.7z.001", "application/zip", data, len);
    fuzz_read(unpack_compressed_read, "x.gz", "application/gzip", data, len);
    return 0;
}
