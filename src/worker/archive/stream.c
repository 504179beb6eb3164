#include "worker/archive/stream.h"

#include <brotli/decode.h>
#include <lz4.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "worker/archive/snappy.h"
#include "worker/archive/unpack.h"

enum {
    PORTION = 64 << 10,
    TRIAL_MAX = 64 << 10, /* expanded bytes that make a format sure */
    NAME_SPACE = 256,
};

/* Where the bytes go; a trial only counts them. */
struct sink {
    struct emit *emit; /* NULL: a trial */
    uint64_t len;
    uint64_t max;
    bool full;
};

enum ended { ENDED, ENDED_EARLY, ENDED_BAD, ENDED_FULL };

static bool put(struct sink *sink, const void *data, size_t len)
{
    if (len > sink->max - sink->len) {
        sink->full = true;
        return false;
    }
    sink->len += len;
    if (!sink->emit)
        return true;
    emit_child_data(sink->emit, data, len);
    return !sink->emit->stop;
}

/* ---- zlib ---- */

static enum ended expand_zlib(const unsigned char *data, size_t len, struct sink *sink)
{
    unsigned char out[PORTION];
    z_stream stream = {.next_in = (unsigned char *)data};
    size_t left = len;
    int rc = Z_OK;

    if (inflateInit(&stream) != Z_OK)
        return ENDED_BAD;
    while (rc == Z_OK) {
        if (stream.avail_in == 0) {
            stream.avail_in = left > PORTION ? PORTION : (unsigned)left;
            left -= stream.avail_in;
        }
        stream.next_out = out;
        stream.avail_out = sizeof(out);
        rc = inflate(&stream, Z_NO_FLUSH);
        size_t made = sizeof(out) - stream.avail_out;
        if (made && !put(sink, out, made)) {
            inflateEnd(&stream);
            return ENDED_FULL;
        }
    }
    inflateEnd(&stream);
    return rc == Z_STREAM_END ? ENDED : rc == Z_BUF_ERROR ? ENDED_EARLY : ENDED_BAD;
}

/* RFC 1950, 2.2: deflate, a window of up to 32 KiB, the check, no dictionary. */
static bool is_zlib_header(const unsigned char *data, size_t len)
{
    return len > 6 && (data[0] & 15) == 8 && data[0] >> 4 <= 7 && !(data[1] & 0x20) &&
           (data[0] << 8 | data[1]) % 31 == 0;
}

/* ---- Brotli ---- */

static enum ended expand_brotli(const unsigned char *data, size_t len, struct sink *sink)
{
    unsigned char out[PORTION];
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;

    if (!state)
        return ENDED_BAD;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        unsigned char *next = out;
        size_t space = sizeof(out);
        result = BrotliDecoderDecompressStream(state, &len, &data, &space, &next, NULL);
        if (next > out && !put(sink, out, (size_t)(next - out))) {
            BrotliDecoderDestroyInstance(state);
            return ENDED_FULL;
        }
    }
    BrotliDecoderDestroyInstance(state);
    return result == BROTLI_DECODER_RESULT_SUCCESS            ? ENDED
           : result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT ? ENDED_EARLY
                                                              : ENDED_BAD;
}

/* ---- Snappy ---- */

/* CRC-32C, turned and shifted as the framing has it. */
static uint32_t masked_sum(const char *data, size_t len)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < len; i++) {
        crc ^= (unsigned char)data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
    }
    crc = ~crc;
    return (crc >> 15 | crc << 17) + 0xA282EAD8;
}

/* A chunk's sum and its bytes. */
static enum ended expand_chunk(const unsigned char *data, size_t len, bool packed,
                               struct sink *sink)
{
    enum { CHUNK_MAX = 64 << 10 };
    CLEANUP(cleanup_buf) struct buf out = {0};

    buf_init(&out, CHUNK_MAX);
    if (len < 4)
        return ENDED_BAD;
    if ((packed ? snappy_expand(data + 4, len - 4, &out) : buf_append(&out, data + 4, len - 4)) ||
        masked_sum(out.data, out.len) != le32_get(data))
        return ENDED_BAD;
    return put(sink, out.data, out.len) ? ENDED : ENDED_FULL;
}

static enum ended expand_snappy(const unsigned char *data, size_t len, struct sink *sink)
{
    enum { PACKED, AS_IS, SKIPPABLE = 0x80, HEAD = 4 };
    enum ended ended = ENDED;

    while (len && ended == ENDED) {
        size_t size = len < HEAD ? 0 : le32_get(data) >> 8;
        if (len < HEAD || size > len - HEAD)
            return ENDED_EARLY;
        if (data[0] <= AS_IS)
            ended = expand_chunk(data + HEAD, size, data[0] == PACKED, sink);
        else if (data[0] < SKIPPABLE)
            return ENDED_BAD;
        data += HEAD + size;
        len -= HEAD + size;
    }
    return ended;
}

