#include "made.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

enum {
    SENTENCES = 25, /* of a document */
};

static const char *const codes[] = {"en", "fa", "ar"};
static const size_t documents_of[] = {240, 180, 160};

/* Some lists are in small letters. */
static void add_word(struct made *made, unsigned language, const char *rule, char *word)
{
    if (language == TAG_ENGLISH)
        *word = (char)toupper((unsigned char)*word);
    grammar_word(made->grammars[language], rule, word);
}

/* The rule that the names of a class of lists.mjs belong to. */
static const char *rule_of(const char *class)
{
    static const char *const rules[][2] = {
        {"place", "city"}, {"body", "school"}, {"person", "famous"}, {"team", "world_club"}};

    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
        if (strcmp(rules[i][0], class) == 0)
            return rules[i][1];
    return class;
}

/* Rows that tell how words are used are no names. */
static bool is_made_of(const struct rows *rows)
{
    static const char *const others[] = {"common", "capital", "cluster"};

    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (strcmp(rows->field[0], others[i]) == 0)
            return false;
    return rows->count > 2;
}

static void read_more(struct made *made, const char *folder)
{
    struct rows rows;

    rows_open(&rows, folder, "more.tsv", '\t');
    while (rows_next(&rows))
        for (unsigned i = 0; is_made_of(&rows) && i < 3; i++)
            if (strcmp(rows.field[2], codes[i]) == 0 || (*rows.field[2] == '-' && i != TAG_ENGLISH))
                add_word(made, i, rule_of(rows.field[0]), rows.field[1]);
    rows_close(&rows);
}

static void read_names(struct made *made, const char *names)
{
    struct rows rows;

    rows_open(&rows, names, "fa_given_names/names.tsv", '\t');
    while (rows_next(&rows))
        grammar_word(made->grammars[TAG_PERSIAN], "given", rows.field[0]);
    rows_close(&rows);
    rows_open(&rows, names, "wd_arabic/words.tsv", '\t');
    while (rows_next(&rows))
        if (rows.count > 1)
            grammar_word(made->grammars[TAG_ARABIC], "foreign", rows.field[1]);
    rows_close(&rows);
    rows_open(&rows, names, "cldr/territories.tsv", '\t');
    while (rows_next(&rows))
        for (unsigned i = 0; rows.count > 3 && i < 3 && !isdigit(*rows.field[0]); i++)
            grammar_word(made->grammars[i], "country", rows.field[1 + i]);
    rows_close(&rows);
}

void made_read(struct made *made, const char *folder, const char *names, const char *more)
{
    for (unsigned i = 0; i < 3; i++)
        made->grammars[i] = grammar_new(folder, codes[i]);
    read_more(made, more);
    read_names(made, names);
}

void made_free(struct made *made)
{
    for (unsigned i = 0; i < 3; i++)
        grammar_free(made->grammars[i]);
}

static void make_document(const struct made *made, struct corpus *corpus, unsigned source,
                          enum tag_language language, uint64_t *state)
{
    struct document *document = corpus_document(corpus, source, language, "");
    struct buf text;

    document->fold = CORPUS_FOLDS; /* never left out */
    document->made = true;
    buf_init(&text, 1 << 20);
    for (int count = 0; count < SENTENCES; count++) {
        grammar_put(made->grammars[language], "sentence", &text, document, state);
        buf_append_char(&text, '\n');
    }
    document->len = text.len;
    document->text = buf_take(&text);
}

void made_add(const struct made *made, struct corpus *corpus)
{
    uint64_t state = 17;
    unsigned source = 0;

    while (strcmp(corpus_sources[source].name, "made") != 0)
        source++;
    for (unsigned i = 0; i < 3; i++)
        for (size_t k = 0; k < documents_of[i]; k++)
            make_document(made, corpus, source, (enum tag_language)i, &state);
}
