/* The parser of the query language: any bytes are a query. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct query query;
    char *text = mem_strndup((const char *)data, size);

    query_parse(&query, text);
    char *tree = query_print(&query);
    if (!query.root && !query.note[0])
        abort(); /* whoever gets nothing is told why */
    free(tree);
    query_release(&query);
    free(text);
    return 0;
}
