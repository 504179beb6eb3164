#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "worker/tables/dbf.h"
#include "worker/image/metafile.h"
#include "worker/image/raster.h"
#include "worker/mail/certificate.h"
#include "worker/traces/traces.h"

/* Sound and film: bytes at a place, and what they are. */
static const struct {
    uint16_t at;
    uint8_t len;
    const char *bytes;
    const char *mime;
} MEDIA[] = {
    {0, 6, "#!AMR\n", "audio/amr"},
    {0, 9, "#!AMR-WB\n", "audio/amr-wb"},
    {0, 8, "MThd\0\0\0\6", "audio/midi"},
    {0, 4, "FLV\1", "video/x-flv"},
    {0, 8, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video/x-ms-asf"},
    {0, 4, "\0\0\1\xBA", "video/mpeg"},
    {0, 4, "\0\0\1\xB3", "video/mpeg"},
    {0, 4, "RF64", "audio/x-wav"},
    {8, 4, "AIFF", "audio/x-aiff"},
    {8, 4, "AIFC", "audio/x-aiff"},
    {40, 4, " EMF", "image/emf"},
    {0, 8, "\x97JB2\r\n\x1A\n", "image/x-jbig2"},
    {0, 8, "mozLz40\0", "application/x-mozilla-lz4"},
    {0, 8, "\0\0\0\1Bud1", "application/x-apple-ds-store"},
    {0, 8, "L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"},
    {4, 4, "moov", "video/quicktime"},
    {4, 4, "mdat", "video/quicktime"},
    {4, 8, "wide\0\0\0\0", "video/quicktime"},
};

static const char *by_media_mark(const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(MEDIA); i++)
        if ((size_t)MEDIA[i].at + MEDIA[i].len <= len &&
            memcmp(data + MEDIA[i].at, MEDIA[i].bytes, MEDIA[i].len) == 0)
            return MEDIA[i].mime;
    return NULL;
}

/* A transport stream: packets of 188 bytes (192 with times in front) that start with 47. */
static bool is_transport(const unsigned char *data, size_t len)
{
    enum { PACKETS = 5 };

    for (size_t step = 188; step <= 192; step += 4) {
        size_t first = step - 188;
        size_t good = 0;
        while (good < PACKETS && first + good * step < len && data[first + good * step] == 0x47)
            good++;
        if (good == PACKETS)
            return true;
    }
    return false;
}

/* MPEG audio and AAC without a tag: frames one behind the other, as the first one's length says. */
static const char *by_frames(const unsigned char *data, size_t len)
{
    static const uint16_t kbits[16] = {0,   32,  40,  48,  56,  64,  80,  96,
                                       112, 128, 160, 192, 224, 256, 320, 0};
    static const uint16_t hertz[4] = {44100, 48000, 32000, 0};

    if (len < 7 || data[0] != 0xFF)
        return NULL;
    size_t aac = (size_t)(data[3] & 3) << 11 | (size_t)data[4] << 3 | data[5] >> 5;
    if ((data[1] & 0xF6) == 0xF0 && aac > 7 && aac + 1 < len && data[aac] == 0xFF &&
        (data[aac + 1] & 0xF6) == 0xF0)
        return "audio/aac";
    unsigned rate = hertz[data[2] >> 2 & 3];
    if ((data[1] & 0xFE) != 0xFA || !rate || !kbits[data[2] >> 4])
        return NULL;
    size_t frame = 144000u * kbits[data[2] >> 4] / rate + (data[2] >> 1 & 1);
    return frame + 1 < len && data[frame] == 0xFF && (data[frame + 1] & 0xFE) == 0xFA ? "audio/mpeg"
                                                                                      : NULL;
}

/* TGA: its header is of small numbers only; the name or the mark at its end has to say it too. */
static bool is_called_tga(const unsigned char *data, size_t len, const char *name)
{
    static const char MARK[] = "TRUEVISION-XFILE.";
    const char *dot = strrchr(name, '.');

    return (len > 26 && memcmp(data + len - 18, MARK, sizeof(MARK)) == 0) ||
           (dot && (strcasecmp(dot, ".tga") == 0 || strcasecmp(dot, ".icb") == 0 ||
                    strcasecmp(dot, ".vda") == 0 || strcasecmp(dot, ".vst") == 0));
}

/* PICT: behind 512 bytes for applications, a length, a frame, and the version as an operation. */
static bool is_pict(const unsigned char *data, size_t len)
{
    return len > 540 && (memcmp(data + 522, "\0\x11\2\xFF\x0C\0", 6) == 0 ||
                         (memcmp(data + 522, "\x11\1\1\0\x0A", 5) == 0 && !data[0]));
}

const char *sniff_data(const unsigned char *data, size_t len, const char *name)
{
    const char *media = by_media_mark(data, len);

    if (!media)
        media = by_frames(data, len);
    if (media)
        return media;
    if (owner_file_is(data, len, name))
        return "application/x-ms-owner";
    if (recycled_is(data, len, name))
        return "application/x-ms-recycled";
    if (custom_list_is(data, len, name))
        return "application/x-ms-custom-jump-list";
    const char *certificate = certificate_sniff(data, len);
    if (certificate)
        return certificate;
    if (icon_is(data, len))
        return "image/vnd.microsoft.icon";
    if (pcx_is(data, len))
        return "image/x-pcx";
    if (tga_is(data, len) && is_called_tga(data, len, name))
        return "image/x-tga";
    if (is_pict(data, len))
        return "image/x-pict";
    if (wmf_is(data, len))
        return "image/wmf";
    if (is_transport(data, len))
        return "video/mp2t";
    if (dbf_is(data, len))
        return "application/x-dbf";
    return memo_is(data, len, name) ? "application/x-dbf-memo" : NULL;
}
