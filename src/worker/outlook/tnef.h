/*
 * TNEF ([MS-OXTNEF]): what Outlook sends beside a mail's text as "winmail.dat", an item with all
 * its properties.
 *
 * The text is that of the mail reader, as with MSG files; attachments are children, messages inside
 * are rewritten as mail. A stream that ends too early gives what is there, with `truncated` as a
 * remark.
 *
 * Limits: those of mapi.h.
 */
#ifndef WORKER_TNEF_H
#define WORKER_TNEF_H

#include "worker/reader.h"

struct verdict tnef_read(const struct input *input, struct emit *emit);

#endif
