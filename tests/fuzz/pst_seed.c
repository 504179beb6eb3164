/* Prints seeds for fuzz_pst: the sample's nodes, or with an argument its file. */
#include <stdio.h>

#include "../unit/pst_sample.h"
#include "base/bytes.h"

int main(int argc, char **argv)
{
    struct pst_node nodes[PST_SAMPLE_NODES];
    struct buf heaps[PST_SAMPLE_NODES];
    struct buf file;
    (void)argv;

    sample_pst(nodes, heaps);
    build_pst(nodes, PST_SAMPLE_NODES, &file);
    if (argc > 1)
        fwrite(file.data, 1, file.len, stdout);
    for (size_t i = 0; i < PST_SAMPLE_NODES; i++) {
        unsigned char head[11] = {nodes[i].sub};
        le32_put(head + 1, nodes[i].id);
        le32_put(head + 5, nodes[i].parent);
        le16_put(head + 9, (uint16_t)nodes[i].len);
        if (argc == 1) {
            fwrite(head, 1, sizeof(head), stdout);
            fwrite(nodes[i].data, 1, nodes[i].len, stdout);
        }
        buf_release(&heaps[i]);
    }
    buf_release(&file);
    return 0;
}
