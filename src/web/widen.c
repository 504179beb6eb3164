#include "web/widen.h"

#include <string.h>

#include "search/search.h"

int query_widen(const struct call *call, struct wide_query *wide, struct err *err)
{
    return text_widen(call->kase, web_param(call, "q"), wide, err);
}

int text_widen(struct sanad_case *kase, const char *query, struct wide_query *wide, struct err *err)
{
    buf_init(&wide->query, QUERY_BYTES_MAX);
    if (strlen(query) > QUERY_BYTES_MAX)
        return err_set(err, ERR_USAGE, "the query is longer than %d bytes", QUERY_BYTES_MAX);
    return names_expand(kase, query, &wide->query, &wide->used, err);
}

void cleanup_wide(struct wide_query *wide)
{
    buf_release(&wide->query);
    used_names_release(&wide->used);
}
