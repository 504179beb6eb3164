#include "search/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "marks/marked.h"
#include "search/docs.h"
#include "store/item.h"

enum { YEARS = 10000 };
enum facet_place { FACET_TYPE, FACET_LANG, FACET_YEAR, FACET_FOLDER, FACET_OUTCOME, FACET_TAG };

static const char *const names[FACETS] = {"type", "lang", "year", "folder", "outcome", "tag"};

/* Counts by the number of a value (types, languages and folders share them) and by year. */
struct tally {
    int64_t *values;
    size_t space;
    int64_t begin[YEARS + 1]; /* documents whose first year it is, less those that ended before */
    int64_t undated;
    bool at_top; /* a document that is in no folder */
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

static int32_t year_of(int32_t day)
{
    return day / 10000 < YEARS ? day / 10000 : YEARS - 1;
}

static int add_row(void *ctx, const struct doc_row *row)
{
    struct tally *tally = ctx;

    add_value(tally, row->type);
    add_value(tally, row->lang);
    add_value(tally, row->folder);
    tally->at_top |= row->folder <= 0;
    if (row->first <= 0) {
        tally->undated++;
        return 0;
    }
    tally->begin[year_of(row->first)]++;
    tally->begin[year_of(row->last) + 1]--;
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

static int64_t count_of(const struct tally *tally, int32_t id)
{
    return id > 0 && (size_t)id < tally->space ? tally->values[id] : 0;
}

static int name_value(void *ctx, int32_t id, const char *value)
{
    struct naming *naming = ctx;
    int64_t count = count_of(naming->tally, id);

    if (count > 0)
        add_to_facet(naming->facet, value, count);
    return 0;
}

static void fill_years(const struct tally *tally, struct facet *facet)
{
    char year[16];
    int64_t count = 0;

    for (int i = 0; i < YEARS; i++) {
        count += tally->begin[i];
        if (count == 0)
            continue;
        snprintf(year, sizeof(year), "%04d", i);
        add_to_facet(facet, year, count);
    }
    if (tally->undated > 0)
        add_to_facet(facet, "none", tally->undated);
}

/* ---- folders ---- */

struct folders {
    const struct tally *tally;
    struct facet_value *list;
    size_t count;
};

static int add_folder(void *ctx, int32_t id, const char *value)
{
    struct folders *folders = ctx;
    int64_t count = count_of(folders->tally, id);

    if (count == 0)
        return 0;
    folders->list = mem_room(folders->list, folders->count, sizeof(*folders->list));
    folders->list[folders->count++] = (struct facet_value){mem_strdup(value), count};
    return 0;
}

/* Bytes of the folder that two have in common: "a/b" for "a/b/c" and "a/b". */
static size_t common_folder(const char *a, size_t a_len, const char *b)
{
    size_t folder = 0;

    for (size_t i = 0;; i++) {
        bool a_step = i == a_len || a[i] == '/';
        bool b_step = b[i] == '\0' || b[i] == '/';
        if (a_step && b_step)
            folder = i;
        if (i == a_len || b[i] == '\0' || a[i] != b[i])
            return folder;
    }
}

/* Cuts a folder off behind the step that follows `common` bytes; false for that folder itself. */
static bool cut_below(char *folder, size_t common)
{
    char *step = folder + common;

    if (*step == '\0')
        return false;
    step[1 + strcspn(step + 1, "/")] = '\0';
    return true;
}

static int by_value(const void *left, const void *right)
{
    const struct facet_value *a = left;
    const struct facet_value *b = right;

    return strcmp(a->value, b->value);
}

/* The folders right below the common one, each with all that is below it. */
static void fill_below(struct folders *folders, size_t common, struct facet *facet)
{
    size_t kept = 0;

    for (size_t i = 0; i < folders->count; i++) {
        if (cut_below(folders->list[i].value, common))
            folders->list[kept++] = folders->list[i];
        else
            free(folders->list[i].value);
    }
    folders->count = kept;
    if (kept > 0)
        qsort(folders->list, kept, sizeof(*folders->list), by_value);
    for (size_t i = 0; i < kept;) {
        const char *value = folders->list[i].value;
        int64_t count = 0;
        for (; i < kept && strcmp(folders->list[i].value, value) == 0; i++)
            count += folders->list[i].count;
        add_to_facet(facet, value, count);
    }
}

static int fill_folders(struct db *db, const struct tally *tally, struct facet *facet,
                        struct err *err)
{
    struct folders folders = {.tally = tally};
    int rc = docs_values(db, VALUE_FOLDER, add_folder, &folders, err);
    const char *first = folders.count > 0 ? folders.list[0].value : "";
    size_t common = tally->at_top ? 0 : strlen(first);

    for (size_t i = 1; i < folders.count; i++)
        common = common_folder(first, common, folders.list[i].value);
    if (!rc && folders.count == 1)
        add_to_facet(facet, first, folders.list[0].count);
    else if (!rc)
        fill_below(&folders, common, facet);
    for (size_t i = 0; i < folders.count; i++)
        free(folders.list[i].value);
    free(folders.list);
    return rc;
}

/* ---- outcomes ---- */

struct ended {
    const int64_t *items;
    size_t count, at;
    int64_t found;
};

static int count_ended(void *ctx, int64_t item)
{
    struct ended *ended = ctx;

    while (ended->at < ended->count && ended->items[ended->at] < item)
        ended->at++;
    if (ended->at == ended->count)
        return 1;
    ended->found += ended->items[ended->at] == item;
    return 0;
}

/* Most of what is found is text: it is what is left of the others. */
static int fill_outcomes(struct db *db, const int64_t *items, size_t count, struct facet *facet,
                         struct err *err)
{
    static const enum outcome others[] = {OUTCOME_OCR, OUTCOME_EMPTY, OUTCOME_DUPLICATE,
                                          OUTCOME_FAILED, OUTCOME_WAITING};
    int64_t left = (int64_t)count;

    for (size_t i = 0; i < ARRAY_LEN(others) && left > 0; i++) {
        struct ended ended = {.items = items, .count = count};
        int rc = readings_ended(db, others[i], count_ended, &ended, err);
        if (rc < 0)
            return rc;
        if (ended.found > 0)
            add_to_facet(facet, outcome_word(others[i]), ended.found);
        left -= ended.found;
    }
    if (left > 0)
        add_to_facet(facet, outcome_word(OUTCOME_TEXT), left);
    return 0;
}

/* ---- tags ---- */

struct tags {
    const int64_t *items;
    size_t count;
    struct facet *facet;
    char *tag; /* that is being counted */
    int64_t found;
};

static int by_item(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

static void finish_tag(struct tags *tags)
{
    if (tags->found > 0)
        add_to_facet(tags->facet, tags->tag, tags->found);
    free(tags->tag);
    tags->tag = NULL;
    tags->found = 0;
}

static int count_tag(void *ctx, const char *tag, int64_t item)
{
    struct tags *tags = ctx;

    if (!tags->tag || strcmp(tags->tag, tag) != 0) {
        finish_tag(tags);
        tags->tag = mem_strdup(tag);
    }
    tags->found +=
        tags->count > 0 && bsearch(&item, tags->items, tags->count, sizeof(item), by_item) != NULL;
    return 0;
}

static int fill_tags(struct db *db, const int64_t *items, size_t count, struct facet *facet,
                     struct err *err)
{
    struct tags tags = {.items = items, .count = count, .facet = facet};
    int rc = marked_tags(db, count_tag, &tags, err);

    finish_tag(&tags);
    return rc;
}

/* ---- all of them ---- */

int facets_count(struct db *db, const int64_t *items, size_t count, struct facet facets[FACETS],
                 struct err *err)
{
    CLEANUP(cleanup_free) struct tally *tally = mem_zalloc(1, sizeof(*tally));
    struct naming types = {.tally = tally, .facet = &facets[FACET_TYPE]};
    struct naming langs = {.tally = tally, .facet = &facets[FACET_LANG]};
    int rc = docs_of(db, items, count, add_row, tally, err);

    if (!rc)
        rc = docs_values(db, VALUE_TYPE, name_value, &types, err);
    if (!rc)
        rc = docs_values(db, VALUE_LANG, name_value, &langs, err);
    if (!rc)
        rc = fill_folders(db, tally, &facets[FACET_FOLDER], err);
    if (!rc)
        rc = fill_outcomes(db, items, count, &facets[FACET_OUTCOME], err);
    if (!rc)
        rc = fill_tags(db, items, count, &facets[FACET_TAG], err);
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
