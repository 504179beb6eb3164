#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "worker/outlook/mapi_field.h"
#include "worker/outlook/mapi_write.h"
#include "worker/mail/mime_field.h"

enum { TEXT_BYTES = 1 << 20, HEAD_BYTES = 8 << 20, RECIPIENT_TO = 1, RECIPIENT_KIND = 0x0F };

/* Where the parts of an address stand. */
struct address_ids {
    uint16_t name, kind, address, smtp;
};

static const struct address_ids SENDER = {PR_SENDER_NAME, PR_SENDER_ADDRTYPE, PR_SENDER_EMAIL,
                                          PR_SENDER_SMTP};
static const struct address_ids REPRESENTING = {
    PR_SENT_REPRESENTING_NAME, PR_SENT_REPRESENTING_ADDRTYPE, PR_SENT_REPRESENTING_EMAIL,
    PR_SENT_REPRESENTING_SMTP};
static const struct address_ids RECIPIENT = {PR_DISPLAY_NAME, PR_ADDRTYPE, PR_EMAIL,
                                             PR_SMTP_ADDRESS};

bool mapi_subject(const struct mapi_message *message, struct buf *out)
{
    size_t before = out->len;

    if (!mapi_text(&message->props, PR_SUBJECT, out)) {
        (void)mapi_text(&message->props, PR_SUBJECT_PREFIX, out);
        (void)mapi_text(&message->props, PR_NORMALIZED_SUBJECT, out);
    }
    /* in PST files two characters tell where the prefix ("RE: ") ends ([MS-PST] 2.5.3.1.1.1) */
    if (out->len >= before + 2 && out->data[before] == 1) {
        uint32_t length;
        size_t two = 1 + utf8_decode(out->data + before + 1, out->len - before - 1, &length);
        memmove(out->data + before, out->data + before + two, out->len - before - two + 1);
        out->len -= two;
    }
    return out->len > before;
}

/* An Exchange name ("/O=.../CN=...") says little; the same person may stand among the recipients
 * with an Internet address as well. */
static bool resolve(const struct mapi_message *message, const char *name, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, TEXT_BYTES);
    for (size_t i = 0; i < message->recipient_count; i++) {
        buf_clear(&text);
        if (mapi_text(&message->recipients[i], PR_EMAIL, &text) &&
            strcasecmp(text.data, name) == 0 &&
            mapi_text(&message->recipients[i], PR_SMTP_ADDRESS, out))
            return true;
    }
    return false;
}

static void put_address(const struct mapi_message *message, const struct mapi_props *props,
                        const struct address_ids *ids, struct buf *list)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf address = {0};
    CLEANUP(cleanup_buf) struct buf internet = {0};

    buf_init(&name, TEXT_BYTES);
    buf_init(&address, TEXT_BYTES);
    buf_init(&internet, TEXT_BYTES);
    (void)mapi_text(props, ids->name, &name);
    (void)mapi_text(props, ids->address, &address);
    (void)mapi_text(props, ids->smtp, &internet);
    if (!internet.len && address.len && !strchr(address.data, '@'))
        (void)resolve(message, address.data, &internet);
    field_address(list, name.data, internet.len ? internet.data : address.data);
}

static void put_list(struct buf *out, const char *field, const struct buf *list)
{
    if (list->len)
        (void)buf_printf(out, "%s: %s\r\n", field, list->data);
}

static bool has(const struct buf *out, const char *field)
{
    CLEANUP(cleanup_buf) struct buf value = {0};

    buf_init(&value, FIELD_MAX);
    return mime_field_raw(out->data, out->len, field, &value);
}

static void put_from(const struct mapi_message *message, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf from = {0};
    CLEANUP(cleanup_buf) struct buf sender = {0};

    buf_init(&from, TEXT_BYTES);
    buf_init(&sender, TEXT_BYTES);
    put_address(message, &message->props, &REPRESENTING, &from);
    put_address(message, &message->props, &SENDER, &sender);
    if (!has(out, "From"))
        put_list(out, "From", from.len ? &from : &sender);
    if (from.len && sender.len && strcmp(from.data, sender.data) != 0 && !has(out, "Sender"))
        put_list(out, "Sender", &sender);
}

