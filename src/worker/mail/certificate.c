#include "worker/mail/certificate.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "worker/mail/der.h"
#include "worker/mail/mime_decode.h"
#include "worker/plain/charset.h"

enum { BLOCKS_MAX = 10000, PARTS_MAX = 100, VALUE_MAX = 64 << 10, SERIAL_MAX = 32 };
enum { TAG_BIT_STRING = 0x03, TAG_BMP = 0x1E, TAG_UTC_TIME = 0x17, TAG_TIME = 0x18 };

static const struct {
    const char *oid;
    uint8_t len;
    const char *word;
} ATTRIBUTES[] = {
    {"\x55\x04\x03", 3, "CN"},
    {"\x55\x04\x04", 3, "surname"},
    {"\x55\x04\x2A", 3, "given name"},
    {"\x55\x04\x05", 3, "serial number"},
    {"\x55\x04\x06", 3, "C"},
    {"\x55\x04\x07", 3, "L"},
    {"\x55\x04\x08", 3, "ST"},
    {"\x55\x04\x09", 3, "street"},
    {"\x55\x04\x0A", 3, "O"},
    {"\x55\x04\x0B", 3, "OU"},
    {"\x55\x04\x0C", 3, "title"},
    {"\x55\x04\x61", 3, "organisation"},
    {"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", 9, "mail"},
    {"\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x01", 10, "UID"},
    {"\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", 10, "DC"},
};

static void put_string(const struct der_element *string, struct buf *out)
{
    if (string->tag == TAG_BMP)
        (void)charset_to_utf8("UTF-16BE", string->data, string->len, out);
    else
        (void)charset_text(NULL, string->data, string->len, out);
}

/* A name: sets of pairs of what it is and a string. */
static void put_name(const char *word, const struct der_element *name, struct buf *out)
{
    struct der sets = der_inside(name);
    struct der_element set, pair, oid, value;

    (void)buf_append_str(out, word);
    for (int i = 0; i < PARTS_MAX && der_next(&sets, &set); i++) {
        struct der pairs = der_inside(&set);
        if (!der_next(&pairs, &pair))
            continue;
        struct der inside = der_inside(&pair);
        if (!der_take(&inside, DER_OID, &oid) || !der_next(&inside, &value))
            continue;
        const char *kind = "other";
        for (size_t k = 0; k < ARRAY_LEN(ATTRIBUTES); k++)
            if (der_is_oid(&oid, ATTRIBUTES[k].oid, ATTRIBUTES[k].len))
                kind = ATTRIBUTES[k].word;
        (void)buf_printf(out, "%s %s=", i ? "," : "", kind);
        put_string(&value, out);
    }
    (void)buf_append_char(out, '\n');
}

/* "240131123000Z" as "2024-01-31T12:30:00Z"; years below 50 are of this century. */
static void put_time(const char *word, const struct der_element *time, struct buf *out)
{
    char digits[16] = "";
    const char *century = "";

    if (time->tag == TAG_UTC_TIME && time->len >= 12)
        century = time->data[0] < '5' ? "20" : "19";
    else if (time->tag != TAG_TIME || time->len < 14)
        return;
    size_t len = time->tag == TAG_TIME ? 14 : 12;
    snprintf(digits, sizeof(digits), "%s%.*s", century, (int)len, (const char *)time->data);
    (void)buf_printf(out, "%s %.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ\n", word, digits, digits + 4,
                     digits + 6, digits + 8, digits + 10, digits + 12);
}

/* Other names: those of hosts, mail and web addresses, and IP addresses. */
static void put_other_names(struct der names, struct buf *out)
{
    enum { MAIL = 0x81, HOST = 0x82, ADDRESS = 0x86, IP = 0x87 };
    struct der_element name;

    for (int i = 0; i < PARTS_MAX && der_next(&names, &name); i++) {
        if (name.tag == IP && name.len == 4)
            (void)buf_printf(out, "also %u.%u.%u.%u\n", name.data[0], name.data[1], name.data[2],
                             name.data[3]);
        if (name.tag != MAIL && name.tag != HOST && name.tag != ADDRESS)
            continue;
        (void)buf_append_str(out, "also ");
        put_string(&name, out);
        (void)buf_append_char(out, '\n');
    }
}

