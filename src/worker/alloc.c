/*
 * malloc and its family, passed on to glibc's; only to note that memory was refused, so that a
 * parser which dies of a NULL is listed as `limit-memory` and not as a crash. Not in sanitized
 * builds, which bring their own.
 */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/attr.h"
#include "worker/slot.h"

#if UNDER_SANITIZER
typedef int alloc_is_not_interposed;
#else

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/* Sizes no machine has are a parser's mistake with a number, not a want of memory. */
static void *noted(void *memory, size_t size)
{
    struct slot *slot = slot_peek();

    if (!memory && slot && size && size <= PTRDIFF_MAX)
        atomic_store(&slot->memory_refused, true);
    return memory;
}

void *malloc(size_t size)
{
    return noted(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
    size_t product;

    if (__builtin_mul_overflow(count, size, &product))
        product = SIZE_MAX;
    return noted(__libc_calloc(count, size), product);
}

void *realloc(void *old, size_t size)
{
    return noted(__libc_realloc(old, size), size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    size_t product;

    if (__builtin_mul_overflow(count, size, &product)) {
        errno = ENOMEM;
        return NULL;
    }
    return noted(__libc_realloc(old, product), product);
}

void *memalign(size_t alignment, size_t size)
{
    return noted(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return noted(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **ret_memory, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) || (alignment & (alignment - 1)))
        return EINVAL;
    void *memory = noted(__libc_memalign(alignment, size), size);
    if (!memory)
        return ENOMEM;
    *ret_memory = memory;
    return 0;
}

#endif
