/*
 * A RAR 5 archive on its way from the old headers to the new ones. Private to rar5.
 */
#ifndef WORKER_RAR5_PARTS_H
#define WORKER_RAR5_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/archive/rar5.h"
#include "worker/archive/rar_key.h"

enum {
    SIGNATURE = 8,
    HEADER_MAX = 2 << 20,
    COMMENT_MAX = 64 << 10,
};

enum block { BLOCK_MAIN = 1, BLOCK_FILE = 2, BLOCK_SERVICE = 3, BLOCK_CRYPT = 4, BLOCK_END = 5 };
enum { HAS_EXTRA = 1, HAS_DATA = 2, SPLIT_BEFORE = 8, SPLIT_AFTER = 16 };
enum { MAIN_VOLUME = 1, MAIN_NUMBER = 2, MAIN_SOLID = 4, END_MORE = 1 };
enum { FILE_FOLDER = 1, FILE_TIME = 2, FILE_CRC = 4, FILE_NO_SIZE = 8, METHOD_BITS = 7 << 7 };
enum { EXTRA_CRYPT = 1, EXTRA_HASH = 2, EXTRA_TIME = 3, EXTRA_VERSION = 4, EXTRA_LINK = 5 };
enum { LINK_HARD = 4, LINK_COPY = 5, CRYPT_CHECK = 1, CRYPT_TWEAKED = 2 };

#define RAR5_MARK "Rar!\x1A\7\1" /* and its NUL */

/* Bytes to be read in order; `bad` once they end too early. */
struct cursor {
    const unsigned char *at, *end;
    bool bad;
};

/* A file as its headers tell; in volumes, one header after the other. */
struct file {
    uint64_t flags, size, attributes, method, system;
    uint32_t mtime, crc;
    const unsigned char *name;
    size_t name_len;
    struct buf extra; /* what is kept of it */
    bool locked, encrypted, tweaked;
    struct cipher cipher;
};

struct writer {
    struct rar *rar;
    struct rar_keys keys;
    struct buf header; /* being written */
    struct file file;  /* the one whose parts are being collected */
    bool open;
    struct part {
        const unsigned char *data;
        uint64_t len;
        struct cipher cipher;
    } * parts;
    size_t part_count, part_space;
    unsigned char *name_kept; /* of the open file, when its header was encrypted */
    bool solid, ended, more;
};

void rar5_put_number(struct buf *out, uint64_t value);

/* The new archive: its start, the file that is open with the parts collected, the end of it all. */
void rar5_write_start(struct writer *writer);
void rar5_write_file(struct writer *writer);
void rar5_write_end(struct writer *writer);

#endif
