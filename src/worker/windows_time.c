#include "worker/windows_time.h"

#include <time.h>

static const int64_t EPOCH = 11644473600;
static const uint64_t SECOND = 10000000;

int64_t windows_seconds(uint64_t ticks)
{
    return (int64_t)(ticks / SECOND) - EPOCH;
}

uint64_t windows_ticks(int64_t seconds)
{
    return (uint64_t)(seconds + EPOCH) * SECOND;
}

int64_t windows_time(uint64_t ticks)
{
    static const int64_t FIRST = 315532800, LAST = 4102444800;
    int64_t seconds = windows_seconds(ticks);

    return seconds < FIRST || seconds > LAST ? INT64_MIN : seconds;
}

bool windows_time_text(uint64_t ticks, char out[WINDOWS_TIME_SPACE])
{
    time_t seconds = (time_t)windows_time(ticks);
    struct tm tm;

    out[0] = '\0';
    if (windows_time(ticks) == INT64_MIN || !gmtime_r(&seconds, &tm))
        return false;
    strftime(out, WINDOWS_TIME_SPACE, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return true;
}
