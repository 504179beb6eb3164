#include "names/tag_decode.h"

#include <limits.h>
#include <string.h>

enum { NEVER = INT_MIN / 4 };

/* The best sum up to each token that ends with each label. */
struct lattice {
    int32_t best[TAG_TOKENS_MAX][TAG_LABELS];
    uint8_t from[TAG_TOKENS_MAX][TAG_LABELS];
};

static void forward(const int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS],
                    const struct tag_view *view, const struct tag_scores *scores,
                    struct lattice *lattice)
{
    for (size_t i = 0; i < view->sentence->count; i++) {
        const int16_t(*step)[TAG_LABELS] = after[view->looks[i].style];

        for (int label = 0; label < TAG_LABELS; label++) {
            int32_t best = NEVER;
            int from = 0;

            for (int before = 0; before < TAG_LABELS; before++) {
                int32_t sum;

                if (!label_follows(label, before) || (i == 0 && before != LABEL_OUT))
                    continue;
                sum = (i ? lattice->best[i - 1][before] : 0) + step[before][label];
                if (sum > best) {
                    best = sum;
                    from = before;
                }
            }
            lattice->best[i][label] = best <= NEVER ? NEVER : best + scores->label[i][label];
            lattice->from[i][label] = (uint8_t)from;
        }
    }
}

/* How much the tokens after each one add, at best, by its label. */
static void backward(const int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS],
                     const struct tag_view *view, const struct tag_scores *scores,
                     int32_t rest[TAG_TOKENS_MAX][TAG_LABELS])
{
    size_t last = view->sentence->count - 1;

    memset(rest[last], 0, sizeof(rest[last]));
    for (size_t i = last; i-- > 0;) {
        const int16_t(*step)[TAG_LABELS] = after[view->looks[i + 1].style];

        for (int label = 0; label < TAG_LABELS; label++) {
            int32_t best = NEVER;

            for (int next = 0; next < TAG_LABELS; next++) {
                int32_t sum = rest[i + 1][next] + step[label][next] + scores->label[i + 1][next];

                if (label_follows(next, label) && sum > best)
                    best = sum;
            }
            rest[i][label] = best;
        }
    }
}

static void find_margins(const struct lattice *lattice, int32_t rest[TAG_TOKENS_MAX][TAG_LABELS],
                         size_t count, struct tag_reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t other = NEVER;
        int chosen = reading->labels[i];

        for (int label = 0; label < TAG_LABELS; label++)
            if (label != chosen && lattice->best[i][label] > NEVER &&
                lattice->best[i][label] + rest[i][label] > other)
                other = lattice->best[i][label] + rest[i][label];
        reading->margins[i] = lattice->best[i][chosen] + rest[i][chosen] - other;
    }
}

void tag_decode(const int16_t after[TAG_CASES_BEFORE][TAG_LABELS][TAG_LABELS],
                const struct tag_view *view, const struct tag_scores *scores, bool margins,
                struct tag_reading *reading)
{
    size_t count = view->sentence->count;
    struct lattice lattice;
    int32_t rest[TAG_TOKENS_MAX][TAG_LABELS];
    int label = 0;

    if (!count)
        return;
    forward(after, view, scores, &lattice);
    for (int i = 1; i < TAG_LABELS; i++)
        if (lattice.best[count - 1][i] > lattice.best[count - 1][label])
            label = i;
    for (size_t i = count; i-- > 0;) {
        reading->labels[i] = (uint8_t)label;
        label = lattice.from[i][label];
    }
    if (margins) {
        backward(after, view, scores, rest);
        find_margins(&lattice, rest, count, reading);
    }
}
