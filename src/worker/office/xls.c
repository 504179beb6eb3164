#include "worker/office/xls.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "worker/office/art.h"
#include "worker/ole/cfb.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_props.h"
#include "worker/ole/ole_storage.h"
#include "worker/office/xls_parts.h"

enum { SHEET_VISUAL_BASIC = 6 };

static void read_sheets(struct xls *xls)
{
    for (size_t i = 0; i < xls->book.sheet_count && !xls->emit->stop; i++) {
        const struct sheet *sheet = &xls->book.sheets[i];
        if (sheet->kind == SHEET_VISUAL_BASIC || sheet->at >= xls->biff.len)
            continue;
        xls->biff.at = sheet->at;
        xls_sheet_read(xls, sheet);
    }
}

static void send_pictures(struct xls *xls)
{
    struct art art = {.emit = xls->emit};

    art_pictures(&art, (const unsigned char *)xls->art.data, xls->art.len);
}

/* Embedded documents are storages of the root named MBD and a number. */
static void send_objects(const struct cfb *cfb, struct emit *emit)
{
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e && !emit->stop; e = e->next)
        if (e->type == CFB_STORAGE && strncasecmp(e->name, "MBD", 3) == 0)
            ole_storage_send(cfb, e, e->name, emit);
}

/* The workbook's own bytes. */
static struct verdict read_workbook(struct buf *bytes, const struct input *input, struct emit *emit)
{
    if (xls_unlock(bytes, input) != LOCK_OPEN)
        return lock_verdict();
    struct xls xls = {.emit = emit,
                      .biff = {.data = (const unsigned char *)bytes->data, .len = bytes->len}};

    if (!xls_book_read(&xls)) {
        workbook_release(&xls.book);
        buf_release(&xls.art);
        return verdict_failed(REASON_CORRUPT, "it does not begin as a workbook");
    }
    read_sheets(&xls);
    send_pictures(&xls);
    workbook_release(&xls.book);
    buf_release(&xls.art);
    return verdict_by_words(emit);
}

static struct verdict read_compound(const struct cfb *cfb, const struct input *input,
                                    struct emit *emit)
{
    const struct cfb_entry *root = cfb_root(cfb);
    const struct cfb_entry *stream = cfb_child(root, "Workbook");
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (!stream)
        stream = cfb_child(root, "Book");
    if (!stream)
        return verdict_failed(REASON_CORRUPT, "its workbook is missing");
    buf_init(&bytes, XLS_STREAM_MAX);
    int rc = cfb_read(cfb, stream, &bytes);
    ole_props_read(cfb, root, emit);
    struct verdict verdict = read_workbook(&bytes, input, emit);
    if (verdict.outcome == OUTCOME_FAILED)
        return verdict;
    send_objects(cfb, emit);
    ole_macros_send(cfb, cfb_child(root, "_VBA_PROJECT_CUR"), emit);
    if (rc && verdict.outcome == OUTCOME_TEXT)
        verdict.reason = bytes.full ? REASON_LIMIT_SIZE : REASON_TRUNCATED;
    return verdict;
}

struct verdict xls_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    if (cfb)
        return read_compound(cfb, input, emit);
    buf_init(&bytes, XLS_STREAM_MAX);
    if (buf_append(&bytes, input->data, input->len))
        return verdict_failed(REASON_LIMIT_SIZE, "a workbook larger than the limit");
    return read_workbook(&bytes, input, emit);
}
