/* What is written in one word: an article, abd, din. */
#include <string.h>

#include "base/attr.h"
#include "names/parse.h"

void token_append(struct token *token, const uint8_t *letters, size_t count)
{
    for (size_t i = 0; i < count && token->count < TOKEN_LETTERS_MAX; i++)
        token->letters[token->count++] = letters[i];
}

uint8_t token_article_end(const struct token *token)
{
    static const uint8_t vowels[] = {LATIN('a'), LATIN('e'), LATIN('u')};
    const uint8_t *letters = token->letters;

    if (token->script == SCRIPT_ARABIC)
        return token->count >= 4 && letters[0] == LETTER_ALEF && letters[1] == LETTER_LAM ? 2 : 0;
    if (token->count < 5)
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(vowels); i++) {
        if (letters[0] != vowels[i])
            continue;
        if (letters[1] == LATIN('l'))
            return 2;
        /* Ennahar, Essayed: the article takes the sound of the letter after it */
        if (letters[1] == letters[2] && letters[1] != letters[0])
            return 2;
    }
    return 0;
}

static bool is_vowel(uint8_t letter)
{
    return letter == LATIN('a') || letter == LATIN('e') || letter == LATIN('i') ||
           letter == LATIN('o') || letter == LATIN('u');
}

void token_remove(struct token *token, size_t from, size_t to)
{
    memmove(token->letters + from, token->letters + to, token->count - to);
    token->count = (uint8_t)(token->count - (to - from));
}

/* Abdulrahman, Abdessalam, Abdikadir, عبدالرحمن: the article inside goes, so
 * that all have the letters of abd + rahman. */
static void cut_servant(struct token *token)
{
    const uint8_t *letters = token->letters;
    size_t at = 3;

    if (token->script == SCRIPT_ARABIC) {
        static const uint8_t abd[] = {LETTER_AIN, LETTER_BEH, LETTER_DAL, LETTER_ALEF, LETTER_LAM};
        if (token->count < sizeof abd + 2 || memcmp(letters, abd, sizeof abd) != 0)
            return;
        token_remove(token, 3, 5);
        token->marks |= TOKEN_SERVANT;
        return;
    }
    static const uint8_t abd[] = {LATIN('a'), LATIN('b'), LATIN('d')};
    if (token->count < 7 || memcmp(letters, abd, 3) != 0 || !is_vowel(letters[3]))
        return;
    while (at < token->count && is_vowel(letters[at]))
        at++;
    if (at + 3 <= token->count && letters[at] == LATIN('l'))
        at++;
    else if (at + 3 < token->count && letters[at] == letters[at + 1])
        at++;
    if (at + 2 > token->count)
        return;
    token_remove(token, 3, at);
    token->marks |= TOKEN_SERVANT;
}

static bool ends_with(const struct token *token, const char *tail, size_t *ret_at)
{
    size_t len = strlen(tail);

    if (token->count < len + 3)
        return false;
    for (size_t i = 0; i < len; i++)
        if (token->letters[token->count - len + i] != LATIN(tail[i]))
            return false;
    *ret_at = token->count - len;
    return true;
}

/* Salahuddin, Noureddine, صلاح‌الدین: likewise salah + din. */
static void cut_din(struct token *token)
{
    static const char *const tails[] = {"din", "deen", "dine", "dyn"};
    static const uint8_t arabic[] = {LETTER_ALEF, LETTER_LAM, LETTER_DAL, LETTER_YEH, LETTER_NOON};
    static const uint8_t latin[] = {LATIN('d'), LATIN('i'), LATIN('n')};
    size_t at = 0;

    if (token->script == SCRIPT_ARABIC) {
        if (token->count < sizeof arabic + 2 ||
            memcmp(token->letters + token->count - sizeof arabic, arabic, sizeof arabic) != 0)
            return;
        at = token->count - sizeof arabic;
        token_remove(token, at, at + 2);
        token->marks |= TOKEN_COMPOUND;
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(tails) && !at; i++)
        if (!ends_with(token, tails[i], &at))
            at = 0;
    if (!at)
        return;
    size_t stem = at;
    if (token->letters[stem - 1] == LATIN('d') || token->letters[stem - 1] == LATIN('l'))
        stem--;
    while (stem > 2 && is_vowel(token->letters[stem - 1]))
        stem--;
    if (stem < 3 || stem == at)
        return;
    token->count = (uint8_t)stem;
    token_append(token, latin, sizeof latin);
    token->marks |= TOKEN_COMPOUND;
}

void token_cut_compounds(struct token *token)
{
    cut_servant(token);
    cut_din(token);
}

/* How many letters of the word are what follows X in X + allah, or 0. */
static size_t allah_letters(const struct token *token)
{
    static const uint8_t arabic[] = {LETTER_ALEF, LETTER_LAM, LETTER_LAM, LETTER_HEH};
    static const char *const tails[] = {"llah", "lloh", "lla", "lah"};
    size_t at;

    if (token->script == SCRIPT_ARABIC)
        return token->count > sizeof arabic && memcmp(token->letters + token->count - sizeof arabic,
                                                      arabic, sizeof arabic) == 0
                   ? sizeof arabic
                   : 0;
    for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
        if (!ends_with(token, tails[i], &at) || !is_vowel(token->letters[at - 1]))
            continue;
        while (at && is_vowel(token->letters[at - 1]))
            at--;
        return token->count - at;
    }
    return 0;
}

bool token_clipped(const struct token *token, struct token *ret_clipped)
{
    enum { ABD_LETTERS = 3, DIN_LETTERS = 3, CLIPPED_MIN = 3 };
    static const uint8_t latin_din[] = {LATIN('d'), LATIN('i'), LATIN('n')};
    static const uint8_t arabic_din[] = {LETTER_DAL, LETTER_YEH, LETTER_NOON};
    const uint8_t *din = token->script == SCRIPT_ARABIC ? arabic_din : latin_din;
    size_t front = token->marks & TOKEN_SERVANT ? ABD_LETTERS : 0;
    size_t back = 0;

    if (token->kind != TOKEN_NAME || token->marks & TOKEN_KUNYA || token->count < CLIPPED_MIN + 3)
        return false;
    if (!front) {
        back = allah_letters(token);
        if (!back && token->marks & TOKEN_COMPOUND &&
            memcmp(token->letters + token->count - DIN_LETTERS, din, DIN_LETTERS) == 0)
            back = DIN_LETTERS;
    }
    if (!(front || back) || token->count < front + back + CLIPPED_MIN)
        return false;
    *ret_clipped = *token;
    ret_clipped->count = 0;
    ret_clipped->stripped = 0;
    token_append(ret_clipped, token->letters + front, token->count - front - back);
    return true;
}

void token_join(const struct token *first, const struct token *second, struct token *ret_joined)
{
    *ret_joined = *first;
    token_append(ret_joined, second->letters, second->count);
    ret_joined->len = second->at + second->len - first->at;
    ret_joined->hash = first->hash * 31 + second->hash;
    ret_joined->kind = TOKEN_NAME;
    ret_joined->marks |= second->marks & ~(unsigned)TOKEN_ARTICLE;
    ret_joined->short_forms[0] = ret_joined->short_forms[1] = ret_joined->concept = 0;
}
