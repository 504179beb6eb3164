#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bytes.h"
#include "worker/sniff/marks.h"

static const struct mark MARKS[] = {
    MARK(0, "%PDF-", "application/pdf"),
    MARK(0, "\x89PNG\r\n\x1A\n", "image/png"),
    MARK(0, "\xFF\xD8\xFF", "image/jpeg"),
    MARK(0, "GIF87a", "image/gif"),
    MARK(0, "GIF89a", "image/gif"),
    MARK(0, "II*\0", "image/tiff"),
    MARK(0, "MM\0*", "image/tiff"),
    MARK(0, "II+\0", "image/tiff"),
    MARK(0, "MM\0+", "image/tiff"),
    MARK(0, "\0\0\0\x0CjP  \r\n\x87\n", "image/jp2"),
    MARK(0, "AT&TFORM", "image/vnd.djvu"),
    MARK(0, "8BPS", "image/vnd.adobe.photoshop"),
    MARK(0, "PK\3\4", "application/zip"),
    MARK(0, "PK\5\6", "application/zip"),
    MARK(0, "PK00PK\3\4", "application/zip"),
    MARK(0, "7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    MARK(0, "Rar!\x1A\x07", "application/x-rar"),
    MARK(0, "\x1F\x8B", "application/gzip"),
    MARK(0, "BZh", "application/x-bzip2"),
    MARK(0, "\3757zXZ\0", "application/x-xz"),
    MARK(0, "\x28\xB5\x2F\xFD", "application/zstd"),
    MARK(0, "\x04\x22\x4D\x18", "application/x-lz4"),
    MARK(0, "LZIP", "application/x-lzip"),
    MARK(0, "\x1F\x9D", "application/x-compress"),
    MARK(0, "MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    MARK(257, "ustar", "application/x-tar"),
    MARK(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"),
    MARK(0, "ActiveMime", "application/x-mso"),
    MARK(0, "!BDN", "application/vnd.ms-outlook-pst"),
    MARK(0, "{\\rtf", "text/rtf"),
    MARK(0, "SQLite format 3\0", "application/vnd.sqlite3"),
    MARK(0, "\x37\x7F\x06\x82", "application/x-sqlite3-log"),
    MARK(0, "\x37\x7F\x06\x83", "application/x-sqlite3-log"),
    MARK(0, "\xD9\xD5\x05\xF9\x20\xA1\x63\xD7", "application/x-sqlite3-log"),
    MARK(4, "Standard Jet DB", "application/x-msaccess"),
    MARK(4, "Standard ACE DB", "application/x-msaccess"),
    MARK(0, "ITSF\3\0\0\0", "application/vnd.ms-htmlhelp"),
    MARK(0, "\x78\x9F\x3E\x22", "application/vnd.ms-tnef"),
    MARK(0, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", "application/onenote"),
    MARK(0, "\xA1\x2F\xFF\x43\xD9\xEF\x76\x4C", "application/onenote"),
    MARK(60, "BOOKMOBI", "application/x-mobipocket-ebook"),
    MARK(60, "TEXtREAd", "application/x-mobipocket-ebook"),
    MARK(0, "HWP Document File V", "application/x-hwp"),
    MARK(0, "%!PS", "application/postscript"),
    MARK(0, "\xC5\xD0\xD3\xC6", "application/postscript"),
    MARK(0, "\xFFWPC\x10\0\0\0\1\x16", "image/x-wpg"),
    MARK(0, "\xFFWPC", "application/vnd.wordperfect"),
    MARK(0, "\0\0\2\0\4\4", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\2\0\6\4", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\x1A\0\0\x10\4\0", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\x1A\0\2\x10\4\0", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\x1A\0\3\x10\4\0", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\x1A\0\5\x10\4\0", "application/vnd.lotus-1-2-3"),
    MARK(0, "\0\0\2\0\x20\x51", "application/x-quattro-pro"),
    MARK(0, "\0\0\2\0\x21\x51", "application/x-quattro-pro"),
    MARK(0, "\0\0\2\0\1\x10", "application/x-quattro-pro"),
    MARK(0, "\0\0\2\0\2\x10", "application/x-quattro-pro"),
    MARK(0, "\xFF\0\2\0\4\4\5\x54", "application/vnd.ms-works"),
    MARK(0, "\x20\x54\2\0\0\0\5\x54", "application/vnd.ms-works"),
    MARK(0, "\xE7\xAC\x2C\0", "application/x-mspublisher"),
    MARK(0, "fLaC", "audio/flac"),
    MARK(0, "OggS", "audio/ogg"),
    MARK(0, "ID3", "audio/mpeg"),
    MARK(0, "\x1A\x45\xDF\xA3", "video/x-matroska"),
    MARK(0, "\177ELF", "application/x-executable"),
    MARK(0, "-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    MARK(0, "-----BEGIN PGP PUBLIC", "application/pgp-keys"),
    MARK(0, "-----BEGIN PGP PRIVATE", "application/pgp-keys"),
    MARK(0, "-----BEGIN PGP SIGNATURE", "application/pgp-signature"),
    MARK(0, "-----BEGIN PKCS7", "application/pkcs7-mime"),
    MARK(0, "-----BEGIN CMS", "application/pkcs7-mime"),
    MARK(0, "WordPro", "application/vnd.lotus-wordpro"),
    MARK(0, "!<arch>\n", "application/x-archive"),
    MARK(0, "WARC/", "application/warc"),
    MARK(0, "bplist0", "application/x-bplist"),
    MARK(0, "<MIFFile ", "application/vnd.mif"),
};

static bool at_is(const unsigned char *data, size_t len, size_t at, const char *bytes)
{
    size_t n = strlen(bytes);

    return at + n <= len && memcmp(data + at, bytes, n) == 0;
}

/* RIFF and ISO base media: the kind stands behind a length. */
static const char *by_container(const unsigned char *data, size_t len)
{
    if (at_is(data, len, 0, "RIFF")) {
        if (at_is(data, len, 8, "WEBP"))
            return "image/webp";
        if (at_is(data, len, 8, "WAVE"))
            return "audio/x-wav";
        if (at_is(data, len, 8, "AVI "))
            return "video/x-msvideo";
        if (at_is(data, len, 8, "CDR") || at_is(data, len, 8, "cdr"))
            return "application/vnd.corel-draw";
        if (at_is(data, len, 8, "CMX1"))
            return "image/x-cmx";
    }
    if (!at_is(data, len, 4, "ftyp"))
        return NULL;
    if (at_is(data, len, 8, "heic") || at_is(data, len, 8, "heix") || at_is(data, len, 8, "mif1") ||
        at_is(data, len, 8, "heim") || at_is(data, len, 8, "heis") || at_is(data, len, 8, "hevc") ||
        at_is(data, len, 8, "hevx") || at_is(data, len, 8, "msf1") || at_is(data, len, 8, "mif2"))
        return "image/heif";
    if (at_is(data, len, 8, "avif") || at_is(data, len, 8, "avis"))
        return "image/avif";
    if (at_is(data, len, 8, "M4A") || at_is(data, len, 8, "M4B"))
        return "audio/x-m4a";
    if (at_is(data, len, 8, "3gp") || at_is(data, len, 8, "3g2"))
        return "video/3gpp";
    if (at_is(data, len, 8, "qt  "))
        return "video/quicktime";
    return "video/mp4";
}

/* "BM" alone is too little: the header's own length and zeros have to fit. */
static bool is_bmp(const unsigned char *data, size_t len)
{
    if (len < 30 || data[0] != 'B' || data[1] != 'M' || le32_get(data + 6) != 0)
        return false;
    uint32_t header = le32_get(data + 14);
    return header == 12 || header == 40 || header == 52 || header == 56 || header == 64 ||
           header == 108 || header == 124;
}

/* A message of CMS: a BER sequence, then an object identifier of PKCS #7 (1.2.840.113549.1.7) or of
 * S/MIME's kinds of content (1.2.840.113549.1.9.16.1). */
static bool is_pkcs7(const unsigned char *data, size_t len)
{
    static const char PKCS7[] = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    static const char SMIME[] = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01";

    return len > 32 && data[0] == 0x30 &&
           (memmem(data, 16, PKCS7, sizeof(PKCS7) - 1) ||
            memmem(data, 18, SMIME, sizeof(SMIME) - 1));
}

/* "P1" to "P6", white space, a width. */
static bool is_pnm(const unsigned char *data, size_t len)
{
    return len >= 8 && data[0] == 'P' && data[1] >= '1' && data[1] <= '6' && data[2] == '\n' &&
           ((data[3] >= '1' && data[3] <= '9') || data[3] == '#');
}

/* The checksum of a tar header; old archives have no "ustar". */
static bool is_old_tar(const unsigned char *data, size_t len)
{
    enum { BLOCK = 512, SUM_AT = 148, SUM_LEN = 8 };
    unsigned sum = 0;
    unsigned said = 0;
    bool digits = false;

    if (len < BLOCK || data[0] == 0)
        return false;
    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= SUM_AT && i < SUM_AT + SUM_LEN ? ' ' : data[i];
    for (size_t i = SUM_AT; i < SUM_AT + SUM_LEN; i++) {
        if (data[i] >= '0' && data[i] <= '7') {
            said = said * 8 + (data[i] - '0');
            digits = true;
        } else if (digits) {
            break;
        } else if (data[i] != ' ') {
            return false;
        }
    }
    return digits && said == sum;
}

/* Writers of PDF put up to a kilobyte before the header, and readers take it. */
static bool is_late_pdf(const unsigned char *data, size_t len)
{
    return memmem(data, len < 1024 ? len : 1024, "%PDF-", 5) != NULL;
}

static const struct shape SHAPES[] = {
    {is_bmp, "image/bmp"},
    {is_pkcs7, "application/pkcs7-mime"},
    {is_pnm, "image/x-portable-anymap"},
    {is_old_tar, "application/x-tar"},
    {is_late_pdf, "application/pdf"},
};

const char *sniff_magic(const unsigned char *data, size_t len)
{
    const char *found = mark_find(MARKS, ARRAY_LEN(MARKS), data, len);

    if (!found)
        found = by_container(data, len);
    return found ? found : shape_find(SHAPES, ARRAY_LEN(SHAPES), data, len);
}
