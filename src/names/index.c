#include "names/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "names/keys.h"

/* Of places for what is found: at most twice RANK_POSTINGS_MAX and more. */
enum { FOUND_BITS_MIN = 6, FOUND_BITS_MAX = 17 };

struct entry {
    uint32_t bucket, number;
};

/* A name the keys found, with what speaks for it. */
struct found {
    uint32_t number; /* + 1; 0 is free */
    uint32_t weight;
};

struct names_index {
    const struct names_model *model;
    const char *text;
    size_t count;
    uint32_t *starts;  /* count + 1 */
    uint32_t bits;     /* of the number of buckets */
    uint32_t *buckets; /* where each bucket's list begins; one more than there are */
    uint32_t *postings;
    /* of a query */
    struct scored_name query, candidate;
    struct found *found;
    uint32_t found_bits; /* of the number of its places: twice the names and more */
    uint32_t *touched;   /* slots of `found` in use */
    size_t touched_count;
};

static uint32_t key_hash(const char *key)
{
    uint64_t hash = bytes_hash(BYTES_HASH_START, key, strlen(key));

    return (uint32_t)(hash >> 32 ^ hash);
}

static uint32_t bucket_of(const struct names_index *index, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * 2654435761u % (UINT64_C(1) << 32) >> (32 - index->bits));
}

static void find_lines(struct names_index *index, size_t len)
{
    size_t space = 1024;
    size_t at = 0;

    index->starts = mem_alloc(space * sizeof *index->starts);
    while (at < len) {
        const char *stop = memchr(index->text + at, '\n', len - at);

        if (index->count + 2 > space) {
            space *= 2;
            index->starts = mem_realloc(index->starts, space, sizeof *index->starts);
        }
        index->starts[index->count++] = (uint32_t)at;
        at = stop ? (size_t)(stop - index->text) + 1 : len + 1;
    }
    index->starts[index->count] = (uint32_t)at;
}

const char *names_index_peek(const struct names_index *index, size_t number, size_t *ret_len)
{
    const char *text = index->text + index->starts[number];
    size_t len = index->starts[number + 1] - index->starts[number] - 1;

    while (len && (text[len - 1] == '\r' || text[len - 1] == '\n'))
        len--;
    *ret_len = len;
    return text;
}

size_t names_index_count(const struct names_index *index)
{
    return index->count;
}

/* Entries in the order of names become lists by bucket, still in that order. */
static void sort_entries(struct names_index *index, const struct entry *entries, size_t count)
{
    size_t buckets = (size_t)1 << index->bits;

    index->buckets = mem_zalloc(buckets + 1, sizeof *index->buckets);
    index->postings = mem_alloc((count + 1) * sizeof *index->postings);
    for (size_t i = 0; i < count; i++)
        index->buckets[entries[i].bucket + 1]++;
    for (size_t i = 0; i < buckets; i++)
        index->buckets[i + 1] += index->buckets[i];
    for (size_t i = 0; i < count; i++)
        index->postings[index->buckets[entries[i].bucket]++] = entries[i].number;
    for (size_t i = buckets; i > 0; i--)
        index->buckets[i] = index->buckets[i - 1];
    index->buckets[0] = 0;
}

static void post_names(struct names_index *index)
{
    size_t space = 4096;
    size_t count = 0;
    struct entry *entries = mem_alloc(space * sizeof *entries);
    struct name_key keys[NAME_KEYS_MAX];
    struct name name;

    for (size_t i = 0; i < index->count; i++) {
        size_t len;
        const char *text = names_index_peek(index, i, &len);

        name_parse(&name, text, len);
        size_t found = name_keys(&name, keys);
        if (count + found > space) {
            space *= 2;
            entries = mem_realloc(entries, space, sizeof *entries);
        }
        for (size_t k = 0; k < found; k++)
            entries[count++] =
                (struct entry){bucket_of(index, key_hash(keys[k].text)), (uint32_t)i};
    }
    sort_entries(index, entries, count);
    free(entries);
}

int names_index_new(const struct names_model *model, const char *text, size_t len,
                    struct names_index **ret_index, struct err *err)
{
    struct names_index *index = mem_zalloc(1, sizeof *index);

    index->model = model;
    index->text = text;
    if (len >= UINT32_MAX) {
        free(index);
        return err_set(err, ERR_LIMIT, "the list of names is larger than 4 GiB; split it");
    }
    find_lines(index, len);
    if (index->count > INDEX_NAMES_MAX) {
        names_index_free(index);
        return err_set(err, ERR_LIMIT, "the list has more than %d names; split it",
                       INDEX_NAMES_MAX);
    }
    index->bits = 12;
    while (index->bits < 24 && (size_t)1 << index->bits < index->count * 16)
        index->bits++;
    index->found_bits = FOUND_BITS_MIN;
    while (index->found_bits < FOUND_BITS_MAX && index->count * 2 >= (size_t)1 << index->found_bits)
        index->found_bits++;
    index->found = mem_zalloc((size_t)1 << index->found_bits, sizeof *index->found);
    index->touched = mem_alloc(((size_t)1 << index->found_bits) * sizeof *index->touched);
    post_names(index);
    *ret_index = index;
    return 0;
}

