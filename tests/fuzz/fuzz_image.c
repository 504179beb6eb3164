/* A picture of any format: decoded page by page, and shown. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/image/psd.h"
#include "worker/pages.h"

static struct verdict render_first(const struct input *input, struct emit *emit)
{
    return image_render(input, 1, 72, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 4 && memcmp(data, "8BPS", 4) == 0)
        fuzz_read(psd_read, "x.psd", "image/vnd.adobe.photoshop", data, len);
    else
        fuzz_read(image_read, "x", "image/png", data, len);
    fuzz_read(render_first, "x", "image/png", data, len);
    return 0;
}
