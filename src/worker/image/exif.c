#include "worker/image/exif.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/image/iptc.h"
#include "worker/image/xmp.h"

enum { ENTRIES_MAX = 1000, TAG_ORIENTATION = 0x0112 };

enum type { TYPE_BYTE = 1, TYPE_ASCII, TYPE_SHORT, TYPE_LONG, TYPE_RATIONAL, TYPE_UNDEFINED = 7 };

/* A TIFF structure. Every offset is checked against its end. */
struct tiff {
    const unsigned char *data;
    size_t len;
    bool big_endian;
    bool big; /* BigTIFF: counts and offsets of 8 bytes */
};

struct entry {
    unsigned tag, type;
    size_t count;
    const unsigned char *data;
    size_t len; /* bytes at `data` */
};

enum directory { IFD_MAIN, IFD_EXIF, IFD_GPS, IFD_CANON, IFD_NIKON };

static uint64_t number_at(const struct tiff *tiff, size_t at, size_t bytes)
{
    uint64_t value = 0;

    if (at > tiff->len || tiff->len - at < bytes)
        return 0;
    if (tiff->big_endian)
        return be_get(tiff->data + at, bytes);
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | tiff->data[at + bytes - 1 - i];
    return value;
}

static bool tiff_open(struct tiff *tiff, const unsigned char *data, size_t len)
{
    *tiff = (struct tiff){.data = data, .len = len, .big_endian = len > 0 && data[0] == 'M'};
    if (len < 8 || (memcmp(data, "II", 2) != 0 && memcmp(data, "MM", 2) != 0))
        return false;
    tiff->big = number_at(tiff, 2, 2) == 43;
    return true;
}

static size_t main_directory(const struct tiff *tiff)
{
    return tiff->big ? number_at(tiff, 8, 8) : number_at(tiff, 4, 4);
}

static size_t type_size(unsigned type)
{
    static const uint8_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    return type < sizeof(sizes) ? sizes[type] : 0;
}

/* Reads an entry; its bytes stand in it or where it points. False when they lie outside. */
static bool entry_read(const struct tiff *tiff, size_t at, struct entry *entry)
{
    size_t room = tiff->big ? 8 : 4;

    *entry = (struct entry){.tag = (unsigned)number_at(tiff, at, 2),
                            .type = (unsigned)number_at(tiff, at + 2, 2),
                            .count = number_at(tiff, at + 4, room)};
    size_t size = type_size(entry->type);
    if (size == 0 || entry->count > tiff->len / size)
        return false;
    entry->len = entry->count * size;
    size_t from = entry->len > room ? number_at(tiff, at + 4 + room, room) : at + 4 + room;
    if (from > tiff->len || entry->len > tiff->len - from)
        return false;
    entry->data = tiff->data + from;
    return true;
}

static uint64_t entry_number(const struct tiff *tiff, const struct entry *entry)
{
    size_t size = type_size(entry->type);

    return entry->count ? number_at(tiff, (size_t)(entry->data - tiff->data), size) : 0;
}

static double entry_ratio(const struct tiff *tiff, const struct entry *entry, size_t index)
{
    size_t at = (size_t)(entry->data - tiff->data) + index * 8;

    if (entry->type != TYPE_RATIONAL || index >= entry->count)
        return NAN;
    double below = (double)number_at(tiff, at + 4, 4);
    return below == 0 ? NAN : (double)number_at(tiff, at, 4) / below;
}

/* What is gathered before it can be said. */
struct photograph {
    const struct tiff *tiff;
    struct facts *facts;
    char make[64], model[128];
    char date[FACT_DATE_COUNT][40], offset[FACT_DATE_COUNT][8];
    char latitude_ref, longitude_ref;
    double latitude, longitude, altitude;
    bool below_sea;
    char gps_day[16];
    double gps_time[3];
    size_t deeper[IFD_NIKON + 1]; /* where the other directories are */
    const unsigned char *maker;
    size_t maker_len;
};

static void text_of(const struct entry *entry, char *out, size_t size)
{
    size_t len = strnlen((const char *)entry->data, entry->len);

    while (len && entry->data[len - 1] == ' ')
        len--;
    if (len >= size)
        len = size - 1;
    memcpy(out, entry->data, len);
    out[len] = '\0';
}

