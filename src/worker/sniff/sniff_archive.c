#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/bytes.h"

/* Archives beyond those that everybody has. */

static const struct {
    uint32_t at;
    uint8_t len;
    const char *bytes;
    const char *mime;
} ROWS[] = {
    {0, 4, "RE~^", "application/x-rar-old"},
    {0, 4, "\xED\xAB\xEE\xDB", "application/x-rpm"},
    {0, 11, "filedesc://", "application/x-internet-archive"},
    {0, 4, "xar!", "application/x-xar"},
    {0, 6, "070701", "application/x-cpio"},
    {0, 6, "070702", "application/x-cpio"},
    {0, 6, "070707", "application/x-cpio"},
    {0, 2, "\xC7\x71", "application/x-cpio"},
    {0, 2, "\x71\xC7", "application/x-cpio"},
    {0x8001, 5, "CD001", "application/x-iso9660-image"},
    {0x8801, 5, "CD001", "application/x-iso9660-image"},
    {0x8001, 5, "BEA01", "application/x-udf-image"},
    {0, 5, "ISc(\x00", "application/x-installshield"},
    {7, 7, "**ACE**", "application/x-ace-compressed"},
    {20, 4, "\xDC\xA7\xC4\xFD", "application/x-zoo"},
    {0, 8, "StuffIt ", "application/x-stuffit"},
    {0, 4, "SIT!", "application/x-stuffit"},
    {0, 4, "LRZI", "application/x-lrzip"},
    {0, 4, "7kSt", "application/x-zpaq"},
    {0, 3, "zPQ", "application/x-zpaq"},
    {0, 4, "hsqs", "application/x-squashfs"},
    {0, 9, "\x89LZO\x00\r\n\x1A\n", "application/x-lzop"},
    {0, 8, "MSWIM\0\0\0", "application/x-ms-wim"},
    {0, 4, "ALZ\1", "application/x-alz-compressed"},
    {0, 4, "EGGA", "application/x-egg"},
    {0, 10, "\xFF\x06\0\0sNaPpY", "application/x-snappy-framed"},
    {0, 4, "PAR2", "application/x-par2"},
    {0, 7, "SZDD\x88\xF0\x27", "application/x-ms-compress-szdd"},
    {0, 8, "KWAJ\x88\xF0\x27\xD1", "application/x-ms-compress-szdd"},
    {0, 10, "(This file", "application/mac-binhex40"},
    {0, 4, "UHA\6", "application/x-uharc"},
    {0, 8, "conectix", "application/x-virtualbox-vhd"},
    {0, 4, "QFI\xFB", "application/x-qemu-disk"},
    {0, 4, "KDMV", "application/x-vmdk-disk"},
    {0, 8, "vhdxfile", "application/x-virtualbox-vhdx"},
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

const char *sniff_archive(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        if ((size_t)ROWS[i].at + ROWS[i].len <= len &&
            memcmp(data + ROWS[i].at, ROWS[i].bytes, ROWS[i].len) == 0)
            return ROWS[i].mime;
    if (is_program(data, len))
        return "application/x-dosexec";
    if (is_arj(data, len))
        return "application/x-arj";
    if (is_lha(data, len))
        return "application/x-lzh-compressed";
    if (is_lzma(data, len))
        return "application/x-lzma";
    if (is_uu(data, len))
        return "text/x-uuencode";
    return is_dmg(data, len) ? "application/x-apple-diskimage" : NULL;
}
