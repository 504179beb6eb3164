#include "worker/image/heif.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/image/exif.h"
#include "worker/image/xmp.h"

enum { ITEM_BYTES_MAX = 64 << 20, EXTENTS_MAX = 4096, BOX_HEAD = 8 };

bool heif_is(const unsigned char *data, size_t len)
{
    static const char brands[][5] = {"heic", "heix", "heim", "heis", "hevc", "hevx",
                                     "mif1", "msf1", "avif", "avis", "mif2"};
    struct box ftyp;
    size_t at = 0;

    if (!box_next(data, len, &at, &ftyp) || strcmp(ftyp.type, "ftyp") != 0 || ftyp.len < 4)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(brands); i++)
        if (memcmp(ftyp.data, brands[i], 4) == 0)
            return true;
    return false;
}

static struct heif_item *item_of(struct heif *heif, uint32_t id)
{
    for (size_t i = 0; i < heif->item_count; i++)
        if (heif->items[i].id == id)
            return &heif->items[i];
    return NULL;
}

const struct heif_item *heif_item(const struct heif *heif, uint32_t id)
{
    for (size_t i = 0; i < heif->item_count; i++)
        if (heif->items[i].id == id)
            return &heif->items[i];
    return NULL;
}

/* "iinf": what items there are. */
static void read_names(struct heif *heif, const struct box *iinf)
{
    struct box infe;
    size_t at = iinf->len > 0 && iinf->data[0] == 0 ? 6 : 8;

    while (heif->item_count < heif->item_max && box_next(iinf->data, iinf->len, &at, &infe)) {
        unsigned version = infe.len >= 12 ? infe.data[0] : 0;
        size_t id_size = version == 3 ? 4 : 2;
        if (strcmp(infe.type, "infe") != 0 || version < 2 || infe.len < 4 + id_size + 6)
            continue;
        struct heif_item *item = &heif->items[heif->item_count++];
        item->id = (uint32_t)be_get(infe.data + 4, (unsigned)id_size);
        item->hidden = infe.data[3] & 1;
        item->content = "";
        const unsigned char *type = infe.data + 4 + id_size + 2;
        memcpy(item->type, type, 4);
        const char *name = (const char *)type + 4;
        const char *end = (const char *)infe.data + infe.len;
        size_t name_len = strnlen(name, (size_t)(end - name));
        if (strcmp(item->type, "mime") == 0 && name + name_len + 1 < end &&
            memchr(name + name_len + 1, '\0', (size_t)(end - name) - name_len - 1))
            item->content = name + name_len + 1;
    }
}

/* "iloc": where they are. */
static void read_places(struct heif *heif, const struct box *iloc)
{
    if (iloc->len < 8)
        return;
    const unsigned char *end = iloc->data + iloc->len;
    unsigned version = iloc->data[0];
    unsigned base_size = iloc->data[5] >> 4;
    heif->offset_size = iloc->data[4] >> 4;
    heif->length_size = iloc->data[4] & 15;
    heif->index_size = version ? iloc->data[5] & 15 : 0;
    unsigned wide = version == 2 ? 4 : 2;
    const unsigned char *p = iloc->data + 6;
    if ((size_t)(end - p) < wide || heif->offset_size > 8 || heif->length_size > 8 || base_size > 8)
        return;
    uint64_t count = be_get(p, wide);
    p += wide;
    size_t extent = heif->offset_size + heif->length_size + heif->index_size;
    for (uint64_t i = 0; i < count; i++) {
        size_t head = wide + (version ? 2u : 0u) + 2 + base_size + 2;
        if ((size_t)(end - p) < head)
            return;
        struct heif_item *item = item_of(heif, (uint32_t)be_get(p, wide));
        unsigned construction = version ? p[wide + 1] & 15 : 0;
        const unsigned char *after = p + wide + (version ? 2 : 0) + 2;
        unsigned extents = be16_get(after + base_size);
        p += head;
        if (extent && extents > (size_t)(end - p) / extent)
            return;
        if (item) {
            item->construction = construction;
            item->base = be_get(after, base_size);
            item->extents = p;
            item->extent_count = extents;
        }
        p += extents * extent;
    }
}

