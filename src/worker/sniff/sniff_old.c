#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"
#include "worker/sniff/marks.h"

/* Binary CGM (ISO/IEC 8632-3): BEGIN METAFILE with the file's name, then METAFILE VERSION. */
static bool is_cgm(const unsigned char *data, size_t len)
{
    enum { HEAD = 2, LONG = 31, VERSION_1 = 1, VERSION_4 = 4 };

    if (len < 16 || data[0] != 0 || (data[1] & 0xE0) != 0x20)
        return false;
    size_t name = data[1] & 0x1F;
    size_t at = HEAD;
    if (name == LONG) {
        name = be16_get(data + HEAD) & 0x7FFF;
        at += 2;
    }
    at += name + (name & 1);
    return at + 4 <= len && data[at] == 0x10 && data[at + 1] == 0x22 && data[at + 2] == 0 &&
           data[at + 3] >= VERSION_1 && data[at + 3] <= VERSION_4;
}

/* A QuickDraw picture at `at`: its size, its frame, the version's opcode. That of version 1 is too
 * short to be believed alone: `version_1` says how many bytes of it and of the clipping that
 * follows have to be there, 0 that there is none. */
static bool is_pict_at(const unsigned char *data, size_t len, size_t at, size_t version_1)
{
    static const char VERSION_2[] = "\0\x11\2\xFF\x0C";
    static const char VERSION_1[] = "\x11\1\1\0\x0A";
    enum { FRAME = 2, OPCODE = 10 };

    if (len < at + 40)
        return false;
    int top = (int16_t)be16_get(data + at + FRAME);
    int left = (int16_t)be16_get(data + at + FRAME + 2);
    int bottom = (int16_t)be16_get(data + at + FRAME + 4);
    int right = (int16_t)be16_get(data + at + FRAME + 6);
    if (bottom <= top || right <= left)
        return false;
    return memcmp(data + at + OPCODE, VERSION_2, sizeof(VERSION_2) - 1) == 0 ||
           (version_1 && memcmp(data + at + OPCODE, VERSION_1, version_1) == 0);
}

/* Files begin with 512 bytes for the program that wrote them, nearly always zeros; pictures in
 * other documents lack them. */
static bool is_pict(const unsigned char *data, size_t len)
{
    enum { HEADER = 512, VERSION = 2, VERSION_AND_CLIP = 5 };
    static const unsigned char zeros[HEADER];

    if (is_pict_at(data, len, 0, 0))
        return true;
    return len > HEADER &&
           is_pict_at(data, len, HEADER,
                      memcmp(data, zeros, HEADER) == 0 ? VERSION : VERSION_AND_CLIP);
}

/* Text602: its first commands, a line each: the character set, then margins and the like. */
static bool is_t602(const unsigned char *data, size_t len)
{
    if (len < 10 || memcmp(data, "@CT ", 4) != 0 || data[4] < '0' || data[4] > '2')
        return false;
    size_t at = 5;
    while (at < len && at < 10 && (data[at] == '\r' || data[at] == '\n'))
        at++;
    return at > 5 && at < len && data[at] == '@';
}

/* Word's own stream without a compound file around it: versions 1 and 2, and the rare 6 and 95. The
 * text lies from fcMin to fcMac ([MS-DOC] FibBase, of which these are forebears). */
static bool is_word(const unsigned char *data, size_t len)
{
    static const struct {
        uint16_t ident, version_min, version_max;
    } KINDS[] = {{0xA59B, 33, 40}, {0xA5DB, 41, 100}, {0xA5DC, 101, 110}};
    enum { VERSION = 2, FC_MIN = 0x18, FC_MAC = 0x1C, FIB_MIN = 0x80 };

    if (len < FIB_MIN)
        return false;
    uint32_t text = le32_get(data + FC_MIN);
    uint32_t end = le32_get(data + FC_MAC);
    if (text < FIB_MIN || end < text || end > len)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
        if (le16_get(data) == KINDS[i].ident && le16_get(data + VERSION) >= KINDS[i].version_min &&
            le16_get(data + VERSION) <= KINDS[i].version_max)
            return true;
    return false;
}

static const struct shape SHAPES[] = {
    {is_t602, "application/x-t602"},
    {is_word, "application/msword2"},
    {is_cgm, "image/cgm"},
    {is_pict, "image/x-pict"},
};

const char *sniff_old(const unsigned char *data, size_t len)
{
    return shape_find(SHAPES, ARRAY_LEN(SHAPES), data, len);
}
