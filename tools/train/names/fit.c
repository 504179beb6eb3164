#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "names/index.h"
#include "rows.h"

enum {
    HARD_NEGATIVES = 12, /* of a query: the wrong names that rank highest */
    MADE_NAMES = 6000,
    WORDS_MAX = 80000,
};

struct sample {
    double weight[MODEL_FITS], same;
    double features[FEATURES];
};

struct fitting {
    const struct names_model *model;
    const char *folder;
    int fold;
    size_t count;
    struct sample *samples;
    struct scored_name a, b;
};

static int fold_of(const char *key)
{
    uint32_t hash = 2166136261u;

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619u;
    return (int)((hash >> 7) % 10);
}

static void add_pair(struct fitting *fitting, const char *first, const char *second, bool same,
                     double pair_weight, double rank_weight)
{
    struct match match;

    scored_name_set(fitting->model, first, strlen(first), &fitting->a);
    scored_name_set(fitting->model, second, strlen(second), &fitting->b);
    names_match(fitting->model, FIT_PAIR, &fitting->a, &fitting->b, &match);
    /* an alias that shares no word is true, but not to be learnt from */
    if (same && match.features[F_MATCHED] == 0)
        return;
    fitting->samples = mem_room(fitting->samples, fitting->count, sizeof(*fitting->samples));
    struct sample *sample = &fitting->samples[fitting->count++];
    sample->weight[FIT_PAIR] = pair_weight;
    sample->weight[FIT_RANK] = rank_weight;
    sample->same = same;
    for (int i = 0; i < FEATURES; i++)
        sample->features[i] = match.features[i] / 1000.0;
}

static void bench_cases(struct fitting *fitting)
{
    struct rows rows;

    rows_open(&rows, fitting->folder, "opensanctions_name_bench/cases_with_logicv2_score.tsv",
              '\t');
    while (rows_next(&rows))
        if (rows.count > 5 && fold_of(rows.field[3]) != fitting->fold)
            add_pair(fitting, rows.field[3], rows.field[4], !strcmp(rows.field[5], "true"), 4, 0.2);
    rows_close(&rows);
}

/* The names of the United Nations' list, and what else they are called. */
struct listed {
    size_t count;
    char id[2048][16];
    struct buf text;
};

static void read_listed(struct fitting *fitting, struct listed *listed)
{
    struct rows rows;

    rows_open(&rows, fitting->folder, "xscript_retrieval/index.tsv", '\t');
    while (rows_next(&rows))
        if (rows.count > 2 && !strncmp(rows.field[0], "un", 2) && listed->count < 2048) {
            snprintf(listed->id[listed->count++], sizeof listed->id[0], "%s", rows.field[0]);
            buf_printf(&listed->text, "%s\n", rows.field[2]);
        }
    rows_close(&rows);
}

static void query(struct fitting *fitting, struct names_index *index, const struct listed *listed,
                  struct rows *rows)
{
    struct ranked ranked[HARD_NEGATIVES + 1];
    const char *text = rows->field[3];
    bool script = !strncmp(rows->field[2], "script", 6);
    size_t found = names_index_rank(index, text, strlen(text), ARRAY_LEN(ranked), ranked);
    double pair_weight = script ? 1 : 0.3;
    const double rank_weight = 2;

    for (size_t i = 0; i < found; i++) {
        size_t len;
        const char *name = names_index_peek(index, ranked[i].number, &len);
        CLEANUP(cleanup_free) char *copy = mem_strndup(name, len);
        if (strcmp(listed->id[ranked[i].number], rows->field[0]) != 0)
            add_pair(fitting, text, copy, false, pair_weight / 2, rank_weight / 2);
    }
    for (size_t i = 0; i < listed->count; i++) {
        size_t len;
        if (strcmp(listed->id[i], rows->field[0]) != 0)
            continue;
        const char *name = names_index_peek(index, i, &len);
        CLEANUP(cleanup_free) char *copy = mem_strndup(name, len);
        add_pair(fitting, text, copy, true, pair_weight, rank_weight);
    }
}

static void listed_names(struct fitting *fitting)
{
    struct listed *listed = mem_zalloc(1, sizeof *listed);
    struct names_index *index = NULL;
    struct rows rows;

    buf_init(&listed->text, 1 << 24);
    read_listed(fitting, listed);
    names_index_new(fitting->model, listed->text.data, listed->text.len, &index, NULL);
    rows_open(&rows, fitting->folder, "xscript_retrieval/queries.tsv", '\t');
    while (rows_next(&rows))
        if (rows.count > 3 && !strncmp(rows.field[0], "un", 2) &&
            fold_of(rows.field[0]) != fitting->fold)
            query(fitting, index, listed, &rows);
    rows_close(&rows);
    names_index_free(index);
    buf_release(&listed->text);
    free(listed);
}

/* Names made of words whose spelling in both scripts is known: one draw of
 * words for all. */
struct made {
    size_t count;
    char *latin[WORDS_MAX], *arabic[WORDS_MAX];
    uint64_t state;
};

static size_t draw(struct made *made, size_t below)
{
    made->state = made->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)((made->state >> 33) % below);
}

