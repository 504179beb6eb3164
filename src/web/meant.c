#include "web/meant.h"

#include <string.h>

#include "base/attr.h"
#include "events/question.h"
#include "search/search.h"

enum { FEW = 10 };

int query_meant(struct sanad_case *kase, const char *query, int64_t documents, struct buf *ret,
                int64_t *ret_documents, struct err *err)
{
    CLEANUP(cleanup_search_result) struct search_result *found = NULL;

    *ret_documents = 0;
    if (documents >= FEW || !question_query(query, ret))
        return 0;
    struct search_request request = {.query = ret->data};
    int rc = search_run(kase, &request, &found, err);
    if (rc)
        return rc;
    /* With fewer words and no date it finds the same and more. */
    bool other = strstr(ret->data, " from:") != NULL;
    if (found->total > (other ? 0 : documents))
        *ret_documents = found->total;
    else
        buf_clear(ret);
    return 0;
}
