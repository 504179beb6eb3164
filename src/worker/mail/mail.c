#include "worker/mail/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "worker/mail/mail_body.h"
#include "worker/mail/mail_child.h"
#include "worker/mail/mail_date.h"
#include "worker/mail/mail_inline.h"
#include "worker/mail/mail_other.h"
#include "worker/mail/mail_security.h"
#include "worker/mail/mime_field.h"

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

static void send_text(const struct mime_part *part, struct mail_inline *inside, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&bytes, MAIL_BODY_MAX);
    buf_init(&text, (size_t)4 * MAIL_BODY_MAX);
    mime_part_decode(part, &bytes);
    if (!mime_is(part, "text/html"))
        mail_inline_take(inside, &bytes);
    mail_bytes_text(part, &bytes, &text);
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n')
        emit_flow_str(emit, TEXT_MAIN, "\n");
}

static struct verdict read_message(const char *data, size_t len, const char *file,
                                   struct emit *emit)
{
    struct mime_message message;
    struct mail_inline inside = {0};
    struct mail_children children = {.emit = emit, .file = file};

    mime_parse(&message, data, len);
    CLEANUP(cleanup_free) uint8_t *roles = mem_zalloc(message.count, 1);
    mail_body_roles(&message, roles);
    send_fields(&message.parts[0], emit);
    mail_security_note(&message, emit);
    for (size_t i = 0; i < message.count && !emit->stop; i++)
        if (roles[i] == ROLE_TEXT)
            send_text(&message.parts[i], &inside, emit);
    mail_other_send(&message, roles, emit);
    for (size_t i = 0; i < message.count && !emit->stop; i++)
        if (roles[i] == ROLE_FILE)
            mail_child_send(&children, &message, i);
    mail_inline_send(&inside, emit);
    if (message.cut)
        emit_warning(emit, REASON_LIMIT_DEPTH, "parts nested too deep were not taken apart");
    mail_inline_release(&inside);
    mime_release(&message);
    struct verdict verdict = verdict_by_words(emit);
    if (children.missing && verdict.outcome == OUTCOME_TEXT) {
        verdict.reason = REASON_MISSING_PART;
        snprintf(verdict.detail, sizeof(verdict.detail), "%u of its parts %s not in this file",
                 children.missing, children.missing == 1 ? "is" : "are");
    }
    return verdict;
}

/* Lines that end in a carriage return alone, as old Macintosh programs wrote them. */
static bool is_bare_cr(const char *data, size_t len)
{
    enum { LOOK_AT = 8192 };
    size_t n = len < LOOK_AT ? len : LOOK_AT;

    return !memchr(data, '\n', n) && memchr(data, '\r', n);
}

static struct verdict read_any(const char *data, size_t len, const char *file, struct emit *emit)
{
    CLEANUP(cleanup_free) char *copy = NULL;

    if (is_bare_cr(data, len)) {
        copy = mem_alloc(len + 1);
        for (size_t i = 0; i < len; i++)
            copy[i] = data[i] == '\r' ? '\n' : data[i];
        data = copy;
    }
    return read_message(data, len, file, emit);
}

struct verdict mail_read(const struct input *input, struct emit *emit)
{
    return read_any((const char *)input->data, input->len, input->name, emit);
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
    return read_any(newline + 1, len && len < rest ? len : rest, input->name, emit);
}
