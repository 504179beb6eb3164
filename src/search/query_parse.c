/*
 * The parser of the query language: recursive descent over
 *
 *   any    = all { ("OR" | "|") all }
 *   all    = one { ["AND" | "&"] one }
 *   one    = ("NOT" | "-") one | "(" any ")" | "NEAR(" one... ["," n] ")"
 *          | field ":" value | '"' words '"' ["*"] | chunk ["*" | "~" [n]]
 *          | "ocr~" [chunk] | "-ocr~"
 *
 * A chunk is a run of bytes without white space, quotes, parentheses and "|"; one that holds
 * several words stands for them side by side. What has no word in it is skipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "search/query_tree.h"
#include "search/search.h"
#include "text/fold.h"

#define MISREAD_SWITCH "ocr~"

struct parser {
    struct query *query;
    const char *at, *end;
    unsigned depth;
    size_t leaves;
    const char *failed; /* why it does not parse; NULL while it does */
};

static struct query_node *parse_any(struct parser *p);
static struct query_node *parse_one(struct parser *p);

static struct query_node *fail(struct parser *p, const char *why)
{
    if (!p->failed)
        p->failed = why;
    return NULL;
}

static void note(struct query *query, const char *text)
{
    if (query->note[0] == '\0')
        snprintf(query->note, sizeof(query->note), "%s", text);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool starts(const struct parser *p, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(p->end - p->at) >= len && memcmp(p->at, word, len) == 0;
}

/* Length of the opening (or closing) quotation mark here, 0 if there is none. */
static size_t quote_opens(const struct parser *p)
{
    static const char *const marks[] = {"\"", "“", "”", "„", "«"};

    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (starts(p, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static size_t quote_closes(const struct parser *p)
{
    static const char *const marks[] = {"\"", "“", "”", "»"};

    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (starts(p, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static void skip_space(struct parser *p)
{
    while (p->at < p->end) {
        if (is_space(*p->at))
            p->at++;
        else if (starts(p, "\xC2\xA0"))
            p->at += 2;
        else if (starts(p, "\xE3\x80\x80"))
            p->at += 3;
        else
            return;
    }
}

static bool ends_word(const struct parser *p)
{
    return p->at == p->end || is_space(*p->at) || strchr("()\"|", *p->at) != NULL ||
           quote_opens(p) > 0 || starts(p, "\xC2\xA0") || starts(p, "\xE3\x80\x80");
}

/* Takes the operator `word` if it stands here by itself. */
static bool take_operator(struct parser *p, const char *word)
{
    struct parser after = *p;

    if (!starts(p, word))
        return false;
    after.at += strlen(word);
    if (!ends_word(&after))
        return false;
    p->at = after.at;
    return true;
}

static size_t count_words(const char *text, size_t len)
{
    struct words words;
    struct word word;
    size_t n = 0;

    words_init(&words, text, len);
    while (words_next(&words, &word))
        n++;
    return n;
}

static struct query_node *leaf_new(struct parser *p, enum query_kind kind, const char *text,
                                   size_t len)
{
    if (++p->leaves > QUERY_LEAVES_MAX)
        return fail(p, "too many words for a query with operators");
    return query_node_new(kind, text, len);
}

static bool take_number(struct parser *p, uint32_t max, uint32_t *ret_number)
{
    uint32_t n = 0;
    const char *start = p->at;

    while (p->at < p->end && *p->at >= '0' && *p->at <= '9') {
        n = n * 10 + (uint32_t)(*p->at++ - '0');
        if (n > max)
            n = max;
    }
    *ret_number = n;
    return p->at > start;
}

static struct query_node *parse_phrase(struct parser *p)
{
    p->at += quote_opens(p);
    const char *start = p->at;
    while (p->at < p->end && quote_closes(p) == 0)
        p->at++;
    if (p->at == p->end)
        return fail(p, "a quotation mark is not closed");
    size_t len = (size_t)(p->at - start);
    p->at += quote_closes(p);

    bool prefix = p->at < p->end && *p->at == '*';
    if (prefix)
        p->at++;
    else if (len > 0 && start[len - 1] == '*')
        prefix = true;
    if (count_words(start, len) == 0)
        return NULL;
    struct query_node *node = leaf_new(p, QUERY_PHRASE, start, len);
    if (node)
        node->prefix = prefix;
    return node;
}

/* The value of a filter: a quoted text or a chunk. */
static struct query_node *parse_filter(struct parser *p, enum query_field field)
{
    const char *start = p->at;
    size_t len = 0;
    size_t quote = quote_opens(p);

    if (quote > 0) {
        p->at += quote;
        start = p->at;
        while (p->at < p->end && quote_closes(p) == 0)
            p->at++;
        if (p->at == p->end)
            return fail(p, "a quotation mark is not closed");
        len = (size_t)(p->at - start);
        p->at += quote_closes(p);
    } else {
        while (!ends_word(p))
            p->at++;
        len = (size_t)(p->at - start);
    }
    if (len == 0)
        return fail(p, "a filter has no value");
    if (field == FIELD_IN) {
        if (len != 3 || memcmp(start, "all", 3) != 0)
            return fail(p, "the filter in: knows only in:all");
        p->query->all = true;
        return NULL;
    }
    struct query_node *node = leaf_new(p, QUERY_FILTER, start, len);
    if (node)
        node->field = field;
    return node;
}

/* The length of a chunk's words without the operators at its end. */
static struct query_node *chunk_node(struct parser *p, const char *start, size_t len)
{
    enum query_kind kind = QUERY_WORD;
    uint32_t distance = 0;
    size_t words = 0;

    if (len > 1 && start[len - 1] == '*') {
        kind = QUERY_PREFIX;
        len--;
    } else if (len > 1 && start[len - 1] == '~') {
        kind = QUERY_TYPO;
        len--;
    } else if (len > 2 && start[len - 2] == '~' && start[len - 1] >= '1' && start[len - 1] <= '9') {
        kind = QUERY_TYPO;
        distance = (uint32_t)(start[len - 1] - '0');
        distance = distance > TYPO_MAX ? TYPO_MAX : distance;
        len -= 2;
    }
    words = count_words(start, len);
    if (words == 0)
        return NULL;
    if (kind == QUERY_TYPO && words > 1)
        kind = QUERY_WORD;
    struct query_node *node = leaf_new(p, kind, start, len);
    if (node)
        node->distance = distance;
    return node;
}

/* Takes the switch "ocr~" or "-ocr~" if it stands here by itself. */
static bool take_misread(struct parser *p)
{
    if (take_operator(p, MISREAD_SWITCH))
        p->query->misread = MISREAD_ALL;
    else if (take_operator(p, "-" MISREAD_SWITCH))
        p->query->misread = MISREAD_OFF;
    else
        return false;
    return true;
}

static struct query_node *misread_node(struct parser *p, const char *start, size_t len)
{
    struct query_node *node = NULL;

    if (count_words(start, len) > 0)
        node = leaf_new(p, QUERY_WORD, start, len);
    if (node)
        node->misread = true;
    return node;
}

static bool all_letters(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z')))
            return false;
    return len > 0;
}

static struct query_node *parse_chunk(struct parser *p)
{
    const char *start = p->at;
    const char *colon = NULL;

    while (!ends_word(p)) {
        if (*p->at == ':' && !colon) {
            colon = p->at;
            enum query_field field = query_field_find(start, (size_t)(colon - start));
            if (field != FIELD_NONE) {
                p->at++;
                return parse_filter(p, field);
            }
        }
        p->at++;
    }
    size_t len = (size_t)(p->at - start);
    size_t lead = strlen(MISREAD_SWITCH);
    /* ocr~1 is the word "ocr", misspelled. */
    if (len > lead && memcmp(start, MISREAD_SWITCH, lead) == 0 &&
        !(len == lead + 1 && start[lead] >= '1' && start[lead] <= '9'))
        return misread_node(p, start + lead, len - lead);
    if (colon && all_letters(start, (size_t)(colon - start))) {
        p->query->as_words = true;
        snprintf(p->query->note, sizeof(p->query->note),
                 "there is no filter \"%.*s:\": searched as words",
                 (int)(colon - start > 32 ? 32 : colon - start), start);
    }
    return chunk_node(p, start, len);
}

static struct query_node *parse_near(struct parser *p)
{
    struct query_node *near = query_node_new(QUERY_NEAR, NULL, 0);

    near->distance = NEAR_DEFAULT;
    p->at += strlen("NEAR(");
    for (;;) {
        skip_space(p);
        if (p->at == p->end)
            fail(p, "NEAR( is not closed");
        if (p->failed)
            break;
        if (*p->at == ')') {
            p->at++;
            break;
        }
        if (*p->at == ',') {
            p->at++;
            skip_space(p);
            if (!take_number(p, NEAR_MAX, &near->distance))
                fail(p, "NEAR( ) wants a number after the comma");
            skip_space(p);
            if (p->at == p->end || *p->at != ')')
                fail(p, "NEAR( is not closed");
            continue;
        }
        if (*p->at == '(' || *p->at == '|') {
            fail(p, "NEAR( ) takes words and phrases only");
            continue;
        }
        /* A comma ends a word here. */
        const char *start = p->at;
        struct query_node *child = NULL;
        if (quote_opens(p) > 0) {
            child = parse_phrase(p);
        } else {
            while (!ends_word(p) && *p->at != ',')
                p->at++;
            child = chunk_node(p, start, (size_t)(p->at - start));
        }
        if (child)
            query_node_add(near, child);
    }
    if (!p->failed && near->count >= 2)
        return near;
    struct query_node *only = NULL;
    if (!p->failed && near->count == 1) {
        only = near->children[0];
        near->count = 0;
    }
    query_node_free(near);
    return only;
}

// NOLINTNEXTLINE(misc-no-recursion)
static struct query_node *parse_group(struct parser *p)
{
    p->at++;
    struct query_node *node = parse_any(p);
    skip_space(p);
    if (p->failed || p->at == p->end || *p->at != ')') {
        query_node_free(node);
        return fail(p, "a parenthesis is not closed");
    }
    p->at++;
    return node;
}

// NOLINTNEXTLINE(misc-no-recursion)
static struct query_node *parse_not(struct parser *p)
{
    struct query_node *child = parse_one(p);

    if (!child)
        return NULL;
    struct query_node *node = query_node_new(QUERY_NOT, NULL, 0);
    query_node_add(node, child);
    return node;
}

/* NULL without `failed`: there was no word in it. */
// NOLINTNEXTLINE(misc-no-recursion)
static struct query_node *parse_one(struct parser *p)
{
    struct query_node *node = NULL;

    skip_space(p);
    if (p->at == p->end)
        return fail(p, "an operator has nothing after it");
    if (++p->depth > QUERY_DEPTH_MAX)
        return fail(p, "the query is nested too deeply");
    if (take_operator(p, "AND") || take_operator(p, "OR") || *p->at == '|' || *p->at == ')')
        return fail(p, "an operator or a parenthesis stands alone");
    if (take_misread(p))
        node = NULL;
    else if (take_operator(p, "NOT"))
        node = parse_not(p);
    else if (*p->at == '-' && p->end - p->at > 1 && !is_space(p->at[1]) && p->at[1] != '-') {
        p->at++;
        node = parse_not(p);
    } else if (*p->at == '(')
        node = parse_group(p);
    else if (starts(p, "NEAR("))
        node = parse_near(p);
    else if (quote_opens(p) > 0)
        node = parse_phrase(p);
    else
        node = parse_chunk(p);
    p->depth--;
    return node;
}

// NOLINTNEXTLINE(misc-no-recursion)
static struct query_node *parse_all(struct parser *p)
{
    struct query_node *all = parse_one(p);

    while (!p->failed) {
        skip_space(p);
        if (p->at == p->end || *p->at == ')' || *p->at == '|')
            break;
        struct parser before = *p;
        if (take_operator(p, "OR")) {
            *p = before;
            break;
        }
        if (!take_operator(p, "AND"))
            (void)take_operator(p, "&");
        struct query_node *next = parse_one(p);
        /* (and (and a b) c) that the user wrote stays as it is: the meaning is the same. */
        all = query_node_join(QUERY_AND, all, next);
    }
    return all;
}

// NOLINTNEXTLINE(misc-no-recursion)
static struct query_node *parse_any(struct parser *p)
{
    struct query_node *any = parse_all(p);

    while (!p->failed) {
        skip_space(p);
        if (p->at == p->end || *p->at == ')')
            break;
        if (*p->at == '|')
            p->at++;
        else if (!take_operator(p, "OR"))
            break;
        any = query_node_join(QUERY_OR, any, parse_all(p));
    }
    return any;
}

/* All words of the text, all of which must occur. */
static void parse_as_words(struct query *query, const char *text, size_t len)
{
    struct words words;
    struct word word;
    size_t leaves = 0;

    query_release(query);
    query->all = false;
    query->misread = MISREAD_DOUBTFUL;
    query->as_words = true;
    words_init(&words, text, len);
    while (words_next(&words, &word)) {
        if (++leaves > QUERY_LEAVES_MAX) {
            snprintf(query->note, sizeof(query->note), "only the first %d words were searched",
                     QUERY_LEAVES_MAX);
            return;
        }
        struct query_node *node = query_node_new(QUERY_WORD, text + word.at, word.len);
        query->root = query_node_join(QUERY_AND, query->root, node);
    }
}

void query_parse(struct query *query, const char *text)
{
    size_t len = strnlen(text, QUERY_BYTES_MAX + 1);

    memset(query, 0, sizeof(*query));
    if (len > QUERY_BYTES_MAX) {
        len = utf8_prefix(text, len, QUERY_BYTES_MAX);
        snprintf(query->note, sizeof(query->note), "only the first %d bytes were searched",
                 QUERY_BYTES_MAX);
    }
    struct parser p = {.query = query, .at = text, .end = text + len};
    skip_space(&p);
    if (p.at < p.end)
        query->root = parse_any(&p);
    skip_space(&p);
    if (!p.failed && p.at < p.end)
        fail(&p, "a parenthesis was not opened");
    if (p.failed) {
        query->note[0] = '\0';
        parse_as_words(query, text, len);
        char reason[QUERY_NOTE_MAX];
        snprintf(reason, sizeof(reason), "%s: searched as words", p.failed);
        note(query, reason);
    }
    if (!query->root)
        note(query, "there is no word to look for");
}
