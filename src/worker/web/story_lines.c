#include "worker/web/story_lines.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "worker/web/story_words.h"

enum {
    PROSE_CHARS = 80,
    PROSE_WORDS = 8,
    DATE_CHARS = 60,
    DATE_WORDS = 9,
    BYLINE_CHARS = 80,
    BYLINE_WORDS = 9,
    CREDIT_CHARS = 48,
    AGAIN_LINES = 12, /* how far a repeated line is looked for */
};

bool story_line_same(const struct story_line *a, const struct story_line *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* White space, and what stands for it in saved pages: no-break space, marks of direction, BOM. */
static size_t blank_at(const char *text, size_t len)
{
    uint32_t rune;
    size_t n = utf8_decode(text, len, &rune);
    bool blank = rune == ' ' || rune == '\t' || rune == '\r' || rune == 0xA0 || rune == 0x3000 ||
                 rune == 0xFEFF || (rune >= 0x200B && rune <= 0x200F && rune != 0x200C);

    return blank ? n : 0;
}

static void trim(struct story_line *line)
{
    size_t n;

    while (line->len && (n = blank_at(line->text, line->len)) > 0) {
        line->text += n;
        line->len -= (uint32_t)n;
    }
    for (;;) {
        size_t last = line->len;
        while (last && ((unsigned char)line->text[--last] & 0xC0) == 0x80)
            continue;
        if (!line->len || !blank_at(line->text + last, line->len - last))
            return;
        line->len = (uint32_t)last;
    }
}

static void count(struct story_line *line)
{
    bool inside = false;

    for (size_t at = 0; at < line->len;) {
        uint32_t rune;
        bool blank = blank_at(line->text + at, line->len - at) > 0;
        at += utf8_decode(line->text + at, line->len - at, &rune);
        line->chars++;
        line->words += !blank && !inside;
        inside = !blank;
    }
}

/* Punctuation that may follow the end of a sentence. */
static bool is_closing(uint32_t rune)
{
    return rune == '"' || rune == '\'' || rune == ')' || rune == ']' || rune == 0x201D ||
           rune == 0x2019 || rune == 0xBB;
}

static bool is_stop(uint32_t rune)
{
    return rune == '.' || rune == '!' || rune == '?' || rune == 0x2026 || rune == 0x061F ||
           rune == 0x06D4 || rune == 0x3002 || rune == 0xFF01 || rune == 0xFF1F || rune == 0x0964;
}

/* Whether the line ends as a sentence does. */
static bool ends_sentence(const struct story_line *line)
{
    size_t end = line->len;
    uint32_t rune = 0;

    while (end) {
        size_t at = end - 1;
        while (at && ((unsigned char)line->text[at] & 0xC0) == 0x80)
            at--;
        (void)utf8_decode(line->text + at, end - at, &rune);
        if (!is_closing(rune))
            break;
        end = at;
    }
    return end && is_stop(rune);
}

/* A caption ends in its source: "... in Baghdad. (AFP)", "(Reuters/Name)". */
static bool ends_in_credit(const struct story_line *line)
{
    if (!line->len || line->text[line->len - 1] != ')')
        return false;
    const char *open = memrchr(line->text, '(', line->len);
    size_t len = open ? (size_t)(line->text + line->len - open) : 0;
    if (!open || open == line->text || len > CREDIT_CHARS || len < 4)
        return false;
    for (const char *at = open + 1; at < line->text + line->len - 1; at++)
        if (isdigit((unsigned char)*at) || *at == '%')
            return false;
    return isupper((unsigned char)open[1]) || (unsigned char)open[1] >= 0x80;
}

/* Letters and a year, or numbers between strokes: "March 21, 2023", "11/18/19", "۲۸ آبان ۱۳۹۸". */
static bool is_date(const struct story_line *line)
{
    char plain[DATE_CHARS * 4 + 1];
    bool year = false;
    unsigned digits = 0;

    if (line->chars > DATE_CHARS || line->words > DATE_WORDS)
        return false;
    size_t len = story_digits(line->text, line->len, plain, sizeof(plain));
    for (size_t i = 0; i < len; i++) {
        size_t run = strspn(plain + i, "0123456789");
        if (run == 0)
            continue;
        digits += (unsigned)run;
        year |= run == 4 && (!strncmp(plain + i, "19", 2) || !strncmp(plain + i, "20", 2) ||
                             !strncmp(plain + i, "13", 2) || !strncmp(plain + i, "14", 2));
        i += run - 1;
    }
    if (story_numeric_date(plain))
        return true;
    return year && digits >= 5 && story_has_month(plain, len);
}

/* Something quoted from a network: it is no headline and no date of this page. */
static bool is_quoted(const struct story_line *line)
{
    return memmem(line->text, line->len, "://", 3) || memmem(line->text, line->len, "(@", 2) ||
           memmem(line->text, line->len, "pic.twitter.com", 15);
}

static bool is_byline(const struct story_line *line)
{
    return line->chars <= BYLINE_CHARS && line->words >= 2 && line->words <= BYLINE_WORDS &&
           !ends_sentence(line) && story_is_byline(line->text, line->len);
}

static bool is_bullet(const struct story_line *line)
{
    return line->len > 3 && (memcmp(line->text, "\xE2\x80\xA2", 3) == 0 ||
                             memcmp(line->text, "\xE2\x97\xA6", 3) == 0);
}

static void classify(struct story_lines *lines, struct story_line *line, uint64_t *seen)
{
    int word = story_page_word(line->text, line->len);

    line->kind = LINE_SHORT;
    if (word >= 0) {
        *seen |= UINT64_C(1) << (word % 64);
        line->kind = story_word_is_tail(word) ? LINE_TAIL : LINE_PAGE;
    } else if (is_bullet(line) && line->chars < PROSE_CHARS) {
        line->kind = LINE_PAGE;
    } else if (is_quoted(line) && !ends_sentence(line)) {
        line->kind = LINE_QUOTED;
    } else if (is_date(line)) {
        line->kind = LINE_DATE;
    } else if (is_byline(line)) {
        line->kind = LINE_BYLINE;
    } else if (ends_in_credit(line)) {
        line->kind = LINE_CAPTION;
    } else if (ends_sentence(line)) {
        bool spaced = line->words >= PROSE_WORDS || line->words * 20 < line->chars;
        line->kind = line->chars >= PROSE_CHARS && spaced ? LINE_PROSE : LINE_SENTENCE;
    }
    lines->signs = (unsigned)__builtin_popcountll(*seen);
}

/* Marks lines that stand again, and takes those that do so at once for captions. */
static void mark_again(struct story_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct story_line *line = &lines->lines[i];
        size_t from = i > AGAIN_LINES ? i - AGAIN_LINES : 0;
        for (size_t j = i; j-- > from && !line->again;)
            line->again = story_line_same(&lines->lines[j], line);
        if (i && !line->after_blank && line->kind <= LINE_SENTENCE &&
            story_line_same(&lines->lines[i - 1], line))
            lines->lines[i - 1].kind = line->kind = LINE_CAPTION;
    }
}

bool story_lines_read(struct story_lines *lines, const char *utf8, size_t len)
{
    uint64_t seen = 0;
    bool blank = true;

    *lines = (struct story_lines){0};
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(utf8 + at, '\n', len - at);
        size_t end = newline ? (size_t)(newline - utf8) : len;
        struct story_line line = {.text = utf8 + at, .len = (uint32_t)(end - at)};
        at = end + 1;
        trim(&line);
        if (!line.len) {
            blank = true;
            continue;
        }
        if (lines->count == STORY_LINES_MAX) {
            story_lines_release(lines);
            return false;
        }
        lines->lines = mem_room(lines->lines, lines->count, sizeof(*lines->lines));
        line.after_blank = blank;
        blank = false;
        count(&line);
        classify(lines, &line, &seen);
        lines->lines[lines->count++] = line;
    }
    mark_again(lines);
    return true;
}

void story_lines_release(struct story_lines *lines)
{
    free(lines->lines);
    *lines = (struct story_lines){0};
}
