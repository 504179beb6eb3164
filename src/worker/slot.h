/*
 * A slot: a page shared by the nursery and one child, in which the child leaves word of how it was
 * stopped. A hostile child can write anything into its own slot and reach no other; the nursery
 * uses it to name a death, never to decide one.
 */
#ifndef WORKER_SLOT_H
#define WORKER_SLOT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { SLOTS_MAX = 64, SLOT_NO_CALL = -1 };

struct slot {
    _Atomic int32_t
        forbidden_call;          /* number of the system call that was refused, or SLOT_NO_CALL */
    _Atomic int32_t signal;      /* by which it would have died */
    _Atomic bool memory_refused; /* an allocation failed */
    _Atomic bool ocr_used;
};

/* Maps SLOTS_MAX slots, a page each; false when memory is out. Once, in the nursery. */
bool slots_open(void);

/* The nursery's view of a slot, cleared for a new child. */
struct slot *slot_begin(unsigned index);

/* In the child: keeps this slot and unmaps the others. */
void slot_keep(unsigned index);

/* The slot of this process; NULL in the nursery and when run by hand. */
struct slot *slot_peek(void);

#endif
