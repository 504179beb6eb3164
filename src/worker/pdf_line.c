#include "worker/pdf_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/presentation.h"
#include "worker/visual.h"

/* A gap of this part of the font's size between two letters is a space. */
static const float SPACE_GAP = 0.22F;

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

void glyphs_count_letters(const struct glyphs *glyphs, size_t *ret_rtl, size_t *ret_ltr)
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
    char text[1024];
    size_t len;
    struct page_box box;
};

static void word_end(struct word_maker *word)
{
    if (word->len)
        page_text_word(word->page, word->text, word->len, word->box, CONFIDENCE_NONE);
    word->len = 0;
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

/* Letters that continue a ligature follow their glyph and take no room. Marks stand on the letter
 * before them or, in a line stored as seen, on the one after them. */
static void seat_glyphs(struct glyphs *glyphs)
{
    bool seen = stored_as_seen(glyphs);
    size_t count = glyphs->count;

    for (size_t i = 0; i < count; i++) {
        struct glyph *glyph = &glyphs->at[i];
        bool mark = rune_direction(glyph->rune) == DIRECTION_MARK;
        bool thin = glyph->to - glyph->from < 0.01F * glyph->size;

        if (mark && seen) {
            size_t next = i + 1;
            while (next < count && rune_direction(glyphs->at[next].rune) == DIRECTION_MARK)
                next++;
            if (next < count && rune_direction(glyphs->at[next].rune) == DIRECTION_RTL)
                glyph->seat = (uint32_t)next;
            else if (i > 0)
                glyph->seat = glyphs->at[i - 1].seat;
        } else if ((mark || thin) && i > 0) {
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

/* The glyphs that take room, from left to right. */
static size_t seats_sorted(const struct glyphs *glyphs, struct seat *seats)
{
    size_t count = 0;

    for (size_t i = 0; i < glyphs->count; i++) {
        const struct glyph *glyph = &glyphs->at[i];
        if (glyph->seat == i)
            seats[count++] = (struct seat){(glyph->from + glyph->to) / 2, (uint32_t)i};
    }
    qsort(seats, count, sizeof(*seats), seat_compare);
    return count;
}

static bool gap_between(const struct glyph *a, const struct glyph *b)
{
    const struct glyph *left = a->from < b->from ? a : b, *right = left == a ? b : a;

    return right->from - left->to > SPACE_GAP * left->size && !is_space(a->rune) &&
           !is_space(b->rune);
}

/* The seats' glyphs in reading order, each followed by what stands on it. */
static void append_ordered(const struct glyphs *glyphs, const struct seat *seats,
                           const uint32_t *order, size_t count, struct word_maker *word)
{
    const struct glyph space = {.rune = ' '};
    size_t *first = mem_zalloc(glyphs->count + 1, sizeof(*first));
    size_t *next = mem_zalloc(glyphs->count + 1, sizeof(*next));

    /* Lists by seat, in stored order: 0 ends one, the others are index + 1. */
    for (size_t i = glyphs->count; i > 0; i--) {
        uint32_t seat = glyphs->at[i - 1].seat;
        if (seat == i - 1)
            continue;
        next[i - 1] = first[seat];
        first[seat] = i;
    }
    for (size_t i = 0; i < count; i++) {
        const struct glyph *glyph = &glyphs->at[seats[order[i]].glyph];
        if (i > 0 && gap_between(&glyphs->at[seats[order[i - 1]].glyph], glyph))
            word_add(word, &space);
        word_add(word, glyph);
        for (size_t j = first[seats[order[i]].glyph]; j; j = next[j - 1])
            word_add(word, &glyphs->at[j - 1]);
    }
    free(first);
    free(next);
}

static void append_rtl(struct glyphs *glyphs, struct word_maker *word)
{
    struct seat *seats = mem_zalloc(glyphs->count + 1, sizeof(*seats));
    enum direction *directions = mem_zalloc(glyphs->count + 1, sizeof(*directions));
    uint32_t *order = mem_zalloc(glyphs->count + 1, sizeof(*order));
    size_t rtl = 0, ltr = 0;

    seat_glyphs(glyphs);
    size_t count = seats_sorted(glyphs, seats);
    for (size_t i = 0; i < count; i++)
        directions[i] = rune_direction(glyphs->at[seats[i].glyph].rune);
    glyphs_count_letters(glyphs, &rtl, &ltr);
    visual_to_logical(directions, count, rtl > 0 && rtl * 4 >= ltr, order);
    append_ordered(glyphs, seats, order, count, word);
    free(seats);
    free(directions);
    free(order);
}

void line_append(struct glyphs *glyphs, bool rtl, struct page_text *page)
{
    struct word_maker word = {.page = page};

    if (rtl) {
        append_rtl(glyphs, &word);
    } else {
        for (size_t i = 0; i < glyphs->count; i++)
            word_add(&word, &glyphs->at[i]);
    }
    word_end(&word);
}
