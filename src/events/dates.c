#include "events/dates.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "events/date_grammar.h"
#include "text/language.h"

enum {
    LANGUAGE_SAMPLE = 4096, /* bytes */
    SEAM_TOKENS = 64,       /* no date has more */
};

/* ---- EDTF ---- */

/* A day, a Gregorian month or year, or an interval of days; ~ approximate, ? uncertain. */
static void spell(struct date_found *found)
{
    const char *mark = found->certainty == DATE_APPROXIMATE ? "~"
                       : found->certainty == DATE_EXACT     ? ""
                                                            : "?";
    struct calendar_date first, last;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX];

    if (!calendar_date(CALENDAR_GREGORIAN, found->earliest, &first) ||
        !calendar_date(CALENDAR_GREGORIAN, found->latest, &last))
        return;
    bool whole_months = first.day == 1 && last.year == first.year &&
                        last.day == calendar_month_days(CALENDAR_GREGORIAN, last.year, last.month);
    if (whole_months && first.month == 1 && last.month == 12)
        snprintf(found->edtf, sizeof(found->edtf), "%04d%s", first.year, mark);
    else if (whole_months && first.month == last.month)
        snprintf(found->edtf, sizeof(found->edtf), "%04d-%02d%s", first.year, first.month, mark);
    else if (found->earliest == found->latest)
        snprintf(found->edtf, sizeof(found->edtf), "%s%s", calendar_day_text(found->earliest, from),
                 mark);
    else
        snprintf(found->edtf, sizeof(found->edtf), "%s%s/%s%s",
                 calendar_day_text(found->earliest, from), mark,
                 calendar_day_text(found->latest, to), mark);
}

/* ---- search ---- */

static bool read_one(const struct date_grammar *grammar, size_t at, struct date_read *ret)
{
    static const date_reader readers[] = {date_read_code,  date_read_numeric, date_read_relative,
                                          date_read_named, date_read_span,    date_read_feast};

    return date_read_longest(grammar, at, readers, ARRAY_LEN(readers), ret);
}

/* "امروز یکشنبه 21 آذر": the day that follows says which day it is. */
static void join_named(const struct date_grammar *grammar, struct date_read *read)
{
    struct date_read named;

    if (date_has(grammar, read->from, WORD_today) && read->to == read->from + 1 &&
        date_read_named(grammar, read->to, &named) && named.count) {
        named.from = read->from;
        *read = named;
    }
}

/* "from 26 Esfand to 14 Farvardin": one span, if a word before says so. */
static void join_range(const struct date_grammar *grammar, struct date_read *read)
{
    struct date_read last;
    bool between = date_has(grammar, read->to, WORD_to) || date_is_mark(grammar, read->to, "-");

    if (!between || read->from == 0 || !date_has(grammar, read->from - 1, WORD_from) ||
        !read_one(grammar, read->to + 1, &last) || !read->count || !last.count)
        return;
    struct date_days *days = &read->days[0];
    if (days->known && last.days[0].known && last.days[0].last >= days->first) {
        days->last = last.days[0].last;
        if (last.days[0].certainty > days->certainty)
            days->certainty = last.days[0].certainty;
        read->count = 1;
        read->to = last.to;
    }
}

/* One span of two dates that follow one another; its last is `last`. */
static void span(struct date_read *read, const struct date_days *first,
                 const struct date_read *last)
{
    read->days[0] = *first;
    read->days[0].last = last->days[0].last;
    read->days[0].certainty = last->days[0].certainty;
    read->count = 1;
    read->to = last->to;
}

static bool has_month(const struct date_grammar *grammar, const struct date_read *read)
{
    for (size_t at = read->from; at < read->to; at++)
        if (date_has(grammar, at, WORD_gregorian) || date_has(grammar, at, WORD_solar) ||
            date_has(grammar, at, WORD_lunar))
            return true;
    return false;
}

/* "March to May 1958", "26 اسفند تا 2 فروردین 1394": the first has the year of the last, or the one
 * before. So it is in "June 27 and July 1, 1960", which is no span. */
