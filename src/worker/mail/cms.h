/*
 * Signed, sealed and packed messages of CMS (RFC 5652, PKCS #7), S/MIME's .p7m and .p7s among them,
 * and time-stamped files (RFC 5544, .tsd). What is signed, compressed or time-stamped is a child;
 * what is encrypted to a certificate says so. Nothing is verified.
 *
 * Limits: CMS_CONTENT_MAX bytes of content, expanded; names of 50 certificates.
 */
#ifndef WORKER_CMS_H
#define WORKER_CMS_H

#include "worker/reader.h"

enum { CMS_CONTENT_MAX = 256 << 20 };

struct verdict cms_read(const struct input *input, struct emit *emit);

#endif
