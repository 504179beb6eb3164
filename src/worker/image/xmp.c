#include "worker/image/xmp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "worker/xml/xml.h"

enum kind { KIND_TEXT, KIND_DATE, KIND_LATITUDE, KIND_LONGITUDE, KIND_ALTITUDE };

static const struct property {
    const char *prefix, *name, *key;
    enum kind kind;
    enum fact_date date;
} PROPERTIES[] = {
    {"dc", "title", "title", KIND_TEXT, 0},
    {"dc", "creator", "author", KIND_TEXT, 0},
    {"dc", "description", "description", KIND_TEXT, 0},
    {"dc", "subject", "keywords", KIND_TEXT, 0},
    {"dc", "rights", "copyright", KIND_TEXT, 0},
    {"dc", "publisher", "publisher", KIND_TEXT, 0},
    {"dc", "contributor", "contributor", KIND_TEXT, 0},
    {"dc", "source", "source", KIND_TEXT, 0},
    {"dc", "language", "language", KIND_TEXT, 0},
    {"dc", "identifier", "identifier", KIND_TEXT, 0},
    {"xmp", "CreatorTool", "software", KIND_TEXT, 0},
    {"xmp", "CreateDate", NULL, KIND_DATE, FACT_DATE_MADE},
    {"xmp", "ModifyDate", NULL, KIND_DATE, FACT_DATE_CHANGED},
    {"xmp", "Label", "label", KIND_TEXT, 0},
    {"xmpRights", "UsageTerms", "copyright", KIND_TEXT, 0},
    {"xmpRights", "Owner", "owner", KIND_TEXT, 0},
    {"xmpRights", "WebStatement", "url", KIND_TEXT, 0},
    {"xmpMM", "DocumentID", "document-id", KIND_TEXT, 0},
    {"xmpMM", "OriginalDocumentID", "original-document-id", KIND_TEXT, 0},
    {"stEvt", "softwareAgent", "software", KIND_TEXT, 0},
    {"stRef", "filePath", "made-from", KIND_TEXT, 0},
    {"pdf", "Keywords", "keywords", KIND_TEXT, 0},
    {"pdf", "Producer", "producer", KIND_TEXT, 0},
    {"pdfaid", "part", "pdfa-part", KIND_TEXT, 0},
    {"pdfaid", "conformance", "pdfa-conformance", KIND_TEXT, 0},
    {"pdfuaid", "part", "pdfua-part", KIND_TEXT, 0},
    {"pdfvtid", "GTS_PDFVTVersion", "pdfvt-version", KIND_TEXT, 0},
    {"photoshop", "Headline", "headline", KIND_TEXT, 0},
    {"photoshop", "Credit", "credit", KIND_TEXT, 0},
    {"photoshop", "Source", "source", KIND_TEXT, 0},
    {"photoshop", "City", "city", KIND_TEXT, 0},
    {"photoshop", "State", "region", KIND_TEXT, 0},
    {"photoshop", "Country", "country", KIND_TEXT, 0},
    {"photoshop", "Instructions", "instructions", KIND_TEXT, 0},
    {"photoshop", "CaptionWriter", "writer", KIND_TEXT, 0},
    {"photoshop", "AuthorsPosition", "job-title", KIND_TEXT, 0},
    {"photoshop", "TransmissionReference", "reference", KIND_TEXT, 0},
    {"photoshop", "LayerText", "layer-text", KIND_TEXT, 0},
    {"photoshop", "DateCreated", NULL, KIND_DATE, FACT_DATE_STATED},
    {"tiff", "Artist", "author", KIND_TEXT, 0},
    {"tiff", "ImageDescription", "description", KIND_TEXT, 0},
    {"tiff", "Copyright", "copyright", KIND_TEXT, 0},
    {"tiff", "Software", "software", KIND_TEXT, 0},
    {"tiff", "Model", "camera", KIND_TEXT, 0},
    {"exif", "DateTimeOriginal", NULL, KIND_DATE, FACT_DATE_TAKEN},
    {"exif", "DateTimeDigitized", NULL, KIND_DATE, FACT_DATE_DIGITISED},
    {"exif", "UserComment", "comment", KIND_TEXT, 0},
    {"exif", "GPSLatitude", NULL, KIND_LATITUDE, 0},
    {"exif", "GPSLongitude", NULL, KIND_LONGITUDE, 0},
    {"exif", "GPSAltitude", NULL, KIND_ALTITUDE, 0},
    {"exif", "GPSTimeStamp", "gps-date", KIND_TEXT, 0},
    {"exifEX", "BodySerialNumber", "serial-number", KIND_TEXT, 0},
    {"exifEX", "CameraOwnerName", "owner", KIND_TEXT, 0},
    {"exifEX", "LensModel", "lens", KIND_TEXT, 0},
    {"exifEX", "LensSerialNumber", "lens-serial-number", KIND_TEXT, 0},
    {"aux", "SerialNumber", "serial-number", KIND_TEXT, 0},
    {"aux", "OwnerName", "owner", KIND_TEXT, 0},
    {"aux", "Lens", "lens", KIND_TEXT, 0},
    {"aux", "LensSerialNumber", "lens-serial-number", KIND_TEXT, 0},
    {"Iptc4xmpCore", "Location", "place", KIND_TEXT, 0},
    {"Iptc4xmpCore", "CiEmailWork", "contact", KIND_TEXT, 0},
    {"Iptc4xmpCore", "CiTelWork", "contact", KIND_TEXT, 0},
    {"Iptc4xmpCore", "CiUrlWork", "contact", KIND_TEXT, 0},
    {"Iptc4xmpCore", "AltTextAccessibility", "description", KIND_TEXT, 0},
    {"Iptc4xmpCore", "ExtDescrAccessibility", "description", KIND_TEXT, 0},
    {"Iptc4xmpExt", "PersonInImage", "people", KIND_TEXT, 0},
    {"Iptc4xmpExt", "OrganisationInImageName", "organisation", KIND_TEXT, 0},
    {"Iptc4xmpExt", "Event", "event", KIND_TEXT, 0},
    {"Iptc4xmpExt", "City", "city", KIND_TEXT, 0},
    {"Iptc4xmpExt", "Sublocation", "place", KIND_TEXT, 0},
    {"Iptc4xmpExt", "ProvinceState", "region", KIND_TEXT, 0},
    {"Iptc4xmpExt", "CountryName", "country", KIND_TEXT, 0},
    {"mwg-rs", "Name", "people", KIND_TEXT, 0},
    {"MPReg", "PersonDisplayName", "people", KIND_TEXT, 0},
    {"lr", "hierarchicalSubject", "keywords", KIND_TEXT, 0},
    {"digiKam", "TagsList", "keywords", KIND_TEXT, 0},
    {"MicrosoftPhoto", "LastKeywordXMP", "keywords", KIND_TEXT, 0},
    {"GCamera", "MicroVideo", "motion-photo", KIND_TEXT, 0},
    {"drone-dji", "SerialNumber", "serial-number", KIND_TEXT, 0},
    {"drone-dji", "DroneSerialNumber", "serial-number", KIND_TEXT, 0},
};

