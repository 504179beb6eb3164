#include "worker/outlook/pst_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* libbfio passes it around as intptr_t *. */
struct bytes {
    const unsigned char *data;
    size_t len;
    size_t at;
};

static struct bytes *bytes_of(intptr_t *handle)
{
    return (struct bytes *)(void *)handle;
}

static int bytes_free(intptr_t **handle, libbfio_error_t **error)
{
    (void)error;
    free(*handle);
    *handle = NULL;
    return 1;
}

static int bytes_clone(intptr_t **destination, intptr_t *source, libbfio_error_t **error)
{
    struct bytes *copy = mem_alloc(sizeof(*copy));

    (void)error;
    *copy = *bytes_of(source);
    *destination = (intptr_t *)(void *)copy;
    return 1;
}

static int bytes_start(intptr_t *handle, int access_flags, libbfio_error_t **error)
{
    (void)error;
    bytes_of(handle)->at = 0;
    return access_flags == LIBBFIO_OPEN_READ ? 1 : -1;
}

static int bytes_close(intptr_t *handle, libbfio_error_t **error)
{
    (void)handle;
    (void)error;
    return 0;
}

static ssize_t bytes_read(intptr_t *handle, uint8_t *buffer, size_t size, libbfio_error_t **error)
{
    struct bytes *bytes = bytes_of(handle);
    size_t left = bytes->at < bytes->len ? bytes->len - bytes->at : 0;
    size_t n = size < left ? size : left;

    (void)error;
    if (n)
        memcpy(buffer, bytes->data + bytes->at, n);
    bytes->at += n;
    return (ssize_t)n;
}

static ssize_t bytes_write(intptr_t *handle, const uint8_t *buffer, size_t size,
                           libbfio_error_t **error)
{
    (void)handle;
    (void)buffer;
    (void)size;
    (void)error;
    return -1;
}

static off64_t bytes_seek(intptr_t *handle, off64_t offset, int whence, libbfio_error_t **error)
{
    struct bytes *bytes = bytes_of(handle);
    off64_t from = whence == SEEK_CUR   ? (off64_t)bytes->at
                   : whence == SEEK_END ? (off64_t)bytes->len
                                        : 0;
    off64_t to;

    (void)error;
    if (__builtin_add_overflow(from, offset, &to) || to < 0)
        return -1;
    bytes->at = (size_t)to;
    return to;
}

static int bytes_exist(intptr_t *handle, libbfio_error_t **error)
{
    (void)handle;
    (void)error;
    return 1;
}

static int bytes_size(intptr_t *handle, size64_t *size, libbfio_error_t **error)
{
    (void)error;
    *size = bytes_of(handle)->len;
    return 1;
}

libbfio_handle_t *pst_bytes_open(const unsigned char *data, size_t len)
{
    struct bytes *bytes = mem_alloc(sizeof(*bytes));
    libbfio_handle_t *handle = NULL;

    *bytes = (struct bytes){.data = data, .len = len};
    if (libbfio_handle_initialize(
            &handle, (intptr_t *)(void *)bytes, bytes_free, bytes_clone, bytes_start, bytes_close,
            bytes_read, bytes_write, bytes_seek, bytes_exist, bytes_exist, bytes_size,
            LIBBFIO_FLAG_IO_HANDLE_MANAGED | LIBBFIO_FLAG_IO_HANDLE_CLONE_BY_FUNCTION, NULL) == 1)
        return handle;
    free(bytes);
    return NULL;
}
