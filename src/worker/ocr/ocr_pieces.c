#include "worker/ocr/ocr_pieces.h"

#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "base/buf.h"

enum { PIECES_MAX = 4000 };

/* Bounds in hundredths: of the letter's height, of the piece's own height or of its ink. */
struct shape {
    int height_least, height_most;
    int width_least, width_most;   /* of its height */
    int bottom_least, bottom_most; /* below the base */
    int upper_most;                /* of its ink: the head of an Arabic comma is below */
    int fill_least, fill_most;     /* of its box */
};

static const struct shape LIKELY = {30, 85, 36, 80, -12, 36, 42, 36, 88};
static const struct shape SURE = {35, 62, 36, 68, 3, 32, 37, 40, 80};

static int height_compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The height below which four of five pieces stay. */
static int letter_height(BOXA *boxes)
{
    enum { DOT = 3 };
    int heights[PIECES_MAX], count = 0;

    for (int i = 0; i < boxaGetCount(boxes) && count < PIECES_MAX; i++) {
        l_int32 height = 0;
        (void)boxaGetBoxGeometry(boxes, i, NULL, NULL, NULL, &height);
        if (height > DOT)
            heights[count++] = height;
    }
    qsort(heights, (size_t)count, sizeof(heights[0]), height_compare);
    return count ? heights[count * 4 / 5] : 0;
}

static int densest_row(PIX *line)
{
    NUMA *rows = pixCountPixelsByRow(line, NULL);
    l_float32 most = 0;
    l_int32 row = 0;

    if (rows)
        (void)numaGetMax(rows, &most, &row);
    numaDestroy(&rows);
    return row;
}

static int piece_compare(const void *a, const void *b)
{
    return ((const struct ocr_piece *)a)->box.x0 - ((const struct ocr_piece *)b)->box.x0;
}

static bool is_speck(const struct ocr_piece *piece, int letter)
{
    enum { AREA_LEAST = 3 };

    return piece->area < AREA_LEAST ||
           (box_height(piece->box) * 10 < letter && box_width(piece->box) * 10 < letter);
}

static struct ocr_piece measure(PIXA *masks, BOXA *boxes, int i)
{
    struct ocr_piece piece = {0};
    l_int32 x = 0, y = 0, width = 0, height = 0;
    PIX *mask = pixaGetPix(masks, i, L_CLONE);

    (void)boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
    (void)pixCountPixels(mask, &piece.area, NULL);
    BOX *half = height > 1 ? boxCreate(0, 0, width, height / 2) : NULL;
    if (half)
        (void)pixCountPixelsInRect(mask, half, &piece.upper, NULL);
    boxDestroy(&half);
    pixDestroy(&mask);
    piece.box = (struct ocr_box){x, y, x + width, y + height};
    return piece;
}

static void put_pieces(PIXA *masks, BOXA *boxes, struct ocr_box line, struct ocr_pieces *pieces)
{
    int count = boxaGetCount(boxes) < PIECES_MAX ? boxaGetCount(boxes) : PIECES_MAX;

    pieces->at = mem_alloc((size_t)count * sizeof(*pieces->at));
    for (int i = 0; i < count; i++) {
        struct ocr_piece piece = measure(masks, boxes, i);
        piece.box.x0 += line.x0;
        piece.box.x1 += line.x0;
        piece.box.y0 += line.y0;
        piece.box.y1 += line.y0;
        if (!is_speck(&piece, pieces->letter))
            pieces->at[pieces->count++] = piece;
    }
    qsort(pieces->at, pieces->count, sizeof(*pieces->at), piece_compare);
}

bool ocr_pieces_find(struct Pix *ink, struct ocr_box line, struct ocr_pieces *ret_pieces)
{
    BOX *box = boxCreate(line.x0, line.y0, box_width(line), box_height(line));
    PIX *cut = box ? pixClipRectangle(ink, box, NULL) : NULL;
    PIXA *masks = NULL;
    BOXA *boxes = cut ? pixConnComp(cut, &masks, 8) : NULL;

    *ret_pieces = (struct ocr_pieces){.letter = boxes ? letter_height(boxes) : 0};
    if (ret_pieces->letter > 0) {
        ret_pieces->base = line.y0 + densest_row(cut);
        put_pieces(masks, boxes, line, ret_pieces);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&masks);
    pixDestroy(&cut);
    boxDestroy(&box);
    return ret_pieces->count > 0;
}

