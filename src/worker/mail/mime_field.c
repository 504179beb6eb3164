#include "worker/mail/mime_field.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "worker/plain/charset.h"
#include "worker/mail/mime_decode.h"

static void words_decode(const char *charset, const char *raw, size_t len, struct buf *out);

enum { WORD_MAX = 16 << 10, CHARSET_MAX = 64, SECTIONS_MAX = 100, NAME_MAX_LEN = 48 };

static size_t line_length(const char *data, size_t len)
{
    const char *newline = memchr(data, '\n', len);

    return newline ? (size_t)(newline - data) + 1 : len;
}

/* Length of a field's name at the start of a line, with white space before the colon; 0 for none.
 */
static size_t field_name(const char *line, size_t len)
{
    size_t n = 0;

    while (n < len && (unsigned char)line[n] > ' ' && line[n] != ':' && line[n] != 0x7F)
        n++;
    size_t end = n;
    while (end < len && (line[end] == ' ' || line[end] == '\t'))
        end++;
    return n && end < len && line[end] == ':' ? end : 0;
}

static bool is_blank_line(const char *line, size_t len)
{
    return len == 0 || line[0] == '\n' || (len > 1 && line[0] == '\r' && line[1] == '\n');
}

/* Whether a line is a field whose name no sentence has: one of the usual ones, or with a hyphen. */
static bool is_usual_field(const char *line, size_t len)
{
    static const char *const USUAL[] = {"from", "to",     "cc",   "bcc",        "subject",
                                        "date", "sender", "path", "newsgroups", "received"};
    size_t n = field_name(line, len);

    while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
        n--;
    for (size_t i = 0; i < sizeof(USUAL) / sizeof(USUAL[0]); i++)
        if (n == strlen(USUAL[i]) && strncasecmp(line, USUAL[i], n) == 0)
            return true;
    return n > 3 && memchr(line, '-', n) != NULL && line[0] != '-';
}

/* Whether the header goes on behind a line that is no field: it is the torn end of the field before
 * (an address that was opened and not closed), or one stray line among fields. */
static bool is_stray_line(const char *data, size_t len, size_t before, size_t at)
{
    size_t line = line_length(data + at, len - at);
    const char *open = memrchr(data + before, '<', at - before);
    bool torn =
        open && !memchr(open, '>', (size_t)(data + at - open)) && memchr(data + at, '>', line);

    at += line;
    if (at >= len)
        return false;
    line = line_length(data + at, len - at);
    if (torn && (is_blank_line(data + at, line) || field_name(data + at, line)))
        return true;
    if ((data[at] == ' ' || data[at] == '\t') && at + line < len) {
        at += line; /* the stray line was folded */
        line = line_length(data + at, len - at);
    }
    return is_usual_field(data + at, line);
}

size_t mime_head_length(const char *data, size_t len)
{
    size_t before = 0;
    bool any = false;

    for (size_t at = 0; at < len;) {
        size_t line = line_length(data + at, len - at);
        bool envelope = (at == 0 && line > 5 && memcmp(data, "From ", 5) == 0) ||
                        (line > 6 && memcmp(data + at, ">From ", 6) == 0);
        if (is_blank_line(data + at, line))
            return at + line;
        bool folded = at && (data[at] == ' ' || data[at] == '\t');
        bool field = field_name(data + at, line) > 0;
        if (!folded && !envelope && !field && !(any && is_stray_line(data, len, before, at)))
            return at;
        any |= field;
        before = field ? at : before;
        at += line;
    }
    return len;
}

/* Appends a value with each fold made one space; returns where the next field starts. */
static size_t unfold(const char *head, size_t len, size_t at, struct buf *out)
{
    bool first = true;

    while (at < len && (first || head[at] == ' ' || head[at] == '\t')) {
        size_t line = line_length(head + at, len - at);
        size_t text = line;
        size_t start = 0;
        if (!first && is_blank_line(head + at, line))
            break;
        while (text && (head[at + text - 1] == '\n' || head[at + text - 1] == '\r'))
            text--;
        while (!first && start < text && (head[at + start] == ' ' || head[at + start] == '\t'))
            start++;
        if (out && !first)
            (void)buf_append_char(out, ' ');
        if (out)
            (void)buf_append(out, head + at + start, text - start);
        first = false;
        at += line;
    }
    return at;
}