/* The extension "subject alternative name" (2.5.29.17), wherever it stands. */
static void find_other_names(struct der der, unsigned depth, struct buf *out)
{
    enum { DEPTH_MAX = 6 };
    struct der_element part, octets;

    while (der_next(&der, &part)) {
        struct der rest = der;
        if (der_is_oid(&part, "\x55\x1D\x11", 3)) {
            struct der_element critical;
            (void)der_take(&rest, 0x01, &critical);
            if (!der_take(&rest, DER_OCTETS, &octets))
                return;
            struct der inside = der_inside(&octets);
            if (der_take(&inside, DER_SEQUENCE, &part))
                put_other_names(der_inside(&part), out);
            return;
        }
        if (part.tag & DER_CONSTRUCTED && depth < DEPTH_MAX)
            find_other_names(der_inside(&part), depth + 1, out);
    }
}

/* The parts of what is signed: of a certificate (with a serial number), or of a request. */
struct body {
    struct der_element serial, issuer, validity, subject;
    struct der rest;
    bool request;
};

static bool take_body(const unsigned char *data, size_t len, struct body *ret)
{
    struct der der = {data, data + len};
    struct der_element all, body, part;

    if (!der_take(&der, DER_SEQUENCE, &all) || all.cut)
        return false;
    der = der_inside(&all);
    if (!der_take(&der, DER_SEQUENCE, &body))
        return false;
    struct der_element algorithm;
    struct der after = der;
    if (!der_take(&after, DER_SEQUENCE, &algorithm) || !der_take(&after, TAG_BIT_STRING, &part))
        return false;
    der = der_inside(&body);
    *ret = (struct body){0};
    (void)der_take(&der, DER_CONTEXT_0, &part);
    if (!der_take(&der, DER_INTEGER, &ret->serial) || !der_take(&der, DER_SEQUENCE, &ret->issuer))
        return false;
    if (der_take(&der, DER_SEQUENCE, &part)) {
        struct der inside = der_inside(&part);
        struct der_element oid;
        bool key = der_take(&inside, DER_SEQUENCE, &oid); /* of a request: what it is of, first */
        ret->request = key && ret->serial.len == 1 && ret->serial.data[0] == 0;
        if (ret->request) {
            ret->subject = ret->issuer;
        } else {
            ret->issuer = part;
            if (!der_take(&der, DER_SEQUENCE, &ret->validity) ||
                !der_take(&der, DER_SEQUENCE, &ret->subject))
                return false;
        }
    }
    ret->rest = der;
    return ret->subject.data != NULL;
}

static bool put_certificate(const unsigned char *data, size_t len, struct buf *out)
{
    struct body body;
    struct der_element time;

    if (!take_body(data, len, &body))
        return false;
    (void)buf_append_str(out, body.request ? "Certificate request\n" : "Certificate\n");
    put_name("for", &body.subject, out);
    if (!body.request) {
        char serial[2 * SERIAL_MAX + 1];
        put_name("issued by", &body.issuer, out);
        hex_encode(body.serial.data, body.serial.len < SERIAL_MAX ? body.serial.len : SERIAL_MAX,
                   serial);
        (void)buf_printf(out, "number %s\n", serial);
        struct der times = der_inside(&body.validity);
        if (der_next(&times, &time))
            put_time("valid from", &time, out);
        if (der_next(&times, &time))
            put_time("valid until", &time, out);
    }
    find_other_names(body.rest, 0, out);
    (void)buf_append_char(out, '\n');
    return true;
}

