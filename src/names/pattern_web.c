/*
 * Addresses of mail and of the web.
 */
#include <string.h>

#include "base/utf8.h"
#include "names/pattern.h"

enum {
    LOCAL_MAX = 64, /* RFC 5321, 4.5.3.1 */
    DOMAIN_MAX = 253,
    LABEL_MAX = 63,
    TOP_MIN = 2,
    TOP_MAX = 24,
    SCHEME_MAX = 12,
};

static const char *const schemes[] = {"http", "https", "hxxp", "hxxps", "ftp",  "ftps",  "sftp",
                                      "ssh",  "file",  "smb",  "rtsp",  "rtmp", "ws",    "wss",
                                      "git",  "ldap",  "tg",   "irc",   "nntp", "telnet"};

/* Endings that make a host of words without a scheme. */
static const char *const known_tops[] = {"com", "org", "net", "info", "gov", "edu",  "mil", "int",
                                         "ir",  "iq",  "lb",  "sy",   "sa",  "ae",   "kw",  "qa",
                                         "tv",  "uk",  "me",  "ly",   "be",  "onion"};

/* What stands behind a dot in names of files, never of hosts. */
static const char *const file_ends[] = {"png", "jpg", "jpeg", "gif", "svg", "webp",
                                        "css", "js",  "html", "pdf", "doc", "docx"};

static bool in_list(const char *text, size_t len, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < len && list[i][k] &&
               list[i][k] == (text[k] >= 'A' && text[k] <= 'Z' ? text[k] + ('a' - 'A') : text[k]))
            k++;
        if (k == len && !list[i][k])
            return true;
    }
    return false;
}

#define IN_LIST(text, len, list) in_list(text, len, list, sizeof(list) / sizeof((list)[0]))

static bool is_alnum(unsigned char c)
{
    return is_latin(c) || is_digit(c);
}