/* Finds the next field of this name at or after *at, which moves behind it. */
static bool next_field(const char *head, size_t len, const char *name, size_t *at, struct buf *out)
{
    size_t want = strlen(name);

    while (*at < len) {
        size_t line = line_length(head + *at, len - *at);
        size_t n = field_name(head + *at, line);
        bool found = n >= want && strncasecmp(head + *at, name, want) == 0 &&
                     (n == want || head[*at + want] == ' ' || head[*at + want] == '\t');
        if (!n) {
            *at += line;
            continue;
        }
        *at = unfold(head, len, *at + n + 1, found ? out : NULL);
        if (found)
            return true;
    }
    return false;
}

static void trim(struct buf *text)
{
    size_t start = 0;

    while (text->len && isspace((unsigned char)text->data[text->len - 1]))
        text->data[--text->len] = '\0';
    while (start < text->len && isspace((unsigned char)text->data[start]))
        start++;
    buf_consume(text, start);
}

bool mime_field_raw(const char *head, size_t len, const char *name, struct buf *out)
{
    size_t at = 0;

    if (!next_field(head, len, name, &at, out))
        return false;
    trim(out);
    return true;
}

/* Fields with raw bytes are mostly in the character set of the body. */
static void body_charset(const char *head, size_t len, char out[CHARSET_MAX])
{
    CLEANUP(cleanup_buf) struct buf type = {0};
    CLEANUP(cleanup_buf) struct buf value = {0};

    out[0] = '\0';
    buf_init(&type, FIELD_MAX);
    buf_init(&value, FIELD_MAX);
    if (mime_field_raw(head, len, "Content-Type", &type) &&
        mime_parameter(type.data, type.len, "charset", &value) && value.len < CHARSET_MAX)
        memcpy(out, value.data, value.len + 1);
}

static bool has_raw_bytes(const struct buf *raw)
{
    for (size_t i = 0; i < raw->len; i++)
        if ((unsigned char)raw->data[i] >= 0x80)
            return true;
    return false;
}

/* Raw bytes of which so few are not ASCII that a guess would be one: the West's set. */
static bool is_sparse(const struct buf *raw)
{
    size_t high = 0;

    for (size_t i = 0; i < raw->len; i++)
        high += (unsigned char)raw->data[i] >= 0x80;
    return high * 8 < raw->len;
}

static void decode_field(const char *head, size_t len, const struct buf *raw, struct buf *out)
{
    char charset[CHARSET_MAX] = "";

    if (has_raw_bytes(raw)) {
        body_charset(head, len, charset);
        if (!charset_known(charset) && is_sparse(raw))
            memcpy(charset, "windows-1252", sizeof("windows-1252"));
    }
    words_decode(charset, raw->data, raw->len, out);
}

bool mime_field_text(const char *head, size_t len, const char *name, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf raw = {0};

    buf_init(&raw, FIELD_MAX);
    if (!mime_field_raw(head, len, name, &raw))
        return false;
    decode_field(head, len, &raw, out);
    return true;
}

bool mime_field_all(const char *head, size_t len, const char *name, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf raw = {0};
    bool found = false;

    buf_init(&raw, FIELD_MAX);
    for (size_t at = 0; next_field(head, len, name, &at, &raw); buf_clear(&raw)) {
        trim(&raw);
        if (found && raw.len)
            (void)buf_append_str(out, ", ");
        decode_field(head, len, &raw, out);
        found = true;
    }
    return found;
}

