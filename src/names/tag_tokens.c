#include "names/tag_tokens.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

enum {
    UPPER_WORDS_MIN = 2, /* words of a line before its capitals are held for habit */
    LETTERS_ROOM = TAG_TOKENS_MAX * 32,
};

void tag_reader_init(struct tag_reader *reader, const char *text, size_t len)
{
    *reader = (struct tag_reader){.text = text, .len = len};
}

static bool is_upper(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'A' && rune <= 'Z';
    if (rune < 0x100)
        return rune >= 0xC0 && rune <= 0xDE && rune != 0xD7;
    if (rune < 0x180)
        return rune < 0x138 || rune > 0x148 ? rune % 2 == 0 : rune % 2 == 1;
    return (rune >= 0x391 && rune <= 0x3A9) || (rune >= 0x400 && rune <= 0x42F);
}

static bool is_arabic(uint32_t rune)
{
    return (rune >= 0x600 && rune <= 0x6FF) || (rune >= 0x750 && rune <= 0x77F) ||
           (rune >= 0xFB50 && rune <= 0xFEFC);
}

static bool is_digit(uint32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 0x660 && rune <= 0x669) ||
           (rune >= 0x6F0 && rune <= 0x6F9);
}

/* What a word's characters are. */
struct looks {
    unsigned runes, upper, digits, arabic;
    bool first_upper;
};

static void look(const char *text, size_t len, struct looks *looks)
{
    for (size_t i = 0; i < len;) {
        uint32_t rune;

        i += utf8_decode(text + i, len - i, &rune);
        if (is_upper(rune)) {
            looks->upper++;
            looks->first_upper |= looks->runes == 0;
        }
        looks->digits += is_digit(rune);
        looks->arabic += is_arabic(rune);
        looks->runes++;
    }
}

static enum tag_case style_of(const struct looks *looks)
{
    if (looks->digits)
        return CASE_NUMBER;
    if (looks->arabic)
        return CASE_NONE;
    if (!looks->upper)
        return CASE_LOWER;
    if (looks->upper == looks->runes)
        return looks->runes == 1 ? CASE_LETTER : CASE_UPPER;
    return looks->first_upper && looks->upper == 1 ? CASE_INITIAL : CASE_MIXED;
}

/* Whether the words of a line are all in capitals. */
static bool upper_line(const char *text, size_t len)
{
    struct words words;
    struct word word;
    unsigned upper = 0, other = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word) && !other) {
        struct looks looks = {0};

        look(text + word.at, word.len, &looks);
        if (looks.digits || looks.arabic || looks.runes < 2)
            continue;
        if (looks.upper == looks.runes)
            upper++;
        else
            other++;
    }
    return upper >= UPPER_WORDS_MIN && !other;
}

/* One form of a sign that is written in several. */
static uint32_t plain_sign(uint32_t rune)
{
    switch (rune) {
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return '"';
    case 0x2018:
    case 0x2019:
    case '`':
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
        return '-';
    case 0x60C:
        return ',';
    case 0x61B:
        return ';';
    case 0x61F:
        return '?';
    case 0x2026:
    case 0x6D4:
        return '.';
    default:
        return rune;
    }
}

static bool is_space(uint32_t rune)
{
    return rune <= ' ' || rune == 0xA0 || rune == 0x200B || (rune >= 0x2000 && rune <= 0x200A) ||
           rune == 0x202F || rune == 0x3000;
}

/* Marks of direction and the like: neither words nor signs. */
static bool is_silent(uint32_t rune)
{
    return (rune >= 0x200B && rune <= 0x200F) || (rune >= 0x202A && rune <= 0x202E) ||
           (rune >= 0x2066 && rune <= 0x2069) || rune == 0xFEFF || rune == 0xAD;
}

static struct tag_token *add(struct tag_sentence *sentence, size_t at, size_t len)
{
    struct tag_token *token = &sentence->tokens[sentence->count++];

    *token = (struct tag_token){.at = (uint32_t)at, .len = (uint32_t)len, .glue = ' '};
    token->folded = (uint16_t)sentence->letters_len;
    return token;
}

static void put_letters(struct tag_sentence *sentence, struct tag_token *token, const char *letters,
                        size_t len)
{
    size_t room = TAG_LETTERS_MAX - token->folded_len;

    if (len > room)
        len = utf8_prefix(letters, len, room);
    memcpy(sentence->letters + sentence->letters_len, letters, len);
    for (size_t i = 0; i < len; i++) {
        char *c = &sentence->letters[sentence->letters_len + i];
        if (*c >= '0' && *c <= '9')
            *c = '0';
    }
    sentence->letters_len += len;
    token->folded_len = (uint8_t)(token->folded_len + len);
    token->stem = token->folded_len;
}

