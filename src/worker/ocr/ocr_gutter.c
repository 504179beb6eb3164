#include "worker/ocr/ocr_strips.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* What there is of a line on one side of a gap. */
struct span {
    int x0, x1, ink;
};

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;

    return (p > q) - (p < q);
}

static double median(double *values, size_t count)
{
    if (count == 0)
        return 0;
    qsort(values, count, sizeof(*values), by_value);
    return values[count / 2];
}

static struct span span_of(struct region region, const struct strip *strip)
{
    struct span span = {strip->box.x0, strip->box.x1, 0};

    for (size_t i = 0; i < strip->count; i++)
        span.ink += box_width(region.marks[strip->from + i].box);
    return span;
}

/* Lines of a column of running text that goes around pictures: not all are as wide as the column,
 * but each as wide as the next. */
static size_t count_flush(const struct span *spans, size_t count, int letter)
{
    const double ONE_PIECE = 0.75;
    enum { WIDE = 9 };
    size_t flush = 0;

    for (size_t i = 0; i < count; i++) {
        const struct span *at = &spans[i];
        bool like = false;
        for (size_t k = i ? i - 1 : 0; k <= i + 1 && k < count; k++)
            like = like || (k != i && abs(at->x0 - spans[k].x0) <= letter &&
                            abs(at->x1 - spans[k].x1) <= letter);
        int width = at->x1 - at->x0;
        flush += like && width >= WIDE * letter && at->ink >= ONE_PIECE * width;
    }
    return flush;
}

void ocr_measure_side(struct region region, int letter, struct side *side)
{
    struct strip *strips = mem_alloc(OCR_STRIPS_MAX * sizeof(*strips));
    double *fills = mem_alloc(OCR_STRIPS_MAX * sizeof(*fills));
    struct span *spans = mem_alloc(OCR_STRIPS_MAX * sizeof(*spans));
    size_t count = ocr_find_strips(region, strips);

    side->middles = mem_alloc(OCR_STRIPS_MAX * sizeof(*side->middles));
    for (size_t i = 0; i < region.count; i++)
        side->box = i ? box_union(side->box, region.marks[i].box) : region.marks[i].box;
    for (size_t i = 0; i < count; i++) {
        if (!ocr_is_line(region, &strips[i], letter))
            continue;
        spans[side->lines] = span_of(region, &strips[i]);
        fills[side->lines] = (double)spans[side->lines].ink / (box_width(side->box) + 1);
        side->middles[side->lines++] = strips[i].middle;
    }
    side->fill = median(fills, side->lines);
    side->flush = count_flush(spans, side->lines, letter);
    free(spans);
    free(strips);
    free(fills);
}

double ocr_beside(const struct side *few, const struct side *many, int letter)
{
    size_t found = 0;

    for (size_t i = 0; i < few->lines; i++)
        for (size_t k = 0; k < many->lines; k++)
            if (abs(few->middles[i] - many->middles[k]) * 3 <= letter) {
                found++;
                break;
            }
    return few->lines ? (double)found / (double)few->lines : 1;
}

static bool is_running_text(const struct side *side, int letter)
{
    const double FULL = 0.6;
    enum { WIDE = 9 };

    if (side->flush * 2 >= side->lines)
        return true;
    return side->fill >= FULL && side->fill * box_width(side->box) >= WIDE * letter;
}

/* Gaps between words stand above each other by chance too: a narrow gutter must go far. */
static bool separates_columns(const struct side *left, const struct side *right, int gap,
                              int letter)
{
    const double BESIDE = 0.5;
    enum { LEAST = 3, WIDE_LEAST = 4, NARROW_LEAST = 7 };
    size_t lines = left->lines < right->lines ? left->lines : right->lines;

    if (lines < LEAST)
        return false;
    if (lines >= (gap >= 2 * letter ? WIDE_LEAST : NARROW_LEAST) && is_running_text(left, letter) &&
        is_running_text(right, letter))
        return true;
    bool left_is_few = left->lines < right->lines;
    return ocr_beside(left_is_few ? left : right, left_is_few ? right : left, letter) <= BESIDE;
}

size_t ocr_part(struct region region, struct gap gap)
{
    size_t count = 0;

    for (size_t i = 0; i < region.count; i++)
        if (region.marks[i].box.x0 < (gap.x0 + gap.x1) / 2) {
            struct mark mark = region.marks[i];
            region.marks[i] = region.marks[count];
            region.marks[count++] = mark;
        }
    return count;
}

