#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "worker/sniff/sniff.h"

enum { HEAD = 1024, TAIL = 2048, BODY = 64 << 10 };

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* "%!PS-Adobe-3.0 PDF-1.4", as the implementation notes of PDF allow. */
static bool has_postscript_header(const unsigned char *data, size_t len)
{
    const unsigned char *end = len > 4 ? memchr(data, '\n', len < 80 ? len : 80) : NULL;
    const unsigned char *cr = len > 4 ? memchr(data, '\r', len < 80 ? len : 80) : NULL;

    if (!end || (cr && cr < end))
        end = cr;
    return end && memmem(data, (size_t)(end - data), " PDF-", 5);
}

/* The header at the start of a line, in letters of any size. */
static bool has_header(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i + 6 <= len && i < HEAD; i++)
        if (data[i] == '%' && (i == 0 || data[i - 1] == '\n' || data[i - 1] == '\r') &&
            strncasecmp((const char *)data + i, "%PDF-", 5) == 0 && is_digit(data[i + 5]))
            return true;
    return false;
}

/* "12 0 obj" at the start of a line. */
static bool has_object(const unsigned char *data, size_t len)
{
    const unsigned char *at = data;
    const unsigned char *end = data + (len < BODY ? len : BODY);

    while ((at = memmem(at, (size_t)(end - at), " obj", 4)) != NULL) {
        const unsigned char *start = at;
        unsigned numbers = 0;
        while (start > data && numbers < 2 && is_digit(start[-1])) {
            while (start > data && is_digit(start[-1]))
                start--;
            if (++numbers == 1 && start > data && start[-1] == ' ')
                start--;
        }
        if (numbers == 2 && (start == data || start[-1] == '\n' || start[-1] == '\r'))
            return true;
        at += 4;
    }
    return false;
}

/* "startxref", a number, "%%EOF" at the end. */
static bool has_end(const unsigned char *data, size_t len)
{
    size_t tail = len < TAIL ? len : TAIL;
    const unsigned char *end = data + len;
    const unsigned char *at = memmem(end - tail, tail, "startxref", 9);

    if (!at)
        return false;
    at += 9;
    while (at < end && (*at == '\r' || *at == '\n' || *at == ' '))
        at++;
    return at < end && is_digit(*at) && memmem(at, (size_t)(end - at), "%%EOF", 5);
}

const char *sniff_pdf(const unsigned char *data, size_t len)
{
    bool script = len > 4 && memcmp(data, "%!PS", 4) == 0;
    bool pdf = script ? has_postscript_header(data, len)
                      : has_header(data, len) || (has_end(data, len) && has_object(data, len));

    return pdf ? "application/pdf" : NULL;
}
