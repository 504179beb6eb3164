/*
 * Objects: originals, content-addressed by SHA-256, compressed (zstd, when it helps), then
 * encrypted in chunks. A file's name under objects/ is a keyed hash, so a seized disk does not
 * confirm that a known file is present.
 */
#ifndef STORE_OBJECT_H
#define STORE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crypt/password_list.h"
#include "store/case.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 64 };

struct object_ref {
    int64_t id; /* row in the object table */
    unsigned char sha256[SHA256_BYTES];
    uint64_t bytes; /* of the plain content */
    bool fresh;     /* this content had not been in the case before */
};

/* ---- writing: needs CASE_WRITE ---- */

struct object_writer; /* opaque */

struct object_writer *object_writer_new(struct sanad_case *kase);
int object_writer_add(struct object_writer *writer, const void *data, size_t len, struct err *err);
/* Ends the object, gives it its name and row (inside the running transaction). Of a content that is
 * there already nothing is written, unless its file is damaged or missing: then it is replaced, and
 * the custody log says so. Frees the writer whatever happens. */
int object_writer_finish(struct object_writer *writer, struct object_ref *ret_ref, struct err *err);
/* Gives it up: nothing is left. Accepts NULL. */
void object_writer_abort(struct object_writer *writer);

/* ---- reading ---- */

/* Called with consecutive pieces; non-zero stops and is returned. */
typedef int object_sink(void *ctx, const void *data, size_t len);

/* Gives the plain content. ERR_CORRUPT when a byte of it is not what was written (and the sink
 * has then seen only authentic bytes), ERR_NOT_FOUND when the file is gone. */
int object_read(struct sanad_case *kase, int64_t object, object_sink *sink, void *ctx,
                struct err *err);

/* The plain content as a sealed, anonymous, read-only memory file for a worker. ERR_LIMIT beyond
 * `max` bytes or where memory ends. The caller closes it. */
int object_memfd(struct sanad_case *kase, int64_t object, uint64_t max, int *ret_fd,
                 struct err *err);

/* Several, one after the other, as one file; `max` holds for all together. */
int objects_memfd(struct sanad_case *kase, const int64_t *objects, size_t count, uint64_t max,
                  int *ret_fd, struct err *err);

/* Decrypts and compares with the recorded SHA-256 and length. */
int object_verify(struct sanad_case *kase, int64_t object, struct err *err);

/* objects/<relative> of a content, at most 80 bytes with NUL. */
void object_file_name(const struct sanad_case *kase, const unsigned char sha256[SHA256_BYTES],
                      char out[80]);

/* The password that opened an object is kept with it, for later looks at its pages; the first one
 * stays. */
int object_password_put(struct sanad_case *kase, int64_t object, const char *password,
                        struct err *err);
/* Gives it as a list of one, which the caller frees; NULL when it has none. */
int object_password(struct sanad_case *kase, int64_t object, struct password_list **ret_list,
                    struct err *err);

#endif
