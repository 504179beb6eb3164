#include "search/sets.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/page.h"

/* ---- runs ---- */

static size_t merge_two(const struct fulltext_row *a, size_t a_count, const struct fulltext_row *b,
                        size_t b_count, struct fulltext_row *out)
{
    size_t i = 0;
    size_t j = 0;
    size_t n = 0;

    while (i < a_count && j < b_count) {
        if (a[i].page < b[j].page) {
            out[n++] = a[i++];
        } else if (a[i].page > b[j].page) {
            out[n++] = b[j++];
        } else {
            out[n] = a[i++];
            out[n].times += b[j].times;
            out[n++].score += b[j++].score;
        }
    }
    if (i < a_count)
        memcpy(out + n, a + i, (a_count - i) * sizeof(*out));
    n += a_count - i;
    if (j < b_count)
        memcpy(out + n, b + j, (b_count - j) * sizeof(*out));
    return n + b_count - j;
}

void set_merge_runs(struct fulltext_rows *set, size_t *starts, size_t starts_count)
{
    if (starts_count < 2)
        return;
    struct fulltext_row *from = set->rows;
    struct fulltext_row *to = mem_alloc(set->space * sizeof(*to));
    size_t total = set->count;
    while (starts_count > 1) {
        size_t made = 0;
        size_t n = 0;
        for (size_t i = 0; i < starts_count; i += 2) {
            size_t a = starts[i];
            size_t b = i + 1 < starts_count ? starts[i + 1] : total;
            size_t end = i + 2 < starts_count ? starts[i + 2] : total;
            starts[made++] = n;
            n += merge_two(from + a, b - a, from + b, end - b, to + n);
        }
        starts_count = made;
        total = n;
        struct fulltext_row *swap = from;
        from = to;
        to = swap;
    }
    free(to);
    set->rows = from;
    set->count = total;
}

/* ---- documents ---- */

/* Where the document that begins at `at` ends. */
static size_t group_end(const struct fulltext_rows *set, size_t at)
{
    int64_t item = page_id_item(set->rows[at].page);

    while (at < set->count && page_id_item(set->rows[at].page) == item)
        at++;
    return at;
}

static void replace(struct fulltext_rows *set, struct fulltext_row *rows, size_t count,
                    size_t space)
{
    free(set->rows);
    set->rows = rows;
    set->count = count;
    set->space = space;
}

void set_and(struct fulltext_rows *left, const struct fulltext_rows *right)
{
    size_t space = left->count + right->count + 1;
    struct fulltext_row *out = mem_alloc(space * sizeof(*out));
    size_t n = 0;
    size_t i = 0;
    size_t j = 0;

    while (i < left->count && j < right->count) {
        int64_t a = page_id_item(left->rows[i].page);
        int64_t b = page_id_item(right->rows[j].page);
        if (a < b) {
            i++;
        } else if (a > b) {
            j++;
        } else {
            size_t i_end = group_end(left, i);
            size_t j_end = group_end(right, j);
            n += merge_two(left->rows + i, i_end - i, right->rows + j, j_end - j, out + n);
            i = i_end;
            j = j_end;
        }
    }
    replace(left, out, n, space);
}

void set_or(struct fulltext_rows *left, const struct fulltext_rows *right)
{
    size_t space = left->count + right->count + 1;
    struct fulltext_row *out = mem_alloc(space * sizeof(*out));
    size_t n = 0;

    if (left->count + right->count > 0)
        n = merge_two(left->rows, left->count, right->rows, right->count, out);
    replace(left, out, n, space);
}

void set_and_not(struct fulltext_rows *left, const struct fulltext_rows *right)
{
    size_t n = 0;
    size_t j = 0;

    for (size_t i = 0; i < left->count; i++) {
        int64_t item = page_id_item(left->rows[i].page);
        while (j < right->count && page_id_item(right->rows[j].page) < item)
            j++;
        if (j == right->count || page_id_item(right->rows[j].page) != item)
            left->rows[n++] = left->rows[i];
    }
    left->count = n;
}

/* Leaves the rows whose item is among `items`, or those whose is not. */
static void narrow(struct fulltext_rows *set, const int64_t *items, size_t count, bool among)
{
    size_t n = 0;
    size_t j = 0;

    for (size_t i = 0; i < set->count; i++) {
        int64_t item = page_id_item(set->rows[i].page);
        while (j < count && items[j] < item)
            j++;
        if ((j < count && items[j] == item) == among)
            set->rows[n++] = set->rows[i];
    }
    set->count = n;
}

void set_keep(struct fulltext_rows *set, const int64_t *items, size_t count)
{
    narrow(set, items, count, true);
}

void set_drop(struct fulltext_rows *set, const int64_t *items, size_t count)
{
    narrow(set, items, count, false);
}

int64_t *set_items(const struct fulltext_rows *set, size_t *ret_count)
{
    int64_t *items = mem_alloc((set->count + 1) * sizeof(int64_t));
    size_t n = 0;

    for (size_t i = 0; i < set->count; i++) {
        int64_t item = page_id_item(set->rows[i].page);
        if (n == 0 || items[n - 1] != item)
            items[n++] = item;
    }
    *ret_count = n;
    return items;
}
