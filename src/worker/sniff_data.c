#include "worker/sniff.h"

#include "worker/dbf.h"

const char *sniff_data(const unsigned char *data, size_t len, const char *name)
{
    if (dbf_is(data, len))
        return "application/x-dbf";
    return memo_is(data, len, name) ? "application/x-dbf-memo" : NULL;
}
