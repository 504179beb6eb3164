/*
 * What a 7Z header says of the packed streams and of the coders that they go through, read and
 * written again without the encryption. Private to sevenzip.
 */
#ifndef WORKER_SEVENZIP_PARTS_H
#define WORKER_SEVENZIP_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "worker/archive/source.h"

enum {
    CODERS_MAX = 16,
    STREAMS_MAX = 32,
    PROPERTIES_MAX = 64,
};

enum { /* 7zFormat.txt, "Property IDs" */
       ID_END = 0,
       ID_HEADER = 1,
       ID_MAIN_STREAMS = 4,
       ID_PACK_INFO = 6,
       ID_UNPACK_INFO = 7,
       ID_SIZE = 9,
       ID_CRC = 10,
       ID_FOLDER = 11,
       ID_UNPACK_SIZE = 12,
       ID_ENCODED_HEADER = 23,
};

struct coder {
    unsigned char id[16];
    unsigned char properties[PROPERTIES_MAX];
    size_t id_len, properties_len;
    unsigned in, out; /* streams */
};

struct bind {
    unsigned in, out;
};

struct folder {
    struct coder coders[CODERS_MAX];
    struct bind binds[STREAMS_MAX];
    unsigned packed[STREAMS_MAX]; /* in-streams that come from outside */
    uint64_t sizes[STREAMS_MAX];  /* of out-streams */
    size_t coder_count, bind_count, packed_count, out_count;
    bool has_crc;
    uint32_t crc;
};

struct streams {
    uint64_t pack_at;
    uint64_t *pack_sizes;
    size_t pack_count;
    struct folder *folders;
    size_t folder_count;
    bool locked; /* some folder is encrypted */
    bool open;   /* some folder is not */
};

struct cursor {
    const unsigned char *at, *end;
    bool bad;
};

uint64_t sevenzip_take_number(struct cursor *cursor);
void sevenzip_put_number(struct buf *out, uint64_t value);
bool sevenzip_coder_is(const struct coder *coder, const unsigned char *id, size_t len);

/* Pack and unpack information; the cursor stands behind them then. False when it is damaged;
 * sevenzip_streams_release() in any case. */
bool sevenzip_take_streams(struct cursor *cursor, struct streams *streams);
void sevenzip_put_streams(struct buf *out, const struct streams *streams);
void sevenzip_streams_release(struct streams *streams);

/* Adds a folder's packed streams to `out`, decrypted where they were encrypted, and makes the
 * folder one that is not. *pack and *at go on behind them. */
bool sevenzip_open_folder(struct streams *streams, struct folder *folder, const char *password,
                          const struct source *all, size_t *pack, uint64_t *at, struct source *out);

#endif
