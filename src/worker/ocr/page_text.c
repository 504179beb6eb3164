#include "worker/ocr/page_text.h"

#include <stdlib.h>
#include <string.h>

void page_text_init(struct page_text *page, double width, double height)
{
    *page = (struct page_text){.width = width, .height = height};
    buf_init(&page->text, PAGE_TEXT_MAX);
}

void page_text_release(struct page_text *page)
{
    buf_release(&page->text);
    free(page->words);
    *page = (struct page_text){0};
}

void page_text_put(struct page_text *page, const char *text, size_t len)
{
    (void)buf_append(&page->text, text, len);
}

static double clamp(double v)
{
    if (!(v > 0)) /* also for not-a-number */
        return 0;
    return v > 1 ? 1 : v;
}

/* The box as fractions of the page; false if nothing of it is on the page. */
static bool place(const struct page_text *page, struct page_box box, struct word_box *word)
{
    if (!(page->width > 0 && page->height > 0))
        return false;
    double x0 = clamp(box.x0 / page->width), x1 = clamp(box.x1 / page->width);
    double y0 = clamp(box.y0 / page->height), y1 = clamp(box.y1 / page->height);

    if (!(x0 < x1 && y0 < y1))
        return false;
    word->x0 = (uint16_t)(x0 * 65535);
    word->y0 = (uint16_t)(y0 * 65535);
    word->x1 = (uint16_t)(x1 * 65535 + 0.5);
    word->y1 = (uint16_t)(y1 * 65535 + 0.5);
    return true;
}

/* Room for one word more; NULL when the page is full. */
static struct word_box *add_word(struct page_text *page)
{
    if (page->word_count >= PAGE_WORDS_MAX)
        return NULL;
    if (page->word_count == page->word_space) {
        page->word_space = page->word_space ? page->word_space * 2 : 256;
        page->words = mem_realloc(page->words, page->word_space, sizeof(*page->words));
    }
    return &page->words[page->word_count++];
}

void page_text_word(struct page_text *page, const char *word, size_t len, struct page_box box,
                    uint8_t confidence)
{
    struct word_box found = {.at = (uint32_t)page->text.len, .confidence = confidence};

    if (len == 0 || buf_append(&page->text, word, len))
        return;
    if (len > UINT16_MAX || !place(page, box, &found))
        return;
    found.len = (uint16_t)len;
    struct word_box *added = add_word(page);
    if (added)
        *added = found;
}

void page_text_newline(struct page_text *page, int breaks)
{
    size_t have = 0;

    while (page->text.len && (page->text.data[page->text.len - 1] == ' ' ||
                              page->text.data[page->text.len - 1] == '\t'))
        page->text.data[--page->text.len] = '\0';
    while (have < page->text.len && page->text.data[page->text.len - 1 - have] == '\n')
        have++;
    if (page->text.len == 0)
        return;
    for (; (int)have < breaks; have++)
        (void)buf_append_char(&page->text, '\n');
}

void page_text_space(struct page_text *page, char space)
{
    if (page->text.len && !strchr(" \t\n", page->text.data[page->text.len - 1]))
        (void)buf_append_char(&page->text, space);
}

void page_text_append(struct page_text *page, const struct page_text *part)
{
    if (part->text.len == 0)
        return;
    size_t at = page->text.len;
    if (buf_append(&page->text, part->text.data, part->text.len))
        return;
    for (size_t i = 0; i < part->word_count; i++) {
        struct word_box *word = add_word(page);
        if (!word)
            return;
        *word = part->words[i];
        word->at += (uint32_t)at;
    }
}

static void copy_words(struct page_text *page, const struct page_text *from, size_t first,
                       size_t last, ptrdiff_t moved)
{
    for (size_t i = first; i < last; i++) {
        struct word_box *word = add_word(page);
        if (!word)
            return;
        *word = from->words[i];
        word->at = (uint32_t)(word->at + moved);
    }
}

bool page_text_replace(struct page_text *page, size_t from, size_t to, const struct page_text *part)
{
    struct page_text made;

    if (from >= to || to > page->word_count)
        return false;
    size_t start = page->words[from].at;
    size_t end = (size_t)page->words[to - 1].at + page->words[to - 1].len;
    page_text_init(&made, page->width, page->height);
    if (end < start || buf_append(&made.text, page->text.data, start) ||
        (part->text.len && buf_append(&made.text, part->text.data, part->text.len)) ||
        buf_append(&made.text, page->text.data + end, page->text.len - end)) {
        page_text_release(&made);
        return false;
    }
    copy_words(&made, page, 0, from, 0);
    copy_words(&made, part, 0, part->word_count, (ptrdiff_t)start);
    copy_words(&made, page, to, page->word_count,
               (ptrdiff_t)start + (ptrdiff_t)part->text.len - (ptrdiff_t)end);
    page_text_release(page);
    *page = made;
    return true;
}

struct page_box page_box_union(struct page_box a, struct page_box b)
{
    if (a.x0 >= a.x1 || a.y0 >= a.y1)
        return b;
    if (b.x0 >= b.x1 || b.y0 >= b.y1)
        return a;
    return (struct page_box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                             a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}
