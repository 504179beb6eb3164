#include "worker/tables/dbf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/plain/charset.h"
#include "worker/tables/tables.h"

enum {
    HEADER = 32,
    HEADER_7 = 68, /* dBASE 7 */
    FIELD = 32,
    FIELD_7 = 48,
    FIELDS_MAX = 2048,
    NAME_MAX_7 = 32,
    SAMPLE_MAX = 64 << 10,
    LANGUAGE_AT = 29,
};

struct field {
    char name[NAME_MAX_7 + 1];
    char type;
    size_t at, len; /* in a record */
    unsigned decimals;
};

struct dbf {
    const unsigned char *data;
    size_t len;
    size_t header, record;
    uint64_t rows;
    struct field fields[FIELDS_MAX];
    size_t count;
    const char *charset;
    bool memos; /* a row points into a memo file */
    struct buf text;
};

static bool is_version(unsigned char version)
{
    static const unsigned char known[] = {0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32,
                                          0x43, 0x63, 0x7B, 0x83, 0x87, 0x8B, 0x8C,
                                          0x8E, 0xCB, 0xE5, 0xF5, 0xFB};

    return memchr(known, version, sizeof(known)) != NULL;
}

static bool is_dbase7(const unsigned char *data)
{
    return (data[0] & 7) == 4;
}

static bool is_type(unsigned char type)
{
    return type && strchr("CNFDLMGPIYTBVQW@+O0", type) != NULL;
}

bool dbf_is(const unsigned char *data, size_t len)
{
    if (len < HEADER + FIELD + 1 || !is_version(data[0]))
        return false;
    size_t header = le16_get(data + 8);
    size_t record = le16_get(data + 10);
    size_t first = is_dbase7(data) ? HEADER_7 : HEADER;
    size_t type_at = first + (is_dbase7(data) ? NAME_MAX_7 : 11);
    bool dated = data[2] <= 12 && data[3] <= 31;
    return dated && header > first && header <= len && record >= 2 && type_at < len &&
           is_type(data[type_at]) && data[first] > ' ' && le16_get(data + 12) == 0;
}

/* The character set of a language driver; NULL when it depends on the machine. */
static const char *charset_of(unsigned char driver)
{
    static const struct {
        unsigned char driver;
        const char *charset;
    } drivers[] = {
        {0x01, "CP437"},        {0x02, "CP850"},        {0x03, "windows-1252"},
        {0x04, "MACINTOSH"},    {0x08, "CP865"},        {0x09, "CP437"},
        {0x0A, "CP850"},        {0x0B, "CP437"},        {0x0D, "CP437"},
        {0x0E, "CP850"},        {0x10, "CP850"},        {0x13, "Shift_JIS"},
        {0x1F, "CP852"},        {0x22, "CP852"},        {0x23, "CP852"},
        {0x26, "CP866"},        {0x4D, "GB18030"},      {0x4E, "EUC-KR"},
        {0x4F, "Big5"},         {0x50, "windows-874"},  {0x64, "CP852"},
        {0x65, "CP866"},        {0x66, "CP865"},        {0x67, "CP861"},
        {0x6A, "CP737"},        {0x6B, "CP857"},        {0x78, "Big5"},
        {0x79, "EUC-KR"},       {0x7A, "GB18030"},      {0x7B, "Shift_JIS"},
        {0x7C, "windows-874"},  {0x7D, "windows-1255"}, {0x7E, "windows-1256"},
        {0x86, "CP737"},        {0x88, "CP857"},        {0x96, "MAC-CYRILLIC"},
        {0xC8, "windows-1250"}, {0xC9, "windows-1251"}, {0xCA, "windows-1254"},
        {0xCB, "windows-1253"}, {0xCC, "windows-1257"},
    };

    for (size_t i = 0; i < ARRAY_LEN(drivers); i++)
        if (drivers[i].driver == driver)
            return charset_known(drivers[i].charset);
    return NULL;
}

