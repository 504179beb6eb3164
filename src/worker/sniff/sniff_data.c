#include "worker/sniff/sniff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "worker/image/metafile.h"
#include "worker/image/raster.h"
#include "worker/mail/certificate.h"
#include "worker/sniff/marks.h"
#include "worker/tables/dbf.h"
#include "worker/traces/traces.h"

static const struct mark MARKS[] = {
    MARK(0, "#!AMR\n", "audio/amr"),
    MARK(0, "#!AMR-WB\n", "audio/amr-wb"),
    MARK(0, "MThd\0\0\0\6", "audio/midi"),
    MARK(0, "FLV\1", "video/x-flv"),
    MARK(0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video/x-ms-asf"),
    MARK(0, "\0\0\1\xBA", "video/mpeg"),
    MARK(0, "\0\0\1\xB3", "video/mpeg"),
    MARK(0, "RF64", "audio/x-wav"),
    MARK(8, "AIFF", "audio/x-aiff"),
    MARK(8, "AIFC", "audio/x-aiff"),
    MARK(40, " EMF", "image/emf"),
    MARK(0, "\x97JB2\r\n\x1A\n", "image/x-jbig2"),
    MARK(0, "mozLz40\0", "application/x-mozilla-lz4"),
    MARK(0, "\0\0\0\1Bud1", "application/x-apple-ds-store"),
    MARK(0, "L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    MARK(4, "moov", "video/quicktime"),
    MARK(4, "mdat", "video/quicktime"),
    MARK(4, "wide\0\0\0\0", "video/quicktime"),
};

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

/* Pictures without a mark. */
static const char *by_raster(const unsigned char *data, size_t len, const char *name)
{
    switch (raster_format(data, len)) {
    case IMAGE_ICON:
        return "image/vnd.microsoft.icon";
    case IMAGE_PCX:
        return "image/x-pcx";
    case IMAGE_TGA:
        return is_called_tga(data, len, name) ? "image/x-tga" : NULL;
    default:
        return NULL;
    }
}

static const struct {
    bool (*is)(const unsigned char *data, size_t len, const char *name);
    const char *mime;
} NAMED[] = {
    {owner_file_is, "application/x-ms-owner"},
    {recycled_is, "application/x-ms-recycled"},
    {custom_list_is, "application/x-ms-custom-jump-list"},
};

static const struct shape SHAPES[] = {
    {wmf_is, "image/wmf"},
    {is_transport, "video/mp2t"},
    {dbf_is, "application/x-dbf"},
};

const char *sniff_data(const unsigned char *data, size_t len, const char *name)
{
    const char *found = mark_find(MARKS, ARRAY_LEN(MARKS), data, len);

    if (!found)
        found = by_frames(data, len);
    for (size_t i = 0; !found && i < ARRAY_LEN(NAMED); i++)
        if (NAMED[i].is(data, len, name))
            found = NAMED[i].mime;
    if (!found)
        found = certificate_sniff(data, len);
    if (!found)
        found = by_raster(data, len, name);
    if (!found)
        found = shape_find(SHAPES, ARRAY_LEN(SHAPES), data, len);
    if (!found && memo_is(data, len, name))
        found = "application/x-dbf-memo";
    return found;
}
