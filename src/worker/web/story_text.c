#include "worker/web/story_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "worker/web/story_emit.h"
#include "worker/web/story_lines.h"

enum {
    HEADLINE_CHARS_MIN = 18,
    HEADLINE_CHARS_MAX = 220,
    HEADLINE_WORDS_MIN = 4,
    ECHO_LINES = 12,  /* a headline stands again within so many lines */
    SIGNED_LINES = 3, /* a byline or date stands so near to it */
    LEAD_LINES = 16,  /* lines between a headline and its first paragraph */
    GAP_LINES = 6,    /* short lines in a row that a story can hold */
    RESUME_LINES = 8,
    RESUME_PARAGRAPHS = 4,
    TAIL_WEIGHT = 4, /* a line like "Related posts" counts as so many */
    PARAGRAPHS_MIN = 2,
    STORY_CHARS_MIN = 350,
    STANDFIRST_WORDS = 6,
    ECHOES_MIN = 3, /* stories whose headline stands twice, that do the same */
    SIGNS_MIN = 3,  /* words of web pages that make a text one */
};

struct story {
    size_t start, first, last; /* lines: headline, first and last paragraph */
    bool echoed;               /* the headline stands again before the text */
};

struct stories {
    struct story_lines lines;
    struct story at[STORIES_MAX];
    size_t count;
    size_t echoed;
};

static const struct story_line *line_at(const struct stories *stories, size_t i)
{
    return &stories->lines.lines[i];
}

/* Steps of a path, or several things in a row: "Home > World", "News | Sport". */
static bool is_trail(const struct story_line *line)
{
    static const char *const STEPS[] = {" > ", " \xC2\xBB ", " \xE2\x80\xBA ", " | "};

    for (size_t i = 0; i < ARRAY_LEN(STEPS); i++)
        if (memmem(line->text, line->len, STEPS[i], strlen(STEPS[i])))
            return true;
    return false;
}

static bool may_be_headline(const struct story_line *line)
{
    bool asks = line->kind == LINE_SENTENCE && line->text[line->len - 1] != '.';

    return (line->kind == LINE_SHORT || asks) && line->chars >= HEADLINE_CHARS_MIN &&
           line->chars <= HEADLINE_CHARS_MAX && line->words >= HEADLINE_WORDS_MIN &&
           !is_trail(line);
}

static bool is_echoed(const struct stories *stories, size_t i, size_t before)
{
    for (size_t j = i + 1; j < before && j <= i + ECHO_LINES; j++)
        if (story_line_same(line_at(stories, i), line_at(stories, j)))
            return true;
    return false;
}

/* Whether a paragraph stands shortly before: the line is then in the middle of a story. */
static bool is_running(const struct stories *stories, size_t i)
{
    for (size_t j = i; j-- > 0 && j + GAP_LINES >= i;)
        if (line_at(stories, j)->kind == LINE_PROSE)
            return true;
    return false;
}

/* A name or a date below it; both, where it could be a heading inside a story as well. */
static bool is_signed(const struct stories *stories, size_t i, size_t before)
{
    bool name = false;
    bool date = false;

    if (line_at(stories, i)->kind != LINE_SHORT)
        return false;
    for (size_t j = i + 1; j < before && j <= i + SIGNED_LINES; j++) {
        name |= line_at(stories, j)->kind == LINE_BYLINE;
        date |= line_at(stories, j)->kind == LINE_DATE;
    }
    return is_running(stories, i) ? name && date : name || date;
}

/* The first paragraph that a headline leads to; lines.count when none is near. */
static size_t first_paragraph(const struct stories *stories, size_t i)
{
    size_t count = stories->lines.count;

    for (size_t j = i + 1; j < count && j <= i + LEAD_LINES; j++) {
        if (line_at(stories, j)->kind == LINE_PROSE)
            return j;
        if (line_at(stories, j)->kind == LINE_TAIL)
            return count;
    }
    return count;
}

/* Whether a story goes on behind a box of other things: several paragraphs close together. */
static bool resumes(const struct stories *stories, size_t i, size_t limit)
{
    unsigned paragraphs = 0;

    for (size_t j = i; j < limit && j <= i + RESUME_LINES; j++)
        paragraphs += line_at(stories, j)->kind == LINE_PROSE;
    return paragraphs >= RESUME_PARAGRAPHS;
}

/* Short lines may stand between paragraphs, but not many in a row. */
static void find_end(const struct stories *stories, struct story *story, size_t limit,
                     unsigned *ret_paragraphs, size_t *ret_chars)
{
    size_t gap = 0;

    *ret_paragraphs = 0;
    *ret_chars = 0;
    for (size_t j = story->first; j < limit && gap <= GAP_LINES; j++) {
        const struct story_line *line = line_at(stories, j);
        bool follows = line->kind == LINE_SENTENCE && j == story->last + 1;
        if (line->kind == LINE_PROSE || follows) {
            story->last = j;
            *ret_paragraphs += line->kind == LINE_PROSE;
            *ret_chars += line->chars;
            gap = 0;
        } else {
            gap += line->kind == LINE_TAIL ? TAIL_WEIGHT : 1;
            if (gap == GAP_LINES + 1 && resumes(stories, j, limit))
                gap = 0;
        }
    }
}

/* Of the headlines that lead to one paragraph: the first that stands again, or else the last with a
 * date or a name below it. */
