/*
 * Words in Latin letters (or any other script that is not written from right to left) within lines
 * of Arabic script. The models of Arabic script read them as strings of digits of several kinds,
 * sometimes with letters among them, as no number is written; numbers in European digits too. Such
 * words are cut out and shown to the other model, which is very sure of what is its own and very
 * unsure of all else.
 */
#include <string.h>

#include "base/utf8.h"
#include "worker/ocr/ocr_engine.h"

/* A page with more than so many odd words is a table of numbers or no text. */
enum { RUNS_MAX = 60, LETTERS_LEAST = 2, SIGNS_LEAST = 3 };

/* How sure the other model must be, and when no further one is asked. */
static const double SURE = 80, ENOUGH = 90;

/* What a word is made of. */
struct made {
    int european, persian, arabic; /* digits */
    int letters;                   /* of Arabic script */
    int others;                    /* letters of other scripts */
};

static bool in(uint32_t rune, uint32_t first, uint32_t last)
{
    return rune >= first && rune <= last;
}

static struct made made_of(const char *word, size_t len)
{
    struct made made = {0};

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(word + at, len - at, &rune);
        made.european += in(rune, '0', '9');
        made.persian += in(rune, 0x6F0, 0x6F9);
        made.arabic += in(rune, 0x660, 0x669);
        made.letters += in(rune, 0x620, 0x64A) || in(rune, 0x671, 0x6D3);
        made.others += in(rune | 0x20, 'a', 'z') || in(rune, 0xC0, 0x24F) ||
                       in(rune, 0x370, 0x58F) || in(rune, 0x900, 0x1FFF);
    }
    return made;
}

static bool is_number(const struct made *made)
{
    return made->european + made->persian + made->arabic > 0 && made->letters == 0;
}

/* Whether neither numbers nor words are written so. */
static bool is_odd(const struct made *made, int confidence)
{
    enum { DOUBTFUL = 75 };
    int kinds = (made->european > 0) + (made->persian > 0) + (made->arabic > 0);

    return kinds > 1 || (kinds == 1 && made->letters > 0) ||
           (made->european > 0 && confidence < DOUBTFUL);
}

/* The words from..to of a page, all in one line. */
struct run {
    size_t from, to;
};

static bool in_one_line(const struct page_text *page, size_t a, size_t b)
{
    size_t from = (size_t)page->words[a].at + page->words[a].len, to = page->words[b].at;

    return to < from || !memchr(page->text.data + from, '\n', to - from);
}

/* The run of odd words and numbers that begins at the word; false when none of them is odd. It ends
 * where it begins when there is none. */
static bool take_run(const struct page_text *page, size_t from, struct run *ret_run)
{
    bool odd = false;

    *ret_run = (struct run){from, from};
    for (size_t i = from; i < page->word_count; i++) {
        const struct word_box *word = &page->words[i];
        struct made made = made_of(page->text.data + word->at, word->len);
        bool is = is_odd(&made, word->confidence);
        if ((!is && !is_number(&made)) || (i > from && !in_one_line(page, i - 1, i)))
            break;
        odd = odd || is;
        ret_run->to = i + 1;
    }
    return odd;
}

static struct page_box box_of(const struct page_text *page, const struct word_box *word)
{
    const double whole = 65535;

    return (struct page_box){word->x0 * page->width / whole, word->y0 * page->height / whole,
                             word->x1 * page->width / whole, word->y1 * page->height / whole};
}

static bool cut_run(const struct ocr_view *view, const struct page_text *page, struct run run,
                    struct ocr_view *ret_view)
{
    enum { MARGIN = 3 };
    struct page_box all = {0};

    for (size_t i = run.from; i < run.to; i++)
        all = page_box_union(all, box_of(page, &page->words[i]));
    all = ocr_view_from_page(view, all);
    return ocr_view_cut(view,
                        (struct ocr_box){(int)all.x0 - MARGIN, (int)all.y0 - MARGIN,
                                         (int)all.x1 + MARGIN + 1, (int)all.y1 + MARGIN + 1},
                        ret_view);
}

/* Reads the run with the models of other scripts; keeps the surest reading. False when none is sure
 * that it holds a word. */
