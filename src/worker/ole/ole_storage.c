#include "worker/ole/ole_storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "worker/ole/ole_object.h"
#include "worker/sniff/sniff.h"

enum {
    SECTOR = 512,
    MINI = 64,
    MINI_BELOW = 4096,
    ENTRY = 128,
    HEADER_FAT = 109,
    NAME_UNITS = 31,
    LISTED = SECTOR / 4 - 1, /* tables a sector of their list names */
};

static const uint32_t END_OF_CHAIN = 0xFFFFFFFE;
static const uint32_t FREE_SECTOR = 0xFFFFFFFF;
static const uint32_t FAT_SECTOR = 0xFFFFFFFD;
static const uint32_t LIST_SECTOR = 0xFFFFFFFC;
static const uint32_t NO_ENTRY = 0xFFFFFFFF;

struct writer {
    const struct cfb *cfb;
    struct buf directory, data, mini, fat, mini_fat;
    bool bad;
};

static uint32_t sectors_of(size_t len, size_t sector)
{
    return (uint32_t)((len + sector - 1) / sector);
}

static void pad(struct buf *buf, size_t sector, char with)
{
    while (buf->len % sector && !buf->full)
        (void)buf_append_char(buf, with);
}

static void append32(struct buf *buf, uint32_t value)
{
    unsigned char bytes[4];

    le32_put(bytes, value);
    (void)buf_append(buf, bytes, sizeof(bytes));
}

/* A chain of sectors that follow each other. */
static uint32_t chain(struct buf *table, uint32_t count)
{
    uint32_t start = (uint32_t)(table->len / 4);

    for (uint32_t i = 1; i <= count; i++)
        append32(table, i < count ? start + i : END_OF_CHAIN);
    return count ? start : END_OF_CHAIN;
}

static uint32_t put_sectors(struct writer *writer, struct buf *bytes)
{
    uint32_t count = sectors_of(bytes->len, SECTOR);

    (void)buf_append(&writer->data, bytes->data, bytes->len);
    writer->bad |= writer->data.full;
    pad(&writer->data, SECTOR, 0);
    return chain(&writer->fat, count);
}

static uint32_t put_stream(struct writer *writer, const struct cfb_entry *stream, uint64_t *ret_len)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, OLE_STORAGE_BYTES);
    (void)cfb_read(writer->cfb, stream, &bytes);
    writer->bad |= bytes.full;
    *ret_len = bytes.len;
    if (bytes.len >= MINI_BELOW)
        return put_sectors(writer, &bytes);
    (void)buf_append(&writer->mini, bytes.data, bytes.len);
    writer->bad |= writer->mini.full;
    pad(&writer->mini, MINI, 0);
    return chain(&writer->mini_fat, sectors_of(bytes.len, MINI));
}

static size_t name_units(const char *name, uint16_t out[NAME_UNITS + 1])
{
    size_t units = 0;
    size_t len = strlen(name);

    for (size_t at = 0; at < len && units < NAME_UNITS;) {
        uint32_t rune;
        at += utf8_decode(name + at, len - at, &rune);
        out[units++] = rune < 0x10000 ? (uint16_t)rune : 0xFFFD;
    }
    return units;
}

static size_t add_entry(struct writer *writer, const struct cfb_entry *entry, bool root)
{
    unsigned char record[ENTRY] = {0};
    uint16_t units[NAME_UNITS + 1];
    size_t index = writer->directory.len / ENTRY;
    size_t count = name_units(root ? "Root Entry" : entry->name, units);
    uint64_t len = 0;

    if (index >= OLE_STORAGE_ENTRIES) {
        writer->bad = true;
        return index;
    }
    for (size_t i = 0; i < count; i++)
        le16_put(record + 2 * i, units[i]);
    le16_put(record + 64, (uint16_t)(2 * (count + 1)));
    record[66] = root ? CFB_ROOT : (unsigned char)entry->type;
    record[67] = 1;
    le32_put(record + 68, NO_ENTRY);
    le32_put(record + 72, NO_ENTRY);
    le32_put(record + 76, NO_ENTRY);
    memcpy(record + 80, entry->clsid, 16);
    le32_put(record + 116,
             entry->type == CFB_STREAM && !root ? put_stream(writer, entry, &len) : 0);
    le32_put(record + 120, (uint32_t)len);
    (void)buf_append(&writer->directory, record, ENTRY);
    return index;
}

static void set_link(struct writer *writer, size_t index, size_t field, size_t value)
{
    le32_put(writer->directory.data + index * ENTRY + field, (uint32_t)value);
}

