#include "events/date_tokens.h"

#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "text/fold.h"

/* ---- words ---- */

static bool begins_with(const struct date_word *word, const char *form, size_t len)
{
    return strncmp(word->form, form, len) == 0;
}

/* The first row whose form begins with this one, word by word; date_word_count: none. */
static size_t first_row(const char *form, size_t len)
{
    const char *space = memchr(form, ' ', len);
    size_t first = space ? (size_t)(space - form) : len;
    size_t place = date_word_place(form, first);
    size_t at;

    while ((at = date_word_places[place]) != 0) {
        const char *word = date_words[--at].form;
        if (strncmp(word, form, first) == 0 && (word[first] == '\0' || word[first] == ' '))
            break;
        place = (place + 1) % DATE_PLACES;
    }
    if (!date_word_places[place])
        return date_word_count;
    while (first < len && at < date_word_count && strncmp(date_words[at].form, form, len) < 0)
        at++;
    return at;
}

/* The senses of a form; `ret_longer` says whether a longer form begins with it. */
static size_t find(const char *form, size_t len, const struct date_word **ret_senses,
                   bool *ret_longer)
{
    size_t at = first_row(form, len), count = 0;

    *ret_senses = &date_words[at];
    while (at + count < date_word_count && begins_with(&date_words[at + count], form, len) &&
           date_words[at + count].form[len] == '\0')
        count++;
    size_t next = at + count;
    *ret_longer = next < date_word_count && begins_with(&date_words[next], form, len) &&
                  date_words[next].form[len] == ' ';
    return count;
}

static bool in_langs(const struct date_word *senses, size_t count, unsigned langs)
{
    for (size_t i = 0; i < count; i++)
        if (senses[i].langs & langs)
            return true;
    return false;
}

const struct date_token date_token_none = {.kind = TOKEN_BREAK};

const struct date_word *date_token_sense_of(const struct date_token *token,
                                            enum date_word_kind kind, unsigned langs)
{
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return NULL;
    if (token->arabic)
        langs &= DATE_ARABIC;
    for (size_t i = 0; i < token->sense_count; i++)
        if (token->senses[i].kind == kind && (token->senses[i].langs & langs))
            return &token->senses[i];
    return NULL;
}

/* ---- reading ---- */

/* A word of the text, or part of one: digits and letters are apart. */
struct piece {
    size_t start, end;
    char folded[WORD_BYTES_MAX];
    size_t folded_len;
    bool number, capital;
};

struct reading {
    const char *text;
    size_t len;
    unsigned langs;
    struct words words;
    struct word word; /* what of it is not taken yet */
    bool has_word;
    size_t digits; /* of the number right before, in the same word */
};

static bool is_digit(uint32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 0x660 && rune <= 0x669) ||
           (rune >= 0x6F0 && rune <= 0x6F9);
}

