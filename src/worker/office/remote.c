#include "worker/office/remote.h"

#include <string.h>
#include <strings.h>

bool remote_is(const char *address, size_t len)
{
    static const char local[] = "file:///";

    if (len >= sizeof(local) - 1 && strncasecmp(address, local, sizeof(local) - 1) == 0) {
        address += sizeof(local) - 1;
        len -= sizeof(local) - 1;
        return len > 2 && (address[0] == '\\' || address[0] == '/') && address[1] == address[0];
    }
    return memmem(address, len, "://", 3) != NULL || (len > 2 && memcmp(address, "\\\\", 2) == 0);
}

void remote_tell(struct emit *emit, const char *what, const char *address, size_t len)
{
    enum { SHOWN = 300 };

    if (emit->warnings < REMOTE_TOLD_MAX && remote_is(address, len))
        emit_warning(emit, REASON_MISSING_PART, "opening it fetches from elsewhere (%s): %.*s",
                     what, (int)(len < SHOWN ? len : SHOWN), address);
}
