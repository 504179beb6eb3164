#include "worker/office/elsewhere.h"

#include "wire/convert.h"

struct verdict elsewhere_read(const struct input *input, struct emit *emit)
{
    const struct conversion *how = conversion_for(input->mime);

    (void)emit;
    return verdict_failed(REASON_NO_CONVERTER, "%s is read through LibreOffice",
                          how ? how->words : input->mime);
}
