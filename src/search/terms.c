/* The vocabulary: writing. */
#include "search/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum {
    SEEN_SLOTS_FIRST =
        1 << 14,              /* it grows with the vocabulary, so that a small one stays in cache */
    SEEN_SLOTS_MAX = 1 << 21, /* 64-bit hashes: 16 MiB; half full, it starts afresh */
    FRESH_BYTES = 8 << 20,    /* collected before they are written */
    FRESH_BYTES_MAX = 96 << 20, /* a page more, were each of its words new and had all keys */
    FRESH_MAX = FRESH_BYTES / 16,
};

struct fresh {
    uint32_t at; /* key, then surface */
    uint8_t key_len, surface_len;
};

struct terms {
    uint64_t *seen; /* seen_slots of them, a power of two */
    size_t seen_slots, seen_count;
    struct buf bytes;
    struct fresh *fresh;
    size_t count, space;
};

int terms_create(struct db *db, struct err *err)
{
    return db_exec(db,
                   "CREATE TABLE IF NOT EXISTS search_term ("
                   " key TEXT NOT NULL, surface TEXT NOT NULL,"
                   " PRIMARY KEY (key, surface)) WITHOUT ROWID",
                   err);
}

int terms_drop(struct db *db, struct err *err)
{
    return db_exec(db, "DROP TABLE IF EXISTS search_term", err);
}

struct terms *terms_new(void)
{
    struct terms *terms = mem_zalloc(1, sizeof(*terms));

    terms->seen_slots = SEEN_SLOTS_FIRST;
    terms->seen = mem_zalloc(terms->seen_slots, sizeof(uint64_t));
    buf_init(&terms->bytes, FRESH_BYTES_MAX);
    return terms;
}

void terms_free(struct terms *terms)
{
    if (!terms)
        return;
    free(terms->seen);
    buf_release(&terms->bytes);
    free(terms->fresh);
    free(terms);
}

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 32);
}

/* Of the surface and of where its ZWNJs stood, because keys depend on both. A collision, one in
 * 2^44 for a million words, would hide a word from prefixes and
 * widening only. */
static uint64_t hash_word(const struct words *words, const struct word *word)
{
    uint64_t h = word->surface_len;
    size_t i = 0;
    uint64_t chunk = 0;

    for (; i + 8 <= word->surface_len; i += 8) {
        memcpy(&chunk, word->surface + i, 8);
        h = mix(h, chunk);
    }
    chunk = 0;
    memcpy(&chunk, word->surface + i, word->surface_len - i);
    h = mix(h, chunk);
    for (uint8_t j = 0; j < words->joiner_count; j++)
        h = mix(h, words->joiners[j] + 1u);
    return h ? h : 1;
}

/* Where the hash stands, or where it would. */
static size_t seen_place(const struct terms *terms, uint64_t hash)
{
    size_t at = hash & (terms->seen_slots - 1);

    while (terms->seen[at] != 0 && terms->seen[at] != hash)
        at = (at + 1) & (terms->seen_slots - 1);
    return at;
}

/* Doubles the set, or empties it when it may not grow. */
static void seen_make_room(struct terms *terms)
{
    uint64_t *old = terms->seen;
    size_t old_slots = terms->seen_slots;

    if (old_slots == SEEN_SLOTS_MAX) {
        memset(old, 0, old_slots * sizeof(uint64_t));
        terms->seen_count = 0;
        return;
    }
    terms->seen_slots *= 2;
    terms->seen = mem_zalloc(terms->seen_slots, sizeof(uint64_t));
    for (size_t i = 0; i < old_slots; i++)
        if (old[i] != 0)
            terms->seen[seen_place(terms, old[i])] = old[i];
    free(old);
}

/* Adds the hash; false when it was there. */
static bool seen_add(struct terms *terms, uint64_t hash)
{
    size_t at = seen_place(terms, hash);

    if (terms->seen[at] == hash)
        return false;
    terms->seen[at] = hash;
    if (++terms->seen_count > terms->seen_slots / 2)
        seen_make_room(terms);
    return true;
}

static bool only_digits(const struct word *word)
{
    for (uint32_t i = 0; i < word->surface_len; i++)
        if (word->surface[i] < '0' || word->surface[i] > '9')
            return false;
    return true;
}

static void fresh_add(struct terms *terms, const char *key, size_t key_len, const char *surface,
                      size_t surface_len)
{
    uint32_t at = (uint32_t)terms->bytes.len;

    if (buf_append(&terms->bytes, key, key_len) || buf_append(&terms->bytes, surface, surface_len))
        return; /* out of reach: see FRESH_BYTES_MAX */
    if (terms->count == terms->space) {
        terms->space = terms->space ? terms->space * 2 : 4096;
        terms->fresh = mem_realloc(terms->fresh, terms->space, sizeof(struct fresh));
    }
    terms->fresh[terms->count++] =
        (struct fresh){.at = at, .key_len = (uint8_t)key_len, .surface_len = (uint8_t)surface_len};
}

void terms_note(struct terms *terms, const struct words *words, const struct word *word)
{
    struct loose_key keys[INDEX_KEYS_MAX];

    if (!seen_add(terms, hash_word(words, word)) || only_digits(word))
        return;
    fresh_add(terms, word->surface, word->surface_len, "", 0);
    size_t count = words_index_keys(words, word, keys);
    for (size_t i = 0; i < count; i++)
        fresh_add(terms, keys[i].bytes, keys[i].len, word->surface, word->surface_len);
}

bool terms_full(const struct terms *terms)
{
    return terms->bytes.len > FRESH_BYTES || terms->count > FRESH_MAX;
}

static int compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order ? order : (a_len > b_len) - (a_len < b_len);
}

static int compare_fresh(const void *left, const void *right, void *bytes)
{
    const struct fresh *a = left;
    const struct fresh *b = right;
    const char *base = bytes;
    int order = compare_bytes(base + a->at, a->key_len, base + b->at, b->key_len);

    return order ? order
                 : compare_bytes(base + a->at + a->key_len, a->surface_len,
                                 base + b->at + b->key_len, b->surface_len);
}

int terms_flush(struct terms *terms, struct db *db, struct err *err)
{
    struct stmt *stmt = db_stmt(db, "INSERT OR IGNORE INTO search_term VALUES (?1, ?2)", err);
    int rc = stmt ? 0 : ERR_IO;

    /* In the order of the table, neighbours share its pages. */
    if (terms->count > 0)
        qsort_r(terms->fresh, terms->count, sizeof(struct fresh), compare_fresh, terms->bytes.data);
    for (size_t i = 0; !rc && i < terms->count; i++) {
        const struct fresh *fresh = &terms->fresh[i];
        const char *key = terms->bytes.data + fresh->at;
        stmt_bind_text_len(stmt, 1, key, fresh->key_len);
        stmt_bind_text_len(stmt, 2, key + fresh->key_len, fresh->surface_len);
        rc = stmt_run(stmt, err);
    }
    terms->count = 0;
    buf_clear(&terms->bytes);
    return rc;
}
