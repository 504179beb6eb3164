#include "cmd/timeline_name.h"

#include <stdlib.h>

#include "names/entities.h"
#include "text/passage.h"

enum {
    MENTIONS_MAX = 1 << 20, /* of a name */
    NEAR_BYTES = 400,       /* between a name and a date that is its own: some sentences */
    AROUND_BYTES = 100,     /* of a passage before and behind what it shows */
};

static int place_order(const void *left, const void *right)
{
    const struct name_place *a = left;
    const struct name_place *b = right;

    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static int on_mention(void *ctx, const struct entity_mention *mention)
{
    struct timeline_name *name = ctx;

    name->places = mem_room(name->places, name->count, sizeof(*name->places));
    name->places[name->count++] =
        (struct name_place){mention->item, mention->page, mention->at, mention->len};
    return 0;
}

int timeline_name_find(struct sanad_case *kase, const char *given, struct timeline_name *ret_name,
                       struct err *err)
{
    int64_t id;
    int rc = entity_meant(kase, given, &id, err);

    *ret_name = (struct timeline_name){.kase = kase};
    if (!rc)
        rc = entity_mentions(kase, id, MENTIONS_MAX, on_mention, ret_name, err);
    if (!rc && ret_name->count)
        qsort(ret_name->places, ret_name->count, sizeof(*ret_name->places), place_order);
    for (size_t i = 0; i < ret_name->count; i++)
        ret_name->documents += !i || ret_name->places[i].item != ret_name->places[i - 1].item;
    return rc;
}

void timeline_name_release(struct timeline_name *name)
{
    page_free(name->page);
    free(name->places);
    *name = (struct timeline_name){0};
}

/* The first place that is not before another. */
static size_t place_from(const struct timeline_name *name, const struct name_place *wanted)
{
    size_t low = 0;
    size_t high = name->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (place_order(&name->places[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Bytes between a name and a date of its page; 0 where one is in the other. */
static uint32_t distance(const struct name_place *place, const struct event *event)
{
    uint32_t end = place->at + place->len;

    if (event->start >= end)
        return event->start - end;
    return place->at >= event->end ? place->at - event->end : 0;
}

const struct name_place *timeline_name_near(const struct timeline_name *name,
                                            const struct event *event)
{
    bool own = event->source >= 0;
    uint32_t from = own || event->start < NEAR_BYTES ? 0 : event->start - NEAR_BYTES;
    struct name_place wanted = {.item = event->item, .page = own ? 0 : event->page, .at = from};
    const struct name_place *nearest = NULL;

    for (size_t i = place_from(name, &wanted); i < name->count; i++) {
        const struct name_place *place = &name->places[i];
        if (place->item != event->item)
            break;
        if (own)
            return place;
        if (place->page != event->page || place->at > event->end + NEAR_BYTES)
            break;
        if (!nearest || distance(place, event) < distance(nearest, event))
            nearest = place;
    }
    return nearest;
}

/* ---- the words around ---- */

static void put_passage(const struct page *page, size_t from, size_t to, struct buf *out)
{
    size_t start;
    size_t end;
    bool gap = false;

    passage_cut(page->text, page->text_len, from, to, AROUND_BYTES, &start, &end);
    if (start > 0)
        buf_append_str(out, "…");
    for (size_t i = start; i < end; i++) {
        if (passage_is_blank(page->text[i])) {
            gap = i > start;
            continue;
        }
        if (gap)
            (void)buf_append_char(out, ' ');
        gap = false;
        (void)buf_append_char(out, page->text[i]);
    }
    if (end < page->text_len)
        buf_append_str(out, "…");
}

int timeline_name_passage(struct timeline_name *name, const struct name_place *place,
                          const struct event *event, struct buf *out, struct err *err)
{
    size_t from = place->at;
    size_t to = from + place->len;

    if (!name->page || name->page->item != place->item ||
        page_id_number(name->page->id) != place->page) {
        page_free(name->page);
        name->page = NULL;
        int rc = page_load(name->kase, place->item, place->page, &name->page, err);
        if (rc)
            return rc;
    }
    if (event && event->source < 0 && event->page == place->page) {
        from = event->start < from ? event->start : from;
        to = event->end > to ? event->end : to;
    }
    if (to <= name->page->text_len)
        put_passage(name->page, from, to, out);
    return 0;
}

/* ---- documents that nothing dates ---- */

static int has_date(void *ctx, const struct event *event)
{
    (void)event;
    *(bool *)ctx = true;
    return 0;
}

int timeline_name_undated(struct timeline_name *name, undated_fn *fn, void *ctx, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < name->count && !rc; i++) {
        bool dated = false;
        if (i && name->places[i].item == name->places[i - 1].item)
            continue;
        rc = events_own(name->kase, name->places[i].item, has_date, &dated, err);
        if (!rc && !dated)
            rc = fn(ctx, &name->places[i]);
    }
    return rc;
}
