#include "worker/outlook/mapi_secure.h"

#include <string.h>
#include <strings.h>

#include "worker/outlook/mapi_attach.h"

enum { LOOK_AT = 64 };

struct start {
    unsigned char bytes[LOOK_AT];
    size_t len;
};

static bool take_start(void *ctx, const unsigned char *data, size_t len)
{
    struct start *start = ctx;
    size_t room = sizeof(start->bytes) - start->len;
    size_t n = len < room ? len : room;

    memcpy(start->bytes + start->len, data, n);
    start->len += n;
    return start->len < sizeof(start->bytes);
}

enum mapi_secure mapi_secure(const struct mapi_message *message)
{
    /* the object identifiers of CMS (RFC 5652) but for their last number */
    static const char CMS[] = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    static const char FIELD[] = "Content-";
    enum { SIGNED = 2, ENVELOPED = 3 };
    struct start start = {0};

    if (!mapi_is_class(message, "IPM.Note.SMIME") || message->attachment_count != 1 ||
        mapi_attachment_holds(message, 0) != HOLDS_FILE)
        return SECURE_NOT;
    (void)message->store->data(message, 0, take_start, &start);
    const unsigned char *found = memmem(start.bytes, start.len, CMS, sizeof(CMS) - 1);
    if (found && found + sizeof(CMS) <= start.bytes + start.len) {
        unsigned kind = found[sizeof(CMS) - 1];
        return kind == SIGNED ? SECURE_SIGNED : kind == ENVELOPED ? SECURE_ENCRYPTED : SECURE_CMS;
    }
    return start.len >= sizeof(FIELD) - 1 &&
                   strncasecmp((const char *)start.bytes, FIELD, sizeof(FIELD) - 1) == 0
               ? SECURE_ENTITY
               : SECURE_NOT;
}
