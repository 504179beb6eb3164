#include "grammar.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEP = 16, NAME_MAX = 32, WEIGHT_MAX = 100 };

struct form {
    char *text;
    uint32_t up_to; /* weights of the forms up to this */
};

struct rule {
    char name[NAME_MAX], class[NAME_MAX];
    struct form *forms;
    size_t count, space;
    bool own; /* of the grammar's file */
};

struct grammar {
    struct rule *rules;
    size_t count, space;
};

static struct rule *find(const struct grammar *grammar, const char *name, size_t len)
{
    for (size_t i = 0; i < grammar->count; i++)
        if (strlen(grammar->rules[i].name) == len &&
            strncmp(grammar->rules[i].name, name, len) == 0)
            return &grammar->rules[i];
    return NULL;
}

static struct rule *add_rule(struct grammar *grammar, const char *name)
{
    struct rule *rule;

    if (grammar->count == grammar->space) {
        grammar->space = grammar->space ? 2 * grammar->space : 64;
        grammar->rules = mem_realloc(grammar->rules, grammar->space, sizeof(*grammar->rules));
    }
    rule = &grammar->rules[grammar->count++];
    *rule = (struct rule){.own = false};
    snprintf(rule->name, sizeof(rule->name), "%s", name);
    return rule;
}

static void add_form(struct rule *rule, const char *text, size_t len, uint32_t weight)
{
    if (rule->count == rule->space) {
        rule->space = rule->space ? 2 * rule->space : 16;
        rule->forms = mem_realloc(rule->forms, rule->space, sizeof(*rule->forms));
    }
    rule->forms[rule->count] = (struct form){
        mem_strndup(text, len), weight + (rule->count ? rule->forms[rule->count - 1].up_to : 0)};
    rule->count++;
}

/* A form without the spaces around it and the weight before it. */
static void read_form(struct rule *rule, const char *at, size_t len)
{
    uint32_t weight = 1;
    size_t digits;

    while (len && *at == ' ')
        at++, len--;
    while (len && at[len - 1] == ' ')
        len--;
    digits = strspn(at, "0123456789");
    if (digits && digits + 1 < len && at[digits] == '*') {
        weight = (uint32_t)strtoul(at, NULL, 10);
        digits += at[digits + 1] == ' ' ? 2 : 1;
        at += digits;
        len -= digits;
    }
    if (weight > WEIGHT_MAX)
        weight = WEIGHT_MAX;
    add_form(rule, at, len, weight);
}

static struct rule *read_head(struct grammar *grammar, const char *line)
{
    const char *end = strchr(line, '>');
    char name[NAME_MAX];
    struct rule *rule;

    if (!end || (end[1] && end[1] != ' '))
        return NULL;
    snprintf(name, sizeof(name), "%.*s", (int)(end - line - 1), line + 1);
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz_") != strlen(name) ||
        (end[1] && (strchr(end + 2, ' ') || strchr(end + 2, '<') || strchr(end + 2, '|'))))
        return NULL;
    rule = add_rule(grammar, name);
    rule->own = true;
    if (end[1])
        snprintf(rule->class, sizeof(rule->class), "%s", end + 2);
    return rule;
}

static void check(const struct grammar *grammar, const char *path)
{
    for (size_t i = 0; i < grammar->count; i++)
        if (!grammar->rules[i].count) {
            fprintf(stderr, "train_tagger: <%s> of %s becomes nothing\n", grammar->rules[i].name,
                    path);
            exit(1);
        }
}

struct grammar *grammar_new(const char *folder, const char *code)
{
    struct grammar *grammar = mem_zalloc(1, sizeof(*grammar));
    struct rule *rule = NULL;
    char path[64];
    char *whole, *rest, *line;
    bool fresh = true; /* a rule begins after an empty line */

    snprintf(path, sizeof(path), "%s.grammar", code);
    whole = rest = corpus_file(folder, path);
    while ((line = strsep(&rest, "\n"))) {
        struct rule *head = fresh && *line == '<' ? read_head(grammar, line) : NULL;
        char *form;

        if (*line == '#')
            continue;
        fresh = !*line;
        if (head)
            rule = head;
        else if (*line && rule)
            while ((form = strsep(&line, "|")))
                read_form(rule, form, strlen(form));
    }
    free(whole);
    check(grammar, path);
    return grammar;
}

