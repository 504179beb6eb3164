/*
 * Pictures of pages, drawn by the worker from the sealed original; for many threads at once.
 */
#ifndef INGEST_RENDER_H
#define INGEST_RENDER_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/case.h"

enum { RENDER_DPI_MIN = 36, RENDER_DPI_MAX = 600, RENDER_IMAGE_MAX = 64 << 20 };

struct render_service; /* opaque; starts its workers when they are first needed */

struct render_service *render_service_new(void);
void render_service_free(struct render_service *service);

/* One page of an item, from 1, as PNG into `ret_png` (initialised, cap RENDER_IMAGE_MAX). `kase` is
 * the calling thread's. ERR_UNSUPPORTED when this kind of document has no picture. */
int render_page(struct render_service *service, struct sanad_case *kase, int64_t item,
                uint32_t page, uint32_t dpi, struct buf *ret_png, struct err *err);

#endif
