/*
 * What Office keeps beside a document that it saves as a web page or as XML ("oledata.mso",
 * "editdata.mso"): a compound file, mostly behind the header "ActiveMime" and deflated, that holds
 * each embedded object as a stream (its length, then a deflated compound file) and the macros as
 * a storage. Nobody documents it; the layout is as found in files of Office 2000 to 2016.
 *
 * Limits: OLE_STORAGE_BYTES of the whole and of each object; those of cfb.h.
 */
#ifndef WORKER_OLE_MSO_H
#define WORKER_OLE_MSO_H

#include "worker/reader.h"

struct verdict ole_mso_read(const struct input *input, struct emit *emit);

/* Sends the objects and macros. False when there are none to be found. */
bool ole_mso_send(const unsigned char *data, size_t len, struct emit *emit);

#endif