static const struct text_tag {
    uint8_t directory;
    uint16_t tag;
    const char *key;
} TEXT_TAGS[] = {
    {IFD_MAIN, 0x010D, "document-name"}, {IFD_MAIN, 0x010E, "description"},
    {IFD_MAIN, 0x0131, "software"},      {IFD_MAIN, 0x013B, "author"},
    {IFD_MAIN, 0x013C, "host-computer"}, {IFD_MAIN, 0x8298, "copyright"},
    {IFD_MAIN, 0xC62F, "serial-number"}, {IFD_EXIF, 0xA420, "image-id"},
    {IFD_EXIF, 0xA430, "owner"},         {IFD_EXIF, 0xA431, "serial-number"},
    {IFD_EXIF, 0xA434, "lens"},          {IFD_EXIF, 0xA435, "lens-serial-number"},
    {IFD_GPS, 0x001C, "place"},          {IFD_CANON, 0x0006, "software"},
    {IFD_CANON, 0x0009, "owner"},        {IFD_NIKON, 0x001D, "serial-number"},
};

/* Windows writes these as UTF-16. */
static const struct text_tag WIDE_TAGS[] = {
    {IFD_MAIN, 0x9C9B, "title"},    {IFD_MAIN, 0x9C9C, "comment"}, {IFD_MAIN, 0x9C9D, "author"},
    {IFD_MAIN, 0x9C9E, "keywords"}, {IFD_MAIN, 0x9C9F, "subject"},
};

static bool take_text(struct photograph *photo, enum directory directory, const struct entry *entry)
{
    for (size_t i = 0; i < ARRAY_LEN(TEXT_TAGS); i++) {
        if (TEXT_TAGS[i].tag != entry->tag || TEXT_TAGS[i].directory != directory)
            continue;
        facts_add_bytes(photo->facts, TEXT_TAGS[i].key, entry->data, entry->len);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(WIDE_TAGS); i++) {
        if (WIDE_TAGS[i].tag != entry->tag || WIDE_TAGS[i].directory != directory)
            continue;
        facts_add_wide(photo->facts, WIDE_TAGS[i].key, entry->data, entry->len);
        return true;
    }
    return false;
}

/* A comment says its character set in its first eight bytes. */
static void take_comment(struct photograph *photo, const char *key, const struct entry *entry)
{
    enum { HEAD = 8 };

    if (entry->len <= HEAD)
        return;
    if (memcmp(entry->data, "UNICODE", 7) != 0) {
        facts_add_bytes(photo->facts, key, entry->data + HEAD, entry->len - HEAD);
    } else if (!photo->tiff->big_endian) {
        facts_add_wide(photo->facts, key, entry->data + HEAD, entry->len - HEAD);
    } else {
        unsigned char swapped[4096];
        size_t len = entry->len - HEAD < sizeof(swapped) ? entry->len - HEAD : sizeof(swapped);
        for (size_t i = 0; i + 1 < len; i += 2) {
            swapped[i] = entry->data[HEAD + i + 1];
            swapped[i + 1] = entry->data[HEAD + i];
        }
        facts_add_wide(photo->facts, key, swapped, len & ~(size_t)1);
    }
}

static void take_main(struct photograph *photo, const struct entry *entry)
{
    switch (entry->tag) {
    case 0x010F:
        text_of(entry, photo->make, sizeof(photo->make));
        break;
    case 0x0110:
        text_of(entry, photo->model, sizeof(photo->model));
        break;
    case 0x0132:
        text_of(entry, photo->date[FACT_DATE_CHANGED], sizeof(photo->date[0]));
        break;
    case 0x02BC:
        xmp_facts((const char *)entry->data, entry->len, photo->facts);
        break;
    case 0x83BB:
        iptc_facts(entry->data, entry->len, photo->facts);
        break;
    case 0x8649:
        photoshop_facts(entry->data, entry->len, photo->facts);
        break;
    case 0x8769:
        photo->deeper[IFD_EXIF] = entry_number(photo->tiff, entry);
        break;
    case 0x8825:
        photo->deeper[IFD_GPS] = entry_number(photo->tiff, entry);
        break;
    default:
        break;
    }
}