static void put_recipients(const struct mapi_message *message, struct buf *out)
{
    static const struct {
        const char *field;
        uint16_t shown;
    } KINDS[] = {{"To", PR_DISPLAY_TO}, {"Cc", PR_DISPLAY_CC}, {"Bcc", PR_DISPLAY_BCC}};
    CLEANUP(cleanup_buf) struct buf list = {0};

    buf_init(&list, HEAD_BYTES);
    for (size_t kind = 0; kind < ARRAY_LEN(KINDS); kind++) {
        if (has(out, KINDS[kind].field))
            continue;
        buf_clear(&list);
        for (size_t i = 0; i < message->recipient_count; i++) {
            const struct mapi_props *recipient = &message->recipients[i];
            int64_t type = mapi_number(mapi_get(recipient, PR_RECIPIENT_TYPE), RECIPIENT_TO);
            if ((type & RECIPIENT_KIND) == (int64_t)kind + RECIPIENT_TO)
                put_address(message, recipient, &RECIPIENT, &list);
        }
        if (list.len) {
            put_list(out, KINDS[kind].field, &list);
        } else if (mapi_text(&message->props, KINDS[kind].shown, &list)) {
            field_text(out, KINDS[kind].field, list.data, list.len);
        }
    }
}

static void put_date(const struct mapi_message *message, struct buf *out)
{
    static const uint16_t TIMES[] = {PR_CLIENT_SUBMIT_TIME, PR_DELIVERY_TIME, PR_CREATION_TIME,
                                     PR_LAST_MODIFICATION_TIME};
    int64_t seconds;

    for (size_t i = 0; i < ARRAY_LEN(TIMES); i++) {
        if (!mapi_time(mapi_get(&message->props, TIMES[i]), &seconds))
            continue;
        field_date(out, seconds);
        return;
    }
}

/* Fields that are one property's text. */
static void put_texts(const struct mapi_message *message, struct buf *out)
{
    static const struct {
        uint16_t id;
        const char *field;
    } TEXTS[] = {
        {PR_REPLY_RECIPIENT_NAMES, "Reply-To"},  {PR_INTERNET_MESSAGE_ID, "Message-ID"},
        {PR_IN_REPLY_TO_ID, "In-Reply-To"},      {PR_INTERNET_REFERENCES, "References"},
        {PR_CONVERSATION_TOPIC, "Thread-Topic"}, {PR_MESSAGE_CLASS, "X-MS-Message-Class"},
    };
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, TEXT_BYTES);
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
        buf_clear(&text);
        if (!has(out, TEXTS[i].field) && mapi_text(&message->props, TEXTS[i].id, &text))
            field_text(out, TEXTS[i].field, text.data, text.len);
    }
    buf_clear(&text);
    const struct mapi_prop *index = mapi_get(&message->props, PR_CONVERSATION_INDEX);
    if (index && index->type == MAPI_BINARY && index->len < 4096 && !has(out, "Thread-Index")) {
        field_base64_word(&text, index->data, index->len);
        field_text(out, "Thread-Index", text.data, text.len);
    }
    buf_clear(&text);
    for (size_t i = 0; i < message->props.count; i++) {
        if (message->props.list[i].lid != MAPI_LID_KEYWORDS)
            continue;
        if (text.len)
            (void)buf_append_str(&text, ", ");
        (void)mapi_prop_text(&message->props, &message->props.list[i], &text);
    }
    if (!has(out, "Keywords"))
        field_text(out, "Keywords", text.data, text.len);
    int64_t importance = mapi_number(mapi_get(&message->props, PR_IMPORTANCE), 1);
    if ((importance == 0 || importance == 2) && !has(out, "Importance"))
        field_text(out, "Importance", importance ? "high" : "low", importance ? 4 : 3);
}

/* The fields that the message arrived with, but those that describe parts which are written anew.
 * Exchange puts lines before and between them that are no fields. */
static void put_received(const struct mapi_message *message, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    bool taken = false;

    buf_init(&text, HEAD_BYTES / 2);
    if (!mapi_text(&message->props, PR_TRANSPORT_HEADERS, &text))
        return;
    const char *end = text.data + text.len;
    for (const char *line = text.data; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t len = (size_t)((newline ? newline : end) - line);
        const char *colon = memchr(line, ':', len);
        size_t shown = len > 0 && line[len - 1] == '\r' ? len - 1 : len;
        if (*line == ' ' || *line == '\t') {
            taken = taken && strspn(line, " \t") < shown;
        } else {
            size_t name = colon ? (size_t)(colon - line) : 0;
            taken = name > 0 && strncasecmp(line, "Content-", 8) != 0 &&
                    !(name == 12 && strncasecmp(line, "MIME-Version", 12) == 0);
            for (size_t i = 0; i < name; i++)
                taken = taken && line[i] > ' ' && line[i] <= '~';
        }
        if (taken) {
            (void)buf_append(out, line, shown);
            (void)buf_append_str(out, "\r\n");
        }
        line = newline ? newline + 1 : end;
    }
}

void mapi_head(const struct mapi_message *message, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf subject = {0};

    buf_init(&subject, TEXT_BYTES);
    put_received(message, out);
    put_from(message, out);
    put_recipients(message, out);
    if (!has(out, "Subject") && mapi_subject(message, &subject))
        field_text(out, "Subject", subject.data, subject.len);
    if (!has(out, "Date"))
        put_date(message, out);
    put_texts(message, out);
}
