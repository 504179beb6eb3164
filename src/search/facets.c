#include "search/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "search/docs.h"

enum { YEARS = 10000 };
enum facet_place { FACET_TYPE, FACET_LANG, FACET_YEAR, FACET_FOLDER };

static const char *const names[FACETS] = {"type", "lang", "year", "folder"};

/* Counts by the number of a value (types, languages and folders share them) and by year. */
struct tally {
    int64_t *values;
    size_t space;
    int64_t years[YEARS];
};

static void add_value(struct tally *tally, int32_t id)
{
    if (id <= 0)
        return;
    if ((size_t)id >= tally->space) {
        size_t space = (size_t)id * 2 + 64;
        tally->values = mem_realloc(tally->values, space, sizeof(int64_t));
        memset(tally->values + tally->space, 0, (space - tally->space) * sizeof(int64_t));
        tally->space = space;
    }
    tally->values[id]++;
}

static int add_row(void *ctx, const struct doc_row *row)
{
    struct tally *tally = ctx;

    add_value(tally, row->type);
    add_value(tally, row->lang);
    add_value(tally, row->folder);
    if (row->first > 0 && row->first / 10000 < YEARS)
        tally->years[row->first / 10000]++;
    return 0;
}

static int by_count(const void *left, const void *right)
{
    const struct facet_value *a = left;
    const struct facet_value *b = right;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->value, b->value);
}

static void add_to_facet(struct facet *facet, const char *value, int64_t count)
{
    /* Room for twice as many as are kept; the lesser half goes when it is full. */
    if (facet->count == 2 * (size_t)FACET_VALUES_MAX) {
        qsort(facet->values, facet->count, sizeof(struct facet_value), by_count);
        while (facet->count > FACET_VALUES_MAX)
            free(facet->values[--facet->count].value);
    }
    if (!facet->values)
        facet->values = mem_zalloc(2 * (size_t)FACET_VALUES_MAX, sizeof(struct facet_value));
    facet->values[facet->count++] = (struct facet_value){mem_strdup(value), count};
}

static void finish_facet(struct facet *facet)
{
    if (facet->count > 0)
        qsort(facet->values, facet->count, sizeof(struct facet_value), by_count);
    while (facet->count > FACET_VALUES_MAX)
        free(facet->values[--facet->count].value);
}

struct naming {
    const struct tally *tally;
    struct facet *facet;
};

static int name_value(void *ctx, int32_t id, const char *value)
{
    struct naming *naming = ctx;

    if (id > 0 && (size_t)id < naming->tally->space && naming->tally->values[id] > 0)
        add_to_facet(naming->facet, value, naming->tally->values[id]);
    return 0;
}

static void fill_years(const struct tally *tally, struct facet *facet)
{
    char year[16];

    for (int i = 0; i < YEARS; i++) {
        if (tally->years[i] == 0)
            continue;
        snprintf(year, sizeof(year), "%04d", i);
        add_to_facet(facet, year, tally->years[i]);
    }
}

int facets_count(struct db *db, const int64_t *items, size_t count, struct facet facets[FACETS],
                 struct err *err)
{
    static const struct {
        enum facet_place place;
        enum value_kind kind;
    } kinds[] = {{FACET_TYPE, VALUE_TYPE}, {FACET_LANG, VALUE_LANG}, {FACET_FOLDER, VALUE_FOLDER}};
    CLEANUP(cleanup_free) struct tally *tally = mem_zalloc(1, sizeof(*tally));
    int rc = docs_of(db, items, count, add_row, tally, err);

    for (size_t i = 0; !rc && i < ARRAY_LEN(kinds); i++) {
        struct naming naming = {.tally = tally, .facet = &facets[kinds[i].place]};
        rc = docs_values(db, kinds[i].kind, name_value, &naming, err);
    }
    fill_years(tally, &facets[FACET_YEAR]);
    for (int i = 0; i < FACETS; i++) {
        facets[i].name = names[i];
        finish_facet(&facets[i]);
    }
    free(tally->values);
    return rc;
}

void facets_release(struct facet facets[FACETS])
{
    for (int i = 0; i < FACETS; i++) {
        for (size_t j = 0; j < facets[i].count; j++)
            free(facets[i].values[j].value);
        free(facets[i].values);
        facets[i] = (struct facet){0};
    }
}
