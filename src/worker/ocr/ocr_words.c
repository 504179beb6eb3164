#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/ocr/ocr_comma.h"
#include "worker/ocr/ocr_engine.h"

/* A word of which the engine is less sure than this is noise more often than not, but in a text
 * read well it is a word: a name, a number. */
static const float WORD_CONFIDENCE_LEAST = 5, READ_WELL = 60;
/* Letters count as evidence by how far they are above this. */
static const float EVIDENCE_FROM = 40;

enum { HEIGHT_MOST = 255, FOUND_WORDS_MAX = 20000 };

struct sums {
    size_t letters;
    double confidence;            /* letters x confidence */
    int heights[HEIGHT_MOST + 1]; /* of words, in pixels; the last one collects all higher */
    int words;
};

static size_t count_letters(const char *word, size_t len)
{
    size_t count = 0;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(word + at, len - at, &rune);
        bool ascii_letter =
            (rune >= '0' && rune <= '9') || ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z');
        count += rune < 0x80 ? ascii_letter : rune >= 0xC0 && (rune < 0x2000 || rune > 0x2BFF);
    }
    return count;
}

/* The engine now and then gives a word with a space or a direction mark (U+200E, U+200F) in it. */
static size_t separator(const char *word, size_t len)
{
    if (*word == ' ')
        return 1;
    return len >= 3 && (memcmp(word, "\u200E", 3) == 0 || memcmp(word, "\u200F", 3) == 0) ? 3 : 0;
}

static void put_words(struct page_text *page, const char *text, struct page_box box,
                      float confidence)
{
    size_t len = strlen(text), from = 0;

    for (size_t at = 0; at <= len;) {
        size_t step = at < len ? separator(text + at, len - at) : 1;
        if (step && at > from) {
            page_text_space(page, ' ');
            page_text_word(page, text + from, at - from, box, (uint8_t)confidence);
        }
        at += step ? step : 1;
        if (step)
            from = at;
    }
}

static void keep_word(struct ocr_reading *reading, const char *word, size_t letters,
                      struct page_box box, float confidence)
{
    put_words(&reading->page, word, box, confidence);
    reading->letters += letters;
    if (confidence > EVIDENCE_FROM)
        reading->evidence += (double)letters * (double)(confidence - EVIDENCE_FROM);
}

static bool is_noise(TessResultIterator *it, float confidence, size_t letters)
{
    enum { LETTERS_LEAST = 2 };

    return confidence < WORD_CONFIDENCE_LEAST &&
           (letters < LETTERS_LEAST ||
            (TessResultIteratorConfidence(it, RIL_TEXTLINE) < READ_WELL &&
             TessResultIteratorConfidence(it, RIL_BLOCK) < READ_WELL));
}

static double median_height(const struct sums *sums)
{
    int below = 0;

    for (size_t i = 0; i < ARRAY_LEN(sums->heights); i++) {
        below += sums->heights[i];
        if (below * 2 > sums->words)
            return (double)i;
    }
    return 0;
}

/* A line as the engine found it. */
struct found_line {
    size_t word, word_count; /* its words */
    double width;            /* of all of them */
    double weight;           /* how much is read in it, and how surely */
    bool again;              /* what it shows is in a better line too */
};

struct found_lines {
    struct found_line at[OCR_LINES_MAX];
    size_t count;
    struct ocr_box words[FOUND_WORDS_MAX];
    size_t word_count;
    bool comma; /* an Arabic comma was read */
};

/* Adds the word at hand to the line. */
static void grow_line(struct found_lines *lines, const TessResultIterator *it)
{
    char *text = TessResultIteratorGetUTF8Text(it, RIL_WORD);
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(it);
    struct found_line *line = &lines->at[lines->count - 1];
    struct ocr_box word;

    lines->comma = lines->comma || (text && strstr(text, "،"));
    TessDeleteText(text);
    if (lines->word_count == ARRAY_LEN(lines->words) ||
        !TessPageIteratorBoundingBox(place, RIL_WORD, &word.x0, &word.y0, &word.x1, &word.y1))
        return;
    lines->words[lines->word_count++] = word;
    line->word_count++;
    line->width += box_width(word);
    line->weight += box_width(word) * (double)TessResultIteratorConfidence(it, RIL_WORD);
}

