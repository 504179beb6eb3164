/*
 * Trains the model of src/names from lists whose licence allows it
 * (docs/NAMES.md names them), and writes it to standard output:
 *
 *   train_names DATA [MODEL [FOLD]] >src/names/names.model
 *
 * DATA is the folder of name lists. With MODEL only the calibration is fitted
 * anew, to that model's letters; with FOLD (0-9) a tenth of the entities, by
 * hash, takes no part in it, for measuring. The same lists give the same bytes.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/io.h"
#include "em.h"
#include "fit.h"
#include "names/keys.h"
#include "names/pair.h"
#include "rows.h"
#include "taught.h"

struct train {
    const char *folder;
    struct em_pairs tables[MODEL_TABLES];
    struct names_model *draft; /* of the first pass, to tell good pairs of words from bad */
};

/* Single words only. */
static bool one_token(const char *text, struct token *ret_token)
{
    struct name name;

    name_letters(text, strlen(text), &name);
    if (name.count != 1 || name.tokens[0].count < 2)
        return false;
    *ret_token = name.tokens[0];
    return true;
}

static void add_word_pair(struct train *train, const char *latin, const char *arabic, float weight)
{
    struct token left;
    struct token right;

    if (!one_token(arabic, &left) || !one_token(latin, &right))
        return;
    if (left.script != SCRIPT_ARABIC || right.script != SCRIPT_LATIN)
        return;
    em_add(&train->tables[TABLE_ARABIC_LATIN], &left, &right, weight);
}

static void word_list(struct train *train, const char *path, size_t latin, size_t arabic,
                      float weight)
{
    struct rows rows;

    rows_open(&rows, train->folder, path, strstr(path, ".txt") ? ' ' : '\t');
    while (rows_next(&rows))
        if (rows.count > latin && rows.count > arabic)
            add_word_pair(train, rows.field[latin], rows.field[arabic], weight);
    rows_close(&rows);
}

static int by_left(const void *a, const void *b)
{
    const struct em_pair *x = a;
    const struct em_pair *y = b;
    int order = memcmp(x->left, y->left, sizeof x->left);

    return order ? order : memcmp(x->right, y->right, sizeof x->right);
}

static int by_right(const void *a, const void *b)
{
    const struct em_pair *x = a;
    const struct em_pair *y = b;
    int order = memcmp(x->right, y->right, sizeof x->right);

    return order ? order : memcmp(x->left, y->left, sizeof x->left);
}

/* Words of one script that are written for the same word of the other are
 * spellings of one another, when not too far apart. */
static void spellings(struct train *train, bool latin)
{
    struct em_pairs *from = &train->tables[TABLE_ARABIC_LATIN];
    struct em_pairs *to = &train->tables[latin ? TABLE_LATIN : TABLE_ARABIC];
    struct em_pair *sorted = mem_alloc((from->count + 1) * sizeof *sorted);

    memcpy(sorted, from->at, from->count * sizeof *sorted);
    qsort(sorted, from->count, sizeof *sorted, latin ? by_left : by_right);
    for (size_t i = 0; i + 1 < from->count; i++) {
        const struct em_pair *a = &sorted[i];
        const struct em_pair *b = &sorted[i + 1];
        bool same = latin ? !memcmp(a->left, b->left, sizeof a->left)
                          : !memcmp(a->right, b->right, sizeof a->right);
        if (!same)
            continue;
        struct token x = latin ? em_token(a->right, a->right_count, SCRIPT_LATIN)
                               : em_token(a->left, a->left_count, SCRIPT_ARABIC);
        struct token y = latin ? em_token(b->right, b->right_count, SCRIPT_LATIN)
                               : em_token(b->left, b->left_count, SCRIPT_ARABIC);
        unsigned longer = x.count > y.count ? x.count : y.count;
        if (pair_edits(&x, &y) * 5 > longer * 2)
            continue;
        em_add(to, &x, &y, 0.5f);
        em_add(to, &y, &x, 0.5f);
    }
    free(sorted);
}

/* Every word is written as itself, mostly. */
static void identities(struct train *train, float weight)
{
    const struct em_pairs *from = &train->tables[TABLE_ARABIC_LATIN];

    for (size_t i = 0; i < from->count; i++) {
        struct token left = em_token(from->at[i].left, from->at[i].left_count, SCRIPT_ARABIC);
        struct token right = em_token(from->at[i].right, from->at[i].right_count, SCRIPT_LATIN);
        em_add(&train->tables[TABLE_ARABIC], &left, &left, weight);
        em_add(&train->tables[TABLE_LATIN], &right, &right, weight);
    }
}

