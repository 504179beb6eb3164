#include "frame_heard.h"

struct buf heard;

static int on_type(void *ctx, const char *mime, const char *reader)
{
    (void)ctx;
    return buf_printf(&heard, "type %s %s\n", mime, reader);
}

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    (void)ctx;
    return buf_printf(&heard, "meta %s=%s (%zu)\n", key, value, len);
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    (void)ctx;
    return buf_printf(&heard, "warning %s %s\n", reason_word(reason), detail);
}

static int on_page(void *ctx, const struct page_head *page)
{
    (void)ctx;
    return buf_printf(&heard, "page %u %d %ux%u %u %s %s\n", page->number, (int)page->method,
                      page->width, page->height, page->confidence, page->lang, page->label);
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    (void)ctx;
    if (len > 100)
        return buf_printf(&heard, "text %d of %zu\n", (int)part, len);
    return buf_printf(&heard, "text %d %.*s\n", (int)part, (int)len, text);
}

static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    (void)ctx;
    for (size_t i = 0; i < count && i < 3; i++)
        (void)buf_printf(&heard, "word %u+%u %u,%u-%u,%u %u\n", words[i].at, words[i].len,
                         words[i].x0, words[i].y0, words[i].x1, words[i].y1, words[i].confidence);
    return buf_printf(&heard, "words %zu\n", count);
}

static int on_page_end(void *ctx)
{
    (void)ctx;
    return buf_append_str(&heard, "page end\n");
}

static int on_child(void *ctx, const struct child_head *child)
{
    (void)ctx;
    return buf_printf(&heard, "child %s %d %s %lld\n", child->name, child->name_escaped,
                      child->mime, (long long)child->mtime);
}

static int on_child_data(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    return buf_printf(&heard, "child data %zu\n", len);
}

static int on_child_end(void *ctx, enum reason reason, const char *detail)
{
    (void)ctx;
    return buf_printf(&heard, "child end %d %s\n", (int)reason, detail);
}

static int on_image(void *ctx, const char *mime, uint32_t width, uint32_t height)
{
    (void)ctx;
    return buf_printf(&heard, "image %s %ux%u\n", mime, width, height);
}

static int on_image_data(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    return buf_printf(&heard, "image data %zu\n", len);
}

static int on_end(void *ctx, const struct end_frame *end)
{
    (void)ctx;
    return buf_printf(&heard, "end %s %d %s %u %u\n", outcome_word(end->outcome), (int)end->reason,
                      end->detail, end->pages, end->children);
}

static const struct frame_handler HANDLER = {
    .type = on_type,
    .meta = on_meta,
    .warning = on_warning,
    .page = on_page,
    .text = on_text,
    .words = on_words,
    .page_end = on_page_end,
    .child = on_child,
    .child_data = on_child_data,
    .child_end = on_child_end,
    .image = on_image,
    .image_data = on_image_data,
    .end = on_end,
};

int heard_set_up(void **state)
{
    (void)state;
    buf_init(&heard, 64 << 20);
    return 0;
}

int heard_tear_down(void **state)
{
    (void)state;
    buf_release(&heard);
    return 0;
}

int feed(const void *data, size_t len, size_t portion, bool *ret_done, struct err *err)
{
    struct frame_reader *reader = frame_reader_new(&HANDLER, NULL);
    int rc = 0;

    buf_clear(&heard);
    for (size_t at = 0; at < len && rc == 0; at += portion)
        rc = frame_reader_feed(reader, (const char *)data + at,
                               len - at < portion ? len - at : portion, err);
    *ret_done = frame_reader_done(reader);
    frame_reader_free(reader);
    return rc;
}
