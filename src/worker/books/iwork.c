#include "worker/books/iwork.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "worker/archive/inflate.h"
#include "worker/books/book.h"

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), n = strlen(ending);

    return len >= n && strcasecmp(name + len - n, ending) == 0;
}

/* A folder package that was zipped has its parts in a folder: "Name.pages/Index.zip". */
static struct part *find_part(struct package *package, const char *name)
{
    for (size_t i = 0; i < package->count; i++) {
        const char *part = package->parts[i].name;
        size_t len = strlen(part), n = strlen(name);
        if (len >= n && strcmp(part + len - n, name) == 0 && (len == n || part[len - n - 1] == '/'))
            return &package->parts[i];
    }
    return NULL;
}

/* ---- '09 ---- */

static bool read_xml(struct package *package, struct emit *emit)
{
    static const char *const names[] = {"index.xml", "index.apxl", "index.xml.gz", "index.apxl.gz"};
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    CLEANUP(cleanup_buf) struct buf xml = {0};
    struct part *part = NULL;

    for (size_t i = 0; i < ARRAY_LEN(names) && !part; i++)
        part = find_part(package, names[i]);
    if (!part)
        return false;
    part->taken = true;
    buf_init(&xml, (size_t)2 * IWORK_PART_BYTES);
    if (book_part_read(package, part, &bytes) && package->damage == REASON_NONE)
        package->damage = REASON_LIMIT_SIZE;
    bool packed = ends_with(part->name, ".gz");
    if (packed && inflate_into(INFLATE_GZIP, bytes.data, bytes.len, &xml) &&
        package->damage == REASON_NONE)
        package->damage = REASON_CORRUPT;
    const struct buf *text = packed ? &xml : &bytes;
    if (text->len && iwork_xml_read(text->data, text->len, emit) && package->damage == REASON_NONE)
        package->damage = REASON_CORRUPT;
    return true;
}

/* ---- since 2013 ---- */

/* Layouts that slides are made from hold only placeholders. */
static bool is_layout(const char *name)
{
    return strstr(name, "MasterSlide") || strstr(name, "TemplateSlide");
}

static bool add_parts(struct package *package, struct iwa *iwa)
{
    bool found = false;

    for (size_t i = 0; i < package->count; i++) {
        CLEANUP(cleanup_buf) struct buf bytes = {0};
        struct part *part = &package->parts[i];
        if (!ends_with(part->name, ".iwa"))
            continue;
        found = true;
        part->taken = true;
        if (is_layout(part->name) || book_part_read(package, part, &bytes))
            continue;
        iwa_add(iwa, (const unsigned char *)bytes.data, bytes.len);
    }
    return found;
}

/* Parts stand in the package, or, in one saved as a folder, in its Index.zip. */
static bool read_iwa(struct package *package, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf inner_bytes = {0};
    struct part *index = find_part(package, "Index.zip");
    struct iwa iwa = {0};
    bool found = add_parts(package, &iwa);

    if (!found && index && book_part_read(package, index, &inner_bytes) == 0) {
        struct input inner = {.data = (const unsigned char *)inner_bytes.data,
                              .len = inner_bytes.len};
        struct package inside;
        index->taken = true;
        if (package_open(&inside, &inner) == 0) {
            found = add_parts(&inside, &iwa);
            if (package->damage == REASON_NONE)
                package->damage = inside.damage;
            package_release(&inside);
        }
    }
    iwa_send(&iwa, emit);
    if (iwa.damaged && package->damage == REASON_NONE)
        package->damage = REASON_CORRUPT;
    iwa_release(&iwa);
    return found;
}

/* ---- files ---- */

/* Pictures of the document's first page, for file browsers. */
static bool is_preview(const char *name)
{
    return strstr(name, "QuickLook/") || strncasecmp(name, "preview", 7) == 0 ||
           strstr(name, "/preview");
}

static bool is_file(const struct part *part)
{
    static const char *const machinery[] = {
        ".plist", ".iwa", ".chrtshr", "/", ".apxl", ".gz", "DocumentIdentifier", ".iwph", ".iwpv2"};

    for (size_t i = 0; i < ARRAY_LEN(machinery); i++)
        if (ends_with(part->name, machinery[i]))
            return false;
    return !part->taken && part->len > 0 && !strstr(part->name, "__MACOSX/") &&
           !is_preview(part->name);
}

static void send_files(struct package *package, struct emit *emit)
{
    for (size_t i = 0; i < package->count && !emit->stop; i++)
        if (is_file(&package->parts[i]))
            package_send_child(package, &package->parts[i], package->parts[i].name, "", emit);
}

/* What a preview shows is better than nothing: the PDF, or else the largest picture. */
static void send_preview(struct package *package, struct emit *emit)
{
    struct part *best = NULL;

    for (size_t i = 0; i < package->count; i++) {
        struct part *part = &package->parts[i];
        if (!is_preview(part->name) || part->len == 0)
            continue;
        if (!best || (ends_with(part->name, ".pdf") && !ends_with(best->name, ".pdf")) ||
            (ends_with(part->name, ".pdf") == ends_with(best->name, ".pdf") &&
             part->len > best->len))
            best = part;
    }
    if (best)
        package_send_child(package, best, best->name, "", emit);
}

/* '09 gives the parts of a locked document a method of its own; later ones add a part. */
static bool is_locked(struct package *package)
{
    const struct part *history = find_part(package, "buildVersionHistory.plist");

    return find_part(package, ".iwph") || find_part(package, ".iwpv2") ||
           (history && history->method != 0 && history->method != 8);
}

static struct verdict read_package(struct package *package, const struct input *input,
                                   struct emit *emit)
{
    if (is_locked(package))
        return verdict_failed(REASON_PASSWORD,
                              "the document is locked with a password, in a way sanad cannot open");
    bool known = read_iwa(package, emit);
    known = known || read_xml(package, emit);
    send_files(package, emit);
    if (emit_words(emit) == 0)
        send_preview(package, emit);
    if (!known)
        return verdict_empty(REASON_UNSUPPORTED,
                             "this version of %s is not read; its preview is "
                             "listed below it",
                             input->mime);
    struct verdict verdict = package_verdict(package, emit);
    if (verdict.outcome == OUTCOME_FAILED && verdict.reason == REASON_CORRUPT && emit_words(emit)) {
        verdict.outcome = OUTCOME_TEXT;
        return verdict;
    }
    if (verdict.outcome == OUTCOME_EMPTY && emit->children)
        return verdict_empty(REASON_CONTAINER, "it has no words; it holds %u files",
                             emit->children);
    return verdict;
}

struct verdict iwork_read(const struct input *input, struct emit *emit)
{
    return package_read_with(read_package, input, emit);
}
