#include "worker/sniff/sniff.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

enum { SHAPE_LINES = 16, PLIST_WITHIN = 512 };

static bool starts(const char *text, size_t len, const char *with)
{
    size_t n = strlen(with);

    return len >= n && strncasecmp(text, with, n) == 0;
}

static bool has(const char *text, size_t len, const char *what)
{
    size_t n = strlen(what);

    for (size_t at = 0; at + n <= len; at++)
        if ((text[at] | 0x20) == (what[0] | 0x20) && strncasecmp(text + at, what, n) == 0)
            return true;
    return false;
}

/* Length of a header field's name at the start of a line ("Subject" of "Subject: x"), or 0. Some
 * programs put white space before the colon; *ret_colon is where that stands. */
static size_t field_name(const char *line, size_t len, size_t *ret_colon)
{
    size_t n = 0;

    while (n < len && n < 64 &&
           (isalnum((unsigned char)line[n]) || line[n] == '-' || line[n] == '_'))
        n++;
    *ret_colon = n;
    while (*ret_colon < len && (line[*ret_colon] == ' ' || line[*ret_colon] == '\t'))
        ++*ret_colon;
    return n && *ret_colon < len && line[*ret_colon] == ':' ? n : 0;
}

static bool is_known_field(const char *name, size_t len)
{
    static const char *const KNOWN[] = {"from",          "to",          "cc",
                                        "subject",       "date",        "message-id",
                                        "received",      "return-path", "mime-version",
                                        "content-type",  "reply-to",    "x-mailer",
                                        "delivered-to",  "sender",      "in-reply-to",
                                        "references",    "bcc",         "content-transfer-encoding",
                                        "newsgroups",    "path",        "content-disposition",
                                        "user-agent",    "x-priority",  "list-id",
                                        "x-original-to", "envelope-to", "dkim-signature"};

    for (size_t i = 0; i < ARRAY_LEN(KNOWN); i++)
        if (len == strlen(KNOWN[i]) && strncasecmp(name, KNOWN[i], len) == 0)
            return true;
    return false;
}

/* Header fields, known to mail and found at the start of the text, before a blank line. Behind
 * three of them a stray line is forgiven: mail that went through bad hands has some. */
static int mail_fields(const char *text, size_t len)
{
    enum { STRAYS_MAX = 2, FIELDS_MIN = 3 };
    int known = 0;
    int strays = 0;

    for (size_t at = 0; at < len;) {
        const char *line = text + at;
        const char *newline = memchr(line, '\n', len - at);
        size_t line_len = newline ? (size_t)(newline - line) : len - at;
        size_t colon;
        size_t n = field_name(line, line_len, &colon);
        if (line_len == 0 || line[0] == '\r')
            break;
        if (n == 0 && line[0] != ' ' && line[0] != '\t' && !starts(line, line_len, "From ") &&
            !starts(line, line_len, ">From ") && (known == 0 || ++strays > STRAYS_MAX))
            return known >= FIELDS_MIN ? known : 0;
        known += n && is_known_field(line, n);
        at += line_len + 1;
    }
    return strays && known < FIELDS_MIN ? 0 : known;
}

/* The time and year that end an mbox separator: "... 10:00:00 2009". */
static bool ends_in_time(const char *line, size_t len)
{
    while (len && isspace((unsigned char)line[len - 1]))
        len--;
    const char *colon = len ? memrchr(line, ':', len) : NULL;
    return colon && len > 4 && isdigit((unsigned char)line[len - 1]) &&
           isdigit((unsigned char)colon[-1]) && isdigit((unsigned char)colon[1]);
}

/* "From someone Mon Jan  1 00:00:00 2001", or that and header fields. */
static bool is_mbox(const char *text, size_t len)
{
    if (len < 5 || memcmp(text, "From ", 5) != 0)
        return false;
    const char *newline = memchr(text, '\n', len);
    if (!newline)
        return false;
    return ends_in_time(text, (size_t)(newline - text)) ||
           mail_fields(newline + 1, len - (size_t)(newline + 1 - text)) >= 2;
}