void mime_text(const char *declared, const char *data, size_t len, struct buf *out)
{
    const char *known = charset_known(declared);
    bool hidden = known && (strncmp(known, "ISO-2022", 8) == 0 || strcmp(known, "UTF-7") == 0);

    if (hidden && charset_to_utf8(known, data, len, out) == 0)
        return;
    (void)charset_text(declared, data, len, out);
}

/* ---- encoded words ---- */

struct encoded {
    char charset[CHARSET_MAX];
    char encoding; /* 'b' or 'q' */
    const char *text;
    size_t len;
    size_t whole; /* bytes of =?...?= */
};

/* Whether an encoded word starts here. Spaces inside are forgiven in quoted ones. */
static bool encoded_at(const char *at, size_t len, struct encoded *ret)
{
    if (len < 8 || at[0] != '=' || at[1] != '?')
        return false;
    if (len > WORD_MAX)
        len = WORD_MAX;
    const char *question = memchr(at + 2, '?', len - 2);
    if (!question || question - at - 2 >= CHARSET_MAX || question == at + 2)
        return false;
    size_t n = (size_t)(question - at - 2);
    memcpy(ret->charset, at + 2, n);
    ret->charset[n] = '\0';
    char *language = strchr(ret->charset, '*');
    if (language)
        *language = '\0';
    const char *end = at + len;
    if (end - question < 5 || question[2] != '?')
        return false;
    ret->encoding = (char)tolower((unsigned char)question[1]);
    if (ret->encoding != 'b' && ret->encoding != 'q')
        return false;
    ret->text = question + 3;
    const char *close = memmem(ret->text, (size_t)(end - ret->text), "?=", 2);
    /* "=?x?q?=41?=": the first "?=" may be the start of the text */
    if (close == ret->text && end - close > 2 && ret->encoding == 'q' && mime_hex(close[2]) >= 0)
        close = memmem(close + 2, (size_t)(end - close - 2), "?=", 2);
    if (!close || memchr(ret->text, '\n', (size_t)(close - ret->text)))
        return false;
    ret->len = (size_t)(close - ret->text);
    ret->whole = (size_t)(close + 2 - at);
    return true;
}

static void decode_into(const struct encoded *word, struct buf *bytes)
{
    if (word->encoding == 'b')
        mime_decode_base64(word->text, word->len, bytes);
    else
        mime_decode_quoted(word->text, word->len, 1, bytes);
}

/* Decodes a run of encoded words in one character set at `at`, joining their bytes first, because a
 * character may be cut between two. Returns the bytes used. */
static size_t decode_run(const char *raw, size_t len, size_t at, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct encoded word = {0};
    struct encoded next;
    size_t start = at;

    buf_init(&bytes, FIELD_MAX);
    (void)encoded_at(raw + at, len - at, &word);
    decode_into(&word, &bytes);
    at += word.whole;
    for (;;) {
        size_t space = at;
        while (space < len && isspace((unsigned char)raw[space]))
            space++;
        if (!encoded_at(raw + space, len - space, &next))
            break;
        if (strcasecmp(next.charset, word.charset) != 0) {
            at = space;
            break;
        }
        decode_into(&next, &bytes);
        at = space + next.whole;
    }
    mime_text(word.charset, bytes.data, bytes.len, out);
    return at - start;
}

static void words_decode(const char *charset, const char *raw, size_t len, struct buf *out)
{
    struct encoded word;

    for (size_t at = 0; at < len;) {
        size_t plain = at;
        while (at < len && !(raw[at] == '=' && encoded_at(raw + at, len - at, &word)))
            at++;
        if (at > plain)
            mime_text(charset, raw + plain, at - plain, out);
        if (at < len)
            at += decode_run(raw, len, at, out);
    }
}

void mime_words_decode(const char *raw, size_t len, struct buf *out)
{
    words_decode(NULL, raw, len, out);
}

/* ---- parameters ---- */

struct parameter {
    char name[NAME_MAX_LEN];
    struct buf value;
    bool quoted;
};

