#include "worker/archive/warc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <zlib.h>

#include "base/buf.h"
#include "worker/archive/unpack.h"

enum { FIELDS_MAX = 64 << 10, FIELD_SPACE = 4096, TYPE_SPACE = 128 };

/* Bytes that belong together. */
struct span {
    const char *at;
    size_t len;
};

struct crawl {
    struct emit *emit;
    uint64_t pages, others, cut;
};

/* The value of a field in a header of lines; an empty span when it is not there. */
static struct span field(struct span head, const char *name)
{
    size_t name_len = strlen(name);
    const char *end = head.at + head.len;

    for (const char *line = head.at; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        const char *stop = next ? next : end;
        if ((size_t)(stop - line) > name_len && line[name_len] == ':' &&
            strncasecmp(line, name, name_len) == 0) {
            const char *value = line + name_len + 1;
            while (value < stop && (*value == ' ' || *value == '\t' || *value == '<'))
                value++;
            while (stop > value && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '>'))
                stop--;
            return (struct span){value, (size_t)(stop - value)};
        }
        line = next ? next + 1 : end;
    }
    return (struct span){"", 0};
}

static bool span_has(struct span span, const char *word)
{
    char text[FIELD_SPACE];

    snprintf(text, sizeof(text), "%.*s", (int)(span.len < FIELD_SPACE ? span.len : FIELD_SPACE - 1),
             span.at);
    return strcasestr(text, word) != NULL;
}

static bool span_number(struct span span, int base, uint64_t *ret_number)
{
    char text[32];
    char *end;

    snprintf(text, sizeof(text), "%.*s", (int)(span.len < 31 ? span.len : 31), span.at);
    *ret_number = strtoull(text, &end, base);
    return end > text && text[0] != '-';
}

/* The header at the start: up to an empty line, which is part of it. */
static struct span take_head(struct span *rest)
{
    size_t most = rest->len < FIELDS_MAX ? rest->len : FIELDS_MAX;

    for (size_t i = 0; i + 1 < most; i++) {
        if (rest->at[i] != '\n')
            continue;
        size_t after = rest->at[i + 1] == '\n'                                              ? i + 2
                       : i + 2 < most && rest->at[i + 1] == '\r' && rest->at[i + 2] == '\n' ? i + 3
                                                                                            : 0;
        if (after) {
            struct span head = {rest->at, after};
            rest->at += after;
            rest->len -= after;
            return head;
        }
    }
    struct span all = *rest;
    rest->at += rest->len;
    rest->len = 0;
    return all;
}

/* "2014-11-03T10:00:00Z" and "20141103100000"; INT64_MIN for anything else. */
static int64_t time_of(struct span span)
{
    int n[6] = {1970, 1, 1, 0, 0, 0};
    static const int digits[6] = {4, 2, 2, 2, 2, 2};
    size_t at = 0;

    for (int i = 0; i < 6; i++) {
        while (at < span.len && strchr("-T:", span.at[at]))
            at++;
        int value = 0;
        for (int d = 0; d < digits[i]; d++, at++) {
            if (at >= span.len || span.at[at] < '0' || span.at[at] > '9')
                return INT64_MIN;
            value = value * 10 + span.at[at] - '0';
        }
        n[i] = value;
    }
    struct tm tm = {.tm_year = n[0] - 1900,
                    .tm_mon = n[1] - 1,
                    .tm_mday = n[2],
                    .tm_hour = n[3],
                    .tm_min = n[4],
                    .tm_sec = n[5]};
    return (int64_t)timegm(&tm);
}

/* ---- the body of an answer ---- */

/* Chunks: a size in hexadecimal, a line's end, bytes, a line's end. */
static bool join_chunks(struct span body, struct buf *out)
{
    while (body.len) {
        const char *line = memchr(body.at, '\n', body.len < 64 ? body.len : 64);
        uint64_t size;
        if (!line || !span_number((struct span){body.at, (size_t)(line - body.at)}, 16, &size))
            return out->len > 0;
        body.len -= (size_t)(line + 1 - body.at);
        body.at = line + 1;
        if (size > body.len)
            size = body.len;
        if (!size || buf_append(out, body.at, (size_t)size))
            return true;
        body.at += size;
        body.len -= (size_t)size;
        while (body.len && (*body.at == '\r' || *body.at == '\n')) {
            body.at++;
            body.len--;
            if (body.at[-1] == '\n')
                break;
        }
    }
    return true;
}

