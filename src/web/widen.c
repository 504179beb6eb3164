#include "web/widen.h"

#include <string.h>

#include "search/search.h"

int query_widen(const struct call *call, struct wide_query *wide, struct err *err)
{
    const char *query = web_param(call, "q");

    buf_init(&wide->query, QUERY_BYTES_MAX);
    if (strlen(query) > QUERY_BYTES_MAX)
        return err_set(err, ERR_USAGE, "the query is longer than %d bytes", QUERY_BYTES_MAX);
    return names_expand(call->kase, query, &wide->query, &wide->used, err);
}

void cleanup_wide(struct wide_query *wide)
{
    buf_release(&wide->query);
    used_names_release(&wide->used);
}
