/*
 * The document's bytes as libbfio reads them. Its own reader of memory does not stop at the end.
 */
#ifndef WORKER_PST_BYTES_H
#define WORKER_PST_BYTES_H

#include <stddef.h>

#include <libbfio.h>

/* A handle on bytes that are borrowed, for libbfio_handle_free(); NULL when libbfio refuses. */
libbfio_handle_t *pst_bytes_open(const unsigned char *data, size_t len);

#endif
