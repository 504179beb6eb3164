#include "worker/pdf/pdf_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/presentation.h"

/* A gap of this part of the font's size between two letters is a space. */
static const float SPACE_GAP = 0.22F;
/* A space between letters that stand closer than this only keeps them from joining. */
static const float JOINED_GAP = 0.05F;

enum { ZERO_WIDTH_NON_JOINER = 0x200C };

static const uint32_t NO_GLYPH = UINT32_MAX;

void glyphs_add(struct glyphs *glyphs, struct glyph glyph)
{
    if (glyphs->count == glyphs->space) {
        glyphs->space = glyphs->space ? glyphs->space * 2 : 128;
        glyphs->at = mem_realloc(glyphs->at, glyphs->space, sizeof(*glyphs->at));
    }
    glyph.seat = (uint32_t)glyphs->count;
    glyphs->at[glyphs->count++] = glyph;
}

void glyphs_release(struct glyphs *glyphs)
{
    free(glyphs->at);
    *glyphs = (struct glyphs){0};
}

/* How many letters read right to left, how many left to right. */
static void glyphs_count_letters(const struct glyphs *glyphs, size_t *ret_rtl, size_t *ret_ltr)
{
    for (size_t i = 0; i < glyphs->count; i++) {
        enum direction direction = rune_direction(glyphs->at[i].rune);
        *ret_rtl += direction == DIRECTION_RTL;
        *ret_ltr += direction == DIRECTION_LTR;
    }
}

static bool is_space(uint32_t rune)
{
    return rune == ' ' || rune == '\t' || rune == 0xA0 || (rune >= 0x2000 && rune <= 0x200A) ||
           rune == 0x202F || rune == 0x3000;
}

/* ---- words ---- */

struct word_maker {
    struct page_text *page;
    struct buf *veiled; /* by enum veil; or NULL */
    size_t letters, hidden[VEIL_COUNT];
    char text[1024];
    size_t len;
    struct page_box box;
};

/* A word that cannot be seen is kept a second time, to be told of. One with a letter or two that
 * another thing overlaps can be read. */
static void word_veil(struct word_maker *word)
{
    for (size_t i = VEIL_NONE + 1; i < VEIL_COUNT && word->veiled; i++) {
        if (word->hidden[i] == 0 || word->hidden[i] * 2 < word->letters)
            continue;
        if (word->veiled[i].len)
            (void)buf_append_char(&word->veiled[i], ' ');
        (void)buf_append(&word->veiled[i], word->text, word->len);
        return;
    }
}

static void word_end(struct word_maker *word)
{
    if (word->len) {
        word_veil(word);
        page_text_word(word->page, word->text, word->len, word->box, CONFIDENCE_NONE);
    }
    word->len = word->letters = 0;
    memset(word->hidden, 0, sizeof(word->hidden));
    word->box = (struct page_box){0};
}

static void word_add(struct word_maker *word, const struct glyph *glyph)
{
    if (is_space(glyph->rune)) {
        word_end(word);
        page_text_space(word->page, ' ');
        return;
    }
    char rune[4];
    size_t rune_len = utf8_encode(glyph->rune, rune);
    const char *letters = presentation_letters(glyph->rune);
    size_t len = letters ? strlen(letters) : rune_len;

    if (word->len + len > sizeof(word->text))
        word_end(word);
    memcpy(word->text + word->len, letters ? letters : rune, len);
    word->len += len;
    word->letters += rune_direction(glyph->rune) != DIRECTION_NEUTRAL;
    word->hidden[glyph->veil] += glyph->veil != VEIL_NONE;
    word->box = page_box_union(word->box, glyph->box);
}

/* ---- order ---- */

/* Whether the file stores right-to-left letters from left to right, as they are seen. */
static bool stored_as_seen(const struct glyphs *glyphs)
{
    size_t rightwards = 0, leftwards = 0;

    for (size_t i = 1; i < glyphs->count; i++) {
        const struct glyph *a = &glyphs->at[i - 1], *b = &glyphs->at[i];
        if (rune_direction(a->rune) != DIRECTION_RTL || rune_direction(b->rune) != DIRECTION_RTL)
            continue;
        rightwards += b->from > a->from;
        leftwards += b->from < a->from;
    }
    return rightwards > leftwards;
}

static bool turns(uint32_t from, uint32_t to)
{
    enum direction a = rune_direction(from), b = rune_direction(to);

    return (a == DIRECTION_RTL && b == DIRECTION_LTR) || (a == DIRECTION_LTR && b == DIRECTION_RTL);
}

/* A further character of a glyph belongs to its first. Where they turn to the other direction, the
 * glyph shows only what follows: a program told with it the letters of glyphs before it, which
 * themselves say nothing. */
