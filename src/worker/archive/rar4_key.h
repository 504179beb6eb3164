/*
 * Keys of encrypted RAR 2.9 to 4 archives.
 */
#ifndef WORKER_RAR4_KEY_H
#define WORKER_RAR4_KEY_H

#include "worker/archive/source.h"

enum { RAR4_SALT = 8 };

/* The key and start value of a password and salt (NULL: none). The last ones made are kept. */
void rar4_key(const char *password, const unsigned char *salt, struct cipher *ret_cipher);

#endif