static bool sentence_full(const struct tag_sentence *sentence)
{
    return sentence->count + 2 >= TAG_TOKENS_MAX || sentence->letters_len >= LETTERS_ROOM;
}

/* Words whose point is not the end of a sentence. */
static bool abbreviation(const char *letters, size_t len)
{
    static const char *const list[] = {"mr",  "mrs", "ms",   "dr",   "prof", "gen", "col", "lt",
                                       "sgt", "maj", "capt", "adm",  "sen",  "rep", "gov", "st",
                                       "jr",  "sr",  "hon",  "rev",  "amb",  "no",  "vs",  "corp",
                                       "inc", "ltd", "co",   "brig", "pres"};

    for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
        if (strlen(list[i]) == len && memcmp(list[i], letters, len) == 0)
            return true;
    return false;
}

/* Where the signs between two words are read. */
struct gap {
    struct tag_sentence *sentence;
    const char *text;
    size_t at, end;
    bool space; /* after the last token */
    bool ended; /* a full stop, question or exclamation mark was seen */
    char glue;  /* the one sign between, when nothing else stood there */
};

static bool takes_point(const struct gap *gap)
{
    struct tag_token *last;

    if (!gap->sentence->count || gap->space)
        return false;
    last = &gap->sentence->tokens[gap->sentence->count - 1];
    return last->at + last->len == gap->at &&
           (last->style == CASE_LETTER || last->point ||
            abbreviation(tag_letters(gap->sentence, gap->sentence->count - 1), last->folded_len));
}

static void add_sign(struct gap *gap, uint32_t sign, size_t size)
{
    struct tag_sentence *sentence = gap->sentence;
    struct tag_token *last = sentence->count ? &sentence->tokens[sentence->count - 1] : NULL;
    struct tag_token *token;
    char bytes[4];
    size_t len = utf8_encode(sign, bytes);

    if (last && last->style == CASE_SIGN && last->folded_len == len && !gap->space &&
        memcmp(tag_letters(sentence, sentence->count - 1), bytes, len) == 0) {
        last->len = (uint32_t)(gap->at + size - last->at);
        return;
    }
    token = add(sentence, gap->at, size);
    token->glue = gap->space ? ' ' : 0;
    token->style = CASE_SIGN;
    put_letters(sentence, token, bytes, len);
    gap->ended = sign == '.' || sign == '!' || sign == '?' || (gap->ended && sign == '"');
}

/* Whether a square bracket is one of two around a single word, "General [Qasem] Soleimani": an
 * editor supplied it, and the sentence goes on through it. */
static bool is_supplied(const struct gap *gap, uint32_t bracket, size_t len)
{
    enum { WORD_MAX = 64 };
    const char *text = gap->text;
    size_t open = gap->at, close = gap->at;
    struct looks looks = {0};

    if (bracket == '[')
        while (close < len && close - open < WORD_MAX && text[close] != ']' && text[close] != ' ')
            close++;
    else
        while (open > 0 && close - open < WORD_MAX && text[open] != '[' && text[open] != ' ')
            open--;
    if (close == len || text[close] != ']' || text[open] != '[' || close - open < 2)
        return false;
    look(text + open + 1, close - open - 1, &looks);
    return !looks.digits && (looks.first_upper || looks.arabic == looks.runes);
}

/* One sign that joins two words, with nothing else between them. */
static char joint(const char *text, size_t at, size_t end, size_t len)
{
    uint32_t rune;

    if (at == end)
        return 0;
    if (at + utf8_decode(text + at, len - at, &rune) != end)
        return ' ';
    rune = plain_sign(rune);
    return rune == '-' || rune == '\'' || rune == '.' || rune == '/' || rune == '&' || rune == '@'
               ? (char)rune
               : ' ';
}

static void read_gap(struct gap *gap, size_t len)
{
    while (gap->at < gap->end && !sentence_full(gap->sentence)) {
        uint32_t rune;
        size_t size = utf8_decode(gap->text + gap->at, gap->end - gap->at, &rune);

        rune = plain_sign(rune);
        if (is_space(rune)) {
            gap->space = true;
        } else if (rune == '.' && takes_point(gap)) {
            gap->sentence->tokens[gap->sentence->count - 1].point = true;
        } else if (!is_silent(rune) &&
                   !((rune == '[' || rune == ']') && is_supplied(gap, rune, len))) {
            add_sign(gap, rune, size);
            gap->space = false;
        }
        gap->at += size;
    }
}

