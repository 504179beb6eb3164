/* Office documents that are one XML file, and what Office keeps beside them: by their first
 * element or letters. */
#include <string.h>

#include "fuzz_read.h"
#include "worker/office/excel_2003.h"
#include "worker/ole/ole_mso.h"
#include "worker/ooxml/ooxml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const char *start = (const char *)data;

    if (len > 2 && memcmp(start, "<p", 2) == 0)
        fuzz_read(ooxml_flat_read, "x", "application/vnd.ms-package.flat-opc", data, len);
    else if (len > 2 && memcmp(start, "<w", 2) == 0)
        fuzz_read(word_2003_read, "x", "application/vnd.ms-wordml", data, len);
    else if (len > 2 && memcmp(start, "Ac", 2) == 0)
        fuzz_read(ole_mso_read, "x", "application/x-mso", data, len);
    else
        fuzz_read(excel_2003_read, "x", "application/vnd.ms-spreadsheetml", data, len);
    return 0;
}
