#include "worker/reader.h"

#include <string.h>

#include "worker/text.h"

/* The map of what sanad can read; docs/FORMATS.md is generated from it. */
const struct reader readers[] = {
    {"text", "plain text in any encoding", "text/plain text/ application/json application/x-ndjson",
     "uchardet, iconv", "flowing text, charset", "output limit of the job", "0.1.0", text_read,
     NULL},
    {0},
};

/* Whether the list, MIME types between spaces, has this one; those that end in "/" are prefixes. */
static bool list_has(const char *list, const char *mime, bool prefixes)
{
    while (*list) {
        size_t len = strcspn(list, " ");
        bool prefix = len && list[len - 1] == '/';
        if (prefix == prefixes && strncmp(list, mime, len) == 0 && (prefix || mime[len] == '\0'))
            return true;
        list += len;
        list += strspn(list, " ");
    }
    return false;
}

const struct reader *reader_for(const char *mime)
{
    for (const struct reader *r = readers; r->name; r++)
        if (list_has(r->mimes, mime, false))
            return r;
    for (const struct reader *r = readers; r->name; r++)
        if (list_has(r->mimes, mime, true))
            return r;
    return NULL;
}
