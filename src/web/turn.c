#include "web/turn.h"

#include "web/news.h"

/* All of it is written, or nothing. */
static int in_transaction(struct web *web, turn_fn *fn, void *ctx, struct err *err)
{
    CLEANUP(cleanup_case) struct sanad_case *writer = NULL;
    int result = case_open_writer(web->kase, CASE_TURN, &writer, err);

    if (result == 0)
        result = db_begin(case_db(writer), err);
    if (result < 0)
        return result;
    result = fn(ctx, writer, err);
    if (result == 0)
        result = case_commit(writer, err);
    if (result != 0)
        db_rollback(case_db(writer));
    return result;
}

int turn_take(struct web *web, turn_fn *fn, void *ctx, struct err *err)
{
    pthread_mutex_lock(&web->writing);
    int result = in_transaction(web, fn, ctx, err);
    pthread_mutex_unlock(&web->writing);
    if (result == 0)
        news_poke(web->news);
    return result;
}
