#include "worker/outlook/msg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/ole/cfb.h"
#include "worker/outlook/mapi_write.h"
#include "worker/outlook/msg_names.h"
#include "worker/ole/ole_storage.h"

/* Bytes before the first property of a properties stream ([MS-OXMSG] 2.4.1). */
enum { HEAD_OF_FILE = 32, HEAD_OF_INNER = 24, HEAD_OF_PART = 8, ENTRY = 16 };

static const char PROPERTIES[] = "__properties_version1.0";

/* A file, shared by the message and those inside it. */
struct msg_file {
    struct cfb *cfb;
    struct msg_names names;
};

struct msg_part {
    const struct cfb_entry *storage;
};

/* The handle of a message: where it stands in the file. */
struct msg_place {
    const struct msg_file *file;
    const struct cfb_entry *storage;
    struct msg_part *attachments;
};

static uint32_t lid_of(const struct msg_file *file, uint16_t id)
{
    return id >= MAPI_FIRST_NAMED ? msg_names_lid(&file->names, id) : 0;
}

/* Values of a fixed width stand in the properties stream itself. */
static void load_fixed(const struct msg_file *file, const struct cfb_entry *storage, size_t head,
                       struct mapi_props *props)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, (size_t)MAPI_PROPS_MAX * ENTRY);
    (void)cfb_read(file->cfb, cfb_child(storage, PROPERTIES), &bytes);
    for (size_t at = head; at + ENTRY <= bytes.len; at += ENTRY) {
        uint16_t type = le16_get(bytes.data + at);
        uint16_t id = le16_get(bytes.data + at + 2);
        size_t width = type == MAPI_GUID ? 0 : mapi_width(type); /* 0: in a stream */
        if (width)
            mapi_add(props, id, type, lid_of(file, id), bytes.data + at + 8, width);
    }
}

/* "__substg1.0_" and eight digits: number and type; a value of many has "-" and eight more. */
static bool stream_tag(const char *name, uint16_t *ret_id, uint16_t *ret_type,
                       bool *ret_one_of_many)
{
    static const char START[] = "__substg1.0_";
    char *end;

    if (strncmp(name, START, sizeof(START) - 1) != 0)
        return false;
    unsigned long tag = strtoul(name + sizeof(START) - 1, &end, 16);
    if (end - (name + sizeof(START) - 1) != 8)
        return false;
    *ret_id = (uint16_t)(tag >> 16);
    *ret_type = (uint16_t)tag;
    *ret_one_of_many = *end == '-';
    return true;
}

/* Many values of a fixed width are one stream; many strings are a stream of lengths, which is of no
 * use, and a stream each. */
static void add_stream(struct mapi_props *props, uint16_t id, uint16_t type, bool one_of_many,
                       uint32_t lid, const struct buf *bytes)
{
    uint16_t single = type & (uint16_t)~MAPI_MANY;
    size_t width = mapi_width(single);

    if (!(type & MAPI_MANY) || one_of_many) {
        mapi_add(props, id, single, lid, bytes->data, bytes->len);
        return;
    }
    for (size_t at = 0; width && at + width <= bytes->len; at += width)
        mapi_add(props, id, single, lid, bytes->data + at, width);
}

static void load_streams(const struct msg_file *file, const struct cfb_entry *storage,
                         struct mapi_props *props)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    uint16_t id;
    uint16_t type;
    bool one_of_many;

    buf_init(&bytes, MAPI_BYTES_MAX);
    for (const struct cfb_entry *e = storage->first; e; e = e->next) {
        if (!stream_tag(e->name, &id, &type, &one_of_many))
            continue;
        buf_clear(&bytes);
        /* what an attachment holds is read when it is asked for */
        if (id != PR_ATTACH_DATA && e->type == CFB_STREAM)
            (void)cfb_read(file->cfb, e, &bytes);
        else if (id != PR_ATTACH_DATA)
            continue;
        add_stream(props, id, type, one_of_many, lid_of(file, id), &bytes);
    }
}

