#include "worker/books/epub.h"

#include <string.h>
#include <strings.h>

#include "worker/books/book.h"
#include "worker/archive/unpack.h"

/* ---- copy protection ---- */

struct protection {
    bool content; /* something other than a font is encrypted */
    bool font;    /* the open EncryptedData is a font's obfuscation, which hides nothing */
};

static void on_encryption_start(void *ctx, const struct xml_element *element)
{
    struct protection *protection = ctx;
    char algorithm[128];

    if (strcmp(element->name, "EncryptedData") == 0)
        protection->font = false;
    if (strcmp(element->name, "EncryptionMethod") == 0 &&
        xml_attribute(element, "Algorithm", algorithm, sizeof(algorithm)))
        protection->font |= strcmp(algorithm, "http://www.idpf.org/2008/embedding") == 0 ||
                            strcmp(algorithm, "http://ns.adobe.com/pdf/enc#RC") == 0;
}

static void on_encryption_end(void *ctx, const char *name)
{
    struct protection *protection = ctx;

    if (strcmp(name, "EncryptedData") == 0)
        protection->content |= !protection->font;
}

/* EPUB OCF 3.3, 4.2.6.3.1: encryption.xml lists what is encrypted. By which scheme, its neighbours
 * tell. */
static bool is_protected(struct package *package, struct verdict *ret_verdict)
{
    static const struct xml_handler handler = {.start = on_encryption_start,
                                               .end = on_encryption_end};
    struct protection protection = {0};

    (void)package_read_xml(package, "META-INF/encryption.xml", &handler, &protection);
    if (!protection.content)
        return false;
    if (package_part(package, "META-INF/license.lcpl"))
        *ret_verdict = verdict_failed(REASON_PASSWORD, "the book is locked with a passphrase "
                                                       "(Readium LCP), which only a licensed "
                                                       "reading program can use");
    else
        *ret_verdict =
            verdict_failed(REASON_UNSUPPORTED, "the book is under copy protection (%s)",
                           package_part(package, "META-INF/sinf.xml")     ? "Apple FairPlay"
                           : package_part(package, "META-INF/rights.xml") ? "Adobe ADEPT"
                                                                          : "of an unknown kind");
    return true;
}

/* ---- chapters ---- */

static bool is_page(const struct epub_item *item)
{
    static const char *const kinds[] = {
        "application/xhtml+xml",    "text/html", "text/x-oeb1-document",
        "application/x-dtbook+xml", "text/xml",  "application/xml"};

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcasecmp(item->mime, kinds[i]) == 0)
            return true;
    return false;
}

static void read_chapter(struct package *package, const struct epub_item *item, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct part *part = package_part(package, item->path);

    if (!part || part->taken || !is_page(item))
        return;
    part->taken = true;
    (void)book_part_read(package, part, &bytes);
    book_chapter(emit, item->label ? item->label : "", "UTF-8", bytes.data, bytes.len);
}

static void read_chapters(struct package *package, const struct epub *epub, struct emit *emit)
{
    for (size_t i = 0; i < epub->spine_count && !emit->stop; i++)
        read_chapter(package, &epub->items[epub->spine[i]], emit);
    /* what the spine leaves out is still in the book; the table of contents was read for labels */
    for (size_t i = 0; i < epub->item_count && !emit->stop; i++) {
        struct part *toc =
            epub->items[i].is_toc ? package_part(package, epub->items[i].path) : NULL;
        if (toc)
            toc->taken = true;
        read_chapter(package, &epub->items[i], emit);
    }
}

/* ---- files ---- */

/* Whether a part is a file of its own, not the machinery of the format. */
static bool is_file(const struct part *part)
{
    static const char *const folders[] = {"META-INF/", "__MACOSX/"};
    static const char *const endings[] = {
        ".css",      ".ncx", ".opf",  ".ttf",   ".otf",
        ".ttc",      ".js",  ".woff", ".woff2", ".xpgt",
        ".DS_Store", "/",    ".pls",  ".smil",  "iTunesMetadata.plist"};
    size_t len = strlen(part->name);

    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (strncmp(part->name, folders[i], strlen(folders[i])) == 0)
            return false;
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        size_t n = strlen(endings[i]);
        if (len >= n && strcasecmp(part->name + len - n, endings[i]) == 0)
            return false;
    }
    return !part->taken && part->len > 0 && strcmp(part->name, "mimetype") != 0;
}

static void send_files(struct package *package, struct emit *emit)
{
    for (size_t i = 0; i < package->count && !emit->stop; i++)
        if (is_file(&package->parts[i]))
            package_send_child(package, &package->parts[i], package->parts[i].name, "", emit);
}

/* False when it is no book: nothing has been sent then. */
static bool read_package(struct package *package, struct emit *emit, struct verdict *ret_verdict)
{
    struct epub epub;

    if (is_protected(package, ret_verdict))
        return true;
    bool is_book = epub_open(&epub, package, emit);
    if (is_book) {
        read_chapters(package, &epub, emit);
        send_files(package, emit);
        *ret_verdict = package_verdict(package, emit);
    }
    epub_release(&epub);
    return is_book;
}

struct verdict epub_read(const struct input *input, struct emit *emit)
{
    struct package package;
    struct verdict verdict;

    if (package_open(&package, input))
        return verdict_failed(REASON_CORRUPT, "it is no ZIP file inside");
    bool is_book = read_package(&package, emit, &verdict);
    package_release(&package);
    /* other formats have a container.xml too: what they hold becomes children */
    return is_book ? verdict : unpack_archive_read(input, emit);
}
