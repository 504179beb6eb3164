#include "worker/office/odf.h"

#include <stdio.h>
#include <string.h>

#include "worker/office/lock.h"
#include "worker/office/odf_content.h"
#include "worker/office/odf_lock.h"
#include "worker/office/properties.h"

enum { MACRO_MAX = 16 << 20 };

static void read_properties(struct package *package, struct emit *emit)
{
    struct properties properties;

    properties_init(&properties, emit);
    (void)package_read_xml(package, "meta.xml", &properties_handler, &properties);
    properties_release(&properties);
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

struct module {
    struct buf text;
};

static void on_module_text(void *ctx, const char *text, size_t len)
{
    (void)buf_append(&((struct module *)ctx)->text, text, len);
}

/* Macros: modules of Basic are XML around their source; lists and dialogs say nothing. */
static void send_macros(struct package *package, struct emit *emit)
{
    static const struct xml_handler handler = {.text = on_module_text};
    bool told = false;

    for (size_t i = 0; i < package->count && !emit->stop; i++) {
        struct part *part = &package->parts[i];
        if (strncmp(part->name, "Basic/", 6) != 0 || !ends_with(part->name, ".xml") ||
            ends_with(part->name, "script-lb.xml") || ends_with(part->name, "script-lc.xml"))
            continue;
        CLEANUP(cleanup_buf) struct buf name = {0};
        struct module module = {0};
        buf_init(&module.text, MACRO_MAX);
        buf_init(&name, 2 * PART_NAME_MAX);
        (void)package_read_xml(package, part->name, &handler, &module);
        (void)buf_printf(&name, "%.*s.bas", (int)strlen(part->name) - 4, part->name);
        emit_child(emit, name.data, name.len, "text/plain", INT64_MIN);
        emit_child_data(emit, module.text.data, module.text.len);
        emit_child_end(emit, REASON_NONE, "");
        buf_release(&module.text);
        if (!told)
            emit_meta(emit, "macros", "yes");
        told = true;
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

static struct verdict read_package(struct package *package, const struct input *input,
                                   struct emit *emit)
{
    enum odf_lock lock = odf_unlock(package, input);
    if (lock == ODF_LOCKED)
        return lock_verdict();
    if (lock == ODF_LOCK_UNKNOWN)
        return verdict_failed(REASON_PASSWORD, "locked in a way that no password here opens");
    if (lock == ODF_OPENED)
        emit_meta(emit, "encrypted", "yes");
    if (!package_part(package, "content.xml"))
        return verdict_failed(package->damage ? package->damage : REASON_CORRUPT,
                              "its content is missing");
    read_properties(package, emit);
    odf_content_read(package, "content.xml", ODF_CONTENT, emit);
    odf_content_read(package, "styles.xml", ODF_STYLES, emit);
    read_objects(package, emit);
    send_files(package, emit);
    send_macros(package, emit);
    return package_verdict(package, emit);
}

struct verdict odf_read(const struct input *input, struct emit *emit)
{
    return package_read_with(read_package, input, emit);
}
