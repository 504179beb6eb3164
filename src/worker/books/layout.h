/*
 * Text of layout programs in their open exchange formats: InDesign's IDML (a package of XML,
 * Adobe's "IDML File Format Specification") and FrameMaker's MIF (Adobe's "MIF Reference").
 *
 * Limits: those of package.h; MIF_BYTES_MAX bytes.
 */
#ifndef WORKER_LAYOUT_H
#define WORKER_LAYOUT_H

#include "worker/reader.h"

enum { MIF_BYTES_MAX = 256 << 20 };

struct verdict idml_read(const struct input *input, struct emit *emit);
struct verdict mif_read(const struct input *input, struct emit *emit);

#endif
