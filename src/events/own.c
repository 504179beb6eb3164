#include "events/own.h"

#include <string.h>

#include "base/buf.h"
#include "text/fold.h"

enum {
    LABEL_WORDS_MAX = 3, /* of what stands before the date on its line: "Our date", a place */
    PLACE_WORDS_MAX = 4,
    PLACE_BYTES_MAX = 64,
    PROSE_BYTES = 40,     /* behind a dateline without a dash: more is a sentence */
    LINE_REST_BYTES = 48, /* of a line that is a date: hours, marks of notes */
    REST_WORDS_MAX = 8,
    LINES_OF_HEAD = 30,
};

const char *own_source_word(int source)
{
    static const char *const words[OWN_SOURCES] = {"mail", "letterhead", "dateline", "heading",
                                                   "line", "metadata",   "modified"};

    return source >= 0 && source < OWN_SOURCES ? words[source] : NULL;
}

/* ---- words about a date; folded ---- */

/* Before a colon, or before the date itself at the beginning of a line. */
static const char *const labels[] = {"date", "dated", "تاریخ", "التاریخ",
                                     "مورخ", "مورخه", "datum", "dtg"};

/* A place before them makes a dateline: "بغداد في", "طهران بتاریخ". */
static const char *const links[] = {"في", "فی", "بتاریخ", "تاریخ", "به"};

/* Before a date-time group: how urgent a message is ("O P 121530Z NOV 79"). */
static const char *const precedences[] = {"z",        "o",       "p",  "r",     "zz",
                                          "oo",       "pp",      "rr", "flash", "immediate",
                                          "priority", "routine", "op", "niact"};

/* What begins a sentence and no dateline. */
static const char *const openers[] = {
    "on",     "in",  "at",    "by",    "since", "from",      "until",   "before", "after", "during",
    "the",    "as",  "of",    "dated", "for",   "to",        "and",     "this",   "that",  "til",
    "source", "see", "born",  "died",  "page",  "no",        "vol",     "در",     "از",    "تا",
    "به",     "روز", "شماره", "من",    "منذ",   "حتی",       "خلال",    "یوم",    "الی",   "فی",
    "قبل",    "بعد", "پس",    "پیش",   "مورخ",  "copyright", "updated", "posted",
};

static bool one_of(const struct word *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == word->surface_len &&
            !memcmp(list[i], word->surface, word->surface_len))
            return true;
    return false;
}

#define ONE_OF(word, list) one_of(word, list, sizeof(list) / sizeof((list)[0]))

/* ---- the line ---- */

