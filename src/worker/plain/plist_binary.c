#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "worker/plain/plist_tree.h"

enum { HEAD = 8, TRAILER = 32, APPLE_EPOCH = 978307200 };

struct binary {
    const unsigned char *data;
    size_t len; /* up to the trailer */
    unsigned offset_size, reference_size;
    uint64_t objects, top, table;
    struct plist *plist;
};

/* A marker: what it is, how much of it, and where that starts. */
struct object {
    unsigned kind, low;
    uint64_t count;
    size_t at;
};

bool plist_is_binary(const unsigned char *data, size_t len)
{
    return len > HEAD + TRAILER && memcmp(data, "bplist0", 7) == 0;
}

static void lost(struct binary *binary, enum reason reason)
{
    if (binary->plist->reason == REASON_NONE)
        binary->plist->reason = reason;
}

/* The object's marker and, where its low half is full, the integer behind it. */
static bool open_object(const struct binary *binary, uint64_t reference, struct object *ret)
{
    if (reference >= binary->objects)
        return false;
    uint64_t at =
        be_get(binary->data + binary->table + reference * binary->offset_size, binary->offset_size);
    if (at < HEAD || at >= binary->len)
        return false;
    ret->kind = binary->data[at] >> 4;
    ret->low = binary->data[at] & 15;
    ret->count = ret->low;
    ret->at = (size_t)at + 1;
    if (ret->kind < 4 || ret->kind == 8 || ret->low != 15)
        return true;
    if (ret->at >= binary->len || binary->data[ret->at] >> 4 != 1)
        return false;
    size_t size = (size_t)1 << (binary->data[ret->at] & 15);
    if (size > 8 || binary->len - ret->at - 1 < size)
        return false;
    ret->count = be_get(binary->data + ret->at + 1, size);
    ret->at += 1 + size;
    return true;
}

/* Whether `count` things of this size lie before the trailer. */
static bool inside(const struct binary *binary, const struct object *object, uint64_t count,
                   size_t size)
{
    return count <= (binary->len - object->at) / size;
}

static void set_text(struct binary *binary, struct plist_node *node, const char *text, size_t len)
{
    char *copy = plist_memory(binary->plist, len);

    if (!copy)
        return;
    memcpy(copy, text, len);
    node->bytes = copy;
    node->len = len;
}

/* UTF-16, the high byte first. */
static bool put_wide(struct binary *binary, const struct object *object, struct plist_node *node)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    const unsigned char *at = binary->data + object->at;

    if (!inside(binary, object, object->count, 2))
        return false;
    buf_init(&text, PLIST_BYTES);
    for (size_t i = 0; i < object->count; i++) {
        uint32_t rune = (uint32_t)be_get(at + 2 * i, 2);
        if (rune >= 0xD800 && rune < 0xDC00 && i + 1 < object->count &&
            at[2 * i + 2] >> 2 == 0xDC >> 2) {
            rune = 0x10000 + ((rune & 0x3FF) << 10) + (be_get(at + 2 * i + 2, 2) & 0x3FF);
            i++;
        }
        (void)buf_append_rune(&text, rune);
    }
    set_text(binary, node, text.data, text.len);
    return true;
}

static double real_at(const unsigned char *at, size_t size)
{
    uint64_t bits = be_get(at, size);
    uint32_t half = (uint32_t)bits;
    double value;
    float single;

    memcpy(&value, &bits, sizeof(value));
    memcpy(&single, &half, sizeof(single));
    return size == 4 ? (double)single : value;
}

/* Integers, reals, dates, and references by number (of keyed archives). */
static bool put_number(struct binary *binary, const struct object *object, struct plist_node *node)
{
    enum { INTEGER = 1, REAL = 2, DATE = 3, REFERENCE = 8 };
    size_t size = object->kind == REFERENCE ? object->low + 1 : (size_t)1 << object->low;
    const unsigned char *at = binary->data + object->at;
    char text[64];

    if (size > 16 || !inside(binary, object, 1, size))
        return false;
    if (object->kind == REAL || object->kind == DATE) {
        double value = size == 4 || size == 8 ? real_at(at, size) : NAN;
        if (!isfinite(value))
            return false;
        if (object->kind == DATE && fabs(value) < 1e11) {
            node->type = PLIST_DATE;
            node->seconds = (int64_t)value + APPLE_EPOCH;
        }
        snprintf(text, sizeof(text), "%.15g", value);
    } else if (object->kind == INTEGER && size >= 8) {
        snprintf(text, sizeof(text), "%lld", (long long)be_get(at + size - 8, 8));
    } else {
        snprintf(text, sizeof(text), "%llu", (unsigned long long)be_get(at, size > 8 ? 8 : size));
    }
    set_text(binary, node, text, strlen(text));
    return true;
}

