/* Any bytes as frames, in portions of a size that the first byte chooses. */
#include <stddef.h>
#include <stdint.h>

#include "wire/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    size_t *seen = ctx;

    (void)part;
    for (size_t i = 0; i < len; i++)
        *seen += text[i] != 0;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const struct frame_handler HANDLER = {.text = on_text};
    size_t seen = 0;
    size_t portion = len ? (size_t)data[0] + 1 : 1;
    struct frame_reader *reader = frame_reader_new(&HANDLER, &seen);
    struct err err = {0};

    for (size_t at = 1; at < len; at += portion)
        if (frame_reader_feed(reader, data + at, len - at < portion ? len - at : portion, &err))
            break;
    frame_reader_free(reader);
    return 0;
}
