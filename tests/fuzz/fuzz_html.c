/* A web page. */
#include "fuzz_read.h"
#include "worker/web/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(html_read, "x.html", "text/html", data, len);
    return 0;
}
