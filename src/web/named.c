#include "web/named.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"

struct named {
    pthread_mutex_t lock; /* guards all below */
    struct sanad_case *kase;
    struct by_document *index; /* NULL: not made yet */
    int64_t version;           /* of the case, of which it is */
};

int named_new(const struct sanad_case *kase, struct named **ret_named, struct err *err)
{
    struct named *named = mem_zalloc(1, sizeof *named);
    int result = case_open_reader(kase, &named->kase, err);

    pthread_mutex_init(&named->lock, NULL);
    if (result < 0)
        named_free(named);
    else
        *ret_named = named;
    return result;
}

void named_free(struct named *named)
{
    if (named == NULL)
        return;
    by_document_free(named->index);
    if (named->kase != NULL)
        case_close(named->kase);
    pthread_mutex_destroy(&named->lock);
    free(named);
}

/* The version is taken first: what is committed while the index is made, makes it old. */
static int renew(struct named *named, struct err *err)
{
    int64_t version = db_data_version(case_db(named->kase));
    struct by_document *index = NULL;

    if (named->index != NULL && version == named->version)
        return 0;
    int result = by_document_load(named->kase, &index, err);
    if (result != 0)
        return result;
    by_document_free(named->index);
    named->index = index;
    named->version = version;
    return 0;
}

int named_look(struct named *named, named_fn *fn, void *ctx, struct err *err)
{
    pthread_mutex_lock(&named->lock);
    int result = renew(named, err);
    if (result == 0)
        fn(ctx, named->index);
    pthread_mutex_unlock(&named->lock);
    return result;
}
