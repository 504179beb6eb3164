/*
 * The key of an encrypted 7Z stream from a password.
 */
#ifndef WORKER_SEVENZIP_KEY_H
#define WORKER_SEVENZIP_KEY_H

#include <stdbool.h>

#include "worker/archive/source.h"

/* Fills `cipher` from the properties of the AES method. False when they make no sense or ask for
 * more than 2^24 rounds. The key of the same password, salt and rounds is kept. */
bool sevenzip_key(const char *password, const unsigned char *properties, size_t len,
                  struct cipher *cipher);

#endif
