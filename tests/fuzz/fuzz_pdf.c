/* A PDF: its text, notes and files. */
#include "fuzz_read.h"
#include "worker/pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(pdf_read, "x.pdf", "application/pdf", data, len);
    return 0;
}
