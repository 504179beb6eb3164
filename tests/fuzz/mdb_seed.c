/* Prints the seed of fuzz_access: the sample's pages. */
#include <stdio.h>

#include "../unit/mdb_build.h"
#include "base/bytes.h"

int main(void)
{
    struct mdb_build_page pages[MDB_SAMPLE_PAGES];
    struct buf bytes[2 * MDB_SAMPLE_PAGES];

    sample_mdb(pages, bytes);
    for (size_t i = 0; i < MDB_SAMPLE_PAGES; i++) {
        unsigned char head[4];
        le16_put(head, (uint16_t)pages[i].head_len);
        le16_put(head + 2, (uint16_t)pages[i].tail_len);
        fwrite(head, 1, sizeof(head), stdout);
        fwrite(pages[i].head, 1, pages[i].head_len, stdout);
        fwrite(pages[i].tail, 1, pages[i].tail_len, stdout);
        buf_release(&bytes[2 * i]);
        buf_release(&bytes[2 * i + 1]);
    }
    return 0;
}
