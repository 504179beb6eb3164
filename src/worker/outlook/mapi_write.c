#include "worker/outlook/mapi_write.h"

#include <stdio.h>
#include <string.h>

#include "worker/outlook/mapi_body.h"
#include "worker/outlook/mapi_field.h"
#include "worker/outlook/mapi_secure.h"
#include "worker/outlook/mapi_attach.h"

enum { HEAD_BYTES = 16 << 20, CHUNK_BYTES = 48 << 10 };

struct writer {
    mapi_take *take;
    void *ctx;
    bool stop;
    struct mapi_faults *faults;
    struct buf chunk;
    unsigned char line[BASE64_LINE_BYTES]; /* bytes that wait for a whole line */
    size_t line_len;
};

static void send(struct writer *writer)
{
    if (!writer->stop && writer->chunk.len &&
        !writer->take(writer->ctx, (const unsigned char *)writer->chunk.data, writer->chunk.len))
        writer->stop = true;
    buf_clear(&writer->chunk);
}

static void put(struct writer *writer, const char *text, size_t len)
{
    if (writer->chunk.len + len > CHUNK_BYTES)
        send(writer);
    if (len > CHUNK_BYTES) {
        if (!writer->stop && !writer->take(writer->ctx, (const unsigned char *)text, len))
            writer->stop = true;
        return;
    }
    (void)buf_append(&writer->chunk, text, len);
}

