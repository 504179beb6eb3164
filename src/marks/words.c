#include "marks/words.h"

#include <string.h>

#include "text/fold.h"

void marks_fold(const char *text, struct buf *out)
{
    struct words words;
    struct word word;

    words_init(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        if (out->len == 0 || out->data[out->len - 1] != ' ')
            (void)buf_append_char(out, ' ');
        (void)buf_append(out, word.surface, word.surface_len);
        (void)buf_append_char(out, ' ');
    }
}

void marks_fold_name(const char *name, struct buf *out)
{
    marks_fold(name, out);
    if (out->len == 0)
        (void)buf_append_str(out, name);
}

void marks_bind_words(struct stmt *stmt, int first, int max, const char *text, struct buf *keep)
{
    marks_fold(text ? text : "", keep);
    const char *at = keep->data;
    const char *end = at + keep->len;

    for (int i = 0; i < max; i++) {
        if (end - at < 2) {
            stmt_bind_null(stmt, first + i);
            continue;
        }
        size_t len = 1 + strcspn(at + 1, " ");
        stmt_bind_text_len(stmt, first + i, at, len);
        at += len;
    }
}
