#include "clusters.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/tag_tokens.h"

enum {
    TABLE_BITS = 19,
    WORDS_MAX = 10000, /* of a script */
    SEEN_LEAST = 4,
    BESIDE = 400, /* the commonest words are what is counted beside others */
    SPACE = 2 * BESIDE,
    CLUSTERS = 120, /* of a script */
    STEPS = 8,
    LONG = 1 << 12, /* of a word's vector */
};

/* A text as numbers of words. */
struct raw {
    uint64_t *keys; /* by number */
    uint32_t *seen;
    uint32_t *numbers; /* the text; 0 is an end of a sentence */
    size_t count, words;
    uint32_t *table;
};

static uint32_t number_of(struct raw *raw, uint64_t key)
{
    size_t mask = ((size_t)1 << TABLE_BITS) - 1;
    size_t at = key & mask;

    while (raw->table[at] && raw->keys[raw->table[at]] != key)
        at = (at + 1) & mask;
    if (!raw->table[at]) {
        if (raw->words + 2 > mask / 2)
            return 0;
        raw->table[at] = (uint32_t)++raw->words;
        raw->keys[raw->words] = key;
    }
    return raw->table[at];
}

static void put(struct raw *raw, uint32_t number)
{
    raw->numbers = mem_room(raw->numbers, raw->count, sizeof(*raw->numbers));
    raw->numbers[raw->count++] = number;
}

static void add_text(struct raw *raw, const char *text, size_t len, bool arabic)
{
    static struct tag_sentence sentence;
    struct tag_reader reader;

    tag_reader_init(&reader, text, len);
    while (tag_reader_next(&reader, &sentence)) {
        if (sentence.arabic != arabic)
            continue;
        for (size_t i = 0; i < sentence.count; i++) {
            uint32_t number = number_of(
                raw, tag_word_key(tag_letters(&sentence, i), sentence.tokens[i].folded_len));

            raw->seen[number]++;
            put(raw, number);
        }
        put(raw, 0);
    }
}

