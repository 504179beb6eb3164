#include "msoffice_build.h"

#include <string.h>

#include "base/bytes.h"
#include "cfb_build.h"

enum { SPACE = 64 << 10, FIB = 0x400, DOC_MAIN_LENGTH = 0x4C, DOC_PIECES = 0x1A2 };

static void put16(struct buf *buf, unsigned value)
{
    unsigned char bytes[2];

    le16_put(bytes, (uint16_t)value);
    (void)buf_append(buf, bytes, sizeof(bytes));
}

static void put32(struct buf *buf, uint32_t value)
{
    put16(buf, value & 0xFFFF);
    put16(buf, value >> 16);
}

static void put_zeros(struct buf *buf, size_t count)
{
    while (count--)
        (void)buf_append_char(buf, 0);
}

/* ---- DOC ---- */

void build_doc(struct buf *out)
{
    static const char narrow[] =
        "One \x13 HYPERLINK \"http://x.org/\" \x14link\x15 \x93quoted\x94\r"
        "a\x07"
        "b\x07\x07";
    static const uint16_t wide[] = {0x0633, 0x0646, 0x062F, '\r'};
    struct buf main;
    struct buf table;
    uint32_t narrow_len = sizeof(narrow) - 1;
    uint32_t all = narrow_len + 4;

    buf_init(&main, SPACE);
    buf_init(&table, SPACE);
    put16(&main, 0xA5EC);
    put16(&main, 0xC1);
    put_zeros(&main, FIB - 4);
    le16_put(main.data + 0x0A, 0x0200);
    le32_put(main.data + DOC_MAIN_LENGTH, all);
    (void)buf_append(&main, narrow, narrow_len);
    put_zeros(&main, main.len & 1);
    uint32_t wide_at = (uint32_t)main.len;
    for (size_t i = 0; i < ARRAY_LEN(wide); i++)
        put16(&main, wide[i]);

    (void)buf_append_char(&table, 2);
    put32(&table, 3 * 4 + 2 * 8);
    put32(&table, 0);
    put32(&table, narrow_len);
    put32(&table, all);
    put16(&table, 0);
    put32(&table, 0x40000000 | 2 * FIB);
    put16(&table, 0);
    put16(&table, 0);
    put32(&table, wide_at);
    put16(&table, 0);
    le32_put(main.data + DOC_PIECES, 0);
    le32_put(main.data + DOC_PIECES + 4, (uint32_t)table.len);

    const struct cfb_node root[] = {{.name = "WordDocument", .text = main.data, .len = main.len},
                                    {.name = "1Table", .text = table.data, .len = table.len},
                                    {0}};
    build_cfb(root, out);
    buf_release(&main);
    buf_release(&table);
}

/* ---- XLS ---- */

static void record(struct buf *buf, unsigned id, unsigned len)
{
    put16(buf, id);
    put16(buf, len);
}

static void put_bof(struct buf *buf, unsigned kind)
{
    record(buf, 0x0809, 16);
    put16(buf, 0x0600);
    put16(buf, kind);
    put_zeros(buf, 12);
}

/* Returns where the sheet's place is to be written. */
static size_t put_sheet_entry(struct buf *buf, const char *name, unsigned hidden)
{
    record(buf, 0x0085, (unsigned)(8 + strlen(name)));
    size_t at = buf->len;
    put32(buf, 0);
    put16(buf, hidden);
    (void)buf_append_char(buf, (char)strlen(name));
    (void)buf_append_char(buf, 0);
    (void)buf_append_str(buf, name);
    return at;
}

static void put_cell(struct buf *buf, unsigned id, unsigned len, unsigned row, unsigned column,
                     unsigned style)
{
    record(buf, id, len);
    put16(buf, row);
    put16(buf, column);
    put16(buf, style);
}

static void put_double(struct buf *buf, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    put32(buf, (uint32_t)bits);
    put32(buf, (uint32_t)(bits >> 32));
}

