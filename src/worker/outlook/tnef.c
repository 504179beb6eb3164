#include "worker/outlook/tnef.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/bytes.h"
#include "base/err.h"
#include "worker/outlook/mapi_write.h"
#include "worker/outlook/tnef_props.h"
#include "worker/windows_time.h"

enum { SIGNATURE = 0x223E9F78, FOR_MESSAGE = 1, FOR_ATTACHMENT = 2, CHECKSUM_BYTES = 2 };

/* The lower half of an attribute's number ([MS-OXTNEF] 2.1.3.3). */
enum attribute {
    ATT_FROM = 0x8000,
    ATT_SUBJECT = 0x8004,
    ATT_DATE_SENT = 0x8005,
    ATT_DATE_RECEIVED = 0x8006,
    ATT_MESSAGE_CLASS = 0x8008,
    ATT_BODY = 0x800C,
    ATT_ATTACH_DATA = 0x800F,
    ATT_ATTACH_TITLE = 0x8010,
    ATT_ATTACH_RENDER = 0x9002,
    ATT_MAPI_PROPS = 0x9003,
    ATT_RECIPIENTS = 0x9004,
    ATT_ATTACHMENT = 0x9005,
    ATT_OEM_CODEPAGE = 0x9007,
};

struct tnef_part {
    struct tnef_object data;   /* attAttachData */
    struct tnef_object object; /* PR_ATTACH_DATA: a message, a compound file */
    struct tnef_object title;
};

/* The handle of a message: where the contents of its attachments are. */
struct tnef {
    struct tnef_part *parts; /* one an attachment */
    struct tnef_object subject, class_name, body, from, sent, received;
    bool cut;
    unsigned depth;
};

static struct tnef_part *part_add(struct mapi_message *message, struct tnef *tnef)
{
    if (!mapi_add_attachment(message)) {
        message->missing++;
        return NULL;
    }
    size_t n = message->attachment_count;
    tnef->parts = mem_realloc(tnef->parts, n, sizeof(*tnef->parts));
    tnef->parts[n - 1] = (struct tnef_part){0};
    return &tnef->parts[n - 1];
}

static void read_recipients(struct mapi_message *message, struct tnef_bytes *bytes)
{
    uint32_t rows = tnef_u32(bytes);

    for (uint32_t i = 0; i < rows && bytes->len > 0; i++) {
        struct mapi_props *recipient = mapi_add_recipient(message);
        if (!recipient)
            return;
        tnef_props(bytes, recipient, NULL);
    }
}

static void message_attribute(struct mapi_message *message, struct tnef *tnef, uint16_t id,
                              struct tnef_bytes value)
{
    struct tnef_object object = {value.data, value.len};

    switch (id) {
    case ATT_MAPI_PROPS:
        tnef_props(&value, &message->props, NULL);
        break;
    case ATT_RECIPIENTS:
        read_recipients(message, &value);
        break;
    case ATT_OEM_CODEPAGE:
        message->props.charset = mapi_codepage(tnef_u32(&value));
        break;
    case ATT_SUBJECT:
        tnef->subject = object;
        break;
    case ATT_MESSAGE_CLASS:
        tnef->class_name = object;
        break;
    case ATT_BODY:
        tnef->body = object;
        break;
    case ATT_FROM:
        tnef->from = object;
        break;
    case ATT_DATE_SENT:
        tnef->sent = object;
        break;
    case ATT_DATE_RECEIVED:
        tnef->received = object;
        break;
    default:
        break;
    }
    tnef->cut = tnef->cut || value.cut;
}

/* An attachment starts with its rendering; some writers forget it before the first. */
static void attachment_attribute(struct mapi_message *message, struct tnef *tnef, uint16_t id,
                                 struct tnef_bytes value)
{
    struct tnef_object object = {value.data, value.len};

    if (id == ATT_ATTACH_RENDER || message->attachment_count == 0) {
        if (!part_add(message, tnef))
            return;
    }
    struct tnef_part *part = &tnef->parts[message->attachment_count - 1];
    struct mapi_props *props = &message->attachments[message->attachment_count - 1];
    switch (id) {
    case ATT_ATTACH_DATA:
        part->data = object;
        break;
    case ATT_ATTACH_TITLE:
        part->title = object;
        break;
    case ATT_ATTACHMENT:
        tnef_props(&value, props, &part->object);
        break;
    default:
        break;
    }
    tnef->cut = tnef->cut || value.cut;
}