static bool is_upper(uint32_t rune)
{
    return rune >= 'A' && rune <= 'Z';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The end of the run of digits, or of what are none, that begins at `start`. */
static size_t run_end(const char *text, size_t start, size_t end, bool *ret_digits)
{
    uint32_t rune;
    size_t at = start + utf8_decode(text + start, end - start, &rune);

    *ret_digits = is_digit(rune);
    while (at < end) {
        size_t step = utf8_decode(text + at, end - at, &rune);
        if (is_digit(rune) != *ret_digits)
            break;
        at += step;
    }
    return at;
}

/* "301330ZSEP71": the letter of the zone stands for itself. */
static bool is_zone_and_month(const char *text, size_t start, size_t end, size_t digits)
{
    if ((digits != 4 && digits != 6) || end - start != 4)
        return false;
    for (size_t i = start; i < end; i++)
        if (!is_letter(text[i]))
            return false;
    return true;
}

static void fold_piece(struct piece *piece, const char *text)
{
    struct words words;
    struct word word;

    words_init(&words, text + piece->start, piece->end - piece->start);
    piece->folded_len = 0;
    if (words_next(&words, &word)) {
        memcpy(piece->folded, word.surface, word.surface_len);
        piece->folded_len = word.surface_len;
    }
}

static bool next_piece(struct reading *reading, struct piece *piece)
{
    uint32_t rune;
    struct word *word = &reading->word;

    if (!reading->has_word && !words_next(&reading->words, word))
        return false;
    size_t end = word->at + word->len;
    piece->start = word->at;
    piece->end = run_end(reading->text, word->at, end, &piece->number);
    if (reading->has_word && !piece->number &&
        is_zone_and_month(reading->text, piece->start, piece->end, reading->digits))
        piece->end = piece->start + 1;
    reading->digits = piece->number ? piece->end - piece->start : 0;
    utf8_decode(reading->text + piece->start, piece->end - piece->start, &rune);
    piece->capital = is_upper(rune);
    if (piece->end == end && !reading->has_word) {
        piece->folded_len = word->surface_len;
        memcpy(piece->folded, word->surface, word->surface_len);
    } else {
        fold_piece(piece, reading->text);
    }
    reading->has_word = piece->end < end;
    word->at = (uint32_t)piece->end;
    word->len = (uint32_t)(end - piece->end);
    return true;
}

static char mark_of(uint32_t rune)
{
    switch (rune) {
    case '-':
    case '/':
    case '.':
    case ',':
    case ':':
    case '(':
    case ')':
        return (char)rune;
    case '\'':
    case 0x2019:
        return '\'';
    case 0x2010: /* hyphens and dashes */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x060C: /* Arabic comma */
        return ',';
    case 0x066B: /* Arabic decimal separator, used as a slash */
    case 0x2044:
        return '/';
    default:
        return '\0';
    }
}

static struct date_token *push(struct date_tokens *tokens, enum date_token_kind kind, size_t start,
                               size_t end)
{
    struct date_token *token = &tokens->at[tokens->count++];

    *token = (struct date_token){.kind = kind, .start = start, .end = end};
    token->glued = tokens->count > 1 && token[-1].end == start;
    return token;
}

/* The marks and blank lines between two words. At most a few of a long row are kept: they part. */
static void push_marks(struct date_tokens *tokens, const char *text, size_t from, size_t to)
{
    int newlines = 0, marks = 0;

    for (size_t at = from; at < to && marks < 3 && tokens->count < DATE_TOKENS_MAX;) {
        uint32_t rune;
        size_t step = utf8_decode(text + at, to - at, &rune);
        char mark = mark_of(rune);
        if (rune == '\n' && ++newlines == 2) {
            push(tokens, TOKEN_BREAK, at, at + step);
        } else if (mark) {
            push(tokens, TOKEN_MARK, at, at + step)->value = (unsigned char)mark;
            marks++;
        } else if (rune > ' ' && rune != 0xA0 && (rune < 0x200B || rune > 0x200F) &&
                   (rune < 0x202A || rune > 0x202E) && rune != 0x640 && rune != 0x2066 &&
                   rune != 0x2069) {
            push(tokens, TOKEN_OTHER, at, at + step);
            marks++;
        }
        at += step;
    }
}

static void push_number(struct date_tokens *tokens, const struct piece *piece)
{
    if (piece->folded_len > DATE_DIGITS_MAX) {
        push(tokens, TOKEN_OTHER, piece->start, piece->end);
        return;
    }
    struct date_token *token = push(tokens, TOKEN_NUMBER, piece->start, piece->end);
    token->digits = (unsigned char)piece->folded_len;
    for (size_t i = 0; i < piece->folded_len; i++)
        token->value = token->value * 10 + (piece->folded[i] - '0');
}

/* st, nd, rd, th, Persian م and Kurdish ی right behind digits make them ordinal. */
static bool is_ordinal_ending(const struct date_tokens *tokens, const struct piece *piece)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "م", "ام", "مین", "ی"};

    if (!tokens->count || tokens->at[tokens->count - 1].kind != TOKEN_NUMBER ||
        tokens->at[tokens->count - 1].end != piece->start)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(endings); i++)
        if (strlen(endings[i]) == piece->folded_len &&
            memcmp(endings[i], piece->folded, piece->folded_len) == 0)
            return true;
    return false;
}

struct form {
    char bytes[DATE_FORM_BYTES_MAX + WORD_BYTES_MAX];
    size_t len;
};

/* The senses of the longest form that begins with `form`, read on from `reading`; `reading` and
 * `end` move behind it. */