/* Whether the gap is a gutter: looked at on a copy of the marks. */
static bool is_gutter(struct region region, struct gap gap, int letter)
{
    struct mark *copy = mem_alloc(region.count * sizeof(*copy));
    struct side left = {0}, right = {0};

    memcpy(copy, region.marks, region.count * sizeof(*copy));
    size_t count = ocr_part((struct region){copy, region.count}, gap);
    ocr_measure_side((struct region){copy, count}, letter, &left);
    ocr_measure_side((struct region){copy + count, region.count - count}, letter, &right);
    bool separates = separates_columns(&left, &right, gap.x1 - gap.x0, letter);
    free(left.middles);
    free(right.middles);
    free(copy);
    return separates;
}

/* Whether the strip has words on the given side of the gap. */
static bool has_words(struct region region, const struct strip *strip, struct gap gap, bool left)
{
    for (size_t i = 0; i < strip->count; i++) {
        const struct mark *mark = &region.marks[strip->from + i];
        if (left ? mark->box.x1 <= gap.x0 : mark->box.x0 >= gap.x1)
            return true;
    }
    return false;
}

/* Carries a gap of strip `from` down through all strips it passes; keeps it if it is the longest
 * gutter so far. */
static void follow(struct region region, const struct strip *strips, size_t count, size_t from,
                   struct gap gap, const struct cutter *cutter, struct gutter *best)
{
    struct gap gaps[OCR_GAPS_MAX];
    bool left = false, right = false;
    struct gap last = gap;
    size_t to = from;
    int width = cutter->letter;

    for (size_t i = from; i < count; i++) {
        size_t found = ocr_find_gaps(region, &strips[i], width, gaps);
        struct gap next = {0, 0};
        for (size_t k = 0; k < found; k++) {
            int x0 = gaps[k].x0 > last.x0 ? gaps[k].x0 : last.x0;
            int x1 = gaps[k].x1 < last.x1 ? gaps[k].x1 : last.x1;
            if (x1 - x0 > next.x1 - next.x0)
                next = (struct gap){x0, x1};
        }
        if (next.x1 - next.x0 < width)
            break;
        last = next;
        to = i;
        left = left || has_words(region, &strips[i], last, true);
        right = right || has_words(region, &strips[i], last, false);
    }
    int height = strips[to].box.y1 - strips[from].box.y0;
    if (!left || !right || height <= best->height)
        return;
    if (is_gutter(ocr_strips_region(region, strips, from, to), last, cutter->letter))
        *best = (struct gutter){from, to, last, height};
}

/* Whether the gap goes on from the strip above, from where it has been followed already. Where it
 * has become much wider it is another: it may go on where the narrow one ends. */
static bool goes_on(struct region region, const struct strip *strips, size_t at, struct gap gap,
                    int letter)
{
    struct gap gaps[OCR_GAPS_MAX];
    int wider = 4 * letter;

    if (at == 0 || 2 * (strips[at].box.y0 - strips[at - 1].box.y1) > 3 * letter)
        return false;
    size_t found = ocr_find_gaps(region, &strips[at - 1], letter, gaps);
    for (size_t k = 0; k < found; k++) {
        int x0 = gaps[k].x0 > gap.x0 ? gaps[k].x0 : gap.x0;
        int x1 = gaps[k].x1 < gap.x1 ? gaps[k].x1 : gap.x1;
        if (x1 - x0 >= letter && x1 - x0 + wider >= gap.x1 - gap.x0)
            return true;
    }
    return false;
}

struct gutter ocr_find_gutter(struct region region, const struct strip *strips, size_t count,
                              const struct cutter *cutter)
{
    struct gutter best = {0};
    struct gap gaps[OCR_GAPS_MAX];

    for (size_t i = 0; i < count; i++) {
        if (strips[count - 1].box.y1 - strips[i].box.y0 <= best.height)
            break;
        size_t found = ocr_find_gaps(region, &strips[i], cutter->letter, gaps);
        /* The first and the last gap are the open sides. */
        for (size_t k = 1; k + 1 < found; k++)
            if (!goes_on(region, strips, i, gaps[k], cutter->letter))
                follow(region, strips, count, i, gaps[k], cutter, &best);
    }
    return best;
}
