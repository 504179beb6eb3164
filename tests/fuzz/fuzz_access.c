/* Access databases: a whole file where it starts as one, else its pages, which are put behind a
 * head that holds: how many bytes at its start and at its end (2 bytes each), and these. */
#include <string.h>

#include "../unit/mdb_build.h"
#include "base/bytes.h"
#include "fuzz_read.h"
#include "worker/tables/access.h"

enum { PAGE_HEAD = 4 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void read_pages(const uint8_t *data, size_t len)
{
    struct mdb_build_page pages[MDB_PAGES_MAX];
    struct buf file;
    size_t count = 0;

    while (len >= PAGE_HEAD && count < MDB_PAGES_MAX) {
        size_t head = least(le16_get(data), len - PAGE_HEAD);
        size_t tail = least(le16_get(data + 2), len - PAGE_HEAD - head);
        data += PAGE_HEAD;
        pages[count++] = (struct mdb_build_page){data, data + head, head, tail};
        data += head + tail;
        len -= PAGE_HEAD + head + tail;
    }
    build_mdb(pages, count, &file);
    fuzz_read(access_read, "x.mdb", "application/x-msaccess", (const uint8_t *)file.data, file.len);
    buf_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 16 && memcmp(data + 4, "Standard", 8) == 0)
        fuzz_read(access_read, "x.mdb", "application/x-msaccess", data, len);
    else
        read_pages(data, len);
    return 0;
}
