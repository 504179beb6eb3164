#include "worker/plain/text.h"

#include <string.h>

#include "worker/plain/charset.h"
#include "worker/plain/damaged.h"
#include "worker/web/story_text.h"

enum { PIECE_BYTES = 1 << 20, PIECE_TEXT_MAX = 4 * PIECE_BYTES + 64 };

/* Where a piece of about PIECE_BYTES may end: after a newline, or else where UTF-8 starts a
 * character. In UTF-16 and UTF-32 any multiple of four is a place between units. */
static size_t piece_end(const struct input *input, size_t at, bool wide)
{
    size_t end = at + PIECE_BYTES;

    if (input->len - at <= PIECE_BYTES)
        return input->len;
    if (wide)
        return end;
    const unsigned char *newline = memrchr(input->data + at, '\n', PIECE_BYTES);
    if (newline)
        return (size_t)(newline - input->data) + 1;
    for (size_t back = 0; back < 4; back++)
        if ((input->data[end - back] & 0xC0) != 0x80)
            return end - back;
    return end;
}

/* A web page saved as text is shown as its stories. */
static bool send_stories(const struct input *input, const char *charset, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (strcmp(input->mime, "text/plain") != 0 || input->len > STORY_TEXT_BYTES_MAX)
        return false;
    buf_init(&text, STORY_TEXT_BYTES_MAX);
    return charset_to_utf8(charset, input->data, input->len, &text) == 0 &&
           story_text_emit(text.data, text.len, emit);
}

/* What is left of a text without the bytes in it that no text has, piece by piece. */
static struct verdict read_damaged(const struct input *input, struct emit *emit)
{
    const char *charset = damaged_charset(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf clean = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t dropped = 0;

    if (!charset)
        return verdict_empty(REASON_UNSUPPORTED, "the bytes are not text in any known encoding");
    emit_meta(emit, "charset", charset);
    buf_init(&clean, PIECE_BYTES);
    buf_init(&text, PIECE_TEXT_MAX);
    for (size_t at = 0; at < input->len && !emit->stop;) {
        size_t end = piece_end(input, at, false);
        buf_clear(&clean);
        buf_clear(&text);
        dropped += damaged_clean(input->data + at, end - at, &clean);
        if (charset_to_utf8(charset, clean.data, clean.len, &text))
            return verdict_failed(REASON_LIMIT_SIZE, "a line is too long");
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
        at = end;
    }
    emit_warning(emit, REASON_CORRUPT, "%zu bytes amid the text are no text and are left out",
                 dropped);
    return verdict_by_words(emit);
}

struct verdict text_read(const struct input *input, struct emit *emit)
{
    const char *charset = charset_detect(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf text = {0};

    if (!charset)
        return read_damaged(input, emit);
    bool wide = strncmp(charset, "UTF-16", 6) == 0 || strncmp(charset, "UTF-32", 6) == 0;
    emit_meta(emit, "charset", charset);
    if (send_stories(input, charset, emit))
        return verdict_by_words(emit);
    buf_init(&text, PIECE_TEXT_MAX);
    for (size_t at = 0; at < input->len && !emit->stop;) {
        size_t end = piece_end(input, at, wide);
        buf_clear(&text);
        if (charset_to_utf8(charset, input->data + at, end - at, &text))
            return verdict_failed(REASON_LIMIT_SIZE, "a line is too long");
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
        at = end;
    }
    return verdict_by_words(emit);
}
