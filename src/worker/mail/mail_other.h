/*
 * Texts in several forms (multipart/alternative): one form is shown, and the others usually repeat
 * it word by word. One that does not is told as well, as the rest: a sender may write in the HTML
 * what the plain text does not hold, and the other way round.
 */
#ifndef WORKER_MAIL_OTHER_H
#define WORKER_MAIL_OTHER_H

#include <stdint.h>

#include "worker/emit.h"
#include "worker/mail/mime.h"

/* Sends the text of those forms (parts with ROLE_OTHER) that hold a word more often than the one
 * that was chosen in their place. */
void mail_other_send(const struct mime_message *message, const uint8_t *roles, struct emit *emit);

#endif
