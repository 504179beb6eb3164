/*
 * Property lists as TNEF encodes them ([MS-OXTNEF] 2.1.3.4). For tnef.c.
 */
#ifndef WORKER_TNEF_PROPS_H
#define WORKER_TNEF_PROPS_H

#include "worker/outlook/mapi.h"

/* Bytes that are read from the front; `cut` once they were too few. */
struct tnef_bytes {
    const unsigned char *data;
    size_t len;
    bool cut;
};

/* Takes `len` bytes; NULL and `cut` when there are not as many. */
const unsigned char *tnef_take(struct tnef_bytes *bytes, size_t len);
uint16_t tnef_u16(struct tnef_bytes *bytes);
uint32_t tnef_u32(struct tnef_bytes *bytes);

/* What PR_ATTACH_DATA holds: bytes behind the identifier of their kind. */
struct tnef_object {
    const unsigned char *data; /* NULL when there is none */
    size_t len;
};

/* Reads a count and that many properties. The content of an attachment is not added but given in
 * `object`, which may be NULL. */
void tnef_props(struct tnef_bytes *bytes, struct mapi_props *props, struct tnef_object *object);

#endif
