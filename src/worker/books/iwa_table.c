/*
 * Tables of an .iwa document. A model names its strings (a list of keys and texts) and its tiles;
 * a tile has rows; a row has a buffer of cells and an array of where each column's cell begins.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "worker/books/iwork.h"

enum { COLUMNS_MAX = 4096, STRINGS_MAX = 1 << 20 };
/* Types of cells. */
enum { CELL_NUMBER = 2, CELL_TEXT = 3, CELL_DATE = 5, CELL_TRUTH = 6, CELL_DURATION = 7 };
/* Seconds from 1970 to 2001, where Apple's clock starts. */
#define EPOCH_2001 978307200.0

struct text_row {
    uint64_t key;
    struct span text;
};

struct strings {
    struct text_row *rows;
    size_t count;
};

static int by_key(const void *a, const void *b)
{
    const struct text_row *left = a, *right = b;

    return left->key < right->key ? -1 : left->key > right->key;
}

/* TST.TableDataList: 3 entries of 1 key, 3 string. */
static void strings_read(const struct iwa *iwa, uint64_t id, struct strings *strings)
{
    const struct iwa_object *list = iwa_find(iwa, id);
    struct span message = list ? list->message : (struct span){0};
    struct field field;

    *strings = (struct strings){0};
    while (field_next(&message, &field) && strings->count < STRINGS_MAX) {
        if (field.number != 3)
            continue;
        strings->rows = mem_room(strings->rows, strings->count, sizeof(*strings->rows));
        strings->rows[strings->count++] =
            (struct text_row){field_of(field.span, 1).value, field_of(field.span, 3).span};
    }
    if (strings->count)
        qsort(strings->rows, strings->count, sizeof(*strings->rows), by_key);
}

static void put_string(const struct strings *strings, uint64_t key, struct buf *out)
{
    struct text_row wanted = {.key = key};
    const struct text_row *row = strings->count ? bsearch(&wanted, strings->rows, strings->count,
                                                          sizeof(*strings->rows), by_key)
                                                : NULL;

    for (size_t i = 0; row && i < row->text.len; i++) {
        char c = (char)row->text.data[i];
        (void)buf_append_char(out, c == '\n' || c == '\t' || c == '\0' ? ' ' : c);
    }
}

