#include "worker/ocr/ocr_strips.h"

#include <stdlib.h>

/* A mark without the outer parts of letters that reach into neighbouring lines. */
static struct ocr_box core(const struct mark *mark)
{
    struct ocr_box box = mark->box;
    int trim = mark->kind == MARK_WORD ? box_height(box) / 4 : 0;

    box.y0 += trim;
    box.y1 -= trim;
    return box;
}

static int by_top(const void *a, const void *b)
{
    struct ocr_box p = core(a), q = core(b);

    return p.y0 != q.y0 ? (p.y0 > q.y0) - (p.y0 < q.y0) : (p.x0 > q.x0) - (p.x0 < q.x0);
}

static int middle(const struct mark *mark)
{
    return (mark->box.y0 + mark->box.y1) / 2;
}

static int by_middle(const void *a, const void *b)
{
    return middle(a) - middle(b);
}

static int by_height(const void *a, const void *b)
{
    return box_height(((const struct mark *)a)->box) - box_height(((const struct mark *)b)->box);
}

int ocr_by_left(const void *a, const void *b)
{
    int p = ((const struct mark *)a)->box.x0, q = ((const struct mark *)b)->box.x0;

    return (p > q) - (p < q);
}

size_t ocr_find_strips(struct region region, struct strip strips[OCR_STRIPS_MAX])
{
    size_t count = 0;
    int bottom = 0;

    qsort(region.marks, region.count, sizeof(*region.marks), by_top);
    for (size_t i = 0; i < region.count; i++) {
        const struct mark *mark = &region.marks[i];
        struct ocr_box box = core(mark);
        struct strip *last = count ? &strips[count - 1] : NULL;
        bool is_rule = mark->kind == MARK_RULE;
        bool apart = !last || box.y0 >= bottom || is_rule != last->rule;
        if (apart && count < OCR_STRIPS_MAX) {
            strips[count++] =
                (struct strip){.box = mark->box, .from = i, .count = 1, .rule = is_rule};
            bottom = box.y1;
            continue;
        }
        last->box = box_union(last->box, mark->box);
        last->count++;
        last->rule = last->rule && is_rule;
        bottom = box.y1 > bottom ? box.y1 : bottom;
    }
    for (size_t i = 0; i < count; i++) {
        struct mark *marks = region.marks + strips[i].from;
        qsort(marks, strips[i].count, sizeof(*marks), by_height);
        strips[i].size = box_height(marks[strips[i].count / 2].box);
        qsort(marks, strips[i].count, sizeof(*marks), by_middle);
        strips[i].middle = middle(&marks[strips[i].count / 2]);
        qsort(marks, strips[i].count, sizeof(*marks), ocr_by_left);
    }
    return count;
}

size_t ocr_find_gaps(struct region region, const struct strip *strip, int least,
                     struct gap gaps[OCR_GAPS_MAX])
{
    enum { FAR = 1 << 28 };
    size_t count = 0;
    int right = -FAR;

    for (size_t i = 0; i <= strip->count; i++) {
        int left = i < strip->count ? region.marks[strip->from + i].box.x0 : FAR;
        if (left - right >= least && count < OCR_GAPS_MAX)
            gaps[count++] = (struct gap){right, left};
        if (i < strip->count && region.marks[strip->from + i].box.x1 > right)
            right = region.marks[strip->from + i].box.x1;
    }
    return count;
}

struct region ocr_strips_region(struct region region, const struct strip *strips, size_t from,
                                size_t to)
{
    return (struct region){region.marks + strips[from].from,
                           strips[to].from + strips[to].count - strips[from].from};
}

bool ocr_is_line(struct region region, const struct strip *strip, int letter)
{
    int width = box_width(strip->box), height = box_height(strip->box), ink = 0;

    if (strip->rule || 2 * height < letter)
        return false;
    if (5 * height >= 3 * letter)
        return true;
    for (size_t i = 0; i < strip->count; i++)
        ink += box_width(region.marks[strip->from + i].box);
    return 2 * ink >= width && width >= 2 * letter;
}

bool ocr_is_wide_rule(const struct strip *strip, struct ocr_box table)
{
    return strip->rule && 5 * box_width(strip->box) >= 3 * box_width(table);
}