/* Words of two names of one person or body: each with the nearest of the other.
 */
static void align_spellings(struct train *train, const struct name *a, const struct name *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct token *best = NULL;
        unsigned best_edits = 100;

        if (a->tokens[i].kind != TOKEN_NAME || a->tokens[i].script != SCRIPT_LATIN)
            continue;
        for (size_t k = 0; k < b->count; k++) {
            if (b->tokens[k].kind != TOKEN_NAME || b->tokens[k].script != SCRIPT_LATIN)
                continue;
            unsigned edits = pair_edits(&a->tokens[i], &b->tokens[k]);
            if (edits < best_edits) {
                best_edits = edits;
                best = &b->tokens[k];
            }
        }
        unsigned longer =
            best && best->count > a->tokens[i].count ? best->count : a->tokens[i].count;
        if (best && best_edits > 0 && best_edits * 5 <= longer * 2 && longer >= 4) {
            em_add(&train->tables[TABLE_LATIN], &a->tokens[i], best, 1);
            em_add(&train->tables[TABLE_LATIN], best, &a->tokens[i], 1);
        }
    }
}

/* Words of a name in Arabic script, each with the Latin word that the draft
 * finds for it. */
static void align_scripts(struct train *train, const struct name *arabic, const struct name *latin,
                          float weight)
{
    struct scored_token right[NAME_TOKENS_MAX];

    for (size_t k = 0; k < latin->count; k++)
        scored_token_set(train->draft, &latin->tokens[k], &right[k]);
    for (size_t i = 0; i < arabic->count; i++) {
        struct scored_token left;
        int best = 500;
        const struct token *found = NULL;

        if (arabic->tokens[i].script != SCRIPT_ARABIC || arabic->tokens[i].kind != TOKEN_NAME)
            continue;
        scored_token_set(train->draft, &arabic->tokens[i], &left);
        for (size_t k = 0; k < latin->count; k++) {
            if (latin->tokens[k].script != SCRIPT_LATIN || latin->tokens[k].kind != TOKEN_NAME)
                continue;
            int likeness = pair_likeness(train->draft, &left, &right[k]).likeness;
            if (likeness > best) {
                best = likeness;
                found = &latin->tokens[k];
            }
        }
        if (!found)
            continue;
        struct token bare = arabic->tokens[i];
        if (bare.stripped && !found->stripped) {
            memmove(bare.letters, bare.letters + bare.stripped, bare.count - (size_t)bare.stripped);
            bare.count = (uint8_t)(bare.count - bare.stripped);
        }
        em_add(&train->tables[TABLE_ARABIC_LATIN], &bare, found, weight);
    }
}

static void alias_each(struct train *train, char *aliases, const struct name *name,
                       void (*with)(struct train *, const struct name *, const char *))
{
    char *rest = aliases;
    char *alias;

    (void)name;
    while ((alias = strsep(&rest, "|"))) {
        char *colon = strchr(alias, ':');
        const char *text = colon ? colon + 1 : alias;
        if (strncmp(alias, "Low:", 4) != 0 && *text)
            with(train, name, text);
    }
}

static void one_alias(struct train *train, const struct name *name, const char *text)
{
    struct name alias;

    name_parse(&alias, text, strlen(text));
    align_spellings(train, name, &alias);
}

static void alias_lists(struct train *train)
{
    static const struct {
        const char *path;
        size_t name, aliases;
    } lists[] = {{"un_sc_list/entities.tsv", 3, 5}, {"ofac_aliases/clusters.tsv", 3, 4}};

    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct rows rows;
        rows_open(&rows, train->folder, lists[i].path, '\t');
        while (rows_next(&rows)) {
            struct name name;
            if (rows.count <= lists[i].aliases)
                continue;
            name_parse(&name, rows.field[lists[i].name], strlen(rows.field[lists[i].name]));
            alias_each(train, rows.field[lists[i].aliases], &name, one_alias);
        }
        rows_close(&rows);
    }
}

static void noised_list(struct train *train)
{
    struct rows rows;

    rows_open(&rows, train->folder, "opensanctions_name_bench/un_positives_noised.tsv", '\t');
    while (rows_next(&rows)) {
        struct name name;
        if (rows.count < 2)
            continue;
        name_parse(&name, rows.field[0], strlen(rows.field[0]));
        one_alias(train, &name, rows.field[1]);
    }
    rows_close(&rows);
}

