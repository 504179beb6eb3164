#include "worker/mail/cms.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "worker/mail/der.h"
#include "worker/mail/mime_decode.h"

/* 1.2.840.113549.1.7: PKCS #7; 1.2.840.113549.1.9.16.1: S/MIME's content types */
#define PKCS7 "\x2A\x86\x48\x86\xF7\x0D\x01\x07"
#define SMIME "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01"

enum kind {
    KIND_DATA,
    KIND_SIGNED,
    KIND_SEALED,
    KIND_DIGESTED,
    KIND_PACKED,
    KIND_STAMPED,
    KIND_OTHER
};

static const struct {
    const char *oid;
    size_t len;
    enum kind kind;
} KINDS[] = {
    {PKCS7 "\x01", sizeof(PKCS7), KIND_DATA},     {PKCS7 "\x02", sizeof(PKCS7), KIND_SIGNED},
    {PKCS7 "\x03", sizeof(PKCS7), KIND_SEALED},   {PKCS7 "\x04", sizeof(PKCS7), KIND_SEALED},
    {PKCS7 "\x05", sizeof(PKCS7), KIND_DIGESTED}, {PKCS7 "\x06", sizeof(PKCS7), KIND_SEALED},
    {SMIME "\x17", sizeof(SMIME), KIND_SEALED},   {SMIME "\x09", sizeof(SMIME), KIND_PACKED},
    {SMIME "\x1F", sizeof(SMIME), KIND_STAMPED},
};

static enum kind kind_of(const struct der_element *oid)
{
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
        if (der_is_oid(oid, KINDS[i].oid, KINDS[i].len))
            return KINDS[i].kind;
    return KIND_OTHER;
}

/* ---- the child ---- */

static bool is_mime(const struct buf *content)
{
    return strncasecmp(content->data, "Content-", 8) == 0 ||
           strncasecmp(content->data, "MIME-Version:", 13) == 0;
}

/* "report.pdf.p7m" holds "report.pdf"; "smime.p7m" a part of a mail. */
static void name_child(const struct input *input, const struct buf *content, struct buf *out)
{
    static const char *const SUFFIXES[] = {".p7m", ".p7s", ".p7z", ".p7c", ".tsd", ".tst", ".pem"};
    const char *dot = strrchr(input->name, '.');

    if (out->len)
        return;
    (void)buf_append_str(out, input->name[0] ? input->name : "content");
    for (size_t i = 0; dot && i < ARRAY_LEN(SUFFIXES); i++) {
        if (strcasecmp(dot, SUFFIXES[i]) != 0)
            continue;
        out->len = (size_t)(dot - input->name);
        out->data[out->len] = '\0';
    }
    if (is_mime(content))
        (void)buf_append_str(out, ".eml");
    else if (!memchr(out->data, '.', out->len))
        (void)buf_append_str(out, ".bin");
}

static struct verdict send_content(const struct input *input, const struct buf *content, bool cut,
                                   struct buf *name, const char *what, struct emit *emit)
{
    name_child(input, content, name);
    emit_child(emit, name->data, name->len, is_mime(content) ? "message/rfc822" : "", INT64_MIN);
    emit_child_data(emit, content->data, content->len);
    emit_child_end(emit, REASON_NONE, "");
    if (cut)
        emit_warning(emit, REASON_TRUNCATED, "the file ends before what it holds does");
    return verdict_empty(REASON_CONTAINER, "%s; what it holds is its child", what);
}

/* ---- names in certificates ---- */

/* Every common name and mail address (2.5.4.3, 1.2.840.113549.1.9.1) with its string behind it. */
static void note_names(const struct der_element *all, struct emit *emit)
{
    static const struct {
        const char *oid;
        size_t len;
    } NAMES[] = {{"\x06\x03\x55\x04\x03", 5}, {"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", 11}};
    enum { NAMES_MAX = 50, SHORT = 0x80 };
    unsigned count = 0;

    for (size_t at = 0; at + 16 < all->len && count < NAMES_MAX; at++) {
        for (size_t i = 0; i < ARRAY_LEN(NAMES); i++) {
            const unsigned char *value = all->data + at + NAMES[i].len;
            size_t left = all->len - at;
            if (left < NAMES[i].len + 2 || memcmp(all->data + at, NAMES[i].oid, NAMES[i].len) != 0)
                continue;
            if (value[1] >= SHORT || (size_t)value[1] + 2 > left - NAMES[i].len)
                continue;
            emit_meta_len(emit, "certificate", (const char *)value + 2, value[1]);
            count++;
        }
    }
}

