#include "worker/cfb_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/utf8.h"
#include "worker/cfb_dir.h"

enum {
    SECTOR = 512,
    MINI = 64,
    CUTOFF = 4096,
    PER_SECTOR = SECTOR / 4,
    HEADER_DIFAT = 109,
    NAME_BYTES = 64,
    BLACK = 1,
};

#define END 0xFFFFFFFEu
#define FREE 0xFFFFFFFFu
#define FAT_SECTOR 0xFFFFFFFDu
#define DIFAT_SECTOR 0xFFFFFFFCu

struct table {
    uint32_t *next;
    size_t count;
};

/* An entry to write, with its children, which stand together. */
struct node {
    const struct cfb_entry *entry;
    size_t first, count;
    uint32_t left, right, child;
    uint32_t start;
    uint32_t size;
};

struct out {
    const struct cfb *cfb;
    struct buf *file;
    struct buf mini;
    struct table fat, minifat;
    struct node *nodes;
    size_t count;
    size_t before; /* bytes that were in the buffer */
    int rc;
};

/* A chain of as many sectors as `len` bytes need; END when none. */
static uint32_t chain(struct table *table, size_t len, size_t sector)
{
    size_t n = (len + sector - 1) / sector;
    size_t start = table->count;

    if (n == 0)
        return END;
    table->next = mem_realloc(table->next, start + n, sizeof(*table->next));
    for (size_t i = 0; i < n; i++)
        table->next[start + i] = i + 1 < n ? (uint32_t)(start + i + 1) : END;
    table->count += n;
    return (uint32_t)start;
}

static void pad(struct out *out, struct buf *buf, size_t before, size_t sector, int fill)
{
    size_t rest = (buf->len - before) % sector;

    if (rest == 0)
        return;
    char *space = buf_reserve(buf, sector - rest);
    if (!space) {
        out->rc = ERR_LIMIT;
        return;
    }
    memset(space, fill, sector - rest);
    buf->len += sector - rest;
}

static void append(struct out *out, const void *data, size_t len)
{
    if (buf_append(out->file, data, len) != 0)
        out->rc = ERR_LIMIT;
}

/* Lists the tree below the storage, level by level. */
static void list_nodes(struct out *out, const struct cfb_entry *storage)
{
    size_t space = 16;

    out->nodes = mem_zalloc(space, sizeof(*out->nodes));
    out->nodes[0].entry = storage;
    out->count = 1;
    for (size_t i = 0; i < out->count; i++) {
        out->nodes[i].first = out->count;
        for (const struct cfb_entry *e = out->nodes[i].entry->first; e; e = e->next) {
            if (out->count == space)
                out->nodes = mem_realloc(out->nodes, space *= 2, sizeof(*out->nodes));
            out->nodes[out->count++] = (struct node){.entry = e};
            out->nodes[i].count++;
        }
    }
}

/* Children are in order already: the middle one is the root of their tree, and so on. The depth is
 * that of a balanced tree. */
static uint32_t plant(struct out *out, size_t first, size_t count)
{
    if (count == 0)
        return FREE;
    size_t middle = first + count / 2;
    out->nodes[middle].left = plant(out, first, middle - first);
    out->nodes[middle].right = plant(out, middle + 1, first + count - middle - 1);
    return (uint32_t)middle;
}

static void put_stream(struct out *out, struct node *node)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, out->file->cap);
    int rc = cfb_read(out->cfb, node->entry, &bytes);
    if (rc != 0 && out->rc != ERR_LIMIT)
        out->rc = rc;
    node->size = (uint32_t)bytes.len;
    if (bytes.len < CUTOFF) {
        node->start = chain(&out->minifat, bytes.len, MINI);
        if (buf_append(&out->mini, bytes.data, bytes.len) != 0)
            out->rc = ERR_LIMIT;
        pad(out, &out->mini, 0, MINI, 0);
    } else {
        node->start = chain(&out->fat, bytes.len, SECTOR);
        append(out, bytes.data, bytes.len);
        pad(out, out->file, out->before, SECTOR, 0);
    }
}

static void put_name(const char *name, unsigned char *entry)
{
    size_t len = strlen(name);
    size_t at = 0;
    uint32_t rune;

    for (size_t i = 0; i < len && at + 6 <= NAME_BYTES;) {
        i += utf8_decode(name + i, len - i, &rune);
        if (rune >= 0x10000) {
            le16_put(entry + at, (uint16_t)(0xD800 + ((rune - 0x10000) >> 10)));
            at += 2;
            rune = 0xDC00 + ((rune - 0x10000) & 0x3FF);
        }
        le16_put(entry + at, (uint16_t)rune);
        at += 2;
    }
    le16_put(entry + NAME_BYTES, (uint16_t)(at + 2));
}

