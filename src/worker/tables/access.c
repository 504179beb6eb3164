#include "worker/tables/access.h"

#include <math.h>
#include <mdbtools.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/sniff/sniff.h"
#include "worker/tables/tables.h"

enum {
    BOUND_BYTES = 256, /* of a number as text */
    LONG_MAX_BYTES = 64 << 20,
    ROWS_MAX = 100000000,
    VERSION_AT = 0x14,
    TABLES_MAX = 10000,
};

/* Flags in the length of a long value. */
#define LONG_INLINE 0x80000000u
#define LONG_ONE_PAGE 0x40000000u

struct access {
    MdbHandle *mdb;
    struct emit *emit;
    struct tables tables;
    const char *charset; /* of Jet 3; later ones have Unicode */
    struct buf raw, text;
    size_t pages; /* of the file */
    unsigned linked, documents;
};

/* How the library shall read names, said before it opens a database: it has the converters that
 * need no file. */
static void prepare(void)
{
    (void)setenv("MDB_JET3_CHARSET", "UTF-8", 1);
    (void)setenv("MDBICONV", "UTF-8", 1);
}

static const char *charset_of_code_page(unsigned code_page)
{
    char name[16];

    snprintf(name, sizeof(name), "cp%u", code_page);
    const char *known = charset_known(name);
    return known ? known : "windows-1252";
}

/* Jet 4 leaves out the zeros of Latin text; FF FE marks it, 00 switches to and fro. */
static void uncompress(const unsigned char *data, size_t len, struct buf *out)
{
    bool compressed = true;

    for (size_t i = 2; i < len;) {
        if (data[i] == 0 && compressed) {
            compressed = false;
            i++;
        } else if (compressed) {
            (void)buf_append_char(out, (char)data[i++]);
            (void)buf_append_char(out, '\0');
        } else if (data[i] == 0 && (i + 1 >= len || data[i + 1] != 0)) {
            compressed = true;
            i++;
        } else if (i + 1 < len) {
            (void)buf_append(out, data + i, 2);
            i += 2;
        } else {
            i++;
        }
    }
}

/* Memos with formatting are HTML of a few tags: what they show. */
static void strip_markup(struct buf *text)
{
    static const struct {
        const char *entity;
        char is;
    } entities[] = {{"&nbsp;", ' '}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    char *to = text->data;
    const char *at = text->data;

    if (text->len < 7 || *at != '<' || !strstr(at, "</"))
        return;
    while (*at) {
        const char *end = *at == '<' ? strchr(at, '>') : NULL;
        size_t i = 0;
        if (end) {
            if (strncmp(at, "</div", 5) == 0 || strncmp(at, "<br", 3) == 0)
                *to++ = ' ';
            at = end + 1;
            continue;
        }
        while (i < ARRAY_LEN(entities) &&
               strncmp(at, entities[i].entity, strlen(entities[i].entity)) != 0)
            i++;
        *to++ = i < ARRAY_LEN(entities) ? entities[i].is : *at;
        at += i < ARRAY_LEN(entities) ? strlen(entities[i].entity) : 1;
    }
    *to = '\0';
    text->len = (size_t)(to - text->data);
}

static void put_text(struct access *access, const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_buf) struct buf wide = {0};

    buf_clear(&access->text);
    if (IS_JET3(access->mdb)) {
        (void)charset_to_utf8(access->charset, data, len, &access->text);
    } else if (len >= 2 && data[0] == 0xFF && data[1] == 0xFE) {
        buf_init(&wide, 2 * len);
        uncompress(data, len, &wide);
        (void)charset_to_utf8("UTF-16LE", wide.data, wide.len, &access->text);
    } else {
        (void)charset_to_utf8("UTF-16LE", data, len & ~(size_t)1, &access->text);
    }
    strip_markup(&access->text);
    table_cell(&access->tables, access->text.data, access->text.len);
}

/* Days since 1899-12-30 and the part of the day that has passed (of negative ones too). */
static void put_date(struct access *access, int start)
{
    enum { DAY_ZERO = 2415019, DAY_MS = 86400000 };
    double value = mdb_get_double(access->mdb->pg_buf, start);

    if (!(fabs(value) < 3000000)) {
        table_cell(&access->tables, "", 0);
        return;
    }
    double days = trunc(value);
    table_cell_time(&access->tables, DAY_ZERO + (int64_t)days,
                    (int64_t)(fabs(value - days) * DAY_MS));
}

/* A row of a page that holds long values; false when it lies outside. */
static bool long_row(struct access *access, uint32_t page_row, const unsigned char **ret_data,
                     size_t *ret_len)
{
    void *page;
    int at;
    size_t len;

    if (mdb_find_pg_row(access->mdb, (int)page_row, &page, &at, &len) != 0 || at < 0 ||
        at > access->mdb->fmt->pg_size || len > (size_t)(access->mdb->fmt->pg_size - at))
        return false;
    *ret_data = (const unsigned char *)page + at;
    *ret_len = len;
    return true;
}

