#include "names/parse.h"

#include <string.h>

#include "base/utf8.h"
#include "names/lexicon.h"

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

    token_cut_compounds(token);
    token->stripped = token_article_end(token);
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
        uint8_t cut = token_article_end(&rest);

        if (cut)
            token_remove(&rest, 0, cut);
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
        static const uint8_t abu[] = {LATIN('a'), LATIN('b'), LATIN('u')};
        memcpy(token.letters, abu, sizeof abu);
        token.count = sizeof abu;
    } else if (arabic && token.count == 3) {
        token.letters[2] = LETTER_WAW; /* ابی, ابا as ابو */
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
    static const uint8_t latin_din[] = {LATIN('d'), LATIN('i'), LATIN('n')};
    static const uint8_t arabic_din[] = {LETTER_DAL, LETTER_YEH, LETTER_NOON};
    struct name *name = parse->name;
    struct token *before = name->count ? &name->tokens[name->count - 1] : NULL;

    if (!before || before->kind != TOKEN_NAME || before->script != piece->token.script ||
        before->count < 2 || parse->prefix || piece->gap == ',')
        return false;
    if (role == ROLE_DIN && piece->token.script == SCRIPT_ARABIC)
        token_append(before, arabic_din, sizeof arabic_din);
    else if (role == ROLE_DIN)
        token_append(before, latin_din, sizeof latin_din);
    else
        token_append(before, piece->token.letters, piece->token.count);
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
        token.letters[0] = LATIN(entry->value);
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
            token_append(&token, &digit, 1);
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
    pieces_read(&pieces, text, len, name);
    for (size_t at = 0; at < pieces.count;)
        at += take_piece(&parse, at);
    if (parse.prefix)
        append(&parse, &parse.first, TOKEN_NAME);
    keep_something(name);
}