static void add_text(struct mapi_props *props, uint16_t id, const struct tnef_object *object)
{
    if (object->data && !mapi_get(props, id))
        mapi_add(props, id, MAPI_STRING8, 0, object->data, object->len);
}

/* Names of kinds of messages before MAPI ([MS-OXTNEF] 2.1.3.3.9). */
static void add_class(struct mapi_props *props, const struct tnef_object *object)
{
    static const struct {
        const char *old, *now;
    } NAMES[] = {
        {"IPM.Microsoft Mail.Note", "IPM.Note"},
        {"IPM.Microsoft Mail.Read Receipt", "REPORT.IPM.Note.IPNRN"},
        {"IPM.Microsoft Mail.Non-Delivery", "REPORT.IPM.Note.NDR"},
        {"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
        {"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
        {"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
        {"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
        {"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"},
    };

    if (!object->data || mapi_get(props, PR_MESSAGE_CLASS))
        return;
    size_t len = strnlen((const char *)object->data, object->len);
    for (size_t i = 0; i < ARRAY_LEN(NAMES); i++)
        if (strlen(NAMES[i].old) == len &&
            strncasecmp(NAMES[i].old, (const char *)object->data, len) == 0) {
            mapi_add(props, PR_MESSAGE_CLASS, MAPI_STRING8, 0, NAMES[i].now, strlen(NAMES[i].now));
            return;
        }
    mapi_add(props, PR_MESSAGE_CLASS, MAPI_STRING8, 0, object->data, len);
}

/* The sender before MAPI: kinds and lengths, then a name and "SMTP:address" (TRP, 2.1.3.3.2). */
static void add_from(struct mapi_props *props, const struct tnef_object *object)
{
    enum { HEAD = 8 };

    if (!object->data || object->len <= HEAD || mapi_get(props, PR_SENDER_NAME) ||
        mapi_get(props, PR_SENT_REPRESENTING_NAME))
        return;
    size_t name_len = le16_get(object->data + 4);
    size_t address_len = le16_get(object->data + 6);
    if (name_len > object->len - HEAD || address_len > object->len - HEAD - name_len)
        return;
    const unsigned char *address = object->data + HEAD + name_len;
    mapi_add(props, PR_SENDER_NAME, MAPI_STRING8, 0, object->data + HEAD, name_len);
    const unsigned char *colon = memchr(address, ':', address_len);
    size_t skip = colon ? (size_t)(colon + 1 - address) : 0;
    mapi_add(props, PR_SENDER_EMAIL, MAPI_STRING8, 0, address + skip, address_len - skip);
}

/* Year, month, day, hour, minute, second, weekday (DTR, 2.1.3.3.5). */
static void add_time(struct mapi_props *props, uint16_t id, const struct tnef_object *object)
{
    struct tm tm = {0};
    unsigned char ticks[8];

    if (!object->data || object->len < 12 || mapi_get(props, id))
        return;
    tm.tm_year = le16_get(object->data) - 1900;
    tm.tm_mon = le16_get(object->data + 2) - 1;
    tm.tm_mday = le16_get(object->data + 4);
    tm.tm_hour = le16_get(object->data + 6);
    tm.tm_min = le16_get(object->data + 8);
    tm.tm_sec = le16_get(object->data + 10);
    if (tm.tm_year < 70 || tm.tm_year > 200 || tm.tm_mon < 0 || tm.tm_mon > 11)
        return;
    le64_put(ticks, windows_ticks(timegm(&tm)));
    mapi_add(props, id, MAPI_TIME, 0, ticks, sizeof(ticks));
}

/* What older writers say in attributes and newer ones in properties. */
static void fill_from_attributes(struct mapi_message *message, const struct tnef *tnef)
{
    struct mapi_props *props = &message->props;

    if (!mapi_get(props, PR_NORMALIZED_SUBJECT))
        add_text(props, PR_SUBJECT, &tnef->subject);
    add_text(props, PR_BODY, &tnef->body);
    add_class(props, &tnef->class_name);
    add_from(props, &tnef->from);
    add_time(props, PR_CLIENT_SUBMIT_TIME, &tnef->sent);
    add_time(props, PR_DELIVERY_TIME, &tnef->received);
    for (size_t i = 0; i < message->attachment_count; i++) {
        struct mapi_props *part = &message->attachments[i];
        part->charset = props->charset;
        if (!mapi_get(part, PR_ATTACH_LONG_FILENAME))
            add_text(part, PR_ATTACH_FILENAME, &tnef->parts[i].title);
        if (tnef->parts[i].data.data && !mapi_get(part, PR_ATTACH_DATA))
            mapi_add(part, PR_ATTACH_DATA, MAPI_BINARY, 0, NULL, 0);
    }
    for (size_t i = 0; i < message->recipient_count; i++)
        message->recipients[i].charset = props->charset;
}

static int attachment_data(const struct mapi_message *message, size_t index, mapi_take *take,
                           void *ctx)
{
    const struct tnef *tnef = message->handle;
    const struct tnef_part *part = &tnef->parts[index];
    const struct tnef_object *object = part->object.len ? &part->object : &part->data;

    if (!object->data)
        return ERR_NOT_FOUND;
    (void)take(ctx, object->data, object->len);
    return 0;
}

static bool message_load(struct mapi_message *message, const unsigned char *data, size_t len,
                         unsigned depth);

static int attachment_open(const struct mapi_message *message, size_t index,
                           struct mapi_message *ret)
{
    const struct tnef *tnef = message->handle;
    const struct tnef_object *object = &tnef->parts[index].object;

    if (!object->data)
        object = &tnef->parts[index].data;
    if (!object->data || tnef->depth + 1 >= MAPI_DEPTH_MAX)
        return ERR_NOT_FOUND;
    return message_load(ret, object->data, object->len, tnef->depth + 1) ? 0 : ERR_CORRUPT;
}

static void release(struct mapi_message *message)
{
    struct tnef *tnef = message->handle;

    free(tnef->parts);
    free(tnef);
}

static bool message_load(struct mapi_message *message, const unsigned char *data, size_t len,
                         unsigned depth)
{
    static const struct mapi_store STORE = {attachment_data, attachment_open, release};
    struct tnef_bytes bytes = {.data = data, .len = len};

    if (tnef_u32(&bytes) != SIGNATURE)
        return false;
    struct tnef *tnef = mem_zalloc(1, sizeof(*tnef));
    *message = (struct mapi_message){.store = &STORE, .handle = tnef};
    tnef->depth = depth;
    (void)tnef_u16(&bytes);
    while (bytes.len > 0) {
        const unsigned char *level = tnef_take(&bytes, 1);
        uint32_t id = tnef_u32(&bytes);
        uint32_t size = tnef_u32(&bytes);
        if (bytes.cut)
            break;
        struct tnef_bytes value = {.data = bytes.data, .len = size};
        if (size > bytes.len) {
            value.len = bytes.len;
            bytes.cut = true;
        }
        (void)tnef_take(&bytes, value.len);
        if (*level == FOR_MESSAGE)
            message_attribute(message, tnef, (uint16_t)id, value);
        else if (*level == FOR_ATTACHMENT)
            attachment_attribute(message, tnef, (uint16_t)id, value);
        else
            break; /* what follows is something else */
        (void)tnef_take(&bytes, bytes.len < CHECKSUM_BYTES ? bytes.len : CHECKSUM_BYTES);
    }
    tnef->cut = tnef->cut || bytes.cut;
    if (!message->props.charset)
        mapi_find_charset(&message->props);
    fill_from_attributes(message, tnef);
    return true;
}

struct verdict tnef_read(const struct input *input, struct emit *emit)
{
    struct mapi_message message;

    if (!message_load(&message, input->data, input->len, 0))
        return verdict_failed(REASON_CORRUPT, "it does not start as TNEF does");
    struct verdict verdict = mapi_read(&message, input, emit);
    const struct tnef *tnef = message.handle;
    if (tnef->cut && verdict.reason == REASON_NONE) {
        verdict.reason = REASON_TRUNCATED;
        snprintf(verdict.detail, sizeof(verdict.detail), "it ends before its content does");
    }
    mapi_message_release(&message);
    return verdict;
}