static void put_node(struct out *out, size_t index)
{
    const struct node *node = &out->nodes[index];
    unsigned char entry[CFB_DIR_ENTRY] = {0};

    put_name(index ? node->entry->name : "Root Entry", entry);
    entry[66] = index == 0 ? CFB_ROOT : node->entry->type == CFB_STREAM ? CFB_STREAM : CFB_STORAGE;
    entry[67] = BLACK;
    le32_put(entry + 68, index ? node->left : FREE);
    le32_put(entry + 72, index ? node->right : FREE);
    le32_put(entry + 76, node->child);
    memcpy(entry + 80, node->entry->clsid, sizeof(node->entry->clsid));
    le32_put(entry + 116, node->start);
    le32_put(entry + 120, node->size);
    append(out, entry, sizeof(entry));
}

static uint32_t put_directory(struct out *out)
{
    static const unsigned char NONE[CFB_DIR_ENTRY] = {[68] = 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                      0xFF,        0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint32_t start = chain(&out->fat, out->count * CFB_DIR_ENTRY, SECTOR);

    for (size_t i = 0; i < out->count; i++)
        put_node(out, i);
    for (size_t i = out->count; i % (SECTOR / CFB_DIR_ENTRY); i++)
        append(out, NONE, sizeof(NONE));
    return start;
}

static void put_number(struct out *out, uint32_t number)
{
    unsigned char bytes[4];

    le32_put(bytes, number);
    append(out, bytes, sizeof(bytes));
}

static uint32_t put_minifat(struct out *out)
{
    uint32_t start = chain(&out->fat, out->minifat.count * 4, SECTOR);

    for (size_t i = 0; i < out->minifat.count; i++)
        put_number(out, out->minifat.next[i]);
    pad(out, out->file, out->before, SECTOR, 0xFF);
    return start;
}

/* The table of sectors, which counts its own, and the list of its sectors beyond the header's. */
static void put_fat(struct out *out, unsigned char *header)
{
    size_t used = out->fat.count;
    size_t fats = 0;
    size_t difats = 0;

    for (;;) {
        size_t need = (used + fats + difats + PER_SECTOR - 1) / PER_SECTOR;
        size_t more =
            need > HEADER_DIFAT ? (need - HEADER_DIFAT + PER_SECTOR - 2) / (PER_SECTOR - 1) : 0;
        if (need == fats && more == difats)
            break;
        fats = need;
        difats = more;
    }
    for (size_t i = 0; i < fats * PER_SECTOR; i++)
        put_number(out, i < used                   ? out->fat.next[i]
                        : i < used + fats          ? FAT_SECTOR
                        : i < used + fats + difats ? DIFAT_SECTOR
                                                   : FREE);
    for (size_t d = 0; d < difats; d++) {
        for (size_t i = 0; i + 1 < PER_SECTOR; i++) {
            size_t fat = HEADER_DIFAT + d * (PER_SECTOR - 1) + i;
            put_number(out, fat < fats ? (uint32_t)(used + fat) : FREE);
        }
        put_number(out, d + 1 < difats ? (uint32_t)(used + fats + d + 1) : END);
    }
    for (size_t i = 0; i < HEADER_DIFAT; i++)
        le32_put(header + 76 + 4 * i, i < fats ? (uint32_t)(used + i) : FREE);
    le32_put(header + 44, (uint32_t)fats);
    le32_put(header + 68, difats ? (uint32_t)(used + fats) : END);
    le32_put(header + 72, (uint32_t)difats);
}

static void put_all(struct out *out)
{
    unsigned char header[SECTOR] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

    append(out, header, sizeof(header));
    for (size_t i = 0; i < out->count && out->rc != ERR_LIMIT; i++) {
        struct node *node = &out->nodes[i];
        node->child = plant(out, node->first, node->count);
        if (i > 0 && node->entry->type == CFB_STREAM)
            put_stream(out, node);
    }
    out->nodes[0].start = chain(&out->fat, out->mini.len, SECTOR);
    out->nodes[0].size = (uint32_t)out->mini.len;
    append(out, out->mini.data, out->mini.len);
    pad(out, out->file, out->before, SECTOR, 0);
    uint32_t minifat = put_minifat(out);
    le16_put(header + 24, 0x3E);
    le16_put(header + 26, 3);
    le16_put(header + 28, 0xFFFE);
    le16_put(header + 30, 9);
    le16_put(header + 32, 6);
    le32_put(header + 48, put_directory(out));
    le32_put(header + 56, CUTOFF);
    le32_put(header + 60, minifat);
    le32_put(header + 64, (uint32_t)((out->minifat.count + PER_SECTOR - 1) / PER_SECTOR));
    put_fat(out, header);
    if (out->rc != ERR_LIMIT)
        memcpy(out->file->data + out->before, header, sizeof(header));
}

int cfb_write(const struct cfb *cfb, const struct cfb_entry *storage, struct buf *out)
{
    struct out state = {.cfb = cfb, .file = out, .before = out->len};

    buf_init(&state.mini, out->cap);
    list_nodes(&state, storage);
    put_all(&state);
    buf_release(&state.mini);
    free(state.nodes);
    free(state.fat.next);
    free(state.minifat.next);
    return state.rc;
}
