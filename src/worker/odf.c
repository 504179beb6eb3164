#include "worker/odf.h"

#include <stdio.h>
#include <string.h>

#include "worker/odf_content.h"

struct properties {
    struct emit *emit;
    const char *key; /* what the open element is called in meta; NULL for none */
    struct buf value;
};

static void on_property_start(void *ctx, const struct xml_element *element)
{
    static const struct {
        const char *element, *key;
    } known[] = {
        {"title", "title"},        {"initial-creator", "author"},  {"creator", "author"},
        {"subject", "subject"},    {"description", "description"}, {"keyword", "keywords"},
        {"creation-date", "date"}, {"date", "modified"},           {"generator", "producer"},
        {"language", "language"},
    };
    struct properties *properties = ctx;

    properties->key = NULL;
    buf_clear(&properties->value);
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(element->name, known[i].element) == 0)
            properties->key = known[i].key;
}

static void on_property_end(void *ctx, const char *name)
{
    struct properties *properties = ctx;

    (void)name;
    if (properties->key)
        emit_meta_len(properties->emit, properties->key, properties->value.data,
                      properties->value.len);
    properties->key = NULL;
}

static void on_property_text(void *ctx, const char *text, size_t len)
{
    struct properties *properties = ctx;

    if (properties->key)
        (void)buf_append(&properties->value, text, len);
}

static void read_properties(struct package *package, struct emit *emit)
{
    static const struct xml_handler handler = {on_property_start, on_property_end,
                                               on_property_text};
    struct properties properties = {.emit = emit};

    buf_init(&properties.value, META_VALUE_MAX);
    (void)package_read_xml(package, "meta.xml", &handler, &properties);
    buf_release(&properties.value);
}

static void on_manifest_start(void *ctx, const struct xml_element *element)
{
    bool *encrypted = ctx;

    *encrypted |= strcmp(element->name, "encryption-data") == 0;
}

/* ODF 1.3 part 2, 3.4: an encrypted document says so in its manifest, which is itself readable. */
static bool is_encrypted(struct package *package)
{
    static const struct xml_handler handler = {.start = on_manifest_start};
    bool encrypted = false;

    (void)package_read_xml(package, "META-INF/manifest.xml", &handler, &encrypted);
    return encrypted || package_part(package, "encrypted-package") != NULL;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t len = strlen(name);
    size_t cut = strlen(suffix);

    return len >= cut && strcmp(name + len - cut, suffix) == 0;
}

/* Embedded objects are documents in a folder of the package: "Object 1/content.xml". */
static void read_objects(struct package *package, struct emit *emit)
{
    for (size_t i = 0; i < package->count && !emit->stop; i++) {
        struct part *part = &package->parts[i];
        if (!part->taken && ends_with(part->name, "/content.xml"))
            odf_content_read(package, part->name, ODF_CONTENT, emit);
    }
}

/* Whether a part is a file of its own, not the machinery of the format or a preview. */
static bool is_file(const struct part *part)
{
    static const char *const machinery[] = {
        "Configurations2/", "META-INF/",    "Thumbnails/",  "ObjectReplacements/",
        "Basic/",           "settings.xml", "layout-cache", "Fonts/",
    };

    for (size_t i = 0; i < ARRAY_LEN(machinery); i++)
        if (strstr(part->name, machinery[i]))
            return false;
    return !part->taken && !ends_with(part->name, "/") && !ends_with(part->name, ".xml") &&
           !ends_with(part->name, ".rdf") && strcmp(part->name, "mimetype") != 0;
}

static void send_files(struct package *package, struct emit *emit)
{
    for (size_t i = 0; i < package->count && !emit->stop; i++)
        if (is_file(&package->parts[i]) && package->parts[i].len > 0)
            package_send_child(package, &package->parts[i], package->parts[i].name, "", emit);
}

static struct verdict read_package(struct package *package, struct emit *emit)
{
    if (is_encrypted(package))
        return verdict_failed(REASON_PASSWORD, "the document is protected by a password");
    if (!package_part(package, "content.xml"))
        return verdict_failed(package->damage ? package->damage : REASON_CORRUPT,
                              "its content is missing");
    read_properties(package, emit);
    odf_content_read(package, "content.xml", ODF_CONTENT, emit);
    odf_content_read(package, "styles.xml", ODF_STYLES, emit);
    read_objects(package, emit);
    send_files(package, emit);
    return package_verdict(package, emit);
}

struct verdict odf_read(const struct input *input, struct emit *emit)
{
    struct package package;

    if (package_open(&package, input))
        return verdict_failed(REASON_CORRUPT, "it is no ZIP file inside");
    struct verdict verdict = read_package(&package, emit);
    package_release(&package);
    return verdict;
}