enum { PROPERTY_COUNT = sizeof(PROPERTIES) / sizeof(PROPERTIES[0]), DEPTH_MAX = 64 };

struct reading {
    struct facts *facts;
    const struct property *open[DEPTH_MAX]; /* what each open element says, or what holds it */
    int depth;
    struct buf value;
    double latitude, longitude; /* NAN: not said */
};

/* "35,41.3518N" or "35,41,21N", as ISO 16684-2 writes them; NAN for anything else. */
static double degrees(const char *text)
{
    double part[3] = {0};
    char *end;
    int count = 0;

    for (; count < 3; text = end + 1) {
        part[count] = strtod(text, &end);
        if (end == text)
            return NAN;
        count++;
        if (*end != ',')
            break;
    }
    double value = part[0] + part[1] / 60 + part[2] / 3600;
    switch (*end) {
    case 'N':
    case 'E':
        return value;
    case 'S':
    case 'W':
        return -value;
    default:
        return count == 1 && *end == '\0' ? value : NAN;
    }
}

static double ratio(const char *text)
{
    char *end;
    double above = strtod(text, &end);
    double below = *end == '/' ? strtod(end + 1, NULL) : 1;

    return end == text || below == 0 ? NAN : above / below;
}

static void take(struct reading *reading, const struct property *property, const char *value,
                 size_t len)
{
    switch (property->kind) {
    case KIND_DATE:
        facts_date(reading->facts, property->date, value, "");
        break;
    case KIND_LATITUDE:
        reading->latitude = degrees(value);
        break;
    case KIND_LONGITUDE:
        reading->longitude = degrees(value);
        break;
    case KIND_ALTITUDE:
        facts_altitude(reading->facts, ratio(value));
        break;
    default:
        facts_add(reading->facts, property->key, value, len);
    }
}

