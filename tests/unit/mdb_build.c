#include "mdb_build.h"

#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/err.h"

/* The head is encrypted by RC4 with a key that is the same everywhere. */
static void lock_head(unsigned char *data, size_t len)
{
    static const unsigned char KEY[] = {0xC7, 0xDA, 0x39, 0x6B};
    unsigned char state[256];
    unsigned char j = 0;

    for (unsigned i = 0; i < 256; i++)
        state[i] = (unsigned char)i;
    for (unsigned i = 0; i < 256; i++) {
        j = (unsigned char)(j + state[i] + KEY[i % sizeof(KEY)]);
        unsigned char kept = state[i];
        state[i] = state[j];
        state[j] = kept;
    }
    j = 0;
    for (size_t n = 0; n < len; n++) {
        unsigned char i = (unsigned char)(n + 1);
        j = (unsigned char)(j + state[i]);
        unsigned char kept = state[i];
        state[i] = state[j];
        state[j] = kept;
        data[n] ^= state[(unsigned char)(state[i] + state[j])];
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

void build_mdb(const struct mdb_build_page *pages, size_t count, struct buf *out)
{
    enum { LOCKED_AT = 0x18, LOCKED = 126, CODE_PAGE_AT = 0x3C };
    unsigned char page[MDB_PAGE_BYTES] = {0,   1,   0,   0,   'S', 't', 'a', 'n', 'd', 'a',
                                          'r', 'd', ' ', 'J', 'e', 't', ' ', 'D', 'B'};

    buf_init(out, (size_t)(MDB_PAGES_MAX + 1) * MDB_PAGE_BYTES);
    le16_put(page + CODE_PAGE_AT, 1252);
    lock_head(page + LOCKED_AT, LOCKED);
    (void)buf_append(out, page, sizeof(page));
    for (size_t i = 0; i < count && i < MDB_PAGES_MAX; i++) {
        size_t head = least(pages[i].head_len, sizeof(page));
        size_t tail = least(pages[i].tail_len, sizeof(page) - head);
        memset(page, 0, sizeof(page));
        if (head)
            memcpy(page, pages[i].head, head);
        if (tail)
            memcpy(page + sizeof(page) - tail, pages[i].tail, tail);
        (void)buf_append(out, page, sizeof(page));
    }
}

/* ---- a sample ---- */

enum {
    PAGE_DATA = 1,
    PAGE_TABLE = 2,
    TYPE_INT = 3,
    TYPE_LONG = 4,
    TYPE_MONEY = 5,
    TYPE_DOUBLE = 7,
    TYPE_DATE = 8,
    TYPE_TEXT = 10,
    TYPE_OLE = 11,
    TYPE_MEMO = 12,
    /* pages, in their order */
    MAPS = 1,
    CATALOGUE,
    CATALOGUE_ROWS,
    CARGO,
    CARGO_ROWS,
};

struct column {
    const char *name;
    uint8_t type, fixed_size; /* 0: of any size */
};

static const struct column CATALOGUE_COLUMNS[] = {{"Id", TYPE_LONG, 4},
                                                  {"Type", TYPE_INT, 2},
                                                  {"Flags", TYPE_LONG, 4},
                                                  {"Name", TYPE_TEXT, 0},
                                                  {"LvProp", TYPE_OLE, 0}};
static const struct column CARGO_COLUMNS[] = {{"Number", TYPE_LONG, 4},   {"Paid", TYPE_MONEY, 8},
                                              {"Weight", TYPE_DOUBLE, 8}, {"Sailed", TYPE_DATE, 8},
                                              {"Good", TYPE_TEXT, 0},     {"Notes", TYPE_MEMO, 0}};

/* The definition of a table whose rows stand where row `map` of the maps says. */
static void put_table(const struct column *columns, size_t count, uint32_t rows, uint32_t map,
                      struct buf *out)
{
    unsigned char head[43] = {PAGE_TABLE, 1};
    uint16_t fixed = 0, at = 0, any = 0;

    buf_init(out, MDB_PAGE_BYTES);
    for (size_t i = 0; i < count; i++)
        any += !columns[i].fixed_size;
    le32_put(head + 12, rows);
    head[20] = 0x4E;
    le16_put(head + 21, (uint16_t)count);
    le16_put(head + 23, any);
    le16_put(head + 25, (uint16_t)count);
    le32_put(head + 35, MAPS << 8 | map);
    le32_put(head + 39, MAPS << 8 | map);
    (void)buf_append(out, head, sizeof(head));
    for (size_t i = 0; i < count; i++) {
        unsigned char column[18] = {columns[i].type, (unsigned char)i};
        bool is_fixed = columns[i].fixed_size;
        le16_put(column + 3, is_fixed ? 0 : fixed++);
        le16_put(column + 5, (uint16_t)i);
        column[13] = is_fixed ? 3 : 2;
        le16_put(column + 14, is_fixed ? at : 0);
        le16_put(column + 16, is_fixed ? columns[i].fixed_size : 255);
        at += columns[i].fixed_size;
        (void)buf_append(out, column, sizeof(column));
    }
    for (size_t i = 0; i < count; i++) {
        (void)buf_append_char(out, (char)strlen(columns[i].name));
        (void)buf_append_str(out, columns[i].name);
    }
}

/* Rows of a page, the last at the front; `head` says where each starts, `tail` is initialised. */
struct rows {
    struct buf *head, *tail;
};

static void rows_start(struct rows *rows, uint32_t table, struct buf *head, struct buf *tail)
{
    unsigned char bytes[10] = {PAGE_DATA, 1};

    *rows = (struct rows){head, tail};
    buf_init(head, MDB_PAGE_BYTES);
    le32_put(bytes + 4, table);
    (void)buf_append(head, bytes, sizeof(bytes));
}

static void rows_add(struct rows *rows, const void *data, size_t len)
{
    unsigned char start[2];
    char *space = buf_reserve(rows->tail, len);

    BUG_IF(!space);
    memmove(rows->tail->data + len, rows->tail->data, rows->tail->len);
    memcpy(rows->tail->data, data, len);
    rows->tail->len += len;
    le16_put(start, (uint16_t)(MDB_PAGE_BYTES - rows->tail->len));
    (void)buf_append(rows->head, start, sizeof(start));
    le16_put(rows->head->data + 8, (uint16_t)(le16_get(rows->head->data + 8) + 1));
}

/* A row: how many columns, those of one size, the others, where these end and start, the last
 * first, how many they are, and which columns have a value. */
static void rows_add_values(struct rows *rows, size_t columns, const struct buf *fixed,
                            const struct buf *others, size_t count)
{
    CLEANUP(cleanup_buf) struct buf row = {0};
    unsigned char starts[8];

    BUG_IF(count > sizeof(starts));
    buf_init(&row, MDB_PAGE_BYTES);
    (void)buf_append_char(&row, (char)columns);
    (void)buf_append(&row, fixed->data, fixed->len);
    for (size_t i = 0; i < count; i++) {
        starts[i] = (unsigned char)row.len;
        (void)buf_append(&row, others[i].data, others[i].len);
    }
    (void)buf_append_char(&row, (char)row.len);
    for (size_t i = count; i-- > 0;)
        (void)buf_append_char(&row, (char)starts[i]);
    (void)buf_append_char(&row, (char)count);
    (void)buf_append_char(&row, (char)0xFF);
    rows_add(rows, row.data, row.len);
}

static void put_number(struct buf *to, uint64_t number, size_t len)
{
    unsigned char bytes[8];

    le64_put(bytes, number);
    (void)buf_append(to, bytes, len);
}

static void put_double(struct buf *to, double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof(bits));
    put_number(to, bits, sizeof(bits));
}

/* A long value inside its row. */
static void put_long(struct buf *to, const void *data, size_t len)
{
    put_number(to, len | 0x80000000u, 8);
    put_number(to, 0, 4);
    (void)buf_append(to, data, len);
}

static void put_catalogue(struct rows *rows)
{
    /* a block of names, and one of values: "Title" is "Ships" */
    static const unsigned char PROPERTIES[] = {
        'K', 'K', 'D', 0,  13,        0, 0, 0, 0x80, 0,   5,   0,   'T', 'i',
        't', 'l', 'e', 25, 0,         0, 0, 0, 0,    6,   0,   0,   0,   0,
        0,   13,  0,   0,  TYPE_TEXT, 0, 0, 5, 0,    'S', 'h', 'i', 'p', 's'};
    static const struct {
        const char *name;
        uint32_t page, type, flags;
    } OBJECTS[] = {{"MSysObjects", CATALOGUE, 1, 0x80000000u},
                   {"Cargo", CARGO, 1, 0},
                   {"SummaryInfo", 0, 3, 0}};

    for (size_t i = 0; i < ARRAY_LEN(OBJECTS); i++) {
        struct buf fixed, others[2];
        buf_init(&fixed, MDB_PAGE_BYTES);
        buf_init(&others[0], MDB_PAGE_BYTES);
        buf_init(&others[1], MDB_PAGE_BYTES);
        put_number(&fixed, OBJECTS[i].page, 4);
        put_number(&fixed, OBJECTS[i].type, 2);
        put_number(&fixed, OBJECTS[i].flags, 4);
        (void)buf_append_str(&others[0], OBJECTS[i].name);
        put_long(&others[1], PROPERTIES, sizeof(PROPERTIES));
        rows_add_values(rows, ARRAY_LEN(CATALOGUE_COLUMNS), &fixed, others, 2);
        buf_release(&fixed);
        buf_release(&others[0]);
        buf_release(&others[1]);
    }
}

static void put_cargo(struct rows *rows)
{
    static const char *const GOODS[] = {"Herring", "Timber"};

    for (size_t i = 0; i < ARRAY_LEN(GOODS); i++) {
        struct buf fixed, others[2];
        buf_init(&fixed, MDB_PAGE_BYTES);
        buf_init(&others[0], MDB_PAGE_BYTES);
        buf_init(&others[1], MDB_PAGE_BYTES);
        put_number(&fixed, 41 + i, 4);
        put_number(&fixed, 125000, 8);
        put_double(&fixed, 2.5);
        put_double(&fixed, 36526.25);
        (void)buf_append_str(&others[0], GOODS[i]);
        put_long(&others[1], "by Monday", 9);
        rows_add_values(rows, ARRAY_LEN(CARGO_COLUMNS), &fixed, others, 2);
        buf_release(&fixed);
        buf_release(&others[0]);
        buf_release(&others[1]);
    }
}

/* Maps of the pages with a table's rows: a kind, the first page, and a bit for each. */
static void put_maps(struct rows *rows)
{
    unsigned char map[16] = {0};

    map[5] = 1 << CATALOGUE_ROWS;
    rows_add(rows, map, sizeof(map));
    map[5] = 1 << CARGO_ROWS;
    rows_add(rows, map, sizeof(map));
}

void sample_mdb(struct mdb_build_page pages[MDB_SAMPLE_PAGES],
                struct buf bytes[2 * MDB_SAMPLE_PAGES])
{
    struct rows rows;

    for (size_t i = 0; i < MDB_SAMPLE_PAGES; i++)
        buf_init(&bytes[2 * i + 1], MDB_PAGE_BYTES);
    rows_start(&rows, 0, &bytes[0], &bytes[1]);
    put_maps(&rows);
    put_table(CATALOGUE_COLUMNS, ARRAY_LEN(CATALOGUE_COLUMNS), 3, 0, &bytes[2]);
    rows_start(&rows, CATALOGUE, &bytes[4], &bytes[5]);
    put_catalogue(&rows);
    put_table(CARGO_COLUMNS, ARRAY_LEN(CARGO_COLUMNS), 2, 1, &bytes[6]);
    rows_start(&rows, CARGO, &bytes[8], &bytes[9]);
    put_cargo(&rows);
    for (size_t i = 0; i < MDB_SAMPLE_PAGES; i++) {
        const struct buf *head = &bytes[2 * i];
        pages[i] = (struct mdb_build_page){head->data, head[1].data, head->len, head[1].len};
    }
}
