/*
 * Outlook's message files ([MS-OXMSG]): a compound file with the properties of an item, its
 * recipients and attachments as storages.
 *
 * The text is that of the mail reader: fields, then the body; appointments, contacts, tasks and
 * lists show their fields first. Attachments and messages inside are children, the latter rewritten
 * as mail (mapi_write.h), objects of other programs as compound files of their own.
 *
 * Limits: those of mapi.h and cfb.h.
 */
#ifndef WORKER_MSG_H
#define WORKER_MSG_H

#include "worker/reader.h"

struct verdict msg_read(const struct input *input, struct emit *emit);

#endif
