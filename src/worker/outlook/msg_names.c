#include "worker/outlook/msg_names.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "worker/outlook/mapi.h"

enum { NAMES_MAX = 0x8000, ENTRY = 8, GUID_BYTES = 16, FIRST_GUID = 3, STREAM_BYTES = 16 << 20 };

static void read_stream(const struct cfb *cfb, const struct cfb_entry *storage, const char *name,
                        struct buf *out)
{
    buf_init(out, STREAM_BYTES);
    (void)cfb_read(cfb, cfb_child(storage, name), out);
}

/* An entry: number or place of a string; kind (1 bit), set (15 bits); the property's place. */
static uint32_t lid_of(const unsigned char *entry, const struct buf *guids,
                       const struct buf *strings)
{
    uint32_t value = le32_get(entry);
    uint16_t kind = le16_get(entry + 4);
    size_t guid = (size_t)(kind >> 1);

    if (kind & 1) {
        if (value > strings->len || strings->len - value < 4)
            return 0;
        uint32_t len = le32_get(strings->data + value);
        if (len > strings->len - value - 4)
            return 0;
        return mapi_lid(NULL, 0, (const unsigned char *)strings->data + value + 4, len);
    }
    if (guid < FIRST_GUID || (guid - FIRST_GUID + 1) * GUID_BYTES > guids->len)
        return 0; /* 0-2 are sets without a row, which hold nothing that is used */
    return mapi_lid((const unsigned char *)guids->data + (guid - FIRST_GUID) * GUID_BYTES, value,
                    NULL, 0);
}

void msg_names_load(struct msg_names *names, const struct cfb *cfb)
{
    const struct cfb_entry *storage = cfb_child(cfb_root(cfb), "__nameid_version1.0");
    CLEANUP(cleanup_buf) struct buf guids = {0};
    CLEANUP(cleanup_buf) struct buf entries = {0};
    CLEANUP(cleanup_buf) struct buf strings = {0};

    *names = (struct msg_names){0};
    read_stream(cfb, storage, "__substg1.0_00020102", &guids);
    read_stream(cfb, storage, "__substg1.0_00030102", &entries);
    read_stream(cfb, storage, "__substg1.0_00040102", &strings);
    size_t count = entries.len / ENTRY;
    names->count = count < NAMES_MAX ? count : NAMES_MAX;
    names->lids = mem_zalloc(names->count + 1, sizeof(*names->lids));
    for (size_t i = 0; i < names->count; i++) {
        const unsigned char *entry = (const unsigned char *)entries.data + i * ENTRY;
        size_t place = le16_get(entry + 6);
        if (place < names->count)
            names->lids[place] = lid_of(entry, &guids, &strings);
    }
}

void msg_names_release(struct msg_names *names)
{
    free(names->lids);
    *names = (struct msg_names){0};
}

uint32_t msg_names_lid(const struct msg_names *names, uint16_t id)
{
    size_t place = (size_t)id - MAPI_FIRST_NAMED;

    return place < names->count ? names->lids[place] : 0;
}
