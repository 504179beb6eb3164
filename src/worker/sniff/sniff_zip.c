#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"

enum { LOCAL_HEADER = 30, CENTRAL_HEADER = 46, END_HEADER = 22, ENTRIES_LOOKED_AT = 4096 };

#define OOXML "application/vnd.openxmlformats-officedocument."

/* A part's name that only this kind of document has. */
static const struct {
    const char *prefix;
    const char *mime;
} PARTS[] = {
    {"word/document", OOXML "wordprocessingml.document"},
    {"xl/workbook", OOXML "spreadsheetml.sheet"},
    {"ppt/presentation", OOXML "presentationml.presentation"},
    {"visio/document", "application/vnd.ms-visio.drawing.main+xml"},
    {"content/riffData.cdr", "application/vnd.corel-draw"},
    {"content/root.dat", "application/vnd.corel-draw"},
    {"FixedDocSeq.fdseq", "application/vnd.ms-xpsdocument"},
    {"FixedDocumentSequence.fdseq", "application/vnd.ms-xpsdocument"},
    {"FixedDocumentSequence.fdseq/[0].piece", "application/vnd.ms-xpsdocument"},
    {"META-INF/MANIFEST.MF", "application/java-archive"},
    {"META-INF/container.xml", "application/epub+zip"},
    {"AndroidManifest.xml", "application/vnd.android.package-archive"},
    {"Index/Document.iwa", "application/vnd.apple.iwork"},
    {"index.apxl", "application/vnd.apple.keynote"},
    {"Index.zip", "application/vnd.apple.iwork"},
    {"index.xml.gz", "application/vnd.apple.iwork"},
    {"buildVersionHistory.plist", "application/vnd.apple.iwork"},
};

/* OpenDocument and EPUB: the first entry is `mimetype`, stored, and is the type itself. */
static const char *const STORED[] = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.formula",
    "application/vnd.oasis.opendocument.base",
    "application/vnd.oasis.opendocument.database",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
    "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.graphics-template",
    "application/vnd.sun.xml.writer.template",
    "application/vnd.sun.xml.writer.global",
    "application/vnd.sun.xml.calc.template",
    "application/vnd.sun.xml.impress.template",
    "application/vnd.sun.xml.draw",
    "application/vnd.sun.xml.writer",
    "application/vnd.sun.xml.calc",
    "application/vnd.sun.xml.impress",
    "application/epub+zip",
    "application/x-ibooks+zip",
    "application/vnd.adobe.indesign-idml-package",
};

static const char *by_mimetype_entry(const unsigned char *data, size_t len)
{
    static const char NAME[] = "mimetype";
    size_t at = LOCAL_HEADER;

    if (len < LOCAL_HEADER + sizeof(NAME) || le16_get(data + 26) != sizeof(NAME) - 1 ||
        memcmp(data + at, NAME, sizeof(NAME) - 1) != 0)
        return NULL;
    at += sizeof(NAME) - 1 + le16_get(data + 28);
    const char *found = NULL;
    size_t found_len = 0;
    for (size_t i = 0; i < ARRAY_LEN(STORED); i++) {
        size_t n = strlen(STORED[i]);
        if (n > found_len && at + n <= len && memcmp(data + at, STORED[i], n) == 0) {
            found = STORED[i];
            found_len = n;
        }
    }
    return found;
}

static const char *by_part(const unsigned char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(PARTS); i++) {
        size_t n = strlen(PARTS[i].prefix);
        if (len >= n && memcmp(name, PARTS[i].prefix, n) == 0)
            return PARTS[i].mime;
    }
    return NULL;
}

/* Where the central directory starts; len when it cannot be found. */
static size_t directory_start(const unsigned char *data, size_t len)
{
    size_t window = len < 65536 + END_HEADER ? len : 65536 + END_HEADER;

    for (size_t back = END_HEADER; back <= window; back++) {
        const unsigned char *end = data + len - back;
        if (memcmp(end, "PK\5\6", 4) == 0)
            return le32_get(end + 16) < len ? le32_get(end + 16) : len;
    }
    return len;
}

static const char *by_directory(const unsigned char *data, size_t len)
{
    const char *found = NULL;
    size_t at = directory_start(data, len);

    for (int i = 0; i < ENTRIES_LOOKED_AT && at + CENTRAL_HEADER <= len; i++) {
        const unsigned char *entry = data + at;
        if (memcmp(entry, "PK\1\2", 4) != 0)
            break;
        size_t name = le16_get(entry + 28);
        if (at + CENTRAL_HEADER + name > len)
            break;
        const char *mime = by_part(entry + CENTRAL_HEADER, name);
        if (mime && (!found || strcmp(found, "application/java-archive") == 0))
            found = mime;
        at += CENTRAL_HEADER + name + le16_get(entry + 30) + le16_get(entry + 32);
    }
    return found;
}

/* An archive cut off before its directory: the local headers that are there. */
static const char *by_local_headers(const unsigned char *data, size_t len)
{
    const unsigned char *at = data;
    const unsigned char *end = data + len;

    for (int i = 0; i < ENTRIES_LOOKED_AT; i++) {
        at = memmem(at, (size_t)(end - at), "PK\3\4", 4);
        if (!at || (size_t)(end - at) < LOCAL_HEADER)
            return NULL;
        size_t name = le16_get(at + 26);
        if ((size_t)(end - at) < LOCAL_HEADER + name)
            return NULL;
        const char *found = by_part(at + LOCAL_HEADER, name);
        if (found)
            return found;
        at += LOCAL_HEADER;
    }
    return NULL;
}

const char *sniff_zip(const unsigned char *data, size_t len)
{
    const char *found = by_mimetype_entry(data, len);

    if (!found)
        found = by_directory(data, len);
    if (!found && directory_start(data, len) == len)
        found = by_local_headers(data, len);
    if (found && strncmp(found, OOXML, sizeof(OOXML) - 1) == 0)
        return sniff_ooxml(data, len, found);
    if (!found)
        found = sniff_odf(data, len);
    return found ? found : "application/zip";
}
