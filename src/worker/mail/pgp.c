#include "worker/mail/pgp.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/bytes.h"
#include "worker/mail/mime_decode.h"

enum packet {
    PACKET_SESSION = 1,
    PACKET_SIGNATURE = 2,
    PACKET_PASSPHRASE = 3,
    PACKET_ONE_PASS = 4,
    PACKET_SECRET_KEY = 5,
    PACKET_PUBLIC_KEY = 6,
    PACKET_COMPRESSED = 8,
    PACKET_SEALED = 9,
    PACKET_LITERAL = 11,
    PACKET_USER = 13,
    PACKET_SEALED_2 = 18,
    PACKET_SEALED_3 = 20,
    DEPTH_MAX = 16,
    USERS_MAX = 10000,
};

struct reading {
    const struct input *input;
    struct emit *emit;
    unsigned users;
    bool key, sealed, passphrase, signature, child;
};

struct bytes {
    const unsigned char *at, *end;
};

static size_t left(const struct bytes *bytes)
{
    return (size_t)(bytes->end - bytes->at);
}

/* A length of RFC 9580, 4.2.1; *ret_more when it is that of a first portion. */
static bool new_length(struct bytes *bytes, size_t *ret_len, bool *ret_more)
{
    *ret_more = false;
    if (left(bytes) < 1)
        return false;
    size_t first = *bytes->at++;
    if (first < 192) {
        *ret_len = first;
        return true;
    }
    if (first < 224 && left(bytes) >= 1) {
        *ret_len = ((first - 192) << 8) + *bytes->at++ + 192;
        return true;
    }
    if (first == 255 && left(bytes) >= 4) {
        *ret_len = be32_get(bytes->at);
        bytes->at += 4;
        return true;
    }
    *ret_more = first >= 224 && first < 255;
    *ret_len = (size_t)1 << (first & 31);
    return *ret_more;
}

/* Reads a packet's body, portions joined; false where the bytes make no packet. */
static bool next_packet(struct bytes *bytes, int *ret_tag, struct buf *body)
{
    size_t len = 0;
    bool more = false;

    buf_clear(body);
    if (left(bytes) < 2 || !(*bytes->at & 0x80))
        return false;
    unsigned head = *bytes->at++;
    if (!(head & 0x40)) {
        unsigned size = 1u << (head & 3);
        *ret_tag = (int)(head >> 2 & 15);
        len = left(bytes);
        if (size < 8 && left(bytes) >= size)
            for (len = 0; size--;)
                len = len << 8 | *bytes->at++;
    } else {
        *ret_tag = (int)(head & 63);
        if (!new_length(bytes, &len, &more))
            return false;
    }
    for (;;) {
        size_t take = len < left(bytes) ? len : left(bytes);
        (void)buf_append(body, bytes->at, take);
        bytes->at += take;
        if (!more || take < len || !new_length(bytes, &len, &more))
            return true;
    }
}

static void read_packets(struct reading *reading, struct bytes bytes, unsigned depth);

static void read_compressed(struct reading *reading, const struct buf *body, unsigned depth)
{
    CLEANUP(cleanup_buf) struct buf out = {0};
    unsigned char piece[16384];
    z_stream stream = {0};
    int method = body->len ? body->data[0] : -1;
    int rc = Z_OK;

    if (method == 0) {
        const unsigned char *start = (const unsigned char *)body->data + 1;
        read_packets(reading, (struct bytes){start, start + body->len - 1}, depth + 1);
        return;
    }
    if ((method != 1 && method != 2) || inflateInit2(&stream, method == 1 ? -15 : 15) != Z_OK)
        return;
    buf_init(&out, PGP_CONTENT_MAX);
    stream.next_in = (unsigned char *)body->data + 1;
    stream.avail_in = (uInt)(body->len - 1);
    while (rc == Z_OK && !out.full) {
        stream.next_out = piece;
        stream.avail_out = sizeof(piece);
        rc = inflate(&stream, Z_NO_FLUSH);
        (void)buf_append(&out, piece, sizeof(piece) - stream.avail_out);
        if (rc == Z_OK && stream.avail_in == 0 && stream.avail_out)
            break;
    }
    (void)inflateEnd(&stream);
    const unsigned char *start = (const unsigned char *)out.data;
    read_packets(reading, (struct bytes){start, start + out.len}, depth + 1);
}