void iwork_put_date(double seconds, struct buf *out)
{
    struct tm tm;

    if (!(fabs(seconds) < 1e12)) /* nor not-a-number */
        return;
    time_t time = (time_t)(seconds + EPOCH_2001);
    if (!gmtime_r(&time, &tm))
        return;
    (void)buf_printf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    if (tm.tm_hour || tm.tm_min || tm.tm_sec)
        (void)buf_printf(out, " %02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static double double_get(const unsigned char *at)
{
    uint64_t bits = le64_get(at);
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* IEEE 754 decimal128 with a binary coefficient of up to 113 bits. */
static double decimal_get(const unsigned char *at)
{
    int exponent = ((at[15] & 0x7F) << 7 | at[14] >> 1) - 0x1820;
    double value = at[14] & 1;

    for (int i = 13; i >= 0; i--)
        value = value * 256 + at[i];
    value *= pow(10, exponent);
    return at[15] & 0x80 ? -value : value;
}

void iwork_put_number(double number, struct buf *out)
{
    if (isfinite(number))
        (void)buf_printf(out, "%.15g", number);
}

static void put_number(double number, int type, struct buf *out)
{
    if (type == CELL_TRUTH)
        (void)buf_append_str(out, number != 0 ? "TRUE" : "FALSE");
    else
        iwork_put_number(number, out);
}

/* Cells since 2020: type at 1, flags at 8; from 12 the fields whose flags are set, in order. */
static void put_cell_5(const unsigned char *cell, size_t len, const struct strings *strings,
                       struct buf *out)
{
    enum { DECIMAL = 1, DOUBLE = 2, SECONDS = 4, STRING = 8 };
    uint32_t flags = le32_get(cell + 8);
    size_t at = 12;

    if (flags & DECIMAL) {
        if (len - at < 16)
            return;
        put_number(decimal_get(cell + at), cell[1], out);
        at += 16;
    }
    if (flags & DOUBLE) {
        if (len - at < 8)
            return;
        put_number(double_get(cell + at), cell[1], out);
        at += 8;
    }
    if (flags & SECONDS) {
        if (len - at < 8)
            return;
        iwork_put_date(double_get(cell + at), out);
        at += 8;
    }
    if (flags & STRING && len - at >= 4)
        put_string(strings, le32_get(cell + at), out);
}

/* Cells before: type at 1 (at 2 in the oldest), flags at 4; from 12 a number for each of some
 * flags, then the value. */
static void put_cell_4(const unsigned char *cell, size_t len, const struct strings *strings,
                       struct buf *out)
{
    enum { BEFORE = 0x0D8E };
    uint32_t flags = le32_get(cell + 4);
    size_t at = 12 + 4 * (size_t)__builtin_popcount(flags & BEFORE);
    int type = cell[0] < 4 ? cell[2] : cell[1];

    if (at + 4 > len)
        return;
    if (type == CELL_TEXT)
        put_string(strings, le32_get(cell + at), out);
    else if (at + 8 <= len && type == CELL_DATE)
        iwork_put_date(double_get(cell + at), out);
    else if (at + 8 <= len && (type == CELL_NUMBER || type == CELL_TRUTH || type == CELL_DURATION))
        put_number(double_get(cell + at), type, out);
}

/* TST.TileRowInfo: 3 and 4 old cells and places, 6 and 7 new ones, 8 places count in fours. */
static void put_row(struct span row, const struct strings *strings, struct buf *out)
{
    struct span cells = field_of(row, 6).span, places = field_of(row, 7).span;
    size_t unit = field_of(row, 8).value ? 4 : 1;
    bool old = cells.len == 0;

    if (old) {
        cells = field_of(row, 3).span;
        places = field_of(row, 4).span;
        unit = 1;
    }
    size_t columns = places.len / 2 < COLUMNS_MAX ? places.len / 2 : COLUMNS_MAX;
    size_t start = out->len, end = out->len;
    for (size_t i = 0; i < columns; i++) {
        size_t at = le16_get(places.data + 2 * i) * unit;
        if (i)
            (void)buf_append_char(out, '\t');
        if (le16_get(places.data + 2 * i) == UINT16_MAX || at > cells.len || cells.len - at < 12)
            continue;
        size_t before = out->len;
        (old ? put_cell_4 : put_cell_5)(cells.data + at, cells.len - at, strings, out);
        if (out->len > before)
            end = out->len;
    }
    out->len = end > start ? end : start; /* without the tabs of empty columns */
    (void)buf_append_char(out, '\n');
}

/* TST.Tile: 5 rows. */
static void send_tile(struct span tile, const struct strings *strings, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf row = {0};
    struct field field;

    buf_init(&row, IWORK_PART_BYTES);
    while (field_next(&tile, &field) && !emit->stop) {
        if (field.number != 5)
            continue;
        buf_clear(&row);
        put_row(field.span, strings, &row);
        emit_flow(emit, TEXT_MAIN, row.data, row.len);
    }
}

/* TST.TableModelArchive: 4 data store, 8 name. DataStore: 3 tile storage, 4 strings. TileStorage: 1
 * tiles, each 2 a reference. */
void iwa_table_send(const struct iwa *iwa, struct span model, struct emit *emit)
{
    struct span name = field_of(model, 8).span, store = field_of(model, 4).span;
    struct span tiles = field_of(store, 3).span;
    struct strings strings;
    struct field field;

    emit_flow_str(emit, TEXT_MAIN, "\n");
    emit_flow(emit, TEXT_MAIN, (const char *)name.data, name.len);
    emit_flow_str(emit, TEXT_MAIN, "\n");
    strings_read(iwa, field_reference(store, 4), &strings);
    while (field_next(&tiles, &field) && !emit->stop) {
        const struct iwa_object *tile =
            field.number == 1 ? iwa_find(iwa, field_reference(field.span, 2)) : NULL;
        if (tile)
            send_tile(tile->message, &strings, emit);
    }
    free(strings.rows);
}
