#include "worker/mail/mhtml.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "worker/web/html.h"
#include "worker/mail/mail.h"
#include "worker/mail/mail_child.h"
#include "worker/mail/mail_date.h"
#include "worker/mail/mime_field.h"

/* The part that "start" names, or else the first that is HTML; 0 for none: the message itself is no
 * part. */
static size_t find_page(const struct mime_message *message)
{
    for (size_t i = 0; i < message->count; i++)
        if (mime_is(&message->parts[i], "text/html") ||
            mime_is(&message->parts[i], "application/xhtml+xml"))
            return i;
    return SIZE_MAX;
}

static void send_address(const struct mime_message *message, size_t page, struct emit *emit)
{
    static const char *const FIELDS[] = {"Snapshot-Content-Location", "Content-Location"};
    CLEANUP(cleanup_buf) struct buf value = {0};
    const struct mime_part *parts[] = {&message->parts[0], &message->parts[page]};

    buf_init(&value, FIELD_MAX);
    for (size_t i = 0; i < ARRAY_LEN(parts) && !value.len; i++)
        for (size_t j = 0; j < ARRAY_LEN(FIELDS) && !value.len; j++)
            (void)mime_field_text(parts[i]->head, parts[i]->head_len, FIELDS[j], &value);
    emit_meta_len(emit, "url", value.data, value.len);
}

/* When and by what program it was saved; its subject, where the page has no title of its own. */
static void send_saving(const struct mime_part *root, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf value = {0};
    char iso[32];
    int64_t when;

    buf_init(&value, FIELD_MAX);
    if (mime_field_text(root->head, root->head_len, "Date", &value) &&
        mail_date_parse(value.data, &when)) {
        clock_format(when, iso);
        emit_meta(emit, "saved", iso);
    }
    buf_clear(&value);
    if (mime_field_text(root->head, root->head_len, "From", &value))
        emit_meta_len(emit, "producer", value.data, value.len);
    buf_clear(&value);
    if (mime_field_text(root->head, root->head_len, "Subject", &value))
        emit_meta_len(emit, "title", value.data, value.len);
}

struct verdict mhtml_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct mime_message message;
    struct mail_children children = {.emit = emit, .file = input->name};

    mime_parse(&message, (const char *)input->data, input->len);
    size_t page = find_page(&message);
    if (page == SIZE_MAX) {
        mime_release(&message);
        return mail_read(input, emit);
    }
    buf_init(&bytes, HTML_BYTES_MAX);
    mime_part_decode(&message.parts[page], &bytes);
    html_emit(bytes.data, bytes.len, message.parts[page].charset, emit);
    send_address(&message, page, emit);
    send_saving(&message.parts[0], emit);
    for (size_t i = 0; i < message.count && !emit->stop; i++)
        if (i != page && message.parts[i].first == 0 &&
            (i != 0 || !mime_is_kind(&message.parts[i], "multipart/")))
            mail_child_send(&children, &message, i);
    if (message.cut)
        emit_warning(emit, REASON_LIMIT_DEPTH, "parts nested too deep were not taken apart");
    mime_release(&message);
    return verdict_by_words(emit);
}
