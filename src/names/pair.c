#include "names/pair.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    IMPOSSIBLE = INT_MIN / 2,
    SWAPPED = -150,     /* two letters in the wrong order */
    SCRIPT_SHIFT = 800, /* between scripts chance gives much less than nothing */
    ARTICLE_COST = 40,  /* thousandths of likeness: al- on one side only */
};

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

/* The score of a word and another that is the same, on average. */
static int own_typical(const struct names_model *model, const struct scored_token *scored,
                       enum model_table table, int right, size_t from)
{
    int sum = 0;

    for (size_t i = from; i < scored->token->count; i++)
        sum += model_typical(model, table, right, scored->token->letters[i]);
    return at_least(sum, 1);
}

/* A word against itself: each letter for its like. */
static int own_plain(const struct names_model *model, const struct scored_token *scored,
                     enum model_table table, size_t from)
{
    const int16_t *cells = model_table(model, table);
    size_t width = model_width(model, table);
    int sum = 0;

    for (size_t i = from; i < scored->token->count; i++) {
        size_t unit = scored->units.at[0][i];
        if (unit < width)
            sum += cells[unit * width + unit];
    }
    return at_least(sum, 1);
}

void scored_token_set(const struct names_model *model, const struct token *token,
                      struct scored_token *ret_scored)
{
    bool arabic = token->script == SCRIPT_ARABIC;
    enum model_table same = arabic ? TABLE_ARABIC : TABLE_LATIN;

    ret_scored->token = token;
    ret_scored->rarity = 0;
    memset(ret_scored->own, 0, sizeof ret_scored->own);
    memset(ret_scored->own_bare, 0, sizeof ret_scored->own_bare);
    if (token->script == SCRIPT_OTHER)
        return;
    model_units(model, token, &ret_scored->units);
    ret_scored->own[same] = own_plain(model, ret_scored, same, 0);
    ret_scored->own_bare[same] = own_plain(model, ret_scored, same, token->stripped);
    ret_scored->own[TABLE_ARABIC_LATIN] =
        own_typical(model, ret_scored, TABLE_ARABIC_LATIN, !arabic, 0);
    ret_scored->own_bare[TABLE_ARABIC_LATIN] =
        own_typical(model, ret_scored, TABLE_ARABIC_LATIN, !arabic, token->stripped);
}

/* What the tables need of a call, so that the inner loop has few arguments. */
struct grid {
    const int16_t *cells;
    size_t width, height;
    size_t longest; /* letters of a unit on the right */
    const struct scored_token *a, *b;
    size_t from_a, from_b;
    int score[TOKEN_LETTERS_MAX + 1][TOKEN_LETTERS_MAX + 1];
};

/* From one place in both words on with every unit that begins there. */
static void extend(struct grid *grid, size_t i, size_t k)
{
    size_t count_a = grid->a->token->count;
    size_t count_b = grid->b->token->count;
    int here = grid->score[i][k];

    for (size_t la = 0; la <= 2 && i + la <= count_a; la++) {
        size_t left = la ? grid->a->units.at[la - 1][i] : UNIT_EMPTY;
        if (left >= grid->height)
            continue;
        const int16_t *row = grid->cells + left * grid->width;
        for (size_t lb = la ? 0 : 1; lb <= grid->longest && k + lb <= count_b; lb++) {
            size_t right = lb ? grid->b->units.at[lb - 1][k] : UNIT_EMPTY;
            if (right >= grid->width || row[right] == WEIGHT_NONE)
                continue;
            int *to = &grid->score[i + la][k + lb];
            *to = at_least(*to, here + row[right]);
        }
    }
}

static void extend_swapped(struct grid *grid, size_t i, size_t k)
{
    const struct token *a = grid->a->token;
    const struct token *b = grid->b->token;

    if (i + 2 > a->count || k + 2 > b->count || a->letters[i] != b->letters[k + 1] ||
        a->letters[i + 1] != b->letters[k])
        return;
    size_t first = grid->a->units.at[0][i];
    size_t second = grid->a->units.at[0][i + 1];
    if (first >= grid->height || second >= grid->height)
        return;
    int *to = &grid->score[i + 2][k + 2];
    *to = at_least(*to, grid->score[i][k] + grid->cells[first * grid->width + first] +
                            grid->cells[second * grid->width + second] + SWAPPED);
}

static int grid_score(struct grid *grid)
{
    size_t count_a = grid->a->token->count;
    size_t count_b = grid->b->token->count;
    bool same = grid->a->token->script == grid->b->token->script;

    for (size_t i = grid->from_a; i <= count_a; i++)
        for (size_t k = grid->from_b; k <= count_b; k++)
            grid->score[i][k] = IMPOSSIBLE;
    grid->score[grid->from_a][grid->from_b] = 0;
    for (size_t i = grid->from_a; i <= count_a; i++)
        for (size_t k = grid->from_b; k <= count_b; k++) {
            if (grid->score[i][k] == IMPOSSIBLE)
                continue;
            extend(grid, i, k);
            if (same)
                extend_swapped(grid, i, k);
        }
    return grid->score[count_a][count_b];
}