void names_index_free(struct names_index *index)
{
    if (!index)
        return;
    free(index->starts);
    free(index->buckets);
    free(index->postings);
    free(index->found);
    free(index->touched);
    free(index);
}

static void found_add(struct names_index *index, uint32_t number, uint32_t weight)
{
    uint32_t slot = number * 2654435761u >> (32 - index->found_bits);

    while (index->found[slot].number && index->found[slot].number != number + 1)
        slot = (slot + 1) % ((uint32_t)1 << index->found_bits);
    if (!index->found[slot].number) {
        index->found[slot] = (struct found){.number = number + 1};
        index->touched[index->touched_count++] = slot;
    }
    index->found[slot].weight += weight;
}

/* A list to look through. */
struct list {
    uint32_t bucket, count;
    char kind;
};

static int by_count(const void *a, const void *b)
{
    const struct list *x = a;
    const struct list *y = b;

    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->bucket > y->bucket) - (x->bucket < y->bucket);
}

/* What a key speaks for a name: the rarer the key, the more. */
static uint32_t list_weight(const struct names_index *index, const struct list *list)
{
    uint32_t weight = 1;

    for (size_t count = index->count / (list->count + 1); count; count >>= 1)
        weight += 2;
    return list->kind == '3' ? (weight + 3) / 4 : weight;
}

static void gather(struct names_index *index)
{
    struct name_key keys[NAME_KEYS_MAX];
    struct list lists[NAME_KEYS_MAX];
    size_t count = name_keys(&index->query.name, keys);
    size_t looked = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t bucket = bucket_of(index, key_hash(keys[i].text));
        lists[i] = (struct list){bucket, index->buckets[bucket + 1] - index->buckets[bucket],
                                 keys[i].text[0]};
    }
    qsort(lists, count, sizeof *lists, by_count);
    for (size_t i = 0; i < count && looked < RANK_POSTINGS_MAX; i++) {
        uint32_t weight = list_weight(index, &lists[i]);
        const uint32_t *list = index->postings + index->buckets[lists[i].bucket];
        for (uint32_t k = 0; k < lists[i].count && looked < RANK_POSTINGS_MAX; k++, looked++)
            found_add(index, list[k], weight);
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct found *x = a;
    const struct found *y = b;

    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Takes what was found out of the table, the best RANK_SCORED_MAX first. */
static size_t take_found(struct names_index *index, struct found *out)
{
    uint32_t counts[256] = {0};
    size_t count = 0;
    size_t enough = 0;
    uint32_t least = 255;

    for (size_t i = 0; i < index->touched_count; i++) {
        uint32_t weight = index->found[index->touched[i]].weight;
        counts[weight < 255 ? weight : 255]++;
    }
    while (least > 0 && enough + counts[least] <= RANK_SCORED_MAX)
        enough += counts[least--];
    for (size_t i = 0; i < index->touched_count; i++) {
        struct found *found = &index->found[index->touched[i]];
        bool above = found->weight > least;
        /* of those that weigh the least that still counts, the first ones of the
         * list found */
        if (above || (found->weight == least && enough < RANK_SCORED_MAX)) {
            enough += !above;
            if (count < RANK_SCORED_MAX)
                out[count++] = *found;
        }
        *found = (struct found){0};
    }
    index->touched_count = 0;
    qsort(out, count, sizeof *out, by_weight);
    return count;
}

static int by_odds(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->log_odds != y->log_odds)
        return x->log_odds < y->log_odds ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Scores what the keys of one form of the name found; better ones replace what
 * is there. */
static size_t rank_form(struct names_index *index, const char *name, size_t len,
                        struct ranked *ranked, size_t count)
{
    struct found found[RANK_SCORED_MAX];
    struct match match;

    scored_name_set(index->model, name, len, &index->query);
    gather(index);
    size_t scored = take_found(index, found);
    for (size_t i = 0; i < scored; i++) {
        size_t candidate_len;
        const char *candidate = names_index_peek(index, found[i].number - 1, &candidate_len);

        scored_name_set(index->model, candidate, candidate_len, &index->candidate);
        names_match(index->model, FIT_RANK, &index->query, &index->candidate, &match);
        ranked[count++] = (struct ranked){found[i].number - 1, match.log_odds, match.probability};
    }
    return count;
}

/* Sorted by their odds, a name that two forms found is kept once. */
static size_t drop_repeated(struct ranked *ranked, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < kept && ranked[k].number != ranked[i].number)
            k++;
        if (k == kept)
            ranked[kept++] = ranked[i];
    }
    return kept;
}

size_t names_index_rank(struct names_index *index, const char *name, size_t len, size_t top,
                        struct ranked *ret_ranked)
{
    struct ranked ranked[RANK_FORMS_MAX * RANK_SCORED_MAX];
    size_t count = 0;
    size_t forms = 0;

    for (size_t at = 0; at < len && forms < RANK_FORMS_MAX; forms++) {
        const char *stop = memchr(name + at, ';', len - at);
        size_t end = stop ? (size_t)(stop - name) : len;

        count = rank_form(index, name + at, end - at, ranked, count);
        at = end + 1;
    }
    qsort(ranked, count, sizeof *ranked, by_odds);
    if (forms > 1)
        count = drop_repeated(ranked, count);
    if (count > top)
        count = top;
    memcpy(ret_ranked, ranked, count * sizeof *ranked);
    return count;
}