static int is_text(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot && (strcmp(dot, ".txt") == 0 ||
                   (strcmp(dot, ".tsv") == 0 && !strstr(entry->d_name, "tok")));
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* Tabs, between the two sides of a translation, become line ends. */
static void add_folder(struct raw *raw, const char *texts, const char *folder, bool arabic)
{
    struct dirent **files = NULL;
    char path[512];
    int count;

    snprintf(path, sizeof(path), "%s/%s", texts, folder);
    count = scandir(path, &files, is_text, by_name);
    for (int i = 0; i < count; i++) {
        char *text;

        snprintf(path, sizeof(path), "%s/%s", folder, files[i]->d_name);
        text = corpus_file(texts, path);
        for (char *c = text; *c; c++)
            if (*c == '\t')
                *c = '\n';
        add_text(raw, text, strlen(text), arabic);
        free(text);
        free(files[i]);
    }
    free(files);
}

struct word {
    uint32_t number, seen;
    uint64_t key;
    uint32_t first, count; /* of its entries */
    uint8_t cluster;
};

struct entry {
    uint16_t at;
    uint16_t value;
};

static int by_seen(const void *left, const void *right)
{
    const struct word *a = left;
    const struct word *b = right;

    if (a->seen != b->seen)
        return a->seen > b->seen ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static uint32_t root(uint64_t square)
{
    uint64_t low = 0, high = (uint64_t)1 << 31;

    while (low < high) {
        uint64_t middle = (low + high + 1) / 2;

        if (middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return (uint32_t)low;
}

/* Roots of the counts of neighbours, all vectors of one length. */
static struct entry *vectors(const struct raw *raw, struct word *words, size_t count)
{
    uint32_t *rank = mem_zalloc(raw->words + 1, sizeof(*rank)); /* plus 1; 0: not among them */
    uint32_t *cells = mem_zalloc(count * SPACE, sizeof(*cells));
    struct entry *entries;
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        rank[words[i].number] = (uint32_t)i + 1;
    for (size_t i = 0; i + 1 < raw->count; i++) {
        uint32_t left = rank[raw->numbers[i]], right = rank[raw->numbers[i + 1]];

        if (left && right && left <= BESIDE)
            used += cells[(right - 1) * SPACE + left - 1]++ == 0;
        if (left && right && right <= BESIDE)
            used += cells[(left - 1) * SPACE + BESIDE + right - 1]++ == 0;
    }
    entries = mem_alloc((used + 1) * sizeof(*entries));
    used = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t square = 0;
        uint32_t length;

        for (size_t k = 0; k < SPACE; k++)
            square += (uint64_t)cells[i * SPACE + k] << 16;
        length = root(square);
        words[i].first = (uint32_t)used;
        for (size_t k = 0; k < SPACE; k++)
            if (cells[i * SPACE + k])
                entries[used++] = (struct entry){
                    (uint16_t)k, (uint16_t)((uint64_t)root((uint64_t)cells[i * SPACE + k] << 16) *
                                            LONG / length)};
        words[i].count = (uint32_t)used - words[i].first;
    }
    free(rank);
    free(cells);
    return entries;
}

/* The middles of clusters: sums of their words' vectors, brought to one length. */
static void find_middles(const struct word *words, size_t count, const struct entry *entries,
                         int64_t (*middles)[SPACE])
{
    memset(middles, 0, CLUSTERS * sizeof(*middles));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < words[i].count; k++)
            middles[words[i].cluster][entries[words[i].first + k].at] +=
                entries[words[i].first + k].value;
    for (size_t c = 0; c < CLUSTERS; c++) {
        uint64_t square = 0;
        uint32_t length;

        for (size_t k = 0; k < SPACE; k++)
            square += (uint64_t)(middles[c][k] * middles[c][k]);
        length = root(square);
        for (size_t k = 0; k < SPACE && length; k++)
            middles[c][k] = middles[c][k] * LONG / length;
    }
}

static void assign(struct word *words, size_t count, const struct entry *entries,
                   int64_t (*middles)[SPACE])
{
    for (size_t i = 0; i < count; i++) {
        int64_t best = -1;

        for (size_t c = 0; c < CLUSTERS; c++) {
            int64_t sum = 0;

            for (size_t k = 0; k < words[i].count; k++)
                sum +=
                    middles[c][entries[words[i].first + k].at] * entries[words[i].first + k].value;
            if (sum > best) {
                best = sum;
                words[i].cluster = (uint8_t)c;
            }
        }
    }
}

static size_t cluster_script(const struct raw *raw, unsigned base, struct cluster_word *out)
{
    struct word *words = mem_zalloc(raw->words + 1, sizeof(*words));
    int64_t(*middles)[SPACE] = mem_alloc(CLUSTERS * sizeof(*middles));
    struct entry *entries;
    size_t count = 0;

    for (uint32_t i = 1; i <= raw->words; i++)
        if (raw->seen[i] >= SEEN_LEAST)
            words[count++] = (struct word){.number = i, .seen = raw->seen[i], .key = raw->keys[i]};
    qsort(words, count, sizeof(*words), by_seen);
    if (count > WORDS_MAX)
        count = WORDS_MAX;
    entries = vectors(raw, words, count);
    for (size_t i = 0; i < count; i++)
        words[i].cluster = (uint8_t)(i % CLUSTERS);
    for (int step = 0; step < STEPS; step++) {
        find_middles(words, count, entries, middles);
        assign(words, count, entries, middles);
    }
    for (size_t i = 0; i < count; i++)
        out[i] = (struct cluster_word){words[i].key, (uint8_t)(base + words[i].cluster)};
    free(words);
    free(middles);
    free(entries);
    return count;
}

struct cluster_word *clusters_learn(const struct corpus *corpus, const char *texts,
                                    size_t *ret_count)
{
    static const char *const folders[] = {"texts/ntrex/en",     "texts/ntrex/fa",
                                          "texts/ntrex/ar",     "texts/tico19/en-fa",
                                          "texts/tico19/en-ar", "texts/ud_seraji"};
    struct cluster_word *out = mem_alloc(2 * WORDS_MAX * sizeof(*out));
    size_t count = 0;

    for (int arabic = 0; arabic < TAG_SCRIPTS; arabic++) {
        size_t most = (size_t)1 << TABLE_BITS;
        struct raw raw = {.keys = mem_zalloc(most, sizeof(*raw.keys)),
                          .seen = mem_zalloc(most, sizeof(*raw.seen)),
                          .table = mem_zalloc(most, sizeof(*raw.table))};

        for (size_t i = 0; i < corpus->count; i++)
            if (!corpus->documents[i].made &&
                corpus_sources[corpus->documents[i].source].use == USE_SHIPPED)
                add_text(&raw, corpus->documents[i].text, corpus->documents[i].len, arabic);
        for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
            add_folder(&raw, texts, folders[i], arabic);
        if (raw.count)
            count += cluster_script(&raw, arabic ? 1 + CLUSTERS : 1, out + count);
        free(raw.keys);
        free(raw.seen);
        free(raw.table);
        free(raw.numbers);
    }
    *ret_count = count;
    return out;
}
