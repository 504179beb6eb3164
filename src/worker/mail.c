#include "worker/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "worker/mail_body.h"
#include "worker/mail_date.h"
#include "worker/mime_field.h"

static const struct {
    const char *field, *key;
    bool shown; /* in the block at the start of the text */
    bool many;  /* may stand several times */
} FIELDS[] = {
    {"From", "from", true, false},
    {"To", "to", true, true},
    {"Cc", "cc", true, true},
    {"Bcc", "bcc", true, true},
    {"Date", "date-raw", true, false},
    {"Subject", "title", true, false},
    {"Message-ID", "message-id", false, false},
    {"In-Reply-To", "in-reply-to", false, false},
    {"References", "references", false, true},
    {"Sender", "sender", false, false},
    {"Reply-To", "reply-to", false, true},
    {"X-Mailer", "producer", false, false},
    {"User-Agent", "producer", false, false},
    {"Keywords", "keywords", false, true},
};

static void send_date(const struct mime_part *root, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    char iso[32];
    int64_t when;

    buf_init(&text, FIELD_MAX);
    if (!mime_field_text(root->head, root->head_len, "Date", &text) ||
        !mail_date_parse(text.data, &when))
        return;
    clock_format(when, iso);
    emit_meta(emit, "date", iso);
}

static void send_fields(const struct mime_part *root, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    bool any = false;

    buf_init(&value, (size_t)4 * FIELD_MAX);
    send_date(root, emit);
    for (size_t i = 0; i < ARRAY_LEN(FIELDS); i++) {
        buf_clear(&value);
        if (FIELDS[i].many)
            (void)mime_field_all(root->head, root->head_len, FIELDS[i].field, &value);
        else
            (void)mime_field_text(root->head, root->head_len, FIELDS[i].field, &value);
        if (!value.len)
            continue;
        emit_meta_len(emit, FIELDS[i].key, value.data, value.len);
        if (!FIELDS[i].shown)
            continue;
        emit_flow_str(emit, TEXT_MAIN, FIELDS[i].field);
        emit_flow_str(emit, TEXT_MAIN, ": ");
        emit_flow(emit, TEXT_MAIN, value.data, value.len);
        emit_flow_str(emit, TEXT_MAIN, "\n");
        any = true;
    }
    if (any)
        emit_flow_str(emit, TEXT_MAIN, "\n");
}

static void send_text(const struct mime_part *part, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, (size_t)4 * MAIL_BODY_MAX);
    mail_part_text(part, &text);
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n')
        emit_flow_str(emit, TEXT_MAIN, "\n");
}

/* What a file without a name is called: by its place, with the suffix of its type. */
static const char *suffix_of(const struct mime_part *part)
{
    static const struct {
        const char *type, *suffix;
    } known[] = {
        {"text/plain", ".txt"},
        {"text/html", ".html"},
        {"text/calendar", ".ics"},
        {"text/csv", ".csv"},
        {"text/vcard", ".vcf"},
        {"text/x-vcard", ".vcf"},
        {"image/jpeg", ".jpg"},
        {"image/jpg", ".jpg"},
        {"image/png", ".png"},
        {"image/gif", ".gif"},
        {"image/tiff", ".tif"},
        {"image/bmp", ".bmp"},
        {"application/pdf", ".pdf"},
        {"application/zip", ".zip"},
        {"application/msword", ".doc"},
        {"application/ms-tnef", ".dat"},
        {"message/rfc822", ".eml"},
        {"application/pgp-signature", ".asc"},
        {"application/pgp-encrypted", ".asc"},
        {"application/pkcs7-signature", ".p7s"},
        {"application/x-pkcs7-signature", ".p7s"},
        {"application/pkcs7-mime", ".p7m"},
        {"application/x-pkcs7-mime", ".p7m"},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (mime_is(part, known[i].type))
            return known[i].suffix;
    return ".bin";
}

static void name_of(const struct mime_part *part, size_t number, struct buf *out)
{
    if (part->name) {
        (void)buf_append_str(out, part->name);
        return;
    }
    if (mime_is(part, "message/rfc822")) {
        size_t head = mime_head_length(part->body, part->body_len);
        if (mime_field_text(part->body, head, "Subject", out) && out->len) {
            for (size_t i = 0; i < out->len; i++)
                if (out->data[i] == '/' || out->data[i] == '\n')
                    out->data[i] = '_';
            (void)buf_append_str(out, ".eml");
            return;
        }
    }
    (void)buf_printf(out, "part-%zu%s", number, suffix_of(part));
}

static void send_file(const struct mime_part *part, size_t number, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&name, NAME_MAX_BYTES);
    name_of(part, number, &name);
    emit_child(emit, name.data, name.len, part->type, INT64_MIN);
    if (part->encoding == ENCODING_NONE) {
        emit_child_data(emit, part->body, part->body_len);
    } else {
        buf_init(&bytes, part->body_len + 64);
        mime_part_decode(part, &bytes);
        emit_child_data(emit, bytes.data, bytes.len);
    }
    emit_child_end(emit, REASON_NONE, "");
}

static struct verdict read_message(const char *data, size_t len, struct emit *emit)
{
    struct mime_message message;

    mime_parse(&message, data, len);
    CLEANUP(cleanup_free) uint8_t *roles = mem_zalloc(message.count, 1);
    mail_body_roles(&message, roles);
    send_fields(&message.parts[0], emit);
    for (size_t i = 0; i < message.count && !emit->stop; i++)
        if (roles[i] == ROLE_TEXT)
            send_text(&message.parts[i], emit);
    emit_flow_end(emit);
    for (size_t i = 0; i < message.count && !emit->stop; i++)
        if (roles[i] == ROLE_FILE)
            send_file(&message.parts[i], i, emit);
    if (message.cut)
        emit_warning(emit, REASON_LIMIT_DEPTH, "parts nested too deep were not taken apart");
    mime_release(&message);
    return verdict_by_words(emit);
}

struct verdict mail_read(const struct input *input, struct emit *emit)
{
    return read_message((const char *)input->data, input->len, emit);
}

/* The first line is the message's length; behind it stands a property list that is not mail. */
struct verdict emlx_read(const struct input *input, struct emit *emit)
{
    const char *data = (const char *)input->data;
    const char *newline = memchr(data, '\n', input->len);
    char first[24] = "";

    if (!newline)
        return mail_read(input, emit);
    snprintf(first, sizeof(first), "%.*s", (int)(newline - data < 20 ? newline - data : 20), data);
    size_t rest = input->len - (size_t)(newline + 1 - data);
    size_t len = (size_t)strtoull(first, NULL, 10);
    return read_message(newline + 1, len && len < rest ? len : rest, emit);
}