static bool starts(const struct cfb_entry *entry, const char *with)
{
    return entry->type == CFB_STORAGE && strncmp(entry->name, with, strlen(with)) == 0;
}

static void load_part(const struct msg_place *place, const struct cfb_entry *storage,
                      const struct mapi_props *message, struct mapi_props *props)
{
    load_fixed(place->file, storage, HEAD_OF_PART, props);
    load_streams(place->file, storage, props);
    props->charset = message->charset;
}

static void load_parts(struct mapi_message *message, struct msg_place *place)
{
    for (const struct cfb_entry *e = place->storage->first; e; e = e->next) {
        struct mapi_props *part = NULL;
        if (starts(e, "__recip_version1.0_")) {
            part = mapi_add_recipient(message);
        } else if (starts(e, "__attach_version1.0_")) {
            part = mapi_add_attachment(message);
            if (part) {
                size_t n = message->attachment_count;
                place->attachments =
                    mem_realloc(place->attachments, n, sizeof(*place->attachments));
                place->attachments[n - 1].storage = e;
            }
        } else {
            continue;
        }
        if (part)
            load_part(place, e, &message->props, part);
        else
            message->missing++;
    }
}

static int attachment_data(const struct mapi_message *message, size_t index, mapi_take *take,
                           void *ctx)
{
    const struct msg_place *place = message->handle;
    const struct cfb_entry *storage = place->attachments[index].storage;
    const struct cfb_entry *data = cfb_child(storage, "__substg1.0_37010102");
    const struct cfb_entry *object = cfb_child(storage, "__substg1.0_3701000D");

    if (data)
        return cfb_each(place->file->cfb, data, take, ctx);
    if (!object)
        return ERR_NOT_FOUND;
    if (object->type == CFB_STREAM)
        return cfb_each(place->file->cfb, object, take, ctx);
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    if (!ole_storage_write(place->file->cfb, object, &bytes))
        return ERR_LIMIT;
    (void)take(ctx, (const unsigned char *)bytes.data, bytes.len);
    return 0;
}

static void message_load(struct mapi_message *message, const struct msg_file *file,
                         const struct cfb_entry *storage, size_t head);

static int attachment_open(const struct mapi_message *message, size_t index,
                           struct mapi_message *ret)
{
    const struct msg_place *place = message->handle;
    const struct cfb_entry *storage =
        cfb_child(place->attachments[index].storage, "__substg1.0_3701000D");

    if (!storage || storage->type != CFB_STORAGE)
        return ERR_NOT_FOUND;
    message_load(ret, place->file, storage, HEAD_OF_INNER);
    return 0;
}

static void place_release(struct mapi_message *message)
{
    struct msg_place *place = message->handle;

    free(place->attachments);
    free(place);
}

static void message_load(struct mapi_message *message, const struct msg_file *file,
                         const struct cfb_entry *storage, size_t head)
{
    static const struct mapi_store STORE = {attachment_data, attachment_open, place_release};
    struct msg_place *place = mem_zalloc(1, sizeof(*place));

    place->file = file;
    place->storage = storage;
    *message = (struct mapi_message){.store = &STORE, .handle = place};
    load_fixed(file, storage, head, &message->props);
    load_streams(file, storage, &message->props);
    mapi_find_charset(&message->props);
    load_parts(message, place);
}

struct verdict msg_read(const struct input *input, struct emit *emit)
{
    struct msg_file file = {.cfb = cfb_open(input->data, input->len)};
    struct mapi_message message;

    if (!file.cfb)
        return verdict_failed(REASON_CORRUPT, "the compound file has no directory");
    msg_names_load(&file.names, file.cfb);
    message_load(&message, &file, cfb_root(file.cfb), HEAD_OF_FILE);
    struct verdict verdict = mapi_read(&message, input, emit);
    mapi_message_release(&message);
    if (cfb_damaged(file.cfb) && verdict.reason == REASON_NONE) {
        verdict.reason = REASON_CORRUPT;
        snprintf(verdict.detail, sizeof(verdict.detail), "its tables are damaged");
    }
    msg_names_release(&file.names);
    cfb_free(file.cfb);
    return verdict;
}
