/* The words of a name, with what stands between them. */
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "names/parse.h"
#include "text/fold.h"

static void word_letters(struct token *token, const struct word *word)
{
    bool latin = false;
    bool arabic = false;

    token->hash = bytes_hash(BYTES_HASH_START, word->surface, word->surface_len);
    for (size_t at = 0; at < word->surface_len;) {
        uint8_t letters[LETTERS_OF_RUNE_MAX];
        enum name_script script;
        uint32_t rune;

        at += utf8_decode(word->surface + at, word->surface_len - at, &rune);
        size_t count = letters_of(rune, letters, &script);
        token_append(token, letters, count);
        arabic |= count && script == SCRIPT_ARABIC;
        latin |= count && script == SCRIPT_LATIN && letter_is_latin(letters[0]);
    }
    if (token->count == 0)
        token->script = SCRIPT_OTHER;
    else if (arabic && !latin)
        token->script = SCRIPT_ARABIC;
    else
        token->script = SCRIPT_LATIN;
}

static bool is_apostrophe(uint32_t rune)
{
    return rune == '\'' || rune == 0x60 || rune == 0xB4 || rune == 0x2018 || rune == 0x2019 ||
           rune == 0x201B || rune == 0x2032 || rune == 0x02BC || rune == 0x02BB || rune == 0x02BE ||
           rune == 0x02BF;
}

/* What stands between two words: the sign that counts most. */
static char gap_of(const char *text, size_t len, bool *brackets, bool *dot_first)
{
    char gap = 0;

    *dot_first = len && text[0] == '.';
    for (size_t at = 0; at < len;) {
        uint32_t rune;
        size_t bytes = utf8_decode(text + at, len - at, &rune);

        if (rune == '(' || rune == '[' || rune == 0xAB)
            *brackets = true;
        else if (rune == ')' || rune == ']' || rune == 0xBB)
            *brackets = false;
        if (rune == ',' || rune == 0x060C)
            gap = ',';
        else if (bytes == len && rune == '.')
            gap = '.';
        else if (bytes == len && rune == '-')
            gap = '-';
        else if (bytes == len && is_apostrophe(rune))
            gap = '\'';
        else if (gap != ',')
            gap = ' ';
        at += bytes;
    }
    return gap;
}

static void piece_extend(struct piece *piece, const struct token *token)
{
    token_append(&piece->token, token->letters, token->count);
    piece->token.len = token->at + token->len - piece->token.at;
    letters_spell(piece->token.letters, piece->token.count, piece->spelled);
}

/* "Sha'ari" and "S.A." are one word each. */
static bool continues(const struct piece *before, const struct token *token, char gap)
{
    if (before->token.script != SCRIPT_LATIN || token->script != SCRIPT_LATIN)
        return false;
    if (gap == '\'')
        return true;
    bool single = token->count == 1 && token->len <= 4;
    bool started = before->token.count == 1 || before->token.marks & TOKEN_DOTTED;
    return gap == '.' && single && started;
}

void pieces_read(struct pieces *pieces, const char *text, size_t len, struct name *name)
{
    struct words words;
    struct word word;
    bool brackets = false;
    size_t end = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        struct token token = {.at = word.at, .len = word.len};
        bool dot = false;
        char gap = word.at > end ? gap_of(text + end, word.at - end, &brackets, &dot) : 0;
        struct piece *before = pieces->count ? &pieces->at[pieces->count - 1] : NULL;

        end = word.at + word.len;
        word_letters(&token, &word);
        if (token.count == 0 && token.script != SCRIPT_OTHER)
            continue;
        if (before)
            before->dot_follows |= dot;
        if (gap == ',' && before)
            name->comma = true;
        if (before && continues(before, &token, gap)) {
            if (gap == '.')
                before->token.marks |= TOKEN_DOTTED;
            piece_extend(before, &token);
            continue;
        }
        if (pieces->count == PIECES_MAX) {
            name->cut = true;
            return;
        }
        struct piece *piece = &pieces->at[pieces->count++];
        *piece = (struct piece){.token = token, .brackets = brackets, .gap = gap};
        letters_spell(token.letters, token.count, piece->spelled);
    }
    if (pieces->count)
        pieces->at[pieces->count - 1].dot_follows |= end < len && text[end] == '.';
}

void name_letters(const char *text, size_t len, struct name *ret_name)
{
    struct words words;
    struct word word;

    ret_name->count = 0;
    ret_name->cut = ret_name->comma = ret_name->legal = ret_name->kunya = false;
    words_init(&words, text, len);
    while (ret_name->count < NAME_TOKENS_MAX && words_next(&words, &word)) {
        struct token *token = &ret_name->tokens[ret_name->count++];
        *token = (struct token){.at = word.at, .len = word.len};
        word_letters(token, &word);
    }
}