static bool share_year(const struct date_grammar *grammar, struct date_read *read,
                       const struct date_read *last)
{
    struct date_grammar near = *grammar;
    struct date_read first;

    if (read->count != 1 || read->days[0].certainty == DATE_EXACT || !has_month(grammar, read) ||
        !has_month(grammar, last))
        return false;
    near.settings.has_ref = true;
    near.settings.ref = last->days[0].first;
    if (!read_one(&near, read->from, &first) || first.to != read->to || first.count != 1 ||
        !first.days[0].known || first.days[0].last >= last->days[0].first)
        return false;
    if (date_value(grammar, read->to, WORD_to, 0) == LIST_WORD)
        read->days[0] = first.days[0];
    else
        span(read, &first.days[0], last);
    return true;
}

/* A second date right behind the first one and a mark or word for "to". */
static void join_last(const struct date_grammar *grammar, struct date_read *read)
{
    struct date_read last;
    bool slash = date_is_mark(grammar, read->to, "/") && date_at(grammar, read->to)->glued;
    bool between = date_has(grammar, read->to, WORD_to) || date_is_mark(grammar, read->to, "-");

    if ((!slash && !between) || !read_one(grammar, read->to + 1, &last) || last.count != 1 ||
        last.days[0].certainty != DATE_EXACT)
        return;
    if (between && share_year(grammar, read, &last))
        return;
    /* 2014-11-03/2014-11-10, as ISO 8601 writes intervals */
    if (slash && read->count == 1 && read->days[0].certainty == DATE_EXACT &&
        date_at(grammar, read->from)->digits == 4 && date_at(grammar, last.from)->digits == 4 &&
        last.days[0].first >= read->days[0].last)
        span(read, &read->days[0], &last);
}

static int tell(const struct date_grammar *grammar, const struct date_read *read, date_seen_fn seen,
                void *ctx)
{
    int rc = 0;

    for (int i = 0; i < read->count && !rc; i++) {
        const struct date_days *days = &read->days[i];
        struct date_found found = {.start = date_at(grammar, read->from)->start,
                                   .end = date_at(grammar, read->to - 1)->end,
                                   .calendar = days->calendar,
                                   .certainty = days->certainty};
        if (days->known) {
            found.earliest = days->first;
            found.latest = days->last;
            spell(&found);
        }
        rc = seen(ctx, &found);
    }
    return rc;
}

/* Words that only lead to a date ("the", "from", "about"), with nothing of a date behind them: by
 * far most of the words of dates in a text. */
static bool leads_nowhere(const struct date_grammar *grammar, size_t at)
{
    static const uint64_t leading =
        UINT64_C(1) << WORD_of | UINT64_C(1) << WORD_the | UINT64_C(1) << WORD_to |
        UINT64_C(1) << WORD_from | UINT64_C(1) << WORD_on | UINT64_C(1) << WORD_in |
        UINT64_C(1) << WORD_before | UINT64_C(1) << WORD_circa | UINT64_C(1) << WORD_several |
        UINT64_C(1) << WORD_numbered | UINT64_C(1) << WORD_counted | UINT64_C(1) << WORD_namesake |
        UINT64_C(1) << WORD_plural;
    const struct date_token *token = date_at(grammar, at);
    enum date_token_kind next = date_at(grammar, at + 1)->kind;

    if (token->kind != TOKEN_WORD || (next != TOKEN_OTHER && next != TOKEN_BREAK))
        return false;
    for (size_t i = 0; i < token->sense_count; i++)
        if (!(leading >> token->senses[i].kind & 1))
            return false;
    return true;
}

/* Tells the dates that begin before token `end`; `ret_done` is the first token after them. */
static int search(const struct date_grammar *grammar, size_t end, size_t *ret_done,
                  date_seen_fn seen, void *ctx)
{
    int rc = 0;
    size_t at;

    for (at = 0; at < end && !rc;) {
        struct date_read read;
        enum date_token_kind kind = date_at(grammar, at)->kind;
        if ((kind != TOKEN_NUMBER && kind != TOKEN_WORD) || leads_nowhere(grammar, at) ||
            !read_one(grammar, at, &read)) {
            at++;
            continue;
        }
        join_named(grammar, &read);
        join_range(grammar, &read);
        join_last(grammar, &read);
        rc = tell(grammar, &read, seen, ctx);
        at = read.to;
    }
    *ret_done = at;
    return rc;
}

