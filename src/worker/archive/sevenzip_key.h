/*
 * The key of an encrypted 7Z stream from a password.
 */
#ifndef WORKER_SEVENZIP_KEY_H
#define WORKER_SEVENZIP_KEY_H

#include <stdbool.h>

#include "wire/job.h"
#include "worker/archive/source.h"

enum { PASSWORD_UTF16_BYTES = 4 * JOB_PASSWORD_BYTES };

/* A password as UTF-16, as archives take it; returns its length in bytes. */
size_t password_utf16(const char *password, uint8_t out[PASSWORD_UTF16_BYTES]);

/* Fills `cipher` from the properties of the AES method. False when they make no sense or ask for
 * more than 2^24 rounds. The key of the same password, salt and rounds is kept. */
bool sevenzip_key(const char *password, const unsigned char *properties, size_t len,
                  struct cipher *cipher);

#endif