/* A memo or an object into access->raw: beside the row, on a page of its own, or on a chain of
 * pages. */
static void read_long(struct access *access, const unsigned char *data, size_t len)
{
    const unsigned char *part;
    size_t part_len;
    size_t pages = access->pages; /* a chain that goes on for longer is a circle */

    buf_clear(&access->raw);
    if (len < MDB_MEMO_OVERHEAD)
        return;
    uint32_t size = le32_get(data);
    uint32_t page_row = le32_get(data + 4);
    if (size & LONG_INLINE) {
        (void)buf_append(&access->raw, data + MDB_MEMO_OVERHEAD, len - MDB_MEMO_OVERHEAD);
        return;
    }
    if (size & LONG_ONE_PAGE) {
        if (long_row(access, page_row, &part, &part_len))
            (void)buf_append(&access->raw, part, part_len);
        return;
    }
    while (page_row && pages-- && access->raw.len < size &&
           long_row(access, page_row, &part, &part_len) && part_len > 4) {
        page_row = le32_get(part);
        if (buf_append(&access->raw, part + 4, part_len - 4))
            return;
    }
}

/* An OLE field has a header before the object; what follows may be a document known by its start.
 */
static const unsigned char *find_document(const struct buf *raw, size_t *ret_len)
{
    enum { HEADER_MAX = 512 };
    const unsigned char *data = (const unsigned char *)raw->data;

    for (size_t at = 0; at < HEADER_MAX && at + 64 < raw->len; at++) {
        const char *mime = sniff_magic(data + at, raw->len - at);
        if (mime && (at == 0 || raw->len - at > 256) && strcmp(mime, "application/x-bzip2") != 0 &&
            strcmp(mime, "application/gzip") != 0 && strcmp(mime, "application/x-compress") != 0) {
            *ret_len = raw->len - at;
            return data + at;
        }
    }
    return NULL;
}

static void put_object(struct access *access, const MdbColumn *column)
{
    CLEANUP(cleanup_buf) struct buf name = {0};
    size_t len;
    const unsigned char *found = find_document(&access->raw, &len);

    if (!found) {
        if (access->raw.len == 0) {
            table_cell(&access->tables, "", 0);
            return;
        }
        found = (const unsigned char *)access->raw.data;
        len = access->raw.len;
    }
    buf_init(&name, NAME_MAX_BYTES);
    (void)buf_printf(&name, "%s/%.256s %llu", access->tables.label, column->name,
                     (unsigned long long)access->tables.rows);
    emit_child(access->emit, name.data, name.len, "", INT64_MIN);
    emit_child_data(access->emit, found, len);
    emit_child_end(access->emit, REASON_NONE, "");
    table_cell(&access->tables, name.data, name.len);
}

static void put_value(struct access *access, const MdbColumn *column)
{
    const MdbHandle *mdb = access->mdb;
    int start = column->cur_value_start;
    int len = column->cur_value_len;

    if (column->bind_ptr) {
        table_cell(&access->tables, column->bind_ptr, strnlen(column->bind_ptr, BOUND_BYTES));
        return;
    }
    if (start <= 0 || len <= 0 || start + len > mdb->fmt->pg_size) {
        table_cell(&access->tables, "", 0);
        return;
    }
    const unsigned char *data = mdb->pg_buf + start;
    if (column->col_type == MDB_TEXT) {
        put_text(access, data, (size_t)len);
    } else if (column->col_type == MDB_DATETIME && len >= 8) {
        put_date(access, start);
    } else if (column->col_type == MDB_MEMO) {
        read_long(access, data, (size_t)len);
        put_text(access, (const unsigned char *)access->raw.data, access->raw.len);
    } else if (column->col_type == MDB_OLE) {
        read_long(access, data, (size_t)len);
        put_object(access, column);
    } else {
        table_cell(&access->tables, "", 0);
    }
}

/* The library makes text of numbers; those columns get a place for it. */
static char *bind_columns(MdbTableDef *table)
{
    char *values = mem_zalloc(table->num_cols + 1, BOUND_BYTES);

    for (unsigned i = 0; i < table->num_cols; i++) {
        MdbColumn *column = g_ptr_array_index(table->columns, i);
        switch (column->col_type) {
        case MDB_TEXT:
        case MDB_MEMO:
        case MDB_OLE:
        case MDB_BINARY:
        case MDB_DATETIME:
            break;
        default:
            (void)mdb_bind_column(table, (int)i + 1, values + (size_t)i * BOUND_BYTES, NULL);
        }
    }
    return values;
}

