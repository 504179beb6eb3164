#include "pages_said.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "parts_told.h"

enum { IMAGE_BYTES_MAX = 64 << 20, TEXT_KEPT = 1 << 20 };

static int on_meta(void *ctx, const char *key, const char *value, size_t len)
{
    struct said *said = ctx;
    size_t at = strlen(said->meta);

    snprintf(said->meta + at, sizeof(said->meta) - at, "%s=%.*s\n", key, (int)len, value);
    return 0;
}

static int on_warning(void *ctx, enum reason reason, const char *detail)
{
    (void)reason;
    (void)detail;
    ((struct said *)ctx)->warnings++;
    return 0;
}

static int on_page(void *ctx, const struct page_head *page)
{
    struct said *said = ctx;

    said->pages++;
    said->ocr_pages += page->method == PAGE_OCR;
    said->page_at = said->text.len;
    return 0;
}

static int on_text(void *ctx, enum text_part part, const char *text, size_t len)
{
    (void)part;
    assert_int_equal(buf_append(&((struct said *)ctx)->text, text, len), 0);
    return 0;
}

/* A word's box lies on the page and its bytes are one whole word of the page's text. */
static int on_words(void *ctx, const struct word_box *words, size_t count)
{
    struct said *said = ctx;
    const char *text = said->text.data + said->page_at;
    size_t len = said->text.len - said->page_at;

    for (size_t i = 0; i < count; i++) {
        const struct word_box *word = &words[i];
        assert_true(word->at + word->len <= len && word->len > 0);
        assert_true(word->x0 < word->x1 && word->y0 < word->y1);
        assert_null(memchr(text + word->at, ' ', word->len));
        assert_null(memchr(text + word->at, '\n', word->len));
        if (word->at > 0)
            assert_non_null(strchr(" \t\n", text[word->at - 1]));
    }
    said->words += (uint32_t)count;
    return 0;
}

static int on_page_end(void *ctx)
{
    return buf_append_char(&((struct said *)ctx)->text, '\f');
}

static int on_child(void *ctx, const struct child_head *child)
{
    (void)child;
    ((struct said *)ctx)->children++;
    return 0;
}

static int on_image(void *ctx, const char *mime, uint32_t width, uint32_t height)
{
    struct said *said = ctx;

    assert_string_equal(mime, "image/png");
    said->image_width = width;
    said->image_height = height;
    return 0;
}

static int on_image_data(void *ctx, const void *data, size_t len)
{
    return buf_append(&((struct said *)ctx)->image, data, len);
}

typedef struct verdict (*reader_call)(const struct input *input, struct emit *emit,
                                      uint32_t argument);

struct verdict call_pdf(const struct input *input, struct emit *emit, uint32_t unused)
{
    (void)unused;
    return pdf_read(input, emit);
}

struct verdict call_image(const struct input *input, struct emit *emit, uint32_t unused)
{
    (void)unused;
    return image_read(input, emit);
}

struct verdict call_pdf_render(const struct input *input, struct emit *emit, uint32_t dpi)
{
    return pdf_render(input, 1, dpi, emit);
}

struct verdict call_image_render(const struct input *input, struct emit *emit, uint32_t dpi)
{
    return image_render(input, 1, dpi, emit);
}

void said_of_bytes(reader_call call, const void *data, size_t len, const char *langs,
                   uint32_t argument, struct said *said)
{
    static const struct frame_handler handler = {.meta = on_meta,
                                                 .warning = on_warning,
                                                 .page = on_page,
                                                 .text = on_text,
                                                 .words = on_words,
                                                 .page_end = on_page_end,
                                                 .child = on_child,
                                                 .image = on_image,
                                                 .image_data = on_image_data};
    struct input input = {.data = data,
                          .len = len,
                          .fd = -1,
                          .name = "",
                          .hint_mime = "",
                          .mime = "",
                          .langs = langs,
                          .ocr = langs[0] != '\0'};
    int fd = memfd_create("frames", MFD_CLOEXEC);
    struct frame_writer writer;
    struct emit emit;
    struct err err = {0};

    *said = (struct said){0};
    buf_init(&said->text, TEXT_KEPT * 16);
    buf_init(&said->image, IMAGE_BYTES_MAX);
    assert_true(fd >= 0);
    frame_writer_init(&writer, fd);
    assert_int_equal(frame_hello(&writer), 0);
    emit_init(&emit, &writer, UINT64_MAX / 2);
    said->verdict = call(&input, &emit, argument);
    struct end_frame end = {.outcome = said->verdict.outcome,
                            .reason = said->verdict.reason,
                            .detail = said->verdict.detail,
                            .pages = emit.pages,
                            .children = emit.children};
    assert_int_equal(frame_end(&writer, &end), 0);
    assert_int_equal(frame_flush(&writer), 0);
    struct frame_reader *reader = frame_reader_new(&handler, said);
    size_t total = (size_t)lseek(fd, 0, SEEK_END);
    void *frames = mmap(NULL, total, PROT_READ, MAP_PRIVATE, fd, 0);
    assert_true(frames != MAP_FAILED);
    if (frame_reader_feed(reader, frames, total, &err))
        fail_msg("frames: %s", err.message);
    assert_true(frame_reader_done(reader));
    munmap(frames, total);
    frame_reader_free(reader);
    emit_release(&emit);
    frame_writer_release(&writer);
    close(fd);
}

void said_release(struct said *said)
{
    buf_release(&said->text);
    buf_release(&said->image);
}

void said_load(const char *path, struct buf *out)
{
    if (!told_shared_bytes(path, out)) {
        print_message("skipped: %s is absent\n", path);
        buf_release(out);
        skip();
    }
}

void said_of_file(reader_call call, const char *path, const char *langs, uint32_t argument,
                  struct said *said)
{
    struct buf file;

    said_load(path, &file);
    said_of_bytes(call, file.data, file.len, langs, argument, said);
    buf_release(&file);
}

void said_need_model(const char *langs)
{
    char lacking[OCR_LANG_MAX];

    ocr_models_open(true);
    if (ocr_lacks_model(langs, lacking)) {
        print_message("skipped: no model for %s\n", lacking);
        skip();
    }
}

void said_of_sample(reader_call call, const char *path, const char *langs, struct said *said)
{
    char full[4096];
    struct buf file;

    snprintf(full, sizeof(full), "%s/%s",
             getenv("SANAD_SAMPLE") ? getenv("SANAD_SAMPLE") : "sample", path);
    buf_init(&file, IMAGE_BYTES_MAX);
    assert_int_equal(io_read_file(AT_FDCWD, full, &file, NULL), 0);
    said_of_bytes(call, file.data, file.len, langs, 0, said);
    buf_release(&file);
}

void said_has(const struct said *said, const char *words)
{
    if (!strstr(said->text.data, words))
        fail_msg("\"%s\" is not in: %s", words, said->text.data);
}
