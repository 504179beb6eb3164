#include "web/sorts.h"

#include <string.h>

static const struct {
    const char *word;
    enum search_sort sort;
} sorts[] = {
    {"", SORT_RELEVANCE},      {"relevance", SORT_RELEVANCE}, {"date", SORT_DATE},
    {"-date", SORT_DATE_DESC}, {"path", SORT_PATH},
};

int sort_read(const char *word, enum search_sort *ret_sort, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
        if (strcmp(sorts[i].word, word) == 0) {
            *ret_sort = sorts[i].sort;
            return 0;
        }
    }
    return err_set(err, ERR_USAGE, "\"sort\" must be relevance, date, -date or path");
}
