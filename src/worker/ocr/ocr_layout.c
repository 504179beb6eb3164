#include "worker/ocr/ocr_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
    DEPTH_MAX = 30,
    STRIPS_MAX = 1500, /* lines of words in a region */
    GAPS_MAX = 64,     /* in a strip */
    BANDS_MAX = 16
};

/* A gap between words, from x0 to x1. */
struct gap {
    int x0, x1;
};

/* Marks at the same height: a line, or the lines of several columns that touch each other's
 * height. */
struct strip {
    struct ocr_box box;
    size_t from, count; /* of the marks, sorted by strip */
    bool rule;          /* nothing but rules */
    int size, middle;   /* height of its usual word, and the middle of it */
};

struct region {
    struct mark *marks;
    size_t count;
};

struct cutter {
    struct ocr_layout *out;
    struct region page; /* all marks, of which a region is a part, and the fragments of pictures */
    int letter;
    bool rtl;
};

/* A gutter through the strips [from, to]. */
struct gutter {
    size_t from, to;
    struct gap gap;
    int height;
};

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

static int by_left(const void *a, const void *b)
{
    int p = ((const struct mark *)a)->box.x0, q = ((const struct mark *)b)->box.x0;

    return (p > q) - (p < q);
}

/* Sorts the marks into strips, and within a strip by their left sides. */
static size_t find_strips(struct region region, struct strip strips[STRIPS_MAX])
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
        if (apart && count < STRIPS_MAX) {
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
        qsort(marks, strips[i].count, sizeof(*marks), by_left);
    }
    return count;
}

/* The gaps of at least `least` between the marks of a strip, the open sides included. */
static size_t find_gaps(struct region region, const struct strip *strip, int least,
                        struct gap gaps[GAPS_MAX])
{
    enum { FAR = 1 << 28 };
    size_t count = 0;
    int right = -FAR;

    for (size_t i = 0; i <= strip->count; i++) {
        int left = i < strip->count ? region.marks[strip->from + i].box.x0 : FAR;
        if (left - right >= least && count < GAPS_MAX)
            gaps[count++] = (struct gap){right, left};
        if (i < strip->count && region.marks[strip->from + i].box.x1 > right)
            right = region.marks[strip->from + i].box.x1;
    }
    return count;
}

/* What lies on one side of a gap. */
struct side {
    struct ocr_box box;
    size_t lines;
    double fill;  /* share of the side's width that is ink, in its usual line */
    size_t flush; /* lines of one piece that begin and end where a line next to them does */
    int *middles; /* of its lines: that of the line's usual word */
};

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

static void measure_side(struct region region, int letter, struct side *side)
{
    struct strip *strips = mem_alloc(STRIPS_MAX * sizeof(*strips));
    double *fills = mem_alloc(STRIPS_MAX * sizeof(*fills));
    struct span *spans = mem_alloc(STRIPS_MAX * sizeof(*spans));
    size_t count = find_strips(region, strips);

    side->middles = mem_alloc(STRIPS_MAX * sizeof(*side->middles));
    for (size_t i = 0; i < region.count; i++)
        side->box = i ? box_union(side->box, region.marks[i].box) : region.marks[i].box;
    for (size_t i = 0; i < count; i++) {
        if (strips[i].rule || 2 * box_height(strips[i].box) < letter)
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

/* The share of the lines of `few` that stand beside one of `many`. */
static double beside(const struct side *few, const struct side *many, int letter)
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
    return beside(left_is_few ? left : right, left_is_few ? right : left, letter) <= BESIDE;
}

/* Moves the marks left of the gap to the front; returns how many. */
static size_t part(struct region region, struct gap gap)
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
    size_t count = part((struct region){copy, region.count}, gap);
    measure_side((struct region){copy, count}, letter, &left);
    measure_side((struct region){copy + count, region.count - count}, letter, &right);
    bool separates = separates_columns(&left, &right, gap.x1 - gap.x0, letter);
    free(left.middles);
    free(right.middles);
    free(copy);
    return separates;
}