static size_t find_longest(struct reading *reading, struct form *form,
                           const struct date_word **ret_senses, size_t *end)
{
    struct reading ahead = *reading;
    struct piece piece = {.end = *end};
    bool longer;
    size_t count = find(form->bytes, form->len, ret_senses, &longer);

    for (int parts = 1; longer && parts < DATE_FORM_WORDS_MAX; parts++) {
        const struct date_word *senses;
        size_t before = piece.end;
        if (!next_piece(&ahead, &piece) || piece.number ||
            form->len + 1 + piece.folded_len > DATE_FORM_BYTES_MAX ||
            memchr(reading->text + before, '\n', piece.start - before))
            break;
        form->bytes[form->len++] = ' ';
        memcpy(form->bytes + form->len, piece.folded, piece.folded_len);
        form->len += piece.folded_len;
        size_t found = find(form->bytes, form->len, &senses, &longer);
        if (found) {
            *ret_senses = senses;
            count = found;
            *end = piece.end;
            *reading = ahead;
        }
    }
    return count;
}

/* What Arabic writes onto the front of a word, in the order in which it is tried. */
#define FRONT(text, instead, joins, fronts)                                                        \
    {                                                                                              \
        text, instead, sizeof(text) - 1, sizeof(instead) - 1, joins, fronts                        \
    }
static const struct front {
    const char *text, *instead; /* `instead` stands in its place when it is taken off */
    size_t len, instead_len;
    bool joins, fronts; /* says "and"; says "to" or "at" */
} fronts[] = {
    FRONT("", "", false, false),   FRONT("ال", "", false, false),  FRONT("و", "", true, false),
    FRONT("وال", "", true, false), FRONT("لل", "ال", false, true), FRONT("لل", "", false, true),
    FRONT("ب", "", false, true),   FRONT("بال", "", false, true),  FRONT("ل", "", false, true),
    FRONT("ف", "", false, false),  FRONT("فال", "", false, false), FRONT("ک", "", false, false),
};

static bool strip_front(const struct piece *piece, const struct front *front, struct form *ret_form)
{
    size_t len = front->len, instead = front->instead_len;

    if (piece->folded_len < len + (len ? 2 : 0) || memcmp(piece->folded, front->text, len) != 0)
        return false;
    memcpy(ret_form->bytes, front->instead, instead);
    memcpy(ret_form->bytes + instead, piece->folded + len, piece->folded_len - len);
    ret_form->len = piece->folded_len - len + instead;
    return true;
}

static void push_word(struct reading *reading, struct date_tokens *tokens,
                      const struct piece *piece)
{
    const struct date_word *senses = NULL;
    bool arabic = piece->folded_len && (unsigned char)piece->folded[0] >= 0xD8;
    size_t count = 0, end = piece->end;
    const struct front *front = fronts;
    struct form form;

    for (size_t i = 0; !count && i < (arabic ? ARRAY_LEN(fronts) : 1); i++) {
        front = &fronts[i];
        if (strip_front(piece, front, &form))
            count = find_longest(reading, &form, &senses, &end);
    }
    bool known = count && in_langs(senses, count,
                                   *front->text ? reading->langs & DATE_ARABIC : reading->langs);
    /* «به» is Persian "to", not "in the Hijri era" */
    known = known && !(*front->text && senses->kind == WORD_era);
    struct date_token *token = push(tokens, known ? TOKEN_WORD : TOKEN_OTHER, piece->start, end);
    token->capital = piece->capital;
    if (known) {
        token->senses = senses;
        token->sense_count = count;
        token->joined = front->joins;
        token->fronted = front->fronts;
        token->arabic = *front->text != '\0';
    }
}

size_t date_tokens_read(struct date_tokens *tokens, const char *text, size_t len, size_t from,
                        unsigned langs)
{
    struct reading reading = {.text = text, .len = len, .langs = langs};
    struct piece piece;
    size_t at = from;

    tokens->count = 0;
    words_init(&reading.words, text, len);
    reading.words.at = from;
    /* Room is kept for a word with the marks before it. */
    while (tokens->count + 5 < DATE_TOKENS_MAX) {
        if (!next_piece(&reading, &piece)) {
            push_marks(tokens, text, at, len);
            return len;
        }
        push_marks(tokens, text, at, piece.start);
        if (piece.number)
            push_number(tokens, &piece);
        else if (is_ordinal_ending(tokens, &piece)) {
            tokens->at[tokens->count - 1].ordinal = true;
            tokens->at[tokens->count - 1].end = piece.end;
        } else
            push_word(&reading, tokens, &piece);
        at = tokens->at[tokens->count - 1].end;
    }
    return at;
}
