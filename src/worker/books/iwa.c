#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "worker/archive/snappy.h"
#include "worker/books/iwork.h"

enum { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };
enum { CHUNK_HEADER = 4, PARTS_MAX = 20000 };
/* Types of messages. */
enum { TEXT_STORAGE = 2001, TABLE_MODEL = 6001, TEXT_FIELD = 3 };

static bool varint(struct span *span, uint64_t *ret_value)
{
    *ret_value = 0;
    for (unsigned shift = 0; span->len && shift < 64; shift += 7) {
        unsigned char byte = *span->data++;
        span->len--;
        *ret_value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return false;
}

static bool take(struct span *from, uint64_t len, struct span *ret_taken)
{
    if (len > from->len)
        return false;
    *ret_taken = (struct span){from->data, (size_t)len};
    from->data += len;
    from->len -= (size_t)len;
    return true;
}

bool field_next(struct span *message, struct field *ret_field)
{
    uint64_t tag, len;

    *ret_field = (struct field){0};
    if (!varint(message, &tag) || tag >> 3 > UINT32_MAX)
        return false;
    ret_field->number = (uint32_t)(tag >> 3);
    switch (tag & 7) {
    case WIRE_VARINT:
        return varint(message, &ret_field->value);
    case WIRE_FIXED64:
        return take(message, 8, &ret_field->span);
    case WIRE_BYTES:
        return varint(message, &len) && take(message, len, &ret_field->span);
    case WIRE_FIXED32:
        return take(message, 4, &ret_field->span);
    default:
        return false;
    }
}

struct field field_of(struct span message, uint32_t number)
{
    struct field field;

    while (field_next(&message, &field))
        if (field.number == number)
            return field;
    return (struct field){0};
}

uint64_t field_reference(struct span message, uint32_t number)
{
    return field_of(field_of(message, number).span, 1).value;
}

/* ---- parts: chunks of a zero, a length in three bytes, and raw Snappy ---- */

static int expand(const unsigned char *data, size_t len, struct buf *out)
{
    while (len >= CHUNK_HEADER) {
        size_t chunk = (size_t)data[1] | (size_t)data[2] << 8 | (size_t)data[3] << 16;
        data += CHUNK_HEADER;
        len -= CHUNK_HEADER;
        if (chunk > len)
            return ERR_CORRUPT;
        int rc = snappy_expand(data, chunk, out);
        if (rc)
            return rc;
        data += chunk;
        len -= chunk;
    }
    return len ? ERR_CORRUPT : 0;
}

static void add_object(struct iwa *iwa, uint64_t id, uint32_t type, struct span message)
{
    if (iwa->count >= IWA_OBJECTS_MAX) {
        iwa->damaged = true;
        return;
    }
    iwa->objects = mem_room(iwa->objects, iwa->count, sizeof(*iwa->objects));
    iwa->objects[iwa->count++] = (struct iwa_object){id, type, message};
}

/* TSP.ArchiveInfo: 1 identifier, 2 MessageInfo...; MessageInfo: 1 type, 3 length. The messages
 * stand behind it. */
static bool add_objects(struct iwa *iwa, struct span stream)
{
    uint64_t len;

    while (stream.len) {
        struct span info, message;
        struct field field;
        if (!varint(&stream, &len) || !take(&stream, len, &info))
            return false;
        uint64_t id = field_of(info, 1).value;
        while (field_next(&info, &field)) {
            if (field.number != 2)
                continue;
            if (!take(&stream, field_of(field.span, 3).value, &message))
                return false;
            add_object(iwa, id, (uint32_t)field_of(field.span, 1).value, message);
        }
    }
    return true;
}

void iwa_add(struct iwa *iwa, const unsigned char *data, size_t len)
{
    if (iwa->part_count >= PARTS_MAX)
        return;
    iwa->parts = mem_room(iwa->parts, iwa->part_count, sizeof(*iwa->parts));
    struct buf *part = &iwa->parts[iwa->part_count++];
    buf_init(part, IWORK_PART_BYTES);
    if (expand(data, len, part))
        iwa->damaged = true;
    if (!add_objects(iwa, (struct span){(const unsigned char *)part->data, part->len}))
        iwa->damaged = true;
}

void iwa_release(struct iwa *iwa)
{
    for (size_t i = 0; i < iwa->part_count; i++)
        buf_release(&iwa->parts[i]);
    free(iwa->parts);
    free(iwa->objects);
    *iwa = (struct iwa){0};
}

static int by_id(const void *a, const void *b)
{
    const struct iwa_object *left = a, *right = b;

    return left->id < right->id ? -1 : left->id > right->id;
}

const struct iwa_object *iwa_find(const struct iwa *iwa, uint64_t id)
{
    struct iwa_object key = {.id = id};

    return id ? bsearch(&key, iwa->objects, iwa->count, sizeof(*iwa->objects), by_id) : NULL;
}

/* ---- text ---- */

/* Paragraphs end in newlines already; U+2028 and U+2029 break lines, U+FFFC stands for an object,
 * U+0004 and U+0005 end pages and sections. */
static void send_text(struct span storage, struct emit *emit)
{
    struct field field;

    while (field_next(&storage, &field)) {
        if (field.number != TEXT_FIELD || field.span.len == 0)
            continue;
        const char *text = (const char *)field.span.data;
        size_t from = 0;
        for (size_t i = 0; i + 3 <= field.span.len; i++) {
            bool line = memcmp(text + i, "\xE2\x80\xA8", 3) == 0 ||
                        memcmp(text + i, "\xE2\x80\xA9", 3) == 0;
            if (!line && memcmp(text + i, "\xEF\xBF\xBC", 3) != 0)
                continue;
            emit_flow(emit, TEXT_MAIN, text + from, i - from);
            emit_flow(emit, TEXT_MAIN, "\n", line);
            from = i + 3;
            i += 2;
        }
        emit_flow(emit, TEXT_MAIN, text + from, field.span.len - from);
        emit_flow_str(emit, TEXT_MAIN, "\n");
    }
}

void iwa_send(struct iwa *iwa, struct emit *emit)
{
    /* texts in the package's order, before the objects are sorted to be found by number */
    for (size_t i = 0; i < iwa->count && !emit->stop; i++)
        if (iwa->objects[i].type == TEXT_STORAGE)
            send_text(iwa->objects[i].message, emit);
    if (iwa->count)
        qsort(iwa->objects, iwa->count, sizeof(*iwa->objects), by_id);
    for (size_t i = 0; i < iwa->count && !emit->stop; i++)
        if (iwa->objects[i].type == TABLE_MODEL)
            iwa_table_send(iwa, iwa->objects[i].message, emit);
}