static void seat_further(struct glyphs *glyphs, uint32_t i)
{
    struct glyph *glyph = &glyphs->at[i];
    const struct glyph *first = &glyphs->at[glyphs->at[i - 1].seat];

    if (!turns(first->rune, glyph->rune)) {
        glyph->seat = glyphs->at[i - 1].seat;
        return;
    }
    glyph->from = first->from;
    glyph->to = first->to;
    for (uint32_t j = glyphs->at[i - 1].seat; j < i; j++) {
        glyphs->at[j].seat = i;
        glyphs->at[j].ahead = true;
    }
}

/* Further characters of one glyph follow its first, whichever way the line is stored. Marks stand
 * on the letter before them or, in a line stored as seen, on the one after them. */
static void seat_glyphs(struct glyphs *glyphs)
{
    bool seen = stored_as_seen(glyphs);
    size_t count = glyphs->count;

    for (size_t i = 0; i < count; i++) {
        struct glyph *glyph = &glyphs->at[i];
        bool mark = rune_direction(glyph->rune) == DIRECTION_MARK;

        if (glyph->continues && i > 0) {
            seat_further(glyphs, (uint32_t)i);
        } else if (mark && seen) {
            size_t next = i + 1;
            while (next < count && (glyphs->at[next].continues ||
                                    rune_direction(glyphs->at[next].rune) == DIRECTION_MARK))
                next++;
            if (next < count && rune_direction(glyphs->at[next].rune) == DIRECTION_RTL)
                glyph->seat = (uint32_t)next;
            else if (i > 0)
                glyph->seat = glyphs->at[i - 1].seat;
        } else if (mark && i > 0) {
            glyph->seat = glyphs->at[i - 1].seat;
        }
    }
}

struct seat {
    float at;
    uint32_t glyph;
};

static int seat_compare(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->glyph < y->glyph ? -1 : 1;
}

/* Where a glyph comes in its line. A space that is printed over a letter begins where that does,
 * and stands before it. */
static float place_of(const struct glyph *glyph)
{
    if (is_space(glyph->rune))
        return glyph->from - 0.01F * glyph->size;
    return (glyph->from + glyph->to) / 2;
}

/* The glyphs that have a place of their own, from left to right. */
static size_t seats_sorted(const struct glyphs *glyphs, struct seat *seats)
{
    size_t count = 0;

    for (size_t i = 0; i < glyphs->count; i++) {
        const struct glyph *glyph = &glyphs->at[i];
        if (glyph->seat == i)
            seats[count++] = (struct seat){place_of(glyph), (uint32_t)i};
    }
    qsort(seats, count, sizeof(*seats), seat_compare);
    return count;
}

static bool gap_between(const struct glyph *left, const struct glyph *right)
{
    return right->from - left->to > SPACE_GAP * left->size && !is_space(left->rune) &&
           !is_space(right->rune);
}

/* Puts a seat without a glyph, a space, wherever the line shows a gap. `spaced` has room for twice
 * as many seats. */
static size_t seats_spaced(const struct glyphs *glyphs, const struct seat *seats, size_t count,
                           struct seat *spaced)
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && gap_between(&glyphs->at[seats[i - 1].glyph], &glyphs->at[seats[i].glyph]))
            spaced[used++] = (struct seat){.glyph = NO_GLYPH};
        spaced[used++] = seats[i];
    }
    return used;
}

/* Whether the glyph is a space that takes no room between two letters of a cursive script: the
 * zero width non-joiner, as programs print it. */
static bool is_non_joiner(const struct glyph *before, const struct glyph *glyph,
                          const struct glyph *after)
{
    if (!is_space(glyph->rune) || rune_direction(before->rune) != DIRECTION_RTL ||
        rune_direction(after->rune) != DIRECTION_RTL)
        return false;
    return before->from - after->to < JOINED_GAP * before->size && before->from > after->from;
}

/* A line in reading order: its seats from left to right and how they are read. */
struct reading {
    const struct glyphs *glyphs;
    struct seat *seats;
    struct visual_line visual; /* of the seats */
    uint32_t *order;
    size_t count;
};

static const struct glyph *glyph_of(const struct reading *line, size_t seat)
{
    static const struct glyph space = {.rune = ' '};
    uint32_t glyph = line->seats[seat].glyph;

    return glyph == NO_GLYPH ? &space : &line->glyphs->at[glyph];
}

/* The glyph that is read at this place, NULL after the last. */
static const struct glyph *glyph_at(const struct reading *line, size_t i)
{
    return i < line->count ? glyph_of(line, line->order[i]) : NULL;
}

/* Lists by seat of what stands on it, in stored order: 0 ends one, the others are index + 1. */
static void list_by_seat(const struct glyphs *glyphs, size_t *first, size_t *next)
{
    for (size_t i = glyphs->count; i > 0; i--) {
        uint32_t seat = glyphs->at[i - 1].seat;
        if (seat == i - 1)
            continue;
        next[i - 1] = first[seat];
        first[seat] = i;
    }
}

