#include "weights.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { FINE = 64 };

void weights_init(struct weights *weights, size_t rows)
{
    weights->rows = rows;
    weights->now = mem_zalloc(rows + 1, sizeof(*weights->now));
    weights->late = mem_zalloc(rows + 1, sizeof(*weights->late));
}

void weights_clear(struct weights *weights)
{
    memset(weights->now, 0, weights->rows * sizeof(*weights->now));
    memset(weights->late, 0, weights->rows * sizeof(*weights->late));
}

void weights_restart(struct weights *weights, int64_t step)
{
    for (size_t i = 0; i < weights->rows; i++)
        for (int label = 0; label < TAG_LABELS; label++) {
            weights->late[i][label] = -weights_sum(weights, i, label, step);
            weights->now[i][label] = 0;
        }
}

void weights_free(struct weights *weights)
{
    free(weights->now);
    free(weights->late);
}

void weights_average(struct weights *weights, int64_t step)
{
    for (size_t i = 0; i < weights->rows; i++)
        for (int label = 0; label < TAG_LABELS; label++)
            weights->now[i][label] =
                (int32_t)(weights_sum(weights, i, label, step) / (step / FINE + 1));
}
