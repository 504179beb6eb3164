/* What dates a document, of any bytes: of the dates found in them, and of any stretch. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "events/dates.h"
#include "events/own.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct text {
    const char *bytes;
    size_t len;
};

static void look(const struct text *text, size_t start, size_t end)
{
    enum own_source source;

    if (own_source_of(text->bytes, text->len, start, end, &source) &&
        (start > OWN_HEAD_BYTES || !own_source_word((int)source)))
        abort();
}

static int claim(void *ctx, const struct date_found *found)
{
    look(ctx, found->start, found->end);
    return 0;
}

/* Two bytes say a stretch; the rest stands alone in its memory, so that nothing beyond is read. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct date_settings settings = {.lang = size % 2 ? "en" : "fa"};

    if (size < 3)
        return 0;
    char *bytes = malloc(size - 2);
    if (!bytes)
        return 0;
    struct text text = {memcpy(bytes, data + 2, size - 2), size - 2};
    size_t start = data[0] % text.len;
    size_t end = start + data[1] % (text.len - start + 1);
    look(&text, start, end);
    int rc = dates_find(bytes, text.len, &settings, claim, &text);
    free(bytes);
    return rc;
}
