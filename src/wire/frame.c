#include "wire/frame.h"

#include <string.h>

#include "base/bytes.h"
#include "base/io.h"
#include "base/utf8.h"

enum {
    FLUSH_AT = 128 << 10,   /* collected bytes that are worth a write */
    DIRECT_FROM = 32 << 10, /* payloads of this size are written without a copy */
    OUT_CAP = 4 << 20,
};

void frame_writer_init(struct frame_writer *writer, int fd)
{
    *writer = (struct frame_writer){.fd = fd};
    buf_init(&writer->out, OUT_CAP);
}

void frame_writer_release(struct frame_writer *writer)
{
    buf_release(&writer->out);
}

static int write_out(struct frame_writer *writer, const void *data, size_t len)
{
    if (writer->broken)
        return ERR_IO;
    if (len && io_write(writer->fd, data, len)) {
        writer->broken = true;
        return ERR_IO;
    }
    writer->sent += len;
    return 0;
}

int frame_flush(struct frame_writer *writer)
{
    int rc = write_out(writer, writer->out.data, writer->out.len);

    buf_clear(&writer->out);
    return rc;
}

/* Starts a frame in the buffer; returns where its header stands. */
static size_t begin(struct frame_writer *writer, enum frame_type type)
{
    size_t at = writer->out.len;
    char head[FRAME_HEADER] = {0};

    le16_put(head + 4, (uint16_t)type);
    BUG_IF(buf_append(&writer->out, head, sizeof(head)));
    return at;
}

static int finish(struct frame_writer *writer, size_t at)
{
    size_t len = writer->out.len - at - FRAME_HEADER;

    BUG_IF(len > FRAME_PAYLOAD_MAX);
    le32_put(writer->out.data + at, (uint32_t)len);
    if (writer->out.len >= FLUSH_AT)
        return frame_flush(writer);
    return writer->broken ? ERR_IO : 0;
}

static void put8(struct frame_writer *writer, uint8_t v)
{
    BUG_IF(buf_append(&writer->out, &v, 1));
}

static void put16(struct frame_writer *writer, uint16_t v)
{
    char bytes[2];

    le16_put(bytes, v);
    BUG_IF(buf_append(&writer->out, bytes, sizeof(bytes)));
}

static void put32(struct frame_writer *writer, uint32_t v)
{
    char bytes[4];

    le32_put(bytes, v);
    BUG_IF(buf_append(&writer->out, bytes, sizeof(bytes)));
}

static void put64(struct frame_writer *writer, uint64_t v)
{
    char bytes[8];

    le64_put(bytes, v);
    BUG_IF(buf_append(&writer->out, bytes, sizeof(bytes)));
}

static void put_bytes(struct frame_writer *writer, const void *data, size_t len)
{
    BUG_IF(buf_append(&writer->out, data, len));
}

/* A string cut to `max` bytes at a character's end, so that no caller can break the grammar. */
static void put_str(struct frame_writer *writer, const char *text, size_t len, size_t max)
{
    size_t used = utf8_prefix(text, len, max);

    put32(writer, (uint32_t)used);
    put_bytes(writer, text, used);
}

/* One frame of bytes: prefix bytes of the payload and the data itself. */
static int data_frame(struct frame_writer *writer, enum frame_type type, const void *prefix,
                      size_t prefix_len, const void *data, size_t len)
{
    size_t at = begin(writer, type);

    put_bytes(writer, prefix, prefix_len);
    if (len < DIRECT_FROM) {
        put_bytes(writer, data, len);
        return finish(writer, at);
    }
    le32_put(writer->out.data + at, (uint32_t)(prefix_len + len));
    int rc = frame_flush(writer);
    return rc ? rc : write_out(writer, data, len);
}

int frame_hello(struct frame_writer *writer)
{
    size_t at = begin(writer, FRAME_HELLO);

    put32(writer, WIRE_VERSION);
    return finish(writer, at);
}

int frame_type(struct frame_writer *writer, const char *mime, const char *reader)
{
    size_t at = begin(writer, FRAME_TYPE);

    put_str(writer, mime, strlen(mime), MIME_MAX);
    put_str(writer, reader, strlen(reader), READER_NAME_MAX);
    return finish(writer, at);
}

int frame_meta(struct frame_writer *writer, const char *key, const char *value, size_t value_len)
{
    size_t at = begin(writer, FRAME_META);

    put_str(writer, key, strlen(key), META_KEY_MAX);
    put_str(writer, value, value_len, META_VALUE_MAX);
    return finish(writer, at);
}

