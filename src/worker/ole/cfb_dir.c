#include "worker/ole/cfb_dir.h"
#include "worker/windows_time.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"

enum { NAME_BYTES = 64, LEFT_AT = 68, RIGHT_AT = 72, CHILD_AT = 76 };

#define NO_ENTRY 0xFFFFFFFFu

static int64_t unix_time(const unsigned char *at)
{
    uint64_t ticks = le64_get(at);

    if (ticks == 0 || ticks > INT64_MAX)
        return INT64_MIN;
    return windows_seconds(ticks);
}

/* UTF-16 up to its zero; the length field is not always right. Surrogates that have no partner
 * become U+FFFD. */
static void read_name(const unsigned char *bytes, char out[CFB_NAME_MAX + 1])
{
    size_t len = 0;

    for (size_t i = 0; i + 1 < NAME_BYTES; i += 2) {
        uint32_t rune = le16_get(bytes + i);
        if (rune == 0)
            break;
        if (rune >= 0xD800 && rune < 0xDC00 && i + 3 < NAME_BYTES) {
            uint32_t low = le16_get(bytes + i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (len + 4 > CFB_NAME_MAX)
            break;
        len += utf8_encode(rune, out + len);
    }
    out[len] = '\0';
}

static void read_entry(const unsigned char *bytes, bool wide_sizes, struct cfb_entry *entry,
                       char *name)
{
    unsigned type = bytes[66];

    read_name(bytes, name);
    entry->name = name;
    entry->type = type == CFB_STORAGE || type == CFB_STREAM || type == CFB_ROOT ? type : CFB_NONE;
    memcpy(entry->clsid, bytes + 80, sizeof(entry->clsid));
    entry->created = unix_time(bytes + 100);
    entry->modified = unix_time(bytes + 108);
    entry->start = le32_get(bytes + 116);
    entry->size = wide_sizes ? le64_get(bytes + 120) : le32_get(bytes + 120);
}

/* The walk through the binary tree of siblings of one storage: what is still to be visited. */
struct walk {
    struct cfb_dir *dir;
    const unsigned char *bytes;
    bool *seen;
    uint32_t *stack; /* dir->count entries: each is pushed at most once */
    size_t depth;
};

static bool walk_push(struct walk *walk, uint32_t index)
{
    if (index == NO_ENTRY)
        return false;
    if (index >= walk->dir->count || walk->seen[index] ||
        walk->dir->entries[index].type == CFB_NONE) {
        walk->dir->damaged = true;
        return false;
    }
    walk->seen[index] = true;
    walk->stack[walk->depth++] = index;
    return true;
}

static uint32_t link_of(const struct walk *walk, uint32_t index, size_t at)
{
    return le32_get(walk->bytes + (size_t)index * CFB_DIR_ENTRY + at);
}

static void push_left_side(struct walk *walk, uint32_t index)
{
    while (walk_push(walk, index))
        index = link_of(walk, index, LEFT_AT);
}

/* Gives a storage its children, in the tree's order. */
static void list_children(struct walk *walk, struct cfb_entry *storage, uint32_t index)
{
    struct cfb_entry *entries = walk->dir->entries;
    struct cfb_entry *before = NULL;

    walk->depth = 0;
    push_left_side(walk, link_of(walk, index, CHILD_AT));
    while (walk->depth > 0) {
        uint32_t at = walk->stack[--walk->depth];
        entries[at].parent = storage;
        if (before)
            before->next = &entries[at];
        else
            storage->first = &entries[at];
        before = &entries[at];
        push_left_side(walk, link_of(walk, at, RIGHT_AT));
    }
}

/* Storages lie in a tree without loops, since each entry is taken once; what a broken tree does not
 * reach goes to the root's children. */
static void build_tree(struct walk *walk)
{
    struct cfb_dir *dir = walk->dir;
    struct cfb_entry *last;
    uint32_t *queue = mem_alloc((size_t)dir->count * sizeof(*queue));
    size_t queued = 0;

    walk->seen[0] = true;
    queue[queued++] = 0;
    for (size_t i = 0; i < queued; i++) {
        list_children(walk, &dir->entries[queue[i]], queue[i]);
        for (const struct cfb_entry *e = dir->entries[queue[i]].first; e; e = e->next)
            if (e->type != CFB_STREAM)
                queue[queued++] = (uint32_t)(e - dir->entries);
    }
    free(queue);
    if (!dir->damaged)
        return;
    struct cfb_entry *root = &dir->entries[0];
    for (last = root->first; last && last->next;)
        last = last->next;
    for (uint32_t i = 1; i < dir->count; i++) {
        if (walk->seen[i] || dir->entries[i].type != CFB_STREAM)
            continue;
        dir->entries[i].parent = root;
        if (last)
            last->next = &dir->entries[i];
        else
            root->first = &dir->entries[i];
        last = &dir->entries[i];
    }
}

bool cfb_dir_load(struct cfb_dir *dir, const unsigned char *bytes, size_t len, bool wide_sizes)
{
    uint32_t count = (uint32_t)(len / CFB_DIR_ENTRY);
    struct walk walk = {.dir = dir, .bytes = bytes};

    if (count == 0 || (bytes[66] != CFB_ROOT && bytes[66] != CFB_STORAGE))
        return false;
    dir->count = count;
    dir->entries = mem_zalloc(count, sizeof(*dir->entries));
    dir->names = mem_zalloc(count, CFB_NAME_MAX + 1);
    for (uint32_t i = 0; i < count; i++)
        read_entry(bytes + (size_t)i * CFB_DIR_ENTRY, wide_sizes, &dir->entries[i],
                   dir->names + (size_t)i * (CFB_NAME_MAX + 1));
    dir->entries[0].type = CFB_ROOT;
    walk.seen = mem_zalloc(count, sizeof(*walk.seen));
    walk.stack = mem_alloc((size_t)count * sizeof(*walk.stack));
    build_tree(&walk);
    free(walk.seen);
    free(walk.stack);
    return true;
}

void cfb_dir_release(struct cfb_dir *dir)
{
    free(dir->entries);
    free(dir->names);
    *dir = (struct cfb_dir){0};
}
