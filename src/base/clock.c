#include "base/clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_format(int64_t seconds, char out[32])
{
    time_t when = (time_t)seconds;
    struct tm tm;

    out[0] = '\0';
    if (!gmtime_r(&when, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099)
        return;
    snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
             tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
