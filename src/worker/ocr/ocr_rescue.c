/*
 * What can be saved of a page that was read badly: a line of print on a photograph, a name in Latin
 * letters on a page in a script that no model was asked for. The page as it came is read once more
 * with each language and Tesseract's own layout, and only the words it is sure of are kept.
 */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/ocr/ocr_engine.h"

enum {
    SURE = 80,           /* of a word, percent */
    WORD_LETTERS = 2,    /* shorter words are as often specks */
    LETTERS_LEAST = 12,  /* of sure words, for a page to hold words at all */
    LETTERS_ENOUGH = 40, /* no other language is asked */
};

static bool is_sure(const struct page_text *page, const struct word_box *word)
{
    return word->confidence >= SURE &&
           utf8_count(page->text.data + word->at, word->len) >= WORD_LETTERS;
}

static size_t sure_letters(const struct page_text *page)
{
    size_t letters = 0;

    for (size_t i = 0; i < page->word_count; i++)
        if (is_sure(page, &page->words[i]))
            letters += utf8_count(page->text.data + page->words[i].at, page->words[i].len);
    return letters;
}

static struct page_box box_of(const struct page_text *page, const struct word_box *word)
{
    const double whole = 65535;

    return (struct page_box){word->x0 * page->width / whole, word->y0 * page->height / whole,
                             word->x1 * page->width / whole, word->y1 * page->height / whole};
}

/* The sure words of a reading in their lines; takes its place. */
static void keep_sure(struct ocr_reading *reading)
{
    const struct page_text *all = &reading->page;
    struct page_text kept;
    double confidence = 0;
    size_t letters = 0;
    size_t from = 0; /* of the text before the next word */

    page_text_init(&kept, all->width, all->height);
    for (size_t i = 0; i < all->word_count; i++) {
        const struct word_box *word = &all->words[i];
        const char *text = all->text.data + word->at;
        if (word->at > from && memchr(all->text.data + from, '\n', word->at - from))
            page_text_newline(&kept, 1);
        from = (size_t)word->at + word->len;
        if (word->confidence < SURE)
            continue;
        size_t count = utf8_count(text, word->len);
        if (kept.text.len > 0)
            page_text_space(&kept, ' ');
        page_text_word(&kept, text, word->len, box_of(all, word), word->confidence);
        confidence += (double)count * word->confidence;
        letters += count;
    }
    page_text_release(&reading->page);
    reading->page = kept;
    reading->letters = letters;
    reading->confidence = letters ? confidence / (double)letters : 0;
}

bool ocr_rescue(const struct ocr_view *view, const char *langs, bool noise, char lang[OCR_LANG_MAX],
                struct ocr_reading *reading)
{
    size_t own = sure_letters(&reading->page);
    size_t most = own < LETTERS_LEAST ? LETTERS_LEAST - 1 : own;
    char one[OCR_LANG_MAX];

    for (const char *next = own < LETTERS_ENOUGH ? ocr_next_lang(langs, one) : NULL; next;
         next = ocr_next_lang(next, one)) {
        struct ocr_reading other;
        TessBaseAPI *api = ocr_engine(one);
        if (!api || !ocr_reading_take(api, view, PSM_AUTO, &other))
            continue;
        size_t letters = sure_letters(&other.page);
        /* Words that are only doubtful are worth more than none: of a page that is no noise, what
         * replaces them must say more in all. */
        if (letters <= most || (!noise && other.evidence <= reading->evidence)) {
            ocr_reading_release(&other);
            continue;
        }
        ocr_reading_release(reading);
        *reading = other;
        memcpy(lang, one, sizeof(one));
        most = letters;
    }
    if (!noise)
        return most > own && most >= LETTERS_LEAST;
    if (most < LETTERS_LEAST)
        return false;
    keep_sure(reading);
    return true;
}
