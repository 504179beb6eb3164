#include "worker/ooxml/ooxml.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "worker/office/properties.h"
#include "worker/ole/cfb.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_object.h"
#include "worker/ole/ole_storage.h"
#include "worker/ooxml/ooxml_parts.h"
#include "worker/ooxml/ooxml_rels.h"

static void read_properties(struct package *package, struct emit *emit)
{
    struct properties properties;

    properties_init(&properties, emit);
    (void)package_read_xml(package, "docProps/core.xml", &properties_handler, &properties);
    (void)package_read_xml(package, "docProps/app.xml", &properties_handler, &properties);
    (void)package_read_xml(package, "docProps/custom.xml", &properties_handler, &properties);
    properties_release(&properties);
}

/* ---- children ---- */

static bool has_suffix(const char *name, const char *suffix)
{
    size_t len = strlen(name);
    size_t cut = strlen(suffix);

    return len >= cut && strcasecmp(name + len - cut, suffix) == 0;
}

/* Whether a part is a file of its own: not the machinery of the format (its XML, fonts, printer
 * settings, the preview picture). */
static bool is_file(const struct part *part)
{
    static const char *const machinery[] = {".xml",     ".rels", ".vml",    ".odttf",
                                            ".fntdata", "/",     ".psmdcp", ".xsl"};
    static const char *const folders[] = {"printerSettings", "docProps/", "customXml/", "activeX",
                                          "binaryIndex"};

    for (size_t i = 0; i < ARRAY_LEN(machinery); i++)
        if (has_suffix(part->name, machinery[i]))
            return false;
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (strstr(part->name, folders[i]))
            return false;
    return !part->taken && strchr(part->name, '/') != NULL;
}

static int take(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

/* Objects of older programs and macros are compound files: what is inside counts. */
static bool send_compound(struct package *package, struct part *part, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    bool macros = has_suffix(part->name, "vbaProject.bin");

    if (!macros && !(has_suffix(part->name, ".bin") && strstr(part->name, "embeddings/")))
        return false;
    buf_init(&bytes, OLE_STORAGE_BYTES);
    enum reason before = package->damage;
    if (package_read(package, part, take, &bytes)) {
        if (package->damage != REASON_LIMIT_SIZE)
            package->damage = before;
        return false;
    }
    part->taken = true;
    CLEANUP(cleanup_cfb)
    struct cfb *cfb = cfb_open((const unsigned char *)bytes.data, bytes.len);
    if (macros && cfb)
        ole_macros_send(cfb, cfb_root(cfb), emit);
    else
        ole_native_send((const unsigned char *)bytes.data, bytes.len, part->name, emit);
    return true;
}

static void send_files(struct package *package, struct emit *emit)
{
    for (size_t i = 0; i < package->count && !emit->stop; i++)
        if (is_file(&package->parts[i]) && !send_compound(package, &package->parts[i], emit))
            package_send_child(package, &package->parts[i], package->parts[i].name, "", emit);
}

/* ---- the document ---- */

static const char *find_main(const struct package *package, const struct relations *relations)
{
    static const char *const usual[] = {"word/document.xml", "xl/workbook.xml",
                                        "ppt/presentation.xml", "xl/workbook.bin",
                                        "visio/document.xml"};
    size_t at = 0;
    const struct relation *relation = relation_by_type(relations, "officeDocument", &at);

    if (relation && !relation->external && package_part(package, relation->target))
        return relation->target;
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        if (package_part(package, usual[i]))
            return usual[i];
    return NULL;
}

static bool speaks_of(const char *mime, const char *part, const char *kind, const char *folder)
{
    return strstr(mime, kind) != NULL || strncasecmp(part, folder, strlen(folder)) == 0;
}

static struct verdict read_main(struct package *package, const struct input *input,
                                const char *part, struct emit *emit)
{
    read_properties(package, emit);
    if (has_suffix(part, ".bin"))
        ooxml_binary_read(package, part, emit);
    else if (speaks_of(input->mime, part, "visio", "visio/"))
        ooxml_visio_read(package, part, emit);
    else if (speaks_of(input->mime, part, "spreadsheet", "xl/"))
        ooxml_sheets_read(package, part, emit);
    else if (speaks_of(input->mime, part, "presentation", "ppt/"))
        ooxml_slides_read(package, part, emit);
    else if (speaks_of(input->mime, part, "word", "word/"))
        ooxml_word_read(package, part, emit);
    else
        return verdict_empty(REASON_UNSUPPORTED, "an office package without text, table or slides");
    ooxml_links_send(package, emit);
    send_files(package, emit);
    return package_verdict(package, emit);
}

struct verdict ooxml_package_read(struct package *package, const struct input *input,
                                  struct emit *emit)
{
    struct relations relations;
    struct verdict verdict;

    relations_read(package, "", &relations);
    const char *part = find_main(package, &relations);
    if (part)
        verdict = read_main(package, input, part, emit);
    else
        verdict = verdict_failed(package->damage ? package->damage : REASON_CORRUPT,
                                 "its main part is missing");
    relations_release(&relations);
    return verdict;
}

struct verdict ooxml_read(const struct input *input, struct emit *emit)
{
    return package_read_with(ooxml_package_read, input, emit);
}