/* Sends the unpacked bytes. False when nothing could be unpacked: then they are sent as they are.
 */
static bool send_inflated(struct crawl *crawl, struct span body, enum reason *ret_reason)
{
    z_stream stream = {.next_in = (Bytef *)body.at,
                       .avail_in = (uInt)(body.len < UINT32_MAX ? body.len : UINT32_MAX)};
    unsigned char step[32 << 10];
    bool raw = (body.at[0] & 0x0F) != 8 && (unsigned char)body.at[0] != 0x1F;
    int status = Z_OK;

    if (inflateInit2(&stream, raw ? -15 : 15 + 32) != Z_OK)
        return false;
    while (status == Z_OK && !crawl->emit->stop) {
        stream.next_out = step;
        stream.avail_out = sizeof(step);
        status = inflate(&stream, Z_NO_FLUSH);
        emit_child_data(crawl->emit, step, sizeof(step) - stream.avail_out);
        if (stream.total_out > BOMB_FLOOR && stream.total_out / BOMB_RATIO > body.len) {
            *ret_reason = REASON_LIMIT_SIZE;
            break;
        }
        if (status == Z_BUF_ERROR)
            break;
    }
    if (status != Z_STREAM_END && status != Z_OK && *ret_reason == REASON_NONE && stream.total_out)
        *ret_reason = REASON_TRUNCATED;
    bool some = stream.total_out > 0;
    inflateEnd(&stream);
    return some;
}

static void send_body(struct crawl *crawl, struct span http, struct span body, bool cut)
{
    CLEANUP(cleanup_buf) struct buf joined = {0};
    struct span coding = field(http, "Content-Encoding");
    enum reason reason = cut ? REASON_TRUNCATED : REASON_NONE;

    if (span_has(field(http, "Transfer-Encoding"), "chunked")) {
        buf_init(&joined, body.len + 1);
        if (join_chunks(body, &joined) && joined.len)
            body = (struct span){joined.data, joined.len};
    }
    bool packed = span_has(coding, "gzip") || span_has(coding, "deflate");
    if (!packed || !body.len || !send_inflated(crawl, body, &reason))
        emit_child_data(crawl->emit, body.at, body.len);
    emit_child_end(crawl->emit, reason,
                   reason == REASON_LIMIT_SIZE ? "it expands like a bomb"
                                               : "its record ends too early");
}

/* One page or file with its URL. */
static void send_page(struct crawl *crawl, struct span url, struct span type, int64_t when,
                      struct span body, bool is_http, bool cut)
{
    struct span http = {"", 0};
    char mime[TYPE_SPACE];

    if (is_http && body.len > 5 && memcmp(body.at, "HTTP/", 5) == 0) {
        http = take_head(&body);
        struct span said = field(http, "Content-Type");
        type = said.len ? said : type;
    }
    if (!body.len) {
        crawl->others++;
        return;
    }
    size_t type_len = 0;
    while (type_len < type.len && !strchr("; \t\r\n", type.at[type_len]))
        type_len++;
    snprintf(mime, sizeof(mime), "%.*s", (int)(type_len < TYPE_SPACE ? type_len : 0), type.at);
    crawl->pages++;
    crawl->cut += cut;
    if (url.len > NAME_MAX_BYTES / 3)
        url.len = NAME_MAX_BYTES / 3;
    emit_child(crawl->emit, url.len ? url.at : "record", url.len ? url.len : 6, mime, when);
    send_body(crawl, http, body, cut);
}

static struct verdict verdict_of(const struct crawl *crawl, bool damaged)
{
    unsigned long long pages = crawl->pages;

    if (crawl->emit->stop)
        return verdict_failed(crawl->emit->stop_reason, "%llu records were read", pages);
    if (damaged)
        return verdict_failed(pages ? REASON_TRUNCATED : REASON_CORRUPT,
                              "a record's header is damaged; %llu records were read", pages);
    if (crawl->cut)
        return verdict_failed(REASON_TRUNCATED, "the last record is cut; %llu were read", pages);
    return verdict_empty(REASON_CONTAINER, "%llu pages and files; %llu records without any", pages,
                         (unsigned long long)crawl->others);
}

/* ---- records ---- */

/* Requests and notes have no page. A revisit has none either: it says that one was unchanged. */
static bool has_page(struct span type)
{
    return span_has(type, "response") || span_has(type, "resource") ||
           span_has(type, "conversion") || span_has(type, "continuation");
}

