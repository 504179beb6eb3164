/*
 * What a message says of its own protection: signed or encrypted, with OpenPGP or S/MIME. Nothing
 * is verified or decrypted here; the ledger tells that there is something.
 */
#ifndef WORKER_MAIL_SECURITY_H
#define WORKER_MAIL_SECURITY_H

#include "worker/emit.h"
#include "worker/mail/mime.h"

/* Emits metadata "security": "signed with OpenPGP", "encrypted with S/MIME". */
void mail_security_note(const struct mime_message *message, struct emit *emit);

#endif
