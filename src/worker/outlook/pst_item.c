#include "worker/outlook/pst_item.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"

enum { READ_BYTES = 64 << 10, VALUES_MAX = 10000 };

void pst_item_free(libpff_item_t *item)
{
    if (item)
        (void)libpff_item_free(&item, NULL);
}

void cleanup_pst_item(libpff_item_t **item)
{
    pst_item_free(*item);
}

/* The number behind a named property; 0 when it means nothing here. */
static uint32_t lid_of(libpff_name_to_id_map_entry_t *name)
{
    uint8_t type = 0;
    uint8_t guid[16] = {0};
    uint32_t number = 0;
    uint16_t text[64];
    size_t len = 0;

    if (libpff_name_to_id_map_entry_get_type(name, &type, NULL) != 1)
        return 0;
    if (type == LIBPFF_NAME_TO_ID_MAP_ENTRY_TYPE_STRING) {
        if (libpff_name_to_id_map_entry_get_utf16_string_size(name, &len, NULL) != 1 ||
            len > ARRAY_LEN(text) ||
            libpff_name_to_id_map_entry_get_utf16_string(name, text, len, NULL) != 1)
            return 0;
        return mapi_lid(NULL, 0, (const unsigned char *)text, 2 * len);
    }
    if (libpff_name_to_id_map_entry_get_number(name, &number, NULL) != 1 ||
        libpff_name_to_id_map_entry_get_guid(name, guid, sizeof(guid), NULL) != 1)
        return 0;
    return mapi_lid(guid, number, NULL, 0);
}

/* Bytes of one of many values, 0 for those whose places are listed ([MS-PST] 2.3.3.4). */
static size_t width_of(uint16_t type)
{
    switch (type) {
    case MAPI_INT16:
        return 2;
    case MAPI_INT32:
        return 4;
    case MAPI_DOUBLE:
    case MAPI_INT64:
    case MAPI_TIME:
        return 8;
    case MAPI_GUID:
        return 16;
    default:
        return 0;
    }
}

/* Many values: one behind the other, or a count, the place of each, and then their bytes. */
static void add_many(struct mapi_props *props, uint16_t id, uint16_t type, uint32_t lid,
                     const uint8_t *data, size_t len)
{
    size_t width = width_of(type);

    if (width) {
        for (size_t at = 0; at + width <= len; at += width)
            mapi_add(props, id, type, lid, data + at, width);
        return;
    }
    size_t count = len >= 4 ? le32_get(data) : 0;
    for (size_t i = 0; i < count && i < VALUES_MAX && 8 + 4 * i <= len; i++) {
        size_t start = le32_get(data + 4 + 4 * i);
        size_t end = i + 1 < count && 12 + 4 * i <= len ? le32_get(data + 8 + 4 * i) : len;
        if (start <= end && end <= len)
            mapi_add(props, id, type, lid, data + start, end - start);
    }
}

static void add_value(struct mapi_props *props, libpff_record_entry_t *entry, uint16_t id,
                      uint16_t type, uint32_t lid)
{
    CLEANUP(cleanup_free) uint8_t *data = NULL;
    size_t len = 0;

    if (libpff_record_entry_get_data_size(entry, &len, NULL) != 1 || len > MAPI_BYTES_MAX) {
        props->cut = true;
        return;
    }
    data = mem_alloc(len + 1);
    if (len > 0 && libpff_record_entry_get_data(entry, data, len, NULL) != 1)
        props->cut = true;
    else if (type & MAPI_MANY)
        add_many(props, id, type & (uint16_t)~MAPI_MANY, lid, data, len);
    else
        mapi_add(props, id, type, lid, data, len);
}

static void add_entry(struct mapi_props *props, libpff_record_entry_t *entry)
{
    libpff_name_to_id_map_entry_t *name = NULL;
    uint32_t id = 0;
    uint32_t type = 0;
    uint32_t lid = 0;

    if (libpff_record_entry_get_entry_type(entry, &id, NULL) != 1 ||
        libpff_record_entry_get_value_type(entry, &type, NULL) != 1)
        return;
    if (libpff_record_entry_get_name_to_id_map_entry(entry, &name, NULL) == 1 && name) {
        lid = lid_of(name);
        id = MAPI_FIRST_NAMED; /* libpff has put the name's number in its place */
        if (!lid)
            return;
    }
    if (id == PR_ATTACH_DATA) {
        /* what an attachment holds is read when it is asked for */
        mapi_add(props, PR_ATTACH_DATA, MAPI_OBJECT, 0, NULL, 0);
        return;
    }
    add_value(props, entry, (uint16_t)id, (uint16_t)type, lid);
}

