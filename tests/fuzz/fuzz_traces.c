/* What systems leave beside people's files, installers and certificates; the first byte says which.
 */
#include "fuzz_read.h"
#include "worker/mail/certificate.h"
#include "worker/ole/installer.h"
#include "worker/plain/shortcut.h"
#include "worker/traces/traces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2)
        return 0;
    const uint8_t *bytes = data + 1;
    len--;
    switch (data[0] % 8) {
    case 0:
        if (owner_file_is(bytes, len, "~$a.docx"))
            fuzz_read(owner_file_read, "~$a.docx", "application/x-ms-owner", bytes, len);
        break;
    case 1:
        if (recycled_is(bytes, len, "$Ia.docx"))
            fuzz_read(recycled_read, "$Ia.docx", "application/x-ms-recycled", bytes, len);
        break;
    case 2:
        fuzz_read(folder_view_read, ".DS_Store", "application/x-apple-ds-store", bytes, len);
        break;
    case 3:
        fuzz_read(custom_list_read, "x", "application/x-ms-custom-jump-list", bytes, len);
        break;
    case 4:
        fuzz_read(jump_list_read, "x", "application/x-ms-jump-list", bytes, len);
        break;
    case 5:
        fuzz_read(thumbs_read, "Thumbs.db", "application/x-ms-thumbs", bytes, len);
        break;
    case 6:
        fuzz_read(installer_read, "x.msi", "application/x-msi", bytes, len);
        break;
    default:
        (void)certificate_sniff(bytes, len);
        fuzz_read(certificate_read, "x.pem", "application/x-pem-file", bytes, len);
        fuzz_read(shortcut_read, "x.lnk", "application/x-ms-shortcut", bytes, len);
        break;
    }
    return 0;
}
