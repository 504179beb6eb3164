#include <string.h>

#include "base/attr.h"
#include "worker/archive/package.h"
#include "worker/sniff/sniff.h"

enum { TYPES_MAX = 1 << 20 };

#define OOXML "application/vnd.openxmlformats-officedocument."

/* The type of a package's main part, as its list of types spells it, and the type of the file. */
static const struct {
    const char *part, *mime;
} KINDS[] = {
    {"ms-word.document.macroEnabled.main", "application/vnd.ms-word.document.macroEnabled.12"},
    {"ms-word.template.macroEnabledTemplate.main",
     "application/vnd.ms-word.template.macroEnabled.12"},
    {"wordprocessingml.template.main", OOXML "wordprocessingml.template"},
    {"ms-excel.sheet.macroEnabled.main", "application/vnd.ms-excel.sheet.macroEnabled.12"},
    {"ms-excel.sheet.binary.macroEnabled.main",
     "application/vnd.ms-excel.sheet.binary.macroEnabled.12"},
    {"ms-excel.template.macroEnabled.main", "application/vnd.ms-excel.template.macroEnabled.12"},
    {"ms-excel.addin.macroEnabled.main", "application/vnd.ms-excel.addin.macroEnabled.12"},
    {"spreadsheetml.template.main", OOXML "spreadsheetml.template"},
    {"ms-powerpoint.presentation.macroEnabled.main",
     "application/vnd.ms-powerpoint.presentation.macroEnabled.12"},
    {"ms-powerpoint.slideshow.macroEnabled.main",
     "application/vnd.ms-powerpoint.slideshow.macroEnabled.12"},
    {"ms-powerpoint.template.macroEnabled.main",
     "application/vnd.ms-powerpoint.template.macroEnabled.12"},
    {"ms-powerpoint.addin.macroEnabled.main",
     "application/vnd.ms-powerpoint.addin.macroEnabled.12"},
    {"presentationml.slideshow.main", OOXML "presentationml.slideshow"},
    {"presentationml.template.main", OOXML "presentationml.template"},
};

static int take(void *ctx, const void *data, size_t len)
{
    return buf_append(ctx, data, len);
}

const char *sniff_ooxml(const unsigned char *data, size_t len, const char *otherwise)
{
    struct input input = {.data = data, .len = len};
    struct package package;
    CLEANUP(cleanup_buf) struct buf types = {0};
    const char *found = otherwise;

    if (package_open(&package, &input)) {
        package_release(&package);
        return otherwise;
    }
    buf_init(&types, TYPES_MAX);
    struct part *part = package_part(&package, "[Content_Types].xml");
    if (part)
        (void)package_read(&package, part, take, &types);
    for (size_t i = 0; i < ARRAY_LEN(KINDS); i++)
        if (memmem(types.data, types.len, KINDS[i].part, strlen(KINDS[i].part)))
            found = KINDS[i].mime;
    package_release(&package);
    return found;
}

/* OpenDocument without the entry that names its type: its manifest, or the root of its content. */
const char *sniff_odf(const unsigned char *data, size_t len)
{
    static const struct {
        const char *text, *mime;
    } kinds[] = {
        {"opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
        {"opendocument.presentation", "application/vnd.oasis.opendocument.presentation"},
        {"opendocument.graphics", "application/vnd.oasis.opendocument.graphics"},
        {"opendocument.formula", "application/vnd.oasis.opendocument.formula"},
        {"opendocument.text", "application/vnd.oasis.opendocument.text"},
        {"vnd.sun.xml.calc", "application/vnd.sun.xml.calc"},
        {"vnd.sun.xml.impress", "application/vnd.sun.xml.impress"},
        {"vnd.sun.xml.writer", "application/vnd.sun.xml.writer"},
        {"office:spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
        {"office:presentation", "application/vnd.oasis.opendocument.presentation"},
        {"office:drawing", "application/vnd.oasis.opendocument.graphics"},
        {"math:math", "application/vnd.oasis.opendocument.formula"},
        {"office:text", "application/vnd.oasis.opendocument.text"},
    };
    static const char *const parts[] = {"mimetype", "META-INF/manifest.xml", "content.xml"};
    struct input input = {.data = data, .len = len};
    struct package package;
    const char *found = NULL;

    if (package_open(&package, &input)) {
        package_release(&package);
        return NULL;
    }
    bool content = package_part(&package, "content.xml") != NULL;
    for (size_t i = 0; content && !found && i < ARRAY_LEN(parts); i++) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        struct part *part = package_part(&package, parts[i]);
        size_t first = SIZE_MAX;
        buf_init(&text, TYPES_MAX);
        if (part)
            (void)package_read(&package, part, take, &text);
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
            const char *at = memmem(text.data, text.len, kinds[k].text, strlen(kinds[k].text));
            if (at && (size_t)(at - text.data) < first) {
                first = (size_t)(at - text.data);
                found = kinds[k].mime;
            }
        }
    }
    package_release(&package);
    return found;
}
