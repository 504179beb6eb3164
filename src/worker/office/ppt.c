#include "worker/office/ppt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "worker/archive/inflate.h"
#include "worker/office/art.h"
#include "worker/ole/cfb.h"
#include "worker/office/lock.h"
#include "worker/ole/ole_macros.h"
#include "worker/ole/ole_props.h"
#include "worker/ole/ole_storage.h"
#include "worker/office/ppt_parts.h"

enum { LIST_SLIDES = 0, LIST_MASTERS = 1, LIST_NOTES = 2, NOTES_ID_AT = 16 };

struct slide {
    uint32_t object, id;
    struct ppt_outline outline;
};

struct slides {
    struct slide *items;
    size_t count;
};

/* ---- lists of slides ---- */

/* Each slide's entry, and behind it the texts it has in the outline. */
static void read_list(const struct record *list, struct slides *ret)
{
    struct record record;

    for (size_t at = 0; record_next(list->data, list->len, &at, &record);) {
        if (record.type == PPT_SLIDE_PERSIST && record.len >= 16 && ret->count < PPT_SLIDES_MAX) {
            ret->items = mem_room(ret->items, ret->count, sizeof(*ret->items));
            ret->items[ret->count++] = (struct slide){
                .object = le32_get(record.data),
                .id = le32_get(record.data + 12),
                .outline = {.data = record.data + record.len},
            };
        } else if (ret->count) {
            struct ppt_outline *outline = &ret->items[ret->count - 1].outline;
            outline->len = (size_t)(record.data + record.len - outline->data);
        }
    }
}

static void send_page(struct ppt *ppt, const struct buf *text, size_t number)
{
    struct page_head page = {.method = PAGE_TEXT, .confidence = CONFIDENCE_NONE};

    snprintf(page.label, sizeof(page.label), "slide %zu", number);
    emit_page(ppt->emit, &page, text->data, text->len, NULL, 0);
}

static void put_notes(const struct ppt *ppt, const struct record *slide, const struct slides *notes,
                      struct buf *out)
{
    struct record record;
    uint32_t id = 0;

    for (size_t at = 0; record_next(slide->data, slide->len, &at, &record);)
        if (record.type == PPT_SLIDE_ATOM && record.len >= NOTES_ID_AT + 4)
            id = le32_get(record.data + NOTES_ID_AT);
    for (size_t i = 0; id && i < notes->count; i++)
        if (notes->items[i].id == id && ppt_object(ppt, notes->items[i].object, &record) &&
            record.type == PPT_NOTES)
            ppt_text(&record, &notes->items[i].outline, out);
}

static void read_slides(struct ppt *ppt, const struct slides *slides, const struct slides *notes)
{
    for (size_t i = 0; i < slides->count && !ppt->emit->stop; i++) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        struct record record;

        buf_init(&text, PAGE_TEXT_MAX);
        if (ppt_object(ppt, slides->items[i].object, &record) && record.type == PPT_SLIDE) {
            ppt_text(&record, &slides->items[i].outline, &text);
            put_notes(ppt, &record, notes, &text);
        }
        send_page(ppt, &text, i + 1);
    }
}

static void read_masters(struct ppt *ppt, const struct slides *masters)
{
    CLEANUP(cleanup_buf) struct buf text = {0};

    buf_init(&text, PAGE_TEXT_MAX);
    for (size_t i = 0; i < masters->count; i++) {
        struct record record;
        if (ppt_object(ppt, masters->items[i].object, &record) &&
            (record.type == PPT_MASTER || record.type == PPT_SLIDE))
            ppt_master_text(&record, &text);
    }
    emit_flow(ppt->emit, TEXT_MAIN, text.data, text.len);
}

/* Without a table that leads to them: the slides as they stand in the file. */
static void read_loose(struct ppt *ppt)
{
    struct record record;
    size_t number = 0;

    for (size_t at = 0; !ppt->emit->stop && record_next(ppt->data, ppt->len, &at, &record);) {
        CLEANUP(cleanup_buf) struct buf text = {0};
        if (record.type != PPT_SLIDE && record.type != PPT_DOCUMENT && record.type != PPT_NOTES)
            continue;
        buf_init(&text, PAGE_TEXT_MAX);
        ppt_text(&record, NULL, &text);
        if (record.type == PPT_SLIDE)
            send_page(ppt, &text, ++number);
        else
            emit_flow(ppt->emit, TEXT_MAIN, text.data, text.len);
    }
}

/* ---- objects ---- */

/* An embedded document: a compound file, mostly deflated behind its length. */
static bool object_bytes(const struct record *record, struct buf *out)
{
    if (record->instance == 0)
        return buf_append(out, record->data, record->len) == 0;
    if (record->len < 4)
        return false;
    int rc = inflate_into(INFLATE_ZLIB, record->data + 4, record->len - 4, out);
    /* some writers leave the check sum out */
    return rc == 0 || (out->len && out->len >= le32_get(record->data));
}

static void send_object(struct ppt *ppt, uint32_t number, unsigned index)
{
    struct record record;
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    char name[32];

    if (!ppt_object(ppt, number, &record) || record.type != PPT_OBJECT_DATA)
        return;
    buf_init(&bytes, OLE_STORAGE_BYTES);
    snprintf(name, sizeof(name), "object%u", index);
    if (object_bytes(&record, &bytes)) {
        ole_compound_send((const unsigned char *)bytes.data, bytes.len, name, ppt->emit);
        return;
    }
    emit_child(ppt->emit, name, strlen(name), "", INT64_MIN);
    emit_child_end(ppt->emit, bytes.full ? REASON_LIMIT_SIZE : REASON_CORRUPT,
                   "it cannot be taken out of the presentation");
}