/* ---- kinds ---- */

/* EncapsulatedContentInfo: a type and, inside [0], the bytes. False when the bytes are elsewhere.
 */
static bool take_content(struct der *der, struct der_element *ret)
{
    struct der_element info;
    struct der_element part;

    if (!der_take(der, DER_SEQUENCE, &info))
        return false;
    struct der inside = der_inside(&info);
    if (!der_take(&inside, DER_OID, &part) || !der_take(&inside, DER_CONTEXT_0, &part))
        return false;
    inside = der_inside(&part);
    return der_next(&inside, ret);
}

static struct verdict read_signed(const struct input *input, struct der der, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf content = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct der_element part;
    struct der_element all = {.data = der.at, .len = (size_t)(der.end - der.at)};

    buf_init(&content, CMS_CONTENT_MAX);
    buf_init(&name, NAME_MAX_BYTES);
    emit_meta(emit, "security", "signed with a certificate");
    (void)der_take(&der, DER_INTEGER, &part);
    (void)der_take(&der, DER_SET, &part);
    bool found = take_content(&der, &part);
    all.data = der.at;
    all.len = (size_t)(der.end - der.at);
    note_names(&all, emit);
    if (!found)
        return verdict_empty(REASON_NO_WORDS,
                             "a signature or certificates, without what is signed");
    if ((part.tag & ~DER_CONSTRUCTED) == DER_OCTETS)
        der_octets(&part, &content);
    else
        (void)buf_append(&content, part.data, part.len);
    if (content.full)
        return verdict_failed(REASON_LIMIT_SIZE, "what is signed has more than 256 MiB");
    return send_content(input, &content, part.cut, &name, "signed", emit);
}

static struct verdict read_packed(const struct input *input, struct der der, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf packed = {0};
    CLEANUP(cleanup_buf) struct buf content = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    static unsigned char piece[65536];
    struct der_element part;
    z_stream stream = {0};
    int rc = Z_OK;

    buf_init(&packed, CMS_CONTENT_MAX);
    buf_init(&content, CMS_CONTENT_MAX);
    buf_init(&name, NAME_MAX_BYTES);
    (void)der_take(&der, DER_INTEGER, &part);
    (void)der_take(&der, DER_SEQUENCE, &part);
    if (!take_content(&der, &part))
        return verdict_failed(REASON_CORRUPT, "a compressed message without content");
    der_octets(&part, &packed);
    if (inflateInit(&stream) != Z_OK)
        return verdict_failed(REASON_LIMIT_MEMORY, "there is no memory to expand it");
    stream.next_in = (unsigned char *)packed.data;
    stream.avail_in = (uInt)packed.len;
    while (rc == Z_OK && !content.full) {
        stream.next_out = piece;
        stream.avail_out = sizeof(piece);
        rc = inflate(&stream, Z_NO_FLUSH);
        (void)buf_append(&content, piece, sizeof(piece) - stream.avail_out);
        if (rc == Z_BUF_ERROR || (rc == Z_OK && stream.avail_in == 0 && stream.avail_out))
            break;
    }
    (void)inflateEnd(&stream);
    if (content.full)
        return verdict_failed(REASON_LIMIT_SIZE, "it would expand to more than 256 MiB");
    if (content.len == 0)
        return verdict_failed(REASON_CORRUPT, "what it holds cannot be expanded");
    return send_content(input, &content, rc != Z_STREAM_END, &name, "compressed", emit);
}

/* DigestedData: version, algorithm, content, its sum. */
static struct verdict read_digested(const struct input *input, struct der der, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf content = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct der_element part;

    buf_init(&content, CMS_CONTENT_MAX);
    buf_init(&name, NAME_MAX_BYTES);
    (void)der_take(&der, DER_INTEGER, &part);
    (void)der_take(&der, DER_SEQUENCE, &part);
    if (!take_content(&der, &part))
        return verdict_empty(REASON_NO_WORDS, "a checksum, without what it is of");
    der_octets(&part, &content);
    return send_content(input, &content, part.cut, &name, "with a checksum", emit);
}

