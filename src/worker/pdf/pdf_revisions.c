#include "worker/pdf/pdf_revisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "worker/pdf/pdf.h"
#include "worker/pdf/visual.h"

/* ---- where they end ---- */

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\0' || c == '\f';
}

/* Where the PDF begins in the file: offsets count from there. */
static size_t header_at(const struct input *input)
{
    size_t head = input->len < 1024 ? input->len : 1024;
    const unsigned char *found = memmem(input->data, head, "%PDF-", 5);

    return found ? (size_t)(found - input->data) : 0;
}

/* Whether a cross-reference table or stream stands at the offset. */
static bool is_xref(const struct input *input, size_t at)
{
    while (at < input->len && is_blank(input->data[at]))
        at++;
    if (at >= input->len)
        return false;
    return (input->data[at] >= '0' && input->data[at] <= '9') ||
           (input->len - at > 4 && memcmp(input->data + at, "xref", 4) == 0);
}

/* Reads "OFFSET %%EOF" after a startxref; returns where it ends, 0 if it is no end of a revision. A
 * linearized file has one with the offset 0, which ends nothing. */
static size_t revision_end(const struct input *input, size_t at, size_t header)
{
    size_t offset = 0, start = at;

    while (at < input->len && is_blank(input->data[at]))
        at++;
    for (; at < input->len && input->data[at] >= '0' && input->data[at] <= '9'; at++) {
        if (offset > SIZE_MAX / 100)
            return 0;
        offset = offset * 10 + (size_t)(input->data[at] - '0');
    }
    while (at < input->len && is_blank(input->data[at]))
        at++;
    if (offset == 0 || input->len - at < 5 || memcmp(input->data + at, "%%EOF", 5) != 0)
        return 0;
    if (offset + header >= start || !is_xref(input, offset + header))
        return 0;
    at += 5;
    if (at < input->len && input->data[at] == '\r')
        at++;
    if (at < input->len && input->data[at] == '\n')
        at++;
    return at;
}

/* Whether objects stand between two ends: some programs write a second, empty section at once, for
 * readers of another age. */
static bool has_objects(const struct input *input, size_t from, size_t end)
{
    return memmem(input->data + from, end - from, " obj", 4) != NULL;
}

void revisions_find(const struct input *input, struct revisions *revisions)
{
    size_t header = header_at(input), at = header;

    while (revisions->count < REVISIONS_MAX) {
        const unsigned char *found = memmem(input->data + at, input->len - at, "startxref", 9);
        if (!found)
            break;
        at = (size_t)(found - input->data) + 9;
        size_t end = revision_end(input, at, header);
        if (end == 0)
            continue;
        if (revisions->count && !has_objects(input, revisions->ends[revisions->count - 1], end)) {
            revisions->ends[revisions->count - 1] = end;
            continue;
        }
        revisions->ends =
            mem_realloc(revisions->ends, revisions->count + 1, sizeof(*revisions->ends));
        revisions->ends[revisions->count++] = end;
    }
}

void revisions_release(struct revisions *revisions)
{
    free(revisions->ends);
    free(revisions->words);
    *revisions = (struct revisions){0};
}

/* ---- their words ---- */

/* FNV-1a of the letters and digits; 0 for a word without any. */
static uint32_t word_sum(const char *word, size_t len)
{
    uint32_t sum = 2166136261U;
    bool any = false;

    for (size_t at = 0; at < len;) {
        uint32_t rune;
        at += utf8_decode(word + at, len - at, &rune);
        enum direction direction = rune_direction(rune);
        if (direction != DIRECTION_LTR && direction != DIRECTION_RTL &&
            direction != DIRECTION_NUMBER)
            continue;
        any = true;
        sum = (sum ^ rune) * 16777619U;
    }
    return any ? sum : 0;
}

/* The sum of the next word; false at the end of the text. */
static bool next_word(const char **text, uint32_t *ret_sum, const char **ret_word, size_t *ret_len)
{
    *text += strspn(*text, " \n\t");
    *ret_word = *text;
    *ret_len = strcspn(*text, " \n\t");
    *text += *ret_len;
    *ret_sum = word_sum(*ret_word, *ret_len);
    return *ret_len > 0;
}

