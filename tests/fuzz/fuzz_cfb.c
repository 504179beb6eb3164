/* Compound files: opened, walked, every stream read, named by sniffing. */
#include <stddef.h>
#include <stdint.h>

#include "worker/ole/cfb.h"
#include "worker/sniff/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void walk(const struct cfb *cfb, const struct cfb_entry *storage, unsigned depth)
{
    for (const struct cfb_entry *e = storage->first; e; e = e->next) {
        struct buf out;
        buf_init(&out, 1 << 20);
        (void)cfb_read(cfb, e, &out);
        buf_release(&out);
        if (depth < 100)
            walk(cfb, e, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct cfb *cfb = cfb_open(data, len);

    if (cfb)
        walk(cfb, cfb_root(cfb), 0);
    cfb_free(cfb);
    (void)sniff_ole(data, len);
    return 0;
}
