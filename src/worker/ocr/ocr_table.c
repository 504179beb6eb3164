#include "worker/ocr/ocr_strips.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* The cells of a row of a table, from left to right. */
struct cells {
    struct region at[OCR_GAPS_MAX + 1];
    size_t count;
};

/* Divides the marks of a row: a cell ends where no row of the table has a word. */
static void find_cells(struct region row, const struct gap *gaps, size_t count, struct cells *cells)
{
    size_t gap = 0;

    cells->count = 0;
    qsort(row.marks, row.count, sizeof(*row.marks), ocr_by_left);
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
        ocr_measure_side(cells->at[i], letter, &sides[i]);
        most = sides[i].lines > sides[most].lines ? i : most;
    }
    for (size_t i = 0; i < cells->count; i++)
        match = match && ocr_beside(&sides[i], &sides[most], letter) >= MATCH;
    for (size_t i = 0; i < cells->count; i++)
        free(sides[i].middles);
    free(sides);
    return match;
}

static void cut_cells(const struct cells *cells, const struct cutter *cutter, int depth)
{
    for (size_t n = 0; n < cells->count; n++)
        ocr_cut(cells->at[cutter->rtl ? cells->count - 1 - n : n], cutter, depth + 1);
}

/* The gaps between words that go through the whole table. */
static size_t find_cell_gaps(struct region table, struct ocr_box all, int letter,
                             struct gap gaps[OCR_GAPS_MAX])
{
    struct mark *copy = mem_alloc((table.count + 1) * sizeof(*copy));
    struct region words = {copy, 0};
    struct gap found[OCR_GAPS_MAX];

    for (size_t i = 0; i < table.count; i++)
        if (table.marks[i].kind == MARK_WORD &&
            2 * box_width(table.marks[i].box) < box_width(all)) /* no shading */
            copy[words.count++] = table.marks[i];
    qsort(copy, words.count, sizeof(*copy), ocr_by_left);
    struct strip line = {.count = words.count};
    size_t count = ocr_find_gaps(words, &line, letter * 2 / 3, found);
    free(copy);
    if (count < 2)
        return 0;
    memcpy(gaps, found + 1, (count - 2) * sizeof(*gaps)); /* not the open sides */
    return count - 2;
}

bool ocr_cut_table(struct region region, const struct strip *strips, size_t count,
                   const struct cutter *cutter, int depth)
{
    enum { RULES_LEAST = 4 };
    struct gap gaps[OCR_GAPS_MAX];
    struct ocr_box all = {0};
    size_t rules = 0, first = 0, last = 0, start = 0;

    for (size_t i = 0; i < count; i++)
        all = i ? box_union(all, strips[i].box) : strips[i].box;
    for (size_t i = 0; i < count; i++)
        if (ocr_is_wide_rule(&strips[i], all)) {
            first = rules++ ? first : i;
            last = i;
        }
    if (rules < RULES_LEAST || depth >= OCR_DEPTH_MAX)
        return false;
    size_t gap_count =
        find_cell_gaps(ocr_strips_region(region, strips, first, last), all, cutter->letter, gaps);
    for (size_t i = first + 1; gap_count && i < last; i++) {
        size_t from = i;
        struct ocr_box row = strips[i].box;
        while (i < last && !ocr_is_wide_rule(&strips[i], all))
            row = box_union(row, strips[i++].box);
        if (i == from || 5 * box_height(row) < 12 * cutter->letter)
            continue;
        struct cells cells;
        find_cells(ocr_strips_region(region, strips, from, i - 1), gaps, gap_count, &cells);
        if (lines_match(&cells, cutter->letter))
            continue;
        ocr_put_column(region, strips + start, from - start, cutter);
        cut_cells(&cells, cutter, depth);
        start = i;
    }
    ocr_put_column(region, strips + start, count - start, cutter);
    return true;
}
