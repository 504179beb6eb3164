#include "ingest/derive.h"

#include <stdlib.h>

#include "base/buf.h"

int derive_start(struct derive *derive, struct sanad_case *kase, const struct deriver *const *list,
                 struct err *err)
{
    *derive = (struct derive){.list = list};
    while (list[derive->count])
        derive->count++;
    derive->states = mem_zalloc(derive->count, sizeof(*derive->states));
    for (size_t i = 0; i < derive->count; i++) {
        int rc = list[i]->start(kase, &derive->states[i], err);
        if (rc) {
            derive->count = i;
            derive_finish(derive);
            return rc;
        }
    }
    return 0;
}

void derive_finish(struct derive *derive)
{
    for (size_t i = 0; i < derive->count; i++)
        derive->list[i]->finish(derive->states[i]);
    free(derive->states);
    *derive = (struct derive){0};
}

int derive_flush(struct derive *derive, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < derive->count && !rc; i++)
        if (derive->list[i]->flush)
            rc = derive->list[i]->flush(derive->states[i], err);
    return rc;
}

int derive_settle(struct derive *derive, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < derive->count && !rc; i++)
        if (derive->list[i]->settle)
            rc = derive->list[i]->settle(derive->states[i], err);
    return rc;
}

int derive_forget(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < derive->count && !rc; i++)
        if (derive->list[i]->forget)
            rc = derive->list[i]->forget(derive->states[i], kase, item, err);
    return rc;
}

int derive_clear(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err)
{
    int rc = derive_forget(derive, kase, item, err);

    return rc ? rc : reading_clear(kase, item, err);
}

int derive_page(struct derive *derive, struct sanad_case *kase, struct page *page, struct err *err)
{
    uint32_t words = 0;

    for (size_t i = 0; i < derive->count && !words; i++)
        if (derive->list[i]->count)
            words = derive->list[i]->count(derive->states[i], page->text, page->text_len);
    int rc = page->id ? 0 : page_put(kase, page, words, err);
    for (size_t i = 0; i < derive->count && !rc; i++)
        if (derive->list[i]->page)
            rc = derive->list[i]->page(derive->states[i], page, err);
    return rc;
}

int derive_document(struct derive *derive, int64_t item, const struct reading *reading,
                    struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < derive->count && !rc; i++)
        if (derive->list[i]->document)
            rc = derive->list[i]->document(derive->states[i], item, reading, err);
    return rc;
}

int derive_reading(struct derive *derive, struct sanad_case *kase, int64_t item,
                   const struct reading *reading, struct err *err)
{
    bool stays;
    int rc = keep_settle(derive, kase, item, reading, &stays, err);

    if (rc || stays)
        return rc;
    rc = reading_put(kase, item, reading, err);
    return rc ? rc : derive_document(derive, item, reading, err);
}

struct stored {
    struct derive *derive;
    struct sanad_case *kase;
    struct err *err;
};

static int stored_page(void *ctx, const struct page *page)
{
    struct stored *stored = ctx;
    struct page copy = *page;

    return derive_page(stored->derive, stored->kase, &copy, stored->err);
}

static int stored_item(void *ctx, const struct ledger_row *row)
{
    struct stored *stored = ctx;
    struct reading reading = reading_of(row);

    if (row->outcome == OUTCOME_WAITING)
        return 0;
    int rc = page_each(stored->kase, row->item.id, stored_page, stored, stored->err);
    return rc ? rc : derive_document(stored->derive, row->item.id, &reading, stored->err);
}

int derive_stored(struct derive *derive, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct stored stored = {.derive = derive, .kase = kase, .err = err};

    return ledger_one(kase, item, stored_item, &stored, err);
}
