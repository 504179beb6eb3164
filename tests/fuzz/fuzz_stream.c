/* Compressed streams, each kind. */
#include "fuzz_read.h"
#include "worker/archive/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(stream_read, "x.zlib", "application/zlib", data, len);
    fuzz_read(stream_read, "x.br", "application/x-brotli", data, len);
    fuzz_read(stream_read, "x.sz", "application/x-snappy-framed", data, len);
    (void)stream_sniff(data, len, "x.br");
    return 0;
}
