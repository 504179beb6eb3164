#include "worker/ole/cfb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/utf8.h"
#include "worker/ole/cfb_dir.h"

enum {
    HEADER_BYTES = 512,
    HEADER_DIFAT = 109,
    HEADER_DIFAT_AT = 76,
    MINI_SHIFT = 6,
    MINI_CUTOFF = 4096,
    SHIFT_MIN = 7,
    SHIFT_MAX = 16,
};

#define SECTOR_END 0xFFFFFFFEu  /* the chain ends here */
#define SECTOR_LOST 0xFFFFFFFBu /* no sector; what a table that is not there holds */

/* Numbers of sectors, in order. */
struct chain {
    uint32_t *sectors;
    size_t count;
};

struct cfb {
    const unsigned char *data;
    size_t len;
    unsigned shift, mini_shift;
    uint32_t cutoff;      /* streams below this many bytes are in the mini stream */
    uint32_t sectors;     /* in the file, a cut one at its end counted */
    struct chain fat;     /* sectors that hold the allocation table */
    struct chain minifat; /* sectors that hold the mini stream's */
    struct chain mini;    /* sectors of the mini stream */
    uint64_t mini_len;
    struct cfb_dir dir;
    bool damaged;
};

/* The bytes of a sector that are there. */
static const unsigned char *sector_at(const struct cfb *cfb, uint32_t sector, size_t *ret_len)
{
    /* the header takes the first sector's place, however large sectors are */
    uint64_t at = ((uint64_t)sector + 1) << cfb->shift;

    *ret_len = 0;
    if (sector >= cfb->sectors || at >= cfb->len)
        return NULL;
    size_t left = cfb->len - (size_t)at;
    size_t whole = (size_t)1 << cfb->shift;
    *ret_len = left < whole ? left : whole;
    return cfb->data + at;
}

/* The number that stands at `index` of a table made of sectors. */
static uint32_t table_get(const struct cfb *cfb, const struct chain *table, uint32_t index)
{
    unsigned per_shift = cfb->shift - 2;
    size_t len;

    if (index >> per_shift >= table->count)
        return SECTOR_LOST;
    const unsigned char *sector = sector_at(cfb, table->sectors[index >> per_shift], &len);
    size_t at = (size_t)(index & ((1u << per_shift) - 1)) * 4;
    return sector && at + 4 <= len ? le32_get(sector + at) : SECTOR_LOST;
}

static uint32_t next_sector(const struct cfb *cfb, uint32_t sector)
{
    uint32_t next = table_get(cfb, &cfb->fat, sector);

    return next == SECTOR_LOST ? sector + 1 : next;
}

static void chain_add(struct chain *chain, uint32_t sector)
{
    chain->sectors = mem_room(chain->sectors, chain->count, sizeof(*chain->sectors));
    chain->sectors[chain->count++] = sector;
}

/* Follows a chain of `max` sectors at most. False when it leaves the file or would go on. */
static bool chain_follow(const struct cfb *cfb, uint32_t start, uint64_t max, struct chain *ret)
{
    uint32_t sector = start;

    if (max > cfb->sectors)
        max = cfb->sectors;
    while (sector < cfb->sectors && ret->count < max) {
        chain_add(ret, sector);
        sector = next_sector(cfb, sector);
    }
    return sector == SECTOR_END;
}

/* The sectors of the allocation table: 109 in the header, the others in a chain of their own, each
 * sector of which ends with the number of the next. */
static void find_fat(struct cfb *cfb)
{
    uint32_t per = (1u << cfb->shift) / 4;
    size_t want = ((size_t)cfb->sectors + per - 1) / per;
    uint32_t difat = le32_get(cfb->data + 68);
    size_t len;

    for (size_t i = 0; i < HEADER_DIFAT && cfb->fat.count < want; i++)
        chain_add(&cfb->fat, le32_get(cfb->data + HEADER_DIFAT_AT + 4 * i));
    for (uint32_t seen = 0; cfb->fat.count < want && seen < cfb->sectors; seen++) {
        const unsigned char *sector = sector_at(cfb, difat, &len);
        if (!sector || len < (size_t)per * 4)
            break;
        for (uint32_t i = 0; i + 1 < per && cfb->fat.count < want; i++)
            chain_add(&cfb->fat, le32_get(sector + (size_t)4 * i));
        difat = le32_get(sector + (size_t)4 * (per - 1));
    }
    if (cfb->fat.count < want || table_get(cfb, &cfb->fat, cfb->sectors - 1) == SECTOR_LOST)
        cfb->damaged = true;
}

