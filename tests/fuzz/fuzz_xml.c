/* XML as text. */
#include "fuzz_read.h"
#include "worker/xml/xml_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(xml_text_read, "x.xml", "text/xml", data, len);
    return 0;
}
