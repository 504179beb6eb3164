/*
 * Who may write to a case. The locks are the kernel's, on bytes of the file `lock`: they end with
 * their holder, however that dies.
 *
 *   seat   held for as long as a process writes documents into the case (add, retry, rebuild)
 *   pen    held by whoever has a transaction: by the one with the seat, or for a moment by another
 *   knock  held by one that waits for the pen
 *
 * Who has the seat has the pen too, and lends it between two of its transactions to those who knock
 * (docs/decisions/0016). Private to store.
 */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Opens the file, which is made when it is not there. The caller closes the descriptor, which gives
 * up what is held by it. `name` is the case's, for messages. */
int lock_open(int case_dirfd, const char *name, int *ret_fd, struct err *err);

/* The seat and the pen. Waits a second for whoever has the seat, and some for who has the pen.
 * ERR_LOCKED names the process that has the seat. */
int lock_take_seat(int fd, struct err *err);

/* The pen alone: waits some seconds for whoever has it. ERR_LOCKED as above, when it was not lent
 * in that time. */
int lock_take_pen(int fd, struct err *err);

/* For the holder of the seat: whether somebody knocks; gives the pen to those who do, one after the
 * other, and takes it back. ERR_LOCKED when one does not return it within a minute. */
bool lock_is_asked(int fd);
int lock_lend(int fd, struct err *err);

/* Whether somebody has the seat, and who: his process, 0 for this one. */
bool lock_seat_taken(int case_dirfd, pid_t *ret_pid);

#endif
