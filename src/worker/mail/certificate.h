/*
 * Certificates (X.509, RFC 5280), requests for them (PKCS #10) and keys, in DER or PEM: whom a
 * certificate is for, who issued it, its serial number, from when to when it is valid, and the
 * names it stands for are text. The letters of PEM itself are kept as what the file holds besides.
 * Nothing is verified, and keys are not shown.
 *
 * Limits: 10,000 blocks a file; names of 100 parts.
 */
#ifndef WORKER_CERTIFICATE_H
#define WORKER_CERTIFICATE_H

#include "worker/reader.h"

/* What the bytes are, as a MIME type; NULL for something else. */
const char *certificate_sniff(const unsigned char *data, size_t len);
struct verdict certificate_read(const struct input *input, struct emit *emit);

#endif