/* ---- what Firefox keeps: sessions, bookmarks, settings ---- */

/* A mark of 8 bytes, the size, one block. */
static enum ended expand_mozilla(const unsigned char *data, size_t len, struct sink *sink)
{
    enum { HEAD = 12, SIZE_MAX_HERE = 256 << 20 };

    if (len < HEAD || len > INT32_MAX)
        return ENDED_EARLY;
    uint32_t size = le32_get(data + 8);
    if (size > SIZE_MAX_HERE || size > sink->max) {
        sink->full = true;
        return ENDED_FULL;
    }
    CLEANUP(cleanup_free) char *out = mem_alloc((size_t)size + 1);
    int made = LZ4_decompress_safe_partial((const char *)data + HEAD, out, (int)(len - HEAD),
                                           (int)size, (int)size);
    if (made < 0)
        return ENDED_BAD;
    if (!put(sink, out, (size_t)made))
        return ENDED_FULL;
    return (uint32_t)made == size ? ENDED : ENDED_EARLY;
}

/* ---- all of them ---- */

static const struct stream_kind {
    const char *mime;
    enum ended (*expand)(const unsigned char *data, size_t len, struct sink *sink);
    const char *suffixes[3];
} KINDS[] = {
    {"application/zlib", expand_zlib, {".zlib", ".zz", ".z"}},
    {"application/x-brotli", expand_brotli, {".br", ".brotli"}},
    {"application/x-snappy-framed", expand_snappy, {".sz", ".snappy"}},
    {"application/x-mozilla-lz4", expand_mozilla, {".jsonlz4", ".baklz4", ".mozlz4"}},
};

static const char *base_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* Where the suffix starts that this kind of file has; NULL for none. */
static const char *suffix_in(const struct stream_kind *kind, const char *base)
{
    const char *dot = strrchr(base, '.');

    for (size_t i = 0; dot && i < ARRAY_LEN(kind->suffixes) && kind->suffixes[i]; i++)
        if (strcasecmp(dot, kind->suffixes[i]) == 0)
            return dot;
    return NULL;
}

static void child_name(const struct stream_kind *kind, const char *name, char out[NAME_SPACE])
{
    const char *base = base_of(name);
    const char *suffix = suffix_in(kind, base);
    size_t len = suffix ? (size_t)(suffix - base) : strlen(base);

    if (len == 0)
        snprintf(out, NAME_SPACE, "content");
    else
        snprintf(out, NAME_SPACE, "%.*s", (int)(len < NAME_SPACE ? len : NAME_SPACE - 1), base);
}

struct verdict stream_read(const struct input *input, struct emit *emit)
{
    const struct stream_kind *kind = &KINDS[0];
    struct sink sink = {.emit = emit, .max = (uint64_t)input->len * BOMB_RATIO};
    char name[NAME_SPACE];

    if (sink.max < BOMB_FLOOR)
        sink.max = BOMB_FLOOR;
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
        if (strcmp(input->mime, KINDS[i].mime) == 0)
            kind = &KINDS[i];
    child_name(kind, input->name, name);
    emit_child(emit, name, strlen(name), "", INT64_MIN);
    enum ended ended = kind->expand(input->data, input->len, &sink);
    if (sink.full) {
        emit_child_end(emit, REASON_LIMIT_SIZE, "it expands like a bomb");
        return verdict_failed(REASON_LIMIT_SIZE, "it expands to more than %d times its size",
                              BOMB_RATIO);
    }
    if (emit->stop)
        return verdict_failed(emit->stop_reason, "the limit on expanded bytes was reached");
    enum reason reason = ended == ENDED         ? REASON_NONE
                         : ended == ENDED_EARLY ? REASON_TRUNCATED
                                                : REASON_CORRUPT;
    const char *what = ended == ENDED_EARLY ? "the compressed stream ends early"
                                            : "the compressed data is damaged";
    emit_child_end(emit, reason, reason ? what : "");
    if (reason)
        return verdict_failed(reason, "%s", what);
    return verdict_empty(REASON_CONTAINER, "1 file");
}

const char *stream_sniff(const unsigned char *data, size_t len, const char *name)
{
    enum { SURE_EARLY = 1024 }; /* expanded bytes of a stream that ends early */
    bool zlib = is_zlib_header(data, len);
    bool brotli = !zlib && suffix_in(&KINDS[1], base_of(name));

    if (!zlib && !brotli)
        return NULL;
    struct sink trial = {.max = TRIAL_MAX};
    enum ended ended = zlib ? expand_zlib(data, len, &trial) : expand_brotli(data, len, &trial);
    bool sure = ended == ENDED || ended == ENDED_FULL ||
                (ended == ENDED_EARLY && trial.len >= (brotli ? 1 : SURE_EARLY));
    return sure ? KINDS[brotli].mime : NULL;
}
