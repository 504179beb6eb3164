/*
 * PowerPoint's binary presentations ([MS-PPT], 97-2003): PPT, POT, PPS.
 *
 *  - a slide is a page named "slide N": its shapes' texts in their order, comments, then its notes;
 *    what masters say besides their placeholders follows once as flowing text;
 *  - pictures, embedded documents and macros are children; properties are metadata; addresses of
 *    links go to the rest;
 *  - where the table of slides is broken, the records of slides are taken as they stand.
 *
 * Limits: PPT_STREAM_MAX bytes of presentation, PPT_PERSIST_MAX objects, PPT_DEPTH nested records.
 */
#ifndef WORKER_PPT_H
#define WORKER_PPT_H

#include "worker/reader.h"

enum {
    PPT_STREAM_MAX = 192 << 20,
    PPT_PERSIST_MAX = 1 << 20,
    PPT_DEPTH = 64,
    PPT_SLIDES_MAX = 20000,
};

struct verdict ppt_read(const struct input *input, struct emit *emit);

#endif
