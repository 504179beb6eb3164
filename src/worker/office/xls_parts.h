/*
 * The parts of the reader of XLS: xls_lock.c opens it, xls_book.c reads what the sheets share,
 * xls_sheet.c one sheet.
 */
#ifndef WORKER_XLS_PARTS_H
#define WORKER_XLS_PARTS_H

#include "worker/office/biff.h"
#include "worker/emit.h"
#include "worker/office/lock_rc4.h"
#include "worker/office/workbook.h"

struct xls {
    struct emit *emit;
    struct biff biff;
    struct workbook book;
    struct buf art; /* the drawing group: the store of pictures */
};

/* Opens a locked workbook in place; LOCK_OPEN also when it is not locked. */
enum lock_found xls_unlock(struct buf *bytes, const struct input *input);

/* Reads the globals from the start of the stream. False when it does not begin as a workbook. */
bool xls_book_read(struct xls *xls);

/* Reads one sheet that begins at biff.at, to its end, as text. */
void xls_sheet_read(struct xls *xls, const struct sheet *sheet);

#endif
