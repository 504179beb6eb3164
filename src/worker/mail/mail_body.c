#include "worker/mail/mail_body.h"

#include <string.h>

#include "worker/web/html.h"
#include "worker/mail/mail.h"
#include "worker/mail/mime_field.h"

static bool is_text(const struct mime_part *part)
{
    if (mime_is_kind(part, "multipart/"))
        return part->first == 0; /* one that could not be split */
    return mime_is_kind(part, "text/") || mime_is(part, "message/delivery-status") ||
           mime_is(part, "message/disposition-notification") ||
           mime_is(part, "message/feedback-report");
}

void mail_part_text(const struct mime_part *part, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, MAIL_BODY_MAX);
    mime_part_decode(part, &bytes);
    mail_bytes_text(part, &bytes, out);
}

void mail_bytes_text(const struct mime_part *part, const struct buf *bytes, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf utf8 = {0};
    char charset[HTML_CHARSET_MAX];
    bool html = mime_is(part, "text/html");

    memcpy(charset, part->charset, sizeof(charset));
    if (html && charset[0] == '\0')
        html_declared_charset(bytes->data, bytes->len, charset);
    if (!html) {
        mime_text(charset, bytes->data, bytes->len, out);
        return;
    }
    buf_init(&utf8, (size_t)4 * MAIL_BODY_MAX);
    mime_text(charset, bytes->data, bytes->len, &utf8);
    html_text(utf8.data, utf8.len, out);
}

/* Letters and the like in a part's text; what a reader would see. */
static size_t text_length(const struct mime_part *part)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t count = 0;

    buf_init(&text, (size_t)4 * MAIL_BODY_MAX);
    mail_part_text(part, &text);
    for (size_t i = 0; i < text.len; i++)
        count += (unsigned char)text.data[i] > ' ' && (text.data[i] & 0xC0) != 0x80;
    return count;
}

/* The first part of this type at or below `index` that is no attachment; SIZE_MAX for none. */
static size_t find_text(const struct mime_message *message, size_t index, const char *type)
{
    const struct mime_part *part = &message->parts[index];

    if (part->disposition != DISPOSITION_ATTACHMENT && mime_is(part, type))
        return index;
    if (!mime_is_kind(part, "multipart/"))
        return SIZE_MAX;
    for (size_t i = part->first; i; i = message->parts[i].next) {
        size_t found = find_text(message, i, type);
        if (found != SIZE_MAX)
            return found;
    }
    return SIZE_MAX;
}

/* Of a text in several forms: the child that holds the one to read. Plain text, unless it is a stub
 * that stands for the HTML. */
static size_t choose(const struct mime_message *message, size_t index)
{
    enum { STUB = 10, WORTH = 400 };
    size_t plain_child = 0;
    size_t html_child = 0;
    size_t plain = SIZE_MAX;
    size_t html = SIZE_MAX;

    for (size_t i = message->parts[index].first; i; i = message->parts[i].next) {
        if (plain == SIZE_MAX && (plain = find_text(message, i, "text/plain")) != SIZE_MAX)
            plain_child = i;
        if (html == SIZE_MAX && (html = find_text(message, i, "text/html")) != SIZE_MAX)
            html_child = i;
    }
    if (!plain_child || !html_child || plain_child == html_child)
        return plain_child ? plain_child : html_child;
    size_t plain_len = text_length(&message->parts[plain]);
    if (plain_len > WORTH)
        return plain_child;
    size_t html_len = text_length(&message->parts[html]);
    return plain_len == 0 || (html_len > WORTH && plain_len < html_len / STUB) ? html_child
                                                                               : plain_child;
}

/* Marks below `index`. `alternative`: another form is the one to read; only files count. */
static void mark(const struct mime_message *message, size_t index, bool alternative, uint8_t *roles)
{
    const struct mime_part *part = &message->parts[index];
    size_t chosen = 0;

    if (!mime_is_kind(part, "multipart/") || part->first == 0) {
        bool named = part->name && index != 0;
        if (is_text(part) && part->disposition != DISPOSITION_ATTACHMENT && !named)
            roles[index] = alternative ? ROLE_OTHER : ROLE_TEXT;
        else
            roles[index] = ROLE_FILE;
        return;
    }
    if (mime_is(part, "multipart/alternative"))
        chosen = choose(message, index);
    for (size_t i = part->first; i; i = message->parts[i].next) {
        bool other = alternative || (chosen && i != chosen);
        mark(message, i, other, roles);
        /* Forms other than plain text and HTML (an invitation) are files of their own. */
        if (chosen && roles[i] == ROLE_OTHER && mime_is_kind(&message->parts[i], "text/") &&
            !mime_is(&message->parts[i], "text/plain") &&
            !mime_is(&message->parts[i], "text/html") &&
            !mime_is(&message->parts[i], "text/enriched"))
            roles[i] = ROLE_FILE;
    }
}

void mail_body_roles(const struct mime_message *message, uint8_t *roles)
{
    mark(message, 0, false, roles);
    /* A message that is nothing but a file keeps its fields as text. */
    if (mime_is_kind(&message->parts[0], "text/") || message->count == 1)
        roles[0] = is_text(&message->parts[0]) ? ROLE_TEXT : ROLE_FILE;
}
