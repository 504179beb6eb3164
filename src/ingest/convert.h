/*
 * Having LibreOffice convert a document, as seen from sanad: a process of sanad-convert
 * (wire/convert.h) that runs beside everything else, and what came of it. What it hands back is as
 * hostile as the document was.
 */
#ifndef INGEST_CONVERT_H
#define INGEST_CONVERT_H

#include <stdint.h>

#include "base/err.h"
#include "wire/convert.h"
#include "wire/frame.h"

struct convert; /* opaque */

/* Starts; the document stays the caller's. 1: started; 0: LibreOffice, or its part for this format,
 * is not installed, and `detail` says so with the next step; or an error. SANAD_LIBREOFFICE in the
 * environment names the folder of an installation in another place than usual. */
int convert_start(const struct conversion *how, int document_fd, uint32_t memory_mib,
                  struct convert **ret_convert, char detail[DETAIL_MAX], struct err *err);
/* Ends it if it still runs; accepts NULL. */
void convert_free(struct convert *convert);

/* A descriptor that can be read when it has ended, for poll. */
int convert_fd(const struct convert *convert);

/* What came of it, once it has ended: REASON_NONE and the result, sealed and the caller's, or a
 * reason with `detail` in words. */
enum reason convert_take(struct convert *convert, int *ret_fd, char detail[DETAIL_MAX]);

#endif
