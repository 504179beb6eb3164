#include "worker/mail/mail_child.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/mail/mime_field.h"

enum { DETAIL_BYTES = 512, PATH_BYTES = 256 };

/* What a file without a name is called: by its place, with the suffix of its type. */
static const char *suffix_of(const struct mime_part *part)
{
    static const struct {
        const char *type, *suffix;
    } known[] = {
        {"text/plain", ".txt"},
        {"text/html", ".html"},
        {"text/css", ".css"},
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
        {"image/webp", ".webp"},
        {"image/svg+xml", ".svg"},
        {"application/pdf", ".pdf"},
        {"application/zip", ".zip"},
        {"application/msword", ".doc"},
        {"application/ms-tnef", ".dat"},
        {"message/rfc822", ".eml"},
        {"message/news", ".eml"},
        {"message/global", ".eml"},
        {"message/partial", ".eml"},
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

static bool is_message(const struct mime_part *part)
{
    return mime_is(part, "message/rfc822") || mime_is(part, "message/news") ||
           mime_is(part, "message/global") || mime_is(part, "message/partial");
}

/* The last step of the address that a part of a saved page had. */
static void name_of_place(const struct mime_part *part, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf place = {0};

    buf_init(&place, FIELD_MAX);
    if (!mime_field_text(part->head, part->head_len, "Content-Location", &place))
        return;
    size_t end = strcspn(place.data, "?#");
    while (end && place.data[end - 1] == '/')
        end--;
    const char *slash = end ? memrchr(place.data, '/', end) : NULL;
    size_t start = slash ? (size_t)(slash + 1 - place.data) : 0;
    if (end > start && end - start < 200)
        (void)buf_append(out, place.data + start, end - start);
}

static void name_of(const struct mime_part *part, size_t number, struct buf *out)
{
    if (part->name) {
        (void)buf_append_str(out, part->name);
        return;
    }
    if (is_message(part)) {
        size_t head = mime_head_length(part->body, part->body_len);
        if (mime_field_text(part->body, head, "Subject", out) && out->len) {
            for (size_t i = 0; i < out->len; i++)
                if (out->data[i] == '/' || out->data[i] == '\n')
                    out->data[i] = '_';
            (void)buf_append_str(out, ".eml");
            return;
        }
    }
    name_of_place(part, out);
    if (!out->len)
        (void)buf_printf(out, "part-%zu%s", number, suffix_of(part));
}

static void send_bytes(const struct mime_part *part, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (part->encoding == ENCODING_NONE) {
        emit_child_data(emit, part->body, part->body_len);
        return;
    }
    buf_init(&bytes, part->body_len + 64);
    mime_part_decode(part, &bytes);
    emit_child_data(emit, bytes.data, bytes.len);
}

static void parameter_of(const struct mime_part *part, const char *name, char out[PATH_BYTES])
{
    CLEANUP(cleanup_buf) struct buf type = {0};
    CLEANUP(cleanup_buf) struct buf value = {0};

    buf_init(&type, FIELD_MAX);
    buf_init(&value, FIELD_MAX);
    if (mime_field_raw(part->head, part->head_len, "Content-Type", &type))
        (void)mime_parameter(type.data, type.len, name, &value);
    snprintf(out, PATH_BYTES, "%s", value.data);
}

/* A fragment of a message (RFC 2046, 5.2.2). The first one starts with the message's header and is
 * read as far as it goes. */
static bool send_fragment(struct mail_children *children, const struct mime_part *part)
{
    char number[PATH_BYTES];
    char total[PATH_BYTES];
    char detail[DETAIL_BYTES];

    parameter_of(part, "number", number);
    parameter_of(part, "total", total);
    snprintf(
        detail, sizeof(detail),
        "fragment %.20s of %.20s of a message that was split; the others are needed to join it",
        number[0] ? number : "?", total[0] ? total : "?");
    send_bytes(part, children->emit);
    if (strcmp(number, "1") == 0)
        emit_child_end(children->emit, REASON_NONE, "");
    else
        emit_child_end(children->emit, REASON_MISSING_PART, detail);
    emit_warning(children->emit, REASON_MISSING_PART, "%s", detail);
    return true;
}

/* A body that is kept elsewhere (RFC 2046, 5.2.3). */
static bool send_external(struct mail_children *children, const struct mime_part *part)
{
    static const char *const WHERE[] = {"url", "site", "directory", "server"};
    char access[PATH_BYTES];
    char place[PATH_BYTES] = "";
    char detail[DETAIL_BYTES + PATH_BYTES];

    parameter_of(part, "access-type", access);
    for (size_t i = 0; i < ARRAY_LEN(WHERE) && !place[0]; i++)
        parameter_of(part, WHERE[i], place);
    snprintf(detail, sizeof(detail), "it is not in the message but elsewhere (%.60s%s%.200s)",
             access[0] ? access : "unknown", place[0] ? ": " : "", place);
    emit_child_end(children->emit, REASON_MISSING_PART, detail);
    return true;
}

/* "2.1": the place of a part among its neighbours and theirs, as Apple's Mail counts. */
static size_t path_of(const struct mime_message *message, size_t index, char *out, size_t size)
{
    const struct mime_part *part = &message->parts[index];
    size_t used = 0;
    unsigned place = 1;

    if (index == 0)
        return 0;
    for (size_t i = message->parts[part->parent].first; i && i != index; i = message->parts[i].next)
        place++;
    if (part->parent)
        used = path_of(message, part->parent, out, size);
    int n = snprintf(out + used, size - used, "%s%u", used ? "." : "", place);
    return n > 0 && (size_t)n < size - used ? used + (size_t)n : used;
}

/* Apple's Mail takes large attachments out of ".partial.emlx" and notes how long they were. */
static bool send_kept_aside(struct mail_children *children, const struct mime_message *message,
                            size_t index)
{
    CLEANUP(cleanup_buf) struct buf length = {0};
    const struct mime_part *part = &message->parts[index];
    char detail[DETAIL_BYTES + PATH_BYTES];
    char path[PATH_BYTES] = "";

    buf_init(&length, FIELD_MAX);
    for (size_t i = 0; i < part->body_len; i++)
        if (!isspace((unsigned char)part->body[i]))
            return false;
    if (!mime_field_raw(part->head, part->head_len, "X-Apple-Content-Length", &length))
        return false;
    (void)path_of(message, index, path, sizeof(path));
    snprintf(detail, sizeof(detail),
             "Mail kept it apart, in the folder Attachments/%.*s/%s beside that of the message",
             (int)strcspn(children->file, "."), children->file, path);
    emit_child_end(children->emit, REASON_MISSING_PART, detail);
    return true;
}

void mail_child_send(struct mail_children *children, const struct mime_message *message,
                     size_t index)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    const struct mime_part *part = &message->parts[index];
    const char *type = mime_is(part, "message/partial") || mime_is(part, "message/news") ||
                               mime_is(part, "message/global")
                           ? "message/rfc822"
                           : part->type;
    bool missing = false;

    buf_init(&name, NAME_MAX_BYTES);
    name_of(part, index, &name);
    emit_child(children->emit, name.data, name.len, type, INT64_MIN);
    if (mime_is(part, "message/partial"))
        missing = send_fragment(children, part);
    else if (mime_is(part, "message/external-body"))
        missing = send_external(children, part);
    else
        missing = send_kept_aside(children, message, index);
    children->missing += missing;
    if (missing)
        return;
    send_bytes(part, children->emit);
    emit_child_end(children->emit, REASON_NONE, "");
}
