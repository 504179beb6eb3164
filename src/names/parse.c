#include "names/name.h"

#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "names/lexicon.h"
#include "text/fold.h"

enum { WORDS_MAX = 2 * NAME_TOKENS_MAX, SPELLED_MAX = 2 * TOKEN_LETTERS_MAX + 1 };

/* A word of the text before it has a part. */
struct piece {
    struct token token;
    char spelled[SPELLED_MAX];
    bool brackets;    /* stands in brackets */
    bool dot_follows; /* a dot stands right behind it */
    char gap;         /* what parts it from the word before: 0 nothing, ' ', '.', '-',
                         '\'', or ',' */
};

struct pieces {
    size_t count;
    struct piece at[WORDS_MAX];
};

static uint64_t hash_bytes(const char *bytes, size_t len)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

static void letters_append(struct token *token, const uint8_t *letters, size_t count)
{
    for (size_t i = 0; i < count && token->count < TOKEN_LETTERS_MAX; i++)
        token->letters[token->count++] = letters[i];
}

static void word_letters(struct token *token, const struct word *word)
{
    bool latin = false;
    bool arabic = false;

    token->hash = hash_bytes(word->surface, word->surface_len);
    for (size_t at = 0; at < word->surface_len;) {
        uint8_t letters[LETTERS_OF_RUNE_MAX];
        enum name_script script;
        uint32_t rune;

        at += utf8_decode(word->surface + at, word->surface_len - at, &rune);
        size_t count = letters_of(rune, letters, &script);
        letters_append(token, letters, count);
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
    letters_append(&piece->token, token->letters, token->count);
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

static void take_words(struct pieces *pieces, const char *text, size_t len, struct name *name)
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
        if (pieces->count == WORDS_MAX) {
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

/* The longest phrase of the lexicon that starts at a piece; gives its length in
 * pieces. */
static const struct lexicon_entry *phrase_at(const struct pieces *pieces, size_t first,
                                             size_t *ret_count)
{
    char phrase[LEXICON_PHRASE_MAX * SPELLED_MAX];
    const struct lexicon_entry *found = NULL;
    size_t used = 0;

    for (size_t i = 0; i < LEXICON_PHRASE_MAX && first + i < pieces->count; i++) {
        const char *word = pieces->at[first + i].spelled;
        size_t len = strlen(word);

        if (!len)
            break;
        if (i)
            phrase[used++] = ' ';
        memcpy(phrase + used, word, len + 1);
        used += len;
        const struct lexicon_entry *entry = lexicon_find(phrase);
        if (entry) {
            found = entry;
            *ret_count = i + 1;
        }
    }
    return found;
}

/* Where the letters begin after an article written in one with the word, or 0.
 */
static uint8_t article_end(const struct token *token)
{
    static const uint8_t latin[] = {LETTER_A, LETTER_A + 4, LETTER_A + 20}; /* a e u */
    const uint8_t *letters = token->letters;

    if (token->script == SCRIPT_ARABIC)
        return token->count >= 4 && letters[0] == LETTER_ARABIC && letters[1] == LETTER_ARABIC + 26
                   ? 2
                   : 0;
    if (token->count < 5)
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(latin); i++) {
        if (letters[0] != latin[i])
            continue;
        if (letters[1] == LETTER_A + 11) /* l */
            return 2;
        /* Ennahar, Essayed: the article takes the sound of the letter after it */
        if (letters[1] == letters[2] && letters[1] != letters[0])
            return 2;
    }
    return 0;
}

static bool is_vowel(uint8_t letter)
{
    return letter == LETTER_A || letter == LETTER_A + 4 || letter == LETTER_A + 8 ||
           letter == LETTER_A + 14 || letter == LETTER_A + 20;
}

static void remove_letters(struct token *token, size_t from, size_t to)
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
        static const uint8_t abd[] = {LETTER_ARABIC + 20, LETTER_ARABIC + 1, LETTER_ARABIC + 9,
                                      LETTER_ARABIC, LETTER_ARABIC + 26};
        if (token->count < sizeof abd + 2 || memcmp(letters, abd, sizeof abd) != 0)
            return;
        remove_letters(token, 3, 5);
        token->marks |= TOKEN_SERVANT;
        return;
    }
    static const uint8_t abd[] = {LETTER_A, LETTER_A + 1, LETTER_A + 3};
    if (token->count < 7 || memcmp(letters, abd, 3) != 0 || !is_vowel(letters[3]))
        return;
    while (at < token->count && is_vowel(letters[at]))
        at++;
    if (at + 3 <= token->count && letters[at] == LETTER_A + 11)
        at++;
    else if (at + 3 < token->count && letters[at] == letters[at + 1])
        at++;
    if (at + 2 > token->count)
        return;
    remove_letters(token, 3, at);
    token->marks |= TOKEN_SERVANT;
}

