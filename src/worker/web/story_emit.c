#include "worker/web/story_emit.h"

#include "base/buf.h"

void story_emit_head(struct emit *emit, const struct story_head *head)
{
    CLEANUP(cleanup_buf) struct buf line = {0};

    buf_init(&line, META_VALUE_MAX);
    (void)buf_append(&line, head->headline, head->headline_len);
    if (head->byline_len) {
        (void)buf_append_str(&line, " | ");
        (void)buf_append(&line, head->byline, head->byline_len);
    }
    if (head->date_len) {
        (void)buf_append_str(&line, " | ");
        (void)buf_append(&line, head->date, head->date_len);
    }
    emit_meta_len(emit, "story", line.data, line.len);
}