static void read_fields(struct dbf *dbf)
{
    bool seven = is_dbase7(dbf->data);
    size_t first = seven ? HEADER_7 : HEADER;
    size_t size = seven ? FIELD_7 : FIELD;
    size_t name_len = seven ? NAME_MAX_7 : 11;
    size_t at = 1; /* after the mark of deletion */

    for (size_t i = 0; i < FIELDS_MAX; i++) {
        size_t place = first + i * size;
        if (place + size > dbf->len || place >= dbf->header || dbf->data[place] == 0x0D)
            return;
        const unsigned char *p = dbf->data + place;
        struct field *field = &dbf->fields[dbf->count];
        *field = (struct field){.type = (char)p[name_len], .at = at};
        memcpy(field->name, p, strnlen((const char *)p, name_len));
        field->len = seven ? p[33] : p[16];
        field->decimals = seven ? p[34] : p[17];
        if (!seven && field->type == 'C') /* Clipper: long texts have a length of two bytes */
            field->len |= (size_t)field->decimals << 8;
        if (field->len == 0 || field->len > dbf->record - at)
            return;
        at += field->len;
        dbf->count++;
    }
}

static const unsigned char *row_at(const struct dbf *dbf, uint64_t row)
{
    return dbf->data + dbf->header + row * dbf->record;
}

/* What is written in the table, when its header does not say: all text fields together. */
static const char *guess_charset(const struct dbf *dbf)
{
    CLEANUP(cleanup_buf) struct buf sample = {0};

    buf_init(&sample, SAMPLE_MAX);
    for (size_t i = 0; i < dbf->count; i++)
        (void)buf_append_str(&sample, dbf->fields[i].name);
    for (uint64_t row = 0; row < dbf->rows && !sample.full; row++)
        for (size_t i = 0; i < dbf->count; i++)
            if (dbf->fields[i].type == 'C' || dbf->fields[i].type == 'V') {
                (void)buf_append(&sample, row_at(dbf, row) + dbf->fields[i].at, dbf->fields[i].len);
                (void)buf_append_char(&sample, '\n');
            }
    const char *charset = charset_detect(sample.data, sample.len);
    return charset ? charset : "windows-1252";
}

static bool dbf_open(struct dbf *dbf, const struct input *input)
{
    *dbf = (struct dbf){.data = input->data, .len = input->len};
    if (!dbf_is(input->data, input->len))
        return false;
    dbf->header = le16_get(input->data + 8);
    dbf->record = le16_get(input->data + 10);
    uint64_t there = (input->len - dbf->header) / dbf->record;
    dbf->rows = le32_get(input->data + 4);
    if (dbf->rows > there)
        dbf->rows = there;
    read_fields(dbf);
    const char *named = charset_of(input->data[LANGUAGE_AT]);
    const char *guessed = guess_charset(dbf);
    /* programs that came later write UTF-8 whatever the header says */
    dbf->charset = !named || strcmp(guessed, "UTF-8") == 0 ? guessed : named;
    return dbf->count > 0;
}

static void put_text(struct dbf *dbf, struct tables *tables, const unsigned char *data, size_t len)
{
    while (len && (data[len - 1] == ' ' || data[len - 1] == '\0'))
        len--;
    while (len && *data == ' ') {
        data++;
        len--;
    }
    buf_clear(&dbf->text);
    (void)charset_to_utf8(dbf->charset, data, len, &dbf->text);
    table_cell(tables, dbf->text.data, dbf->text.len);
}

static double double_get(const unsigned char *data)
{
    uint64_t bits = le64_get(data);
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* Numbers that are stored as such: FoxPro's little-endian, dBASE 7's big-endian with the sign
 * turned. */
static bool put_binary(struct dbf *dbf, struct tables *tables, const struct field *field,
                       const unsigned char *data)
{
    bool seven = is_dbase7(dbf->data);
    char text[64] = "";

    if ((field->type == 'I' || field->type == '+') && field->len == 4) {
        uint32_t big = be32_get(data);
        snprintf(text, sizeof(text), "%" PRId32,
                 seven ? (int32_t)(big ^ 0x80000000u) : (int32_t)le32_get(data));
    } else if (field->type == 'Y' && field->len == 8) {
        int64_t value = (int64_t)le64_get(data);
        int64_t rest = value % 10000;
        snprintf(text, sizeof(text), "%s%" PRId64 ".%04d", value < 0 && value > -10000 ? "-" : "",
                 value / 10000, (int)(rest < 0 ? -rest : rest));
    } else if (field->type == 'T' && field->len == 8) {
        table_cell_time(tables, le32_get(data), le32_get(data + 4));
        return true;
    } else if (field->type == 'B' && field->len == 8 && !seven) {
        snprintf(text, sizeof(text), "%.*f", field->decimals < 16 ? (int)field->decimals : 15,
                 double_get(data));
    } else {
        return false;
    }
    table_cell(tables, text, strlen(text));
    return true;
}

static bool is_digits(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (data[i] < '0' || data[i] > '9')
            return false;
    return true;
}

/* A pointer into the memo file: decimal digits, or in FoxPro a number of four bytes. */
static bool points(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (data[i] != ' ' && data[i] != '0' && data[i] != '\0')
            return true;
    return false;
}

static void put_field(struct dbf *dbf, struct tables *tables, const struct field *field,
                      const unsigned char *data)
{
    char date[16];

    if (put_binary(dbf, tables, field, data))
        return;
    switch (field->type) {
    case 'D':
        if (field->len == 8 && is_digits(data, 8)) {
            snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", (const char *)data,
                     (const char *)data + 4, (const char *)data + 6);
            table_cell(tables, date, strlen(date));
        } else {
            put_text(dbf, tables, data, field->len);
        }
        break;
    case 'M':
    case 'G':
    case 'P':
    case 'W':
    case 'B':
        dbf->memos |= points(data, field->len);
        table_cell(tables, "", 0);
        break;
    case 'Q':
    case 'O':
    case '@':
    case '0':
        table_cell(tables, "", 0);
        break;
    default:
        put_text(dbf, tables, data, field->len);
    }
}

