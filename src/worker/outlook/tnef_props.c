#include "worker/outlook/tnef_props.h"

#include <string.h>

#include "base/bytes.h"

enum { GUID_BYTES = 16, NAME_IS_STRING = 1 };

const unsigned char *tnef_take(struct tnef_bytes *bytes, size_t len)
{
    const unsigned char *taken = bytes->data;

    if (len > bytes->len) {
        bytes->cut = true;
        bytes->len = 0;
        return NULL;
    }
    bytes->data += len;
    bytes->len -= len;
    return taken;
}

uint16_t tnef_u16(struct tnef_bytes *bytes)
{
    const unsigned char *at = tnef_take(bytes, 2);

    return at ? le16_get(at) : 0;
}

uint32_t tnef_u32(struct tnef_bytes *bytes)
{
    const unsigned char *at = tnef_take(bytes, 4);

    return at ? le32_get(at) : 0;
}

/* Values are filled up to four bytes; at the very end the filling may be missing. */
static void skip_filling(struct tnef_bytes *bytes, size_t len)
{
    size_t filling = (4 - len % 4) % 4;

    (void)tnef_take(bytes, filling < bytes->len ? filling : bytes->len);
}

static uint32_t read_name(struct tnef_bytes *bytes)
{
    const unsigned char *guid = tnef_take(bytes, GUID_BYTES);
    uint32_t kind = tnef_u32(bytes);
    uint32_t number = tnef_u32(bytes);

    if (!guid || bytes->cut)
        return 0;
    if (kind != NAME_IS_STRING)
        return mapi_lid(guid, number, NULL, 0);
    const unsigned char *name = tnef_take(bytes, number);
    skip_filling(bytes, number);
    return name ? mapi_lid(guid, 0, name, number) : 0;
}

/* Bytes of a value, filled up to four; 0 for those that tell their own length. */
static size_t width_of(uint16_t type)
{
    enum { NOTHING = 1 };

    return type == NOTHING ? 4 : (mapi_width(type) + 3) & ~(size_t)3;
}

static bool has_length(uint16_t type)
{
    return type == MAPI_STRING8 || type == MAPI_UNICODE || type == MAPI_BINARY ||
           type == MAPI_OBJECT;
}

static void read_value(struct tnef_bytes *bytes, uint16_t id, uint16_t type, uint32_t lid,
                       struct mapi_props *props, struct tnef_object *object)
{
    size_t width = width_of(type);
    size_t len = width ? width : tnef_u32(bytes);
    const unsigned char *data = bytes->data;

    if (len > bytes->len) {
        /* the last value of a stream that was cut off: what is there */
        len = bytes->len;
        bytes->cut = true;
    }
    (void)tnef_take(bytes, len);
    skip_filling(bytes, len);
    if (id != PR_ATTACH_DATA) {
        mapi_add(props, id, type, lid, data, len);
        return;
    }
    mapi_add(props, id, type, lid, NULL, 0);
    size_t head = type == MAPI_OBJECT ? GUID_BYTES : 0;
    if (object && len >= head)
        *object = (struct tnef_object){data + head, len - head};
}

void tnef_props(struct tnef_bytes *bytes, struct mapi_props *props, struct tnef_object *object)
{
    uint32_t count = tnef_u32(bytes);

    for (uint32_t i = 0; i < count && bytes->len > 0; i++) {
        uint16_t type = tnef_u16(bytes);
        uint16_t id = tnef_u16(bytes);
        uint32_t lid = id >= MAPI_FIRST_NAMED ? read_name(bytes) : 0;
        uint16_t single = type & (uint16_t)~MAPI_MANY;
        if (!width_of(single) && !has_length(single)) {
            bytes->cut = true; /* of unknown length: what follows cannot be found */
            return;
        }
        uint32_t values = (type & MAPI_MANY) || has_length(single) ? tnef_u32(bytes) : 1;
        for (uint32_t v = 0; v < values && bytes->len > 0; v++)
            read_value(bytes, id, single, lid, props, object);
    }
}
