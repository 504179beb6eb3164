/*
 * RAR 5 written anew so that libarchive reads it: volumes joined, encryption removed with the
 * user's password, and what that library trips over left out. Nothing is unpacked here.
 *
 * Source: "RAR 5.0 archive format", rarlab.com/technote.htm. Headers may be encrypted as a whole
 * (AES-256 in CBC mode), and so may the data of each file; keys are PBKDF2 with HMAC-SHA256.
 */
#ifndef WORKER_RAR5_H
#define WORKER_RAR5_H

#include "worker/archive/rar.h"

bool rar5_is(const unsigned char *data, size_t len);
void rar5_open(const struct input *input, size_t from, struct rar *ret_rar);

#endif
