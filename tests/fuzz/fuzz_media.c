/* Sound and film of any format. */
#include "fuzz_read.h"
#include "worker/media/media.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(media_read, "x", "video/mp4", data, len);
    return 0;
}