/* Apple's .emlx: a line with the length of the message, then the message. */
static bool is_emlx(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && n < 12 && isdigit((unsigned char)text[n]))
        n++;
    size_t digits = n;
    while (n < len && text[n] == ' ')
        n++;
    return digits && n < len && text[n] == '\n' && mail_fields(text + n + 1, len - n - 1) >= 2;
}

/* Office's documents of one XML file, by the namespaces that their roots declare: Flat OPC, and the
 * formats of Office 2003. */
static const char *by_office_namespace(const char *text, size_t len)
{
    if (has(text, len, "schemas.microsoft.com/office/2006/xmlPackage"))
        return has(text, len, "progid=\"Word.Document") ? "application/vnd.ms-word2006ml"
                                                        : "application/vnd.ms-package.flat-opc";
    if (has(text, len, "wordDocument") &&
        has(text, len, "schemas.microsoft.com/office/word/2003/wordml"))
        return "application/vnd.ms-wordml";
    if (has(text, len, "Workbook") &&
        has(text, len, "urn:schemas-microsoft-com:office:spreadsheet"))
        return "application/vnd.ms-spreadsheetml";
    return NULL;
}

static const char *by_markup(const char *text, size_t len)
{
    size_t window = len < 4096 ? len : 4096;

    if (starts(text, len, "<!doctype html") || starts(text, len, "<html"))
        return "text/html";
    if (starts(text, len, "<?xml") || starts(text, len, "<!--") || starts(text, len, "<!doctype")) {
        if (has(text, len < PLIST_WITHIN ? len : PLIST_WITHIN, "<plist"))
            return "application/x-plist";
        if (has(text, window, "<html") || has(text, window, "<!doctype html"))
            return "text/html";
        if (has(text, window, "<svg"))
            return "image/svg+xml";
        if (has(text, window, "<FictionBook"))
            return "application/x-fictionbook+xml";
        /* its root names nearly all namespaces there are before it says what it is */
        if (has(text, window, "<office:document") && !has(text, window, "<office:document-"))
            return "application/vnd.oasis.opendocument.flat";
        const char *office = by_office_namespace(text, window);
        if (office)
            return office;
        return starts(text, len, "<!--") ? NULL : "text/xml";
    }
    if (starts(text, len, "<plist"))
        return "application/x-plist";
    if (starts(text, len, "<FictionBook"))
        return "application/x-fictionbook+xml";
    if (starts(text, len, "<svg"))
        return "image/svg+xml";
    if (starts(text, len, "<pkg:package") || starts(text, len, "<w:wordDocument") ||
        starts(text, len, "<Workbook") || starts(text, len, "<ss:Workbook") ||
        starts(text, len, "<?mso-application"))
        return by_office_namespace(text, window);
    if (len && text[0] == '<' &&
        (has(text, window, "<html") || has(text, window, "<head>") || has(text, window, "<body") ||
         has(text, window, "<title") || has(text, window, "<meta ")))
        return "text/html";
    return NULL;
}

/* Fields in a line at this separator, quotes respected. */
static unsigned fields_at(const char *line, size_t len, char separator)
{
    unsigned fields = 1;
    bool quoted = false;

    for (size_t i = 0; i < len; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        fields += line[i] == separator && !quoted;
    }
    return fields;
}

/* Whether several lines have the same number (three or more) of fields. */
static bool is_table(const char *text, size_t len, char separator)
{
    unsigned fields = 0;
    int lines = 0;

    for (size_t at = 0; at < len && lines < SHAPE_LINES; lines++) {
        const char *newline = memchr(text + at, '\n', len - at);
        if (!newline)
            break;
        size_t line_len = (size_t)(newline - text) - at;
        unsigned now = fields_at(text + at, line_len, separator);
        if (now < 3 || (fields && now != fields))
            return false;
        fields = now;
        at += line_len + 1;
    }
    return lines >= 3;
}

