/*
 * The head of an object's file (docs/FORMAT.md): "SANADOBJ", u8 version, u8 packing, 6 zero bytes;
 * these 16 bytes are authenticated with the first chunk. Then the seal's header, then chunks of
 * SEAL_CHUNK + SEAL_OVERHEAD bytes, the last one shorter or equal.
 */
#ifndef STORE_OBJECT_FILE_H
#define STORE_OBJECT_FILE_H

#include <string.h>

#include "crypt/seal.h"

enum { OBJECT_CONTEXT = 16, OBJECT_HEAD = OBJECT_CONTEXT + SEAL_HEADER, OBJECT_VERSION = 1 };

enum object_packing { OBJECT_STORED = 0, OBJECT_ZSTD = 1 };

static inline void object_head_fill(unsigned char head[OBJECT_HEAD], enum object_packing packing)
{
    static const unsigned char magic[8] = {'S', 'A', 'N', 'A', 'D', 'O', 'B', 'J'};

    memset(head, 0, OBJECT_HEAD);
    memcpy(head, magic, sizeof(magic));
    head[8] = OBJECT_VERSION;
    head[9] = (unsigned char)packing;
}

#endif
