/*
 * Run by the build: lexicon_gen lexicon.tsv OUT.c takes the words to letters, sorts them and writes
 * the tables of lexicon.h. A line that cannot be understood ends the build.
 */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/gen.h"
#include "names/lexicon.h"
#include "names/name.h"

enum { WORDS_MAX = 4096, SPELLED_MAX = 256 };

/* Which table a line is for. */
enum table { TABLE_WORDS, TABLE_SHORTS, TABLE_CONCEPTS, TABLES };

/* A row of any of the tables. */
struct row {
    char *text;
    unsigned first, second; /* part and value; classes; the meaning's number */
};

static struct {
    size_t count;
    struct row rows[WORDS_MAX];
} tables[TABLES];

static unsigned role_of(const char *part)
{
    static const char *const parts[] = {
        [ROLE_TITLE] = "title",     [ROLE_WEAK_TITLE] = "weak-title",
        [ROLE_ARTICLE] = "article", [ROLE_PATRONYMIC] = "patronymic",
        [ROLE_SERVANT] = "servant", [ROLE_KUNYA] = "kunya",
        [ROLE_ALLAH] = "allah",     [ROLE_DIN] = "din",
        [ROLE_FILLER] = "filler",   [ROLE_LEGAL] = "legal",
        [ROLE_NUMBER] = "number",   [ROLE_LETTER] = "letter",
    };

    for (unsigned i = ROLE_TITLE; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i], part) == 0)
            return i;
    gen_stop("there is no such part");
}

static unsigned legal_of(const char *value)
{
    static const char *const forms[] = {
        [LEGAL_LIMITED] = "limited", [LEGAL_LLC] = "llc",
        [LEGAL_GMBH] = "gmbh",       [LEGAL_AG] = "ag",
        [LEGAL_PLC] = "plc",         [LEGAL_INC] = "inc",
        [LEGAL_CORP] = "corp",       [LEGAL_COMPANY] = "company",
        [LEGAL_SA] = "sa",           [LEGAL_SRL] = "srl",
        [LEGAL_BV] = "bv",           [LEGAL_NV] = "nv",
        [LEGAL_JSC] = "jsc",         [LEGAL_PARTNERSHIP] = "partnership",
        [LEGAL_NORDIC] = "nordic",   [LEGAL_OTHER] = "other",
        [LEGAL_VESSEL] = "vessel",
    };

    for (unsigned i = LEGAL_LIMITED; i < ARRAY_LEN(forms); i++)
        if (strcmp(forms[i], value) == 0)
            return i;
    gen_stop("there is no such legal form");
}

static unsigned number_of(const char *value, unsigned least, unsigned most)
{
    char *end;
    unsigned long number = strtoul(value, &end, 10);

    if (!*value || *end || number < least || number > most)
        gen_stop("its value is no number, or too small or large");
    return (unsigned)number;
}

static char *spell(const char *form)
{
    char spelled[SPELLED_MAX];
    size_t len = 0;
    struct name name;

    name_letters(form, strlen(form), &name);
    if (name.count == 0 || name.count > LEXICON_PHRASE_MAX)
        gen_stop("a form has no words, or too many");
    for (size_t i = 0; i < name.count; i++) {
        const struct token *token = &name.tokens[i];
        if (len + 2 * TOKEN_LETTERS_MAX + 2 > sizeof spelled)
            gen_stop("a form is too long");
        if (i)
            spelled[len++] = ' ';
        len += letters_spell(token->letters, token->count, spelled + len);
    }
    return mem_strndup(spelled, len);
}

static struct row *find(enum table table, const char *text)
{
    for (size_t i = 0; i < tables[table].count; i++)
        if (strcmp(tables[table].rows[i].text, text) == 0)
            return &tables[table].rows[i];
    return NULL;
}

static void add(enum table table, struct row row)
{
    struct row *known = find(table, row.text);

    if (known && (table != TABLE_SHORTS || known->second))
        gen_stop("one of the forms stands in the table already");
    if (known) {
        known->second = row.first;
        free(row.text);
        return;
    }
    if (tables[table].count == WORDS_MAX)
        gen_stop("there are too many words");
    tables[table].rows[tables[table].count++] = row;
}

static void read_row(char *const *fields)
{
    static unsigned classes;
    const char *part = fields[0], *value = fields[1];
    char *forms = fields[2];
    enum table table = TABLE_WORDS;
    struct row row = {0};

    if (strcmp(part, "short") == 0) {
        table = TABLE_SHORTS;
        row.first = ++classes;
    } else if (strcmp(part, "meaning") == 0) {
        table = TABLE_CONCEPTS;
        row.first = number_of(value, 1, UINT16_MAX);
    } else {
        row.first = role_of(part);
        row.second = row.first == ROLE_LEGAL    ? legal_of(value)
                     : row.first == ROLE_NUMBER ? number_of(value, 0, UINT8_MAX)
                                                : (unsigned char)*value;
    }
    for (char *form; (form = strsep(&forms, "|"));) {
        row.text = spell(form);
        add(table, row);
    }
}

static int by_text(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    return strcmp(x->text, y->text);
}

static void write_row(FILE *out, enum table table, const struct row *row)
{
    if (table == TABLE_WORDS)
        fprintf(out, "    {\"%s\", %u, %u},\n", row->text, row->first, row->second);
    else if (table == TABLE_SHORTS)
        fprintf(out, "    {\"%s\", {%u, %u}},\n", row->text, row->first, row->second);
    else
        fprintf(out, "    {\"%s\", %u},\n", row->text, row->first);
}

static void write_table(FILE *out, enum table table)
{
    static const struct {
        const char *rows, *count;
    } names[TABLES] = {
        {"lexicon_entry lexicon_words", "lexicon_count"},
        {"lexicon_short lexicon_shorts", "lexicon_short_count"},
        {"lexicon_concept lexicon_concepts", "lexicon_concept_count"},
    };
    struct row *rows = tables[table].rows;
    size_t count = tables[table].count;

    qsort(rows, count, sizeof *rows, by_text);
    fprintf(out, "\nconst struct %s[] = {\n", names[table].rows);
    for (size_t i = 0; i < count; i++) {
        write_row(out, table, &rows[i]);
        free(rows[i].text);
    }
    fprintf(out, "};\nconst size_t %s = %zu;\n", names[table].count, count);
}

static void write_tables(FILE *out)
{
    fprintf(out, "/* Written by lexicon_gen. */\n#include \"names/lexicon.h\"\n");
    for (int table = 0; table < TABLES; table++)
        write_table(out, (enum table)table);
}

int main(int argc, char **argv)
{
    return gen_run(argc, argv, 3, read_row, write_tables);
}
