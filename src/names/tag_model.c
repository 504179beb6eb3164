#include "names/tag_model.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "names/tagger_data.h"

static const char magic[8] = "sanadtag";

/* The file, little-endian: magic, version, then a table of the list and for each script a table of
 * features, weights after one another and how sure: a table is its bits and its slots. */
struct file {
    const unsigned char *at, *end;
};

static const unsigned char *take(struct file *file, size_t len)
{
    const unsigned char *at = file->at;

    if ((size_t)(file->end - at) < len)
        return NULL;
    file->at += len;
    return at;
}

static bool take_table(struct file *file, size_t slot, struct tag_table *table)
{
    const unsigned char *bits = take(file, 4);

    if (!bits || le32_get(bits) > TAG_TABLE_BITS_MAX)
        return false;
    table->bits = le32_get(bits);
    table->sieve = NULL;
    table->marks = NULL;
    table->slots = take(file, slot << table->bits);
    return table->slots != NULL;
}

static void take_after(const unsigned char *bytes, int before, int32_t row[TAG_LANES])
{
    for (int label = 0; label < TAG_LANES; label++)
        row[label] = label < TAG_LABELS && label_follows(label, before)
                         ? (int16_t)le16_get(bytes + 2 * (size_t)label)
                         : TAG_NEVER;
}

static bool take_weights(struct file *file, struct tag_weights *weights)
{
    const unsigned char *after;
    const unsigned char *sure;

    if (!take_table(file, TAG_SLOT, &weights->features))
        return false;
    after = take(file, TAG_AFTER_BYTES);
    sure = take(file, sizeof(weights->sure));
    if (!after || !sure)
        return false;
    for (size_t i = 0; i < (size_t)TAG_CASES_BEFORE * TAG_LABELS; i++)
        take_after(after + i * TAG_LABELS * 2, (int)(i % TAG_LABELS),
                   weights->after[i / TAG_LABELS][i % TAG_LABELS]);
    for (size_t i = 0; i < TAG_KINDS * 2; i++)
        weights->sure[i / 2][i % 2] = (int32_t)le32_get(sure + 4 * i);
    return true;
}

int tag_model_read(const unsigned char *data, size_t len, struct tag_model *model, struct err *err)
{
    struct file file = {data, data + len};
    const unsigned char *head = take(&file, sizeof(magic) + 4);
    bool good = head && memcmp(head, magic, sizeof(magic)) == 0 &&
                le32_get(head + sizeof(magic)) == TAG_MODEL_VERSION;

    good = good && take_table(&file, TAG_LIST_SLOT, &model->list);
    for (int i = 0; good && i < TAG_SCRIPTS; i++)
        good = take_weights(&file, &model->scripts[i]);
    if (!good || file.at != file.end)
        return err_set(err, ERR_CORRUPT, "this is no model of a tagger, or of another version");
    return 0;
}

void tag_model_builtin(struct tag_model *model)
{
    BUG_IF(tag_model_read(tagger_data, tagger_data_len, model, NULL) != 0);
}

static uint32_t print_in(const unsigned char *entry)
{
    return entry[0] | (uint32_t)entry[1] << 8 | (uint32_t)entry[2] << 16;
}

static size_t marks_len(const struct tag_table *table)
{
    return ((size_t)1 << table->bits) + TAG_MARKS_AT_ONCE;
}

/* Both are zero before. */
static void fill(struct tag_table *table, size_t slot, uint64_t *sieve, unsigned char *marks)
{
    size_t count = (size_t)1 << table->bits;

    for (size_t i = 0; i < count; i++) {
        uint32_t print = print_in(table->slots + i * slot);
        uint32_t bit = tag_sieve_bit(print);

        if (!print)
            continue;
        sieve[bit / 64] |= (uint64_t)1 << bit % 64;
        marks[i] = tag_mark(print);
    }
    for (size_t i = 0; i < TAG_MARKS_AT_ONCE; i++)
        marks[count + i] = marks[i & (count - 1)];
    table->sieve = sieve;
    table->marks = marks;
}