static void send_macros(struct ppt *ppt, uint32_t number)
{
    struct record record;
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, OLE_STORAGE_BYTES);
    if (!ppt_object(ppt, number, &record) || record.type != PPT_OBJECT_DATA ||
        !object_bytes(&record, &bytes))
        return;
    CLEANUP(cleanup_cfb)
    struct cfb *cfb = cfb_open((const unsigned char *)bytes.data, bytes.len);
    if (cfb)
        ole_macros_send(cfb, cfb_root(cfb), ppt->emit);
}

static void send_link(struct ppt *ppt, const struct record *link)
{
    CLEANUP(cleanup_buf) struct buf text = {0};
    struct record record;

    buf_init(&text, META_VALUE_MAX);
    for (size_t at = 0; record_next(link->data, link->len, &at, &record);) {
        if (record.type != PPT_STRING || record.instance != 1)
            continue;
        (void)ppt_string(&record, &text);
        (void)buf_append_char(&text, '\n');
    }
    emit_flow(ppt->emit, TEXT_REST, text.data, text.len);
}

/* What the document's records name besides slides; links first, since children end the text. */
static void walk_extras(struct ppt *ppt, const struct record *from, bool links, unsigned depth,
                        unsigned *index)
{
    struct record record;

    for (size_t at = 0; depth < 6 && record_next(from->data, from->len, &at, &record);) {
        if (record.type == PPT_LINK && links)
            send_link(ppt, &record);
        else if (record.type == PPT_OBJECT_ATOM && !links && record.len >= 20)
            send_object(ppt, le32_get(record.data + 16), ++*index);
        else if (record.type == PPT_VBA_ATOM && !links && record.len >= 4)
            send_macros(ppt, le32_get(record.data));
        else if (record_is_container(&record) && record.type != PPT_SLIDE_LIST)
            walk_extras(ppt, &record, links, depth + 1, index);
    }
}

/* ---- the document ---- */

static void read_document(struct ppt *ppt, const struct record *document)
{
    struct slides lists[3] = {0};
    struct record record;
    unsigned objects = 0;

    for (size_t at = 0; record_next(document->data, document->len, &at, &record);)
        if (record.type == PPT_SLIDE_LIST && record.instance < ARRAY_LEN(lists))
            read_list(&record, &lists[record.instance]);
    read_slides(ppt, &lists[LIST_SLIDES], &lists[LIST_NOTES]);
    read_masters(ppt, &lists[LIST_MASTERS]);
    walk_extras(ppt, document, true, 0, &objects);
    walk_extras(ppt, document, false, 0, &objects);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        free(lists[i].items);
}

static void send_pictures(const struct cfb *cfb, const struct cfb_entry *folder, struct emit *emit)
{
    CLEANUP(cleanup_buf) struct buf bytes = {0};
    struct art art = {.emit = emit};

    buf_init(&bytes, PPT_STREAM_MAX);
    (void)cfb_read(cfb, cfb_child(folder, "Pictures"), &bytes);
    art_pictures(&art, (const unsigned char *)bytes.data, bytes.len);
}

/* Where the last edit is, as the stream of the current user says; UINT32_MAX when it does not. */
static uint32_t last_edit(const struct cfb *cfb, const struct cfb_entry *folder)
{
    CLEANUP(cleanup_buf) struct buf user = {0};

    buf_init(&user, 64 << 10);
    (void)cfb_read(cfb, cfb_child(folder, "Current User"), &user);
    return user.len >= 20 ? le32_get(user.data + 16) : UINT32_MAX;
}

static struct verdict read_folder(const struct cfb *cfb, const struct cfb_entry *folder,
                                  const struct input *input, struct emit *emit)
{
    struct ppt ppt = {.emit = emit};
    struct record document;
    CLEANUP(cleanup_buf) struct buf bytes = {0};

    buf_init(&bytes, PPT_STREAM_MAX);
    int rc = cfb_read(cfb, cfb_child(folder, "PowerPoint Document"), &bytes);
    if (bytes.len == 0)
        return verdict_empty(REASON_UNSUPPORTED, "a presentation of PowerPoint 95 or older");
    ppt.data = (unsigned char *)bytes.data;
    ppt.len = bytes.len;
    ppt_persist_read(&ppt, last_edit(cfb, folder));
    if (ppt.lock_object) {
        emit_meta(emit, "encrypted", "yes");
        if (!ppt_unlock(&ppt, input)) {
            free(ppt.persist);
            return lock_verdict();
        }
    }
    bool found = ppt_object(&ppt, ppt.document, &document) && document.type == PPT_DOCUMENT;
    if (found)
        read_document(&ppt, &document);
    else
        read_loose(&ppt);
    if (!ppt.locked)
        send_pictures(cfb, folder, emit);
    else if (cfb_child(folder, "Pictures"))
        emit_warning(emit, REASON_PASSWORD, "the pictures of the locked slides were not opened");
    free(ppt.persist);
    struct verdict verdict = verdict_by_words(emit);
    if (verdict.outcome == OUTCOME_TEXT && (rc || !found))
        verdict.reason = rc ? REASON_TRUNCATED : REASON_CORRUPT;
    return verdict;
}

struct verdict ppt_read(const struct input *input, struct emit *emit)
{
    CLEANUP(cleanup_cfb) struct cfb *cfb = cfb_open(input->data, input->len);

    if (!cfb)
        return verdict_failed(REASON_CORRUPT, "its directory cannot be read");
    const struct cfb_entry *root = cfb_root(cfb);
    const struct cfb_entry *both = cfb_child(root, "PP97_DUALSTORAGE");
    ole_props_read(cfb, root, emit);
    return read_folder(cfb, both ? both : root, input, emit);
}
