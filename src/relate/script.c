#include "relate/script.h"

#include <stdlib.h>

#include "base/buf.h"
#include "relate/difference.h"

enum {
    STEP = DIFFERENCE_STEP,
    DIAGONALS = 2 * STEP + 1,
};

/* One step of the comparison: ways of up to STEP edits from one place on. `reach` holds, for each
 * number of edits and each diagonal (left - right), how far in the left sequence a way leads. */
struct search {
    uint32_t left, right;   /* where it begins */
    uint32_t width, height; /* what is left of both from there */
    same_fn *same;
    const void *ctx;
    uint32_t (*reach)[DIAGONALS];
};

/* A way to a place: how many edits, and on which diagonal it ends. */
struct way {
    int edits, diagonal;
};

static uint32_t slide(const struct search *search, uint32_t x, uint32_t y)
{
    while (x < search->width && y < search->height &&
           search->same(search->ctx, search->left + x, search->right + y))
        x++, y++;
    return x;
}

/* Whether the best way to `diagonal` with one edit more comes from the diagonal above: a word of
 * the right one is stepped over. */
static bool comes_down(const uint32_t *before, int edits, int diagonal)
{
    return diagonal == -edits ||
           (diagonal != edits && before[STEP + diagonal - 1] < before[STEP + diagonal + 1]);
}

static uint32_t start_of(const uint32_t *before, int edits, int diagonal)
{
    return comes_down(before, edits, diagonal) ? before[STEP + diagonal + 1]
                                               : before[STEP + diagonal - 1] + 1;
}

/* Fills the reaches until a way comes to the end of both, or STEP edits are spent: then the way
 * that has come furthest is taken. Ways that leave one of the sequences are kept, since the
 * algorithm counts on them, but none is taken. */
static struct way find_way(const struct search *search)
{
    struct way best = {0};
    uint64_t furthest = 0;

    for (int edits = 0; edits <= STEP; edits++) {
        const uint32_t *before = edits ? search->reach[edits - 1] : NULL;
        for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
            int64_t start = edits ? start_of(before, edits, diagonal) : 0;
            uint32_t x = slide(search, (uint32_t)start, (uint32_t)(start - diagonal));
            int64_t y = (int64_t)x - diagonal;
            search->reach[edits][STEP + diagonal] = x;
            if (x > search->width || y > search->height)
                continue;
            if (x == search->width && y == search->height)
                return (struct way){edits, diagonal};
            if ((uint64_t)(x + y) > furthest) {
                furthest = (uint64_t)(x + y);
                best = (struct way){edits, diagonal};
            }
        }
    }
    return best;
}

/* ---- telling it ---- */

struct writing {
    struct stretch now;
    stretch_fn *fn;
    void *ctx;
};

static int end_stretch(struct writing *writing)
{
    struct stretch done = writing->now;

    writing->now = (struct stretch){.left = done.left + done.only_left + done.same,
                                    .right = done.right + done.only_right + done.same};
    if (done.only_left + done.only_right + done.same == 0)
        return 0;
    return writing->fn(writing->ctx, &done);
}

static int add_only(struct writing *writing, bool left)
{
    int rc = writing->now.same ? end_stretch(writing) : 0;

    if (left)
        writing->now.only_left++;
    else
        writing->now.only_right++;
    return rc;
}

/* The edits of a way, from the first, and how many words are the same behind each. */
static int tell_way(const struct search *search, struct way way, struct writing *writing)
{
    struct {
        bool down;
        uint32_t same;
    } edits[STEP + 1];
    int rc = 0;

    for (int at = way.edits; at > 0; at--) {
        const uint32_t *before = search->reach[at - 1];
        uint32_t end = search->reach[at][STEP + way.diagonal];
        edits[at].down = comes_down(before, at, way.diagonal);
        edits[at].same = end - start_of(before, at, way.diagonal);
        way.diagonal += edits[at].down ? 1 : -1;
    }
    writing->now.same += search->reach[0][STEP];
    for (int at = 1; at <= way.edits && !rc; at++) {
        rc = add_only(writing, !edits[at].down);
        writing->now.same += edits[at].same;
    }
    return rc;
}

int script_each(uint32_t left_count, uint32_t right_count, same_fn *same, stretch_fn *fn, void *ctx)
{
    struct search search = {.width = left_count, .height = right_count, .same = same, .ctx = ctx};
    struct writing writing = {.fn = fn, .ctx = ctx};
    int rc = 0;

    search.reach = mem_alloc((STEP + 1) * sizeof(*search.reach));
    while (!rc && search.width + search.height > 0) {
        struct way way = find_way(&search);
        uint32_t x = search.reach[way.edits][STEP + way.diagonal];
        rc = tell_way(&search, way, &writing);
        search.left += x;
        search.width -= x;
        search.right += (uint32_t)((int64_t)x - way.diagonal);
        search.height -= (uint32_t)((int64_t)x - way.diagonal);
    }
    free(search.reach);
    return rc ? rc : end_stretch(&writing);
}
