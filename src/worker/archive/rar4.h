/*
 * RAR 1.5 to 4 written anew so that libarchive reads it: encryption of RAR 2.9 to 4 removed with
 * the user's password, volumes joined. What older versions packed or locked in their own ways stays
 * closed and is told. Nothing is unpacked here but to see whether a password fits: the format has
 * no check of it.
 *
 * Source: the format's description as libarchive and The Unarchiver read it ("technote.txt" of
 * RAR 4). AES-128 in CBC mode, keys by 2^18 rounds of SHA-1.
 *
 * Limits: passwords of up to 28 letters (the format's own program hashes longer ones wrongly); a
 * locked file in several volumes of up to RAR4_SPLIT_BYTES.
 */
#ifndef WORKER_RAR4_H
#define WORKER_RAR4_H

#include "worker/archive/rar.h"

struct archive;

enum { RAR4_SPLIT_BYTES = 128 << 20, RAR4_TEST_BYTES = 64 << 20 };

bool rar4_is(const unsigned char *data, size_t len);
/* `open` sets the library up. ret_rar->source stays NULL when the library reads the archive as it
 * is. */
void rar4_open(const struct input *input, size_t from, struct archive *(*open)(void),
               struct rar *ret_rar);

#endif
