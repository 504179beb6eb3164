#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"
#include "worker/sniff/marks.h"

static const struct mark MARKS[] = {
    /* fonts */
    MARK(0, "\0\1\0\0\0", "font/ttf"),
    MARK(0, "true", "font/ttf"),
    MARK(0, "OTTO", "font/otf"),
    MARK(0, "ttcf", "font/collection"),
    MARK(0, "wOFF", "font/woff"),
    MARK(0, "wOF2", "font/woff2"),
    MARK(6, "%!PS-Ado", "application/x-font-type1"),
    MARK(34, "LP", "application/vnd.ms-fontobject"),
    /* programs */
    MARK(0, "\xFE\xED\xFA\xCE", "application/x-mach-binary"),
    MARK(0, "\xFE\xED\xFA\xCF", "application/x-mach-binary"),
    MARK(0, "\xCE\xFA\xED\xFE", "application/x-mach-binary"),
    MARK(0, "\xCF\xFA\xED\xFE", "application/x-mach-binary"),
    MARK(0, "\xCA\xFE\xBA\xBE\0\0\0", "application/x-java-applet"),
    MARK(0, "dex\n", "application/x-dex"),
    MARK(0, "\0asm", "application/wasm"),
    MARK(0, "Microsoft C/C++ MSF 7.00", "application/x-ms-pdb"),
    MARK(0, "FWS", "application/x-shockwave-flash"),
    MARK(0, "CWS", "application/x-shockwave-flash"),
    MARK(0, "ZWS", "application/x-shockwave-flash"),
    /* Windows */
    MARK(0, "regf", "application/x-ms-registry"),
    MARK(0, "PReg\1\0\0\0", "application/x-ms-policy"),
    MARK(0, "ElfFile\0", "application/x-ms-evtx"),
    MARK(4, "LfLe", "application/x-ms-evt"),
    MARK(4, "SCCA", "application/x-ms-prefetch"),
    MARK(0, "MAM\4", "application/x-ms-prefetch"),
    MARK(0, "MDMP", "application/x-dmp"),
    MARK(0, "PAGEDU6", "application/x-dmp"),
    MARK(0, "PAGEDUM", "application/x-dmp"),
    MARK(0, "hibr", "application/x-ms-hibernation"),
    MARK(0, "HIBR", "application/x-ms-hibernation"),
    MARK(4, "\xEF\xCD\xAB\x89", "application/x-ms-ese"),
    MARK(0, "CMMM", "application/x-ms-thumbcache"),
    MARK(0, "Client UrlCache MMF", "application/x-ms-url-cache"),
    MARK(0, "?_\3\0", "application/winhlp"),
    MARK(0, "\x0D\xF0\xAD\xBA", "application/x-outlook-nk2"),
    MARK(0, "\xCF\xAD\x12\xFE", "application/x-outlook-express"),
    MARK(0, "\x9C\xCB\xCB\x8D\x13\x75\xD2\x11", "application/x-windows-address-book"),
    MARK(0, "\x1A\0\0\4\0\0", "application/vnd.lotus-notes"),
    /* the Mac */
    MARK(0, "\0\5\x16\7\0\2", "application/x-apple-double"),
    MARK(0, "\0\5\x16\0", "application/x-apple-single"),
    MARK(0, "book", "application/x-apple-bookmark"),
    MARK(0, "cook", "application/x-safari-cookies"),
    MARK(0, "ANDROID BACKUP\n", "application/x-android-backup"),
    /* browsers */
    MARK(0, "SNSS", "application/x-chrome-session"),
    MARK(0, "\x30\x5C\x72\xA7\x1B\x6D\xFB\xFC", "application/x-chrome-cache"),
    MARK(0, "\xC3\xCA\4\xC1", "application/x-chrome-cache"),
    /* databases and measurements */
    MARK(0, "\xFE\1\x09\x09", "application/x-mysql"),
    MARK(0, "\xFE\1\x0A\x0C", "application/x-mysql"),
    MARK(0, "PGDMP", "application/x-postgresql-dump"),
    MARK(0, "REDIS", "application/x-redis-dump"),
    MARK(12, "\x62\x31\5\0", "application/x-berkeley-db"),
    MARK(12, "\x61\x15\6\0", "application/x-berkeley-db"),
    MARK(12, "\0\5\x31\x62", "application/x-berkeley-db"),
    MARK(12, "\0\6\x15\x61", "application/x-berkeley-db"),
    MARK(14, "\xC0HBAM", "application/x-filemaker"),
    MARK(0, "\x89HDF", "application/x-hdf5"),
    MARK(0, "CDF\1", "application/x-netcdf"),
    MARK(0, "PAR1", "application/vnd.apache.parquet"),
    MARK(0, "Obj\1", "application/vnd.apache.avro"),
    MARK(0, "ARROW1\0\0", "application/vnd.apache.arrow"),
    MARK(0, "$FL2", "application/x-spss-sav"),
    MARK(0, "$FL3", "application/x-spss-sav"),
    MARK(0, "<stata_dta>", "application/x-stata-dta"),
    MARK(84, "SAS FILE", "application/x-sas-data"),
    MARK(0, "MATLAB 5.0", "application/x-matlab-data"),
    MARK(0, "\x93NUMPY", "application/x-numpy"),
    MARK(0, "RDX2\n", "application/x-r-data"),
    MARK(0, "RDX3\n", "application/x-r-data"),
    MARK(0, "PACK\0", "application/x-git-pack"),
    MARK(0, "DIRC\0\0\0\2", "application/x-git-index"),
    MARK(0, "\xD4\xC3\xB2\xA1", "application/vnd.tcpdump.pcap"),
    MARK(0, "\xA1\xB2\xC3\xD4", "application/vnd.tcpdump.pcap"),
    MARK(0, "\x0A\x0D\x0D\x0A", "application/vnd.tcpdump.pcap"),
    /* drawings and their programs */
    MARK(0, "AC10", "image/vnd.dwg"),
    MARK(0, "BLENDER", "application/x-blender"),
    MARK(0, "\xFF\xFE\xFF\x0ES\0", "application/vnd.sketchup.skp"),
    MARK(0, "\6\6\xED\xF5\xD8\x1D\x46\xBD", "application/x-indesign"),
    MARK(4, "XPR3", "application/vnd.quark.quarkxpress"),
    MARK(4, "XPRa", "application/vnd.quark.quarkxpress"),
    MARK(0, "gimp xcf ", "image/x-xcf"),
    MARK(0, "Paint Shop Pro Image Fil", "image/x-paintshoppro"),
    MARK(0, "CPT9", "image/x-corel-photopaint"),
    MARK(0, "CPT7", "image/x-corel-photopaint"),
    MARK(0, "\0\xFFKA", "application/x-affinity"),
    /* pictures */
    MARK(0, "\xFF\x0A", "image/jxl"),
    MARK(0, "\0\0\0\x0CJXL \r\n\x87\n", "image/jxl"),
    MARK(0, "FUJIFILMCCD-RAW", "image/x-raw"),
    MARK(0, "FOVb", "image/x-raw"),
    MARK(0, "IIRO", "image/x-raw"),
    MARK(0, "IIRS", "image/x-raw"),
    MARK(0, "MMOR", "image/x-raw"),
    MARK(0, "IIU\0", "image/x-raw"),
    MARK(0, "\0MRM", "image/x-raw"),
    MARK(4, "ftypcrx ", "image/x-raw"),
    MARK(0, "\x76\x2F\x31\1", "image/x-exr"),
    MARK(0, "#?RADIANCE", "image/vnd.radiance"),
    MARK(0, "DDS ", "image/vnd.ms-dds"),
    MARK(0, "icns", "image/x-icns"),
    MARK(8, "ILBM", "image/x-ilbm"),
    MARK(128, "DICM", "application/dicom"),
    /* locks and keys */
    MARK(0, "\x03\xD9\xA2\x9A", "application/x-keepass"),
    MARK(0, "\xFE\xED\xFE\xED", "application/x-java-keystore"),
    MARK(0, "LUKS\xBA\xBE", "application/x-luks"),
    MARK(0, "age-encryption.org/v1", "application/x-age-encryption"),
    MARK(0, "Salted__", "application/x-openssl-encrypted"),
    MARK(3, "-FVE-FS-", "application/x-bitlocker"),
    /* disks */
    MARK(0, "EVF\x09\x0D\x0A\xFF\0", "application/x-ewf"),
    MARK(0, "EVF2\x0D\x0A\x81\0", "application/x-ewf"),
    MARK(0, "AFF10", "application/x-aff"),
    MARK(64, "\x7F\x10\xDA\xBE", "application/x-virtualbox-vdi"),
    MARK(3, "NTFS    ", "application/x-disk-ntfs"),
    MARK(3, "EXFAT   ", "application/x-disk-fat"),
    MARK(54, "FAT12", "application/x-disk-fat"),
    MARK(54, "FAT16", "application/x-disk-fat"),
    MARK(82, "FAT32", "application/x-disk-fat"),
    MARK(1024, "H+\0\4", "application/x-disk-hfs"),
    MARK(1024, "HX\0\5", "application/x-disk-hfs"),
    MARK(1024, "BD", "application/x-disk-hfs"),
    MARK(32, "NXSB", "application/x-disk-apfs"),
    MARK(1080, "\x53\xEF", "application/x-disk-ext"),
    MARK(512, "EFI PART", "application/x-disk-partitions"),
    MARK(512, "PM\0\0", "application/x-disk-partitions"),
    MARK(65600, "_BHRfS_M", "application/x-disk-linux"),
    MARK(0, "XFSB", "application/x-disk-linux"),
    MARK(4086, "SWAPSPACE2", "application/x-disk-linux"),
    /* sound and film that no reader here takes apart */
    MARK(0, "caff", "audio/x-caf"),
    MARK(0, ".snd", "audio/basic"),
    MARK(0, "MAC ", "audio/x-ape"),
    MARK(0, "wvpk", "audio/x-wavpack"),
    MARK(0, "MPCK", "audio/x-musepack"),
    MARK(0, "MP+", "audio/x-musepack"),
    MARK(0, "#!SILK_V3", "audio/x-silk"),
    MARK(1, "#!SILK_V3", "audio/x-silk"),
    MARK(0, "DSD ", "audio/x-dsf"),
    MARK(0, ".RMF", "application/vnd.rn-realmedia"),
    MARK(8, "ACON", "image/x-ani"),
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

static const struct shape SHAPES[] = {
    {is_leveldb, "application/x-leveldb"},
    {is_partitioned, "application/x-disk-partitions"},
};

const char *sniff_known(const unsigned char *data, size_t len)
{
    const char *found = mark_find(MARKS, ARRAY_LEN(MARKS), data, len);

    return found ? found : shape_find(SHAPES, ARRAY_LEN(SHAPES), data, len);
}
