#include "pst_build.h"

#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "base/err.h"

enum {
    BLOCKS_AT = 1024,
    BLOCK_TRAILER = 16,
    PAGE = 512,
    PAGE_TRAILER = 16,
    PAGE_ENTRIES = 488,
    NODE_ENTRY = 32,
    BLOCK_ENTRY = 24,
    BLOCK_TABLE = 0x80,
    NODE_TABLE = 0x81,
    ITEMS_MAX = 48,
};

struct place {
    uint64_t id, at;
    uint16_t len;
};

struct build {
    struct buf *out;
    struct place blocks[PST_BLOCKS_MAX];
    size_t count;
};

/* [MS-PST] 5.3: without the turning of all bits before and after. */
static uint32_t checksum(const void *data, size_t len)
{
    return ~(uint32_t)crc32(0xFFFFFFFF, data, (uInt)len);
}

/* [MS-PST] 5.5 */
static uint16_t signature(uint64_t id, uint64_t at)
{
    uint32_t both = (uint32_t)(id ^ at);

    return (uint16_t)(both >> 16 ^ both);
}

static void fill_to(struct buf *out, size_t len)
{
    while (out->len < len)
        (void)buf_append_char(out, '\0');
}

/* Puts a block; its identifier, or 0 where there is nothing or no room. */
static uint64_t put_block(struct build *build, const void *data, size_t len, bool internal)
{
    unsigned char trailer[BLOCK_TRAILER] = {0};

    if (len == 0 || len > PST_BLOCK_BYTES || build->count >= PST_BLOCKS_MAX)
        return 0;
    struct place *block = &build->blocks[build->count++];
    *block = (struct place){build->count << 2 | (internal ? 2 : 0), build->out->len, (uint16_t)len};
    le16_put(trailer, (uint16_t)len);
    le16_put(trailer + 2, signature(block->id, block->at));
    le32_put(trailer + 4, checksum(data, len));
    le64_put(trailer + 8, block->id);
    (void)buf_append(build->out, data, len);
    size_t whole = (len + BLOCK_TRAILER + 63) / 64 * 64;
    fill_to(build->out, block->at + whole - BLOCK_TRAILER);
    (void)buf_append(build->out, trailer, BLOCK_TRAILER);
    return block->id;
}

/* The block that lists the nodes behind one that belong to it. */
static uint64_t put_subs(struct build *build, const struct pst_node *nodes, size_t count)
{
    unsigned char list[8 + PST_SUBS_MAX * 24] = {2};
    uint16_t subs = 0;

    while (subs < count && subs < PST_SUBS_MAX && nodes[subs].sub) {
        unsigned char *entry = list + 8 + (size_t)subs * 24;
        le64_put(entry, nodes[subs].id);
        le64_put(entry + 8, put_block(build, nodes[subs].data, nodes[subs].len, false));
        subs++;
    }
    le16_put(list + 2, subs);
    return subs ? put_block(build, list, 8 + (size_t)subs * 24, true) : 0;
}

static void put_page(struct buf *out, unsigned char page[PAGE], uint8_t type, size_t count,
                     size_t entry, uint64_t id)
{
    unsigned char *end = page + PAGE - PAGE_TRAILER;

    page[PAGE_ENTRIES] = (uint8_t)count;
    page[PAGE_ENTRIES + 1] = (uint8_t)(PAGE_ENTRIES / entry);
    page[PAGE_ENTRIES + 2] = (uint8_t)entry;
    end[0] = end[1] = type;
    le16_put(end + 2, signature(id, out->len));
    le32_put(end + 4, checksum(page, PAGE - PAGE_TRAILER));
    le64_put(end + 8, id);
    (void)buf_append(out, page, PAGE);
}

static void put_header(struct buf *out, const struct place *nodes, const struct place *blocks)
{
    unsigned char *head = (unsigned char *)out->data;

    le32_put(head, 0x4E444221); /* "!BDN" */
    le16_put(head + 8, 0x4D53); /* "SM" */
    le16_put(head + 10, 23);
    le16_put(head + 12, 19);
    head[14] = head[15] = 1;
    le64_put(head + 184, out->len);
    le64_put(head + 216, nodes->id);
    le64_put(head + 224, nodes->at);
    le64_put(head + 232, blocks->id);
    le64_put(head + 240, blocks->at);
    head[512] = 0x80;
    le32_put(head + 4, checksum(head + 8, 471));
    le32_put(head + 524, checksum(head + 8, 516));
}

void build_pst(const struct pst_node *nodes, size_t count, struct buf *out)
{
    struct build build = {.out = out};
    unsigned char node_page[PAGE] = {0};
    unsigned char block_page[PAGE] = {0};
    struct place node_place = {.id = 0x1000};
    struct place block_place = {.id = 0x1001};
    size_t put = 0;

    buf_init(out, 1 << 20);
    fill_to(out, BLOCKS_AT);
    for (size_t i = 0; i < count && put < PST_NODES_MAX; i++) {
        unsigned char *entry = node_page + put * NODE_ENTRY;
        if (nodes[i].sub)
            continue;
        le64_put(entry, nodes[i].id);
        le64_put(entry + 8, put_block(&build, nodes[i].data, nodes[i].len, false));
        le64_put(entry + 16, put_subs(&build, nodes + i + 1, count - i - 1));
        le32_put(entry + 24, nodes[i].parent);
        put++;
    }
    for (size_t i = 0; i < build.count; i++) {
        unsigned char *entry = block_page + i * BLOCK_ENTRY;
        le64_put(entry, build.blocks[i].id);
        le64_put(entry + 8, build.blocks[i].at);
        le16_put(entry + 16, build.blocks[i].len);
        le16_put(entry + 18, 2);
    }
    fill_to(out, (out->len + PAGE - 1) / PAGE * PAGE);
    node_place.at = out->len;
    put_page(out, node_page, NODE_TABLE, put, NODE_ENTRY, node_place.id);
    block_place.at = out->len;
    put_page(out, block_page, BLOCK_TABLE, build.count, BLOCK_ENTRY, block_place.id);
    put_header(out, &node_place, &block_place);
}

