#include <stdio.h>
#include <string.h>

#include "worker/image_header.h"

/* A TIFF structure inside an APP1 segment. Every offset is checked against its end. */
struct exif {
    const unsigned char *data;
    size_t len;
    bool big_endian;
};

enum {
    TAG_MODEL = 0x0110,
    TAG_ORIENTATION = 0x0112,
    TAG_DATE = 0x0132,
    TAG_EXIF_IFD = 0x8769,
    TAG_DATE_TAKEN = 0x9003,
    ENTRIES_MAX = 512
};

static uint32_t number(const struct exif *exif, size_t at, size_t bytes)
{
    uint32_t value = 0;

    if (at > exif->len || exif->len - at < bytes)
        return 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = exif->data[at + (exif->big_endian ? i : bytes - 1 - i)];
        value = value << 8 | byte;
    }
    return value;
}

/* A string of the entry at `at`, made printable; "" when it lies outside. */
static void string(const struct exif *exif, size_t at, char *out, size_t size)
{
    size_t count = number(exif, at + 4, 4);
    size_t from = count > 4 ? number(exif, at + 8, 4) : at + 8;

    out[0] = '\0';
    if (from > exif->len || count > exif->len - from)
        return;
    snprintf(out, size, "%.*s", (int)(count < size ? count : size - 1),
             (const char *)exif->data + from);
}

/* "2024:01:31 12:30:00" as ISO 8601; other shapes and the empty date of zeros give "". */
static void take_date(const char *text, char out[32])
{
    int y, mo, d, h, mi, s;

    if (sscanf(text, "%4d:%2d:%2d %2d:%2d:%2d", &y, &mo, &d, &h, &mi, &s) == 6 && y > 0 && mo > 0 &&
        mo <= 12 && d > 0 && d <= 31 && h >= 0 && h < 24 && mi >= 0 && mi < 60 && s >= 0 && s <= 60)
        snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d", y, mo, d, h, mi, s);
}

static void take_entry(const struct exif *exif, size_t at, struct image_exif *found,
                       size_t *ret_deeper)
{
    char text[64];

    switch (number(exif, at, 2)) {
    case TAG_ORIENTATION: {
        uint32_t orientation = number(exif, at + 8, 2);
        if (orientation >= 1 && orientation <= 8)
            found->orientation = (int)orientation;
        break;
    }
    case TAG_MODEL:
        string(exif, at, found->camera, sizeof(found->camera));
        break;
    case TAG_DATE:
        string(exif, at, text, sizeof(text));
        if (!found->date[0])
            take_date(text, found->date);
        break;
    case TAG_DATE_TAKEN:
        string(exif, at, text, sizeof(text));
        take_date(text, found->date);
        break;
    case TAG_EXIF_IFD:
        *ret_deeper = number(exif, at + 8, 4);
        break;
    default:
        break;
    }
}

static size_t take_directory(const struct exif *exif, size_t at, struct image_exif *found)
{
    uint32_t count = number(exif, at, 2);
    size_t deeper = 0;

    for (uint32_t i = 0; i < count && i < ENTRIES_MAX; i++)
        take_entry(exif, at + 2 + (size_t)i * 12, found, &deeper);
    return deeper;
}

static void take_exif(const unsigned char *data, size_t len, struct image_exif *found)
{
    struct exif exif = {data, len, len > 0 && data[0] == 'M'};

    if (len < 8)
        return;
    size_t deeper = take_directory(&exif, number(&exif, 4, 4), found);
    if (deeper)
        (void)take_directory(&exif, deeper, found);
}

void image_exif(enum image_format format, const unsigned char *data, size_t len,
                struct image_exif *ret_exif)
{
    *ret_exif = (struct image_exif){.orientation = 1};
    if (format != IMAGE_JPEG)
        return;
    /* Segments: FF, marker, length (big-endian, counts itself), up to the start of the scan. */
    for (size_t at = 2; at + 4 <= len && data[at] == 0xFF && data[at + 1] != 0xDA;) {
        size_t size = (size_t)data[at + 2] << 8 | data[at + 3];
        if (size < 2 || size > len - at - 2)
            return;
        if (data[at + 1] == 0xE1 && size >= 8 && memcmp(data + at + 4, "Exif\0\0", 6) == 0) {
            take_exif(data + at + 10, size - 8, ret_exif);
            return;
        }
        at += 2 + size;
    }
}
