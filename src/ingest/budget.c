#include "ingest/budget.h"

#include <stddef.h>

#include "base/attr.h"
#include "ingest/limits.h"

uint64_t budget_of(uint64_t bytes, uint64_t fixed, uint64_t ratio)
{
    uint64_t multiple = bytes > UINT64_MAX / ratio ? UINT64_MAX : bytes * ratio;

    return multiple > fixed ? multiple : fixed;
}

static struct budget *find(struct budgets *budgets, int64_t root)
{
    for (size_t i = 0; i < BUDGETS_KEPT; i++)
        if (budgets->kept[i].root == root)
            return &budgets->kept[i];
    return NULL;
}

uint64_t budget_left(struct budgets *budgets, struct sanad_case *kase, const struct item *item)
{
    struct budget *budget = item->root ? find(budgets, item->root) : NULL;

    if (!item->root)
        return UINT64_MAX; /* it is the outermost: its own cap holds */
    if (!budget) {
        CLEANUP(item_release) struct item root = {0};
        (void)item_load(kase, item->root, &root, NULL);
        budget = &budgets->kept[budgets->next++ % BUDGETS_KEPT];
        *budget = (struct budget){
            .root = item->root,
            .used = (uint64_t)item_bytes_below(kase, item->root),
            .max = budget_of(root.bytes, LIMIT_ROOT_BYTES, LIMIT_ROOT_RATIO),
        };
    }
    return budget->used < budget->max ? budget->max - budget->used : 0;
}

void budget_use(struct budgets *budgets, int64_t root, uint64_t bytes)
{
    struct budget *budget = root ? find(budgets, root) : NULL;

    if (budget)
        budget->used += bytes;
}
