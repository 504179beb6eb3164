#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"
#include "worker/sniff/marks.h"

/* Archives beyond those that everybody has. */

static const struct mark MARKS[] = {
    MARK(0, "RE~^", "application/x-rar-old"),
    MARK(0, "\xED\xAB\xEE\xDB", "application/x-rpm"),
    MARK(0, "filedesc://", "application/x-internet-archive"),
    MARK(0, "xar!", "application/x-xar"),
    MARK(0, "070701", "application/x-cpio"),
    MARK(0, "070702", "application/x-cpio"),
    MARK(0, "070707", "application/x-cpio"),
    MARK(0, "\xC7\x71", "application/x-cpio"),
    MARK(0, "\x71\xC7", "application/x-cpio"),
    MARK(0x8001, "CD001", "application/x-iso9660-image"),
    MARK(0x8801, "CD001", "application/x-iso9660-image"),
    MARK(0x8001, "BEA01", "application/x-udf-image"),
    MARK(0, "ISc(\x00", "application/x-installshield"),
    MARK(7, "**ACE**", "application/x-ace-compressed"),
    MARK(20, "\xDC\xA7\xC4\xFD", "application/x-zoo"),
    MARK(0, "StuffIt ", "application/x-stuffit"),
    MARK(0, "SIT!", "application/x-stuffit"),
    MARK(0, "LRZI", "application/x-lrzip"),
    MARK(0, "7kSt", "application/x-zpaq"),
    MARK(0, "zPQ", "application/x-zpaq"),
    MARK(0, "hsqs", "application/x-squashfs"),
    MARK(0, "\x89LZO\x00\r\n\x1A\n", "application/x-lzop"),
    MARK(0, "MSWIM\0\0\0", "application/x-ms-wim"),
    MARK(0, "ALZ\1", "application/x-alz-compressed"),
    MARK(0, "EGGA", "application/x-egg"),
    MARK(0, "\xFF\x06\0\0sNaPpY", "application/x-snappy-framed"),
    MARK(0, "PAR2", "application/x-par2"),
    MARK(0, "SZDD\x88\xF0\x27", "application/x-ms-compress-szdd"),
    MARK(0, "KWAJ\x88\xF0\x27\xD1", "application/x-ms-compress-szdd"),
    MARK(0, "(This file", "application/mac-binhex40"),
    MARK(0, "UHA\6", "application/x-uharc"),
    MARK(0, "conectix", "application/x-virtualbox-vhd"),
    MARK(0, "QFI\xFB", "application/x-qemu-disk"),
    MARK(0, "KDMV", "application/x-vmdk-disk"),
    MARK(0, "vhdxfile", "application/x-virtualbox-vhdx"),
};

/* [ARJ technical information]: a basic header of 30 to 2,600 bytes, whose first part has 30 or
 * more.
 */
static bool is_arj(const unsigned char *data, size_t len)
{
    return len > 40 && data[0] == 0x60 && data[1] == 0xEA && le16_get(data + 2) >= 30 &&
           le16_get(data + 2) <= 2600 && data[4] >= 30 && data[10] == 2;
}

/* "-lh5-" behind the header's length and sum, or "-lzs-". */
static bool is_lha(const unsigned char *data, size_t len)
{
    return len > 24 && data[2] == '-' && data[3] == 'l' && (data[4] == 'h' || data[4] == 'z') &&
           data[6] == '-' && data[20] <= 3;
}

/* The header of .lzma is 5 bytes of properties and 8 of size: the usual properties, a size of a
 * power of two or its sum with half of it, and a length that is unknown or sane. */
static bool is_lzma(const unsigned char *data, size_t len)
{
    if (len < 14 || data[0] != 0x5D || data[1] || data[2])
        return false;
    uint32_t dictionary = le32_get(data + 1);
    bool usual = dictionary && ((dictionary & (dictionary - 1)) == 0 ||
                                (dictionary / 3 * 2 & (dictionary / 3 * 2 - 1)) == 0);
    uint64_t size = le64_get(data + 5);
    return usual && data[13] == 0 && (size == UINT64_MAX || size < UINT64_C(1) << 40);
}

/* "begin 644 name" */
static bool is_uu(const unsigned char *data, size_t len)
{
    if (len < 20 || memcmp(data, "begin ", 6) != 0)
        return false;
    for (size_t i = 6; i < 9; i++)
        if (data[i] < '0' || data[i] > '7')
            return false;
    const unsigned char *line = memchr(data, '\n', len < 300 ? len : 300);
    if (data[9] != ' ' || !line || line + 2 >= data + len)
        return false;
    /* each line says how many bytes it holds */
    size_t chars = ((size_t)(line[1] - ' ') & 63) * 4;
    const unsigned char *next = memchr(line + 1, '\n', (size_t)(data + len - line - 1));
    return next && (size_t)(next - line) >= (chars + 2) / 3;
}

/* Programs of DOS, Windows and Unix: what they carry is for their reader to find. */
static bool is_program(const unsigned char *data, size_t len)
{
    if (len > 0x40 && data[0] == 'M' && data[1] == 'Z') {
        uint32_t at = le32_get(data + 0x3C);
        return at < len && len - at > 4 &&
               (!memcmp(data + at, "PE\0\0", 4) || !memcmp(data + at, "NE", 2) ||
                !memcmp(data + at, "LE", 2));
    }
    return false;
}

/* The trailer of Apple's disk images. */
static bool is_dmg(const unsigned char *data, size_t len)
{
    return len > 512 && memcmp(data + len - 512, "koly", 4) == 0;
}

static const struct shape SHAPES[] = {
    {is_program, "application/x-dosexec"},
    {is_arj, "application/x-arj"},
    {is_lha, "application/x-lzh-compressed"},
    {is_lzma, "application/x-lzma"},
    {is_uu, "text/x-uuencode"},
    {is_dmg, "application/x-apple-diskimage"},
};

const char *sniff_archive(const unsigned char *data, size_t len)
{
    const char *found = mark_find(MARKS, ARRAY_LEN(MARKS), data, len);

    return found ? found : shape_find(SHAPES, ARRAY_LEN(SHAPES), data, len);
}