static void put_rows(struct access *access, MdbTableDef *table)
{
    bool more = true;
    unsigned rows = 0;

    for (unsigned i = 0; i < table->num_cols; i++) {
        const MdbColumn *column = g_ptr_array_index(table->columns, i);
        table_cell(&access->tables, column->name, strnlen(column->name, MDB_MAX_OBJ_NAME));
    }
    (void)table_row(&access->tables);
    (void)mdb_rewind_table(table);
    while (more && rows++ < ROWS_MAX && mdb_fetch_row(table)) {
        for (unsigned i = 0; i < table->num_cols; i++)
            put_value(access, g_ptr_array_index(table->columns, i));
        more = table_row(&access->tables);
    }
    table_end(&access->tables, table->num_rows, !more);
}

static void read_table(struct access *access, MdbCatalogEntry *entry)
{
    MdbTableDef *table = mdb_read_table(entry);

    if (!table)
        return;
    table_begin(&access->tables, entry->object_name);
    if (mdb_read_columns(table)) {
        char *values = bind_columns(table);
        put_rows(access, table);
        free(values);
    } else {
        table_end(&access->tables, -1, false);
    }
    mdb_free_tabledef(table);
}

/* Title, author and company stand in an object of their own, as properties. */
static void say_summary(struct access *access, const MdbCatalogEntry *entry)
{
    static const struct {
        const char *property, *key;
    } known[] = {{"Title", "title"},     {"Author", "author"},     {"Company", "company"},
                 {"Subject", "subject"}, {"Keywords", "keywords"}, {"Comments", "description"},
                 {"Manager", "manager"}};

    if (!entry->props || strcmp(entry->object_name, "SummaryInfo") != 0)
        return;
    for (unsigned i = 0; i < entry->props->len; i++) {
        const MdbProperties *properties = g_ptr_array_index(entry->props, i);
        for (size_t j = 0; properties->hash && j < ARRAY_LEN(known); j++)
            emit_meta(access->emit, known[j].key,
                      g_hash_table_lookup(properties->hash, known[j].property));
    }
}

/* Whether the table definition of the catalogue, always page 2, is no such page: it is encrypted.
 */
static bool is_locked(const struct input *input, const MdbHandle *mdb)
{
    size_t page = (size_t)mdb->fmt->pg_size;

    return input->len > 3 * page && input->data[2 * page] != MDB_PAGE_TABLE &&
           mdb->f->jet_version >= MDB_VER_ACCDB_2007;
}

static struct verdict read_database(struct access *access, const struct input *input)
{
    GPtrArray *catalog =
        is_locked(input, access->mdb) ? NULL : mdb_read_catalog(access->mdb, MDB_ANY);

    if (!catalog && is_locked(input, access->mdb))
        return verdict_failed(REASON_PASSWORD, "the database is locked with a password");
    if (!catalog)
        return verdict_failed(REASON_CORRUPT, "its list of tables cannot be read");
    mdb_set_bind_size(access->mdb, BOUND_BYTES); /* the catalogue was read with the usual size */
    for (unsigned i = 0; i < catalog->len && i < TABLES_MAX && !access->emit->stop; i++) {
        MdbCatalogEntry *entry = g_ptr_array_index(catalog, i);
        if (entry->object_type == MDB_TABLE && mdb_is_user_table(entry))
            read_table(access, entry);
        else if (entry->object_type == MDB_LINKED_TABLE)
            access->linked++;
        else
            say_summary(access, entry);
    }
    struct verdict verdict = tables_verdict(&access->tables);
    if (access->linked && !verdict.reason) {
        verdict.reason = REASON_MISSING_PART;
        snprintf(verdict.detail, sizeof(verdict.detail),
                 "%u of its tables are links to another database", access->linked);
    }
    return verdict;
}

struct verdict access_read(const struct input *input, struct emit *emit)
{
    struct access access = {.emit = emit};

    if (input->len <= VERSION_AT)
        return verdict_failed(REASON_TRUNCATED, "it ends in its header");
    prepare();
    access.mdb = mdb_open_buffer((void *)(uintptr_t)input->data, input->len, MDB_NOFLAGS);
    if (!access.mdb)
        return verdict_failed(REASON_CORRUPT, "it cannot be opened");
    access.pages = input->len / (size_t)access.mdb->fmt->pg_size;
    access.charset = charset_of_code_page(access.mdb->f->code_page);
    buf_init(&access.raw, LONG_MAX_BYTES);
    buf_init(&access.text, (size_t)LONG_MAX_BYTES * 2);
    tables_init(&access.tables, emit);
    struct verdict verdict = read_database(&access, input);
    tables_release(&access.tables);
    buf_release(&access.raw);
    buf_release(&access.text);
    mdb_close(access.mdb);
    return verdict;
}
