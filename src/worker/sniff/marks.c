#include "worker/sniff/marks.h"

#include <string.h>

const char *mark_find(const struct mark *rows, size_t count, const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < count; i++)
        if ((size_t)rows[i].at + rows[i].len <= len &&
            memcmp(data + rows[i].at, rows[i].bytes, rows[i].len) == 0)
            return rows[i].mime;
    return NULL;
}

const char *shape_find(const struct shape *rows, size_t count, const unsigned char *data,
                       size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].is(data, len))
            return rows[i].mime;
    return NULL;
}