/* ---- the language ---- */

/* Of a text too short to show its language ("اوایل دی"): what its letters and digits leave. */
static unsigned language_of_letters(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t rune;

        at += utf8_decode(text + at, len - at, &rune);
        if (rune == 0x64A || rune == 0x643 || rune == 0x649 || rune == 0x629 ||
            (rune >= 0x621 && rune <= 0x625 && rune != 0x622 && rune != 0x624))
            return DATE_ARABIC;
        if (rune == 0x6CC || rune == 0x6A9 || rune == 0x67E || rune == 0x686 || rune == 0x698 ||
            rune == 0x6AF || (rune >= 0x6F0 && rune <= 0x6F9))
            return DATE_PERSIAN;
    }
    return DATE_ENGLISH;
}

static unsigned language(const char *text, size_t len, const char *lang, bool *ret_sure)
{
    size_t sample = len < LANGUAGE_SAMPLE ? len : LANGUAGE_SAMPLE;

    if (!lang || !*lang)
        lang = language_guess(text, sample);
    *ret_sure = *lang != '\0';
    if (!*ret_sure)
        return language_of_letters(text, sample);
    if (strncmp(lang, "fa", 2) == 0 || strcmp(lang, "per") == 0 || strcmp(lang, "prs") == 0 ||
        strcmp(lang, "ckb") == 0)
        return DATE_PERSIAN;
    if (strncmp(lang, "ar", 2) == 0)
        return DATE_ARABIC;
    return DATE_ENGLISH;
}

/* Of a text whose letters are those of both («دهه شصت»): whose words of dates it has. */
static unsigned language_of_words(const struct date_tokens *tokens)
{
    size_t persian = 0;
    size_t arabic = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        const struct date_token *token = &tokens->at[i];
        unsigned langs = 0;
        for (size_t k = 0; k < token->sense_count; k++)
            langs |= token->senses[k].langs;
        persian += langs == DATE_PERSIAN;
        arabic += langs == DATE_ARABIC;
    }
    return persian > arabic ? DATE_PERSIAN : arabic > persian ? DATE_ARABIC : DATE_ENGLISH;
}

int dates_find(const char *text, size_t len, const struct date_settings *settings,
               date_seen_fn seen, void *ctx)
{
    CLEANUP(cleanup_free) struct date_tokens *tokens = mem_alloc(sizeof(*tokens));
    struct date_grammar grammar = {.text = text, .tokens = tokens, .settings = *settings};
    bool sure;
    int rc = 0;

    grammar.langs = language(text, len, settings->lang, &sure);
    /* English stands in texts of all languages; a text of another script may quote either of these.
     */
    grammar.accept =
        !sure || grammar.langs == DATE_ENGLISH ? DATE_LANGS : grammar.langs | DATE_ENGLISH;
    for (size_t from = 0; from < len && !rc;) {
        size_t to = date_tokens_read(tokens, text, len, from, grammar.accept);
        date_tokens_count(tokens);
        date_tokens_set_aside(tokens, grammar.accept);
        if (!sure && grammar.langs == DATE_ENGLISH)
            grammar.langs = language_of_words(tokens);
        size_t last = tokens->count;
        /* A date at the seam is read with what follows it. */
        if (to < len && last > 2 * (size_t)SEAM_TOKENS)
            last -= SEAM_TOKENS;
        size_t done = 0;
        rc = search(&grammar, last, &done, seen, ctx);
        size_t next = done < tokens->count ? tokens->at[done].start : to;
        if (next <= from)
            break;
        from = next;
    }
    return rc;
}

const char *date_certainty_word(enum date_certainty certainty)
{
    static const char *const words[] = {"exact", "inferred", "approximate", "ambiguous", "unknown"};

    return words[certainty];
}