static bool read_header(struct cfb *cfb)
{
    if (cfb->len < HEADER_BYTES || memcmp(cfb->data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0)
        return false;
    cfb->shift = le16_get(cfb->data + 30);
    cfb->mini_shift = le16_get(cfb->data + 32);
    cfb->cutoff = le32_get(cfb->data + 56);
    if (cfb->shift < SHIFT_MIN || cfb->shift > SHIFT_MAX)
        cfb->shift = le16_get(cfb->data + 26) == 4 ? 12 : 9;
    if (cfb->mini_shift < 2 || cfb->mini_shift >= cfb->shift)
        cfb->mini_shift = MINI_SHIFT;
    if (cfb->cutoff == 0 || cfb->cutoff > 1u << 20)
        cfb->cutoff = MINI_CUTOFF;
    uint64_t whole = (uint64_t)1 << cfb->shift;
    uint64_t sectors = (cfb->len + whole - 1) >> cfb->shift;
    if (sectors < 2 || sectors > 0xFFFFFFF0u)
        return false;
    cfb->sectors = (uint32_t)(sectors - 1);
    return true;
}

/* The directory's bytes, then its entries and their tree. */
static bool read_directory(struct cfb *cfb)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct chain chain = {0};
    size_t len;

    if (!chain_follow(cfb, le32_get(cfb->data + 48),
                      ((uint64_t)CFB_ENTRIES_MAX * CFB_DIR_ENTRY) >> cfb->shift, &chain))
        cfb->damaged = true;
    buf_init(&bytes, (size_t)CFB_ENTRIES_MAX * CFB_DIR_ENTRY);
    for (size_t i = 0; i < chain.count; i++) {
        const unsigned char *sector = sector_at(cfb, chain.sectors[i], &len);
        if (sector)
            (void)buf_append(&bytes, sector, len);
    }
    free(chain.sectors);
    bool wide_sizes = le16_get(cfb->data + 26) >= 4;
    if (!cfb_dir_load(&cfb->dir, (const unsigned char *)bytes.data, bytes.len, wide_sizes))
        return false;
    cfb->damaged = cfb->damaged || cfb->dir.damaged;
    return true;
}

static void find_mini(struct cfb *cfb)
{
    const struct cfb_entry *root = cfb_root(cfb);

    (void)chain_follow(cfb, le32_get(cfb->data + 60), UINT64_MAX, &cfb->minifat);
    (void)chain_follow(cfb, root->start, UINT64_MAX, &cfb->mini);
    cfb->mini_len = (uint64_t)cfb->mini.count << cfb->shift;
}

struct cfb *cfb_open(const unsigned char *data, size_t len)
{
    struct cfb *cfb = mem_zalloc(1, sizeof(*cfb));

    cfb->data = data;
    cfb->len = len;
    if (!read_header(cfb)) {
        cfb_free(cfb);
        return NULL;
    }
    find_fat(cfb);
    if (!read_directory(cfb)) {
        cfb_free(cfb);
        return NULL;
    }
    find_mini(cfb);
    return cfb;
}

void cfb_free(struct cfb *cfb)
{
    if (!cfb)
        return;
    free(cfb->fat.sectors);
    free(cfb->minifat.sectors);
    free(cfb->mini.sectors);
    cfb_dir_release(&cfb->dir);
    free(cfb);
}

void cleanup_cfb(struct cfb **cfb)
{
    cfb_free(*cfb);
}

bool cfb_damaged(const struct cfb *cfb)
{
    return cfb->damaged;
}

const struct cfb_entry *cfb_root(const struct cfb *cfb)
{
    return &cfb->dir.entries[0];
}

const struct cfb_entry *cfb_child(const struct cfb_entry *storage, const char *name)
{
    if (!storage)
        return NULL;
    for (const struct cfb_entry *e = storage->first; e; e = e->next)
        if (strcasecmp(e->name, name) == 0)
            return e;
    return NULL;
}

const struct cfb_entry *cfb_find(const struct cfb_entry *storage, const char *path)
{
    char step[CFB_NAME_MAX + 1];

    while (storage && *path) {
        size_t len = strcspn(path, "/");
        if (len >= sizeof(step))
            return NULL;
        memcpy(step, path, len);
        step[len] = '\0';
        storage = cfb_child(storage, step);
        path += len + (path[len] == '/');
    }
    return storage;
}

/* A mini sector lies in one sector of the mini stream, being a power of two and smaller. */
static const unsigned char *mini_at(const struct cfb *cfb, uint32_t mini, size_t *ret_len)
{
    uint64_t at = (uint64_t)mini << cfb->mini_shift;
    size_t whole = (size_t)1 << cfb->mini_shift;
    size_t len;

    *ret_len = 0;
    if (at >= cfb->mini_len)
        return NULL;
    const unsigned char *sector = sector_at(cfb, cfb->mini.sectors[at >> cfb->shift], &len);
    size_t offset = (size_t)(at & (((uint64_t)1 << cfb->shift) - 1));
    if (!sector || offset >= len)
        return NULL;
    *ret_len = len - offset < whole ? len - offset : whole;
    return sector + offset;
}

int cfb_each(const struct cfb *cfb, const struct cfb_entry *stream,
             bool (*take)(void *ctx, const unsigned char *data, size_t len), void *ctx)
{
    if (!stream || stream->type != CFB_STREAM)
        return 0;
    bool mini = stream->size < cfb->cutoff;
    uint64_t steps = mini ? cfb->mini_len >> cfb->mini_shift : cfb->sectors;
    uint32_t at = stream->start;
    uint64_t left = stream->size;
    size_t len;

    for (; left > 0 && steps > 0; steps--) {
        const unsigned char *sector = mini ? mini_at(cfb, at, &len) : sector_at(cfb, at, &len);
        if (!sector)
            break;
        if (len > left)
            len = (size_t)left;
        if (!take(ctx, sector, len))
            return 0;
        left -= len;
        at = mini ? table_get(cfb, &cfb->minifat, at) : next_sector(cfb, at);
    }
    return left == 0 ? 0 : ERR_CORRUPT;
}

static bool take_into(void *ctx, const unsigned char *data, size_t len)
{
    struct buf *out = ctx;

    if (out->cap - out->len < len)
        len = out->cap - out->len;
    (void)buf_append(out, data, len);
    return out->len < out->cap;
}

int cfb_read(const struct cfb *cfb, const struct cfb_entry *stream, struct buf *out)
{
    size_t before = out->len;
    int rc = cfb_each(cfb, stream, take_into, out);

    if (rc == 0 && stream && stream->type == CFB_STREAM && out->len - before < stream->size)
        return ERR_LIMIT;
    return rc;
}