/* What is read at the seat, given the glyph read before it, NULL at first, and the one after it. */
static struct glyph glyph_read(const struct reading *line, size_t i, const struct glyph *before)
{
    const struct glyph *glyph = glyph_at(line, i), *after = glyph_at(line, i + 1);
    struct glyph read = *glyph;

    read.rune = line->visual.runes[line->order[i]];
    if (before && after && is_non_joiner(before, glyph, after))
        read.rune = ZERO_WIDTH_NON_JOINER;
    return read;
}

/* Adds those on a seat that are read before it, or those that are read after it. */
static void add_seated(const struct glyphs *glyphs, size_t first, const size_t *next, bool ahead,
                       struct word_maker *word)
{
    for (size_t j = first; j; j = next[j - 1])
        if (glyphs->at[j - 1].ahead == ahead)
            word_add(word, &glyphs->at[j - 1]);
}

/* The seats' glyphs in reading order, each with what stands on it. */
static void append_ordered(const struct reading *line, struct word_maker *word)
{
    const struct glyphs *glyphs = line->glyphs;
    size_t *first = mem_zalloc(glyphs->count + 1, sizeof(*first));
    size_t *next = mem_zalloc(glyphs->count + 1, sizeof(*next));
    const struct glyph *before = NULL;

    list_by_seat(glyphs, first, next);
    for (size_t i = 0; i < line->count; i++) {
        uint32_t at = line->seats[line->order[i]].glyph;
        size_t seated = at == NO_GLYPH ? 0 : first[at];
        struct glyph read = glyph_read(line, i, before);
        add_seated(glyphs, seated, next, true, word);
        word_add(word, &read);
        add_seated(glyphs, seated, next, false, word);
        before = glyph_at(line, i);
    }
    free(first);
    free(next);
}

/* Whether the line's paragraph reads leftwards. Where words are stored as they are read, it does
 * when one goes on to the left of another of the other direction. */
static bool reads_leftwards(const struct glyphs *glyphs)
{
    size_t rtl = 0, ltr = 0, leftwards = 0, rightwards = 0;
    const struct glyph *last = NULL;

    glyphs_count_letters(glyphs, &rtl, &ltr);
    for (size_t i = 0; glyphs->as_read && i < glyphs->count; i++) {
        const struct glyph *glyph = &glyphs->at[i];
        enum direction direction = rune_direction(glyph->rune);
        if (direction != DIRECTION_LTR && direction != DIRECTION_RTL)
            continue;
        bool turn = last && direction != rune_direction(last->rune);
        leftwards += turn && glyph->from < last->from;
        rightwards += turn && glyph->from > last->from;
        last = glyph;
    }
    if (leftwards != rightwards)
        return leftwards > rightwards;
    return rtl > 0 && rtl * 4 >= ltr;
}

static struct reading reading_new(struct glyphs *glyphs)
{
    size_t room = glyphs->count * 2 + 1;
    struct seat *seats = mem_zalloc(room, sizeof(*seats));
    struct reading line = {.glyphs = glyphs,
                           .seats = mem_zalloc(room, sizeof(*line.seats)),
                           .order = mem_zalloc(room, sizeof(*line.order))};
    struct visual_line *visual = &line.visual;

    seat_glyphs(glyphs);
    line.count = seats_spaced(glyphs, seats, seats_sorted(glyphs, seats), line.seats);
    free(seats);
    *visual = (struct visual_line){.runes = mem_zalloc(room, sizeof(*visual->runes)),
                                   .directions = mem_zalloc(room, sizeof(*visual->directions)),
                                   .count = line.count,
                                   .rtl = reads_leftwards(glyphs)};
    for (size_t i = 0; i < line.count; i++) {
        visual->runes[i] = glyph_of(&line, i)->rune;
        visual->directions[i] = rune_direction(visual->runes[i]);
    }
    return line;
}

static void append_rtl(struct glyphs *glyphs, struct bracket_habit *habit, struct word_maker *word)
{
    struct reading line = reading_new(glyphs);

    visual_to_logical(&line.visual, habit, line.order);
    append_ordered(&line, word);
    free(line.seats);
    free(line.visual.runes);
    free(line.visual.directions);
    free(line.order);
}

void line_append(struct glyphs *glyphs, bool rtl, struct bracket_habit *habit,
                 struct page_text *page, struct buf *veiled)
{
    struct word_maker word = {.page = page, .veiled = veiled};

    if (rtl) {
        append_rtl(glyphs, habit, &word);
    } else {
        for (size_t i = 0; i < glyphs->count; i++)
            word_add(&word, &glyphs->at[i]);
    }
    word_end(&word);
}
