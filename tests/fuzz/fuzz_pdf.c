/* A PDF: its text, notes and files, and the picture of its first page. */
#include "fuzz_read.h"
#include "worker/pages.h"

static struct verdict render_first(const struct input *input, struct emit *emit)
{
    return pdf_render(input, 1, 36, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(pdf_read, "x.pdf", "application/pdf", data, len);
    fuzz_read(render_first, "x.pdf", "application/pdf", data, len);
    return 0;
}
