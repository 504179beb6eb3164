/* How an item came, through which containers, under which hashes; and the original itself, for who
 * takes it out on their own account. */
#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "crypt/seal.h"
#include "export/originals.h"
#include "store/item.h"
#include "store/origin.h"
#include "web/routes.h"
#include "web/row.h"

enum {
    STEPS_MAX = 64,
    COPIES_MAX = 100,
    ENTRIES_MAX = 200,
    ORIGINAL_MAX = 1 << 30, /* bytes: it is held in memory while it is sent */
    WHY_MAX = 1000,
    NAME_MAX_BYTES_OUT = 180, /* of a file's name in a header, before it is escaped */
};

static void put_time(struct json_writer *json, const char *key, int64_t seconds)
{
    char text[32];

    clock_format(seconds, text);
    json_put_str(json, key, text);
}

static void put_known(struct json_writer *json, const char *key, const char *text)
{
    json_put_str(json, key, text[0] != '\0' ? text : NULL);
}

static int put_origin(void *ctx, const struct origin *origin)
{
    struct json_writer *json = ctx;

    put_known(json, "reader", origin->reader);
    json_open_object(json, "intake");
    json_put_int(json, "intake", origin->intake);
    put_time(json, "at", origin->at);
    put_known(json, "source", origin->source);
    json_put_str(json, "paths", origin->paths);
    json_put_str(json, "program", origin->program);
    json_close_object(json);
    return 0;
}

static int put_entry(void *ctx, const struct custody_entry *entry)
{
    struct json_writer *json = ctx;
    char chain[2 * HASH_BYTES + 1];

    hex_encode(entry->chain, HASH_BYTES, chain);
    json_open_object(json, NULL);
    json_put_int(json, "entry", entry->id);
    put_time(json, "at", entry->at);
    json_put_str(json, "event", entry->event);
    json_put_str(json, "detail", entry->detail);
    json_put_str(json, "chain", chain);
    json_close_object(json);
    return 0;
}

static int put_copy(void *ctx, const struct copy *copy)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_int(json, "item", copy->item);
    json_put_str(json, "name", copy->name);
    json_put_str(json, "path", copy->path);
    if (copy->mtime_ns == INT64_MIN)
        json_put_null(json, "modified");
    else
        put_time(json, "modified", copy->mtime_ns / 1000000000);
    json_put_int(json, "intake", copy->intake);
    put_time(json, "at", copy->at);
    json_close_object(json);
    return 0;
}

struct step {
    struct json_writer *json;
    int64_t parent;
};

static int put_step(void *ctx, const struct ledger_row *row)
{
    struct step *step = ctx;

    json_open_object(step->json, NULL);
    row_put(step->json, row);
    json_close_object(step->json);
    step->parent = row->item.parent;
    return 0;
}

int api_item_provenance(struct call *call, struct err *err)
{
    struct json_writer json;
    struct step step = {&json, call->item};
    int result;

    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_put_int(&json, "item", call->item);
    result = origin_load(call->kase, call->item, put_origin, &json, err);
    json_open_array(&json, "steps");
    for (int i = 0; i < STEPS_MAX && result == 0 && step.parent != 0; i++)
        result = ledger_one(call->kase, step.parent, put_step, &step, err);
    json_close_array(&json);
    json_open_array(&json, "custody");
    if (result == 0)
        result = custody_of_item(call->kase, call->item, ENTRIES_MAX, put_entry, &json, err);
    json_close_array(&json);
    json_open_array(&json, "copies");
    if (result == 0)
        result = copies_each(call->kase, call->item, COPIES_MAX, put_copy, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}

/* ---- the original ---- */

struct original {
    int64_t object;
    uint64_t bytes;
    char sha256[SHA256_HEX + 1];
    char name[NAME_MAX_BYTES_OUT + 1];
};

static int note_original(void *ctx, const struct ledger_row *row)
{
    struct original *original = ctx;
    size_t len = utf8_prefix(row->item.name, strlen(row->item.name), NAME_MAX_BYTES_OUT);

    original->object = row->item.object;
    original->bytes = row->item.bytes;
    memcpy(original->name, row->item.name, len);
    if (strlen(row->sha256) == SHA256_HEX)
        memcpy(original->sha256, row->sha256, SHA256_HEX);
    return 0;
}

/* RFC 6266 and 8187: a plain name for all, and the item's own, of which nothing but letters, digits
 * and few signs stands unescaped. The number before it keeps it from being hidden (".name") or a
 * path. */
static void put_name(struct http_response *response, int64_t item, const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    CLEANUP(cleanup_buf) struct buf value = {0};

    buf_init(&value, 4096);
    (void)buf_printf(&value, "attachment; filename=\"item-%lld\"; filename*=UTF-8''item-%lld-",
                     (long long)item, (long long)item);
    for (const char *at = name; *at != '\0'; at++) {
        if (strchr(plain, *at) != NULL)
            (void)buf_append_char(&value, *at);
        else
            (void)buf_printf(&value, "%%%02X", (unsigned char)*at);
    }
    http_put_header(response, "Content-Disposition", value.data);
}

/* What is not recorded is not given: the entry is committed with the answer. */
int api_item_original(struct call *call, struct err *err)
{
    struct original original = {0};
    const char *why;
    int file = -1;
    int result = json_get_text(call->body, "why", WHY_MAX, &why, err);

    if (result == 0)
        result = ledger_one(call->kase, call->item, note_original, &original, err);
    if (result == 0 && original.object == 0)
        result = err_set(err, ERR_NOT_FOUND, "no bytes of item %lld were received",
                         (long long)call->item);
    if (result < 0)
        return result;
    result = original_record(call->kase, call->item, original.sha256, call->web->who, why, err);
    if (result == 0)
        result = object_memfd(call->kase, original.object, ORIGINAL_MAX, &file, err);
    if (result < 0)
        return result;
    http_put_file(call->response, file, original.bytes);
    http_put_header(call->response, "Content-Type", "application/octet-stream");
    put_name(call->response, call->item, original.name);
    return 0;
}
