#include "worker/archive/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/bytes.h"
#include "base/err.h"

/* Records of a ZIP file, APPNOTE.TXT 4.3. */
enum {
    LOCAL_MAGIC = 0x04034b50,
    CENTRAL_MAGIC = 0x02014b50,
    END_MAGIC = 0x06054b50,
    DESCRIPTOR_MAGIC = 0x08074b50,
    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    END_BYTES = 22,
    END_SEARCH = 65535 + END_BYTES,
    END64_MAGIC = 0x06064b50,
    END64_BYTES = 56,
    LOCATOR64_MAGIC = 0x07064b50,
    LOCATOR64_BYTES = 20,
    EXTRA64 = 1,
    FLAG_ENCRYPTED = 1,
    FLAG_DESCRIPTOR = 8,
    METHOD_STORED = 0,
    METHOD_DEFLATED = PACKAGE_DEFLATED,
    INFLATE_BYTES = 64 << 10,
};

static struct part *part_add(struct package *package, const unsigned char *name, size_t len)
{
    if (package->count >= PACKAGE_PARTS_MAX)
        return NULL;
    package->parts = mem_room(package->parts, package->count, sizeof(*package->parts));
    struct part *part = &package->parts[package->count++];
    while (len && *name == '/') {
        name++;
        len--;
    }
    if (len > PART_NAME_MAX)
        len = PART_NAME_MAX;
    *part = (struct part){.name = mem_strndup((const char *)name, len)};
    for (char *c = part->name; *c; c++)
        if (*c == '\\')
            *c = '/';
    return part;
}

/* Where the bytes after the local header at `at` start; 0 for no header there. */
static size_t local_data(const struct package *package, size_t at)
{
    if (at > package->len || package->len - at < LOCAL_BYTES ||
        le32_get(package->data + at) != LOCAL_MAGIC)
        return 0;
    return at + LOCAL_BYTES + le16_get(package->data + at + 26) + le16_get(package->data + at + 28);
}

static size_t end_record(const struct package *package)
{
    size_t lowest = package->len > END_SEARCH ? package->len - END_SEARCH : 0;

    for (size_t at = package->len; at-- > lowest;)
        if (package->len - at >= END_BYTES && le32_get(package->data + at) == END_MAGIC)
            return at;
    return SIZE_MAX;
}

/* The central directory's size and start: where 32 bits do not hold them, from the ZIP64 record
 * (4.3.14, 4.3.15), which stands before the record at `end`. */
static void directory_place(const struct package *package, size_t end, size_t *ret_size,
                            size_t *ret_at)
{
    const unsigned char *locator = package->data + end - LOCATOR64_BYTES;

    *ret_size = le32_get(package->data + end + 12);
    *ret_at = le32_get(package->data + end + 16);
    if ((*ret_size != UINT32_MAX && *ret_at != UINT32_MAX) || end < LOCATOR64_BYTES ||
        le32_get(locator) != LOCATOR64_MAGIC)
        return;
    uint64_t at = le64_get(locator + 8);
    if (at > package->len || package->len - at < END64_BYTES ||
        le32_get(package->data + at) != END64_MAGIC)
        return;
    *ret_size = le64_get(package->data + at + 40);
    *ret_at = le64_get(package->data + at + 48);
}

/* A size and a place of a central record, from its ZIP64 field where 32 bits do not hold them
 * (4.5.3: in this order, and only those that are needed). */
static void wide_numbers(const unsigned char *record, uint64_t *size, uint64_t *at)
{
    const unsigned char *extra = record + CENTRAL_BYTES + le16_get(record + 28);
    const unsigned char *end = extra + le16_get(record + 30);

    while (end - extra >= 4 && le16_get(extra) != EXTRA64)
        extra += 4 + le16_get(extra + 2) < end - extra ? 4 + le16_get(extra + 2) : end - extra;
    if (end - extra < 4)
        return;
    extra += 4;
    if (le32_get(record + 24) == UINT32_MAX)
        extra += 8; /* the expanded size */
    if (*size == UINT32_MAX && end - extra >= 8) {
        *size = le64_get(extra);
        extra += 8;
    }
    if (*at == UINT32_MAX && end - extra >= 8)
        *at = le64_get(extra);
}

