#include "worker/outlook/mapi.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/windows_time.h"

size_t mapi_width(uint16_t type)
{
    switch (type) {
    case MAPI_INT16:
    case MAPI_BOOL:
        return 2;
    case MAPI_INT32:
    case MAPI_ERROR:
    case 0x0004: /* float */
        return 4;
    case MAPI_DOUBLE:
    case MAPI_INT64:
    case MAPI_TIME:
    case 0x0006: /* currency */
    case 0x0007: /* floating time */
        return 8;
    case MAPI_GUID:
        return 16;
    default:
        return 0;
    }
}

void mapi_add(struct mapi_props *props, uint16_t id, uint16_t type, uint32_t lid, const void *data,
              size_t len)
{
    if (props->count >= MAPI_PROPS_MAX || len > MAPI_BYTES_MAX - props->bytes) {
        props->cut = true;
        return;
    }
    props->list = mem_room(props->list, props->count, sizeof(*props->list));
    struct mapi_prop *prop = &props->list[props->count++];
    *prop = (struct mapi_prop){.id = id, .type = type, .lid = lid, .len = len};
    prop->data = mem_alloc(len + 2); /* two zeros: both kinds of string end in time */
    if (len)
        memcpy(prop->data, data, len);
    memset(prop->data + len, 0, 2);
    props->bytes += len;
}

void mapi_props_release(struct mapi_props *props)
{
    for (size_t i = 0; i < props->count; i++)
        free(props->list[i].data);
    free(props->list);
    *props = (struct mapi_props){0};
}

const struct mapi_prop *mapi_get(const struct mapi_props *props, uint16_t id)
{
    for (size_t i = 0; i < props->count; i++)
        if (props->list[i].id == id && props->list[i].type != MAPI_ERROR)
            return &props->list[i];
    return NULL;
}

/* Windows' 8-bit strings rarely say what they are in; a wrong guess is worse than none for few
 * letters, so what is declared wins unless the bytes are UTF-8. */
bool mapi_prop_text(const struct mapi_props *props, const struct mapi_prop *prop, struct buf *out)
{
    size_t before = out->len;

    if (!prop)
        return false;
    if (prop->type == MAPI_UNICODE) {
        size_t len = prop->len & ~(size_t)1;
        while (len >= 2 && prop->data[len - 1] == 0 && prop->data[len - 2] == 0)
            len -= 2;
        (void)charset_to_utf8("utf-16le", prop->data, len, out);
    } else if (prop->type == MAPI_STRING8 || prop->type == MAPI_BINARY) {
        size_t len = prop->len;
        while (len > 0 && prop->data[len - 1] == 0)
            len--;
        (void)charset_text(props->charset, prop->data, len, out);
    }
    return out->len > before;
}

bool mapi_text(const struct mapi_props *props, uint16_t id, struct buf *out)
{
    return mapi_prop_text(props, mapi_get(props, id), out);
}

int64_t mapi_number(const struct mapi_prop *prop, int64_t otherwise)
{
    if (!prop)
        return otherwise;
    switch (prop->type) {
    case MAPI_INT16:
        return prop->len >= 2 ? (int16_t)le16_get(prop->data) : otherwise;
    case MAPI_INT32:
        return prop->len >= 4 ? (int32_t)le32_get(prop->data) : otherwise;
    case MAPI_BOOL:
        return prop->len >= 1 ? prop->data[0] != 0 : otherwise;
    case MAPI_INT64:
        return prop->len >= 8 ? (int64_t)le64_get(prop->data) : otherwise;
    default:
        return otherwise;
    }
}

bool mapi_time(const struct mapi_prop *prop, int64_t *ret_seconds)
{
    /* Outlook's "no date" is in the year 4501 */
    static const int64_t NO_DATE = 79870662000;

    if (!prop || prop->type != MAPI_TIME || prop->len < 8)
        return false;
    uint64_t ticks = le64_get(prop->data);
    int64_t seconds = windows_seconds(ticks);
    if (ticks == 0 || seconds >= NO_DATE)
        return false;
    *ret_seconds = seconds;
    return true;
}

static struct mapi_props *add_list(struct mapi_props **list, size_t *count, size_t max)
{
    if (*count >= max)
        return NULL;
    *list = mem_room(*list, *count, sizeof(**list));
    struct mapi_props *added = &(*list)[(*count)++];
    *added = (struct mapi_props){0};
    return added;
}

struct mapi_props *mapi_add_recipient(struct mapi_message *message)
{
    return add_list(&message->recipients, &message->recipient_count, MAPI_RECIPIENTS_MAX);
}

struct mapi_props *mapi_add_attachment(struct mapi_message *message)
{
    return add_list(&message->attachments, &message->attachment_count, MAPI_ATTACHMENTS_MAX);
}

void mapi_message_release(struct mapi_message *message)
{
    if (message->store && message->store->release)
        message->store->release(message);
    for (size_t i = 0; i < message->recipient_count; i++)
        mapi_props_release(&message->recipients[i]);
    for (size_t i = 0; i < message->attachment_count; i++)
        mapi_props_release(&message->attachments[i]);
    free(message->recipients);
    free(message->attachments);
    mapi_props_release(&message->props);
    *message = (struct mapi_message){0};
}

bool mapi_is_class(const struct mapi_message *message, const char *name)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    size_t len = strlen(name);

    buf_init(&text, 1024);
    return mapi_text(&message->props, PR_MESSAGE_CLASS, &text) &&
           strncasecmp(text.data, name, len) == 0 &&
           (text.data[len] == '\0' || text.data[len] == '.');
}
