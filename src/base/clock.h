/*
 * Times. Everything stored is seconds since 1970-01-01T00:00:00Z; everything shown is RFC 3339.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Wall clock, seconds since the epoch. */
int64_t clock_now(void);

/* Monotonic clock in milliseconds, for durations. */
int64_t clock_ms(void);

/* "2026-11-22T01:02:03Z"; `out` holds 32 bytes. Years outside 0000-9999 give "". */
void clock_format(int64_t seconds, char out[32]);

#endif