static void take_exif(struct photograph *photo, const struct entry *entry)
{
    switch (entry->tag) {
    case 0x9003:
        text_of(entry, photo->date[FACT_DATE_TAKEN], sizeof(photo->date[0]));
        break;
    case 0x9004:
        text_of(entry, photo->date[FACT_DATE_DIGITISED], sizeof(photo->date[0]));
        break;
    case 0x9010:
        text_of(entry, photo->offset[FACT_DATE_CHANGED], sizeof(photo->offset[0]));
        break;
    case 0x9011:
        text_of(entry, photo->offset[FACT_DATE_TAKEN], sizeof(photo->offset[0]));
        break;
    case 0x9012:
        text_of(entry, photo->offset[FACT_DATE_DIGITISED], sizeof(photo->offset[0]));
        break;
    case 0x9286:
        take_comment(photo, "comment", entry);
        break;
    case 0x927C:
        photo->maker = entry->data;
        photo->maker_len = entry->len;
        break;
    default:
        break;
    }
}

/* Degrees, minutes, seconds. */
static double angle(const struct tiff *tiff, const struct entry *entry)
{
    static const double parts[] = {1, 60, 3600};
    double value = 0;

    if (entry->type != TYPE_RATIONAL || entry->count == 0)
        return NAN;
    for (size_t i = 0; i < 3 && i < entry->count; i++) {
        double part = entry_ratio(tiff, entry, i);
        if (i == 0 && isnan(part))
            return NAN;
        value += isnan(part) ? 0 : part / parts[i];
    }
    return value;
}

static void take_gps(struct photograph *photo, const struct entry *entry)
{
    switch (entry->tag) {
    case 0x01:
        photo->latitude_ref = entry->len ? (char)entry->data[0] : 0;
        break;
    case 0x02:
        photo->latitude = angle(photo->tiff, entry);
        break;
    case 0x03:
        photo->longitude_ref = entry->len ? (char)entry->data[0] : 0;
        break;
    case 0x04:
        photo->longitude = angle(photo->tiff, entry);
        break;
    case 0x05:
        photo->below_sea = entry->len && entry->data[0] == 1;
        break;
    case 0x06:
        photo->altitude = entry_ratio(photo->tiff, entry, 0);
        break;
    case 0x07:
        for (size_t i = 0; i < 3; i++)
            photo->gps_time[i] = entry_ratio(photo->tiff, entry, i);
        break;
    case 0x1B:
        take_comment(photo, "gps-method", entry);
        break;
    case 0x1C:
        take_comment(photo, "place", entry);
        break;
    case 0x1D:
        text_of(entry, photo->gps_day, sizeof(photo->gps_day));
        break;
    default:
        break;
    }
}

static void take_canon(struct photograph *photo, const struct entry *entry)
{
    char text[24];

    if (entry->tag != 0x000C || entry->type != TYPE_LONG)
        return;
    snprintf(text, sizeof(text), "%010llu", (unsigned long long)entry_number(photo->tiff, entry));
    facts_add_str(photo->facts, "serial-number", text);
}

static void take_directory(struct photograph *photo, enum directory directory, size_t at)
{
    const struct tiff *tiff = photo->tiff;
    size_t head = tiff->big ? 8 : 2;
    size_t step = tiff->big ? 20 : 12;
    uint64_t count = number_at(tiff, at, head);
    struct entry entry;

    for (uint64_t i = 0; i < count && i < ENTRIES_MAX; i++) {
        size_t place = at + head + i * step;
        if (place > tiff->len || tiff->len - place < step)
            return;
        if (!entry_read(tiff, place, &entry) || take_text(photo, directory, &entry))
            continue;
        if (directory == IFD_MAIN)
            take_main(photo, &entry);
        else if (directory == IFD_EXIF)
            take_exif(photo, &entry);
        else if (directory == IFD_GPS)
            take_gps(photo, &entry);
        else if (directory == IFD_CANON)
            take_canon(photo, &entry);
    }
}