struct line {
    const char *before, *after; /* what stands on it around the date, without blanks at its ends */
    size_t before_len, after_len;
    size_t number; /* lines with anything on them above it */
    const char *above;
    size_t above_len; /* the line above, when nothing stands before the date */
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void trim(const char **text, size_t *len)
{
    while (*len && blank(**text)) {
        ++*text;
        --*len;
    }
    while (*len && blank((*text)[*len - 1]))
        --*len;
}

static size_t line_start(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\f')
        at--;
    return at;
}

static size_t lines_above(const char *text, size_t end)
{
    size_t count = 0;
    bool filled = false;

    for (size_t i = 0; i < end; i++) {
        if (text[i] == '\n' || text[i] == '\f') {
            count += filled;
            filled = false;
        } else {
            filled |= !blank(text[i]);
        }
    }
    return count;
}

static void line_of(const char *text, size_t len, size_t start, size_t end, struct line *line)
{
    size_t first = line_start(text, start);
    size_t last = end;

    while (last < len && text[last] != '\n' && text[last] != '\f')
        last++;
    *line = (struct line){.before = text + first,
                          .before_len = start - first,
                          .after = text + end,
                          .after_len = last - end,
                          .number = lines_above(text, first)};
    trim(&line->before, &line->before_len);
    trim(&line->after, &line->after_len);
    if (line->before_len == 0 && first > 0) {
        size_t above = line_start(text, first - 1);
        line->above = text + above;
        line->above_len = first - 1 - above;
        trim(&line->above, &line->above_len);
    }
}

/* ---- what the words say ---- */

/* The last words of a stretch, at most `max`, the last in words[0]; their number, or max + 1 when
 * there are more. Surfaces are copied. */
struct read_word {
    struct word word;
    char surface[WORD_BYTES_MAX];
};

static size_t read_words(const char *text, size_t len, struct read_word *words, size_t max)
{
    struct words splitter;
    struct word word;
    size_t count = 0;

    words_init(&splitter, text, len);
    while (words_next(&splitter, &word)) {
        if (count == max)
            return max + 1;
        words[count].word = word;
        memcpy(words[count].surface, word.surface, word.surface_len);
        words[count].word.surface = words[count].surface;
        count++;
    }
    return count;
}

static bool ends_with_mark(const char *text, size_t len, const char *marks)
{
    return len > 0 && strchr(marks, text[len - 1]) && text[len - 1];
}

/* «تاریخ:», "Date", also "شماره: ۱۲   تاریخ:" after something else on the line. */
static bool is_label(const char *text, size_t len, bool date_ends_line)
{
    bool colon = ends_with_mark(text, len, ":");
    size_t from = len;
    struct read_word words[LABEL_WORDS_MAX];

    if (len > PLACE_BYTES_MAX) { /* its end, from the beginning of a word */
        from = len - PLACE_BYTES_MAX;
        while (from < len && !blank(text[from]))
            from++;
        text += from;
        len -= from;
    }
    while (len && strchr(":.-/ \t", text[len - 1]))
        len--;
    /* The last word. */
    size_t start = len;
    while (start > 0 && !blank(text[start - 1]) && text[start - 1] != ':')
        start--;
    if (read_words(text + start, len - start, words, 1) != 1 || !ONE_OF(&words[0].word, labels))
        return false;
    bool first = read_words(text, start, words, LABEL_WORDS_MAX) == 0;
    return colon || (first && date_ends_line);
}

/* A place by its form: a few words that begin with capitals or have none, then a comma, a dash or
 * a word that leads to a date. */
static bool is_place(const char *text, size_t len)
{
    struct read_word words[PLACE_WORDS_MAX + 1];
    bool marked = ends_with_mark(text, len, ",-:") ||
                  (len > 2 && (!memcmp(text + len - 2, "\xD8\x8C", 2) || /* ، */
                               (len > 3 && !memcmp(text + len - 3, "\xE2\x80", 2))));
    size_t count;

    if (len > PLACE_BYTES_MAX)
        return false;
    count = read_words(text, len, words, PLACE_WORDS_MAX + 1);
    if (!count || count > PLACE_WORDS_MAX + 1 || ONE_OF(&words[0].word, openers))
        return false;
    bool linked = count > 1 && ONE_OF(&words[count - 1].word, links);
    if ((!marked && !linked) || count - linked > PLACE_WORDS_MAX)
        return false;
    for (size_t i = 0; i < count - linked; i++) {
        unsigned char first = (unsigned char)text[words[i].word.at];
        if ((first >= 'a' && first <= 'z') || (first >= '0' && first <= '9'))
            return false;
    }
    return true;
}

/* Nothing, the marks of notes, an hour: what may stand behind a date that ends its line. */
static bool ends_line(const char *text, size_t len)
{
    struct read_word words[REST_WORDS_MAX];

    if (len > LINE_REST_BYTES)
        return false;
    size_t count = read_words(text, len, words, REST_WORDS_MAX);
    if (count > REST_WORDS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char first = (unsigned char)words[i].surface[0];
        bool hour = words[i].word.surface_len <= 2 || (first >= '0' && first <= '9');
        if (!hour && strncmp(words[i].surface, "noon", 4) != 0 &&
            strncmp(words[i].surface, "midnight", 8) != 0)
            return false;
    }
    return true;
}

/* Behind a news dateline: a dash or bracket. */
static bool opens_story(const char *text, size_t len)
{
    while (len && (*text == '.' || *text == ',' || blank(*text))) {
        text++;
        len--;
    }
    return len > 2 && (*text == '-' || *text == '(' || !memcmp(text, "\xE2\x80\x93", 3) ||
                       !memcmp(text, "\xE2\x80\x94", 3));
}

/* A date-time group, "121530Z NOV 79", by its digits. */
static bool is_group(const char *text, size_t start, size_t end)
{
    size_t digits = 0;

    while (start + digits < end && text[start + digits] >= '0' && text[start + digits] <= '9')
        digits++;
    return digits == 6;
}

static bool all_precedences(const char *text, size_t len)
{
    struct read_word words[PLACE_WORDS_MAX];
    size_t count = len > PLACE_BYTES_MAX ? 0 : read_words(text, len, words, PLACE_WORDS_MAX);

    if (!count || count > PLACE_WORDS_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!ONE_OF(&words[i].word, precedences))
            return false;
    return true;
}

bool own_source_of(const char *text, size_t len, size_t start, size_t end,
                   enum own_source *ret_source)
{
    struct line line;

    if (start > OWN_HEAD_BYTES)
        return false;
    line_of(text, len, start, end, &line);
    if (line.number > LINES_OF_HEAD)
        return false;
    bool last = ends_line(line.after, line.after_len);
    if (line.before_len ? is_label(line.before, line.before_len, last)
                        : last && line.above_len && line.above_len < PLACE_BYTES_MAX &&
                              is_label(line.above, line.above_len, true)) {
        *ret_source = OWN_LETTERHEAD;
        return true;
    }
    if (is_group(text, start, end) &&
        (line.before_len ? all_precedences(line.before, line.before_len) : last)) {
        *ret_source = OWN_LETTERHEAD;
        return true;
    }
    if (line.before_len && is_place(line.before, line.before_len) &&
        (last || opens_story(line.after, line.after_len))) {
        *ret_source = OWN_DATELINE;
        return true;
    }
    if (line.number == 0 && last && ends_with_mark(line.before, line.before_len, ",")) {
        *ret_source = OWN_HEADING;
        return true;
    }
    if (!line.before_len && last) {
        *ret_source = OWN_LINE;
        return true;
    }
    return false;
}
