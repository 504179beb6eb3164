/* Spellings of any bytes: within their room, one line of words, and words of themselves. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "names/spelling.h"
#include "text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(enum mention_kind kind, const char *text, size_t len)
{
    char out[SPELLING_BYTES_MAX];
    size_t made = spelling_of(kind, text, len, out);

    if (made >= SPELLING_BYTES_MAX || (made && out[made]))
        abort();
    if (made && kind_is_words(kind) &&
        (strlen(out) != made || strchr(out, '\n') || !utf8_valid(out, made)))
        abort();
    if (made && kind_is_name(kind) && spelling_words(out) > SPELLING_WORDS_MAX)
        abort();
    if (made && !strchr(out, ' ') && kind_is_name(kind) && !spelling_has(out, out, made))
        abort();
}

/* The first byte is the kind; the rest stands alone in its memory, so that nothing beyond is read.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct words words;
    struct word word;

    if (!size)
        return 0;
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    look((enum mention_kind)(data[0] % MENTION_KINDS), text, size - 1);
    words_init(&words, text, size - 1);
    while (words_next(&words, &word))
        (void)spelling_is_genitive(text, &word);
    free(text);
    return 0;
}