/* Canon's note is a directory whose offsets count from the TIFF header; Nikon's has a header of its
 * own, from which they count. */
static void take_maker(struct photograph *photo)
{
    enum { NIKON_HEAD = 10 };

    if (photo->maker_len < NIKON_HEAD + 8)
        return;
    if (strncmp(photo->make, "Canon", 5) == 0)
        take_directory(photo, IFD_CANON, (size_t)(photo->maker - photo->tiff->data));
    if (memcmp(photo->maker, "Nikon\0\2", 7) == 0) {
        struct tiff note;
        const struct tiff *outer = photo->tiff;
        if (!tiff_open(&note, photo->maker + NIKON_HEAD, photo->maker_len - NIKON_HEAD))
            return;
        photo->tiff = &note;
        take_directory(photo, IFD_NIKON, main_directory(&note));
        photo->tiff = outer;
    }
}

static void say_camera(const struct photograph *photo)
{
    char camera[sizeof(photo->make) + sizeof(photo->model) + 1];
    bool named =
        photo->make[0] && strncmp(photo->model, photo->make, strcspn(photo->make, " ")) == 0;

    if (named || !photo->make[0] || !photo->model[0])
        snprintf(camera, sizeof(camera), "%s", photo->model[0] ? photo->model : photo->make);
    else
        snprintf(camera, sizeof(camera), "%s %s", photo->make, photo->model);
    facts_add_bytes(photo->facts, "camera", camera, strlen(camera));
}

static void say_gps(const struct photograph *photo)
{
    int y, mo, d;
    char text[48];

    if (!isnan(photo->latitude) && !isnan(photo->longitude))
        facts_place(photo->facts, photo->latitude_ref == 'S' ? -photo->latitude : photo->latitude,
                    photo->longitude_ref == 'W' ? -photo->longitude : photo->longitude);
    if (!isnan(photo->altitude))
        facts_altitude(photo->facts, photo->below_sea ? -photo->altitude : photo->altitude);
    if (sscanf(photo->gps_day, "%4d:%2d:%2d", &y, &mo, &d) != 3 || y < 1)
        return;
    const double *time = photo->gps_time;
    if (time[0] >= 0 && time[0] < 24 && time[1] >= 0 && time[1] < 60 && time[2] >= 0 &&
        time[2] < 61)
        snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02dZ", y, mo, d, (int)time[0],
                 (int)time[1], (int)time[2]);
    else
        snprintf(text, sizeof(text), "%04d-%02d-%02d", y, mo, d);
    facts_add_str(photo->facts, "gps-date", text);
}

void exif_facts(const unsigned char *data, size_t len, struct facts *facts)
{
    struct tiff tiff;
    struct photograph photo = {.tiff = &tiff,
                               .facts = facts,
                               .latitude = NAN,
                               .longitude = NAN,
                               .altitude = NAN,
                               .gps_time = {NAN, NAN, NAN}};

    if (!tiff_open(&tiff, data, len))
        return;
    take_directory(&photo, IFD_MAIN, main_directory(&tiff));
    for (enum directory i = IFD_EXIF; i <= IFD_GPS; i++)
        if (photo.deeper[i])
            take_directory(&photo, i, photo.deeper[i]);
    say_camera(&photo);
    take_maker(&photo);
    for (int kind = 0; kind < FACT_DATE_COUNT; kind++)
        facts_date(facts, (enum fact_date)kind, photo.date[kind], photo.offset[kind]);
    say_gps(&photo);
}

int exif_orientation(const unsigned char *data, size_t len)
{
    struct tiff tiff;
    struct entry entry;

    if (!tiff_open(&tiff, data, len) || tiff.big)
        return 1;
    size_t at = main_directory(&tiff);
    uint64_t count = number_at(&tiff, at, 2);
    for (uint64_t i = 0; i < count && i < ENTRIES_MAX; i++) {
        if (!entry_read(&tiff, at + 2 + i * 12, &entry) || entry.tag != TAG_ORIENTATION)
            continue;
        uint64_t value = entry_number(&tiff, &entry);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}
