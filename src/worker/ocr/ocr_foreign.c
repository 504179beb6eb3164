/*
 * Languages within a page: a block, or a few lines of one, that are not in the page's language.
 *
 * A model that meets a foreign script reads it with next to no confidence. Lines read so badly are
 * shown to the other languages' models; when one of them is sure of them, the block is divided and
 * read in pieces, each by its own model. Languages of one script (Arabic, Persian) are not told
 * apart so; there each large block of the page is asked for its language first.
 */
#include <string.h>

#include "worker/ocr/ocr_engine.h"

/* A line read with less than this may be in another language. */
static const double FOREIGN = 50;
/* The other language must be this sure of it, and this much surer. */
static const double SURE = 70, SURER = 20;
/* And so sure of each line, or it is a line of both with a few foreign words. What is written from
 * right to left is never read as surely as Latin letters. */
static const double LINE = 85, LINE_RTL = 65;

enum { LANGS_MAX = 16 * OCR_LANG_MAX };

static bool is_one_of(const char *lang, const char *const *langs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lang, langs[i]) == 0)
            return true;
    return false;
}

bool ocr_lang_is_arabic(const char *lang)
{
    static const char *const langs[] = {"ara", "fas", "urd", "pus", "snd", "uig", "kur_ara"};

    return is_one_of(lang, langs, ARRAY_LEN(langs));
}

bool ocr_lang_is_rtl(const char *lang)
{
    static const char *const others[] = {"heb", "yid", "syr", "div"};

    return ocr_lang_is_arabic(lang) || is_one_of(lang, others, ARRAY_LEN(others));
}

/* The lines of a block. */
struct part {
    const struct ocr_line *at;
    size_t count;
};

static struct part lines_of(const struct ocr_layout *layout, size_t block)
{
    struct part part = {layout->lines, 0};

    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].block == block && part.count++ == 0)
            part.at = &layout->lines[i];
    return part;
}

static void add_lang(char langs[LANGS_MAX], const char *lang)
{
    size_t len = strlen(langs);

    if (len + strlen(lang) + 2 <= LANGS_MAX)
        (void)snprintf(langs + len, LANGS_MAX - len, "%s%s", len ? "+" : "", lang);
}

/* Long enough for its words to tell its language. */
static bool is_large(const struct part *lines)
{
    enum { LINES_LEAST = 3, WIDE = 10 * OCR_LETTER };
    size_t wide = 0;

    for (size_t i = 0; i < lines->count; i++)
        wide += box_width(lines->at[i].box) >= WIDE;
    return wide >= LINES_LEAST;
}

void ocr_foreign_choose(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                        const char *langs, const char *page_lang, char ret_lang[OCR_LANG_MAX])
{
    struct part lines = lines_of(layout, block);
    char alike[LANGS_MAX] = "", lang[OCR_LANG_MAX];
    size_t count = 0;

    memcpy(ret_lang, page_lang, strlen(page_lang) + 1);
    if (!ocr_lang_is_rtl(page_lang) || !is_large(&lines) || 2 * lines.count > layout->line_count)
        return;
    for (const char *next = ocr_next_lang(langs, lang); next; next = ocr_next_lang(next, lang))
        if (ocr_lang_is_rtl(lang) && ocr_engine(lang)) {
            add_lang(alike, lang);
            count++;
        }
    if (count > 1 && ocr_choose_lang(view, lines.at, lines.count, alike, lang) >= SURE)
        memcpy(ret_lang, lang, sizeof(lang));
}

/* How sure the words are that were read on a line, the mean over their width: a model makes few
 * letters of what it cannot read. 0 without words. */
static double line_confidence(const struct page_text *page, struct page_box line)
{
    const double whole = 65535;
    double width = 0, sum = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        const struct word_box *word = &page->words[i];
        double x = (word->x0 + word->x1) / 2.0 / whole * page->width;
        double y = (word->y0 + word->y1) / 2.0 / whole * page->height;
        if (x < line.x0 || x > line.x1 || y < line.y0 || y > line.y1)
            continue;
        width += word->x1 - word->x0;
        sum += (double)(word->x1 - word->x0) * word->confidence;
    }
    return width > 0 ? sum / width : 0;
}

