/*
 * Web archives: WARC (ISO 28500) and ARC. What a server answered becomes a child named by its URL,
 * with the HTTP header taken off, chunks joined (RFC 9112, 7.1) and gzip or deflate unpacked, so
 * that it is read as the page or file it was. Its type as the server said it goes along as a hint,
 * its time is that of the record.
 *
 * What the crawl says of itself (warcinfo) is metadata. Requests, notes and records without content
 * are counted in the detail. A record that is cut keeps what came. Limits: CHILDREN_MAX records;
 * the bombs of unpack.h.
 */
#ifndef WORKER_WARC_H
#define WORKER_WARC_H

#include "worker/reader.h"

struct verdict warc_read(const struct input *input, struct emit *emit);
struct verdict arc_read(const struct input *input, struct emit *emit);

#endif
