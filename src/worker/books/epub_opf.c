#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/books/book.h"
#include "worker/books/epub.h"

/* ---- container.xml: where the package document is ---- */

static void on_container(void *ctx, const struct xml_element *element)
{
    char *path = ctx;

    if (!path[0] && strcmp(element->name, "rootfile") == 0)
        (void)xml_attribute(element, "full-path", path, BOOK_PATH_MAX);
}

static bool is_called(const char *path, const char *extension)
{
    const char *dot = strrchr(path, '.');

    return dot && strcasecmp(dot, extension) == 0;
}

/* The package document; where the container does not lead to one, the first that is there. */
static bool find_opf(struct package *package, char path[BOOK_PATH_MAX])
{
    static const struct xml_handler handler = {.start = on_container};

    path[0] = '\0';
    (void)package_read_xml(package, "META-INF/container.xml", &handler, path);
    for (size_t i = 0; i < package->count && !package_part(package, path); i++)
        if (is_called(package->parts[i].name, ".opf") &&
            strncmp(package->parts[i].name, "__MACOSX/", 9) != 0)
            snprintf(path, BOOK_PATH_MAX, "%s", package->parts[i].name);
    return package_part(package, path) != NULL;
}

/* ---- the package document ---- */

struct opf {
    struct epub *epub;
    struct emit *emit;
    const char *path;
    const char *key; /* what the open element is called in meta; NULL for none */
    struct buf value;
};

static struct epub_item *item_by_id(struct epub *epub, const char *id)
{
    for (size_t i = 0; i < epub->item_count; i++)
        if (strcmp(epub->items[i].id, id) == 0)
            return &epub->items[i];
    return NULL;
}

static void add_item(struct opf *opf, const struct xml_element *element)
{
    char id[128], href[BOOK_PATH_MAX], mime[MIME_MAX + 1], role[128], path[BOOK_PATH_MAX];
    struct epub *epub = opf->epub;

    if (epub->item_count >= EPUB_ITEMS_MAX || !xml_attribute(element, "href", href, sizeof(href)))
        return;
    epub->items = mem_room(epub->items, epub->item_count, sizeof(*epub->items));
    (void)xml_attribute(element, "id", id, sizeof(id));
    (void)xml_attribute(element, "media-type", mime, sizeof(mime));
    (void)xml_attribute(element, "properties", role, sizeof(role));
    book_path(opf->path, href, path);
    epub->items[epub->item_count++] = (struct epub_item){
        .id = mem_strdup(id),
        .path = mem_strdup(path),
        .mime = mem_strdup(mime),
        .is_toc = strcmp(mime, "application/x-dtbncx+xml") == 0 || strcmp(role, "nav") == 0,
    };
}

static void add_to_spine(struct opf *opf, const struct xml_element *element)
{
    char id[128];
    struct epub *epub = opf->epub;
    const struct epub_item *item =
        xml_attribute(element, "idref", id, sizeof(id)) ? item_by_id(epub, id) : NULL;

    if (!item || epub->spine_count >= EPUB_ITEMS_MAX)
        return;
    epub->spine = mem_room(epub->spine, epub->spine_count, sizeof(*epub->spine));
    epub->spine[epub->spine_count++] = (uint32_t)(item - epub->items);
}

static const char *fact_key(const struct xml_element *element)
{
    static const struct {
        const char *element, *key;
    } known[] = {
        {"title", "title"},       {"creator", "author"},          {"contributor", "contributor"},
        {"subject", "subject"},   {"description", "description"}, {"date", "date"},
        {"language", "language"}, {"publisher", "publisher"},     {"identifier", "identifier"},
        {"rights", "rights"},
    };
    char property[64];

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcasecmp(element->name, known[i].element) == 0)
            return known[i].key;
    if (strcmp(element->name, "meta") == 0 &&
        xml_attribute(element, "property", property, sizeof(property)) &&
        strcmp(property, "dcterms:modified") == 0)
        return "modified";
    return NULL;
}

static void on_opf_start(void *ctx, const struct xml_element *element)
{
    struct opf *opf = ctx;

    buf_clear(&opf->value);
    opf->key = fact_key(element);
    if (strcmp(element->name, "item") == 0)
        add_item(opf, element);
    else if (strcmp(element->name, "itemref") == 0)
        add_to_spine(opf, element);
}