static void put_names(struct dbf *dbf, struct tables *tables)
{
    for (size_t i = 0; i < dbf->count; i++)
        if (dbf->fields[i].type != '0')
            put_text(dbf, tables, (const unsigned char *)dbf->fields[i].name,
                     strlen(dbf->fields[i].name));
    (void)table_row(tables);
}

/* The rows that are there, or those that were deleted. */
static void put_rows(struct dbf *dbf, struct tables *tables, bool deleted)
{
    bool more = true;
    uint64_t row = 0;

    put_names(dbf, tables);
    for (; row < dbf->rows && more; row++) {
        const unsigned char *data = row_at(dbf, row);
        if ((data[0] == '*') != deleted)
            continue;
        for (size_t i = 0; i < dbf->count; i++)
            if (dbf->fields[i].type != '0')
                put_field(dbf, tables, &dbf->fields[i], data + dbf->fields[i].at);
        more = table_row(tables);
    }
    table_end(tables, (int64_t)dbf->rows, row < dbf->rows);
}

static bool has_deleted(const struct dbf *dbf)
{
    for (uint64_t row = 0; row < dbf->rows; row++)
        if (*row_at(dbf, row) == '*')
            return true;
    return false;
}

static struct verdict conclude(const struct dbf *dbf, const struct tables *tables)
{
    struct verdict verdict = tables_verdict(tables);
    uint32_t said = le32_get(dbf->data + 4);

    if (said > dbf->rows && verdict.outcome == OUTCOME_TEXT && !verdict.reason) {
        verdict.reason = REASON_TRUNCATED;
        snprintf(verdict.detail, sizeof(verdict.detail), "%" PRIu64 " of %u rows are in the file",
                 dbf->rows, said);
    } else if (dbf->memos && verdict.outcome == OUTCOME_TEXT && !verdict.reason) {
        verdict.reason = REASON_MISSING_PART;
        snprintf(verdict.detail, sizeof(verdict.detail),
                 "its memo fields are kept in another file (.dbt, .fpt)");
    }
    return verdict;
}

struct verdict dbf_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_free) struct dbf *dbf = mem_zalloc(1, sizeof(*dbf));
    struct tables tables;

    if (!dbf_open(dbf, input))
        return verdict_failed(REASON_CORRUPT, "its columns cannot be read");
    emit_meta(emit, "charset", dbf->charset);
    buf_init(&dbf->text, (size_t)4 * (UINT16_MAX + 1));
    tables_init(&tables, emit);
    const char *name = input->name[0] ? input->name : "table";
    table_begin(&tables, name);
    put_rows(dbf, &tables, false);
    if (has_deleted(dbf)) {
        CLEANUP(cleanup_buf) struct buf label = {0};
        buf_init(&label, NAME_MAX_BYTES);
        (void)buf_printf(&label, "%.200s (deleted rows)", name);
        table_begin(&tables, label.data);
        put_rows(dbf, &tables, true);
    }
    struct verdict verdict = conclude(dbf, &tables);
    tables_release(&tables);
    buf_release(&dbf->text);
    return verdict;
}
