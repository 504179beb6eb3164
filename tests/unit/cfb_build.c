#include "cfb_build.h"

#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "base/err.h"

enum { SECTOR = 512, ENTRIES_MAX = 200, SECTORS_MAX = 128, FAT_SECTOR = 0 };

#define NONE 0xFFFFFFFFu
#define END 0xFFFFFFFEu

struct build {
    struct buf *out;
    unsigned char entries[ENTRIES_MAX][128];
    uint32_t count;
    uint32_t next[SECTORS_MAX];
    uint32_t sectors;
};

static uint32_t put_bytes(struct build *build, const void *data, size_t len)
{
    uint32_t start = build->sectors;

    for (size_t at = 0; at < len; at += SECTOR) {
        unsigned char sector[SECTOR] = {0};
        memcpy(sector, (const char *)data + at, len - at < SECTOR ? len - at : SECTOR);
        (void)buf_append(build->out, sector, SECTOR);
        BUG_IF(build->sectors >= SECTORS_MAX);
        build->next[build->sectors] = at + SECTOR < len ? build->sectors + 1 : END;
        build->sectors++;
    }
    return len ? start : END;
}

/* Siblings stand to the right of each other: a tree, if a lean one. */
static uint32_t put_entries(struct build *build, const struct cfb_node *nodes)
{
    uint32_t first = build->count;
    uint32_t count = 0;

    while (nodes && nodes[count].name)
        count++;
    if (count == 0)
        return NONE;
    BUG_IF(build->count + count > ENTRIES_MAX);
    build->count += count;
    for (uint32_t i = 0; i < count; i++) {
        unsigned char *entry = build->entries[first + i];
        size_t len = nodes[i].len || !nodes[i].text ? nodes[i].len : strlen(nodes[i].text);
        size_t bytes = strlen(nodes[i].name);
        size_t name = 0;
        for (size_t at = 0; at < bytes && name < 31; name++) {
            uint32_t rune;
            at += utf8_decode(nodes[i].name + at, bytes - at, &rune);
            le16_put(entry + 2 * name, (uint16_t)rune);
        }
        le16_put(entry + 64, (uint16_t)(2 * (name + 1)));
        entry[66] = nodes[i].text ? 2 : 1;
        le32_put(entry + 68, NONE);
        le32_put(entry + 72, i + 1 < count ? first + i + 1 : NONE);
        le32_put(entry + 76, put_entries(build, nodes[i].children));
        le32_put(entry + 116, nodes[i].text ? put_bytes(build, nodes[i].text, len) : 0);
        le32_put(entry + 120, (uint32_t)len);
    }
    return first;
}

void build_cfb(const struct cfb_node *children, struct buf *out)
{
    static struct build build;
    unsigned char head[2 * SECTOR] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

    build = (struct build){.out = out, .count = 1, .sectors = 1};
    buf_init(out, 1 << 20);
    (void)buf_append(out, head, (size_t)2 * SECTOR); /* with the table's sector */
    uint32_t first = put_entries(&build, children);
    static const char ROOT[] = "Root Entry";
    for (size_t i = 0; i < sizeof(ROOT); i++)
        build.entries[0][2 * i] = (unsigned char)ROOT[i];
    le16_put(build.entries[0] + 64, 2 * sizeof(ROOT));
    build.entries[0][66] = 5;
    le32_put(build.entries[0] + 68, NONE);
    le32_put(build.entries[0] + 72, NONE);
    le32_put(build.entries[0] + 76, first);
    le32_put(build.entries[0] + 116, END);
    uint32_t directory = put_bytes(&build, build.entries, (size_t)build.count * 128);
    build.next[FAT_SECTOR] = 0xFFFFFFFDu;
    le16_put(head + 26, 3);
    le16_put(head + 30, 9);
    le16_put(head + 32, 6);
    le32_put(head + 44, 1);
    le32_put(head + 48, directory);
    le32_put(head + 56, 1); /* no stream is small enough for the mini stream */
    le32_put(head + 60, END);
    le32_put(head + 68, END);
    for (size_t i = 0; i < 109; i++)
        le32_put(head + 76 + 4 * i, i == 0 ? FAT_SECTOR : NONE);
    memcpy(out->data, head, SECTOR);
    for (uint32_t i = 0; i < SECTORS_MAX; i++)
        le32_put(out->data + SECTOR + 4 * (size_t)i, i < build.sectors ? build.next[i] : NONE);
}