/* Entries are ordered by the length of their names, then by their letters. */
static int compare(const void *a, const void *b)
{
    const struct cfb_entry *const *left = a;
    const struct cfb_entry *const *right = b;
    size_t left_len = utf8_count((*left)->name, strlen((*left)->name));
    size_t right_len = utf8_count((*right)->name, strlen((*right)->name));

    if (left_len != right_len)
        return left_len < right_len ? -1 : 1;
    return strcasecmp((*left)->name, (*right)->name);
}

static void add_children(struct writer *writer, const struct cfb_entry *storage, size_t index,
                         unsigned depth);

/* A balanced tree of the sorted entries; returns the index of its top. */
static uint32_t add_tree(struct writer *writer, const struct cfb_entry **entries, size_t count,
                         unsigned depth)
{
    if (count == 0 || writer->bad)
        return NO_ENTRY;
    size_t middle = count / 2;
    size_t index = add_entry(writer, entries[middle], false);
    if (writer->bad)
        return NO_ENTRY;
    set_link(writer, index, 68, add_tree(writer, entries, middle, depth));
    set_link(writer, index, 72, add_tree(writer, entries + middle + 1, count - middle - 1, depth));
    if (entries[middle]->type == CFB_STORAGE)
        add_children(writer, entries[middle], index, depth + 1);
    return (uint32_t)index;
}

static void add_children(struct writer *writer, const struct cfb_entry *storage, size_t index,
                         unsigned depth)
{
    size_t count = 0;

    for (const struct cfb_entry *e = storage->first; e; e = e->next)
        count++;
    if (count > OLE_STORAGE_ENTRIES || depth > OLE_STORAGE_DEPTH) {
        writer->bad = true;
        return;
    }
    CLEANUP(cleanup_free)
    // NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers is meant
    const struct cfb_entry **entries = mem_zalloc(count + 1, sizeof(*entries));
    count = 0;
    for (const struct cfb_entry *e = storage->first; e; e = e->next)
        entries[count++] = e;
    // NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers is meant
    qsort(entries, count, sizeof(*entries), compare);
    uint32_t top = add_tree(writer, entries, count, depth);
    if (!writer->bad)
        set_link(writer, index, 76, top);
}

/* The last pieces: tables of sectors, then the header before everything. */
static void put_file(struct writer *writer, struct buf *out)
{
    unsigned char header[SECTOR] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    uint32_t mini_sectors = sectors_of(writer->mini_fat.len, SECTOR);

    set_link(writer, 0, 120, writer->mini.len);
    set_link(writer, 0, 116, writer->mini.len ? put_sectors(writer, &writer->mini) : END_OF_CHAIN);
    pad(&writer->mini_fat, SECTOR, (char)0xFF);
    uint32_t mini_start = put_sectors(writer, &writer->mini_fat);
    while (writer->directory.len % SECTOR)
        (void)buf_append_char(&writer->directory, 0);
    uint32_t directory_start = put_sectors(writer, &writer->directory);

    /* The allocation table describes its own sectors too, and those that list them. */
    uint32_t used = (uint32_t)(writer->fat.len / 4);
    uint32_t tables = 1;
    uint32_t lists = 0;
    while ((uint64_t)tables * (SECTOR / 4) < (uint64_t)used + tables + lists) {
        tables++;
        lists = tables > HEADER_FAT ? (tables - HEADER_FAT + LISTED - 1) / LISTED : 0;
    }
    for (uint32_t i = 0; i < tables; i++)
        append32(&writer->fat, FAT_SECTOR);
    for (uint32_t i = 0; i < lists; i++)
        append32(&writer->fat, LIST_SECTOR);
    pad(&writer->fat, SECTOR, (char)0xFF);

    le16_put(header + 24, 0x3E);
    le16_put(header + 26, 3);
    le16_put(header + 28, 0xFFFE);
    le16_put(header + 30, 9);
    le16_put(header + 32, 6);
    le32_put(header + 44, tables);
    le32_put(header + 48, directory_start);
    le32_put(header + 56, MINI_BELOW);
    le32_put(header + 60, mini_start);
    le32_put(header + 64, mini_sectors);
    le32_put(header + 68, lists ? used + tables : END_OF_CHAIN);
    le32_put(header + 72, lists);
    for (uint32_t i = 0; i < HEADER_FAT; i++)
        le32_put(header + 76 + (size_t)4 * i, i < tables ? used + i : FREE_SECTOR);
    (void)buf_append(out, header, SECTOR);
    (void)buf_append(out, writer->data.data, writer->data.len);
    (void)buf_append(out, writer->fat.data, writer->fat.len);
    for (uint32_t i = 0; i < lists; i++) {
        for (uint32_t j = 0; j < LISTED; j++) {
            uint32_t table = HEADER_FAT + i * LISTED + j;
            append32(out, table < tables ? used + table : FREE_SECTOR);
        }
        append32(out, i + 1 < lists ? used + tables + i + 1 : END_OF_CHAIN);
    }
}

