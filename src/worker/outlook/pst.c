#include "worker/outlook/pst.h"

#include <libpff.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/outlook/mapi_write.h"
#include "worker/outlook/pst_bytes.h"
#include "worker/outlook/pst_item.h"

enum {
    SUBJECT_SHOWN = 80,
    PATH_MAX_BYTES = 2048,
    PR_CONTENT_COUNT = 0x3602,
    NID_TYPE = 0x1F,
    NID_SEARCH_FOLDER = 0x03,
    NID_MESSAGE = 0x04,
    PR_SEARCH_KEY = 0x300B,
};

struct pst {
    libbfio_handle_t *io;
    libpff_file_t *file;
    struct emit *emit;
    struct buf path; /* of the folder, with "/" at its end */
    unsigned depth;
    size_t items, hidden, folders;
    uint64_t *keys; /* of the search keys of all items, for what is recovered */
    size_t key_count;
    size_t earlier; /* recovered states of items that are there, with nothing in them */
    bool full;      /* the limit of children was reached */
};

static bool pst_open(struct pst *pst, const struct input *input)
{
    pst->io = pst_bytes_open(input->data, input->len);
    return pst->io && libpff_file_initialize(&pst->file, NULL) == 1 &&
           libpff_file_open_file_io_handle(pst->file, pst->io, LIBPFF_OPEN_READ, NULL) == 1;
}

/* Bytes that the file says it has ([MS-PST] 2.2.2.6); 0 unknown. */
static uint64_t size_said(const struct input *input)
{
    enum { VERSION_AT = 10, WIDE = 20, ANSI_AT = 168, WIDE_AT = 184 };

    if (input->len < WIDE_AT + 8)
        return 0;
    return le16_get(input->data + VERSION_AT) < WIDE ? le32_get(input->data + ANSI_AT)
                                                     : le64_get(input->data + WIDE_AT);
}

static void pst_close(struct pst *pst)
{
    if (pst->file)
        (void)libpff_file_free(&pst->file, NULL);
    if (pst->io)
        (void)libbfio_handle_free(&pst->io, NULL);
    buf_release(&pst->path);
    free(pst->keys);
}

/* Adds a step of a path: no "/", nothing that cannot be seen, at most SUBJECT_SHOWN characters. */
static void put_step(struct buf *out, const char *text, size_t len)
{
    unsigned characters = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        characters += (c & 0xC0) != 0x80;
        if (characters > SUBJECT_SHOWN)
            break;
        (void)buf_append_char(out, c == '/' || c < ' ' ? '_' : (char)c);
    }
}

static bool take_into_child(void *ctx, const unsigned char *data, size_t len)
{
    struct emit *emit = ctx;

    emit_child_data(emit, data, len);
    return !emit->stop;
}

static void start_child(struct pst *pst, const struct mapi_message *message, size_t number)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    CLEANUP(cleanup_buf) struct buf subject = {0};
    int64_t mtime = INT64_MIN;

    buf_init(&name, NAME_MAX_BYTES);
    buf_init(&subject, 1 << 20);
    (void)buf_append(&name, pst->path.data, pst->path.len);
    (void)buf_printf(&name, "%05zu", number);
    if (message && mapi_subject(message, &subject)) {
        (void)buf_append_char(&name, ' ');
        put_step(&name, subject.data, subject.len);
    }
    (void)buf_append_str(&name, ".eml");
    if (message && !mapi_time(mapi_get(&message->props, PR_DELIVERY_TIME), &mtime))
        (void)mapi_time(mapi_get(&message->props, PR_LAST_MODIFICATION_TIME), &mtime);
    emit_child(pst->emit, name.data, name.len, "message/rfc822", mtime);
}

static void tell_faults(struct pst *pst, const struct mapi_faults *faults, size_t number)
{
    const char *folder = pst->path.data;

    if (faults->damaged)
        emit_warning(pst->emit, REASON_CORRUPT, "%s%05zu: %zu parts were read as far as they go",
                     folder, number, faults->damaged);
    if (faults->missing)
        emit_warning(pst->emit, REASON_MISSING_PART,
                     "%s%05zu: %zu attachments are announced and not there", folder, number,
                     faults->missing);
    if (faults->deep)
        emit_warning(pst->emit, REASON_LIMIT_DEPTH, "%s%05zu: %zu messages lie too deep", folder,
                     number, faults->deep);
}