/* What openssl writes in front of a block. Other text that holds one stays text. */
static bool told_by_openssl(const unsigned char *data, size_t len)
{
    static const char *const STARTS[] = {"Bag Attributes\n", "Certificate:\n",
                                         "subject=", "issuer=", "Certificate Request:\n"};

    for (size_t i = 0; i < ARRAY_LEN(STARTS); i++)
        if (len > strlen(STARTS[i]) && memcmp(data, STARTS[i], strlen(STARTS[i])) == 0)
            return true;
    return false;
}

const char *certificate_sniff(const unsigned char *data, size_t len)
{
    static const char PEM[] = "-----BEGIN ";
    static const char *const KINDS[] = {"CERTIFICATE",     "TRUSTED CERTIFICATE",
                                        "X509 C",          "NEW CERTIFICATE",
                                        "RSA P",           "EC P",
                                        "DSA P",           "PRIVATE KEY",
                                        "PUBLIC KEY",      "ENCRYPTED PRIV",
                                        "OPENSSH PRIVATE", "SSH2 "};
    struct body body;
    struct der_element part;
    const unsigned char *at = memmem(data, len < 8192 ? len : 8192, PEM, sizeof(PEM) - 1);

    if (at && (at == data || told_by_openssl(data, len))) {
        at += sizeof(PEM) - 1;
        for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
            if ((size_t)(data + len - at) > strlen(KINDS[i]) &&
                memcmp(at, KINDS[i], strlen(KINDS[i])) == 0)
                return "application/x-pem-file";
    }
    if (len < 64 || data[0] != DER_SEQUENCE)
        return NULL;
    if (take_body(data, len, &body))
        return "application/pkix-cert";
    struct der der = {data, data + len};
    if (!der_take(&der, DER_SEQUENCE, &part) || part.cut || der.at != der.end)
        return NULL;
    der = der_inside(&part);
    /* PKCS #12: version 3, then what is closed */
    bool three = der_take(&der, DER_INTEGER, &part) && part.len == 1 && part.data[0] == 3;
    return three && der_take(&der, DER_SEQUENCE, &part) ? "application/x-pkcs12" : NULL;
}

/* One block of PEM at "-----BEGIN "; returns where it ends. */
static const char *take_block(const char *at, const char *end, struct buf *out)
{
    static const char END[] = "-----END ";
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const char *kind = at + 11;
    const char *dashes = memmem(kind, (size_t)(end - kind), "-----", 5);
    const char *stop = memmem(kind, (size_t)(end - kind), END, sizeof(END) - 1);

    if (!dashes)
        return end;
    const char *body = dashes + 5;
    if (!stop || stop < body)
        stop = end;
    buf_init(&bytes, (size_t)(stop - body) + 1);
    mime_decode_base64(body, (size_t)(stop - body), &bytes);
    if (!bytes.len || !put_certificate((const unsigned char *)bytes.data, bytes.len, out))
        (void)buf_printf(out, "%.*s\n\n", (int)(dashes - kind < 80 ? dashes - kind : 80), kind);
    return stop;
}

struct verdict certificate_read(const struct input *input, struct emit *emit)
{
    static const char BEGIN[] = "-----BEGIN ";
    CLEANUP(cleanup_buf) struct buf text = {0};
    const char *at = (const char *)input->data;
    const char *end = at + input->len;

    buf_init(&text, input->len + 4 * VALUE_MAX);
    if (put_certificate(input->data, input->len, &text)) {
        emit_flow(emit, TEXT_MAIN, text.data, text.len);
        return verdict_text();
    }
    for (int i = 0; i < BLOCKS_MAX; i++) {
        const char *begin = memmem(at, (size_t)(end - at), BEGIN, sizeof(BEGIN) - 1);
        if (!begin)
            break;
        at = take_block(begin, end, &text);
    }
    if (!text.len)
        return verdict_failed(REASON_CORRUPT, "no certificate, request or key");
    emit_flow(emit, TEXT_MAIN, text.data, text.len);
    text.len = 0;
    buf_clear(&text);
    (void)charset_text(NULL, input->data, input->len, &text);
    emit_flow(emit, TEXT_REST, text.data, text.len);
    return verdict_text();
}
