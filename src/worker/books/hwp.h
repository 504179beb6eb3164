/*
 * Hangul Word Processor 5 (.hwp): a compound file whose sections are records, deflated (Hancom,
 * "HWP Document File Formats 5.0"). Text as paragraphs, metadata, pictures and objects as children.
 * A document "for distribution", which may only be looked at, is under a cipher whose key is in it.
 *
 * Limits: HWP_SECTION_MAX bytes a section, HWP_SECTIONS_MAX sections.
 */
#ifndef WORKER_HWP_H
#define WORKER_HWP_H

#include "worker/reader.h"

enum { HWP_SECTION_MAX = 128 << 20, HWP_SECTIONS_MAX = 10000 };

struct verdict hwp_read(const struct input *input, struct emit *emit);

#endif
