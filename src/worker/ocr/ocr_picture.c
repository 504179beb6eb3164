#include "worker/ocr/ocr_picture.h"

#include <leptonica/allheaders.h>

/* Masks have one pixel for so many of the page's both ways. */
enum { REDUCED = 4 };

enum quality {
    TEXT,   /* as wide as a word and as high as a line */
    SHORT,  /* as high as a line: a digit, a particle, or anything else of that size */
    NO_WORD /* dots, signs, strokes */
};

static enum quality judge(const struct mark *mark, int letter)
{
    int width = box_width(mark->box), height = box_height(mark->box);

    if (height * 2 < letter || height > 4 * letter || width * 3 < letter)
        return NO_WORD;
    return width * 2 >= 5 * letter && width * 2 >= 3 * height ? TEXT : SHORT;
}

static void paint(PIX *mask, struct ocr_box box, int beside, int above, int operation)
{
    int x0 = (box.x0 - beside) / REDUCED, x1 = (box.x1 + beside) / REDUCED;
    int y0 = (box.y0 - above) / REDUCED, y1 = (box.y1 + above) / REDUCED;

    (void)pixRasterop(mask, x0, y0, x1 - x0 + 1, y1 - y0 + 1, operation, NULL, 0, 0);
}

/* Whether the mask, whose corner is at (left, top) of the page's mask, covers the mark's middle. */
static bool covers(PIX *mask, int left, int top, const struct mark *mark)
{
    l_uint32 set = 0;
    int x = (mark->box.x0 + mark->box.x1) / 2 / REDUCED - left;
    int y = (mark->box.y0 + mark->box.y1) / 2 / REDUCED - top;

    return x >= 0 && y >= 0 && !pixGetPixel(mask, x, y, &set) && set;
}

static PIX *mask_new(int width, int height)
{
    return pixCreate(width / REDUCED + 1, height / REDUCED + 1, 1);
}

/* What `drop` says goes behind the marks; `context` is its own. */
typedef bool drop_fn(const struct mark *mark, int letter, void *context);

static void filter(struct ocr_ink *ink, drop_fn *drop, void *context)
{
    size_t kept = 0;

    for (size_t i = 0; i < ink->count; i++) {
        struct mark mark = ink->at[i];
        if (mark.kind == MARK_WORD && drop(&mark, ink->letter, context))
            continue;
        ink->at[i] = ink->at[kept];
        ink->at[kept++] = mark;
    }
    ink->count = kept;
}

/* A connected piece of a mask. */
struct piece {
    PIX *mask;
    int left, top;
};

static bool in_piece(const struct mark *mark, int letter, void *context)
{
    const struct piece *piece = context;

    return judge(mark, letter) != TEXT && covers(piece->mask, piece->left, piece->top, mark);
}

/* Whether words fill some of the piece's box: it lies between the lines of a text, whose dots,
 * short words and noise stand as near each other as the fragments of a picture. */
static bool is_among_words(const struct ocr_ink *ink, const struct piece *piece)
{
    enum { SHARE = 10 };
    struct ocr_box box = {piece->left * REDUCED, piece->top * REDUCED,
                          (piece->left + (int)pixGetWidth(piece->mask)) * REDUCED,
                          (piece->top + (int)pixGetHeight(piece->mask)) * REDUCED};
    long words = 0;

    for (size_t i = 0; i < ink->count; i++) {
        struct ocr_box at = ink->at[i].box;
        if (ink->at[i].kind == MARK_WORD && box_holds(box, at) &&
            judge(&ink->at[i], ink->letter) == TEXT)
            words += (long)box_width(at) * box_height(at);
    }
    return words * SHARE > (long)box_width(box) * box_height(box);
}

/* Whether most of the piece are fragments: digits of a table stand as near each other. */
static bool is_clutter(const struct ocr_ink *ink, const struct piece *piece)
{
    size_t fragments = 0, shorts = 0;

    if (is_among_words(ink, piece))
        return false;
    for (size_t i = 0; i < ink->count; i++) {
        const struct mark *mark = &ink->at[i];
        if (mark->kind == MARK_RULE || !covers(piece->mask, piece->left, piece->top, mark))
            continue;
        enum quality quality = judge(mark, ink->letter);
        fragments += quality == NO_WORD;
        shorts += quality == SHORT;
    }
    return fragments > shorts;
}

