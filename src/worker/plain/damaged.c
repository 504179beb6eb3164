#include "worker/plain/damaged.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>

#include "worker/plain/charset.h"

enum {
    LOOK_AT_BYTES = 1 << 20,
    SAMPLE_BYTES = 64 << 10,
    WORDS_MIN = 32, /* bytes of text that say something about the rest */
};

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F;
}

size_t damaged_clean(const void *data, size_t len, struct buf *out)
{
    const unsigned char *bytes = data;
    size_t dropped = 0;

    for (size_t at = 0; at < len;) {
        size_t run = at;
        while (run < len && !is_control(bytes[run]))
            run++;
        size_t fits = out->cap - out->len;
        if (run - at > fits) {
            (void)buf_append(out, bytes + at, fits);
            break;
        }
        (void)buf_append(out, bytes + at, run - at);
        for (at = run; at < len && is_control(bytes[at]); at++)
            dropped++;
    }
    return dropped;
}

/* Compressed bytes and machine code are a third printable and seldom have spaces. */
static bool mostly_words(const unsigned char *data, size_t len)
{
    size_t letters = 0;
    size_t spaces = 0;
    size_t printable = 0;

    for (size_t i = 0; i < len; i++) {
        letters += isalpha(data[i]) || data[i] >= 0x80;
        spaces += isspace(data[i]) != 0;
        printable += data[i] < 0x80;
    }
    bool ascii = printable >= len - len / 10;
    bool known = ascii || charset_detect(data, len) != NULL;
    return len >= WORDS_MIN && known && letters > len / 3 && spaces > len / 40;
}

const char *damaged_charset(const void *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf sample = {0};
    const unsigned char *bytes = data;
    size_t window = len < LOOK_AT_BYTES ? len : LOOK_AT_BYTES;
    size_t zeros = 0;
    size_t seen = 0;

    buf_init(&sample, SAMPLE_BYTES);
    for (; seen < window && sample.len < SAMPLE_BYTES; seen++) {
        zeros += bytes[seen] == 0;
        if (!is_control(bytes[seen]) && buf_append_char(&sample, (char)bytes[seen]))
            return NULL;
    }
    /* zeros are padding; other control characters are few in what is a text at all */
    size_t controls = seen - zeros - sample.len;
    if (controls > sample.len / 20 || !mostly_words((const unsigned char *)sample.data, sample.len))
        return NULL;
    return charset_detect(sample.data, sample.len);
}