static bool ends_with(const struct token *token, const char *tail, size_t *ret_at)
{
    size_t len = strlen(tail);

    if (token->count < len + 3)
        return false;
    for (size_t i = 0; i < len; i++)
        if (token->letters[token->count - len + i] != (uint8_t)(tail[i] - 'a' + LETTER_A))
            return false;
    *ret_at = token->count - len;
    return true;
}

/* Salahuddin, Noureddine, صلاح‌الدین: likewise salah + din. */
static void cut_din(struct token *token)
{
    static const char *const tails[] = {"din", "deen", "dine", "dyn"};
    static const uint8_t arabic[] = {LETTER_ARABIC, LETTER_ARABIC + 26, LETTER_ARABIC + 9,
                                     LETTER_ARABIC + 31, LETTER_ARABIC + 28};
    static const uint8_t latin[] = {LETTER_A + 3, LETTER_A + 8, LETTER_A + 13};
    size_t at = 0;

    if (token->script == SCRIPT_ARABIC) {
        if (token->count < sizeof arabic + 2 ||
            memcmp(token->letters + token->count - sizeof arabic, arabic, sizeof arabic) != 0)
            return;
        at = token->count - sizeof arabic;
        remove_letters(token, at, at + 2);
        token->marks |= TOKEN_COMPOUND;
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(tails) && !at; i++)
        if (!ends_with(token, tails[i], &at))
            at = 0;
    if (!at)
        return;
    size_t stem = at;
    if (token->letters[stem - 1] == LETTER_A + 3 || token->letters[stem - 1] == LETTER_A + 11)
        stem--;
    while (stem > 2 && is_vowel(token->letters[stem - 1]))
        stem--;
    if (stem < 3 || stem == at)
        return;
    token->count = (uint8_t)stem;
    letters_append(token, latin, sizeof latin);
    token->marks |= TOKEN_COMPOUND;
}

void token_join(const struct token *first, const struct token *second, struct token *ret_joined)
{
    *ret_joined = *first;
    letters_append(ret_joined, second->letters, second->count);
    ret_joined->len = second->at + second->len - first->at;
    ret_joined->hash = first->hash * 31 + second->hash;
    ret_joined->kind = TOKEN_NAME;
    ret_joined->marks |= second->marks & ~(unsigned)TOKEN_ARTICLE;
    ret_joined->short_forms[0] = ret_joined->short_forms[1] = ret_joined->concept = 0;
}

/* What is known while pieces become tokens. */
struct parse {
    struct name *name;
    const struct pieces *pieces;
    uint8_t marks;      /* for the token to come */
    uint32_t from;      /* where what belongs to it begins */
    bool pending;       /* `from` counts */
    bool prefix;        /* abd or abu waits for its second half */
    struct token first; /* that */
};

static void mark(struct parse *parse, const struct token *token, enum token_mark marks)
{
    if (!parse->pending)
        parse->from = token->at;
    parse->pending = true;
    parse->marks |= (uint8_t)marks;
}

static struct token *append(struct parse *parse, const struct token *token, enum token_kind kind)
{
    struct name *name = parse->name;

    if (name->count == NAME_TOKENS_MAX) {
        name->cut = true;
        return NULL;
    }
    struct token *to = &name->tokens[name->count++];
    *to = *token;
    to->kind = (uint8_t)kind;
    return to;
}

static void finish_word(struct token *token)
{
    char spelled[SPELLED_MAX];

    cut_servant(token);
    cut_din(token);
    token->stripped = article_end(token);
    letters_spell(token->letters, token->count, spelled);
    lexicon_short_forms(spelled, token->short_forms);
    token->concept = lexicon_meaning(spelled);
    if (!token->concept && token->stripped) {
        letters_spell(token->letters + token->stripped, token->count - (size_t)token->stripped,
                      spelled);
        token->concept = lexicon_meaning(spelled);
    }
}