/* Reads the next "; name=value" at or after *at. */
static bool next_parameter(const char *raw, size_t len, size_t *at, struct parameter *ret)
{
    size_t n = 0;
    size_t i = *at;

    while (i < len && (raw[i] == ';' || isspace((unsigned char)raw[i])))
        i++;
    while (i < len && raw[i] != '=' && raw[i] != ';') {
        if (!isspace((unsigned char)raw[i]) && n < NAME_MAX_LEN - 1)
            ret->name[n++] = raw[i];
        i++;
    }
    ret->name[n] = '\0';
    buf_clear(&ret->value);
    ret->quoted = false;
    if (i < len && raw[i] == '=') {
        i++;
        while (i < len && isspace((unsigned char)raw[i]))
            i++;
        ret->quoted = i < len && raw[i] == '"';
        i += ret->quoted;
        while (i < len && raw[i] != (ret->quoted ? '"' : ';')) {
            if (ret->quoted && raw[i] == '\\' && i + 1 < len && strchr("\"\\", raw[i + 1]))
                i++;
            (void)buf_append_char(&ret->value, raw[i++]);
        }
        while (i < len && raw[i] != ';')
            i++;
        if (!ret->quoted)
            trim(&ret->value);
    }
    bool more = i > *at;
    *at = i;
    return more && n > 0;
}

static void percent_decode(const char *text, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len; i++) {
        int high = text[i] == '%' && i + 2 < len ? mime_hex(text[i + 1]) : -1;
        int low = high >= 0 ? mime_hex(text[i + 2]) : -1;
        if (text[i] == '%' && i + 3 == len) {
            high = mime_hex(text[i + 1]);
            low = mime_hex(text[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            (void)buf_append_char(out, (char)(high << 4 | low));
            i += 2;
        } else {
            (void)buf_append_char(out, text[i]);
        }
    }
}

/* The sections of an RFC 2231 parameter as they come; the first may name a character set. */
struct sections {
    struct buf bytes;
    char charset[CHARSET_MAX];
    unsigned count;
};

static void section_add(struct sections *sections, const struct parameter *parameter, bool extended)
{
    const char *text = parameter->value.data;
    size_t len = parameter->value.len;
    const char *quote = extended && sections->count == 0 ? memchr(text, '\'', len) : NULL;
    const char *second = quote ? strchr(quote + 1, '\'') : NULL;

    if (second && quote - text < CHARSET_MAX) {
        memcpy(sections->charset, text, (size_t)(quote - text));
        len -= (size_t)(second + 1 - text);
        text = second + 1;
    }
    if (extended)
        percent_decode(text, len, &sections->bytes);
    else
        (void)buf_append(&sections->bytes, text, len);
    sections->count++;
}

bool mime_parameter(const char *raw, size_t len, const char *name, struct buf *out)
{
    struct parameter parameter;
    struct sections sections = {0};
    size_t want = strlen(name);
    const char *semicolon = memchr(raw, ';', len);
    bool found = false;

    if (!semicolon)
        return false;
    buf_init(&parameter.value, FIELD_MAX);
    buf_init(&sections.bytes, FIELD_MAX);
    for (size_t at = (size_t)(semicolon - raw); next_parameter(raw, len, &at, &parameter);) {
        const char *rest = parameter.name + want;
        if (strncasecmp(parameter.name, name, want) != 0)
            continue;
        if (*rest == '\0' && !found) {
            mime_words_decode(parameter.value.data, parameter.value.len, out);
            found = true;
        } else if (*rest == '*' && sections.count < SECTIONS_MAX) {
            section_add(&sections, &parameter, rest[strlen(rest) - 1] == '*');
        }
    }
    if (sections.count) {
        buf_clear(out);
        mime_text(sections.charset, sections.bytes.data, sections.bytes.len, out);
    }
    buf_release(&parameter.value);
    buf_release(&sections.bytes);
    return found || sections.count;
}
