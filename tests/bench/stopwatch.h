/*
 * Times of the measuring programs, in microseconds.
 */
#ifndef BENCH_STOPWATCH_H
#define BENCH_STOPWATCH_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t stopwatch_us(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Time that passes. */
static inline int64_t wall_us(void)
{
    return stopwatch_us(CLOCK_MONOTONIC);
}

/* Processor time of this process, which other work on the machine disturbs least. */
static inline int64_t cpu_us(void)
{
    return stopwatch_us(CLOCK_PROCESS_CPUTIME_ID);
}

static inline int stopwatch_order(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* The time that `percent` of all do not exceed; sorts them. In milliseconds. */
static inline double percentile_ms(int64_t *times, size_t count, unsigned percent)
{
    qsort(times, count, sizeof(*times), stopwatch_order);
    size_t at = (count * percent + 99) / 100;
    return (double)times[at ? at - 1 : 0] / 1e3;
}

#endif
