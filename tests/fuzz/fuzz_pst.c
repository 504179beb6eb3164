/* Outlook's stores: a whole file where it starts as one, else its nodes, which are put into a file
 * whose tables and checksums hold: sub (1 byte), identifier, parent (4 bytes each), bytes that
 * follow (2 bytes), and these. */
#include <string.h>

#include "../unit/pst_build.h"
#include "base/bytes.h"
#include "fuzz_read.h"
#include "worker/outlook/pst.h"

enum { NODES_MAX = 24, NODE_HEAD = 11 };

static void read_nodes(const uint8_t *data, size_t len)
{
    struct pst_node nodes[NODES_MAX];
    struct buf file;
    size_t count = 0;

    while (len >= NODE_HEAD && count < NODES_MAX) {
        size_t said = le16_get(data + 9);
        struct pst_node *node = &nodes[count++];
        *node = (struct pst_node){.id = le32_get(data + 1),
                                  .parent = le32_get(data + 5),
                                  .sub = data[0] & 1,
                                  .data = data + NODE_HEAD};
        len -= NODE_HEAD;
        node->len = said < len ? said : len;
        data += NODE_HEAD + node->len;
        len -= node->len;
    }
    build_pst(nodes, count, &file);
    fuzz_read(pst_read, "x.pst", "application/vnd.ms-outlook-pst", (const uint8_t *)file.data,
              file.len);
    buf_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len > 4 && memcmp(data, "!BDN", 4) == 0)
        fuzz_read(pst_read, "x.pst", "application/vnd.ms-outlook-pst", data, len);
    else
        read_nodes(data, len);
    return 0;
}
