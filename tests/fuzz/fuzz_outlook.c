/* Outlook's items; the first byte says whether it is a message file, TNEF, another
 * compound file, or a body in RTF. */
#include "fuzz_read.h"
#include "worker/outlook/mapi_rtf.h"
#include "worker/outlook/msg.h"
#include "worker/ole/ole_any.h"
#include "worker/outlook/tnef.h"

static void unwrap(const uint8_t *data, size_t len)
{
    struct buf rtf;
    struct buf out;

    buf_init(&rtf, 1 << 20);
    buf_init(&out, 1 << 20);
    if (mapi_rtf_expand(data, len, &rtf) < 0)
        (void)buf_append(&rtf, data, len);
    (void)mapi_rtf_unwrap(rtf.data, rtf.len, &out);
    buf_release(&rtf);
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2)
        return 0;
    switch (data[0] % 4) {
    case 0:
        fuzz_read(msg_read, "x.msg", "application/vnd.ms-outlook", data + 1, len - 1);
        break;
    case 1:
        fuzz_read(tnef_read, "winmail.dat", "application/vnd.ms-tnef", data + 1, len - 1);
        break;
    case 2:
        fuzz_read(ole_any_read, "x.bin", "application/x-ole-storage", data + 1, len - 1);
        break;
    default:
        unwrap(data + 1, len - 1);
        break;
    }
    return 0;
}