/* "iprp": properties, and which items have them. */
static void read_uses(struct heif *heif, const struct box *ipma)
{
    if (ipma->len < 8)
        return;
    const unsigned char *p = ipma->data + 8;
    const unsigned char *end = ipma->data + ipma->len;
    size_t wide = ipma->data[0] < 1 ? 2 : 4;
    size_t step = ipma->data[3] & 1 ? 2 : 1;
    uint32_t count = be32_get(ipma->data + 4);
    for (uint32_t i = 0; i < count && (size_t)(end - p) > wide; i++) {
        struct heif_item *item = item_of(heif, (uint32_t)be_get(p, (unsigned)wide));
        size_t uses = p[wide];
        p += wide + 1;
        if (uses > (size_t)(end - p) / step)
            return;
        for (size_t j = 0; j < uses && item && item->use_count < HEIF_USES_MAX; j++)
            item->uses[item->use_count++] = step == 2 ? be16_get(p + 2 * j) & 0x7FFF : p[j] & 0x7F;
        p += uses * step;
    }
}

static void read_properties(struct heif *heif, const struct box *iprp)
{
    struct box found;
    size_t at = 0;

    if (box_find(iprp->data, iprp->len, 0, "ipco", &found))
        while (heif->property_count < heif->property_max &&
               box_next(found.data, found.len, &at, &heif->properties[heif->property_count]))
            heif->property_count++;
    at = 0;
    while (box_next(iprp->data, iprp->len, &at, &found))
        if (strcmp(found.type, "ipma") == 0)
            read_uses(heif, &found);
}

/* Calls for each reference; stops at what is no longer inside. */
static bool next_reference(const struct heif *heif, size_t *at, struct box *box, uint32_t *ret_from,
                           unsigned *ret_count)
{
    unsigned wide = heif->iref_version ? 4 : 2;

    if (!heif->has_iref || !box_next(heif->iref.data, heif->iref.len, at, box) ||
        box->len < wide + 2)
        return false;
    *ret_from = (uint32_t)be_get(box->data, wide);
    *ret_count = be16_get(box->data + wide);
    if (*ret_count > (box->len - wide - 2) / wide)
        *ret_count = (unsigned)((box->len - wide - 2) / wide);
    return true;
}

static uint32_t reference_to(const struct heif *heif, const struct box *box, unsigned index)
{
    unsigned wide = heif->iref_version ? 4 : 2;

    return (uint32_t)be_get(box->data + wide + 2 + (size_t)index * wide, wide);
}

/* Tiles, thumbnails and alpha planes are no pictures of their own. */
static void mark_parts(struct heif *heif)
{
    struct box box;
    uint32_t from;
    unsigned count;

    for (size_t at = 4; next_reference(heif, &at, &box, &from, &count);) {
        struct heif_item *item = item_of(heif, from);
        if (item && (strcmp(box.type, "thmb") == 0 || strcmp(box.type, "auxl") == 0))
            item->part = true;
        for (unsigned i = 0; i < count && strcmp(box.type, "dimg") == 0; i++) {
            item = item_of(heif, reference_to(heif, &box, i));
            if (item)
                item->part = true;
        }
    }
}

const struct heif_item *heif_reference(const struct heif *heif, const struct heif_item *item,
                                       const char *type, unsigned index)
{
    struct box box;
    uint32_t from;
    unsigned count;

    for (size_t at = 4; next_reference(heif, &at, &box, &from, &count);)
        if (from == item->id && strcmp(box.type, type) == 0)
            return index < count ? heif_item(heif, reference_to(heif, &box, index)) : NULL;
    return NULL;
}

static size_t at_most(size_t a, size_t b)
{
    return a < b ? a : b;
}

bool heif_open(struct heif *heif, const unsigned char *data, size_t len)
{
    struct box meta, box;

    *heif = (struct heif){.data = data, .len = len};
    if (!box_find(data, len, 0, "meta", &meta))
        return false;
    /* Both are boxes inside this one, each with a head of its own. */
    heif->item_max = at_most(meta.len / BOX_HEAD + 1, HEIF_ITEMS_MAX);
    heif->property_max = at_most(meta.len / BOX_HEAD + 1, HEIF_PROPERTIES_MAX);
    heif->items = mem_zalloc(heif->item_max, sizeof(*heif->items));
    heif->properties = mem_zalloc(heif->property_max, sizeof(*heif->properties));
    if (box_find(meta.data, meta.len, 4, "iinf", &box))
        read_names(heif, &box);
    if (box_find(meta.data, meta.len, 4, "iloc", &box))
        read_places(heif, &box);
    if (box_find(meta.data, meta.len, 4, "iprp", &box))
        read_properties(heif, &box);
    if (box_find(meta.data, meta.len, 4, "pitm", &box) && box.len >= 6)
        heif->primary =
            box.data[0] && box.len >= 8 ? be32_get(box.data + 4) : be16_get(box.data + 4);
    heif->has_idat = box_find(meta.data, meta.len, 4, "idat", &heif->idat);
    heif->has_iref = box_find(meta.data, meta.len, 4, "iref", &heif->iref) && heif->iref.len > 4;
    heif->iref_version = heif->has_iref ? heif->iref.data[0] : 0;
    mark_parts(heif);
    return true;
}