static void add_headline(struct stories *stories, size_t i)
{
    size_t first = first_paragraph(stories, i);

    if (first == stories->lines.count)
        return;
    bool echoed = is_echoed(stories, i, first);
    if (!echoed && !is_signed(stories, i, first))
        return;
    struct story *last = stories->count ? &stories->at[stories->count - 1] : NULL;
    if (last && last->first == first) {
        if (!last->echoed)
            *last = (struct story){.start = i, .first = first, .last = first, .echoed = echoed};
        return;
    }
    if (stories->count < STORIES_MAX)
        stories->at[stories->count++] =
            (struct story){.start = i, .first = first, .last = first, .echoed = echoed};
}

/* Keeps those with enough text up to the next one. */
static void keep_long(struct stories *stories)
{
    size_t kept = 0;

    for (size_t k = 0; k < stories->count; k++) {
        struct story story = stories->at[k];
        size_t limit = k + 1 < stories->count ? stories->at[k + 1].start : stories->lines.count;
        unsigned paragraphs;
        size_t chars;
        find_end(stories, &story, limit, &paragraphs, &chars);
        if (paragraphs < PARAGRAPHS_MIN || chars < STORY_CHARS_MIN)
            continue;
        stories->echoed += story.echoed;
        stories->at[kept++] = story;
    }
    stories->count = kept;
}

static bool is_page(const struct stories *stories)
{
    if (stories->count == 0)
        return false;
    return stories->lines.signs >= SIGNS_MIN || stories->echoed >= ECHOES_MIN ||
           (stories->echoed >= 1 && stories->lines.signs >= 1);
}

/* ---- sending ---- */

/* Whether a line between headline and last paragraph belongs to the story. */
static bool is_story_line(const struct stories *stories, const struct story *story, size_t i)
{
    const struct story_line *line = line_at(stories, i);

    if (line->kind == LINE_PAGE || line->kind == LINE_TAIL)
        return false;
    if (i > story->first)
        return line->kind != LINE_CAPTION || !line->again;
    if (i != story->start && (line->again || story_line_same(line, line_at(stories, story->start))))
        return false;
    return line->kind != LINE_SHORT || line->words >= STANDFIRST_WORDS || i == story->start;
}

static void put_line(struct emit *emit, enum text_part part, const struct story_line *line,
                     bool first)
{
    if (!first && line->after_blank)
        emit_flow_str(emit, part, "\n");
    emit_flow(emit, part, line->text, line->len);
    emit_flow_str(emit, part, "\n");
}

static struct story_head head_of(const struct stories *stories, const struct story *story)
{
    const struct story_line *headline = line_at(stories, story->start);
    struct story_head head = {.headline = headline->text, .headline_len = headline->len};

    for (size_t i = story->start + 1; i < story->first; i++) {
        const struct story_line *line = line_at(stories, i);
        if (line->kind == LINE_BYLINE && !head.byline_len) {
            head.byline = line->text;
            head.byline_len = line->len;
        } else if (line->kind == LINE_DATE && !head.date_len) {
            head.date = line->text;
            head.date_len = line->len;
        }
    }
    return head;
}

static void send_heads(const struct stories *stories, struct emit *emit)
{
    struct story_head head = head_of(stories, &stories->at[0]);
    char date[16];

    emit_meta_len(emit, "title", head.headline, head.headline_len);
    if (head.date_len && story_date_iso(head.date, head.date_len, date))
        emit_meta(emit, "date", date);
    emit_meta_len(emit, "author", head.byline, head.byline_len);
    for (size_t k = 0; k < stories->count; k++) {
        head = head_of(stories, &stories->at[k]);
        story_emit_head(emit, &head);
    }
}

/* The lines from the end of the story before to the start of the next, this story's among them. */
static void send_story(const struct stories *stories, size_t k, struct emit *emit)
{
    const struct story *story = &stories->at[k];
    const struct story_line *headline = line_at(stories, story->start);
    size_t from = k ? story->start : 0;
    size_t to = k + 1 < stories->count ? story[1].start : stories->lines.count;

    emit_flow_label(emit, headline->text, headline->len);
    for (size_t i = from; i < to && !emit->stop; i++) {
        bool inside = i >= story->start && i <= story->last;
        bool main_text = inside && is_story_line(stories, story, i);
        put_line(emit, main_text ? TEXT_MAIN : TEXT_REST, line_at(stories, i),
                 i == story->start || i == from);
    }
    emit_flow_str(emit, TEXT_MAIN, "\n");
}

bool story_text_emit(const char *utf8, size_t len, struct emit *emit)
{
    CLEANUP(cleanup_free) struct stories *stories = mem_zalloc(1, sizeof(*stories));

    if (len > STORY_TEXT_BYTES_MAX || !story_lines_read(&stories->lines, utf8, len))
        return false;
    for (size_t i = 0; i < stories->lines.count; i++)
        if (may_be_headline(line_at(stories, i)))
            add_headline(stories, i);
    keep_long(stories);
    bool page = is_page(stories);
    if (page) {
        send_heads(stories, emit);
        for (size_t k = 0; k < stories->count; k++)
            send_story(stories, k, emit);
        emit_flow_label(emit, "", 0);
    }
    story_lines_release(&stories->lines);
    return page;
}
