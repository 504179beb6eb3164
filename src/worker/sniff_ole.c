#include "worker/sniff.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"

/* Streams by which a kind of compound file is known; more telling ones first. */
static const struct {
    const char *stream;
    const char *mime;
} STREAMS[] = {
    {"EncryptedPackage", "application/encrypted"},
    {"__properties_version1.0", "application/vnd.ms-outlook"},
    {"WordDocument", "application/msword"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"VisioDocument", "application/vnd.visio"},
    {"FileHeader", "application/x-hwp"},
    {"Quill", "application/x-mspublisher"},
};

enum { ENTRY_BYTES = 128, NAME_BYTES = 64, ROOT_TYPE = 5 };

/* A directory entry: a UTF-16 name, its length in bytes with the ending zero, and a type. */
static bool entry_is(const unsigned char *entry, const char *stream)
{
    size_t n = strlen(stream);

    if (entry[NAME_BYTES] != 2 * (n + 1) || entry[NAME_BYTES + 1] != 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (entry[2 * i] != (unsigned char)stream[i] || entry[2 * i + 1] != 0)
            return false;
    return true;
}

/* Directory entries stand at multiples of their size; they are looked for without following the
 * file's own tables, which a broken or hostile file may have wrong. */
const char *sniff_ole(const unsigned char *data, size_t len)
{
    size_t best = ARRAY_LEN(STREAMS);

    for (size_t at = 512; at + ENTRY_BYTES <= len; at += ENTRY_BYTES) {
        const unsigned char *entry = data + at;
        if (entry[NAME_BYTES + 2] < 1 || entry[NAME_BYTES + 2] > ROOT_TYPE || entry[1] != 0)
            continue;
        for (size_t i = 0; i < best; i++)
            if (entry_is(entry, STREAMS[i].stream))
                best = i;
    }
    return best < ARRAY_LEN(STREAMS) ? STREAMS[best].mime : "application/x-ole-storage";
}