/* Where words are and, a few times over, the short ones that stand beside words in a line. */
static PIX *words_mask(const struct ocr_ink *ink, PIX *grey)
{
    enum { ROUNDS = 4 };
    PIX *words = mask_new(pixGetWidth(grey), pixGetHeight(grey));
    int letter = ink->letter;

    for (int round = 0; words && round < ROUNDS; round++)
        for (size_t i = 0; i < ink->count; i++) {
            const struct mark *mark = &ink->at[i];
            enum quality quality = judge(mark, letter);
            if (mark->kind == MARK_WORD &&
                (quality == TEXT || (round > 0 && quality == SHORT && covers(words, 0, 0, mark))))
                paint(words, mark->box, 3 * letter / 2, 0, PIX_SET);
        }
    return words;
}

/* What is near to marks that are no words. */
static PIX *fragments_mask(const struct ocr_ink *ink, PIX *grey)
{
    PIX *mask = mask_new(pixGetWidth(grey), pixGetHeight(grey)), *words = words_mask(ink, grey);

    for (size_t i = 0; mask && i < ink->count; i++)
        if (ink->at[i].kind == MARK_WORD && judge(&ink->at[i], ink->letter) != TEXT)
            paint(mask, ink->at[i].box, ink->letter, ink->letter, PIX_SET);
    if (mask && words)
        (void)pixSubtract(mask, mask, words);
    pixDestroy(&words);
    return mask;
}

/* Fragments that stand together, far both ways, with no words among them. */
static void drop_clutter(struct ocr_ink *ink, PIX *grey)
{
    enum { LARGE = 6, PIECES_MAX = 200 };
    int letter = ink->letter, least = LARGE * letter / REDUCED;
    PIX *mask = fragments_mask(ink, grey);
    PIXA *pieces = NULL;

    BOXA *boxes = mask ? pixConnComp(mask, &pieces, 4) : NULL;
    for (int i = 0, seen = 0; boxes && i < boxaGetCount(boxes) && seen < PIECES_MAX; i++) {
        l_int32 x, y, piece_width, piece_height;
        (void)boxaGetBoxGeometry(boxes, i, &x, &y, &piece_width, &piece_height);
        if (piece_width < least || piece_height < least)
            continue;
        struct piece piece = {pixaGetPix(pieces, i, L_CLONE), x, y};
        seen++;
        if (is_clutter(ink, &piece))
            filter(ink, in_piece, &piece);
        pixDestroy(&piece.mask);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&mask);
}

static bool in_box(const struct mark *mark, int letter, void *context)
{
    (void)letter;
    return box_holds(*(const struct ocr_box *)context, mark->box);
}

/* What is inside a drawing, unless that is a frame around words. */
static void drop_inside(struct ocr_ink *ink, BOXA *pictures)
{
    enum { PICTURES_MAX = 500 };

    for (int i = 0; pictures && i < boxaGetCount(pictures) && i < PICTURES_MAX; i++) {
        l_int32 x, y, width, height;
        bool words = false;
        (void)boxaGetBoxGeometry(pictures, i, &x, &y, &width, &height);
        struct ocr_box box = {x, y, x + width, y + height};
        for (size_t k = 0; k < ink->count && !words; k++)
            words = ink->at[k].kind == MARK_WORD && box_holds(box, ink->at[k].box) &&
                    judge(&ink->at[k], ink->letter) == TEXT;
        if (!words)
            filter(ink, in_box, &box);
    }
}

static bool is_alone(const struct mark *mark, int letter, void *context)
{
    return judge(mark, letter) == NO_WORD && !covers(context, 0, 0, mark);
}

/* Dots and signs that no word is near to. */
static void drop_specks(struct ocr_ink *ink, PIX *grey)
{
    PIX *words = mask_new(pixGetWidth(grey), pixGetHeight(grey));

    for (size_t i = 0; words && i < ink->count; i++)
        if (ink->at[i].kind == MARK_WORD && judge(&ink->at[i], ink->letter) != NO_WORD)
            paint(words, ink->at[i].box, 2 * ink->letter, ink->letter, PIX_SET);
    if (words)
        filter(ink, is_alone, words);
    pixDestroy(&words);
}

/* Letters broken by noise look like fragments too: without words to compare them with, nothing is
 * known of them. */
static bool is_mostly_words(const struct ocr_ink *ink)
{
    enum { CLEARLY = 3 };
    long words = 0, others = 0;

    for (size_t i = 0; i < ink->count; i++)
        if (ink->at[i].kind == MARK_WORD)
            *(judge(&ink->at[i], ink->letter) == TEXT ? &words : &others) +=
                box_width(ink->at[i].box);
    return words > CLEARLY * others;
}

void ocr_picture_drop_marks(struct ocr_ink *ink, BOXA *pictures, PIX *grey)
{
    if (!is_mostly_words(ink))
        return;
    drop_specks(ink, grey);
    ink->all = ink->count;
    drop_inside(ink, pictures);
    drop_clutter(ink, grey);
}