static void make_name(struct fitting *fitting, struct made *made)
{
    size_t a = draw(made, made->count);
    size_t b = draw(made, made->count);
    size_t c = draw(made, made->count);
    char latin[256];
    char arabic[256];
    char letter[8] = "";

    if (draw(made, 4) == 0)
        snprintf(letter, sizeof letter, "%c. ", (char)('A' + draw(made, 26)));
    snprintf(arabic, sizeof arabic, "%s %s", made->arabic[a], made->arabic[b]);
    snprintf(latin, sizeof latin, "%s %s%s", made->latin[a], letter, made->latin[b]);
    add_pair(fitting, latin, arabic, true, 0.5, 0.5);
    snprintf(latin, sizeof latin, "%s %s%s", made->latin[a], letter, made->latin[c]);
    add_pair(fitting, latin, arabic, false, 0.25, 0.25);
    snprintf(latin, sizeof latin, "%s %s%s", made->latin[c], letter, made->latin[b]);
    add_pair(fitting, latin, arabic, false, 0.25, 0.25);
    snprintf(latin, sizeof latin, "%s %s %s", made->latin[a], made->latin[c], made->latin[b]);
    add_pair(fitting, latin, arabic, true, 0.1, 0.1);
}

/* An initial says little, but a wrong one much. */
static void make_initials(struct fitting *fitting, struct made *made)
{
    size_t a = draw(made, made->count);
    size_t b = draw(made, made->count);
    char right = made->latin[a][0];
    char wrong = (char)('a' + draw(made, 26));
    char full[256];
    char shortened[256];

    if (right < 'a' || right > 'z')
        return;
    snprintf(full, sizeof full, "%s %s", made->latin[a], made->latin[b]);
    snprintf(shortened, sizeof shortened, "%c. %s", right, made->latin[b]);
    add_pair(fitting, full, shortened, true, 0.2, 0.1);
    if (wrong != right) {
        snprintf(shortened, sizeof shortened, "%c. %s", wrong, made->latin[b]);
        add_pair(fitting, full, shortened, false, 0.2, 0.1);
    }
    snprintf(full, sizeof full, "%s %s %s", made->latin[a], made->latin[b], made->latin[a]);
    snprintf(shortened, sizeof shortened, "%s %c. %s", made->latin[a], made->latin[b][0],
             made->latin[a]);
    add_pair(fitting, full, shortened, true, 0.1, 0.1);
}

static void made_names(struct fitting *fitting)
{
    struct made *made = mem_zalloc(1, sizeof *made);
    struct rows rows;

    rows_open(&rows, fitting->folder, "wd_arabic/words.tsv", '\t');
    while (rows_next(&rows) && made->count < WORDS_MAX)
        if (rows.count > 1 && strlen(rows.field[0]) > 2) {
            made->latin[made->count] = mem_strdup(rows.field[0]);
            made->arabic[made->count++] = mem_strdup(rows.field[1]);
        }
    rows_close(&rows);
    made->state = 1;
    for (int i = 0; i < MADE_NAMES && made->count; i++) {
        make_name(fitting, made);
        if (i % 4 == 0)
            make_initials(fitting, made);
    }
    for (size_t i = 0; i < made->count; i++) {
        free(made->latin[i]);
        free(made->arabic[i]);
    }
    free(made);
}

static double predict(const struct sample *sample, const double *weights)
{
    double sum = 0;

    for (int i = 0; i < FEATURES; i++)
        sum += weights[i] * sample->features[i];
    return 1 / (1 + exp(-sum));
}

/* Solves the symmetric system for a step of Newton's method, by Cholesky's
 * factors. */
static void solve(double matrix[FEATURES][FEATURES], double *vector)
{
    for (int i = 0; i < FEATURES; i++)
        for (int k = 0; k <= i; k++) {
            double sum = matrix[i][k];
            for (int j = 0; j < k; j++)
                sum -= matrix[i][j] * matrix[k][j];
            matrix[i][k] = i == k ? sqrt(sum > 1e-9 ? sum : 1e-9) : sum / matrix[k][k];
        }
    for (int i = 0; i < FEATURES; i++) {
        for (int k = 0; k < i; k++)
            vector[i] -= matrix[i][k] * vector[k];
        vector[i] /= matrix[i][i];
    }
    for (int i = FEATURES; i-- > 0;) {
        for (int k = i + 1; k < FEATURES; k++)
            vector[i] -= matrix[k][i] * vector[k];
        vector[i] /= matrix[i][i];
    }
}

static void newton(const struct fitting *fitting, enum model_fit fit, double *weights)
{
    static double hessian[FEATURES][FEATURES];
    double gradient[FEATURES];
    const double ridge = 2;

    memset(hessian, 0, sizeof hessian);
    for (int i = 0; i < FEATURES; i++) {
        gradient[i] = -ridge * weights[i];
        hessian[i][i] = ridge;
    }
    for (size_t s = 0; s < fitting->count; s++) {
        const struct sample *sample = &fitting->samples[s];
        double p = predict(sample, weights);
        double slope = sample->weight[fit] * p * (1 - p);
        for (int i = 0; i < FEATURES; i++) {
            double f = sample->features[i];
            if (f == 0)
                continue;
            gradient[i] += sample->weight[fit] * (sample->same - p) * f;
            for (int k = 0; k <= i; k++)
                hessian[i][k] += slope * f * sample->features[k];
        }
    }
    solve(hessian, gradient);
    for (int i = 0; i < FEATURES; i++)
        weights[i] += gradient[i];
}

void train_fit(const struct names_model *model, const char *folder, int fold, FILE *out)
{
    struct fitting *fitting = mem_zalloc(1, sizeof *fitting);

    fitting->model = model;
    fitting->folder = folder;
    fitting->fold = fold;
    bench_cases(fitting);
    listed_names(fitting);
    made_names(fitting);
    for (int fit = 0; fit < MODEL_FITS; fit++) {
        double weights[FEATURES] = {0};
        for (int i = 0; i < 12; i++)
            newton(fitting, (enum model_fit)fit, weights);
        for (int i = 0; i < FEATURES; i++)
            fprintf(out, "%s %d %ld\n", fit == FIT_PAIR ? "fit" : "rank", i,
                    lround(weights[i] * 1000));
    }
    free(fitting->samples);
    free(fitting);
}