/* A file as it was signed: format, its name, a date, bytes. */
static void send_literal(struct reading *reading, const struct buf *body)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    const unsigned char *data = (const unsigned char *)body->data;
    size_t name_len = body->len > 2 ? data[1] : 0;
    size_t head = 2 + name_len + 4;

    if (body->len < head)
        return;
    buf_init(&name, NAME_MAX_BYTES);
    if (name_len && strcmp(body->data + 2, "_CONSOLE") != 0) {
        (void)buf_append(&name, data + 2, name_len);
    } else {
        const char *dot = strrchr(reading->input->name, '.');
        (void)buf_append(&name, reading->input->name,
                         dot ? (size_t)(dot - reading->input->name) : strlen(reading->input->name));
        if (!name.len)
            (void)buf_append_str(&name, "content");
    }
    const unsigned char *when = data + 2 + name_len;
    int64_t time = be32_get(when);
    emit_child(reading->emit, name.data, name.len, "", time ? time : INT64_MIN);
    emit_child_data(reading->emit, body->data + head, body->len - head);
    emit_child_end(reading->emit, REASON_NONE, "");
    reading->child = true;
}

static void read_packets(struct reading *reading, struct bytes bytes, unsigned depth)
{
    CLEANUP(cleanup_buf) struct buf body = {0};
    int tag;

    buf_init(&body, PGP_CONTENT_MAX);
    while (depth < DEPTH_MAX && !reading->emit->stop && next_packet(&bytes, &tag, &body)) {
        reading->sealed |= tag == PACKET_SESSION || tag == PACKET_SEALED ||
                           tag == PACKET_SEALED_2 || tag == PACKET_SEALED_3;
        reading->passphrase |= tag == PACKET_PASSPHRASE;
        reading->signature |= tag == PACKET_SIGNATURE || tag == PACKET_ONE_PASS;
        reading->key |= tag == PACKET_PUBLIC_KEY || tag == PACKET_SECRET_KEY;
        if (tag == PACKET_COMPRESSED)
            read_compressed(reading, &body, depth);
        else if (tag == PACKET_LITERAL)
            send_literal(reading, &body);
        if (tag != PACKET_USER || reading->users >= USERS_MAX)
            continue;
        reading->users++;
        emit_flow(reading->emit, TEXT_MAIN, body.data, body.len);
        emit_flow_str(reading->emit, TEXT_MAIN, "\n");
    }
}

/* What stands between the lines of armour, without its own fields and checksum. */
static void unarmour(const char *data, size_t len, struct buf *out)
{
    const char *begin = memmem(data, len, "-----BEGIN PGP", 14);
    const char *end = data + len;

    while (begin) {
        const char *stop = memmem(begin + 5, (size_t)(end - begin) - 5, "-----END", 8);
        const char *text = memmem(begin, (size_t)(end - begin), "\n\n", 2);
        const char *dos = memmem(begin, (size_t)(end - begin), "\n\r\n", 3);
        text = !text || (dos && dos < text) ? dos : text;
        if (!text)
            text = memchr(begin, '\n', (size_t)(end - begin));
        if (!text)
            return;
        const char *last = stop && stop > text ? stop : end;
        const char *sum = memmem(text, (size_t)(last - text), "\n=", 2);
        mime_decode_base64(text, (size_t)((sum ? sum : last) - text), out);
        begin =
            stop && stop > text ? memmem(stop, (size_t)(end - stop), "-----BEGIN PGP", 14) : NULL;
    }
}

struct verdict pgp_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf plain = {0};
    struct reading reading = {.input = input, .emit = emit};
    struct bytes bytes = {input->data, input->data + input->len};

    if (input->len > 10 && memcmp(input->data, "-----BEGIN", 10) == 0) {
        buf_init(&plain, input->len + 64);
        unarmour((const char *)input->data, input->len, &plain);
        bytes = (struct bytes){(const unsigned char *)plain.data,
                               (const unsigned char *)plain.data + plain.len};
    }
    read_packets(&reading, bytes, 0);
    if (reading.sealed || reading.passphrase) {
        emit_meta(emit, "security", "encrypted with OpenPGP");
        return reading.passphrase && !reading.sealed
                   ? verdict_failed(REASON_PASSWORD, "encrypted with OpenPGP and a passphrase")
                   : verdict_failed(REASON_PASSWORD, "encrypted with OpenPGP to a key; only its "
                                                     "owner's private key opens it");
    }
    if (reading.child) {
        emit_meta(emit, "security", "signed with OpenPGP");
        return verdict_empty(REASON_CONTAINER, "signed or packed; what it holds is its child");
    }
    if (reading.key)
        return verdict_by_words(emit);
    if (reading.signature)
        return verdict_empty(REASON_NO_WORDS, "a signature, without what is signed");
    return verdict_failed(REASON_CORRUPT, "no packets of OpenPGP in it");
}