static const char *by_json(const char *text, size_t len)
{
    const char *newline = memchr(text, '\n', len);
    size_t first = newline ? (size_t)(newline - text) : len;

    if (len < 2 || (text[0] != '{' && text[0] != '['))
        return NULL;
    while (first && isspace((unsigned char)text[first - 1]))
        first--;
    if (newline && text[0] == '{' && first > 2 && text[first - 1] == '}' &&
        (size_t)(newline + 1 - text) < len && newline[1] == '{')
        return "application/x-ndjson";
    size_t at = 1;
    while (at < len && isspace((unsigned char)text[at]))
        at++;
    if (at == len)
        return NULL;
    if (text[0] == '{')
        return text[at] == '"' || text[at] == '}' ? "application/json" : NULL;
    return strchr("{[\"]", text[at]) ? "application/json" : NULL;
}

static const char *by_first_line(const char *text, size_t len)
{
    if (starts(text, len, "BEGIN:VCALENDAR"))
        return "text/calendar";
    if (starts(text, len, "BEGIN:VCARD"))
        return "text/vcard";
    if (starts(text, len, "WEBVTT"))
        return "text/vtt";
    if (len > 2 && memcmp(text, "#!", 2) == 0)
        return "text/x-shellscript";
    return NULL;
}

/* Length of the header block at the start. */
static size_t header_length(const char *text, size_t len)
{
    const char *end = memmem(text, len, "\n\n", 2);
    const char *dos = memmem(text, len, "\n\r\n", 3);

    if (!end || (dos && dos < end))
        end = dos;
    return end ? (size_t)(end - text) : len;
}

/* A web page saved in one file looks like mail: parts that belong together, and a note of the
 * browser that saved it, or nobody who sent it. */
static bool is_saved_page(const char *text, size_t len, const char *named)
{
    size_t head = header_length(text, len);

    if (!has(text, head, "multipart/related"))
        return false;
    if (named && strcmp(named, "multipart/related") == 0)
        return true;
    return has(text, head, "\nSnapshot-Content-Location:") || has(text, head, "<Saved by ") ||
           (!starts(text, head, "From:") && !has(text, head, "\nFrom:") &&
            !has(text, head, "Received:") && !has(text, head, "\nTo:"));
}

static const char *by_mail(const char *text, size_t len, const char *named)
{
    bool called_mail = named && strcmp(named, "message/rfc822") == 0;
    if (is_mbox(text, len)) /* one message may have kept its envelope line */
        return called_mail ? "message/rfc822" : "application/mbox";
    if (is_emlx(text, len))
        return "message/x-emlx";
    int fields = mail_fields(text, len);
    bool called_page = named && strcmp(named, "multipart/related") == 0;
    if ((fields >= 2 || (fields >= 1 && called_page)) && is_saved_page(text, len, named))
        return "multipart/related";
    return fields >= 3 || (fields >= 1 && called_mail) ? "message/rfc822" : NULL;
}

const char *sniff_text(const char *text, size_t len, const char *name)
{
    const char *named = sniff_name(name);

    while (len && isspace((unsigned char)*text)) {
        text++;
        len--;
    }
    const char *found = by_first_line(text, len);
    if (!found)
        found = by_mail(text, len, named);
    if (!found)
        found = by_markup(text, len);
    if (!found)
        found = by_json(text, len);
    if (found)
        return found;
    /* what only a name can tell apart, where the bytes do not contradict it */
    if (named && (strncmp(named, "text/", 5) == 0 || strcmp(named, "application/x-subrip") == 0) &&
        strcmp(named, "text/xml") != 0)
        return named;
    if (is_table(text, len, ','))
        return "text/csv";
    if (is_table(text, len, '\t'))
        return "text/tab-separated-values";
    return is_table(text, len, ';') ? "text/csv" : NULL;
}
