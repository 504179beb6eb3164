#include "worker/ole/ole_mso.h"

#include <string.h>

#include "base/bytes.h"
#include "worker/archive/inflate.h"
#include "worker/ole/cfb.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_object.h"
#include "worker/ole/ole_storage.h"

static const char MAGIC[] = "ActiveMime";

/* Where the deflated bytes start is said in the header, less its first 46 bytes. */
static bool expand(const unsigned char *data, size_t len, struct buf *out)
{
    enum { PLACE_AT = 0x1E, HEADER = 46 };

    if (len < PLACE_AT + 2)
        return false;
    size_t at = HEADER + (size_t)le16_get(data + PLACE_AT);
    if (at >= len)
        return false;
    (void)inflate_into(INFLATE_ZLIB, data + at, len - at, out);
    return out->len > 0;
}

static bool send_stream(const struct cfb *cfb, const struct cfb_entry *stream, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf packed = {0};
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&packed, OLE_STORAGE_BYTES);
    buf_init(&bytes, OLE_STORAGE_BYTES);
    (void)cfb_read(cfb, stream, &packed);
    if (packed.len <= 4)
        return false;
    (void)inflate_into(INFLATE_ZLIB, packed.data + 4, packed.len - 4, &bytes);
    if (bytes.len == 0)
        return false;
    ole_native_send((const unsigned char *)bytes.data, bytes.len, stream->name, emit);
    return true;
}

static bool send_inside(const unsigned char *data, size_t len, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(data, len);
    uint32_t before = emit->children;
    bool sent = false;

    if (!cfb)
        return false;
    ole_macros_send(cfb, cfb_root(cfb), emit);
    bool macros = emit->children > before;
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e && !emit->stop; e = e->next) {
        if (e->type == CFB_STREAM)
            sent |= send_stream(cfb, e, emit);
        else if (!macros)
            ole_storage_send(cfb, e, e->name, emit);
    }
    return sent || emit->children > before;
}

bool ole_mso_send(const unsigned char *data, size_t len, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (len < sizeof(MAGIC) || memcmp(data, MAGIC, sizeof(MAGIC) - 1) != 0)
        return send_inside(data, len, emit);
    buf_init(&bytes, OLE_STORAGE_BYTES);
    return expand(data, len, &bytes) &&
           send_inside((const unsigned char *)bytes.data, bytes.len, emit);
}

struct verdict ole_mso_read(const struct input *input, struct emit *emit)
{
    if (ole_mso_send(input->data, input->len, emit))
        return verdict_empty(REASON_CONTAINER, "objects and macros of a document beside it");
    return verdict_empty(REASON_UNSUPPORTED, "no object or macro can be found in it");
}