int frame_warning(struct frame_writer *writer, enum reason reason, const char *detail)
{
    size_t at = begin(writer, FRAME_WARNING);

    put16(writer, (uint16_t)reason);
    put_str(writer, detail, strlen(detail), DETAIL_MAX - 1);
    return finish(writer, at);
}

int frame_page(struct frame_writer *writer, const struct page_head *page)
{
    size_t at = begin(writer, FRAME_PAGE);

    put32(writer, page->number);
    put8(writer, (uint8_t)page->method);
    put32(writer, page->width);
    put32(writer, page->height);
    put8(writer, page->confidence);
    put_str(writer, page->lang, strnlen(page->lang, sizeof(page->lang)), sizeof(page->lang) - 1);
    put_str(writer, page->label, strnlen(page->label, sizeof(page->label)),
            sizeof(page->label) - 1);
    return finish(writer, at);
}

int frame_text(struct frame_writer *writer, enum text_part part, const char *text, size_t len)
{
    const uint8_t prefix = (uint8_t)part;

    while (len) {
        size_t piece = utf8_prefix(text, len, FRAME_PAYLOAD_MAX - 1);
        int rc = data_frame(writer, FRAME_TEXT, &prefix, 1, text, piece);
        if (rc)
            return rc;
        text += piece;
        len -= piece;
    }
    return 0;
}

static void put_word(struct frame_writer *writer, const struct word_box *word)
{
    char bytes[WORD_BOX_BYTES];

    le32_put(bytes, word->at);
    le16_put(bytes + 4, word->len);
    le16_put(bytes + 6, word->x0);
    le16_put(bytes + 8, word->y0);
    le16_put(bytes + 10, word->x1);
    le16_put(bytes + 12, word->y1);
    bytes[14] = (char)word->confidence;
    put_bytes(writer, bytes, sizeof(bytes));
}

int frame_words(struct frame_writer *writer, const struct word_box *words, size_t count)
{
    enum { A_FRAME = FRAME_PAYLOAD_MAX / WORD_BOX_BYTES };

    while (count) {
        size_t piece = count < A_FRAME ? count : A_FRAME;
        size_t at = begin(writer, FRAME_WORDS);
        for (size_t i = 0; i < piece; i++)
            put_word(writer, &words[i]);
        int rc = finish(writer, at);
        if (rc)
            return rc;
        words += piece;
        count -= piece;
    }
    return 0;
}

int frame_page_end(struct frame_writer *writer)
{
    return finish(writer, begin(writer, FRAME_PAGE_END));
}

int frame_child(struct frame_writer *writer, const struct child_head *child)
{
    size_t at = begin(writer, FRAME_CHILD);

    put_str(writer, child->name, child->name_len, NAME_MAX_BYTES);
    put8(writer, child->name_escaped);
    put_str(writer, child->mime, strlen(child->mime), MIME_MAX);
    put64(writer, (uint64_t)child->mtime);
    return finish(writer, at);
}

static int data_frames(struct frame_writer *writer, enum frame_type type, const void *data,
                       size_t len)
{
    const char *at = data;

    while (len) {
        size_t piece = len < FRAME_PAYLOAD_MAX ? len : FRAME_PAYLOAD_MAX;
        int rc = data_frame(writer, type, "", 0, at, piece);
        if (rc)
            return rc;
        at += piece;
        len -= piece;
    }
    return 0;
}

int frame_child_data(struct frame_writer *writer, const void *data, size_t len)
{
    return data_frames(writer, FRAME_CHILD_DATA, data, len);
}

int frame_child_end(struct frame_writer *writer, enum reason reason, const char *detail)
{
    size_t at = begin(writer, FRAME_CHILD_END);

    put16(writer, (uint16_t)reason);
    put_str(writer, detail, strlen(detail), DETAIL_MAX - 1);
    return finish(writer, at);
}

int frame_image(struct frame_writer *writer, const char *mime, uint32_t width, uint32_t height)
{
    size_t at = begin(writer, FRAME_IMAGE);

    put_str(writer, mime, strlen(mime), MIME_MAX);
    put32(writer, width);
    put32(writer, height);
    return finish(writer, at);
}

int frame_image_data(struct frame_writer *writer, const void *data, size_t len)
{
    return data_frames(writer, FRAME_IMAGE_DATA, data, len);
}

int frame_end(struct frame_writer *writer, const struct end_frame *end)
{
    size_t at = begin(writer, FRAME_END);

    put8(writer, (uint8_t)end->outcome);
    put16(writer, (uint16_t)end->reason);
    put_str(writer, end->detail, strlen(end->detail), DETAIL_MAX - 1);
    put32(writer, end->pages);
    put32(writer, end->children);
    int rc = finish(writer, at);
    return rc ? rc : frame_flush(writer);
}