/* A heap on a node ([MS-PST] 2.3.1): a head, items one behind the other, and where each starts. */
struct heap {
    struct buf *out;
    uint16_t starts[ITEMS_MAX + 1];
    uint16_t count;
};

static void heap_start(struct heap *heap, uint8_t client, struct buf *out)
{
    buf_init(out, PST_BLOCK_BYTES);
    fill_to(out, 12);
    out->data[2] = (char)0xEC;
    out->data[3] = (char)client;
    *heap = (struct heap){.out = out, .starts = {12}};
}

/* The identifier of a new item. */
static uint32_t heap_add(struct heap *heap, const void *data, size_t len)
{
    BUG_IF(heap->count >= ITEMS_MAX);
    (void)buf_append(heap->out, data, len);
    heap->starts[++heap->count] = (uint16_t)heap->out->len;
    return (uint32_t)heap->count << 5;
}

static void heap_end(struct heap *heap, uint32_t root)
{
    unsigned char bytes[4] = {0};

    fill_to(heap->out, (heap->out->len + 1) / 2 * 2);
    le16_put(heap->out->data, (uint16_t)heap->out->len);
    le32_put(heap->out->data + 4, root);
    le16_put(bytes, heap->count);
    (void)buf_append(heap->out, bytes, 4);
    for (uint16_t i = 0; i <= heap->count; i++) {
        le16_put(bytes, heap->starts[i]);
        (void)buf_append(heap->out, bytes, 2);
    }
}

/* A tree of one leaf ([MS-PST] 2.3.2). */
static uint32_t heap_tree(struct heap *heap, uint8_t key, uint8_t value, const struct buf *records)
{
    unsigned char head[8] = {0xB5, key, value};

    if (records->len)
        le32_put(head + 4, heap_add(heap, records->data, records->len));
    return heap_add(heap, head, sizeof(head));
}

/* What stands in the four bytes of a value: itself, or the identifier of the item with it. */
static uint32_t heap_value(struct heap *heap, uint32_t tag, const struct pst_prop *prop)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};
    const char *text = prop->data;

    if (!prop->data)
        return prop->number;
    if ((tag & 0xFFFF) != 0x1F)
        return heap_add(heap, prop->data, prop->len);
    buf_init(&wide, PST_BLOCK_BYTES);
    for (size_t i = 0; text[i]; i++)
        (void)buf_append(&wide, (const char[]){text[i], '\0'}, 2);
    return heap_add(heap, wide.data, wide.len);
}

void build_pst_props(const struct pst_prop *props, struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf records = {0};
    struct heap heap;

    buf_init(&records, PST_BLOCK_BYTES);
    heap_start(&heap, 0xBC, out);
    for (; props->tag; props++) {
        unsigned char record[8];
        le16_put(record, (uint16_t)(props->tag >> 16));
        le16_put(record + 2, (uint16_t)props->tag);
        le32_put(record + 4, heap_value(&heap, props->tag, props));
        (void)buf_append(&records, record, sizeof(record));
    }
    heap_end(&heap, heap_tree(&heap, 2, 6, &records));
}

void build_pst_table(const uint32_t *tags, size_t count, const struct pst_prop *cells, size_t rows,
                     struct buf *out)
{
    CLEANUP(cleanup_buf) struct buf index = {0};
    CLEANUP(cleanup_buf) struct buf matrix = {0};
    CLEANUP(cleanup_buf) struct buf head = {0};
    unsigned char bytes[22] = {0x7C, (uint8_t)count};
    struct heap heap;

    buf_init(&index, PST_BLOCK_BYTES);
    buf_init(&matrix, PST_BLOCK_BYTES);
    buf_init(&head, PST_BLOCK_BYTES);
    heap_start(&heap, 0x7C, out);
    for (size_t row = 0; row < rows; row++) {
        unsigned char number[8];
        for (size_t i = 0; i < count; i++) {
            le32_put(number, heap_value(&heap, tags[i], &cells[row * count + i]));
            (void)buf_append(&matrix, number, 4);
        }
        (void)buf_append_char(&matrix, (char)0xFF); /* which columns have a value: all */
        le32_put(number, cells[row * count].number);
        le32_put(number + 4, (uint32_t)row);
        (void)buf_append(&index, number, sizeof(number));
    }
    for (int i = 0; i < 3; i++) /* where fields of 4, 2 and 1 bytes end, and those bits */
        le16_put(bytes + 2 + 2 * i, (uint16_t)(4 * count));
    le16_put(bytes + 8, (uint16_t)(4 * count + 1));
    le32_put(bytes + 10, heap_tree(&heap, 4, 4, &index));
    le32_put(bytes + 14, rows ? heap_add(&heap, matrix.data, matrix.len) : 0);
    (void)buf_append(&head, bytes, sizeof(bytes));
    for (size_t i = 0; i < count; i++) {
        unsigned char column[8];
        le32_put(column, tags[i]);
        le16_put(column + 4, (uint16_t)(4 * i));
        column[6] = 4;
        column[7] = (uint8_t)i;
        (void)buf_append(&head, column, sizeof(column));
    }
    heap_end(&heap, heap_add(&heap, head.data, head.len));
}
