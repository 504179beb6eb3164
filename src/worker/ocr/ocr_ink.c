#include "worker/ocr/ocr_ink.h"

#include <stdlib.h>

#include <leptonica/allheaders.h>

#include "base/buf.h"
#include "worker/ocr/ocr_picture.h"

enum { LETTER_LEAST = 6, LETTER_MOST = 255 };

struct Pix *ocr_ink_threshold(struct Pix *grey)
{
    PIX *ink = NULL;

    if (pixOtsuAdaptiveThreshold(grey, pixGetWidth(grey), pixGetHeight(grey), 0, 0, 0.1F, NULL,
                                 &ink))
        return NULL;
    return ink;
}

static struct ocr_box box_at(BOXA *boxes, int i)
{
    l_int32 x = 0, y = 0, width = 0, height = 0;

    (void)boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
    return (struct ocr_box){x, y, x + width, y + height};
}

/* The height below which 85 of 100 letters stay: the letters with ascenders, and in Arabic script
 * the common words, but not the headings. */
static int high_letters(const int *heights, int sum)
{
    int below = 0;

    for (int height = 0; height <= LETTER_MOST; height++) {
        below += heights[height];
        if (below * 100 > sum * 85)
            return height;
    }
    return LETTER_MOST;
}

int ocr_letter_height(struct Pix *grey)
{
    enum { LETTERS_LEAST = 5 };
    int heights[LETTER_MOST + 1] = {0}, sum = 0;
    PIX *ink = ocr_ink_threshold(grey);
    BOXA *boxes = ink ? pixConnCompBB(ink, 8) : NULL;

    pixDestroy(&ink);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        struct ocr_box box = box_at(boxes, i);
        int width = box_width(box), height = box_height(box);
        if (height < LETTER_LEAST || height > LETTER_MOST || width < 2 || width > height * 12)
            continue;
        heights[height]++;
        sum++;
    }
    boxaDestroy(&boxes);
    return sum < LETTERS_LEAST ? 0 : high_letters(heights, sum);
}

/* Replaces *pix by what a step made of it; the old one is freed. */
static void step(PIX **pix, PIX *made)
{
    pixDestroy(pix);
    *pix = made;
}

/* Ink on a ground that need not be even: shaded tables, shadows of a book's fold. */
static PIX *find_ink(PIX *grey)
{
    PIX *even = pixBackgroundNormSimple(grey, NULL, NULL);
    PIX *ink = ocr_ink_threshold(even ? even : grey);

    pixDestroy(&even);
    return ink;
}

/* Lines of a table or a form, upright (`width` 1) or level, as long as no stroke of a letter. They
 * go from the ink and, as the engine takes them for letters, from the picture. */
static PIX *take_lines(PIX **ink, PIX *grey, int width, int height)
{
    enum { ROUND = 3 };
    PIX *lines = pixOpenBrick(NULL, *ink, width, height);
    PIX *mask = lines ? pixDilateBrick(NULL, lines, ROUND, ROUND) : NULL;

    if (mask) {
        (void)pixSetMasked(grey, mask, 255);
        step(ink, pixSubtract(NULL, *ink, mask));
    }
    pixDestroy(&mask);
    return lines;
}

/* Takes out what is larger than letters ever are both ways; returns the boxes of it. */
static BOXA *drop_pictures(PIX **ink, int letter)
{
    enum { PICTURE = 5 };
    BOXA *boxes = NULL;
    PIX *large = pixSelectBySize(*ink, PICTURE * letter, PICTURE * letter, 8, L_SELECT_IF_BOTH,
                                 L_SELECT_IF_GT, NULL);

    if (large) {
        boxes = pixConnCompBB(large, 8);
        step(ink, pixSubtract(NULL, *ink, large));
    }
    pixDestroy(&large);
    return boxes;
}

static void put(struct ocr_ink *ink, struct ocr_box box, enum mark_kind kind)
{
    ink->at[ink->count++] = (struct mark){box, kind};
}

static void put_rules(PIX *rules, struct ocr_ink *ink)
{
    BOXA *boxes = rules ? pixConnCompBB(rules, 8) : NULL;

    for (int i = 0; boxes && i < boxaGetCount(boxes) && ink->count < OCR_MARKS_MAX; i++) {
        struct ocr_box box = box_at(boxes, i);
        if (box_height(box) < ink->letter)
            put(ink, box, MARK_RULE);
    }
    boxaDestroy(&boxes);
}

static void wipe(PIX *grey, struct ocr_box box)
{
    (void)pixRasterop(grey, box.x0, box.y0, box_width(box), box_height(box), PIX_SET, NULL, 0, 0);
}

/* Closed across the gaps between letters, each connected piece is about a word. */
static bool put_words(PIX *pix, PIX *grey, struct ocr_ink *ink)
{
    int gap = ink->letter * 7 / 10, speck = ink->letter / 6 + 1;
    PIX *closed = pixCloseSafeBrick(NULL, pix, gap > 1 ? gap : 2, 1);
    BOXA *boxes = closed ? pixConnCompBB(closed, 8) : NULL;
    int count = boxes ? boxaGetCount(boxes) : 0;

    pixDestroy(&closed);
    for (int i = 0; i < count && ink->count < OCR_MARKS_MAX; i++) {
        struct ocr_box box = box_at(boxes, i);
        bool flat = box_height(box) * 3 < ink->letter && box_width(box) > 8 * ink->letter;
        if (box_width(box) <= speck && box_height(box) <= speck)
            continue;
        if (flat)
            wipe(grey, box); /* a dotted rule */
        put(ink, box, flat ? MARK_RULE : MARK_WORD);
    }
    bool whole = boxes && ink->count < OCR_MARKS_MAX;
    boxaDestroy(&boxes);
    return whole;
}

bool ocr_ink_find(struct Pix *grey, int letter, struct ocr_ink *ret_ink)
{
    enum { UPRIGHT = 5, RULE = 12 };
    PIX *pix = find_ink(grey);

    *ret_ink = (struct ocr_ink){.at = mem_alloc(OCR_MARKS_MAX * sizeof(*ret_ink->at)),
                                .letter = letter > 0 ? letter : 1};
    letter = ret_ink->letter;
    if (pix) {
        PIX *uprights = take_lines(&pix, grey, 1, UPRIGHT * letter);
        pixDestroy(&uprights);
    }
    if (pix) {
        PIX *rules = take_lines(&pix, grey, RULE * letter, 1);
        put_rules(rules, ret_ink);
        pixDestroy(&rules);
    }
    BOXA *pictures = pix ? drop_pictures(&pix, letter) : NULL;
    bool found = pix && put_words(pix, grey, ret_ink);
    ret_ink->all = ret_ink->count;
    if (found)
        ocr_picture_drop_marks(ret_ink, pictures, grey);
    boxaDestroy(&pictures);
    pixDestroy(&pix);
    if (!found)
        ocr_ink_release(ret_ink);
    return found;
}

void ocr_ink_release(struct ocr_ink *ink)
{
    free(ink->at);
    *ink = (struct ocr_ink){0};
}
