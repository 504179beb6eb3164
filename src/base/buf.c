#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utf8.h"

static void out_of_memory(void)
{
    fputs("sanad: out of memory\n", stderr);
    abort();
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc(void *old, size_t count, size_t size)
{
    void *p = reallocarray(old, count ? count : 1, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

char *mem_strndup(const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);

    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void *mem_room(void *items, size_t count, size_t size)
{
    enum { FIRST = 16 };

    if (count && (count < FIRST || count & (count - 1)))
        return items;
    return mem_realloc(items, count ? 2 * count : FIRST, size);
}

char *mem_strdup(const char *text)
{
    return mem_strndup(text, strlen(text));
}

void cleanup_free(void *pointer_to_pointer)
{
    free(*(void **)pointer_to_pointer);
}

void cleanup_buf(struct buf *buf)
{
    buf_release(buf);
}

void cleanup_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

void buf_init(struct buf *buf, size_t cap)
{
    *buf = (struct buf){.cap = cap, .space = 64};
    buf->data = mem_alloc(buf->space);
    buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->full = false;
    if (buf->data)
        buf->data[0] = '\0';
}

char *buf_reserve(struct buf *buf, size_t len)
{
    if (len > buf->cap || buf->len > buf->cap - len) {
        buf->full = true;
        return NULL;
    }
    size_t need = buf->len + len + 1;
    if (need > buf->space) {
        size_t space = buf->space ? buf->space : 64;
        while (space < need)
            space += space / 2 + 1;
        buf->data = mem_realloc(buf->data, space, 1);
        buf->space = space;
    }
    return buf->data + buf->len;
}

int buf_append(struct buf *buf, const void *data, size_t len)
{
    char *to = buf_reserve(buf, len);

    if (!to)
        return ERR_LIMIT;
    if (len)
        memcpy(to, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
    return 0;
}

int buf_append_str(struct buf *buf, const char *text)
{
    return buf_append(buf, text, strlen(text));
}

int buf_append_char(struct buf *buf, char c)
{
    return buf_append(buf, &c, 1);
}

int buf_append_rune(struct buf *buf, uint32_t rune)
{
    char bytes[4];

    return buf_append(buf, bytes, utf8_encode(rune, bytes));
}

int buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need < 0)
        return ERR_INTERNAL;

    char *to = buf_reserve(buf, (size_t)need);
    if (!to)
        return ERR_LIMIT;
    va_start(args, format);
    vsnprintf(to, (size_t)need + 1, format, args);
    va_end(args);
    buf->len += (size_t)need;
    return 0;
}

void buf_consume(struct buf *buf, size_t len)
{
    BUG_IF(len > buf->len);
    buf->len -= len;
    memmove(buf->data, buf->data + len, buf->len + 1);
}

char *buf_take(struct buf *buf)
{
    char *data = buf->data;

    *buf = (struct buf){0};
    return data;
}