static enum model_table table_for(const struct token *a, const struct token *b)
{
    if (a->script != b->script)
        return TABLE_ARABIC_LATIN;
    return a->script == SCRIPT_ARABIC ? TABLE_ARABIC : TABLE_LATIN;
}

int pair_score(const struct names_model *model, const struct scored_token *a, size_t from_a,
               const struct scored_token *b, size_t from_b)
{
    struct grid grid;
    enum model_table table = table_for(a->token, b->token);
    bool turned = table == TABLE_ARABIC_LATIN && a->token->script != SCRIPT_ARABIC;

    grid.cells = model_table(model, table);
    grid.width = model_width(model, table);
    grid.height = model_height(model, table);
    grid.longest = table == TABLE_ARABIC_LATIN ? 3 : 2;
    grid.a = turned ? b : a;
    grid.b = turned ? a : b;
    grid.from_a = turned ? from_b : from_a;
    grid.from_b = turned ? from_a : from_b;
    return grid_score(&grid);
}

static struct likeness likeness_of(const struct names_model *model, const struct scored_token *a,
                                   bool bare_a, const struct scored_token *b, bool bare_b)
{
    enum model_table table = table_for(a->token, b->token);
    int score =
        pair_score(model, a, bare_a ? a->token->stripped : 0, b, bare_b ? b->token->stripped : 0);
    int own_a = bare_a ? a->own_bare[table] : a->own[table];
    int own_b = bare_b ? b->own_bare[table] : b->own[table];
    int own = (own_a + own_b) / 2;

    if (own <= 0)
        return (struct likeness){0, 0};
    if (score < -own * 2)
        return (struct likeness){-1000, score < -1000 ? -1000 : score};
    int likeness = (int)((int64_t)score * 1000 / own);
    if (table == TABLE_ARABIC_LATIN)
        likeness = (likeness + SCRIPT_SHIFT) * 1000 / (1000 + SCRIPT_SHIFT);
    return (struct likeness){likeness > 1000 ? 1000 : likeness, score};
}

/* The better of two, the second with a cost. */
static void take_better(struct likeness *best, struct likeness other, int cost)
{
    other.likeness -= cost;
    if (other.likeness > best->likeness)
        *best = other;
}

struct likeness pair_likeness(const struct names_model *model, const struct scored_token *a,
                              const struct scored_token *b)
{
    if (a->token->script == SCRIPT_OTHER || b->token->script == SCRIPT_OTHER)
        return a->token->hash == b->token->hash ? (struct likeness){1000, 1000}
                                                : (struct likeness){-1000, -1000};
    if (a->token->script == b->token->script && a->token->count == b->token->count &&
        memcmp(a->token->letters, b->token->letters, a->token->count) == 0)
        return (struct likeness){1000, a->own[table_for(a->token, b->token)]};
    struct likeness best = likeness_of(model, a, false, b, false);
    bool bare_a = a->token->stripped > 0;
    bool bare_b = b->token->stripped > 0;

    if (bare_a)
        take_better(&best, likeness_of(model, a, true, b, false),
                    b->token->marks & TOKEN_ARTICLE ? 0 : ARTICLE_COST);
    if (bare_b)
        take_better(&best, likeness_of(model, a, false, b, true),
                    a->token->marks & TOKEN_ARTICLE ? 0 : ARTICLE_COST);
    if (bare_a && bare_b)
        take_better(&best, likeness_of(model, a, true, b, true), 0);
    return best;
}

unsigned pair_edits(const struct token *a, const struct token *b)
{
    unsigned rows[3][TOKEN_LETTERS_MAX + 1];
    unsigned *before = rows[0];
    unsigned *last = rows[1];
    unsigned *now = rows[2];

    for (unsigned k = 0; k <= b->count; k++)
        last[k] = k;
    for (unsigned i = 1; i <= a->count; i++) {
        now[0] = i;
        for (unsigned k = 1; k <= b->count; k++) {
            unsigned changed = last[k - 1] + (a->letters[i - 1] != b->letters[k - 1]);
            unsigned edits = last[k] < now[k - 1] ? last[k] + 1 : now[k - 1] + 1;
            if (changed < edits)
                edits = changed;
            if (i > 1 && k > 1 && a->letters[i - 1] == b->letters[k - 2] &&
                a->letters[i - 2] == b->letters[k - 1] && before[k - 2] + 1 < edits)
                edits = before[k - 2] + 1;
            now[k] = edits;
        }
        unsigned *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b->count];
}
