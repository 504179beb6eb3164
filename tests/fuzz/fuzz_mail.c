/* Mail; the first byte says whether it is a message, Apple's form of one, or an mbox. */
#include "fuzz_read.h"
#include "worker/mail/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static fuzz_reader *const READERS[] = {mail_read, mbox_read, emlx_read};

    if (len < 2)
        return 0;
    fuzz_read(READERS[data[0] % ARRAY_LEN(READERS)], "x.eml", "message/rfc822", data + 1, len - 1);
    return 0;
}
