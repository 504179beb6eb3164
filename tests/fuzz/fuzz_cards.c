/* What comes with mail; the first byte says which: a card, a calendar, a CMS message, OpenPGP, a
 * page saved in one file. */
#include "fuzz_read.h"
#include "worker/mail/cms.h"
#include "worker/mail/ical.h"
#include "worker/mail/mhtml.h"
#include "worker/mail/pgp.h"
#include "worker/mail/vcard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static fuzz_reader *const READERS[] = {vcard_read, ical_read, cms_read, pgp_read, mhtml_read};

    if (len < 2)
        return 0;
    fuzz_read(READERS[data[0] % ARRAY_LEN(READERS)], "x.p7m", "", data + 1, len - 1);
    return 0;
}
