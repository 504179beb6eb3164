#include "search/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/doubt.h"
#include "search/tokens.h"
#include "text/fold.h"
#include "text/misread.h"

/* One place in one phrase where a surface may stand. */
struct use {
    uint32_t phrase, position;
    int32_t next; /* of the same symbol; -1 ends */
};

/* Of a class of misreadings the mark before it is part of the symbol, as it is in the index. */
struct symbol {
    const char *bytes; /* inside the plan's token streams */
    uint32_t len;
    bool prefix; /* longer words fit too */
    int32_t uses;
};

struct matcher {
    struct symbol *symbols;
    size_t symbol_count;
    struct use *uses;
    size_t use_count;
    uint32_t *lengths; /* words of each phrase */
    uint32_t phrase_count;
    int32_t *slots; /* hash table of the symbols that are no prefixes; -1 empty */
    size_t slot_count;
    int32_t *prefixes;
    size_t prefix_count;
    bool classes; /* some symbols are classes of misreadings */
};

static size_t hash_of(const char *bytes, size_t len)
{
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a */

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return (size_t)(h ^ h >> 32);
}

static bool symbol_is(const struct symbol *symbol, const char *bytes, size_t len)
{
    return symbol->len == len && memcmp(symbol->bytes, bytes, len) == 0;
}

/* ---- building ---- */

static size_t symbol_get(struct matcher *m, const char *bytes, size_t len, bool prefix)
{
    /* Prefixes are few; other symbols are found again when the table is built. */
    m->symbols = mem_realloc(m->symbols, m->symbol_count + 1, sizeof(struct symbol));
    m->symbols[m->symbol_count] =
        (struct symbol){.bytes = bytes, .len = (uint32_t)len, .prefix = prefix, .uses = -1};
    return m->symbol_count++;
}

static void add_use(struct matcher *m, size_t symbol, uint32_t phrase, uint32_t position)
{
    m->uses = mem_realloc(m->uses, m->use_count + 1, sizeof(struct use));
    m->uses[m->use_count] = (struct use){phrase, position, m->symbols[symbol].uses};
    m->symbols[symbol].uses = (int32_t)m->use_count++;
}

static void add_phrase(struct matcher *m, const struct plan_phrase *phrase)
{
    const char *at = phrase->tokens;
    const char *end = at + phrase->len;
    uint32_t positions = 0;
    uint32_t number = m->phrase_count;

    for (const char *p = at; p < end; p++)
        positions += *p == TOKEN_NEXT;
    uint32_t position = 0;
    while (at < end) {
        position += *at == TOKEN_NEXT;
        const char *start = ++at;
        while (at < end && *at != TOKEN_NEXT && *at != TOKEN_SAME)
            at++;
        size_t len = (size_t)(at - start);
        /* Clutter of web pages is marked like text. */
        if (len > 0 && *start == MARK_REST) {
            start++;
            len--;
        }
        m->classes |= len > 0 && (*start == MARK_DOUBTFUL || *start == MARK_CONFIDENT);
        bool prefix = phrase->last == FULLTEXT_PREFIX && position == positions;
        if (len > 0)
            add_use(m, symbol_get(m, start, len, prefix), number, position - 1);
    }
    m->lengths = mem_realloc(m->lengths, m->phrase_count + 1, sizeof(uint32_t));
    m->lengths[m->phrase_count++] = positions;
}

// NOLINTNEXTLINE(misc-no-recursion)
static void add_node(struct matcher *m, const struct plan_node *node)
{
    if (node->kind == PLAN_AND || node->kind == PLAN_OR)
        for (size_t i = 0; i < node->count; i++)
            add_node(m, node->children[i]);
    else if (node->kind == PLAN_ANY || node->kind == PLAN_MISREAD || node->kind == PLAN_NEAR)
        for (size_t i = 0; i < node->phrase_count; i++)
            add_phrase(m, &node->phrases[i]);
}

/* Moves the uses of `from` to `to`, the first symbol of the same surface. */
static void join_symbols(struct matcher *m, struct symbol *to, struct symbol *from)
{
    while (from->uses >= 0) {
        struct use *use = &m->uses[from->uses];
        int32_t next = use->next;
        use->next = to->uses;
        to->uses = from->uses;
        from->uses = next;
    }
}

static void build_table(struct matcher *m)
{
    m->slot_count = 16;
    while (m->slot_count < m->symbol_count * 2)
        m->slot_count *= 2;
    m->slots = mem_alloc(m->slot_count * sizeof(int32_t));
    memset(m->slots, 0xFF, m->slot_count * sizeof(int32_t));
    m->prefixes = mem_alloc((m->symbol_count + 1) * sizeof(int32_t));
    for (size_t i = 0; i < m->symbol_count; i++) {
        struct symbol *symbol = &m->symbols[i];
        if (symbol->prefix) {
            m->prefixes[m->prefix_count++] = (int32_t)i;
            continue;
        }
        size_t at = hash_of(symbol->bytes, symbol->len) & (m->slot_count - 1);
        while (m->slots[at] >= 0 &&
               !symbol_is(&m->symbols[m->slots[at]], symbol->bytes, symbol->len))
            at = (at + 1) & (m->slot_count - 1);
        if (m->slots[at] >= 0)
            join_symbols(m, &m->symbols[m->slots[at]], symbol);
        else
            m->slots[at] = (int32_t)i;
    }
}

struct matcher *matcher_new(const struct plan *plan)
{
    struct matcher *m = mem_zalloc(1, sizeof(*m));