bool pst_props_load(struct mapi_props *props, libpff_item_t *item, int record)
{
    libpff_record_set_t *set = NULL;
    int count = 0;

    if (libpff_item_get_record_set_by_index(item, record, &set, NULL) != 1)
        return false;
    (void)libpff_record_set_get_number_of_entries(set, &count, NULL);
    for (int i = 0; i < count; i++) {
        libpff_record_entry_t *entry = NULL;
        if (libpff_record_set_get_entry_by_index(set, i, &entry, NULL) != 1)
            continue;
        add_entry(props, entry);
        (void)libpff_record_entry_free(&entry, NULL);
    }
    (void)libpff_record_set_free(&set, NULL);
    return true;
}

static void load_recipients(struct mapi_message *message, libpff_item_t *item)
{
    CLEANUP(cleanup_pst_item) libpff_item_t *recipients = NULL;
    int count = 0;

    if (libpff_message_get_recipients(item, &recipients, NULL) != 1)
        return;
    (void)libpff_item_get_number_of_record_sets(recipients, &count, NULL);
    for (int i = 0; i < count; i++) {
        struct mapi_props *recipient = mapi_add_recipient(message);
        if (!recipient)
            return;
        (void)pst_props_load(recipient, recipients, i);
        recipient->charset = message->props.charset;
    }
}

/* The attachment as an item of its own; NULL when it cannot be opened. */
static libpff_item_t *attachment_item(const struct mapi_message *message, size_t index)
{
    libpff_item_t *found = NULL;

    if (libpff_message_get_attachment(message->handle, (int)index, &found, NULL) != 1)
        return NULL;
    return found;
}

static void load_attachments(struct mapi_message *message, libpff_item_t *item)
{
    int count = 0;

    if (libpff_message_get_number_of_attachments(item, &count, NULL) != 1)
        return;
    for (int i = 0; i < count; i++) {
        struct mapi_props *props = mapi_add_attachment(message);
        if (!props) {
            message->missing += (size_t)(count - i);
            return;
        }
        CLEANUP(cleanup_pst_item) libpff_item_t *attachment = attachment_item(message, (size_t)i);
        if (attachment)
            (void)pst_props_load(props, attachment, 0);
        props->charset = message->props.charset;
    }
}

static int attachment_data(const struct mapi_message *message, size_t index, mapi_take *take,
                           void *ctx)
{
    CLEANUP(cleanup_pst_item) libpff_item_t *attachment = attachment_item(message, index);
    CLEANUP(cleanup_free) uint8_t *bytes = mem_alloc(READ_BYTES);
    size64_t left = 0;

    if (!attachment || libpff_attachment_get_data_size(attachment, &left, NULL) != 1)
        return ERR_NOT_FOUND;
    while (left > 0) {
        size_t want = left < READ_BYTES ? (size_t)left : READ_BYTES;
        ssize_t got = libpff_attachment_data_read_buffer(attachment, bytes, want, NULL);
        if (got <= 0)
            return ERR_CORRUPT;
        if (!take(ctx, bytes, (size_t)got))
            return 0;
        left -= (size64_t)got < left ? (size64_t)got : left;
    }
    return 0;
}

static int attachment_open(const struct mapi_message *message, size_t index,
                           struct mapi_message *ret)
{
    CLEANUP(cleanup_pst_item) libpff_item_t *attachment = attachment_item(message, index);
    libpff_item_t *inner = NULL;

    if (!attachment || libpff_attachment_get_item(attachment, &inner, NULL) != 1)
        return ERR_NOT_FOUND;
    return pst_message_load(ret, inner) ? 0 : ERR_CORRUPT;
}

static void release(struct mapi_message *message)
{
    pst_item_free(message->handle);
}

bool pst_message_load(struct mapi_message *message, libpff_item_t *item)
{
    static const struct mapi_store STORE = {attachment_data, attachment_open, release};

    *message = (struct mapi_message){.store = &STORE, .handle = item};
    if (!pst_props_load(&message->props, item, 0) || message->props.count == 0) {
        mapi_message_release(message);
        return false;
    }
    mapi_find_charset(&message->props);
    load_recipients(message, item);
    load_attachments(message, item);
    return true;
}
