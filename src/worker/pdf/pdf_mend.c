#include "worker/pdf/pdf_mend.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

enum { COPY_BYTES_MAX = 64 << 20, NAME_BYTES_MAX = 127 };

struct span {
    size_t at, end;
};

/* ISO 32000-1, 7.2.2: neither white space nor a delimiter. */
static bool is_regular(unsigned char c)
{
    return c > ' ' && c < 0x7F && !strchr("()<>[]{}/%", c);
}

/* Whether the name that begins at `at`, after a font's key, goes on after a space, up to the next
 * key or the end of the dictionary; `ret_name` is all of it. A value that refers to another object
 * does not begin with a solidus. */
static bool is_broken_name(const unsigned char *data, size_t len, size_t at, struct span *ret_name)
{
    size_t window = len - at < NAME_BYTES_MAX ? len : at + NAME_BYTES_MAX;
    bool spaced = false;

    while (at < window && (data[at] == ' ' || data[at] == '\r' || data[at] == '\n'))
        at++;
    if (at >= window || data[at] != '/')
        return false;
    ret_name->at = ret_name->end = ++at;
    for (; at < window && (is_regular(data[at]) || data[at] == ' '); at++)
        if (data[at] != ' ') {
            spaced |= at > ret_name->end;
            ret_name->end = at + 1;
        }
    return spaced && at < window;
}

/* Whether a stream's bytes go on at `at`: the last of its two words before it, from `*seen` on. */
static bool in_stream(const unsigned char *data, size_t at, size_t *seen, bool inside)
{
    const unsigned char *found;

    while ((found = memmem(data + *seen, at - *seen, "stream", 6))) {
        size_t start = (size_t)(found - data);
        inside = start < 3 || memcmp(found - 3, "end", 3) != 0;
        *seen = start + 6;
    }
    return inside;
}

/* Calls for each key in the file, mends the names in `copy` if there is one; says whether any is
 * broken. */
static bool mend(const unsigned char *data, size_t len, const char *key, unsigned char *copy)
{
    size_t key_len = strlen(key);
    const unsigned char *found;
    bool inside = false;
    size_t seen = 0;
    size_t at = 0;

    while ((found = memmem(data + at, len - at, key, key_len))) {
        struct span name;
        size_t start = (size_t)(found - data);
        at = start + key_len;
        inside = in_stream(data, start, &seen, inside);
        if (inside || !is_broken_name(data, len, at, &name))
            continue;
        if (!copy)
            return true;
        for (size_t i = name.at; i < name.end; i++)
            if (copy[i] == ' ')
                copy[i] = '_';
    }
    return false;
}

unsigned char *pdf_mend_font_names(const unsigned char *data, size_t len)
{
    static const char *const KEYS[] = {"/BaseFont", "/FontName"};
    unsigned char *copy = NULL;
    bool broken = false;

    for (size_t i = 0; i < ARRAY_LEN(KEYS) && !broken && len <= COPY_BYTES_MAX; i++)
        broken = mend(data, len, KEYS[i], NULL);
    if (!broken || !(copy = malloc(len)))
        return NULL;
    memcpy(copy, data, len);
    for (size_t i = 0; i < ARRAY_LEN(KEYS); i++)
        (void)mend(data, len, KEYS[i], copy);
    return copy;
}