/* TimeStampedData: version, address, metadata with the file's name, the file, its time stamps. */
static struct verdict read_stamped(const struct input *input, struct der der, struct emit *emit)
{
    enum { IA5 = 0x16, BOOLEAN = 0x01 };
    CLEANUP(cleanup_buf) struct buf content = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct der_element part;

    buf_init(&content, CMS_CONTENT_MAX);
    buf_init(&name, NAME_MAX_BYTES);
    emit_meta(emit, "security", "time-stamped");
    (void)der_take(&der, DER_INTEGER, &part);
    if (der_take(&der, IA5, &part))
        emit_meta_len(emit, "url", (const char *)part.data, part.len);
    if (der_take(&der, DER_SEQUENCE, &part)) {
        struct der meta = der_inside(&part);
        (void)der_take(&meta, BOOLEAN, &part);
        if (der_take(&meta, DER_UTF8, &part))
            (void)buf_append(&name, part.data, part.len);
    }
    if (!der_take(&der, DER_OCTETS, &part) && !der_take(&der, DER_OCTETS | DER_CONSTRUCTED, &part))
        return verdict_empty(REASON_NO_WORDS, "time stamps, without the file they are for");
    der_octets(&part, &content);
    if (content.full)
        return verdict_failed(REASON_LIMIT_SIZE, "what is time-stamped has more than 256 MiB");
    return send_content(input, &content, part.cut, &name, "time-stamped", emit);
}

static struct verdict read_info(const struct input *input, struct der der, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf content = {0};
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct der_element info;
    struct der_element oid;
    struct der_element part;

    if (!der_take(&der, DER_SEQUENCE, &info))
        return verdict_failed(REASON_CORRUPT, "not a message of CMS");
    struct der inside = der_inside(&info);
    if (!der_take(&inside, DER_OID, &oid) || !der_take(&inside, DER_CONTEXT_0, &part))
        return verdict_failed(REASON_CORRUPT, "a message of CMS without content");
    enum kind kind = kind_of(&oid);
    struct der outer = der_inside(&part);
    if (kind == KIND_SEALED) {
        emit_meta(emit, "security", "encrypted to a certificate");
        return verdict_failed(REASON_PASSWORD, "encrypted to a certificate; only its owner's "
                                               "private key opens it");
    }
    if (!der_next(&outer, &part))
        return verdict_failed(REASON_CORRUPT, "a message of CMS without content");
    switch (kind) {
    case KIND_SIGNED:
        return read_signed(input, der_inside(&part), emit);
    case KIND_PACKED:
        return read_packed(input, der_inside(&part), emit);
    case KIND_DIGESTED:
        return read_digested(input, der_inside(&part), emit);
    case KIND_STAMPED:
        return read_stamped(input, der_inside(&part), emit);
    case KIND_DATA:
        buf_init(&content, CMS_CONTENT_MAX);
        buf_init(&name, NAME_MAX_BYTES);
        der_octets(&part, &content);
        return send_content(input, &content, part.cut, &name, "wrapped", emit);
    default:
        return verdict_empty(REASON_UNSUPPORTED, "a kind of CMS message that has no reader");
    }
}

struct verdict cms_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *data = (const char *)input->data;

    if (input->len > 11 && memcmp(data, "-----BEGIN ", 11) == 0) {
        const char *start = memchr(data, '\n', input->len);
        size_t left = start ? input->len - (size_t)(start - data) : 0;
        const char *end = start ? memmem(start, left, "-----END", 8) : NULL;
        buf_init(&bytes, input->len);
        if (start)
            mime_decode_base64(start, end ? (size_t)(end - start) : left, &bytes);
        return read_info(input,
                         (struct der){.at = (const unsigned char *)bytes.data,
                                      .end = (const unsigned char *)bytes.data + bytes.len},
                         emit);
    }
    return read_info(input, (struct der){.at = input->data, .end = input->data + input->len}, emit);
}
