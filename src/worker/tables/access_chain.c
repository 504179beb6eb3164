/*
 * A guard before mdbtools' reading of a long value of the catalogue as a whole. The library follows
 * the value from row to row until one says that it is the last; in a damaged database they may lead
 * back to one that was read. Calls of mdb_ole_read_full are led here by the linker (--wrap): a
 * value ends where its rows repeat (Brent, "An improved Monte Carlo factorization algorithm", 1980,
 * 2: one row is remembered, a later one each time twice as many were read).
 */
#include <mdbtools.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { VALUE_MAX = 1 << 20 };

void *__wrap_mdb_ole_read_full(MdbHandle *mdb, MdbColumn *col, size_t *ret_len);

/* As the library's own: what is returned is the caller's, to be given to free(). */
void *__wrap_mdb_ole_read_full(MdbHandle *mdb, MdbColumn *col, size_t *ret_len)
{
    char head[MDB_MEMO_OVERHEAD];
    size_t rows = 0, remembered_at = 1;
    struct buf value;

    buf_init(&value, VALUE_MAX);
    memcpy(head, col->bind_ptr, sizeof(head));
    size_t len = mdb_ole_read(mdb, col, head, VALUE_MAX);
    guint32 remembered = col->cur_blob_pg_row;
    while (len && buf_append(&value, col->bind_ptr, len) == 0) {
        len = mdb_ole_read_next(mdb, col, head);
        if (col->cur_blob_pg_row == remembered)
            break;
        if (++rows == remembered_at) {
            remembered = col->cur_blob_pg_row;
            remembered_at *= 2;
        }
    }
    if (ret_len)
        *ret_len = value.len;
    return buf_take(&value);
}