/* What the crawl says of itself, a field a line (ISO 28500, 6.2): who made it, with what, why. */
static void tell_info(struct span body, struct emit *emit)
{
    static const struct {
        const char *field, *key;
    } KNOWN[] = {{"software", "producer"},
                 {"operator", "author"},
                 {"description", "description"},
                 {"isPartOf", "title"}};
    enum { FIELDS_TOLD_MAX = 64 };

    for (int told = 0; body.len && told < FIELDS_TOLD_MAX; told++) {
        CLEANUP(cleanup_buf) struct buf line = {0};
        const char *newline = memchr(body.at, '\n', body.len);
        size_t len = newline ? (size_t)(newline - body.at) : body.len;
        const char *key = "property";
        buf_init(&line, META_VALUE_MAX);
        (void)buf_append(&line, body.at, len < META_VALUE_MAX ? len : 0);
        while (line.len && strchr("\r \t", line.data[line.len - 1]))
            line.data[--line.len] = '\0';
        const char *value = strchr(line.data, ':');
        for (size_t i = 0; value && i < ARRAY_LEN(KNOWN); i++)
            if (strncmp(line.data, KNOWN[i].field, (size_t)(value - line.data)) == 0 &&
                !KNOWN[i].field[value - line.data])
                key = KNOWN[i].key;
        bool whole = strcmp(key, "property") == 0;
        if (value)
            emit_meta(emit, key, whole ? line.data : value + 1 + strspn(value + 1, " \t"));
        body.at += len + (newline != NULL);
        body.len -= len + (newline != NULL);
    }
}

struct verdict warc_read(const struct input *input, struct emit *emit)
{
    struct crawl crawl = {.emit = emit};
    struct span rest = {(const char *)input->data, input->len};

    while (!emit->stop) {
        while (rest.len && (*rest.at == '\r' || *rest.at == '\n')) {
            rest.at++;
            rest.len--;
        }
        if (!rest.len)
            return verdict_of(&crawl, false);
        if (rest.len < 6 || memcmp(rest.at, "WARC/", 5) != 0)
            return verdict_of(&crawl, true);
        struct span head = take_head(&rest);
        struct span type = field(head, "Content-Type");
        uint64_t len;
        if (!span_number(field(head, "Content-Length"), 10, &len))
            return verdict_of(&crawl, true);
        bool cut = len > rest.len;
        struct span body = {rest.at, cut ? rest.len : (size_t)len};
        rest.at += body.len;
        rest.len -= body.len;
        if (has_page(field(head, "WARC-Type")))
            send_page(&crawl, field(head, "WARC-Target-URI"), type,
                      time_of(field(head, "WARC-Date")), body, span_has(type, "application/http"),
                      cut);
        else
            crawl.others++;
        if (span_has(field(head, "WARC-Type"), "warcinfo"))
            tell_info(body, emit);
    }
    return verdict_of(&crawl, false);
}

/* A line: URL, address, date, type, length; in version 2 more between type and length. */
struct verdict arc_read(const struct input *input, struct emit *emit)
{
    struct crawl crawl = {.emit = emit};
    struct span rest = {(const char *)input->data, input->len};
    bool first = true;

    for (; !emit->stop; first = false) {
        while (rest.len && (*rest.at == '\r' || *rest.at == '\n')) {
            rest.at++;
            rest.len--;
        }
        const char *line = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
        if (!rest.len || !line)
            return verdict_of(&crawl, rest.len > 0);
        struct span words[16] = {0};
        size_t count = 0;
        for (const char *at = rest.at; at < line && count < 16;) {
            size_t len = 0;
            while (at + len < line && at[len] != ' ' && at[len] != '\r')
                len++;
            words[count++] = (struct span){at, len};
            at += len + 1;
        }
        rest.len -= (size_t)(line + 1 - rest.at);
        rest.at = line + 1;
        while (count && !words[count - 1].len)
            count--;
        uint64_t len = 0;
        if (count < 5 || !span_number(words[count - 1], 10, &len))
            return verdict_of(&crawl, true);
        bool cut = len > rest.len;
        struct span body = {rest.at, cut ? rest.len : (size_t)len};
        rest.at += body.len;
        rest.len -= body.len;
        if (first)
            crawl.others++;
        else
            send_page(&crawl, words[0], words[3], time_of(words[2]), body, true, cut);
    }
    return verdict_of(&crawl, false);
}