void grammar_free(struct grammar *grammar)
{
    for (size_t i = 0; i < grammar->count; i++) {
        for (size_t k = 0; k < grammar->rules[i].count; k++)
            free(grammar->rules[i].forms[k].text);
        free(grammar->rules[i].forms);
    }
    free(grammar->rules);
    free(grammar);
}

void grammar_word(struct grammar *grammar, const char *name, const char *word)
{
    struct rule *rule = find(grammar, name, strlen(name));

    if (!rule)
        rule = add_rule(grammar, name);
    if (!rule->own)
        add_form(rule, word, strlen(word), 1);
}

static const char *choose(const struct grammar *grammar, const char *name, size_t len,
                          uint64_t *state)
{
    const struct rule *rule = find(grammar, name, len);
    size_t low = 0, high;
    uint32_t draw;

    if (!rule) {
        fprintf(stderr, "train_tagger: no rule <%.*s>\n", (int)len, name);
        exit(1);
    }
    draw = corpus_draw(state) % rule->forms[rule->count - 1].up_to;
    high = rule->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (rule->forms[middle].up_to > draw)
            high = middle;
        else
            low = middle + 1;
    }
    return rule->forms[low].text;
}

/* What is being put: a name within a name is part of the outer one. */
struct put {
    const struct grammar *grammar;
    struct buf *text;
    struct document *document;
    uint64_t *state;
    unsigned names;
    bool natural; /* signs stand at their words */
    bool parted;  /* a space for each ZWNJ */
};

static bool hugs(const char *sign)
{
    static const char *const signs[] = {".", ",", ";", ":", "!", "?",
                                        ")", "%", "،", "؛", "؟", "'s"};

    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (strncmp(sign, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

static void put_letters(struct put *put, const char **form)
{
    static const char zwnj[] = "\xE2\x80\x8C";
    char c = *(*form)++;

    if (put->natural && c == ' ' && hugs(*form))
        return;
    if (put->parted && strncmp(*form - 1, zwnj, 3) == 0) {
        *form += 2;
        c = ' ';
    }
    buf_append_char(put->text, c);
    if (put->natural && c == '(' && **form == ' ')
        ++*form;
}

static void put_form(struct put *put, const char **form, unsigned deep);

static void put_name(struct put *put, const char **form, unsigned deep)
{
    static const char kinds[] = "POL";
    const char *kind = strchr(kinds, **form);
    bool capitals = **form == '^';
    size_t start = put->text->len;

    *form += (*form)[1] == ' ' ? 2 : 1;
    put->names += kind != NULL;
    put_form(put, form, deep);
    put->names -= kind != NULL;
    if (capitals)
        for (size_t i = start; i < put->text->len; i++)
            put->text->data[i] = (char)toupper((unsigned char)put->text->data[i]);
    if (kind && !put->names && put->text->len > start)
        corpus_span(put->document, start, put->text->len, (int)(kind - kinds));
}

/* Puts a form up to its end or the end of the name it stands in. */
static void put_form(struct put *put, const char **form, unsigned deep)
{
    while (**form && **form != '}') {
        const char *end = **form == '<' ? strchr(*form, '>') : NULL;

        if (end && deep < DEEP) {
            const char *other =
                choose(put->grammar, *form + 1, (size_t)(end - *form - 1), put->state);

            put_form(put, &other, deep + 1);
            *form = end + 1;
        } else if (**form == '{' && (*form)[1] && deep < DEEP) {
            ++*form;
            put_name(put, form, deep + 1);
            *form += **form == '}';
        } else {
            put_letters(put, form);
        }
    }
}

void grammar_put(const struct grammar *grammar, const char *rule, struct buf *text,
                 struct document *document, uint64_t *state)
{
    struct put put = {.grammar = grammar, .text = text, .document = document, .state = state};
    const char *form = choose(grammar, rule, strlen(rule), state);

    put.natural = corpus_draw(state) % 2;
    put.parted = corpus_draw(state) % 2;

    put_form(&put, &form, 0);
}

void grammar_listed(const struct grammar *grammar,
                    void (*note)(void *ctx, const char *text, const char *class), void *ctx)
{
    for (size_t i = 0; i < grammar->count; i++)
        for (size_t k = 0; *grammar->rules[i].class && k < grammar->rules[i].count; k++)
            if (!strpbrk(grammar->rules[i].forms[k].text, "<{"))
                note(ctx, grammar->rules[i].forms[k].text, grammar->rules[i].class);
}