bool ole_storage_write(const struct cfb *cfb, const struct cfb_entry *storage, struct buf *out)
{
    struct writer writer = {.cfb = cfb};

    buf_init(out, OLE_STORAGE_BYTES + ((size_t)8 << 20));
    buf_init(&writer.directory, (size_t)(OLE_STORAGE_ENTRIES + 8) * ENTRY);
    buf_init(&writer.data, OLE_STORAGE_BYTES + ((size_t)8 << 20));
    buf_init(&writer.mini, (size_t)OLE_STORAGE_ENTRIES * MINI_BELOW);
    buf_init(&writer.fat, (size_t)4 << 20);
    buf_init(&writer.mini_fat, (size_t)4 << 20);
    (void)add_entry(&writer, storage, true);
    add_children(&writer, storage, 0, 0);
    if (!writer.bad)
        put_file(&writer, out);
    buf_release(&writer.directory);
    buf_release(&writer.data);
    buf_release(&writer.mini);
    buf_release(&writer.fat);
    buf_release(&writer.mini_fat);
    return !writer.bad && !out->full;
}

/* ---- children ---- */

static void send_bytes(const char *name, const struct buf *bytes, struct emit *emit)
{
    emit_child(emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(emit, bytes->data, bytes->len);
    emit_child_end(emit, bytes->full ? REASON_LIMIT_SIZE : REASON_NONE,
                   bytes->full ? "an embedded file larger than the limit" : "");
}

/* Where a stream holds the embedded file itself. */
static bool send_inner(const struct cfb *cfb, const struct cfb_entry *storage, const char *name,
                       struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    const struct cfb_entry *native = cfb_child(storage, "\001Ole10Native");
    const struct cfb_entry *package = cfb_child(storage, "Package");
    const struct cfb_entry *contents = cfb_child(storage, "CONTENTS");

    buf_init(&bytes, OLE_STORAGE_BYTES);
    if (native) {
        (void)cfb_read(cfb, native, &bytes);
        size_t skip = bytes.len > 4 ? 4 : 0;
        ole_native_send((const unsigned char *)bytes.data + skip, bytes.len - skip, name, emit);
        return true;
    }
    if (package && package->type == CFB_STREAM) {
        (void)cfb_read(cfb, package, &bytes);
        send_bytes(name, &bytes, emit);
        return true;
    }
    if (contents && contents->type == CFB_STREAM) {
        (void)cfb_read(cfb, contents, &bytes);
        if (!sniff_magic((const unsigned char *)bytes.data, bytes.len))
            return false;
        send_bytes(name, &bytes, emit);
        return true;
    }
    return false;
}

static const char *suffix_of(const struct cfb_entry *storage)
{
    static const struct {
        const char *stream, *suffix;
    } known[] = {
        {"WordDocument", ".doc"},   {"Workbook", ".xls"},
        {"Book", ".xls"},           {"PowerPoint Document", ".ppt"},
        {"VisioDocument", ".vsd"},  {"__properties_version1.0", ".msg"},
        {"Equation Native", ".eq"},
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (cfb_child(storage, known[i].stream))
            return known[i].suffix;
    return "";
}

static void send_storage(const struct cfb *cfb, const struct cfb_entry *storage, const char *name,
                         const unsigned char *whole, size_t whole_len, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf file = {0};
    char full[OLE_NAME_MAX];

    if (emit->stop || send_inner(cfb, storage, name, emit))
        return;
    const char *suffix = suffix_of(storage);
    size_t len = strlen(name);
    bool has = len > strlen(suffix) && strcasecmp(name + len - strlen(suffix), suffix) == 0;
    snprintf(full, sizeof(full), "%s%s", name, has ? "" : suffix);
    emit_child(emit, full, strlen(full), "", INT64_MIN);
    if (whole) {
        emit_child_data(emit, whole, whole_len);
        emit_child_end(emit, REASON_NONE, "");
    } else if (ole_storage_write(cfb, storage, &file)) {
        emit_child_data(emit, file.data, file.len);
        emit_child_end(emit, REASON_NONE, "");
    } else {
        emit_child_end(emit, REASON_LIMIT_SIZE, "an embedded document larger than the limit");
    }
}

void ole_storage_send(const struct cfb *cfb, const struct cfb_entry *storage, const char *name,
                      struct emit *emit)
{
    send_storage(cfb, storage, name, NULL, 0, emit);
}

void ole_compound_send(const unsigned char *data, size_t len, const char *name, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(data, len);

    if (cfb) {
        send_storage(cfb, cfb_root(cfb), name, data, len, emit);
        return;
    }
    emit_child(emit, name, strlen(name), "", INT64_MIN);
    emit_child_data(emit, data, len);
    emit_child_end(emit, REASON_NONE, "");
}