static void find_lines(TessResultIterator *it, struct found_lines *lines)
{
    TessPageIterator *place = TessResultIteratorGetPageIterator(it);

    lines->count = lines->word_count = 0;
    lines->comma = false;
    do {
        if (lines->count == 0 || TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) {
            if (lines->count == ARRAY_LEN(lines->at))
                return;
            lines->at[lines->count++] = (struct found_line){.word = lines->word_count};
        }
        grow_line(lines, it);
    } while (TessResultIteratorNext(it, RIL_WORD));
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* How much of the width of `a` the word `b` takes, if they are of one height. */
static int shared_width(struct ocr_box a, struct ocr_box b)
{
    int width = least(a.x1, b.x1) - (a.x0 > b.x0 ? a.x0 : b.x0);
    int height = least(a.y1, b.y1) - (a.y0 > b.y0 ? a.y0 : b.y0);

    return width > 0 && 2 * height > least(box_height(a), box_height(b)) ? width : 0;
}

/* Whether most of what the words of `a` cover is covered by words of `b` too. Two lines may well
 * stand in each other's gaps: the engine makes such of one. */
static bool same_ink(const struct found_lines *lines, const struct found_line *a,
                     const struct found_line *b)
{
    double shared = 0;

    for (size_t i = a->word; i < a->word + a->word_count; i++)
        for (size_t k = b->word; k < b->word + b->word_count; k++)
            shared += shared_width(lines->words[i], lines->words[k]);
    return 2 * shared > a->width;
}

/* On a page full of specks the engine makes two lines of the letters and the specks of one, and
 * reads the same place twice. */
static void mark_again(struct found_lines *lines)
{
    enum { NEAR = 4 };

    for (size_t i = 0; i < lines->count; i++)
        for (size_t k = i + 1; k < lines->count && k <= i + NEAR; k++) {
            struct found_line *a = &lines->at[i], *b = &lines->at[k];
            struct found_line *less = a->weight < b->weight ? a : b;
            if (!a->again && !b->again && same_ink(lines, less, less == a ? b : a))
                less->again = true;
        }
}

/* What is known of the line whose words are taken. */
struct line_at_hand {
    PIX *ink; /* of the view, one bit a pixel; NULL when no commas are looked for */
    struct ocr_pieces pieces;
    const struct ocr_box *words;
    size_t word_count;
};

/* The right edge of what is next on the left of the word. */
static int left_limit(const struct line_at_hand *line, struct ocr_box word)
{
    enum { OVERLAP = 4 };
    int limit = -1;

    for (size_t i = 0; i < line->word_count; i++)
        if (line->words[i].x1 <= word.x0 + OVERLAP && line->words[i].x1 > limit)
            limit = line->words[i].x1;
    return limit;
}

static const char *with_comma(const struct line_at_hand *line, const char *word, struct ocr_box box,
                              char buffer[OCR_COMMA_WORD_MAX + 3])
{
    if (line->pieces.count == 0)
        return word;
    struct ocr_comma seen = ocr_pieces_comma(&line->pieces, box, left_limit(line, box));
    return ocr_comma_put(word, seen, buffer) ? buffer : word;
}

/* Finds the ink of the line at hand, which is the `i`th. */
static void open_line(const TessPageIterator *place, const struct found_lines *lines, size_t i,
                      struct line_at_hand *line)
{
    enum { ROOM = 8 }; /* a part of the height, for what sticks out of the engine's box */
    struct ocr_box box;

    ocr_pieces_release(&line->pieces);
    line->words = i < lines->count ? lines->words + lines->at[i].word : NULL;
    line->word_count = i < lines->count ? lines->at[i].word_count : 0;
    if (!line->ink || line->word_count == 0 ||
        !TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &box.x0, &box.y0, &box.x1, &box.y1))
        return;
    int height = box_height(box);
    box.x0 -= least(box.x0, height); /* a comma may be left of the last word's box */
    box.y0 -= least(box.y0, height / ROOM);
    box.y1 += height / ROOM;
    (void)ocr_pieces_find(line->ink, box, &line->pieces);
}

/* Words left out still count in the mean: a page of them is not a page read well. */
static void take_word(TessResultIterator *it, const struct ocr_view *view,
                      const struct line_at_hand *line, struct ocr_reading *reading,
                      struct sums *sums)
{
    char buffer[OCR_COMMA_WORD_MAX + 3];
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(it);
    float confidence = TessResultIteratorConfidence(it, RIL_WORD);
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    char *word = TessResultIteratorGetUTF8Text(it, RIL_WORD);

    if (!word || !TessPageIteratorBoundingBox(place, RIL_WORD, &x0, &y0, &x1, &y1)) {
        TessDeleteText(word);
        return;
    }
    size_t letters = count_letters(word, strlen(word));
    struct page_box box = {x0, y0, x1, y1};

