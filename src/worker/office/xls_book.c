#include <string.h>

#include "base/bytes.h"
#include "worker/plain/codepage.h"
#include "worker/office/xls_parts.h"

enum { ART_MAX = 192 << 20, SHORT_TEXT = 4096 };

static void on_sheet(struct xls *xls, const struct biff_record *record)
{
    struct biff_bytes bytes;
    CLEANUP(cleanup_buf) struct buf name = {0};
    struct sheet *sheet = record->len >= 7 ? workbook_add_sheet(&xls->book) : NULL;

    if (!sheet)
        return;
    sheet->at = le32_get(record->data);
    sheet->state = (enum sheet_state)(record->data[4] & 3);
    sheet->kind = record->data[5];
    biff_bytes_init(&bytes, &xls->biff, record);
    biff_skip(&bytes, 6);
    buf_init(&name, SHORT_TEXT);
    biff_string(&bytes, 1, &name);
    size_t len = name.len < sizeof(sheet->name) ? name.len : sizeof(sheet->name) - 1;
    memcpy(sheet->name, name.data, len);
    sheet->name[len] = '\0';
}

static void on_strings(struct xls *xls, const struct biff_record *record)
{
    struct biff_bytes bytes;

    biff_bytes_init(&bytes, &xls->biff, record);
    biff_skip(&bytes, 4);
    uint32_t count = biff_u32(&bytes);
    for (uint32_t i = 0; i < count && !bytes.over; i++) {
        biff_string(&bytes, 2, &xls->book.strings);
        workbook_end_string(&xls->book);
    }
}

static void on_format(struct xls *xls, const struct biff_record *record)
{
    struct biff_bytes bytes;
    CLEANUP(cleanup_buf) struct buf code = {0};

    biff_bytes_init(&bytes, &xls->biff, record);
    long id = (long)biff_u16(&bytes);
    buf_init(&code, SHORT_TEXT);
    biff_string(&bytes, xls->biff.version < 8 ? 1 : 2, &code);
    workbook_add_format(&xls->book, id, code.data);
}

static void on_drawings(struct xls *xls, const struct biff_record *record)
{
    struct biff_record next = *record;
    size_t back;

    do {
        (void)buf_append(&xls->art, next.data, next.len);
        back = xls->biff.at;
    } while (biff_next(&xls->biff, &next) &&
             (next.id == BIFF_CONTINUE || next.id == BIFF_DRAWING_GROUP));
    xls->biff.at = back;
}

static void on_global(struct xls *xls, const struct biff_record *record)
{
    switch (record->id) {
    case BIFF_CODEPAGE:
        if (record->len >= 2 && xls->biff.version < 8)
            xls->biff.codepage = le16_get(record->data);
        break;
    case BIFF_1904:
        xls->book.from_1904 = record->len >= 2 && le16_get(record->data) == 1;
        break;
    case BIFF_SHEET:
        on_sheet(xls, record);
        break;
    case BIFF_FORMAT:
        on_format(xls, record);
        break;
    case BIFF_STYLE:
        if (record->len >= 4)
            workbook_add_style(&xls->book, le16_get(record->data + 2));
        break;
    case BIFF_STRINGS:
        on_strings(xls, record);
        break;
    case BIFF_DRAWING_GROUP:
        on_drawings(xls, record);
        break;
    default:
        break;
    }
}

static unsigned version_of(const struct biff_record *record)
{
    if (record->id == BIFF_BOF)
        return record->len >= 2 && le16_get(record->data) == 0x0600 ? 8 : 5;
    if (record->id == 0x0409)
        return 4;
    if (record->id == 0x0209)
        return 3;
    return record->id == 0x0009 ? 2 : 0;
}

bool xls_book_read(struct xls *xls)
{
    struct biff_record record;

    buf_init(&xls->art, ART_MAX);
    workbook_init(&xls->book);
    xls->biff.codepage = CODEPAGE_WESTERN;
    if (!biff_next(&xls->biff, &record))
        return false;
    xls->biff.version = version_of(&record);
    if (xls->biff.version == 0)
        return false;
    if (xls->biff.version < 5) { /* one sheet, which is the whole file */
        struct sheet *sheet = workbook_add_sheet(&xls->book);
        sheet->at = (uint32_t)record.at;
        return true;
    }
    unsigned depth = 1;
    while (depth && biff_next(&xls->biff, &record)) {
        if (record.id == BIFF_BOF)
            depth++;
        else if (record.id == BIFF_EOF)
            depth--;
        else if (depth == 1)
            on_global(xls, &record);
    }
    return true;
}
