#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"

/* Bytes at a place, and what they are. First match wins. */
static const struct {
    uint32_t at;
    uint8_t len;
    const char *bytes;
    const char *mime;
} ROWS[] = {
    /* fonts */
    {0, 5, "\0\1\0\0\0", "font/ttf"},
    {0, 4, "true", "font/ttf"},
    {0, 4, "OTTO", "font/otf"},
    {0, 4, "ttcf", "font/collection"},
    {0, 4, "wOFF", "font/woff"},
    {0, 4, "wOF2", "font/woff2"},
    {6, 8, "%!PS-Ado", "application/x-font-type1"},
    {34, 2, "LP", "application/vnd.ms-fontobject"},
    /* programs */
    {0, 4, "\xFE\xED\xFA\xCE", "application/x-mach-binary"},
    {0, 4, "\xFE\xED\xFA\xCF", "application/x-mach-binary"},
    {0, 4, "\xCE\xFA\xED\xFE", "application/x-mach-binary"},
    {0, 4, "\xCF\xFA\xED\xFE", "application/x-mach-binary"},
    {0, 7, "\xCA\xFE\xBA\xBE\0\0\0", "application/x-java-applet"},
    {0, 4, "dex\n", "application/x-dex"},
    {0, 4, "\0asm", "application/wasm"},
    {0, 24, "Microsoft C/C++ MSF 7.00", "application/x-ms-pdb"},
    {0, 3, "FWS", "application/x-shockwave-flash"},
    {0, 3, "CWS", "application/x-shockwave-flash"},
    {0, 3, "ZWS", "application/x-shockwave-flash"},
    /* Windows */
    {0, 4, "regf", "application/x-ms-registry"},
    {0, 8, "PReg\1\0\0\0", "application/x-ms-policy"},
    {0, 8, "ElfFile\0", "application/x-ms-evtx"},
    {4, 4, "LfLe", "application/x-ms-evt"},
    {4, 4, "SCCA", "application/x-ms-prefetch"},
    {0, 4, "MAM\4", "application/x-ms-prefetch"},
    {0, 4, "MDMP", "application/x-dmp"},
    {0, 7, "PAGEDU6", "application/x-dmp"},
    {0, 7, "PAGEDUM", "application/x-dmp"},
    {0, 4, "hibr", "application/x-ms-hibernation"},
    {0, 4, "HIBR", "application/x-ms-hibernation"},
    {4, 4, "\xEF\xCD\xAB\x89", "application/x-ms-ese"},
    {0, 4, "CMMM", "application/x-ms-thumbcache"},
    {0, 19, "Client UrlCache MMF", "application/x-ms-url-cache"},
    {0, 4, "?_\3\0", "application/winhlp"},
    {0, 4, "\x0D\xF0\xAD\xBA", "application/x-outlook-nk2"},
    {0, 4, "\xCF\xAD\x12\xFE", "application/x-outlook-express"},
    {0, 8, "\x9C\xCB\xCB\x8D\x13\x75\xD2\x11", "application/x-windows-address-book"},
    {0, 6, "\x1A\0\0\4\0\0", "application/vnd.lotus-notes"},
    /* the Mac */
    {0, 6, "\0\5\x16\7\0\2", "application/x-apple-double"},
    {0, 4, "\0\5\x16\0", "application/x-apple-single"},
    {0, 4, "book", "application/x-apple-bookmark"},
    {0, 4, "cook", "application/x-safari-cookies"},
    {0, 15, "ANDROID BACKUP\n", "application/x-android-backup"},
    /* browsers */
    {0, 4, "SNSS", "application/x-chrome-session"},
    {0, 8, "\x30\x5C\x72\xA7\x1B\x6D\xFB\xFC", "application/x-chrome-cache"},
    {0, 4, "\xC3\xCA\4\xC1", "application/x-chrome-cache"},
    /* databases and measurements */
    {0, 4, "\xFE\1\x09\x09", "application/x-mysql"},
    {0, 4, "\xFE\1\x0A\x0C", "application/x-mysql"},
    {0, 5, "PGDMP", "application/x-postgresql-dump"},
    {0, 5, "REDIS", "application/x-redis-dump"},
    {12, 4, "\x62\x31\5\0", "application/x-berkeley-db"},
    {12, 4, "\x61\x15\6\0", "application/x-berkeley-db"},
    {12, 4, "\0\5\x31\x62", "application/x-berkeley-db"},
    {12, 4, "\0\6\x15\x61", "application/x-berkeley-db"},
    {14, 5, "\xC0HBAM", "application/x-filemaker"},
    {0, 4, "\x89HDF", "application/x-hdf5"},
    {0, 4, "CDF\1", "application/x-netcdf"},
    {0, 4, "PAR1", "application/vnd.apache.parquet"},
    {0, 4, "Obj\1", "application/vnd.apache.avro"},
    {0, 8, "ARROW1\0\0", "application/vnd.apache.arrow"},
    {0, 4, "$FL2", "application/x-spss-sav"},
    {0, 4, "$FL3", "application/x-spss-sav"},
    {0, 11, "<stata_dta>", "application/x-stata-dta"},
    {84, 8, "SAS FILE", "application/x-sas-data"},
    {0, 10, "MATLAB 5.0", "application/x-matlab-data"},
    {0, 6, "\x93NUMPY", "application/x-numpy"},
    {0, 5, "RDX2\n", "application/x-r-data"},
    {0, 5, "RDX3\n", "application/x-r-data"},
    {0, 5, "PACK\0", "application/x-git-pack"},
    {0, 8, "DIRC\0\0\0\2", "application/x-git-index"},
    {0, 4, "\xD4\xC3\xB2\xA1", "application/vnd.tcpdump.pcap"},
    {0, 4, "\xA1\xB2\xC3\xD4", "application/vnd.tcpdump.pcap"},
    {0, 4, "\x0A\x0D\x0D\x0A", "application/vnd.tcpdump.pcap"},
    /* drawings and their programs */
    {0, 4, "AC10", "image/vnd.dwg"},
    {0, 7, "BLENDER", "application/x-blender"},
    {0, 6, "\xFF\xFE\xFF\x0ES\0", "application/vnd.sketchup.skp"},
    {0, 8, "\6\6\xED\xF5\xD8\x1D\x46\xBD", "application/x-indesign"},
    {4, 4, "XPR3", "application/vnd.quark.quarkxpress"},
    {4, 4, "XPRa", "application/vnd.quark.quarkxpress"},
    {0, 9, "gimp xcf ", "image/x-xcf"},
    {0, 24, "Paint Shop Pro Image Fil", "image/x-paintshoppro"},
    {0, 4, "CPT9", "image/x-corel-photopaint"},
    {0, 4, "CPT7", "image/x-corel-photopaint"},
    {0, 4, "\0\xFFKA", "application/x-affinity"},
    /* pictures */
    {0, 2, "\xFF\x0A", "image/jxl"},
    {0, 12, "\0\0\0\x0CJXL \r\n\x87\n", "image/jxl"},
    {0, 15, "FUJIFILMCCD-RAW", "image/x-raw"},
    {0, 4, "FOVb", "image/x-raw"},
    {0, 4, "IIRO", "image/x-raw"},
    {0, 4, "IIRS", "image/x-raw"},
    {0, 4, "MMOR", "image/x-raw"},
    {0, 4, "IIU\0", "image/x-raw"},
    {0, 4, "\0MRM", "image/x-raw"},
    {4, 8, "ftypcrx ", "image/x-raw"},
    {0, 4, "\x76\x2F\x31\1", "image/x-exr"},
    {0, 10, "#?RADIANCE", "image/vnd.radiance"},
    {0, 4, "DDS ", "image/vnd.ms-dds"},
    {0, 4, "icns", "image/x-icns"},
    {8, 4, "ILBM", "image/x-ilbm"},
    {128, 4, "DICM", "application/dicom"},
    /* locks and keys */
    {0, 4, "\x03\xD9\xA2\x9A", "application/x-keepass"},
    {0, 4, "\xFE\xED\xFE\xED", "application/x-java-keystore"},
    {0, 6, "LUKS\xBA\xBE", "application/x-luks"},
    {0, 21, "age-encryption.org/v1", "application/x-age-encryption"},
    {0, 8, "Salted__", "application/x-openssl-encrypted"},
    {3, 8, "-FVE-FS-", "application/x-bitlocker"},
    /* disks */
    {0, 8, "EVF\x09\x0D\x0A\xFF\0", "application/x-ewf"},
    {0, 8, "EVF2\x0D\x0A\x81\0", "application/x-ewf"},
    {0, 5, "AFF10", "application/x-aff"},
    {64, 4, "\x7F\x10\xDA\xBE", "application/x-virtualbox-vdi"},
    {3, 8, "NTFS    ", "application/x-disk-ntfs"},
    {3, 8, "EXFAT   ", "application/x-disk-fat"},
    {54, 5, "FAT12", "application/x-disk-fat"},
    {54, 5, "FAT16", "application/x-disk-fat"},
    {82, 5, "FAT32", "application/x-disk-fat"},
    {1024, 4, "H+\0\4", "application/x-disk-hfs"},
    {1024, 4, "HX\0\5", "application/x-disk-hfs"},
    {1024, 2, "BD", "application/x-disk-hfs"},
    {32, 4, "NXSB", "application/x-disk-apfs"},
    {1080, 2, "\x53\xEF", "application/x-disk-ext"},
    {512, 8, "EFI PART", "application/x-disk-partitions"},
    {512, 4, "PM\0\0", "application/x-disk-partitions"},
    {65600, 8, "_BHRfS_M", "application/x-disk-linux"},
    {0, 4, "XFSB", "application/x-disk-linux"},
    {4086, 10, "SWAPSPACE2", "application/x-disk-linux"},
    /* sound and film that no reader here takes apart */
    {0, 4, "caff", "audio/x-caf"},
    {0, 4, ".snd", "audio/basic"},
    {0, 4, "MAC ", "audio/x-ape"},
    {0, 4, "wvpk", "audio/x-wavpack"},
    {0, 4, "MPCK", "audio/x-musepack"},
    {0, 3, "MP+", "audio/x-musepack"},
    {0, 9, "#!SILK_V3", "audio/x-silk"},
    {1, 9, "#!SILK_V3", "audio/x-silk"},
    {0, 4, "DSD ", "audio/x-dsf"},
    {0, 4, ".RMF", "application/vnd.rn-realmedia"},
    {8, 4, "ACON", "image/x-ani"},
};

/* A disk by its first sector: the mark at its end, and partitions that make sense. */
static bool is_partitioned(const unsigned char *data, size_t len)
{
    unsigned used = 0;

    if (len < 1024 || data[510] != 0x55 || data[511] != 0xAA)
        return false;
    for (size_t at = 446; at < 510; at += 16) {
        bool empty = data[at + 4] == 0;
        if (data[at] & 0x7F || (empty && le32_get(data + at + 12)) ||
            (!empty && !le32_get(data + at + 12)))
            return false;
        used += !empty;
    }
    return used > 0;
}

/* The footer of a table of LevelDB, in which browsers and applications keep what pages store. */
static bool is_leveldb(const unsigned char *data, size_t len)
{
    return len >= 48 && memcmp(data + len - 8, "\x57\xFB\x80\x8B\x24\x75\x47\xDB", 8) == 0;
}

const char *sniff_known(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        if ((size_t)ROWS[i].at + ROWS[i].len <= len &&
            memcmp(data + ROWS[i].at, ROWS[i].bytes, ROWS[i].len) == 0)
            return ROWS[i].mime;
    if (is_leveldb(data, len))
        return "application/x-leveldb";
    return is_partitioned(data, len) ? "application/x-disk-partitions" : NULL;
}