static bool put_simple(struct binary *binary, const struct object *object, struct plist_node *node)
{
    switch (object->kind) {
    case 0: /* null, false, true, fill */
        if (object->low == 8 || object->low == 9)
            set_text(binary, node, object->low == 9 ? "true" : "false", object->low == 9 ? 4 : 5);
        return true;
    case 1:
    case 2:
    case 3:
    case 8:
        return put_number(binary, object, node);
    case 4:
        node->type = PLIST_DATA;
        if (!inside(binary, object, object->count, 1))
            return false;
        node->bytes = (const char *)binary->data + object->at;
        node->len = (size_t)object->count;
        return true;
    case 5: /* ASCII; some write UTF-8, which emitting makes valid */
    case 7:
        if (!inside(binary, object, object->count, 1))
            return false;
        set_text(binary, node, (const char *)binary->data + object->at, (size_t)object->count);
        return true;
    case 6:
        return put_wide(binary, object, node);
    default:
        return false;
    }
}

static const char *key_of(struct binary *binary, uint64_t reference)
{
    struct object object;
    struct plist_node node = {.bytes = ""};

    if (!open_object(binary, reference, &object) || object.kind >= 10 ||
        !put_simple(binary, &object, &node) || node.type != PLIST_TEXT)
        lost(binary, REASON_CORRUPT);
    return node.type == PLIST_TEXT ? node.bytes : "";
}

static void put_object(struct binary *binary, struct plist_node *parent, const char *key,
                       uint64_t reference, unsigned depth)
{
    enum { ARRAY = 10, ORDERED = 11, SET = 12, DICT = 13 };
    struct object object;
    size_t size = binary->reference_size;

    if (!open_object(binary, reference, &object)) {
        lost(binary, REASON_CORRUPT);
        return;
    }
    bool dict = object.kind == DICT;
    bool many = object.kind >= ARRAY && object.kind <= DICT;
    struct plist_node *node = plist_add(binary->plist, parent,
                                        dict   ? PLIST_DICT
                                        : many ? PLIST_ARRAY
                                               : PLIST_TEXT,
                                        key);
    if (!node)
        return;
    if (many && depth >= PLIST_DEPTH) {
        lost(binary, REASON_LIMIT_DEPTH);
        return;
    }
    if (!many ? !put_simple(binary, &object, node)
              : !inside(binary, &object, object.count, dict ? 2 * size : size)) {
        lost(binary, REASON_CORRUPT);
        return;
    }
    const struct plist *plist = binary->plist;
    for (uint64_t i = 0; many && i < object.count && plist->nodes < plist->nodes_max; i++) {
        const unsigned char *at = binary->data + object.at + i * size;
        const char *name = dict ? key_of(binary, be_get(at, size)) : NULL;
        put_object(binary, node, name, be_get(dict ? at + object.count * size : at, size),
                   depth + 1);
        if (plist->reason == REASON_LIMIT_SIZE)
            return;
    }
    if (plist->nodes >= plist->nodes_max)
        lost(binary, REASON_LIMIT_COUNT);
}

void plist_read_binary(const unsigned char *data, size_t len, struct plist *ret)
{
    plist_start(ret, len);
    ret->reason = REASON_CORRUPT;
    if (!plist_is_binary(data, len))
        return;
    const unsigned char *trailer = data + len - TRAILER;
    struct binary binary = {.data = data,
                            .len = len - TRAILER,
                            .offset_size = trailer[6],
                            .reference_size = trailer[7],
                            .objects = be_get(trailer + 8, 8),
                            .top = be_get(trailer + 16, 8),
                            .table = be_get(trailer + 24, 8),
                            .plist = ret};
    bool fits = binary.offset_size && binary.offset_size <= 8 && binary.reference_size &&
                binary.reference_size <= 8 && binary.table < binary.len &&
                binary.objects <= (binary.len - binary.table) / binary.offset_size;
    if (!fits)
        return;
    ret->reason = REASON_NONE;
    put_object(&binary, NULL, NULL, binary.top, 0);
}