/* Reads the central directory; false when it is missing or leads nowhere. */
static bool index_central(struct package *package)
{
    size_t end = end_record(package);

    if (end == SIZE_MAX)
        return false;
    size_t size, at;
    directory_place(package, end, &size, &at);
    /* Bytes may stand before the ZIP file; its offsets then do not count them. */
    size_t shift = size <= end && at <= end - size ? end - size - at : 0;
    if (at > package->len || at + shift > package->len ||
        package->len - at - shift < CENTRAL_BYTES ||
        le32_get(package->data + at + shift) != CENTRAL_MAGIC)
        shift = 0;
    at += shift;
    while (at <= package->len && package->len - at >= CENTRAL_BYTES &&
           le32_get(package->data + at) == CENTRAL_MAGIC) {
        const unsigned char *record = package->data + at;
        size_t name_len = le16_get(record + 28);
        size_t next = at + CENTRAL_BYTES + name_len + le16_get(record + 30) + le16_get(record + 32);
        if (next > package->len)
            break;
        uint64_t packed = le32_get(record + 20), start = le32_get(record + 42);
        wide_numbers(record, &packed, &start);
        size_t data = start <= package->len ? local_data(package, start + shift) : 0;
        at = next;
        struct part *part = data ? part_add(package, record + CENTRAL_BYTES, name_len) : NULL;
        if (!part)
            continue;
        part->method = le16_get(record + 10);
        part->encrypted = le16_get(record + 8) & FLAG_ENCRYPTED;
        part->at = data < package->len ? data : package->len;
        part->len = packed;
        if (part->len > package->len - part->at)
            part->len = package->len - part->at;
    }
    return package->count > 0;
}

/* Without a central directory: the next local header is where its magic stands next. */
static void index_local(struct package *package)
{
    static const unsigned char magic[] = {'P', 'K', 3, 4};
    size_t at = 0;

    while (at < package->len && package->count < PACKAGE_PARTS_MAX) {
        const unsigned char *header =
            memmem(package->data + at, package->len - at, magic, sizeof(magic));
        if (!header)
            break;
        size_t start = (size_t)(header - package->data);
        size_t data = local_data(package, start);
        at = start + sizeof(magic);
        if (data == 0 || data > package->len)
            continue;
        struct part *part = part_add(package, header + LOCAL_BYTES, le16_get(header + 26));
        part->method = le16_get(header + 8);
        part->encrypted = le16_get(header + 6) & FLAG_ENCRYPTED;
        part->at = data;
        part->len = package->len - data;
        if (!(le16_get(header + 6) & FLAG_DESCRIPTOR) && le32_get(header + 18) < part->len)
            part->len = le32_get(header + 18);
        at = part->method == METHOD_STORED
                 ? data
                 : data + (part->len < package->len - data ? part->len : 0);
    }
}

static int compare_parts(const void *a, const void *b, void *ctx)
{
    const struct part *parts = ctx;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = strcasecmp(parts[left].name, parts[right].name);

    if (order)
        return order;
    return left < right ? -1 : left > right;
}

void package_init(struct package *package, const struct input *input)
{
    *package = (struct package){.data = input->data, .len = input->len};
}

void package_add(struct package *package, const char *name, char *bytes, size_t len)
{
    struct part *part = part_add(package, (const unsigned char *)name, strlen(name));

    if (!part) {
        free(bytes);
        return;
    }
    part->own = (unsigned char *)bytes;
    part->len = len;
}

void package_index(struct package *package)
{
    if (package->count == 0)
        return;
    package->order = mem_zalloc(package->count, sizeof(*package->order));
    for (uint32_t i = 0; i < package->count; i++)
        package->order[i] = i;
    qsort_r(package->order, package->count, sizeof(*package->order), compare_parts, package->parts);
}

int package_open(struct package *package, const struct input *input)
{
    package_init(package, input);
    if (!index_central(package)) {
        package->rebuilt = true;
        package->damage = REASON_TRUNCATED;
        index_local(package);
    }
    if (package->count == 0)
        return ERR_CORRUPT;
    package_index(package);
    return 0;
}

void package_release(struct package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        free(package->parts[i].name);
        free(package->parts[i].own);
    }
    free(package->parts);
    free(package->order);
    *package = (struct package){0};
}

struct verdict package_read_with(package_reader *read, const struct input *input, struct emit *emit)
{
    struct package package;

    if (package_open(&package, input))
        return verdict_failed(REASON_CORRUPT, "it is no ZIP file inside");
    struct verdict verdict = read(&package, input, emit);
    package_release(&package);
    return verdict;
}

struct part *package_part(const struct package *package, const char *name)
{
    size_t low = 0;
    size_t high = package->count;

