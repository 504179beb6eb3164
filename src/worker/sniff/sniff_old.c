#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"

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

/* A QuickDraw picture at `at`: its size, its frame, the version's opcode. */
static bool is_pict_at(const unsigned char *data, size_t len, size_t at, bool weak)
{
    static const char VERSION_2[] = "\0\x11\2\xFF\x0C";
    static const char VERSION_1[] = "\x11\1";
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
           (weak && memcmp(data + at + OPCODE, VERSION_1, sizeof(VERSION_1) - 1) == 0);
}

/* Files begin with 512 bytes for the program that wrote them, nearly always zeros; pictures in
 * other documents lack them. */
static bool is_pict(const unsigned char *data, size_t len)
{
    enum { HEADER = 512 };
    static const unsigned char zeros[HEADER];

    return is_pict_at(data, len, 0, false) ||
           (len > HEADER && is_pict_at(data, len, HEADER, memcmp(data, zeros, HEADER) == 0));
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

const char *sniff_old(const unsigned char *data, size_t len)
{
    if (is_t602(data, len))
        return "application/x-t602";
    if (is_cgm(data, len))
        return "image/cgm";
    return is_pict(data, len) ? "image/x-pict" : NULL;
}