static bool may_go_on(struct pst *pst)
{
    if (pst->items >= CHILDREN_MAX - 1)
        pst->full = true;
    return !pst->full && !pst->emit->stop;
}

/* The hash (FNV-1a) of what stays the same in all copies of an item; 0 when it has none. */
static uint64_t key_of(const struct mapi_message *message)
{
    const struct mapi_prop *prop = mapi_get(&message->props, PR_SEARCH_KEY);
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    if (!prop || prop->len == 0)
        return 0;
    for (size_t i = 0; i < prop->len; i++)
        hash = (hash ^ prop->data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static void keep_key(struct pst *pst, uint64_t key)
{
    if (key == 0)
        return;
    pst->keys = mem_room(pst->keys, pst->key_count, sizeof(*pst->keys));
    pst->keys[pst->key_count++] = key;
}

static bool has_content(const struct mapi_message *message)
{
    return message->attachment_count > 0 || mapi_get(&message->props, PR_BODY) ||
           mapi_get(&message->props, PR_HTML) || mapi_get(&message->props, PR_RTF_COMPRESSED);
}

static void send_message(struct pst *pst, const struct mapi_message *message, size_t number)
{
    struct mapi_faults faults = {0};

    start_child(pst, message, number);
    mapi_write(message, MAPI_WHOLE, take_into_child, pst->emit, &faults);
    emit_child_end(pst->emit, REASON_NONE, "");
    faults.damaged += message->props.cut;
    tell_faults(pst, &faults, number);
}

/* Takes the item. NULL, or one without properties, is a child that failed. */
static void send_item(struct pst *pst, libpff_item_t *item, size_t number)
{
    struct mapi_message message;

    pst->items++;
    if (!item || !pst_message_load(&message, item)) {
        start_child(pst, NULL, number);
        emit_child_end(pst->emit, REASON_CORRUPT, "the item cannot be read");
        return;
    }
    keep_key(pst, key_of(&message));
    send_message(pst, &message, number);
    mapi_message_release(&message);
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Takes a recovered item. The empty shell of one that is there is only counted; one that cannot be
 * read was never announced by anything, and is left out. True when it became a child. */
static bool send_recovered(struct pst *pst, libpff_item_t *item, size_t number)
{
    struct mapi_message message;

    if (!pst_message_load(&message, item))
        return false;
    uint64_t key = key_of(&message);
    bool known = key && pst->key_count &&
                 bsearch(&key, pst->keys, pst->key_count, sizeof(key), compare_keys);
    bool shell = known && !has_content(&message);
    pst->earlier += shell;
    if (!shell) {
        pst->items++;
        send_message(pst, &message, number);
    }
    mapi_message_release(&message);
    return !shell;
}

/* Identifiers of the items that a folder's table led to. */
struct seen {
    uint32_t *ids;
    size_t count;
};

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static size_t send_messages(struct pst *pst, libpff_item_t *folder, struct seen *seen)
{
    int count = 0;

    if (libpff_folder_get_number_of_sub_messages(folder, &count, NULL) != 1 || count <= 0)
        return 0;
    seen->ids = mem_zalloc((size_t)count, sizeof(*seen->ids));
    for (int i = 0; i < count && may_go_on(pst); i++) {
        libpff_item_t *item = NULL;
        if (libpff_folder_get_sub_message(folder, i, &item, NULL) != 1)
            item = NULL;
        if (item && libpff_item_get_identifier(item, &seen->ids[seen->count], NULL) == 1)
            seen->count++;
        send_item(pst, item, (size_t)i + 1);
    }
    return (size_t)count;
}

/* Messages that stand below the folder's node and not in its table. */
static size_t send_unlisted(struct pst *pst, libpff_item_t *folder, struct seen *seen,
                            size_t number)
{
    int count = 0;

    if (libpff_item_get_number_of_sub_items(folder, &count, NULL) != 1)
        return number;
    if (seen->count)
        qsort(seen->ids, seen->count, sizeof(*seen->ids), compare_ids);
    for (int i = 0; i < count && may_go_on(pst); i++) {
        libpff_item_t *item = NULL;
        uint32_t id = 0;
        if (libpff_item_get_sub_item(folder, i, &item, NULL) != 1)
            continue;
        if (libpff_item_get_identifier(item, &id, NULL) == 1 && (id & NID_TYPE) == NID_MESSAGE &&
            !(seen->count && bsearch(&id, seen->ids, seen->count, sizeof(id), compare_ids)))
            send_item(pst, item, ++number);
        else
            pst_item_free(item);
    }
    return number;
}

static void send_folder(struct pst *pst, libpff_item_t *folder);

static void send_folders(struct pst *pst, libpff_item_t *folder)
{
    int count = 0;

    if (libpff_folder_get_number_of_sub_folders(folder, &count, NULL) != 1)
        return;
    for (int i = 0; i < count && may_go_on(pst); i++) {
        CLEANUP(cleanup_pst_item) libpff_item_t *sub = NULL;
        if (libpff_folder_get_sub_folder(folder, i, &sub, NULL) == 1)
            send_folder(pst, sub);
        else
            emit_warning(pst->emit, REASON_CORRUPT, "%s: folder %d inside cannot be read",
                         pst->path.data, i + 1);
    }
}

static void send_contents(struct pst *pst, libpff_item_t *folder, const struct mapi_props *props)
{
    struct seen seen = {0};
    int hidden = 0;
    int64_t said = mapi_number(mapi_get(props, PR_CONTENT_COUNT), 0);
    uint32_t id = 0;
    size_t found = send_messages(pst, folder, &seen);

    found = send_unlisted(pst, folder, &seen, found);
    free(seen.ids);
    if (libpff_folder_get_number_of_sub_associated_contents(folder, &hidden, NULL) == 1)
        pst->hidden += (size_t)hidden;
    (void)libpff_item_get_identifier(folder, &id, NULL);
    /* a search folder counts items that are elsewhere */
    if (said > 0 && (uint64_t)said > found && !pst->full && (id & NID_TYPE) != NID_SEARCH_FOLDER)
        emit_warning(pst->emit, REASON_CORRUPT, "%s: the folder counts %lld items, %zu were found",
                     pst->path.data, (long long)said, found);
}

static void send_folder(struct pst *pst, libpff_item_t *folder)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct mapi_props props = {0};
    size_t before = pst->path.len;

    if (pst->depth >= PST_DEPTH_MAX) {
        emit_warning(pst->emit, REASON_LIMIT_DEPTH, "%s: folders lie too deep", pst->path.data);
        return;
    }
    buf_init(&name, 1 << 16);
    (void)pst_props_load(&props, folder, 0);
    (void)mapi_text(&props, PR_DISPLAY_NAME, &name);
    if (name.len) {
        put_step(&pst->path, name.data, name.len);
        (void)buf_append_char(&pst->path, '/');
    }
    pst->depth++;
    pst->folders++;
    send_contents(pst, folder, &props);
    send_folders(pst, folder);
    pst->depth--;
    mapi_props_release(&props);
    pst->path.len = before;
    pst->path.data[before] = '\0';
}

/* Whether an item that was found by looking is one that people wrote. */
static bool is_content(libpff_item_t *item)
{
    uint8_t type = LIBPFF_ITEM_TYPE_UNDEFINED;

    (void)libpff_item_get_type(item, &type, NULL);
    switch (type) {
    case LIBPFF_ITEM_TYPE_UNDEFINED:
    case LIBPFF_ITEM_TYPE_UNKNOWN:
    case LIBPFF_ITEM_TYPE_CONFIGURATION:
    case LIBPFF_ITEM_TYPE_ATTACHMENT:
    case LIBPFF_ITEM_TYPE_ATTACHMENTS:
    case LIBPFF_ITEM_TYPE_FOLDER:
    case LIBPFF_ITEM_TYPE_RECIPIENTS:
    case LIBPFF_ITEM_TYPE_SUB_ASSOCIATED_CONTENTS:
    case LIBPFF_ITEM_TYPE_SUB_FOLDERS:
    case LIBPFF_ITEM_TYPE_SUB_MESSAGES:
        return false;
    default:
        return true;
    }
}

static void go_to(struct pst *pst, const char *path)
{
    buf_clear(&pst->path);
    (void)buf_append_str(&pst->path, path);
}

/* Items whose folder is gone; folders without a parent with what is in them. */
static void send_orphans(struct pst *pst)
{
    int count = 0;
    size_t number = 0;

    if (libpff_file_get_number_of_orphan_items(pst->file, &count, NULL) != 1)
        return;
    go_to(pst, "(found outside folders)/");
    for (int i = 0; i < count && may_go_on(pst); i++) {
        libpff_item_t *item = NULL;
        uint8_t type = LIBPFF_ITEM_TYPE_UNDEFINED;
        if (libpff_file_get_orphan_item_by_index(pst->file, i, &item, NULL) != 1)
            continue;
        (void)libpff_item_get_type(item, &type, NULL);
        if (is_content(item)) {
            send_item(pst, item, ++number);
            continue;
        }
        if (type == LIBPFF_ITEM_TYPE_FOLDER)
            send_folder(pst, item);
        pst_item_free(item);
    }
}

/* Deleted items whose bytes are still there. Deleted folders have nothing to add: their tables lead
 * to items that are gone or found by themselves. */
static void send_deleted(struct pst *pst)
{
    int count = 0;
    size_t number = 1;

    if (pst->emit->stop || libpff_file_recover_items(pst->file, 0, NULL) != 1 ||
        libpff_file_get_number_of_recovered_items(pst->file, &count, NULL) != 1)
        return;
    if (pst->key_count)
        qsort(pst->keys, pst->key_count, sizeof(*pst->keys), compare_keys);
    go_to(pst, "(recovered)/");
    for (int i = 0; i < count && may_go_on(pst); i++) {
        libpff_item_t *item = NULL;
        if (libpff_file_get_recovered_item_by_index(pst->file, i, &item, NULL) != 1)
            continue;
        if (!is_content(item))
            pst_item_free(item);
        else
            number += send_recovered(pst, item, number);
    }
}

static void send_fact(const struct pst *pst, const char *key, size_t number)
{
    char text[32];

    snprintf(text, sizeof(text), "%zu", number);
    if (number)
        emit_meta(pst->emit, key, text);
}

struct verdict pst_read(const struct input *input, struct emit *emit)
{
    struct pst pst = {.emit = emit};
    libpff_item_t *root = NULL;

    bool cut = size_said(input) > input->len;
    enum reason why = cut ? REASON_TRUNCATED : REASON_CORRUPT;
    buf_init(&pst.path, PATH_MAX_BYTES);
    if (!pst_open(&pst, input)) {
        pst_close(&pst);
        return verdict_failed(why, "the store cannot be opened");
    }
    if (cut)
        emit_warning(emit, REASON_TRUNCATED, "the store has %llu bytes of %llu",
                     (unsigned long long)input->len, (unsigned long long)size_said(input));
    if (libpff_file_get_root_folder(pst.file, &root, NULL) == 1)
        send_folder(&pst, root);
    else
        emit_warning(emit, why, "the root folder is not there");
    pst_item_free(root);
    send_orphans(&pst);
    send_deleted(&pst);
    send_fact(&pst, "folders", pst.folders);
    send_fact(&pst, "hidden-settings", pst.hidden);
    send_fact(&pst, "earlier-states", pst.earlier);
    pst_close(&pst);
    if (pst.full)
        return verdict_failed(REASON_LIMIT_COUNT, "more than %d items", CHILDREN_MAX);
    if (!root && pst.items == 0)
        return verdict_failed(why, "the store has no root folder");
    return verdict_empty(REASON_CONTAINER, "%zu %s", pst.items, pst.items == 1 ? "item" : "items");
}