void revisions_know(struct revisions *revisions, const char *text)
{
    const char *word;
    uint32_t sum;
    size_t len;

    while (revisions->count > 1 && revisions->word_count < REVISION_WORDS_MAX &&
           next_word(&text, &sum, &word, &len)) {
        if (revisions->word_count == revisions->word_space) {
            revisions->word_space = revisions->word_space ? revisions->word_space * 2 : 1024;
            revisions->words =
                mem_realloc(revisions->words, revisions->word_space, sizeof(*revisions->words));
        }
        revisions->words[revisions->word_count++] = sum;
    }
}

static int sum_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Appends to `lost` the words of the text that the last revision does not have. */
static void add_lost(const struct revisions *revisions, const char *text, struct buf *lost)
{
    const char *word;
    uint32_t sum;
    size_t len;

    while (!lost->full && next_word(&text, &sum, &word, &len)) {
        bool known = revisions->word_count && bsearch(&sum, revisions->words, revisions->word_count,
                                                      sizeof(*revisions->words), sum_compare);
        if (sum == 0 || known)
            continue;
        if (lost->len)
            (void)buf_append_char(lost, ' ');
        (void)buf_append(lost, word, len);
    }
}

static void page_lost(struct pdf *pdf, fz_page *page, const struct revisions *revisions,
                      struct buf *lost)
{
    fz_rect bounds = pdf_page_bounds(pdf, page);
    struct pdf_words words;

    pdf_words_init(&words, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
    pdf_text_read(pdf, page, &words);
    pdf_notes_read(pdf, page, &words);
    add_lost(revisions, words.main.text.data, lost);
    add_lost(revisions, words.rest.text.data, lost);
    pdf_words_release(&words);
}

/* Reads the earlier revision and writes the words that only it has. */
static void read_revision(const struct input *input, const struct revisions *revisions,
                          struct buf *lost)
{
    struct verdict verdict;
    struct pdf pdf;

    if (pdf_open(&pdf, input, &verdict)) {
        int count = pdf_pages(&pdf);
        for (int i = 0; i < count && i < REVISION_PAGES_MAX && !lost->full; i++) {
            fz_page *page = pdf_page_load(&pdf, i);
            if (page)
                page_lost(&pdf, page, revisions, lost);
            pdf_page_free(&pdf, page);
        }
    }
    pdf_close(&pdf);
}

static void emit_one(const struct input *input, size_t number, const char *lost, struct emit *emit)
{
    enum { CHUNK = 1 << 19 };
    char name[40];

    emit_warning(emit, REASON_NONE,
                 "revision %zu of the file holds words that the last does not: %s", number, lost);
    snprintf(name, sizeof(name), "revision-%zu.pdf", number);
    emit_child(emit, name, strlen(name), "application/pdf", INT64_MIN);
    for (size_t at = 0; at < input->len && !emit->stop; at += CHUNK)
        emit_child_data(emit, input->data + at,
                        input->len - at < CHUNK ? input->len - at : (size_t)CHUNK);
    emit_child_end(emit, REASON_NONE, "");
}

static void tell_count(const struct revisions *revisions, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf ends = {0};
    char text[32];

    snprintf(text, sizeof(text), "%zu", revisions->count);
    emit_meta(emit, "revisions", text);
    buf_init(&ends, DETAIL_MAX / 2);
    for (size_t i = 0; i + 1 < revisions->count && !ends.full; i++)
        (void)buf_printf(&ends, "%s%zu", i ? ", " : "", revisions->ends[i]);
    emit_warning(emit, REASON_NONE,
                 "the file was changed after it was written: it holds %zu revisions, the earlier "
                 "ones end at bytes %s",
                 revisions->count, ends.data);
}

void revisions_emit(struct revisions *revisions, const struct input *input, struct emit *emit)
{
    if (revisions->count < 2)
        return;
    tell_count(revisions, emit);
    if (revisions->word_count)
        qsort(revisions->words, revisions->word_count, sizeof(*revisions->words), sum_compare);
    size_t earlier = revisions->count - 1;
    size_t first = earlier > REVISIONS_COMPARED_MAX ? earlier - REVISIONS_COMPARED_MAX : 0;
    if (revisions->word_count >= REVISION_WORDS_MAX)
        first = earlier; /* too many words to know which are new */
    for (size_t i = first; i < earlier && !emit->stop; i++) {
        CLEANUP(cleanup_buf) struct buf lost = {0};
        struct input revision = *input;
        revision.len = revisions->ends[i];
        revision.fd = -1;
        buf_init(&lost, DETAIL_MAX / 2);
        read_revision(&revision, revisions, &lost);
        if (lost.len)
            emit_one(&revision, i + 1, lost.data, emit);
    }
}
