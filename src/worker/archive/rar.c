#include "worker/archive/rar.h"

#include <stdlib.h>

#include "base/buf.h"

void rar_fail(struct rar *rar, enum reason reason, const char *detail)
{
    if (rar->reason == REASON_NONE) {
        rar->reason = reason;
        rar->detail = detail;
    }
}

void rar_note(struct rar *rar, enum seal seal)
{
    if (rar->count == rar->space) {
        rar->space = rar->space ? 2 * rar->space : 64;
        rar->seals = mem_realloc(rar->seals, rar->space, sizeof(*rar->seals));
    }
    rar->seals[rar->count++] = (uint8_t)seal;
}

void rar_release(struct rar *rar)
{
    source_free(rar->source);
    free(rar->seals);
    free(rar->comment);
    *rar = (struct rar){0};
}
