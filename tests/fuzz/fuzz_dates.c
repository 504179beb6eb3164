/* Dates in any bytes: what is found stands in them, in order, and its EDTF means its days. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "events/dates.h"
#include "text/edtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    size_t size, start;
};

static int look(void *ctx, const struct date_found *found)
{
    struct seen *seen = ctx;
    struct edtf edtf;

    if (found->start < seen->start || found->start >= found->end || found->end > seen->size)
        abort();
    seen->start = found->start;
    if (found->certainty == DATE_UNKNOWN)
        return 0;
    if (!edtf_read(found->edtf, strlen(found->edtf), &edtf) || edtf.earliest != found->earliest ||
        edtf.latest != found->latest)
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const langs[] = {"en", "fa", "ar", ""};
    struct seen seen = {.size = size};
    struct date_settings settings = {
        .lang = size ? langs[data[0] % 4] : "", .has_ref = size % 2 == 0, .ref = 16000};
    struct edtf edtf;

    (void)edtf_read((const char *)data, size, &edtf);
    return dates_find((const char *)data, size, &settings, look, &seen);
}
