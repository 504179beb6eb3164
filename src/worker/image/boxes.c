#include "worker/image/boxes.h"

#include <string.h>

#include "base/bytes.h"
bool box_next(const unsigned char *data, size_t len, size_t *at, struct box *box)
{
    if (*at > len || len - *at < 8)
        return false;
    const unsigned char *p = data + *at;
    size_t left = len - *at;
    size_t head = 8;
    uint64_t size = be32_get(p);
    if (size == 1 && left >= 16) {
        size = be64_get(p + 8);
        head = 16;
    } else if (size == 0) {
        size = left;
    }
    if (size < head)
        return false;
    if (size > left)
        size = left;
    memcpy(box->type, p + 4, 4);
    box->type[4] = '\0';
    box->data = p + head;
    box->len = (size_t)size - head;
    *at += (size_t)size;
    return true;
}

bool box_find(const unsigned char *data, size_t len, size_t skip, const char *type, struct box *box)
{
    size_t at = skip;

    while (box_next(data, len, &at, box))
        if (memcmp(box->type, type, 4) == 0)
            return true;
    return false;
}