static void take_name(struct parse *parse, const struct piece *piece, enum token_kind kind)
{
    struct token token = piece->token;

    if (parse->prefix) {
        struct token joined;
        struct token rest = token;
        uint8_t cut = article_end(&rest);

        if (cut)
            remove_letters(&rest, 0, cut);
        token_join(&parse->first, &rest, &joined);
        token = joined;
        kind = TOKEN_NAME;
        parse->prefix = false;
    } else {
        finish_word(&token);
    }
    if (parse->pending) {
        token.len += token.at - parse->from;
        token.at = parse->from;
        token.marks |= parse->marks;
    }
    parse->pending = false;
    parse->marks = 0;
    append(parse, &token, piece->brackets && kind == TOKEN_NAME ? TOKEN_WEAK : kind);
}

/* abd and abu, with the letters all their spellings share. */
static void take_prefix(struct parse *parse, const struct piece *piece, enum lexicon_role role)
{
    bool arabic = piece->token.script == SCRIPT_ARABIC;
    bool servant = role == ROLE_SERVANT;
    bool mother = piece->spelled[0] == 'u' || piece->spelled[0] == 'o';
    struct token token = piece->token;

    if (servant) {
        if (token.count > 3)
            token.count = 3;
    } else if (!arabic && !mother) {
        static const uint8_t abu[] = {LETTER_A, LETTER_A + 1, LETTER_A + 20};
        memcpy(token.letters, abu, sizeof abu);
        token.count = sizeof abu;
    } else if (arabic && token.count == 3) {
        token.letters[2] = LETTER_ARABIC + 29; /* ابی, ابا as ابو */
    }
    token.marks |= servant ? TOKEN_SERVANT : TOKEN_KUNYA;
    if (parse->prefix) { /* abu abd al-rahman: one name all the same */
        struct token joined;
        token_join(&parse->first, &token, &joined);
        parse->first = joined;
    } else {
        parse->first = token;
    }
    parse->prefix = true;
}

/* allah and din join what stands before them. */
static bool take_suffix(struct parse *parse, const struct piece *piece, enum lexicon_role role)
{
    static const uint8_t latin_din[] = {LETTER_A + 3, LETTER_A + 8, LETTER_A + 13};
    static const uint8_t arabic_din[] = {LETTER_ARABIC + 9, LETTER_ARABIC + 31, LETTER_ARABIC + 28};
    struct name *name = parse->name;
    struct token *before = name->count ? &name->tokens[name->count - 1] : NULL;

    if (!before || before->kind != TOKEN_NAME || before->script != piece->token.script ||
        before->count < 2 || parse->prefix || piece->gap == ',')
        return false;
    if (role == ROLE_DIN && piece->token.script == SCRIPT_ARABIC)
        letters_append(before, arabic_din, sizeof arabic_din);
    else if (role == ROLE_DIN)
        letters_append(before, latin_din, sizeof latin_din);
    else
        letters_append(before, piece->token.letters, piece->token.count);
    before->len = piece->token.at + piece->token.len - before->at;
    before->marks |= TOKEN_COMPOUND;
    before->short_forms[0] = before->short_forms[1] = before->concept = 0;
    parse->pending = false;
    parse->marks = 0;
    return true;
}

static bool is_initial(const struct piece *piece, const struct lexicon_entry *entry)
{
    if (entry && entry->role == ROLE_LETTER)
        return piece->dot_follows || piece->token.count <= 2;
    return piece->token.count == 1 && piece->token.script != SCRIPT_OTHER &&
           !letter_is_digit(piece->token.letters[0]);
}

static void take_initial(struct parse *parse, const struct piece *piece,
                         const struct lexicon_entry *entry)
{
    struct token token = piece->token;

    if (entry && entry->role == ROLE_LETTER) {
        token.letters[0] = (uint8_t)(entry->value - 'a' + LETTER_A);
        token.count = 1;
    }
    append(parse, &token, TOKEN_INITIAL);
}

static bool all_digits(const struct token *token)
{
    for (size_t i = 0; i < token->count; i++)
        if (!letter_is_digit(token->letters[i]))
            return false;
    return token->count > 0;
}