void *tag_model_quicken(struct tag_model *model)
{
    enum { TABLES = 1 + TAG_SCRIPTS, WORDS = (1 << TAG_SIEVE_BITS) / 64 };
    struct tag_table *tables[TABLES] = {&model->list};
    size_t len = TABLES * WORDS * sizeof(uint64_t);
    size_t at = len;
    unsigned char *room;

    for (size_t i = 0; i < TAG_SCRIPTS; i++)
        tables[1 + i] = &model->scripts[i].features;
    for (size_t i = 0; i < TABLES; i++)
        len += marks_len(tables[i]);
    room = mem_zalloc(len, 1);
    for (size_t i = 0; i < TABLES; i++) {
        fill(tables[i], i ? TAG_SLOT : TAG_LIST_SLOT, (uint64_t *)(void *)room + i * WORDS,
             room + at);
        at += marks_len(tables[i]);
    }
    return room;
}

/* The highest bit of each byte that is 0: the lowest one is right, those above it may not be. */
static uint64_t zero_bytes(uint64_t bytes)
{
    return (bytes - UINT64_C(0x0101010101010101)) & ~bytes & UINT64_C(0x8080808080808080);
}

size_t tag_seek(const struct tag_table *table, uint64_t key, size_t from)
{
    size_t mask = ((size_t)1 << table->bits) - 1;
    size_t home = tag_slot(key, table->bits);
    uint64_t mark = tag_mark(tag_print(key)) * UINT64_C(0x0101010101010101);

    /* a table is never full, but a broken file's may be */
    for (size_t at = from; at - home <= mask; at += TAG_MARKS_AT_ONCE) {
        uint64_t marks = le64_get(table->marks + (at & mask));
        uint64_t vacant = zero_bytes(marks);
        uint64_t same = zero_bytes(marks ^ mark) & (vacant - 1); /* those below the first vacant */

        if (same)
            return at + (size_t)__builtin_ctzll(same) / 8;
        if (vacant)
            return TAG_NOWHERE;
    }
    return TAG_NOWHERE;
}

static const unsigned char *take_slot(const struct tag_table *table, size_t slot, uint64_t key,
                                      size_t found)
{
    size_t mask = ((size_t)1 << table->bits) - 1;

    while (found != TAG_NOWHERE) {
        const unsigned char *entry = table->slots + (found & mask) * slot;

        if (print_in(entry) == tag_print(key))
            return entry;
        found = tag_seek(table, key, found + 1);
    }
    return NULL;
}

const unsigned char *tag_feature_at(const struct tag_table *table, uint64_t key, size_t found)
{
    return take_slot(table, TAG_SLOT, key, found);
}

/* The slot of a key, or NULL, one slot after another. */
static const unsigned char *find_slowly(const struct tag_table *table, size_t slot, uint64_t key)
{
    size_t mask = ((size_t)1 << table->bits) - 1;
    size_t at = tag_slot(key, table->bits);

    for (size_t i = 0; i <= mask; i++, at = (at + 1) & mask) {
        const unsigned char *entry = table->slots + at * slot;
        uint32_t held = print_in(entry);

        if (!held)
            return NULL;
        if (held == tag_print(key))
            return entry;
    }
    return NULL;
}

static const unsigned char *find(const struct tag_table *table, size_t slot, uint64_t key)
{
    if (!table->marks)
        return find_slowly(table, slot, key);
    if (!tag_sieved(table, key))
        return NULL;
    return take_slot(table, slot, key, tag_seek(table, key, tag_slot(key, table->bits)));
}

void tag_classes_soon(const struct tag_table *table, uint64_t key)
{
    size_t home = tag_slot(key, table->bits);

    if (table->marks)
        __builtin_prefetch(table->marks + home);
    __builtin_prefetch(table->slots + home * TAG_LIST_SLOT);
}

unsigned tag_classes(const struct tag_table *table, uint64_t key, struct tag_cluster *ret_cluster)
{
    const unsigned char *entry = find(table, TAG_LIST_SLOT, key);

    *ret_cluster =
        entry ? (struct tag_cluster){le16_get(entry + 5), entry[7]} : (struct tag_cluster){0, 0};
    return entry ? le16_get(entry + 3) : 0;
}