static bool read_run(const struct ocr_view *run, const char *langs, struct ocr_reading *ret_best)
{
    char lang[OCR_LANG_MAX];

    *ret_best = (struct ocr_reading){0};
    for (const char *next = ocr_next_lang(langs, lang); next && ret_best->confidence < ENOUGH;
         next = ocr_next_lang(next, lang)) {
        struct ocr_reading reading;
        TessBaseAPI *api = ocr_lang_is_rtl(lang) ? NULL : ocr_engine(lang);
        if (!api || !ocr_reading_take(api, run, PSM_RAW_LINE, &reading))
            continue;
        bool better = reading.confidence > ret_best->confidence;
        ocr_reading_release(better ? ret_best : &reading);
        if (better)
            *ret_best = reading;
    }
    struct made made = made_of(ret_best->page.text.data, ret_best->page.text.len);
    return ret_best->confidence >= SURE && made.others >= LETTERS_LEAST &&
           made.others + made.european >= SIGNS_LEAST;
}

/* A sign at the left end of the line's next words is read as the first of these. */
static size_t leading_signs(const char *word, size_t len)
{
    static const char *const signs[] = {".", ",", ":", ";", "'", "`", "|", "‘", "’", "“", "”"};

    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (len >= strlen(signs[i]) && memcmp(word, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

/* The words of the reading, without what is no word. */
static void put_words(const struct page_text *from, struct page_text *to)
{
    page_text_init(to, from->width, from->height);
    for (size_t i = 0; i < from->word_count; i++) {
        const struct word_box *word = &from->words[i];
        const char *text = from->text.data + word->at;
        struct made made = made_of(text, word->len);
        size_t skip = to->word_count == 0 ? leading_signs(text, word->len) : 0;
        if (made.others + made.european == 0)
            continue;
        page_text_space(to, ' ');
        page_text_word(to, text + skip, word->len - skip, box_of(from, word), word->confidence);
    }
}

static bool ends_in_comma(const struct page_text *page, const struct word_box *word)
{
    static const char COMMA[] = "،";
    size_t len = sizeof(COMMA) - 1;

    return word->len >= len &&
           memcmp(page->text.data + word->at + word->len - len, COMMA, len) == 0;
}

/* The page's confidence with the other reading in the place of the run. */
static void weigh(struct ocr_reading *page, struct run run, const struct ocr_reading *other)
{
    double letters = (double)page->letters, sum = letters * page->confidence;

    for (size_t i = run.from; i < run.to; i++) {
        const struct word_box *word = &page->page.words[i];
        double count = (double)utf8_count(page->page.text.data + word->at, word->len);
        letters -= count;
        sum -= count * word->confidence;
    }
    letters += (double)other->letters;
    sum += (double)other->letters * other->confidence;
    if (letters < 1 || sum < 0)
        return;
    page->confidence = sum / letters > 100 ? 100 : sum / letters;
    page->letters = (size_t)letters;
    page->evidence += other->evidence;
}

/* Puts the other reading in the run's place; run.to becomes where it ends. */
static bool replace(struct ocr_reading *reading, struct run *run, const struct ocr_reading *other)
{
    struct page_text words;
    bool comma = ends_in_comma(&reading->page, &reading->page.words[run->to - 1]);

    put_words(&other->page, &words);
    if (comma)
        page_text_put(&words, "،", strlen("،"));
    bool put = words.word_count > 0;
    if (put) {
        weigh(reading, *run, other);
        put = page_text_replace(&reading->page, run->from, run->to, &words);
    }
    if (put)
        run->to = run->from + words.word_count;
    page_text_release(&words);
    return put;
}

void ocr_latin_read(const struct ocr_view *view, const char *langs, const char *lang,
                    struct ocr_reading *reading)
{
    struct run run = {0, 0};

    if (!ocr_lang_is_arabic(lang))
        return;
    for (int runs = 0; run.to < reading->page.word_count && runs < RUNS_MAX;) {
        struct ocr_view cut;
        struct ocr_reading other;
        if (!take_run(&reading->page, run.to, &run)) {
            run.to += run.to == run.from;
            continue;
        }
        runs++;
        if (!cut_run(view, &reading->page, run, &cut))
            continue;
        if (read_run(&cut, langs, &other))
            (void)replace(reading, &run, &other);
        ocr_reading_release(&other);
        ocr_view_close(&cut);
    }
}
