/*
 * Old office formats, by the librevenge family of libraries: WordPerfect and its graphics,
 * Microsoft Works, Write, Word for DOS, Multiplan, Lotus 1-2-3, Quattro Pro, Visio, Publisher,
 * StarOffice, PageMaker, CorelDRAW, and documents of the classic Mac.
 *
 * revenge.cc is the one file in C++: those libraries have no other interface. This header is C, no
 * exception leaves it (docs/decisions/0009).
 *
 * Limits: the child's memory; the libraries bound what they follow.
 */
#ifndef WORKER_REVENGE_H
#define WORKER_REVENGE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum revenge_result {
    REVENGE_READ,
    REVENGE_UNKNOWN, /* none of the libraries takes it */
    REVENGE_DAMAGED, /* what came before is good */
    REVENGE_LOCKED,  /* with a password, and the one given does not fit */
    REVENGE_NO_MEMORY,
};

/* Where the document goes. Text is UTF-8 without NUL, valid during the call. */
struct revenge_out {
    void *ctx;
    void (*fact)(void *ctx, const char *key, const char *value);
    void (*link)(void *ctx, const char *target);
    void (*object)(void *ctx, const char *mime, const void *data, size_t len);
    void (*text)(void *ctx, const char *text, size_t len); /* all of a text document */
    /* A page of a drawing, a slide, or a sheet (with tabs between its cells). */
    void (*page)(void *ctx, const char *text, size_t len);
};

/* Reads a document. `password` may be "". */
enum revenge_result revenge_parse(const unsigned char *data, size_t len, const char *password,
                                  const struct revenge_out *out);

/* The MIME type of a document without a telling start, as the libraries recognise it; NULL for
 * none. */
const char *revenge_sniff(const unsigned char *data, size_t len);

#ifdef __cplusplus
}
#endif

#endif
