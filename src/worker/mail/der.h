/*
 * Elements of ASN.1 in BER and DER (ITU-T X.690), walked in place: definite and indefinite lengths.
 *
 * Limits: DER_DEPTH_MAX levels of indefinite lengths; tags of one byte.
 */
#ifndef WORKER_DER_H
#define WORKER_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { DER_DEPTH_MAX = 32 };

enum der_tag {
    DER_INTEGER = 0x02,
    DER_OCTETS = 0x04,
    DER_OID = 0x06,
    DER_UTF8 = 0x0C,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT_0 = 0xA0,
    DER_CONSTRUCTED = 0x20,
};

/* What is still to be read. */
struct der {
    const unsigned char *at, *end;
};

struct der_element {
    uint8_t tag;
    const unsigned char *data; /* its content */
    size_t len;
    bool cut; /* the file ends before it does */
};

/* Takes the next element. False at the end or where the bytes make none. */
bool der_next(struct der *der, struct der_element *ret);
/* Takes the next element if it has this tag; else leaves it. */
bool der_take(struct der *der, uint8_t tag, struct der_element *ret);
struct der der_inside(const struct der_element *element);

/* Appends an OCTET STRING's bytes, whole or in pieces. */
void der_octets(const struct der_element *element, struct buf *out);

bool der_is_oid(const struct der_element *element, const char *bytes, size_t len);

#endif
