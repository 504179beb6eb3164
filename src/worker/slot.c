#include "worker/slot.h"

#include <stddef.h>
#include <sys/mman.h>

enum { SLOT_SPACE = 64 << 10 }; /* apart by the largest page size in use */

static char *slots;
static struct slot *own;

static struct slot *at(unsigned index)
{
    return (struct slot *)(void *)(slots + (size_t)index * SLOT_SPACE);
}

bool slots_open(void)
{
    void *map = mmap(NULL, (size_t)SLOTS_MAX * SLOT_SPACE, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    slots = map == MAP_FAILED ? NULL : map;
    return slots != NULL;
}

struct slot *slot_begin(unsigned index)
{
    struct slot *slot = at(index);

    atomic_store(&slot->forbidden_call, SLOT_NO_CALL);
    atomic_store(&slot->signal, 0);
    atomic_store(&slot->memory_refused, false);
    atomic_store(&slot->ocr_used, false);
    return slot;
}

void slot_keep(unsigned index)
{
    size_t before = (size_t)index * SLOT_SPACE;
    size_t after = (size_t)(SLOTS_MAX - index - 1) * SLOT_SPACE;

    own = at(index);
    if (before)
        munmap(slots, before);
    if (after)
        munmap(slots + before + SLOT_SPACE, after);
}

struct slot *slot_peek(void)
{
    return own;
}