static void on_opf_text(void *ctx, const char *text, size_t len)
{
    struct opf *opf = ctx;

    if (opf->key)
        (void)buf_append(&opf->value, text, len);
}

static void on_opf_end(void *ctx, const char *name)
{
    struct opf *opf = ctx;

    (void)name;
    if (opf->key)
        emit_meta_len(opf->emit, opf->key, opf->value.data, opf->value.len);
    opf->key = NULL;
}

/* ---- the table of contents ---- */

/* In an NCX a point is <navLabel><text>label</text></navLabel><content src="file"/>, in a
 * navigation document <a href="file">label</a>. */
struct toc {
    struct epub *epub;
    const char *path;
    struct buf label;
    char link[BOOK_PATH_MAX]; /* of the open <a>, or "" */
    bool in_label;
};

static void name_item(struct toc *toc, const char *href)
{
    char path[BOOK_PATH_MAX];

    book_path(toc->path, href, path);
    for (size_t i = 0; i < toc->epub->item_count; i++) {
        struct epub_item *item = &toc->epub->items[i];
        if (!item->label && toc->label.len && strcasecmp(item->path, path) == 0)
            item->label = mem_strndup(toc->label.data, toc->label.len);
    }
}

static void on_toc_start(void *ctx, const struct xml_element *element)
{
    char href[BOOK_PATH_MAX];
    struct toc *toc = ctx;

    if (strcmp(element->name, "text") == 0 || strcmp(element->name, "a") == 0) {
        buf_clear(&toc->label);
        toc->in_label = true;
        (void)xml_attribute(element, "href", toc->link, sizeof(toc->link));
    } else if (strcmp(element->name, "content") == 0 &&
               xml_attribute(element, "src", href, sizeof(href))) {
        name_item(toc, href);
    }
}

static void on_toc_text(void *ctx, const char *text, size_t len)
{
    struct toc *toc = ctx;

    for (size_t i = 0; i < len && toc->in_label; i++) {
        char c = strchr("\t\r\n ", text[i]) ? ' ' : text[i];
        if (c != ' ' || (toc->label.len && toc->label.data[toc->label.len - 1] != ' '))
            (void)buf_append_char(&toc->label, c);
    }
}

static void on_toc_end(void *ctx, const char *name)
{
    struct toc *toc = ctx;

    if (strcmp(name, "a") == 0) {
        name_item(toc, toc->link);
        toc->link[0] = '\0';
    }
    if (strcmp(name, "a") == 0 || strcmp(name, "text") == 0)
        toc->in_label = false;
}

static void read_tocs(struct epub *epub, struct package *package)
{
    static const struct xml_handler handler = {on_toc_start, on_toc_end, on_toc_text};
    enum reason before = package->damage;

    for (size_t i = 0; i < epub->item_count; i++) {
        struct toc toc = {.epub = epub, .path = epub->items[i].path};
        if (!epub->items[i].is_toc)
            continue;
        buf_init(&toc.label, 256);
        (void)package_read_xml(package, toc.path, &handler, &toc);
        buf_release(&toc.label);
        struct part *part = package_part(package, toc.path);
        if (part)
            part->taken = false; /* one that is in the spine is a chapter too */
    }
    if (package->damage != REASON_LIMIT_SIZE)
        package->damage = before; /* labels are no content */
}

bool epub_open(struct epub *epub, struct package *package, struct emit *emit)
{
    static const struct xml_handler handler = {on_opf_start, on_opf_end, on_opf_text};
    char path[BOOK_PATH_MAX];
    struct opf opf = {.epub = epub, .emit = emit, .path = path};

    *epub = (struct epub){0};
    if (!find_opf(package, path))
        return false;
    buf_init(&opf.value, META_VALUE_MAX);
    (void)package_read_xml(package, path, &handler, &opf);
    buf_release(&opf.value);
    read_tocs(epub, package);
    return true;
}

void epub_release(struct epub *epub)
{
    for (size_t i = 0; i < epub->item_count; i++) {
        free(epub->items[i].id);
        free(epub->items[i].path);
        free(epub->items[i].mime);
        free(epub->items[i].label);
    }
    free(epub->items);
    free(epub->spine);
    *epub = (struct epub){0};
}
