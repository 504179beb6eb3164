#include "worker/pdf/pdf_layer.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/pdf/pdf.h"
#include "worker/pdf/visual.h"

/* More than this part of garbled letters, 1 in 50, leaves hardly a sentence whole. */
enum { GARBLED_SHARE = 50, GARBLED_LEAST = 5 };

/* ---- letters of a language ---- */

/* Counts of letters, by script. */
struct tally {
    size_t latin, vowels;
    size_t arabic, common;
};

enum { TALLY_LEAST = 150 };

static bool is_vowel(uint32_t rune)
{
    return (rune && rune < 0x80 && strchr("aeiouyAEIOUY", (int)rune)) ||
           (rune >= 0xC0 && rune < 0x250);
}

/* alef, its forms, lam, meem, noon, yeh, waw, reh, heh, teh, dal: more than half of any text. */
static bool is_common_arabic(uint32_t rune)
{
    static const uint16_t COMMON[] = {0x0622, 0x0623, 0x0625, 0x0627, 0x0644, 0x0645,
                                      0x0646, 0x064A, 0x06CC, 0x0648, 0x0631, 0x0647,
                                      0x0629, 0x062A, 0x062F, 0x0649};

    for (size_t i = 0; i < ARRAY_LEN(COMMON); i++)
        if (COMMON[i] == rune)
            return true;
    return false;
}

static void tally_rune(struct tally *tally, uint32_t rune)
{
    bool latin = (rune < 0x80 && rune_direction(rune) == DIRECTION_LTR) ||
                 (rune >= 0xC0 && rune < 0x250 && rune != 0xD7 && rune != 0xF7);

    tally->latin += latin;
    tally->vowels += latin && is_vowel(rune);
    if (rune >= 0x0620 && rune <= 0x06D3 && rune_direction(rune) == DIRECTION_RTL) {
        tally->arabic++;
        tally->common += is_common_arabic(rune);
    }
}

/* Vowels are 35 to 50 in a hundred letters of European languages, tables of abbreviations have some
 * 30; a text whose letters were exchanged has other shares. */
static bool tally_implausible(const struct tally *tally)
{
    if (tally->latin >= TALLY_LEAST && tally->latin > 2 * tally->arabic)
        return tally->vowels * 100 < tally->latin * 24 || tally->vowels * 100 > tally->latin * 68;
    if (tally->arabic >= TALLY_LEAST)
        return tally->common * 100 < tally->arabic * 38;
    return false;
}

bool pdf_text_implausible(const char *text, size_t len)
{
    struct tally tally = {0};

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(text + at, len - at, &rune);
        tally_rune(&tally, rune);
    }
    return tally_implausible(&tally);
}

static bool is_lost(uint32_t rune)
{
    return rune == 0xFFFD || rune < 0x20 || (rune >= 0x7F && rune < 0xA0) ||
           (rune >= 0xE000 && rune <= 0xF8FF) || rune >= 0xF0000;
}

/* Fonts with a wrong or missing table of their characters give these instead of common letters. The
 * Arabic ones are in Unicode for languages that wrote them for a while, or as rare marks. */
static bool is_garbled(uint32_t rune)
{
    return rune == 0xFFFD || (rune >= 0x063B && rune <= 0x063F) ||
           (rune >= 0x0656 && rune <= 0x065F);
}

static void count_char(const fz_stext_char *c, struct pdf_layer *layer, size_t *rtl)
{
    uint32_t rune = pdf_rune(c);
    enum direction direction = rune_direction(rune);

    layer->garbled += is_garbled(rune);
    if (is_lost(rune)) {
        layer->lost++;
        return;
    }
    layer->guessed += (c->c & PDF_GUESSED) != 0;
    layer->letters +=
        direction == DIRECTION_LTR || direction == DIRECTION_RTL || direction == DIRECTION_NUMBER;
    *rtl += direction == DIRECTION_RTL;
}

static double area(fz_rect r)
{
    return r.x1 > r.x0 && r.y1 > r.y0 ? (double)(r.x1 - r.x0) * (r.y1 - r.y0) : 0;
}

void pdf_layer_measure(const fz_stext_page *text, struct pdf_layer *layer)
{
    double page_area = area(text->mediabox), images = 0;
    struct tally tally = {0};
    size_t rtl = 0;

    for (const fz_stext_block *block = text->first_block; block; block = block->next) {
        if (block->type == FZ_STEXT_BLOCK_IMAGE) {
            images += area(fz_intersect_rect(block->bbox, text->mediabox));
            continue;
        }
        for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next)
            for (const fz_stext_char *c = line->first_char; c; c = c->next) {
                count_char(c, layer, &rtl);
                tally_rune(&tally, pdf_rune(c));
            }
    }
    layer->image_share = page_area > 0 && images < page_area ? images / page_area : images > 0;
    layer->rtl = rtl * 2 > layer->letters;
    layer->implausible = tally_implausible(&tally);
}

const char *pdf_layer_fault(const struct pdf_layer *layer)
{
    if (layer->lost > layer->letters)
        return "its fonts do not say which letters they show";
    if (layer->garbled >= GARBLED_LEAST && layer->garbled * GARBLED_SHARE > layer->letters)
        return "its fonts name wrong letters";
    if (layer->implausible)
        return "its letters are not those of a language";
    if (layer->guessed * 2 > layer->letters)
        return "the names of its letters are guessed";
    return NULL;
}