/* How surely the line was read. */
static double sure_of(const struct ocr_view *view, const struct ocr_line *line,
                      const struct ocr_reading *reading)
{
    struct page_box box = {line->box.x0, line->box.y0, line->box.x1, line->box.y1};

    return line_confidence(&reading->page, ocr_view_to_page(view, box));
}

/* Marks and gathers the lines that may be in another language; returns their mean confidence. */
static double find_doubtful(const struct ocr_view *view, const struct part *lines,
                            const struct ocr_reading *reading, struct ocr_line *doubtful,
                            bool *is_doubtful, size_t *ret_count)
{
    enum { WIDE = 4 * OCR_LETTER };
    double sum = 0;

    *ret_count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        double sure = sure_of(view, &lines->at[i], reading);
        is_doubtful[i] = sure < FOREIGN && box_width(lines->at[i].box) >= WIDE;
        if (!is_doubtful[i])
            continue;
        doubtful[(*ret_count)++] = lines->at[i];
        sum += sure;
    }
    return *ret_count ? sum / (double)*ret_count : 0;
}

/* Reads the lines in runs of the same language. */
static void read_runs(const struct ocr_view *view, const struct part *lines, const bool *is_foreign,
                      const char *lang, const char *foreign, struct ocr_reading *ret_all)
{
    *ret_all = (struct ocr_reading){0};
    page_text_init(&ret_all->page, view->page_width, view->page_height);
    for (size_t i = 0; i < lines->count;) {
        struct ocr_reading reading;
        struct ocr_box box = lines->at[i].box;
        bool other = is_foreign[i];
        for (i++; i < lines->count && is_foreign[i] == other; i++)
            box = box_union(box, lines->at[i].box);
        if (ocr_block_take(view, box, other ? foreign : lang, &reading))
            ocr_reading_append(ret_all, &reading, 1);
    }
}

/* Lines that the other language does not read well either keep their own. Returns how many are left
 * to it. */
static size_t take_back(const struct ocr_view *view, const struct part *lines,
                        const struct ocr_reading *reading, double least, bool *is_foreign)
{
    size_t left = 0;

    for (size_t i = 0; i < lines->count; i++) {
        is_foreign[i] = is_foreign[i] && sure_of(view, &lines->at[i], reading) >= least;
        left += is_foreign[i];
    }
    return left;
}

/* The languages of other scripts than that of `lang`, as far as there are models. */
static void other_langs(const char *langs, const char *lang, char ret_others[LANGS_MAX])
{
    char other[OCR_LANG_MAX];

    ret_others[0] = '\0';
    for (const char *next = ocr_next_lang(langs, other); next; next = ocr_next_lang(next, other))
        if (ocr_lang_is_rtl(other) != ocr_lang_is_rtl(lang) && ocr_engine(other))
            add_lang(ret_others, other);
}

bool ocr_foreign_read(const struct ocr_view *view, const struct ocr_layout *layout, size_t block,
                      const char *langs, const char *lang, struct ocr_reading *reading)
{
    struct part lines = lines_of(layout, block);
    char others[LANGS_MAX], other[OCR_LANG_MAX];
    struct ocr_reading all;
    size_t count;

    other_langs(langs, lang, others);
    if (lines.count == 0 || !*others)
        return false;
    CLEANUP(cleanup_free) struct ocr_line *doubtful = mem_alloc(lines.count * sizeof(*doubtful));
    CLEANUP(cleanup_free) bool *is_foreign = mem_alloc(lines.count * sizeof(*is_foreign));
    double before = find_doubtful(view, &lines, reading, doubtful, is_foreign, &count);
    if (count == 0)
        return false;
    double sure = ocr_choose_lang(view, doubtful, count, others, other);
    if (sure < SURE || sure < before + SURER)
        return false;
    read_runs(view, &lines, is_foreign, lang, other, &all);
    size_t left =
        take_back(view, &lines, &all, ocr_lang_is_rtl(other) ? LINE_RTL : LINE, is_foreign);
    if (left > 0 && left < count) {
        ocr_reading_release(&all);
        read_runs(view, &lines, is_foreign, lang, other, &all);
    }
    bool better = left > 0 && all.evidence > reading->evidence;
    ocr_reading_release(better ? reading : &all);
    if (better)
        *reading = all;
    return better;
}
