/*
 * Encrypted 7Z archives written anew without the encryption, so that libarchive, which has no AES
 * for this format, reads them. Nothing is unpacked here but the header.
 *
 * Source: 7zFormat.txt and the description of method 06F10701 (AES-256 in CBC mode with SHA-256) in
 * the LZMA SDK, which is in the public domain.
 */
#ifndef WORKER_SEVENZIP_H
#define WORKER_SEVENZIP_H

#include "worker/reader.h"
#include "worker/archive/source.h"

enum sevenzip_state {
    SEVENZIP_PLAIN,  /* nothing is encrypted, or it is no archive of this kind: read it as it is */
    SEVENZIP_OPENED, /* ret_source is the new archive */
    SEVENZIP_LOCKED, /* no password opens the header: not even names are known */
    SEVENZIP_CLOSED, /* names are known, no password opens any data */
    SEVENZIP_PARTLY, /* some of the data is closed: read it as it is */
};

/* Tries the input's passwords. The new source borrows the bytes of `all` and of the input. */
enum sevenzip_state sevenzip_open(const struct input *input, const struct source *all,
                                  struct source **ret_source);

#endif