static void script_list(struct train *train)
{
    struct rows rows;

    rows_open(&rows, train->folder, "un_sc_list/entities.tsv", '\t');
    while (rows_next(&rows)) {
        struct name latin;
        struct name arabic;
        if (rows.count < 6 || strcmp(rows.field[1], "person") != 0 || !rows.field[4][0])
            continue;
        name_parse(&latin, rows.field[3], strlen(rows.field[3]));
        name_parse(&arabic, rows.field[4], strlen(rows.field[4]));
        align_scripts(train, &arabic, &latin, 3);
    }
    rows_close(&rows);
    rows_open(&rows, train->folder, "cldr/territories.tsv", '\t');
    while (rows_next(&rows)) {
        struct name latin;
        struct name arabic;
        for (size_t i = 2; i < rows.count; i++) {
            name_letters(rows.field[1], strlen(rows.field[1]), &latin);
            name_letters(rows.field[i], strlen(rows.field[i]), &arabic);
            align_scripts(train, &arabic, &latin, i == 3 ? 1 : 2);
        }
    }
    rows_close(&rows);
}

static void gather(struct train *train)
{
    word_list(train, "wd_arabic/words.tsv", 0, 1, 1);
    word_list(train, "google_ar2en/pairs.tsv", 0, 1, 1);
    word_list(train, "finglish/f2p-dict.txt", 0, 1, 3);
    taught_spellings(&train->tables[TABLE_ARABIC_LATIN]);
    taught_letters(&train->tables[TABLE_ARABIC_LATIN]);
}

static const struct em_options options[MODEL_TABLES] = {
    {.right_max = 3, .min_count = 4, .iterations = 8, .word = "al"},
    {.right_max = 2, .min_count = 3, .iterations = 6, .word = "ll"},
    {.right_max = 2, .min_count = 3, .iterations = 6, .word = "aa"},
};

static struct names_model *read_model(const char *text, size_t len)
{
    struct names_model *model = NULL;
    struct err err = {0};

    if (names_model_read(text, len, &model, &err)) {
        fprintf(stderr, "train_names: %s\n", err.message);
        exit(1);
    }
    return model;
}

static void make_draft(struct train *train)
{
    struct em_options quick = options[TABLE_ARABIC_LATIN];
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    quick.iterations = 4;
    fprintf(out, "sanad-names-model %d\n", MODEL_VERSION);
    em_train(&train->tables[TABLE_ARABIC_LATIN], &quick, out);
    fclose(out);
    train->draft = read_model(text, len);
    free(text);
}

/* Everything but the calibration. */
static void train_letters(struct train *train, FILE *out)
{
    gather(train);
    make_draft(train);
    script_list(train);
    spellings(train, true);
    spellings(train, false);
    identities(train, 0.2f);
    alias_lists(train);
    noised_list(train);
    taught_shapes(train->tables);
    fprintf(out, "sanad-names-model %d\n", MODEL_VERSION);
    for (int table = 0; table < MODEL_TABLES; table++)
        em_train(&train->tables[table], &options[table], out);
    train_rarity(train->folder, out);
    names_model_free(train->draft);
    for (int table = 0; table < MODEL_TABLES; table++)
        em_release(&train->tables[table]);
}

/* A model file without its calibration, to fit another to it. */
static void read_letters(const char *path, FILE *out)
{
    char *line = NULL;
    size_t space = 0;
    FILE *file = fopen(path, "r");

    if (!file) {
        perror(path);
        exit(1);
    }
    while (getline(&line, &space, file) >= 0)
        if (strncmp(line, "fit ", 4) != 0 && strncmp(line, "rank ", 5) != 0)
            fputs(line, out);
    free(line);
    fclose(file);
}

int main(int argc, char **argv)
{
    struct train train = {.folder = argc > 1 ? argv[1] : NULL};
    char *text = NULL;
    size_t len = 0;

    if (argc < 2 || argc > 4) {
        fputs("usage: train_names DATA [MODEL [FOLD]] >names.model\n", stderr);
        return 2;
    }
    FILE *out = open_memstream(&text, &len);
    if (argc > 2)
        read_letters(argv[2], out);
    else
        train_letters(&train, out);
    fclose(out);
    fwrite(text, 1, len, stdout);
    struct names_model *model = read_model(text, len);
    train_fit(model, train.folder, argc > 3 ? atoi(argv[3]) : -1, stdout);
    names_model_free(model);
    free(text);
    return 0;
}
