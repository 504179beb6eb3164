/*
 * OpenPGP (RFC 9580) as far as it can be read without a key: what is only signed or packed is a
 * child, the names in public keys are text, what is encrypted says so. Armoured or binary.
 *
 * Limits: PGP_CONTENT_MAX bytes, expanded; 16 packets inside packets.
 */
#ifndef WORKER_PGP_H
#define WORKER_PGP_H

#include "worker/reader.h"

enum { PGP_CONTENT_MAX = 256 << 20 };

struct verdict pgp_read(const struct input *input, struct emit *emit);

#endif
