/* The first page shown, small: of a package of fixed pages, a drawing, a PDF, else of a picture. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/books/xps.h"
#include "worker/image/svg.h"
#include "worker/pages.h"

enum { DPI = 6 };

static struct verdict first_of_pdf(const struct input *input, struct emit *emit)
{
    return pdf_render(input, 1, DPI, emit);
}

static struct verdict first_of_xps(const struct input *input, struct emit *emit)
{
    return xps_render(input, 1, DPI, emit);
}

static struct verdict first_of_svg(const struct input *input, struct emit *emit)
{
    return svg_render(input, 1, DPI, emit);
}

static struct verdict first_of_image(const struct input *input, struct emit *emit)
{
    return image_render(input, 1, DPI, emit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 2 && memcmp(data, "PK", 2) == 0)
        fuzz_read(first_of_xps, "x.xps", "application/vnd.ms-xpsdocument", data, len);
    else if (len > 1 && data[0] == '<')
        fuzz_read(first_of_svg, "x.svg", "image/svg+xml", data, len);
    else if (len > 4 && memcmp(data, "%PDF", 4) == 0)
        fuzz_read(first_of_pdf, "x.pdf", "application/pdf", data, len);
    else
        fuzz_read(first_of_image, "x", "image/png", data, len);
    return 0;
}