static bool is_atext(unsigned char c) /* RFC 5322, 3.2.3, and the dot */
{
    return is_alnum(c) || (c && c < 0x80 && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

static bool is_latin_letter(uint32_t rune)
{
    return (rune >= 0xC0 && rune < 0x250 && rune != 0xD7 && rune != 0xF7) ||
           (rune >= 0x1E00 && rune < 0x1F00);
}

/* ---- domains ---- */

/* The end of one label, or `at`: letters of one script, digits, hyphens within. */
static size_t label_end(const char *text, size_t len, size_t at, bool foreign)
{
    size_t end = at;

    while (end < len) {
        uint32_t rune;
        size_t step = utf8_decode(text + end, len - end, &rune);
        bool fits = is_digit(rune) || rune == '-' || is_latin_letter(rune) ||
                    (foreign ? rune >= 0x80 && is_letter(rune) : is_latin(rune));
        if (!fits || end + step - at > LABEL_MAX)
            break;
        end += step;
    }
    while (end > at && text[end - 1] == '-')
        end--;
    return text[at] == '-' ? at : end;
}

static bool foreign_at(const char *text, size_t len, size_t at)
{
    uint32_t rune;

    (void)utf8_decode(text + at, len - at, &rune);
    return rune >= 0x80 && !is_latin_letter(rune);
}

/* A dot between labels, also as people defuse it: "[.]", "(dot)". Its bytes, or 0. */
static size_t dot_len(const char *text, size_t len, size_t at)
{
    static const char *const dots[] = {"[.]", "(.)", "[dot]", "(dot)", " [dot] ", " (dot) "};

    if (text[at] == '.')
        return 1;
    for (size_t i = 0; i < sizeof(dots) / sizeof(dots[0]); i++) {
        size_t size = strlen(dots[i]);
        if (len - at >= size && !memcmp(text + at, dots[i], size))
            return size;
    }
    return 0;
}

static bool top_sound(const char *text, size_t from, size_t to)
{
    size_t letters = 0;

    if (to - from >= 4 && !memcmp(text + from, "xn--", 4))
        return true;
    for (size_t i = from; i < to; i++)
        letters += !is_digit((unsigned char)text[i]) && text[i] != '-';
    return letters == to - from && letters >= TOP_MIN && letters <= TOP_MAX;
}

static size_t ipv4_end(const char *text, size_t len, size_t at)
{
    for (int part = 0; part < 4; part++) {
        unsigned number = 0;
        size_t start = at;
        while (at < len && at - start < 3 && is_digit((unsigned char)text[at]))
            number = number * 10 + (unsigned)(text[at++] - '0');
        if (at == start || number > 255)
            return 0;
        if (part < 3 && (at >= len || text[at++] != '.'))
            return 0;
    }
    return at < len && is_alnum((unsigned char)text[at]) ? 0 : at;
}

/* The end of a domain with at least one dot at `at`, or 0. */
static size_t domain_end(const char *text, size_t len, size_t at)
{
    size_t start = at;
    size_t end = 0;
    bool dotted = false;

    while (at < len && at - start < DOMAIN_MAX) {
        size_t stop = label_end(text, len, at, foreign_at(text, len, at));
        if (stop == at)
            break;
        if (dotted && top_sound(text, at, stop))
            end = stop;
        size_t dot = stop < len ? dot_len(text, len, stop) : 0;
        if (!dot)
            break;
        at = stop + dot;
        dotted = true;
    }
    return end;
}

/* ---- mail ---- */

/* The first byte of a local part that ends before `at`; `at` if there is none. */
static size_t local_start(const char *text, size_t floor, size_t at)
{
    size_t start = at;
    bool foreign = false;

    while (start > floor && at - start < LOCAL_MAX) {
        size_t step = 1;
        uint32_t rune;
        while (step < 4 && start - step > floor &&
               ((unsigned char)text[start - step] & 0xC0) == 0x80)
            step++;
        (void)utf8_decode(text + start - step, step, &rune);
        if (rune < 0x80 ? !is_atext((unsigned char)rune)
                        : !is_letter(rune) || rune == UTF8_REPLACEMENT)
            break;
        bool other = rune >= 0x80 && !is_latin_letter(rune);
        if (start == at)
            foreign = other;
        else if (other != foreign && (other || is_latin(rune)))
            break; /* a word of another script is written on to it */
        start -= step;
    }
    while (start < at && (unsigned char)text[start] < 0x80 &&
           !is_alnum((unsigned char)text[start]) && text[start] != '_')
        start++;
    return start;
}

static size_t mail_domain_end(const char *text, size_t len, size_t at)
{
    if (at < len && text[at] == '[') {
        size_t end = ipv4_end(text, len, at + 1);
        return end && end < len && text[end] == ']' ? end + 1 : 0;
    }
    return at < len ? domain_end(text, len, at) : 0;
}

bool pattern_email(const char *text, size_t len, size_t floor, size_t at, struct span *ret)
{
    static const char *const signs[] = {" (at) ", " [at] ", "(at)", "[at]"};
    size_t sign = text[at] == '@';
    size_t before = at;

    for (size_t i = 0; !sign && i < sizeof(signs) / sizeof(signs[0]); i++) {
        size_t size = strlen(signs[i]);
        size_t lead = signs[i][0] == ' ';
        if (at < floor + lead || len - (at - lead) < size ||
            memcmp(text + at - lead, signs[i], size) != 0)
            continue;
        sign = size - lead;
        before = at - lead;
    }
    if (!sign || before == floor || text[before - 1] == '.')
        return false;
    ret->from = local_start(text, floor, before);
    ret->to = mail_domain_end(text, len, at + sign);
    if (ret->from == before || !ret->to)
        return false;
    size_t top = ret->to;
    while (top > at && text[top - 1] != '.')
        top--;
    return !IN_LIST(text + top, ret->to - top, file_ends);
}

/* ---- the web ---- */

static bool in_url(const char *text, size_t len, size_t at, size_t *ret_step)
{
    unsigned char c = (unsigned char)text[at];
    uint32_t rune;

    *ret_step = 1;
    if (c < 0x80)
        return is_alnum(c) || (c && strchr("-._~:/?#[]@!$&'()*+,;=%", c));
    *ret_step = utf8_decode(text + at, len - at, &rune);
    return rune == 0x200C || (rune != UTF8_REPLACEMENT && is_letter(rune)) ||
           (rune >= 0x660 && rune <= 0x669);
}

/* Takes off what ends a sentence or a bracket that was opened before the URL. */
static size_t url_trim(const char *text, size_t from, size_t end)
{
    int open = 0;

    for (size_t i = from; i < end; i++)
        open += (text[i] == '(') - (text[i] == ')');
    while (end > from) {
        char c = text[end - 1];
        if (c == ')' && open < 0)
            open++;
        else if (c == ')' || !strchr(".,;:!?'[]*(", c))
            return end;
        else if (c == '(')
            open--;
        end--;
    }
    return end;
}

/* The end of the URL whose host begins at `host`. */
static size_t url_end(const char *text, size_t len, size_t from, size_t host)
{
    size_t end = host;
    size_t step;

    while (end < len && in_url(text, len, end, &step))
        end += step;
    return url_trim(text, from, end);
}

bool pattern_url(const char *text, size_t len, size_t floor, size_t at, struct span *ret)
{
    size_t from = at;
    size_t host = at + 3;

    while (from > floor && at - from < SCHEME_MAX && is_latin((unsigned char)text[from - 1]))
        from--;
    if (!IN_LIST(text + from, at - from, schemes) || host >= len)
        return false;
    ret->from = from;
    ret->to = url_end(text, len, from, host);
    /* What is behind the slashes begins as a host does, or as a path. */
    unsigned char first = (unsigned char)text[host];
    return ret->to > host && (is_alnum(first) || first >= 0x80 || first == '[' || first == '/');
}

bool pattern_www(const char *text, size_t len, size_t at, struct span *ret)
{
    size_t host = domain_end(text, len, at);

    if (!host || host < at + 7)
        return false;
    ret->from = at;
    ret->to = url_end(text, len, at, host);
    return true;
}

bool pattern_host(const char *text, size_t len, size_t floor, size_t at, struct span *ret)
{
    size_t top = at + 1;
    size_t end = top;
    size_t from = at;

    while (end < len && end - top < LABEL_MAX && is_latin((unsigned char)text[end]))
        end++;
    if (end < len &&
        (is_alnum((unsigned char)text[end]) || text[end] == '-' || text[end] == '_' ||
         text[end] == '@' ||
         (text[end] == '.' && end + 1 < len && is_alnum((unsigned char)text[end + 1]))))
        return false;
    if (!IN_LIST(text + top, end - top, known_tops) || (text[top] & 32) == 0)
        return false;
    while (
        from > floor && at - from < DOMAIN_MAX &&
        (is_alnum((unsigned char)text[from - 1]) || text[from - 1] == '-' || text[from - 1] == '.'))
        from--;
    while (from < at && !is_alnum((unsigned char)text[from]))
        from++;
    if (at == from || (from > floor && (text[from - 1] == '@' || text[from - 1] == '_')) ||
        domain_end(text, end, from) != end)
        return false;
    /* "it.me" and "p.me" are slips of the keyboard unless a path follows. */
    bool path = end < len && text[end] == '/';
    if (end - top < 3 && !path && at - from < 4)
        return false;
    ret->from = from;
    ret->to = path ? url_end(text, len, from, end) : end;
    return true;
}
