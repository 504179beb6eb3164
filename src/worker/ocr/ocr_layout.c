#include "worker/ocr/ocr_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "worker/ocr/ocr_strips.h"

/* Gutters that go on from each other. */
enum { BANDS_MAX = 16 };

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

/* Whether a block that takes in the line would take in what is not of its column: the column goes
 * around it. */
static bool takes_in_others(struct region column, struct ocr_box block, struct ocr_box line,
                            const struct cutter *cutter)
{
    struct ocr_box both = box_union(block, line);

    for (size_t i = 0; i < cutter->page.count; i++) {
        const struct mark *mark = &cutter->page.marks[i];
        bool own = mark >= column.marks && mark < column.marks + column.count;
        if (!own && mark->kind == MARK_WORD && box_holds(both, mark->box) &&
            !box_holds(block, mark->box) && !box_holds(line, mark->box))
            return true;
    }
    return false;
}

void ocr_put_column(struct region region, const struct strip *strips, size_t count,
                    const struct cutter *cutter)
{
    const struct strip *above = NULL;
    struct ocr_box block = {0};
    bool open = false;

    for (size_t i = 0; i < count; i++) {
        bool line = ocr_is_line(region, &strips[i], cutter->letter);
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
        ocr_is_wide_rule(&strips[at + 1], box_union(strips[at].box, strips[next].box)))
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
        struct gutter above = ocr_find_gutter(region, strips, end, cutter);
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
        struct gutter below = ocr_find_gutter(region, strips + next, count - next, cutter);
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
        struct region band = ocr_strips_region(region, strips, gutter->from, gutter->to);
        size_t count = ocr_part(band, gutter->gap);
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

    ocr_cut(cutter->rtl ? right : left, cutter, depth + 1);
    ocr_cut(cutter->rtl ? left : right, cutter, depth + 1);
}

void ocr_cut(struct region region, const struct cutter *cutter, int depth)
{
    struct strip *strips = mem_alloc(OCR_STRIPS_MAX * sizeof(*strips));
    size_t count = ocr_find_strips(region, strips);
    struct gutter gutter = {0};

    if (depth < OCR_DEPTH_MAX && count)
        gutter = ocr_find_gutter(region, strips, count, cutter);
    if (gutter.height == 0) {
        if (!ocr_cut_table(region, strips, count, cutter, depth))
            ocr_put_column(region, strips, count, cutter);
        free(strips);
        return;
    }
    struct bands bands = {.at = {gutter}, .count = 1};
    add_above(region, strips, cutter, &bands);
    add_below(region, strips, count, cutter, &bands);
    size_t first = bands.at[0].from, last = bands.at[bands.count - 1].to;
    struct region columns = ocr_strips_region(region, strips, first, last);
    struct region above = {region.marks, strips[first].from};
    struct region below = {columns.marks + columns.count,
                           region.count - above.count - columns.count};
    size_t left_count = part_bands(columns, region, strips, &bands);
    free(strips);
    if (above.count)
        ocr_cut(above, cutter, depth + 1);
    cut_columns(columns, left_count, cutter, depth);
    if (below.count)
        ocr_cut(below, cutter, depth + 1);
}

void ocr_layout_find(struct ocr_ink *ink, bool rtl, struct ocr_layout *ret_layout)
{
    const struct cutter cutter = {ret_layout, {ink->at, ink->all}, ink->letter, rtl};

    ret_layout->block_count = ret_layout->line_count = 0;
    ocr_cut((struct region){ink->at, ink->count}, &cutter, 0);
}
