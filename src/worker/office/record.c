#include "worker/office/record.h"

#include "base/bytes.h"

enum { CONTAINER = 0xF };

bool record_next(const unsigned char *data, size_t len, size_t *at, struct record *ret)
{
    if (*at > len || len - *at < RECORD_HEADER)
        return false;
    const unsigned char *head = data + *at;
    ret->version = head[0] & 0xF;
    ret->instance = (unsigned)le16_get(head) >> 4;
    ret->type = le16_get(head + 2);
    ret->len = le32_get(head + 4);
    ret->data = head + RECORD_HEADER;
    *at += RECORD_HEADER;
    if (ret->len > len - *at)
        ret->len = len - *at;
    *at += ret->len;
    return true;
}

bool record_is_container(const struct record *record)
{
    return record->version == CONTAINER;
}