static void put_str(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static void end_line(struct writer *writer)
{
    if (writer->chunk.len + 2 * sizeof(writer->line) > CHUNK_BYTES)
        send(writer);
    field_base64(&writer->chunk, writer->line, writer->line_len);
    writer->line_len = 0;
}

/* Takes bytes of a part that is written as base64; end_line() after the last. */
static bool put_base64(void *ctx, const unsigned char *data, size_t len)
{
    struct writer *writer = ctx;

    while (len > 0 && !writer->stop) {
        size_t room = sizeof(writer->line) - writer->line_len;
        size_t n = len < room ? len : room;
        memcpy(writer->line + writer->line_len, data, n);
        writer->line_len += n;
        data += n;
        len -= n;
        if (writer->line_len == sizeof(writer->line))
            end_line(writer);
    }
    return !writer->stop;
}

/* Neither base64 nor a header holds "=_", so that no part contains a boundary; messages inside have
 * others. */
static void boundary(char out[64], const char *kind, unsigned depth)
{
    snprintf(out, 64, "=_sanad_%s_%u", kind, depth);
}

static void put_boundary(struct writer *writer, const char *mark, const char *end)
{
    put_str(writer, "--");
    put_str(writer, mark);
    put_str(writer, end);
}

static void put_multipart(struct writer *writer, const char *kind, const char *mark)
{
    put_str(writer, "Content-Type: multipart/");
    put_str(writer, kind);
    put_str(writer, "; boundary=\"");
    put_str(writer, mark);
    put_str(writer, "\"\r\n\r\n");
}

static void put_text_part(struct writer *writer, const char *kind, const char *charset,
                          const struct buf *text)
{
    put_str(writer, "Content-Type: text/");
    put_str(writer, kind);
    if (charset) {
        put_str(writer, "; charset=");
        put_str(writer, charset);
    }
    put_str(writer, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    (void)put_base64(writer, (const unsigned char *)text->data, text->len);
    if (writer->line_len)
        end_line(writer);
}

static void put_body(struct writer *writer, const struct mapi_body *body, unsigned depth)
{
    char mark[64];

    if (!body->html.len || !body->plain.len) {
        if (body->html.len)
            put_text_part(writer, "html", body->html_charset, &body->html);
        else
            put_text_part(writer, "plain", "utf-8", &body->plain);
        return;
    }
    boundary(mark, "forms", depth);
    put_multipart(writer, "alternative", mark);
    put_boundary(writer, mark, "\r\n");
    put_text_part(writer, "plain", "utf-8", &body->plain);
    put_boundary(writer, mark, "\r\n");
    put_text_part(writer, "html", body->html_charset, &body->html);
    put_boundary(writer, mark, "--\r\n");
}

static void put_message(struct writer *writer, const struct mapi_message *message,
                        enum mapi_extent extent, unsigned depth);

/* The header of an attachment, to its blank line. */
static void put_attachment_head(struct writer *writer, const struct mapi_message *message,
                                size_t index, const char *type, const char *encoding)
{
    CLEANUP(cleanup_buf) struct buf head = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf id = {0};

    buf_init(&head, 1 << 20);
    buf_init(&name, NAME_MAX_BYTES);
    buf_init(&id, 4096);
    mapi_attachment_name(message, index, &name);
    (void)buf_printf(&head, "Content-Type: %s", type);
    if (strcmp(type, EXTERNAL_TYPE) == 0) {
        CLEANUP(cleanup_buf) struct buf path = {0};
        buf_init(&path, NAME_MAX_BYTES);
        mapi_attachment_path(message, index, &path);
        (void)buf_append_str(&head, "; access-type=local-file");
        field_parameter(&head, "name", path.data, path.len);
    }
    (void)buf_append_str(&head, "\r\nContent-Disposition: attachment");
    field_parameter(&head, "filename", name.data, name.len);
    (void)buf_printf(&head, "\r\nContent-Transfer-Encoding: %s\r\n", encoding);
    if (mapi_text(&message->attachments[index], PR_ATTACH_CONTENT_ID, &id)) {
        (void)buf_append_char(&id, '>');
        (void)buf_append_str(&head, "Content-ID: <");
        for (size_t i = 0; i < id.len; i++)
            if (id.data[i] > ' ' && id.data[i] <= '~')
                (void)buf_append_char(&head, id.data[i]);
        (void)buf_append_str(&head, "\r\n");
    }
    (void)buf_append_str(&head, "\r\n");
    put(writer, head.data, head.len);
}

static void put_inner(struct writer *writer, const struct mapi_message *message, size_t index,
                      unsigned depth)
{
    struct mapi_message inner;

    put_attachment_head(writer, message, index, "message/rfc822", "8bit");
    if (depth + 1 >= MAPI_DEPTH_MAX) {
        writer->faults->deep++;
    } else if (message->store->open(message, index, &inner) == 0) {
        put_message(writer, &inner, MAPI_WHOLE, depth + 1);
        mapi_message_release(&inner);
    } else {
        writer->faults->missing++;
    }
}

static void put_attachment(struct writer *writer, const struct mapi_message *message, size_t index,
                           unsigned depth)
{
    enum mapi_holds holds = mapi_attachment_holds(message, index);
    char type[ATTACHMENT_TYPE_MAX];

    if (holds == HOLDS_MESSAGE) {
        put_inner(writer, message, index, depth);
        return;
    }
    if (holds == HOLDS_REFERENCE) {
        /* the header of the body that is elsewhere is empty (RFC 2046, 5.2.3) */
        put_attachment_head(writer, message, index, EXTERNAL_TYPE, "7bit");
        put_str(writer, "\r\n");
        return;
    }
    mapi_attachment_type(message, index, type);
    put_attachment_head(writer, message, index, type, "base64");
    int rc = message->store->data(message, index, put_base64, writer);
    if (writer->line_len)
        end_line(writer);
    writer->faults->damaged += rc == ERR_CORRUPT || rc == ERR_LIMIT;
    writer->faults->missing += rc == ERR_NOT_FOUND;
}

static void put_parts(struct writer *writer, const struct mapi_message *message,
                      enum mapi_extent extent, const struct mapi_body *body,
                      const struct buf *details, unsigned depth)
{
    size_t attachments = extent == MAPI_WHOLE ? message->attachment_count : 0;
    bool text = body->plain.len > 0 || body->html.len > 0;
    char mark[64];

    if (!attachments && !(details->len && text)) {
        if (details->len)
            put_text_part(writer, "plain", "utf-8", details);
        else
            put_body(writer, body, depth);
        return;
    }
    boundary(mark, "parts", depth);
    put_multipart(writer, "mixed", mark);
    if (details->len) {
        put_boundary(writer, mark, "\r\n");
        put_text_part(writer, "plain", "utf-8", details);
    }
    if (text) {
        put_boundary(writer, mark, "\r\n");
        put_body(writer, body, depth);
    }
    for (size_t i = 0; i < attachments && !writer->stop; i++) {
        put_boundary(writer, mark, "\r\n");
        put_attachment(writer, message, i, depth);
        put_str(writer, "\r\n");
    }
    put_boundary(writer, mark, "--\r\n");
}

static bool put_raw(void *ctx, const unsigned char *data, size_t len)
{
    struct writer *writer = ctx;

    put(writer, (const char *)data, len);
    return !writer->stop;
}

/* A signed or encrypted message: the attachment is its body. */
static void put_secure(struct writer *writer, const struct mapi_message *message,
                       enum mapi_secure secure)
{
    int rc;

    if (secure == SECURE_ENTITY) {
        rc = message->store->data(message, 0, put_raw, writer);
    } else {
        put_str(writer, "Content-Type: application/pkcs7-mime; name=\"smime.p7m\"");
        if (secure == SECURE_SIGNED)
            put_str(writer, "; smime-type=signed-data");
        if (secure == SECURE_ENCRYPTED)
            put_str(writer, "; smime-type=enveloped-data");
        put_str(writer, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        rc = message->store->data(message, 0, put_base64, writer);
        if (writer->line_len)
            end_line(writer);
    }
    writer->faults->damaged += rc != 0;
}

static void put_message(struct writer *writer, const struct mapi_message *message,
                        enum mapi_extent extent, unsigned depth)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    enum mapi_secure secure = mapi_secure(message);
    struct mapi_body body;

    buf_init(&text, HEAD_BYTES);
    mapi_head(message, &text);
    (void)buf_append_str(&text, "MIME-Version: 1.0\r\n");
    put(writer, text.data, text.len);
    if (secure) {
        put_secure(writer, message, secure);
        return;
    }
    buf_clear(&text);
    mapi_details(message, &text);
    if (text.len)
        (void)buf_append_str(&text, "\n");
    mapi_body_load(&body, message);
    writer->faults->damaged += body.damaged;
    if (extent == MAPI_WHOLE)
        writer->faults->missing += message->missing;
    put_parts(writer, message, extent, &body, &text, depth);
    mapi_body_release(&body);
}

void mapi_write(const struct mapi_message *message, enum mapi_extent extent, mapi_take *take,
                void *ctx, struct mapi_faults *faults)
{
    struct writer writer = {.take = take, .ctx = ctx, .faults = faults};

    buf_init(&writer.chunk, CHUNK_BYTES + 1024);
    put_message(&writer, message, extent, 0);
    send(&writer);
    buf_release(&writer.chunk);
}
