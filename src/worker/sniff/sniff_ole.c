#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "worker/ole/cfb.h"

/* Entries of the root by which a kind of compound file is known; more telling ones first, since a
 * document may carry traces of others. A name that ends with "*" is a start. */
static const struct {
    const char *name;
    const char *mime;
} NAMES[] = {
    {"EncryptedPackage", "application/encrypted"},
    {"__properties_version1.0", "application/vnd.ms-outlook"},
    {"__nameid_version1.0", "application/vnd.ms-outlook"},
    {"__substg1.0_*", "application/vnd.ms-outlook"},
    {"Quill", "application/x-mspublisher"},
    {"VisioDocument", "application/vnd.visio"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
    {"PP97_DUALSTORAGE", "application/vnd.ms-powerpoint"},
    {"PP40", "application/vnd.ms-powerpoint"},
    {"WordDocument", "application/msword"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"WksSSWorkBook", "application/vnd.ms-works"},
    {"MatOST", "application/vnd.ms-works"},
    {"SPELLING", "application/vnd.ms-works"},
    {"StarWriterDocument", "application/vnd.stardivision.writer"},
    {"StarCalcDocument", "application/vnd.stardivision.calc"},
    {"StarImpressDocument", "application/vnd.stardivision.impress"},
    {"StarDrawDocument3", "application/vnd.stardivision.draw"},
    {"StarDrawDocument", "application/vnd.stardivision.draw"},
    {"StarMathDocument", "application/vnd.stardivision.math"},
    {"StarChartDocument", "application/vnd.stardivision.chart"},
    {"HwpSummaryInformation", "application/x-hwp-v5"},
    {"\005HwpSummaryInformation", "application/x-hwp-v5"},
    {"FileHeader", "application/x-hwp-v5"},
    {"NativeContent_MAIN", "application/x-quattro-pro"},
    {"PerfectOffice_MAIN", "application/vnd.wordperfect"},
    {"PageMaker", "application/x-pagemaker"},
    {"SlideShow", "application/x-corelpresentations"},
    {"Props9", "application/vnd.ms-project"},
    {"Props12", "application/vnd.ms-project"},
    {"Props14", "application/vnd.ms-project"},
    {"Props", "application/vnd.ms-project"},
    {"TBkd*", "application/vnd.ms-project"},
    {"SwDocContentMgr", "application/sldworks"},
    {"SwDocMgrTempStorage", "application/sldworks"},
    {"ACIS", "application/x-autodesk-inventor"},
    {"Equation Native", "application/vnd.ms-equation"},
    {"\xE4\xA1\x80*", "application/x-msi"}, /* U+4840: a table of the installer */
    {"DestList", "application/x-ms-jump-list"},
    {"256_*", "application/x-ms-thumbs"},
    {"96_*", "application/x-ms-thumbs"},
    {"Catalog", "application/x-ms-thumbs"},
};

/* Kinds that share stream names with nothing, and are known by their class. */
static const struct {
    uint8_t clsid[16];
    const char *mime;
} CLASSES[] = {
    /* {000C1084-...}, {000C1086-...}, {000C1082-...}: installer package, patch, transform */
    {{0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "application/x-msi"},
    {{0x86, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "application/x-ms-patch"},
    {{0x82, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "application/x-msi"},
    /* {0EA45AB2-9E0A-11D1-A407-00C04FB932BA}: Works, whose one stream is called as many others are
     */
    {{0xB2, 0x5A, 0xA4, 0x0E, 0x0A, 0x9E, 0xD1, 0x11, 0xA4, 0x07, 0, 0xC0, 0x4F, 0xB9, 0x32, 0xBA},
     "application/vnd.ms-works"},
    /* {00021201-...}: Publisher before it had "Quill" */
    {{0x01, 0x12, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}, "application/x-mspublisher"},
};

static const char UNKNOWN[] = "application/x-ole-storage";

static bool name_fits(const char *pattern, const char *name)
{
    size_t len = strlen(pattern);

    if (pattern[len - 1] == '*')
        return strncasecmp(pattern, name, len - 1) == 0;
    return strcasecmp(pattern, name) == 0;
}

const char *sniff_ole(const unsigned char *data, size_t len)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(data, len);
    size_t best = ARRAY_LEN(NAMES);

    if (!cfb)
        return UNKNOWN;
    for (size_t i = 0; i < ARRAY_LEN(CLASSES); i++)
        if (memcmp(cfb_root(cfb)->clsid, CLASSES[i].clsid, sizeof(CLASSES[i].clsid)) == 0)
            return CLASSES[i].mime;
    for (const struct cfb_entry *e = cfb_root(cfb)->first; e; e = e->next)
        for (size_t i = 0; i < best; i++)
            if (name_fits(NAMES[i].name, e->name))
                best = i;
    return best < ARRAY_LEN(NAMES) ? NAMES[best].mime : UNKNOWN;
}