    confidence = confidence > 100 ? 100 : confidence < 0 ? 0 : confidence;
    sums->letters += letters;
    sums->confidence += (double)letters * (double)confidence;
    const char *text = with_comma(line, word, (struct ocr_box){x0, y0, x1, y1}, buffer);
    if (strcmp(text, "،") == 0 || !is_noise(it, confidence, letters)) {
        keep_word(reading, text, letters, ocr_view_to_page(view, box), confidence);
        sums->heights[y1 - y0 < 0 ? 0 : y1 - y0 > HEIGHT_MOST ? HEIGHT_MOST : y1 - y0]++;
        sums->words++;
    }
    TessDeleteText(word);
}

static void take_words(TessResultIterator *it, const struct ocr_view *view,
                       const struct found_lines *lines, PIX *ink, struct ocr_reading *reading)
{
    TessPageIterator *place = TessResultIteratorGetPageIterator(it);
    struct line_at_hand line = {.ink = ink};
    struct sums sums = {0};
    size_t next = 0;

    do {
        if (TessPageIteratorIsAtBeginningOf(place, RIL_PARA))
            page_text_newline(&reading->page, 2);
        else if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE))
            page_text_newline(&reading->page, 1);
        if (next == 0 || TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE))
            open_line(place, lines, next++, &line);
        if (next > lines->count || !lines->at[next - 1].again)
            take_word(it, view, &line, reading, &sums);
    } while (TessResultIteratorNext(it, RIL_WORD));
    ocr_pieces_release(&line.pieces);
    page_text_newline(&reading->page, 1);
    reading->confidence = sums.letters ? sums.confidence / (double)sums.letters : 0;
    reading->word_height = median_height(&sums);
}

void ocr_reading_append(struct ocr_reading *page, struct ocr_reading *block, int breaks)
{
    double letters = (double)page->letters, more = (double)block->letters;

    page_text_newline(&page->page, breaks);
    page_text_append(&page->page, &block->page);
    if (letters + more > 0)
        page->confidence =
            (page->confidence * letters + block->confidence * more) / (letters + more);
    page->evidence += block->evidence;
    page->letters += block->letters;
    ocr_reading_release(block);
}

/* Whether it is a model of Arabic script that has not once written a comma. */
static bool lacks_comma(TessBaseAPI *api, const struct found_lines *lines)
{
    const char *lang = TessBaseAPIGetInitLanguagesAsString(api);

    return lang && ocr_lang_is_arabic(lang) && !lines->comma;
}

static void take_lines(TessBaseAPI *api, const struct ocr_view *view, struct ocr_reading *reading)
{
    struct found_lines *lines = mem_alloc(sizeof(*lines));
    TessResultIterator *first = TessBaseAPIGetIterator(api);
    TessResultIterator *second = TessBaseAPIGetIterator(api);

    if (first && second) {
        find_lines(first, lines);
        mark_again(lines);
        PIX *ink = lacks_comma(api, lines) ? TessBaseAPIGetThresholdedImage(api) : NULL;
        take_words(second, view, lines, ink, reading);
        pixDestroy(&ink);
    }
    TessResultIteratorDelete(first);
    TessResultIteratorDelete(second);
    free(lines);
}

bool ocr_reading_take(TessBaseAPI *api, const struct ocr_view *view, TessPageSegMode mode,
                      struct ocr_reading *ret_reading)
{
    *ret_reading = (struct ocr_reading){0};
    page_text_init(&ret_reading->page, view->page_width, view->page_height);
    TessBaseAPISetPageSegMode(api, mode);
    TessBaseAPISetImage2(api, view->pix);
    TessBaseAPISetSourceResolution(api, view->dpi > 0 ? view->dpi : 0);
    if (TessBaseAPIRecognize(api, NULL)) {
        TessBaseAPIClear(api);
        return false;
    }
    take_lines(api, view, ret_reading);
    TessBaseAPIClear(api);
    return true;
}

void ocr_reading_release(struct ocr_reading *reading)
{
    page_text_release(&reading->page);
}

bool ocr_reading_improve(struct ocr_reading *best, struct ocr_reading *other)
{
    const double SURER = 1, AS_RICH = 0.95, RICHER = 1.3;
    bool better = other->evidence > best->evidence * RICHER ||
                  (other->confidence > best->confidence + SURER &&
                   other->evidence > best->evidence * AS_RICH);

    ocr_reading_release(better ? best : other);
    if (better)
        *best = *other;
    return better;
}