/* J.R. and O'Brien are one token each. */
static bool continues(const struct tag_sentence *sentence, char glue, const struct looks *looks)
{
    const struct tag_token *last;

    if (!sentence->count)
        return false;
    last = &sentence->tokens[sentence->count - 1];
    if (glue == '\'')
        return last->style == CASE_LETTER && looks->runes > 1 && looks->first_upper;
    return glue == '.' && looks->runes == 1 && looks->upper == 1 &&
           (last->style == CASE_LETTER || last->point);
}

static void count_script(const struct tag_token *token, int *balance)
{
    if (token->arabic)
        ++*balance;
    else if (token->style != CASE_NUMBER)
        --*balance;
}

static void find_stem(struct tag_token *token, const char *text)
{
    /* The fold drops the ZWNJ: the letters before it are as many as the characters. */
    static const char zwnj[] = "\xE2\x80\x8C";
    const char *stop = token->arabic ? memmem(text + token->at, token->len, zwnj, 3) : NULL;

    if (stop) {
        size_t stem = (size_t)(stop - (text + token->at));

        token->stem = stem < token->folded_len ? (uint8_t)stem : token->folded_len;
    }
}

static void add_word(struct tag_sentence *sentence, const char *text, const struct word *word,
                     size_t base, char glue)
{
    struct looks looks = {0};
    struct tag_token *token;

    look(text + base + word->at, word->len, &looks);
    if (continues(sentence, glue, &looks)) {
        token = &sentence->tokens[sentence->count - 1];
        token->len = (uint32_t)(base + word->at + word->len - token->at);
        token->point = glue == '.';
        token->style = glue == '.' ? CASE_UPPER : CASE_INITIAL;
        put_letters(sentence, token, word->surface, word->surface_len);
        return;
    }
    token = add(sentence, base + word->at, word->len);
    token->glue = glue;
    token->arabic = looks.arabic > 0;
    token->style = (uint8_t)style_of(&looks);
    put_letters(sentence, token, word->surface, word->surface_len);
    find_stem(token, text);
}

static void open_line(struct tag_reader *reader)
{
    const char *stop = memchr(reader->text + reader->at, '\n', reader->len - reader->at);

    reader->line_end = stop ? (size_t)(stop - reader->text) : reader->len;
    reader->line_upper = upper_line(reader->text + reader->at, reader->line_end - reader->at);
}

static void close_sentence(const struct tag_reader *reader, struct tag_sentence *sentence)
{
    int balance = 0;

    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->tokens[i].style != CASE_SIGN)
            count_script(&sentence->tokens[i], &balance);
    sentence->arabic = balance > 0;
    sentence->no_case = reader->line_upper;
    sentence->line_ends = reader->at >= reader->line_end;
    if (sentence->no_case)
        for (size_t i = 0; i < sentence->count; i++)
            if (sentence->tokens[i].style == CASE_UPPER || sentence->tokens[i].style == CASE_LETTER)
                sentence->tokens[i].style = CASE_NONE;
}

static bool starts_small(const char *text, size_t at)
{
    return text[at] >= 'a' && text[at] <= 'z';
}

/* Reads tokens up to a sentence's or the line's end. */
static void read_sentence(struct tag_reader *reader, struct tag_sentence *sentence)
{
    size_t base = reader->at;
    struct words words;
    struct word word;
    struct gap gap = {.sentence = sentence, .text = reader->text, .at = base, .space = true};

    words_init(&words, reader->text + base, reader->line_end - base);
    while (words_next(&words, &word)) {
        size_t start = base + word.at;
        char glue = sentence->count && gap.at == reader->at
                        ? joint(reader->text, gap.at, start, reader->line_end)
                        : ' ';

        gap.end = start;
        gap.space = !sentence->count;
        gap.ended = false;
        if (glue == ' ')
            read_gap(&gap, reader->line_end);
        if (gap.at < start && glue == ' ') { /* full */
            reader->at = gap.at;
            return;
        }
        reader->at = start;
        if ((gap.ended && gap.space && !starts_small(reader->text, start)) ||
            sentence_full(sentence))
            return;
        add_word(sentence, reader->text, &word, base, glue);
        reader->at = gap.at = start + word.len;
    }
    gap.end = reader->line_end;
    gap.space = false;
    read_gap(&gap, reader->line_end);
    reader->at = gap.at;
}

static bool next_line(struct tag_reader *reader)
{
    while (reader->at < reader->len && reader->text[reader->at] == '\n')
        reader->at++;
    if (reader->at == reader->len)
        return false;
    open_line(reader);
    return true;
}

bool tag_reader_next(struct tag_reader *reader, struct tag_sentence *sentence)
{
    do {
        if (reader->at >= reader->line_end && !next_line(reader))
            return false;
        sentence->text = reader->text;
        sentence->count = 0;
        sentence->letters_len = 0;
        read_sentence(reader, sentence);
        close_sentence(reader, sentence);
    } while (!sentence->count);
    return true;
}
