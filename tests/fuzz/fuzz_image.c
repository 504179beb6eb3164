/* A picture of any format, decoded page by page. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/image/psd.h"
#include "worker/pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 4 && memcmp(data, "8BPS", 4) == 0)
        fuzz_read(psd_read, "x.psd", "image/vnd.adobe.photoshop", data, len);
    else
        fuzz_read(image_read, "x", "image/png", data, len);
    return 0;
}
