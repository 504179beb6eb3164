/* An item that is a document of its own: told like mail, its attachments as children. */
#include <string.h>

#include "worker/mail/mail.h"
#include "worker/outlook/mapi_attach.h"
#include "worker/outlook/mapi_body.h"
#include "worker/outlook/mapi_secure.h"
#include "worker/outlook/mapi_write.h"

struct child {
    struct emit *emit;
};

static bool take_into_buf(void *ctx, const unsigned char *data, size_t len)
{
    return buf_append(ctx, data, len) == 0;
}

static bool take_into_child(void *ctx, const unsigned char *data, size_t len)
{
    struct child *child = ctx;

    emit_child_data(child->emit, data, len);
    return !child->emit->stop;
}

static void tell_faults(const struct mapi_faults *faults, struct emit *emit)
{
    if (faults->damaged)
        emit_warning(emit, REASON_CORRUPT, "%zu damaged parts were read as far as they go",
                     faults->damaged);
    if (faults->missing)
        emit_warning(emit, REASON_MISSING_PART, "%zu attachments are announced and not there",
                     faults->missing);
    if (faults->deep)
        emit_warning(emit, REASON_LIMIT_DEPTH, "%zu messages lie too deep inside others",
                     faults->deep);
}

static void send_message(const struct mapi_message *message, size_t index, struct emit *emit)
{
    struct child child = {.emit = emit};
    struct mapi_faults faults = {0};
    struct mapi_message inner;

    if (message->store->open(message, index, &inner) != 0) {
        emit_child_end(emit, REASON_CORRUPT, "the message inside cannot be opened");
        return;
    }
    mapi_write(&inner, MAPI_WHOLE, take_into_child, &child, &faults);
    mapi_message_release(&inner);
    emit_child_end(emit, REASON_NONE, "");
    tell_faults(&faults, emit);
}

static void send_attachment(const struct mapi_message *message, size_t index, struct emit *emit)
{
    enum mapi_holds holds = mapi_attachment_holds(message, index);
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct child child = {.emit = emit};
    char type[ATTACHMENT_TYPE_MAX] = "message/rfc822";

    buf_init(&text, NAME_MAX_BYTES);
    mapi_attachment_name(message, index, &text);
    if (holds != HOLDS_MESSAGE)
        mapi_attachment_type(message, index, type);
    emit_child(emit, text.data, text.len, type, INT64_MIN);
    if (holds == HOLDS_MESSAGE) {
        send_message(message, index, emit);
        return;
    }
    if (holds == HOLDS_REFERENCE) {
        buf_clear(&text);
        mapi_attachment_path(message, index, &text);
        CLEANUP(cleanup_buf) struct buf why = {0};
        buf_init(&why, DETAIL_MAX - 1);
        (void)buf_printf(&why, "a link to a file: %.900s", text.data);
        emit_child_end(emit, REASON_MISSING_PART, why.data);
        return;
    }
    switch (message->store->data(message, index, take_into_child, &child)) {
    case 0:
        emit_child_end(emit, REASON_NONE, "");
        break;
    case ERR_NOT_FOUND:
        emit_child_end(emit, REASON_MISSING_PART, "the attachment has no content");
        break;
    default:
        emit_child_end(emit, REASON_TRUNCATED, "the attachment ends before its content does");
        break;
    }
}

/* By which ways the message came: names and addresses of machines that can be searched for. */
static void send_received(const struct mapi_message *message, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, MAPI_BODY_BYTES);
    if (mapi_text(&message->props, PR_TRANSPORT_HEADERS, &text))
        emit_flow(emit, TEXT_REST, text.data, text.len);
}

struct verdict mapi_read(const struct mapi_message *message, const struct input *input,
                         struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct mapi_faults faults = {0};
    struct input mail = *input;

    buf_init(&text, (size_t)4 * MAPI_BODY_BYTES);
    mapi_write(message, MAPI_WITHOUT_ATTACHMENTS, take_into_buf, &text, &faults);
    mail.data = (const unsigned char *)text.data;
    mail.len = text.len;
    mail.fd = -1;
    mail.mime = "message/rfc822";
    struct verdict verdict = mail_read(&mail, emit);
    send_received(message, emit);
    size_t attachments = mapi_secure(message) ? 0 : message->attachment_count;
    for (size_t i = 0; i < attachments && !emit->stop; i++)
        send_attachment(message, i, emit);
    faults.missing += message->missing;
    if (message->props.cut)
        emit_warning(emit, REASON_LIMIT_SIZE, "not all properties were read: there are too many");
    tell_faults(&faults, emit);
    if (verdict.reason == REASON_NO_WORDS && message->attachment_count)
        return verdict_empty(REASON_CONTAINER, "%zu attachments", message->attachment_count);
    return verdict;
}
