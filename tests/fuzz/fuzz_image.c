/* A picture of any format: decoded page by page, and shown. */
#include "fuzz_read.h"
#include "worker/pages.h"

static struct verdict render_first(const struct input *input, struct emit *emit)
{
    return image_render(input, 1, 72, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(image_read, "x", "image/png", data, len);
    fuzz_read(render_first, "x", "image/png", data, len);
    return 0;
}