/* Simple properties may stand as attributes. */
static void take_attributes(struct reading *reading, const struct xml_element *element)
{
    char value[4096];

    if (element->attribute_count == 0)
        return;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (xml_attribute_of(element, PROPERTIES[i].prefix, PROPERTIES[i].name, value,
                             sizeof(value)))
            take(reading, &PROPERTIES[i], value, strlen(value));
}

static const struct property *property_of(const struct xml_element *element)
{
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(element->name, PROPERTIES[i].name) == 0 &&
            strcmp(element->prefix, PROPERTIES[i].prefix) == 0)
            return &PROPERTIES[i];
    return NULL;
}

/* Lists and alternatives (rdf:Bag, rdf:Seq, rdf:Alt, rdf:li) belong to the property around them. */
static void on_start(void *ctx, const struct xml_element *element)
{
    struct reading *reading = ctx;
    const struct property *property = property_of(element);

    take_attributes(reading, element);
    if (!property && strcmp(element->prefix, "rdf") == 0 &&
        strcmp(element->name, "Description") != 0 && reading->depth > 0 &&
        reading->depth <= DEPTH_MAX)
        property = reading->open[reading->depth - 1];
    if (reading->depth < DEPTH_MAX)
        reading->open[reading->depth] = property;
    reading->depth++;
    buf_clear(&reading->value);
}

static void on_end(void *ctx, const char *name)
{
    struct reading *reading = ctx;

    (void)name;
    if (reading->depth == 0)
        return;
    reading->depth--;
    if (reading->depth < DEPTH_MAX && reading->open[reading->depth] && reading->value.len)
        take(reading, reading->open[reading->depth], reading->value.data, reading->value.len);
    buf_clear(&reading->value);
}

static void on_text(void *ctx, const char *text, size_t len)
{
    struct reading *reading = ctx;

    if (reading->depth > 0 && reading->depth <= DEPTH_MAX && reading->open[reading->depth - 1])
        (void)buf_append(&reading->value, text, len);
}

void xmp_facts(const char *data, size_t len, struct facts *facts)
{
    static const struct xml_handler handler = {on_start, on_end, on_text};
    struct reading reading = {.facts = facts, .latitude = NAN, .longitude = NAN};

    while (len && (data[len - 1] == '\0' || data[len - 1] == ' ' || data[len - 1] == '\n'))
        len--;
    while (len && *data != '<') {
        data++;
        len--;
    }
    if (len == 0)
        return;
    buf_init(&reading.value, FACT_VALUE_MAX);
    struct xml_parser *parser = xml_parser_new(&handler, &reading);
    if (xml_parser_feed(parser, data, len) == 0)
        (void)xml_parser_end(parser);
    xml_parser_free(parser);
    if (!isnan(reading.latitude) && !isnan(reading.longitude))
        facts_place(facts, reading.latitude, reading.longitude);
    buf_release(&reading.value);
}