void ocr_pieces_release(struct ocr_pieces *pieces)
{
    free(pieces->at);
    *pieces = (struct ocr_pieces){0};
}

/* Whether 100 x value / of is in the bounds. */
static bool within(int value, int of, int least, int most)
{
    return 100 * value >= least * of && 100 * value <= most * of;
}

static bool has_shape(const struct ocr_pieces *pieces, const struct ocr_piece *piece,
                      const struct shape *shape)
{
    int width = box_width(piece->box), height = box_height(piece->box), letter = pieces->letter;

    return within(height, letter, shape->height_least, shape->height_most) &&
           within(width, height, shape->width_least, shape->width_most) &&
           within(piece->box.y1 - pieces->base, letter, shape->bottom_least, shape->bottom_most) &&
           within(piece->upper, piece->area, 0, shape->upper_most) &&
           within(piece->area, width * height, shape->fill_least, shape->fill_most);
}

/* Whether something small stands above or below the piece, as the dot of a semicolon does, or left
 * of it something more of the word. */
static bool is_part(const struct ocr_pieces *pieces, const struct ocr_piece *piece,
                    struct ocr_box word)
{
    int width = box_width(piece->box);

    for (size_t i = 0; i < pieces->count; i++) {
        struct ocr_box at = pieces->at[i].box;
        int shared = (at.x1 < piece->box.x1 ? at.x1 : piece->box.x1) -
                     (at.x0 > piece->box.x0 ? at.x0 : piece->box.x0);
        if (&pieces->at[i] == piece)
            continue;
        if (3 * shared > width && 2 * box_height(at) < pieces->letter)
            return true;
        if (at.x0 >= word.x0 - 2 && at.x1 <= piece->box.x0)
            return true;
    }
    return false;
}

/* What is next on the right of the comma and begins before the word ends. */
static enum ocr_neighbour neighbour(const struct ocr_pieces *pieces, const struct ocr_piece *comma,
                                    struct ocr_box word)
{
    static const struct shape CHEVRON = {45, 100, 18, 62, -40, 50, 100, 36, 80};
    static const struct shape ROUND = {38, 75, 60, 125, -12, 32, 100, 36, 88};
    static const struct shape DOT = {8, 30, 60, 150, 3, 36, 100, 60, 100};
    const struct ocr_piece *next = comma + 1, *end = pieces->at + pieces->count;

    while (next < end && next->box.x1 <= comma->box.x1)
        next++;
    if (next == end || next->box.x0 >= word.x1)
        return BESIDE_NOTHING;
    if (has_shape(pieces, next, &CHEVRON) && within(next->upper, next->area, 43, 57))
        return BESIDE_CHEVRON;
    if (has_shape(pieces, next, &ROUND))
        return BESIDE_ROUND;
    return has_shape(pieces, next, &DOT) ? BESIDE_DOT : BESIDE_OTHER;
}

struct ocr_comma ocr_pieces_comma(const struct ocr_pieces *pieces, struct ocr_box word, int limit)
{
    int from = word.x0 - pieces->letter * 45 / 100, to = word.x0 + pieces->letter * 90 / 100;

    for (size_t i = 0; i < pieces->count && pieces->at[i].box.x0 <= to; i++) {
        const struct ocr_piece *piece = &pieces->at[i];
        if (piece->box.x0 < from || (piece->box.x0 + piece->box.x1) / 2 <= limit ||
            !has_shape(pieces, piece, &LIKELY) || is_part(pieces, piece, word))
            continue;
        return (struct ocr_comma){has_shape(pieces, piece, &SURE) ? COMMA_SURE : COMMA_LIKELY,
                                  neighbour(pieces, piece, word)};
    }
    return (struct ocr_comma){NO_COMMA, BESIDE_OTHER};
}
