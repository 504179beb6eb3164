#include "worker/mail/mail_security.h"

#include <string.h>
#include <strings.h>

#include "worker/mail/mime_field.h"

enum {
    SIGNED_PGP = 1,
    ENCRYPTED_PGP = 2,
    SIGNED_CMS = 4,
    ENCRYPTED_CMS = 8,
    LOOK_AT = 64 << 10, /* bytes of a body in which armour is looked for */
};

static bool parameter_has(const struct mime_part *part, const char *name, const char *what)
{
    CLEANUP(cleanup_buf) struct buf type = {0};
    CLEANUP(cleanup_buf) struct buf value = {0};

    buf_init(&type, FIELD_MAX);
    buf_init(&value, FIELD_MAX);
    return mime_field_raw(part->head, part->head_len, "Content-Type", &type) &&
           mime_parameter(type.data, type.len, name, &value) && strcasestr(value.data, what);
}

static unsigned of_body(const struct mime_part *part)
{
    size_t len = part->body_len < LOOK_AT ? part->body_len : LOOK_AT;

    if (memmem(part->body, len, "-----BEGIN PGP MESSAGE-----", 27))
        return ENCRYPTED_PGP;
    return memmem(part->body, len, "-----BEGIN PGP SIGNED MESSAGE-----", 34) ? SIGNED_PGP : 0;
}

static unsigned of_part(const struct mime_part *part)
{
    if (mime_is(part, "multipart/encrypted") || mime_is(part, "application/pgp-encrypted"))
        return ENCRYPTED_PGP;
    if (mime_is(part, "multipart/signed"))
        return parameter_has(part, "protocol", "pkcs7") ? SIGNED_CMS : SIGNED_PGP;
    if (mime_is(part, "application/pkcs7-mime") || mime_is(part, "application/x-pkcs7-mime")) {
        if (parameter_has(part, "smime-type", "enveloped"))
            return ENCRYPTED_CMS;
        return parameter_has(part, "smime-type", "signed") ? SIGNED_CMS : 0;
    }
    return mime_is_kind(part, "text/") ? of_body(part) : 0;
}

void mail_security_note(const struct mime_message *message, struct emit *emit)
{
    unsigned found = 0;

    for (size_t i = 0; i < message->count; i++)
        found |= of_part(&message->parts[i]);
    if (found & ENCRYPTED_PGP)
        emit_meta(emit, "security", "encrypted with OpenPGP");
    if (found & ENCRYPTED_CMS)
        emit_meta(emit, "security", "encrypted with S/MIME");
    if (found & SIGNED_PGP)
        emit_meta(emit, "security", "signed with OpenPGP");
    if (found & SIGNED_CMS)
        emit_meta(emit, "security", "signed with S/MIME");
}