static struct region strips_region(struct region region, const struct strip *strips, size_t from,
                                   size_t to)
{
    return (struct region){region.marks + strips[from].from,
                           strips[to].from + strips[to].count - strips[from].from};
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
    struct gap gaps[GAPS_MAX];
    bool left = false, right = false;
    struct gap last = gap;
    size_t to = from;
    int width = cutter->letter;

    for (size_t i = from; i < count; i++) {
        size_t found = find_gaps(region, &strips[i], width, gaps);
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
    if (is_gutter(strips_region(region, strips, from, to), last, cutter->letter))
        *best = (struct gutter){from, to, last, height};
}

/* Whether the gap goes on from the strip above, from where it has been followed already. Where it
 * has become much wider it is another: it may go on where the narrow one ends. */
static bool goes_on(struct region region, const struct strip *strips, size_t at, struct gap gap,
                    int letter)
{
    struct gap gaps[GAPS_MAX];
    int wider = 4 * letter;

    if (at == 0 || 2 * (strips[at].box.y0 - strips[at - 1].box.y1) > 3 * letter)
        return false;
    size_t found = find_gaps(region, &strips[at - 1], letter, gaps);
    for (size_t k = 0; k < found; k++) {
        int x0 = gaps[k].x0 > gap.x0 ? gaps[k].x0 : gap.x0;
        int x1 = gaps[k].x1 < gap.x1 ? gaps[k].x1 : gap.x1;
        if (x1 - x0 >= letter && x1 - x0 + wider >= gap.x1 - gap.x0)
            return true;
    }
    return false;
}

static struct gutter find_gutter(struct region region, const struct strip *strips, size_t count,
                                 const struct cutter *cutter)
{
    struct gutter best = {0};
    struct gap gaps[GAPS_MAX];

    for (size_t i = 0; i < count; i++) {
        if (strips[count - 1].box.y1 - strips[i].box.y0 <= best.height)
            break;
        size_t found = find_gaps(region, &strips[i], cutter->letter, gaps);
        /* The first and the last gap are the open sides. */
        for (size_t k = 1; k + 1 < found; k++)
            if (!goes_on(region, strips, i, gaps[k], cutter->letter))
                follow(region, strips, count, i, gaps[k], cutter, &best);
    }
    return best;
}

static void put_block(const struct cutter *cutter, struct ocr_box box)
{
    struct ocr_layout *out = cutter->out;

    if (out->block_count == OCR_BLOCKS_MAX)
        out->blocks[OCR_BLOCKS_MAX - 1] = box_union(out->blocks[OCR_BLOCKS_MAX - 1], box);
    else
        out->blocks[out->block_count++] = box;
}

/* Whether a line starts another block than the one above it: far below, or of another size. */
static bool starts_block(struct ocr_box block, const struct strip *above, const struct strip *line,
                         int letter)
{
    enum { FAR = 3 };
    int a = above->size, b = line->size;

    if (line->box.y0 - block.y1 > FAR * letter)
        return true;
    return (a > b * 2 && a > 2 * letter) || (b > a * 2 && b > 2 * letter);
}

/* Adds a line to the block to come. */
static void put_line(const struct cutter *cutter, struct ocr_box box)
{
    struct ocr_layout *out = cutter->out;

    if (out->line_count < OCR_LINES_MAX)
        out->lines[out->line_count++] = (struct ocr_line){box, out->block_count};
}

/* Strips lower than any line are the dots and signs of the nearer one. */
static void put_dots(const struct cutter *cutter, const struct strip *strips, size_t count,
                     size_t at)
{
    struct ocr_layout *out = cutter->out;
    struct ocr_box box = strips[at].box;
    int below = at + 1 < count ? strips[at + 1].box.y0 - box.y1 : 1 << 20;
    struct ocr_line *last = out->line_count ? &out->lines[out->line_count - 1] : NULL;

    if (last && last->block == out->block_count && box.y0 - last->box.y1 <= below)
        last->box = box_union(last->box, box);
}

static bool holds(struct ocr_box box, const struct mark *mark)
{
    int x = (mark->box.x0 + mark->box.x1) / 2, y = (mark->box.y0 + mark->box.y1) / 2;

    return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

/* Whether a block that takes in the line would take in what is not of its column: the column goes
 * around it. */
static bool takes_in_others(struct region column, struct ocr_box block, struct ocr_box line,
                            const struct cutter *cutter)
{
    struct ocr_box both = box_union(block, line);

    for (size_t i = 0; i < cutter->page.count; i++) {
        const struct mark *mark = &cutter->page.marks[i];
        bool own = mark >= column.marks && mark < column.marks + column.count;
        if (!own && mark->kind == MARK_WORD && holds(both, mark) && !holds(block, mark) &&
            !holds(line, mark))
            return true;
    }
    return false;
}

/* One column: its lines, divided where there is much room or another size of letters. */
static void put_column(struct region region, const struct strip *strips, size_t count,
                       const struct cutter *cutter)
{
    const struct strip *above = NULL;
    struct ocr_box block = {0};
    bool open = false;

    for (size_t i = 0; i < count; i++) {
        bool line = 2 * box_height(strips[i].box) >= cutter->letter;
        if (strips[i].rule)
            continue;
        if (line && above &&
            (starts_block(block, above, &strips[i], cutter->letter) ||
             (open && takes_in_others(region, block, strips[i].box, cutter)))) {
            put_block(cutter, block);
            open = false;
        }
        block = open ? box_union(block, strips[i].box) : strips[i].box;
        open = true;
        if (!line) {
            put_dots(cutter, strips, count, i);
            continue;
        }
        bool dotted = i > 0 && !strips[i - 1].rule && !(above == &strips[i - 1]) &&
                      strips[i].box.y0 - strips[i - 1].box.y1 < cutter->letter / 2;
        put_line(cutter, dotted ? box_union(strips[i].box, strips[i - 1].box) : strips[i].box);
        above = &strips[i];
    }
    if (open)
        put_block(cutter, block);
}

static void cut(struct region region, const struct cutter *cutter, int depth);

/* Whether the strip is a rule across the table. */
static bool is_wide_rule(const struct strip *strip, struct ocr_box table)
{
    return strip->rule && 5 * box_width(strip->box) >= 3 * box_width(table);
}

/* The cells of a row of a table, from left to right. */
struct cells {
    struct region at[GAPS_MAX + 1];
    size_t count;
};

/* Divides the marks of a row: a cell ends where no row of the table has a word. */
static void find_cells(struct region row, const struct gap *gaps, size_t count, struct cells *cells)
{
    size_t gap = 0;

    cells->count = 0;
    qsort(row.marks, row.count, sizeof(*row.marks), by_left);
    for (size_t i = 0; i < row.count; i++) {
        bool next = i == 0;
        for (; gap < count && row.marks[i].box.x0 >= gaps[gap].x1; gap++)
            next = true;
        if (next)
            cells->at[cells->count++] = (struct region){&row.marks[i], 0};
        cells->at[cells->count - 1].count++;
    }
}

/* Whether the lines of all cells stand beside each other: rows that have no rules between them. */
static bool lines_match(const struct cells *cells, int letter)
{
    const double MATCH = 0.7;
    struct side *sides = mem_zalloc(cells->count + 1, sizeof(*sides));
    bool match = true;
    size_t most = 0;

    for (size_t i = 0; i < cells->count; i++) {
        measure_side(cells->at[i], letter, &sides[i]);
        most = sides[i].lines > sides[most].lines ? i : most;
    }
    for (size_t i = 0; i < cells->count; i++)
        match = match && beside(&sides[i], &sides[most], letter) >= MATCH;
    for (size_t i = 0; i < cells->count; i++)
        free(sides[i].middles);
    free(sides);
    return match;
}

static void cut_cells(const struct cells *cells, const struct cutter *cutter, int depth)
{
    for (size_t n = 0; n < cells->count; n++)
        cut(cells->at[cutter->rtl ? cells->count - 1 - n : n], cutter, depth + 1);
}

/* The gaps between words that go through the whole table. */
static size_t find_cell_gaps(struct region table, struct ocr_box all, int letter,
                             struct gap gaps[GAPS_MAX])
{
    struct mark *copy = mem_alloc((table.count + 1) * sizeof(*copy));
    struct region words = {copy, 0};
    struct gap found[GAPS_MAX];

    for (size_t i = 0; i < table.count; i++)
        if (table.marks[i].kind == MARK_WORD &&
            2 * box_width(table.marks[i].box) < box_width(all)) /* no shading */
            copy[words.count++] = table.marks[i];
    qsort(copy, words.count, sizeof(*copy), by_left);
    struct strip line = {.count = words.count};
    size_t count = find_gaps(words, &line, letter * 2 / 3, found);
    free(copy);
    if (count < 2)
        return 0;
    memcpy(gaps, found + 1, (count - 2) * sizeof(*gaps)); /* not the open sides */
    return count - 2;
}

/* A table with rules between its rows: where a cell has several lines, or is written between the
 * lines of its neighbours, it is read for itself; all else line by line. False when the region is
 * no table. */
static bool cut_table(struct region region, const struct strip *strips, size_t count,
                      const struct cutter *cutter, int depth)
{
    enum { RULES_LEAST = 4 };
    struct gap gaps[GAPS_MAX];
    struct ocr_box all = {0};
    size_t rules = 0, first = 0, last = 0, start = 0;

    for (size_t i = 0; i < count; i++)
        all = i ? box_union(all, strips[i].box) : strips[i].box;
    for (size_t i = 0; i < count; i++)
        if (is_wide_rule(&strips[i], all)) {
            first = rules++ ? first : i;
            last = i;
        }
    if (rules < RULES_LEAST || depth >= DEPTH_MAX)
        return false;
    size_t gap_count =
        find_cell_gaps(strips_region(region, strips, first, last), all, cutter->letter, gaps);
    for (size_t i = first + 1; gap_count && i < last; i++) {
        size_t from = i;
        struct ocr_box row = strips[i].box;
        while (i < last && !is_wide_rule(&strips[i], all))
            row = box_union(row, strips[i++].box);
        if (i == from || 5 * box_height(row) < 12 * cutter->letter)
            continue;
        struct cells cells;
        find_cells(strips_region(region, strips, from, i - 1), gaps, gap_count, &cells);
        if (lines_match(&cells, cutter->letter))
            continue;
        put_column(region, strips + start, from - start, cutter);
        cut_cells(&cells, cutter, depth);
        start = i;
    }
    put_column(region, strips + start, count - start, cutter);
    return true;
}

/* Strips divided by one gutter after the other: columns whose edges are moved by pictures. */
struct bands {
    struct gutter at[BANDS_MAX]; /* each begins where the one before it ends */
    size_t count;
};

/* Whether the lines around `at` may be of one text: there is no more room than between two lines.
 * The edge of a picture, a short rule, does not count. */
static bool goes_on_below(const struct strip *strips, size_t count, size_t at,
                          const struct cutter *cutter)
{
    size_t next = at + 1 < count && strips[at + 1].rule ? at + 2 : at + 1;

    if (next >= count || strips[at].rule || strips[next].rule)
        return false;
    if (next == at + 2 &&
        is_wide_rule(&strips[at + 1], box_union(strips[at].box, strips[next].box)))
        return false;
    return strips[next].box.y0 - strips[at].box.y1 <= cutter->letter;
}

static void add_above(struct region region, const struct strip *strips, const struct cutter *cutter,
                      struct bands *bands)
{
    while (bands->count < BANDS_MAX / 2) {
        size_t from = bands->at[0].from;
        size_t end = from > 0 && strips[from - 1].rule ? from - 1 : from;
        if (end == 0 || !goes_on_below(strips, from + 1, end - 1, cutter))
            return;
        struct gutter above = find_gutter(region, strips, end, cutter);
        if (above.height == 0 || above.to + 1 != end)
            return;
        above.to = from - 1;
        memmove(bands->at + 1, bands->at, bands->count++ * sizeof(*bands->at));
        bands->at[0] = above;
    }
}

static void add_below(struct region region, const struct strip *strips, size_t count,
                      const struct cutter *cutter, struct bands *bands)
{
    while (bands->count < BANDS_MAX) {
        size_t to = bands->at[bands->count - 1].to;
        if (!goes_on_below(strips, count, to, cutter))
            return;
        size_t next = strips[to + 1].rule ? to + 2 : to + 1;
        struct gutter below = find_gutter(region, strips + next, count - next, cutter);
        if (below.height == 0 || below.from != 0)
            return;
        bands->at[bands->count++] =
            (struct gutter){to + 1, below.to + next, below.gap, below.height};
    }
}

/* Brings the marks left of the gutters to the front; returns how many. */
static size_t part_bands(struct region columns, struct region region, const struct strip *strips,
                         const struct bands *bands)
{
    struct mark *right = mem_alloc(columns.count * sizeof(*right));
    size_t left_count = 0, right_count = 0;

    for (size_t i = 0; i < bands->count; i++) {
        const struct gutter *gutter = &bands->at[i];
        struct region band = strips_region(region, strips, gutter->from, gutter->to);
        size_t count = part(band, gutter->gap);
        memcpy(right + right_count, band.marks + count, (band.count - count) * sizeof(*right));
        memmove(columns.marks + left_count, band.marks, count * sizeof(*right));
        left_count += count;
        right_count += band.count - count;
    }
    memcpy(columns.marks + left_count, right, right_count * sizeof(*right));
    free(right);
    return left_count;
}

static void cut_columns(struct region columns, size_t count, const struct cutter *cutter, int depth)
{
    struct region left = {columns.marks, count};
    struct region right = {columns.marks + count, columns.count - count};

    cut(cutter->rtl ? right : left, cutter, depth + 1);
    cut(cutter->rtl ? left : right, cutter, depth + 1);
}

static void cut(struct region region, const struct cutter *cutter, int depth)
{
    struct strip *strips = mem_alloc(STRIPS_MAX * sizeof(*strips));
    size_t count = find_strips(region, strips);
    struct gutter gutter = {0};

    if (depth < DEPTH_MAX && count)
        gutter = find_gutter(region, strips, count, cutter);
    if (gutter.height == 0) {
        if (!cut_table(region, strips, count, cutter, depth))
            put_column(region, strips, count, cutter);
        free(strips);
        return;
    }
    struct bands bands = {.at = {gutter}, .count = 1};
    add_above(region, strips, cutter, &bands);
    add_below(region, strips, count, cutter, &bands);
    size_t first = bands.at[0].from, last = bands.at[bands.count - 1].to;
    struct region columns = strips_region(region, strips, first, last);
    struct region above = {region.marks, strips[first].from};
    struct region below = {columns.marks + columns.count,
                           region.count - above.count - columns.count};
    size_t left_count = part_bands(columns, region, strips, &bands);
    free(strips);
    if (above.count)
        cut(above, cutter, depth + 1);
    cut_columns(columns, left_count, cutter, depth);
    if (below.count)
        cut(below, cutter, depth + 1);
}

void ocr_layout_find(struct ocr_ink *ink, bool rtl, struct ocr_layout *ret_layout)
{
    const struct cutter cutter = {ret_layout, {ink->at, ink->all}, ink->letter, rtl};

    ret_layout->block_count = ret_layout->line_count = 0;
    cut((struct region){ink->at, ink->count}, &cutter, 0);
}
