#include "ingest/death.h"

#include <stdio.h>
#include <string.h>

static const char *size_words(uint64_t bytes, char out[32])
{
    if (bytes >= 1ull << 30)
        snprintf(out, 32, "%llu GiB", (unsigned long long)(bytes >> 30));
    else
        snprintf(out, 32, "%llu MiB", (unsigned long long)(bytes >> 20));
    return out;
}

bool death_was_natural(const struct job_end *end, bool said_end, const struct job_limits *limits,
                       enum reason *ret_reason, char ret_detail[DETAIL_MAX])
{
    char size[32];

    *ret_reason = REASON_CRASH;
    switch (end->death) {
    case DEATH_EXIT:
        if (said_end)
            return true;
        snprintf(ret_detail, DETAIL_MAX, "the reader stopped before it was done");
        return false;
    case DEATH_TIME:
        *ret_reason = REASON_LIMIT_TIME;
        snprintf(ret_detail, DETAIL_MAX,
                 "stopped: no progress for %u s, or more than %u s in all; what was read so far is "
                 "kept",
                 limits->idle_seconds, limits->total_seconds);
        return false;
    case DEATH_MEMORY:
        *ret_reason = REASON_LIMIT_MEMORY;
        snprintf(ret_detail, DETAIL_MAX, "stopped: reading it needs more than %s of memory",
                 size_words((uint64_t)limits->memory_mib << 20, size));
        return false;
    case DEATH_SANDBOX:
        *ret_reason = REASON_SANDBOX;
        snprintf(ret_detail, DETAIL_MAX,
                 "stopped: while reading it the reader tried a forbidden system call (number %d). "
                 "The file may be an attack; treat it with care",
                 end->status);
        return false;
    case DEATH_SIGNAL:
        snprintf(ret_detail, DETAIL_MAX,
                 "the reader crashed (signal %d: %s); what was read so far is kept", end->status,
                 strsignal(end->status));
        return false;
    case DEATH_FORK:
        snprintf(ret_detail, DETAIL_MAX, "no reader could be started for it");
        return false;
    }
    snprintf(ret_detail, DETAIL_MAX, "the reader ended in an unknown way");
    return false;
}