static void build_xls_stream(struct buf *out)
{
    static const char code[] = "#,##0.00 \"km\"";

    buf_init(out, SPACE);
    put_bof(out, 5);
    record(out, 0x041E, 5 + sizeof(code) - 1);
    put16(out, 170);
    put16(out, sizeof(code) - 1);
    (void)buf_append_char(out, 0);
    (void)buf_append(out, code, sizeof(code) - 1);
    record(out, 0x00E0, 4);
    put32(out, 0);
    record(out, 0x00E0, 4);
    put16(out, 0);
    put16(out, 170);
    record(out, 0x00E0, 4);
    put16(out, 0);
    put16(out, 14);
    size_t first = put_sheet_entry(out, "Posts", 0);
    size_t second = put_sheet_entry(out, "Away", 1);
    /* "consul" begins narrow and goes on in UTF-16 behind a record's end */
    record(out, 0x00FC, 8 + 3 + 3);
    put32(out, 1);
    put32(out, 1);
    put16(out, 6);
    (void)buf_append_char(out, 0);
    (void)buf_append_str(out, "con");
    record(out, 0x003C, 7);
    (void)buf_append_char(out, 1);
    put16(out, 's');
    put16(out, 'u');
    put16(out, 'l');
    record(out, 0x000A, 0);

    le32_put(out->data + first, (uint32_t)out->len);
    put_bof(out, 0x10);
    /* the second and third columns and the second row are hidden */
    put_cell(out, 0x007D, 12, 1, 2, 0x900);
    put16(out, 0);
    put16(out, 1);
    put16(out, 0);
    put_cell(out, 0x0208, 16, 0, 0, 3);
    put16(out, 0x8000);
    put_zeros(out, 4);
    put32(out, 0x100);
    put_cell(out, 0x0208, 16, 1, 0, 3);
    put16(out, 0xFF);
    put_zeros(out, 4);
    put32(out, 0x120);
    put_cell(out, 0x00FD, 10, 0, 1, 0);
    put32(out, 0);
    put_cell(out, 0x0203, 14, 1, 0, 1);
    put_double(out, 1234.5);
    put_cell(out, 0x027E, 10, 1, 1, 2);
    put32(out, 43789U << 2 | 2);
    put_cell(out, 0x0205, 8, 1, 2, 0);
    put16(out, 0x0107);
    record(out, 0x000A, 0);

    le32_put(out->data + second, (uint32_t)out->len);
    put_bof(out, 0x10);
    put_cell(out, 0x0006, 22, 0, 0, 0);
    put_double(out, 42);
    put_zeros(out, 8);
    record(out, 0x000A, 0);
}

void build_xls(struct buf *out)
{
    struct buf stream;

    build_xls_stream(&stream);
    const struct cfb_node root[] = {{.name = "Workbook", .text = stream.data, .len = stream.len},
                                    {0}};
    build_cfb(root, out);
    buf_release(&stream);
}

/* ---- PPT ---- */

/* Begins a record; ends with `record_end`. */
static size_t atom(struct buf *buf, unsigned version, unsigned instance, unsigned type)
{
    put16(buf, version | instance << 4);
    put16(buf, type);
    put32(buf, 0);
    return buf->len;
}

static void record_end(struct buf *buf, size_t start)
{
    le32_put(buf->data + start - 4, (uint32_t)(buf->len - start));
}

static void put_text_bytes(struct buf *buf, const char *text)
{
    size_t header = atom(buf, 0, 0, 0x0F9F);
    put32(buf, 0);
    record_end(buf, header);
    size_t bytes = atom(buf, 0, 0, 0x0FA8);
    (void)buf_append_str(buf, text);
    record_end(buf, bytes);
}

static void put_list(struct buf *buf, unsigned kind, uint32_t object, uint32_t id, const char *text)
{
    size_t list = atom(buf, 0xF, kind, 0x0FF0);
    size_t entry = atom(buf, 0, 0, 0x03F3);
    put32(buf, object);
    put_zeros(buf, 8);
    put32(buf, id);
    put32(buf, 0);
    record_end(buf, entry);
    if (text)
        put_text_bytes(buf, text);
    record_end(buf, list);
}

void build_ppt(struct buf *out)
{
    struct buf main;
    struct buf user;
    uint32_t places[3];

    buf_init(&main, SPACE);
    buf_init(&user, SPACE);
    places[0] = 0;
    size_t document = atom(&main, 0xF, 0, 0x03E8);
    put_list(&main, 0, 2, 256, "Title\rof the slide");
    put_list(&main, 2, 3, 257, NULL);
    record_end(&main, document);

    places[1] = (uint32_t)main.len;
    size_t slide = atom(&main, 0xF, 0, 0x03EE);
    size_t head = atom(&main, 0, 0, 0x03EF);
    put_zeros(&main, 16);
    put32(&main, 257);
    put32(&main, 0);
    record_end(&main, head);
    size_t box = atom(&main, 0xF, 0, 0xF00D);
    size_t reference = atom(&main, 0, 0, 0x0F9E);
    put32(&main, 0);
    record_end(&main, reference);
    record_end(&main, box);
    put_text_bytes(&main, "*");
    put_text_bytes(&main, "beside");
    record_end(&main, slide);

    places[2] = (uint32_t)main.len;
    size_t notes = atom(&main, 0xF, 0, 0x03F0);
    put_text_bytes(&main, "said aside");
    record_end(&main, notes);

    uint32_t directory_at = (uint32_t)main.len;
    size_t directory = atom(&main, 0, 0, 0x1772);
    put32(&main, 3U << 20 | 1);
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        put32(&main, places[i]);
    record_end(&main, directory);
    uint32_t edit_at = (uint32_t)main.len;
    size_t edit = atom(&main, 0, 0, 0x0FF5);
    put_zeros(&main, 12);
    put32(&main, directory_at);
    put32(&main, 1);
    put_zeros(&main, 8);
    record_end(&main, edit);

    size_t current = atom(&user, 0, 0, 0x0FF6);
    put32(&user, 0x14);
    put32(&user, 0xE391C05F);
    put32(&user, edit_at);
    put_zeros(&user, 12);
    record_end(&user, current);

    const struct cfb_node root[] = {
        {.name = "PowerPoint Document", .text = main.data, .len = main.len},
        {.name = "Current User", .text = user.data, .len = user.len},
        {0}};
    build_cfb(root, out);
    buf_release(&main);
    buf_release(&user);
}