    while (*name == '/')
        name++;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcasecmp(package->parts[package->order[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == package->count || strcasecmp(package->parts[package->order[low]].name, name) != 0)
        return NULL;
    return &package->parts[package->order[low]];
}

static int damage(struct package *package, enum reason reason, int code)
{
    if (package->damage == REASON_NONE || reason == REASON_LIMIT_SIZE)
        package->damage = reason;
    return code;
}

static int hand_out(struct package *package, part_sink *sink, void *ctx, const void *data,
                    size_t len)
{
    package->expanded += len;
    if (package->expanded > PACKAGE_BYTES_MAX ||
        (package->expanded > PACKAGE_BOMB_FLOOR &&
         package->expanded / PACKAGE_BOMB_RATIO > package->len))
        return damage(package, REASON_LIMIT_SIZE, ERR_LIMIT);
    return len ? sink(ctx, data, len) : 0;
}

static int inflate_part(struct package *package, z_stream *stream, part_sink *sink, void *ctx)
{
    unsigned char out[INFLATE_BYTES];

    for (;;) {
        stream->next_out = out;
        stream->avail_out = sizeof(out);
        int status = inflate(stream, Z_NO_FLUSH);
        int rc = hand_out(package, sink, ctx, out, sizeof(out) - stream->avail_out);
        if (rc)
            return rc;
        if (status == Z_STREAM_END)
            return 0;
        if (status == Z_BUF_ERROR || (status == Z_OK && stream->avail_in == 0 && stream->avail_out))
            return damage(package, REASON_TRUNCATED, ERR_CORRUPT);
        if (status != Z_OK)
            return damage(package, REASON_CORRUPT, ERR_CORRUPT);
    }
}

int package_read(struct package *package, struct part *part, part_sink *sink, void *ctx)
{
    z_stream stream = {0};
    const unsigned char *data = part->own ? part->own : package->data + part->at;

    if (part->encrypted)
        return damage(package, REASON_PASSWORD, ERR_CORRUPT);
    if (part->method == METHOD_STORED)
        return hand_out(package, sink, ctx, data, part->len);
    if (part->method != METHOD_DEFLATED || inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return damage(package, REASON_CORRUPT, ERR_CORRUPT);
    stream.next_in = (Bytef *)data;
    stream.avail_in = part->len > UINT32_MAX ? UINT32_MAX : (uInt)part->len;
    int rc = inflate_part(package, &stream, sink, ctx);
    inflateEnd(&stream);
    return rc;
}

static int xml_sink(void *ctx, const void *data, size_t len)
{
    return xml_parser_feed(ctx, data, len);
}

int package_read_xml(struct package *package, const char *name, const struct xml_handler *handler,
                     void *ctx)
{
    struct part *part = package_part(package, name);

    if (!part)
        return 0;
    part->taken = true;
    struct xml_parser *parser = xml_parser_new(handler, ctx);
    int rc = package_read(package, part, xml_sink, parser);
    if (rc == 0)
        rc = xml_parser_end(parser);
    xml_parser_free(parser);
    if (rc == ERR_LIMIT && package->damage == REASON_NONE)
        return damage(package, REASON_LIMIT_DEPTH, rc);
    return rc == 0 ? 0 : damage(package, REASON_CORRUPT, rc);
}

static int child_sink(void *ctx, const void *data, size_t len)
{
    struct emit *emit = ctx;

    emit_child_data(emit, data, len);
    return emit->stop ? ERR_LIMIT : 0;
}

void package_send_child(struct package *package, struct part *part, const char *name,
                        const char *mime, struct emit *emit)
{
    enum reason reason = REASON_NONE;
    enum reason before = package->damage;

    part->taken = true;
    if (emit->stop || emit->children >= CHILDREN_MAX)
        return;
    emit_child(emit, name, strlen(name), mime, INT64_MIN);
    package->damage = REASON_NONE;
    if (package_read(package, part, child_sink, emit))
        reason = emit->stop ? REASON_LIMIT_SIZE : package->damage;
    if (package->damage != REASON_LIMIT_SIZE)
        package->damage = before;
    emit_child_end(emit, reason, reason ? "it cannot be taken out of the document" : "");
}

/* What was read before the damage is a text, with the damage as a remark. */
static struct verdict partly(struct emit *emit, enum reason reason, const char *detail)
{
    struct verdict verdict = verdict_by_words(emit);

    if (verdict.outcome == OUTCOME_EMPTY)
        return verdict_failed(reason, "%s", detail);
    verdict.reason = reason;
    snprintf(verdict.detail, sizeof(verdict.detail), "%s", detail);
    return verdict;
}

struct verdict package_verdict(const struct package *package, struct emit *emit)
{
    switch (package->damage) {
    case REASON_NONE:
        break;
    case REASON_PASSWORD:
        return verdict_failed(REASON_PASSWORD, "the document is encrypted");
    case REASON_TRUNCATED:
        return partly(emit, REASON_TRUNCATED, "the file is cut off; what could be read is kept");
    case REASON_LIMIT_SIZE:
        return verdict_failed(REASON_LIMIT_SIZE, "it expands like a bomb; what was read is kept");
    case REASON_LIMIT_DEPTH:
        return verdict_failed(REASON_LIMIT_DEPTH, "its elements are nested too deep");
    default:
        return partly(emit, REASON_CORRUPT, "a part is damaged; what could be read is kept");
    }
    if (emit->stop)
        return verdict_failed(emit->stop_reason, "the limit on output was reached");
    return verdict_by_words(emit);
}