void heif_release(struct heif *heif)
{
    free(heif->items);
    free(heif->properties);
    heif->items = NULL;
    heif->properties = NULL;
}

static bool is_picture(const struct heif_item *item)
{
    static const char types[][5] = {"hvc1", "av01", "jpeg", "grid", "iden"};

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (strcmp(item->type, types[i]) == 0)
            return !item->hidden && !item->part;
    return false;
}

const struct heif_item *heif_page(const struct heif *heif, int page)
{
    const struct heif_item *first = heif_item(heif, heif->primary);

    if (first && page-- == 0)
        return first;
    for (size_t i = 0; i < heif->item_count; i++)
        if (&heif->items[i] != first && is_picture(&heif->items[i]) && page-- == 0)
            return &heif->items[i];
    return NULL;
}

const struct box *heif_property(const struct heif *heif, const struct heif_item *item,
                                const char *type)
{
    for (unsigned i = 0; i < item->use_count; i++) {
        size_t index = item->uses[i];
        if (index >= 1 && index <= heif->property_count &&
            strcmp(heif->properties[index - 1].type, type) == 0)
            return &heif->properties[index - 1];
    }
    return NULL;
}

void heif_bytes(const struct heif *heif, const struct heif_item *item, struct buf *out)
{
    const unsigned char *from = item->construction == 1 ? heif->idat.data : heif->data;
    size_t len = item->construction == 1 ? (heif->has_idat ? heif->idat.len : 0) : heif->len;
    size_t step = heif->offset_size + heif->length_size + heif->index_size;

    for (unsigned i = 0; i < item->extent_count && i < EXTENTS_MAX; i++) {
        const unsigned char *extent = item->extents + i * step + heif->index_size;
        uint64_t at = item->base + be_get(extent, heif->offset_size);
        uint64_t size = be_get(extent + heif->offset_size, heif->length_size);
        if (at > len)
            return;
        if (size == 0 || size > len - at)
            size = len - at;
        if (buf_append(out, from + at, (size_t)size))
            return;
    }
}

int heif_pages(const unsigned char *data, size_t len)
{
    struct heif heif;
    int count = 0;

    if (heif_open(&heif, data, len))
        while (heif_page(&heif, count))
            count++;
    heif_release(&heif);
    return count ? count : 1;
}

bool heif_size(const unsigned char *data, size_t len, int page, struct image_size *ret_size)
{
    struct heif heif;
    const struct heif_item *item = NULL;
    const struct box *ispe = NULL;

    *ret_size = (struct image_size){0};
    if (heif_open(&heif, data, len) && (item = heif_page(&heif, page)) != NULL)
        ispe = heif_property(&heif, item, "ispe");
    if (ispe && ispe->len >= 12)
        *ret_size = (struct image_size){be32_get(ispe->data + 4), be32_get(ispe->data + 8), 32};
    heif_release(&heif);
    return ret_size->width > 0 && ret_size->height > 0;
}

/* An EXIF item starts with the distance to its TIFF header. */
static void take_item(const struct heif *heif, const struct heif_item *item, struct facts *facts)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    bool exif = strcmp(item->type, "Exif") == 0;

    if (!exif && strcmp(item->content, "application/rdf+xml") != 0)
        return;
    buf_init(&bytes, ITEM_BYTES_MAX);
    heif_bytes(heif, item, &bytes);
    if (!exif) {
        xmp_facts(bytes.data, bytes.len, facts);
    } else if (bytes.len > 4) {
        uint32_t skip = be32_get((const unsigned char *)bytes.data);
        if (skip < bytes.len - 4)
            exif_facts((const unsigned char *)bytes.data + 4 + skip, bytes.len - 4 - skip, facts);
    }
}

void heif_facts(const unsigned char *data, size_t len, struct emit *emit)
{
    struct heif heif;
    struct facts facts;

    facts_init(&facts, emit);
    if (heif_open(&heif, data, len))
        for (size_t i = 0; i < heif.item_count; i++)
            take_item(&heif, &heif.items[i], &facts);
    heif_release(&heif);
    facts_finish(&facts);
}
