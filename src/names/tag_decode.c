#include "names/tag_decode.h"

#include <string.h>

/* The best sum up to each token that ends with each label. */
struct lattice {
    int32_t best[TAG_TOKENS_MAX][TAG_LANES];
    int32_t from[TAG_TOKENS_MAX][TAG_LANES];
};

static void forward(const struct tag_weights *weights, const struct tag_view *view,
                    const struct tag_scores *scores, struct lattice *lattice)
{
    for (size_t i = 0; i < view->sentence->count; i++) {
        const int32_t(*step)[TAG_LANES] = weights->after[view->looks[i].style];
        int32_t best[TAG_LANES];
        int32_t from[TAG_LANES] = {LABEL_OUT};

        memcpy(best, step[LABEL_OUT], sizeof(best));
        for (int k = 0; i && k < TAG_LANES; k++)
            best[k] += lattice->best[i - 1][LABEL_OUT];
        for (int before = LABEL_OUT + 1; i && before < TAG_LABELS; before++)
            for (int k = 0; k < TAG_LANES; k++) {
                int32_t sum = lattice->best[i - 1][before] + step[before][k];

                from[k] = sum > best[k] ? before : from[k];
                best[k] = sum > best[k] ? sum : best[k];
            }
        for (int k = 0; k < TAG_LABELS; k++)
            best[k] += scores->label[i][k];
        for (int k = 0; k < TAG_LANES; k++) /* sums of what is never stay far from overflowing */
            lattice->best[i][k] = best[k] < TAG_NEVER ? TAG_NEVER : best[k];
        memcpy(lattice->from[i], from, sizeof(from));
    }
}

/* How much the tokens after each one add, at best, by its label. */
static void backward(const struct tag_weights *weights, const struct tag_view *view,
                     const struct tag_scores *scores, int32_t rest[TAG_TOKENS_MAX][TAG_LABELS])
{
    size_t last = view->sentence->count - 1;

    memset(rest[last], 0, sizeof(rest[last]));
    for (size_t i = last; i-- > 0;) {
        const int32_t(*step)[TAG_LANES] = weights->after[view->looks[i + 1].style];

        for (int label = 0; label < TAG_LABELS; label++) {
            int32_t best = TAG_NEVER;

            for (int next = 0; next < TAG_LABELS; next++) {
                int32_t sum = rest[i + 1][next] + step[label][next] + scores->label[i + 1][next];

                best = sum > best ? sum : best;
            }
            rest[i][label] = best;
        }
    }
}

static void find_margins(const struct lattice *lattice, int32_t rest[TAG_TOKENS_MAX][TAG_LABELS],
                         size_t count, struct tag_reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t other = 2 * TAG_NEVER;
        int chosen = reading->labels[i];

        for (int label = 0; label < TAG_LABELS; label++)
            if (label != chosen && lattice->best[i][label] + rest[i][label] > other)
                other = lattice->best[i][label] + rest[i][label];
        reading->margins[i] = lattice->best[i][chosen] + rest[i][chosen] - other;
    }
}

void tag_decode(const struct tag_weights *weights, const struct tag_view *view,
                const struct tag_scores *scores, struct tag_reading *reading)
{
    size_t count = view->sentence->count;
    struct lattice lattice;
    int32_t rest[TAG_TOKENS_MAX][TAG_LABELS];
    int label = LABEL_OUT;
    bool out = true;

    if (!count)
        return;
    forward(weights, view, scores, &lattice);
    for (int i = 1; i < TAG_LABELS; i++)
        if (lattice.best[count - 1][i] > lattice.best[count - 1][label])
            label = i;
    for (size_t i = count; i-- > 0;) {
        reading->labels[i] = (uint8_t)label;
        out &= label == LABEL_OUT;
        label = lattice.from[i][label];
    }
    memset(reading->margins, 0, count * sizeof(*reading->margins));
    if (out)
        return;
    backward(weights, view, scores, rest);
    find_margins(&lattice, rest, count, reading);
}
