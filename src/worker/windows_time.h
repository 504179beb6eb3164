/*
 * Points in time as Windows stores them (FILETIME): steps of 100 ns since 1601.
 */
#ifndef WORKER_WINDOWS_TIME_H
#define WORKER_WINDOWS_TIME_H

#include <stdbool.h>
#include <stdint.h>

enum { WINDOWS_TIME_SPACE = 32 };

/* Seconds since 1970, whatever they are; and back. */
int64_t windows_seconds(uint64_t ticks);
uint64_t windows_ticks(int64_t seconds);

/* Seconds since 1970; INT64_MIN for what nobody means: before 1980, after 2100. */
int64_t windows_time(uint64_t ticks);
/* "2024-01-31T12:30:00Z"; "" and false for the same. */
bool windows_time_text(uint64_t ticks, char out[WINDOWS_TIME_SPACE]);

#endif