static void take_number(struct parse *parse, const struct piece *piece, unsigned value)
{
    struct token token = piece->token;
    unsigned unit = 100;

    if (!all_digits(&token)) { /* a word becomes its digits, so that all compare */
        token.count = 0;
        token.script = SCRIPT_LATIN;
        while (unit > 1 && value < unit)
            unit /= 10;
        for (; unit; unit /= 10) {
            uint8_t digit = (uint8_t)(LETTER_0 + value / unit % 10);
            letters_append(&token, &digit, 1);
        }
    }
    append(parse, &token, TOKEN_NUMBER);
}

static void take_legal(struct parse *parse, size_t first, size_t count, uint8_t form)
{
    const struct token *last = &parse->pieces->at[first + count - 1].token;
    struct token token = parse->pieces->at[first].token;

    token.len = last->at + last->len - token.at;
    token.value = form;
    parse->name->legal = true;
    append(parse, &token, TOKEN_LEGAL);
}

static void take_filler(struct parse *parse, const struct piece *piece, enum token_kind kind)
{
    append(parse, &piece->token, kind);
}

/* A particle needs a name behind it; the last word of a name is that name. */
static bool name_follows(const struct pieces *pieces, size_t at)
{
    return at + 1 < pieces->count && pieces->at[at + 1].gap != ',' &&
           pieces->at[at + 1].token.count > 0;
}

static size_t take_piece(struct parse *parse, size_t at)
{
    const struct piece *piece = &parse->pieces->at[at];
    size_t count = 1;
    const struct lexicon_entry *entry = phrase_at(parse->pieces, at, &count);
    enum lexicon_role role = entry ? (enum lexicon_role)entry->role : ROLE_NONE;
    bool follows = name_follows(parse->pieces, at);

    if (role == ROLE_LEGAL) {
        take_legal(parse, at, count, entry->value);
        return count;
    }
    if (count > 1)
        entry = lexicon_find(piece->spelled);
    if (is_initial(piece, entry)) {
        take_initial(parse, piece, entry);
        return 1;
    }
    if (role == ROLE_ARTICLE && follows)
        mark(parse, &piece->token, TOKEN_ARTICLE);
    else if (role == ROLE_PATRONYMIC && follows)
        mark(parse, &piece->token, TOKEN_PATRONYMIC);
    else if ((role == ROLE_SERVANT || role == ROLE_KUNYA) && follows)
        take_prefix(parse, piece, role);
    else if ((role == ROLE_ALLAH || role == ROLE_DIN) && take_suffix(parse, piece, role))
        return 1;
    else if (role == ROLE_TITLE && !parse->prefix && !parse->pending)
        take_filler(parse, piece, TOKEN_TITLE);
    else if (role == ROLE_FILLER && !parse->prefix)
        take_filler(parse, piece, TOKEN_FILLER);
    else if (role == ROLE_NUMBER || all_digits(&piece->token))
        take_number(parse, piece, entry ? entry->value : 0);
    else
        take_name(parse, piece, role == ROLE_WEAK_TITLE ? TOKEN_WEAK : TOKEN_NAME);
    return 1;
}

/* A name of nothing but titles, small words or legal forms is a name all the
 * same. */
static void keep_something(struct name *name)
{
    bool strong = false;
    bool kunya = false;

    for (size_t i = 0; i < name->count; i++) {
        const struct token *token = &name->tokens[i];

        if (token->kind != TOKEN_NAME && token->kind != TOKEN_INITIAL)
            continue;
        strong = true;
        if (token->kind == TOKEN_NAME && !(token->marks & TOKEN_KUNYA)) {
            kunya = false;
            break;
        }
        kunya |= token->kind == TOKEN_NAME;
    }
    name->kunya = kunya;
    for (size_t i = 0; !strong && i < name->count; i++)
        if (name->tokens[i].kind != TOKEN_NUMBER)
            name->tokens[i].kind = TOKEN_NAME;
}

void name_parse(struct name *name, const char *text, size_t len)
{
    struct pieces pieces;
    struct parse parse = {.name = name, .pieces = &pieces};

    name->count = 0;
    name->cut = name->comma = name->legal = name->kunya = false;
    pieces.count = 0;
    if (len > NAME_BYTES_MAX) {
        len = utf8_prefix(text, len, NAME_BYTES_MAX);
        name->cut = true;
    }
    take_words(&pieces, text, len, name);
    for (size_t at = 0; at < pieces.count;)
        at += take_piece(&parse, at);
    if (parse.prefix)
        append(&parse, &parse.first, TOKEN_NAME);
    keep_something(name);
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