    if (plan->root)
        add_node(m, plan->root);
    build_table(m);
    return m;
}

void matcher_free(struct matcher *m)
{
    if (!m)
        return;
    free(m->symbols);
    free(m->uses);
    free(m->lengths);
    free(m->slots);
    free(m->prefixes);
    free(m);
}

void cleanup_matcher(struct matcher *const *matcher)
{
    matcher_free(*matcher);
}

/* ---- matching ---- */

/* A word of the text that some phrase uses. */
struct seen {
    uint32_t at, len;
    uint32_t position; /* among all words of the text */
    int32_t symbol;    /* -1: it is none */
    int32_t class;     /* the same of its class */
    bool prefix;       /* it fits a prefix */
    bool marked;
};

struct matching {
    const struct matcher *m;
    struct seen *seen;
    size_t count, space;
    size_t marked;
};

static bool symbol_used_at(const struct matcher *m, int32_t symbol, uint32_t phrase,
                           uint32_t position)
{
    if (symbol < 0)
        return false;
    for (int32_t u = m->symbols[symbol].uses; u >= 0; u = m->uses[u].next)
        if (m->uses[u].phrase == phrase && m->uses[u].position == position)
            return true;
    return false;
}

/* The newest word fits the last position of `phrase`: marks the phrase if the words before it fit
 * too. */
static void try_phrase(struct matching *matching, uint32_t phrase)
{
    uint32_t length = matching->m->lengths[phrase];
    size_t last = matching->count - 1;

    if (length > matching->count)
        return;
    for (uint32_t back = 1; back < length; back++) {
        const struct seen *seen = &matching->seen[last - back];
        if (seen->position + back != matching->seen[last].position ||
            !(symbol_used_at(matching->m, seen->symbol, phrase, length - 1 - back) ||
              symbol_used_at(matching->m, seen->class, phrase, length - 1 - back)))
            return;
    }
    for (uint32_t back = 0; back < length; back++) {
        struct seen *seen = &matching->seen[last - back];
        matching->marked += !seen->marked;
        seen->marked = true;
    }
}

static void try_symbol(struct matching *matching, int32_t symbol)
{
    const struct matcher *m = matching->m;

    if (symbol < 0)
        return;
    for (int32_t u = m->symbols[symbol].uses; u >= 0; u = m->uses[u].next)
        if (m->uses[u].position + 1 == m->lengths[m->uses[u].phrase])
            try_phrase(matching, m->uses[u].phrase);
}

static int32_t symbol_find(const struct matcher *m, const char *bytes, size_t len)
{
    size_t at = hash_of(bytes, len) & (m->slot_count - 1);

    while (m->slots[at] >= 0) {
        if (symbol_is(&m->symbols[m->slots[at]], bytes, len))
            return m->slots[at];
        at = (at + 1) & (m->slot_count - 1);
    }
    return -1;
}

static bool prefix_fits(const struct symbol *prefix, const struct word *word)
{
    return word->surface_len >= prefix->len &&
           memcmp(word->surface, prefix->bytes, prefix->len) == 0;
}

static int32_t class_find(const struct matcher *m, const struct word *word, enum token_mark mark)
{
    char marked[1 + WORD_BYTES_MAX] = {(char)mark};

    if (mark == MARK_TEXT || !m->classes)
        return -1;
    return symbol_find(m, marked, 1 + misread_class(word->surface, word->surface_len, marked + 1));
}

static void match_word(struct matching *matching, const struct word *word, enum token_mark mark,
                       uint32_t position)
{
    const struct matcher *m = matching->m;
    struct seen seen = {.at = word->at,
                        .len = word->len,
                        .position = position,
                        .symbol = symbol_find(m, word->surface, word->surface_len),
                        .class = class_find(m, word, mark)};

    for (size_t i = 0; !seen.prefix && i < m->prefix_count; i++)
        seen.prefix = prefix_fits(&m->symbols[m->prefixes[i]], word);
    if (seen.symbol < 0 && seen.class < 0 && !seen.prefix)
        return;
    if (matching->count == matching->space) {
        matching->space = matching->space ? matching->space * 2 : 64;
        matching->seen = mem_realloc(matching->seen, matching->space, sizeof(struct seen));
    }
    matching->seen[matching->count++] = seen;
    try_symbol(matching, seen.symbol);
    try_symbol(matching, seen.class);
    for (size_t i = 0; i < m->prefix_count; i++)
        if (prefix_fits(&m->symbols[m->prefixes[i]], word))
            try_symbol(matching, m->prefixes[i]);
}

static struct mark mark_of(const struct seen *seen)
{
    return (struct mark){
        .at = seen->at, .len = seen->len, .misread = seen->symbol < 0 && !seen->prefix};
}

size_t matcher_find(const struct matcher *m, const struct page *page, enum text_part part,
                    struct mark *ret_marks, size_t max)
{
    struct doubt doubt = {.page = part == TEXT_MAIN ? page : NULL};
    size_t len = 0;
    const char *text = page_part(page, part, &len);
    struct matching matching = {.m = m};
    struct words words;
    struct word word;
    uint32_t position = 0;
    size_t count = 0;

    if (m->symbol_count == 0)
        return 0;
    words_init(&words, text, len);
    while (matching.marked < max && words_next(&words, &word))
        match_word(&matching, &word, doubt_of(&doubt, word.at), position++);
    for (size_t i = 0; i < matching.count && count < max; i++)
        if (matching.seen[i].marked)
            ret_marks[count++] = mark_of(&matching.seen[i]);
    free(matching.seen);
    return count;
}
