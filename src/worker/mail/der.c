#include "worker/mail/der.h"

#include <string.h>

/* The header of an element; its length is SIZE_MAX when it is indefinite. */
static bool read_header(struct der *der, uint8_t *ret_tag, size_t *ret_len)
{
    if (der->end - der->at < 2 || (der->at[0] & 0x1F) == 0x1F)
        return false;
    *ret_tag = der->at[0];
    size_t first = der->at[1];
    der->at += 2;
    *ret_len = first;
    if (first < 0x80)
        return true;
    if (first == 0x80) {
        *ret_len = SIZE_MAX;
        return (*ret_tag & DER_CONSTRUCTED) != 0;
    }
    size_t bytes = first & 0x7F;
    if (bytes > sizeof(size_t) || (size_t)(der->end - der->at) < bytes)
        return false;
    *ret_len = 0;
    while (bytes--)
        *ret_len = *ret_len << 8 | *der->at++;
    return *ret_len < SIZE_MAX;
}

/* Moves behind the two zeros that end an indefinite length, over elements that may have such ends
 * of their own: `open` counts the levels. */
static bool skip_indefinite(struct der *der)
{
    unsigned open = 1;

    while (der->end - der->at >= 2) {
        uint8_t tag;
        size_t len;
        if (der->at[0] == 0 && der->at[1] == 0) {
            der->at += 2;
            if (--open == 0)
                return true;
            continue;
        }
        if (!read_header(der, &tag, &len))
            return false;
        if (len == SIZE_MAX) {
            if (++open > DER_DEPTH_MAX)
                return false;
            continue;
        }
        if (len > (size_t)(der->end - der->at))
            return false;
        der->at += len;
    }
    return false;
}

bool der_next(struct der *der, struct der_element *ret)
{
    struct der walk = *der;
    size_t len;

    *ret = (struct der_element){0};
    if (!read_header(&walk, &ret->tag, &len) || (ret->tag == 0 && len == 0))
        return false;
    ret->data = walk.at;
    size_t left = (size_t)(walk.end - walk.at);
    if (len == SIZE_MAX) {
        ret->cut = !skip_indefinite(&walk);
        ret->len = ret->cut ? left : (size_t)(walk.at - ret->data) - 2;
        walk.at = ret->cut ? walk.end : walk.at;
    } else {
        ret->cut = len > left;
        ret->len = ret->cut ? left : len;
        walk.at += ret->len;
    }
    *der = walk;
    return true;
}

bool der_take(struct der *der, uint8_t tag, struct der_element *ret)
{
    struct der walk = *der;

    if (!der_next(&walk, ret) || ret->tag != tag)
        return false;
    *der = walk;
    return true;
}

struct der der_inside(const struct der_element *element)
{
    return (struct der){.at = element->data, .end = element->data + element->len};
}

static void octets(const struct der_element *element, unsigned depth, struct buf *out)
{
    struct der inside = der_inside(element);
    struct der_element piece;

    if (!(element->tag & DER_CONSTRUCTED)) {
        (void)buf_append(out, element->data, element->len);
        return;
    }
    while (depth < DER_DEPTH_MAX && der_next(&inside, &piece))
        octets(&piece, depth + 1, out);
}

void der_octets(const struct der_element *element, struct buf *out)
{
    octets(element, 0, out);
}

bool der_is_oid(const struct der_element *element, const char *bytes, size_t len)
{
    return element->tag == DER_OID && element->len == len && memcmp(element->data, bytes, len) == 0;
}
