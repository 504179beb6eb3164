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

static void fill_sieve(struct tag_table *table, size_t slot, uint64_t *sieve)
{
    for (size_t i = 0; i < (size_t)1 << table->bits; i++) {
        uint32_t print = print_in(table->slots + i * slot);
        uint32_t bit = tag_sieve_bit(print);

        if (print)
            sieve[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    table->sieve = sieve;
}

uint64_t *tag_model_sieve(struct tag_model *model)
{
    enum { WORDS = (1 << TAG_SIEVE_BITS) / 64 };
    uint64_t *sieves = mem_zalloc((size_t)(1 + TAG_SCRIPTS) * WORDS, sizeof(*sieves));

    fill_sieve(&model->list, TAG_LIST_SLOT, sieves);
    for (size_t i = 0; i < TAG_SCRIPTS; i++)
        fill_sieve(&model->scripts[i].features, TAG_SLOT, sieves + (1 + i) * WORDS);
    return sieves;
}

/* The slot of a key, or NULL. A table is never full, but a broken file's may be. */
static const unsigned char *find(const struct tag_table *table, size_t slot, uint64_t key)
{
    size_t mask = ((size_t)1 << table->bits) - 1;
    size_t at = tag_slot(key, table->bits);
    uint32_t print = tag_print(key);

    if (!tag_sieved(table, key))
        return NULL;
    for (size_t i = 0; i <= mask; i++, at = (at + 1) & mask) {
        const unsigned char *entry = table->slots + at * slot;
        uint32_t held = print_in(entry);

        if (!held)
            return NULL;
        if (held == print)
            return entry;
    }
    return NULL;
}

const signed char *tag_feature(const struct tag_table *table, uint64_t key)
{
    const unsigned char *entry = find(table, TAG_SLOT, key);

    return entry ? (const signed char *)entry + 3 : NULL;
}

unsigned tag_classes(const struct tag_table *table, uint64_t key, struct tag_cluster *ret_cluster)
{
    const unsigned char *entry = find(table, TAG_LIST_SLOT, key);

    *ret_cluster =
        entry ? (struct tag_cluster){le16_get(entry + 5), entry[7]} : (struct tag_cluster){0, 0};
    return entry ? le16_get(entry + 3) : 0;
}
