#include "names/mentions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "names/patterns.h"
#include "names/tagger.h"

const char *mention_kind_word(enum mention_kind kind)
{
    static const char *const words[MENTION_KINDS] = {
        "person", "organisation", "place",    "post",        "email", "url",         "phone",
        "iban",   "card",         "passport", "national-id", "plate", "coordinates", "reference"};

    BUG_IF(kind >= MENTION_KINDS);
    return words[kind];
}

/* Mentions of a part of the text, of one source. */
struct list {
    struct mention *mentions;
    size_t count;
    size_t base; /* where the part stands in the text */
};

static int keep(void *ctx, const struct mention *mention)
{
    struct list *list = ctx;

    list->mentions = mem_room(list->mentions, list->count, sizeof(*list->mentions));
    list->mentions[list->count] = *mention;
    list->mentions[list->count].start += list->base;
    list->mentions[list->count++].end += list->base;
    return 0;
}

/* Tells both lists in the order of the text; `formed`, what has a fixed form, is told whole. */
static int tell(const struct list *named, const struct list *formed, mention_seen_fn seen,
                void *ctx)
{
    size_t i = 0, k = 0;
    int rc = 0;

    while (!rc && (i < named->count || k < formed->count)) {
        const struct mention *name = i < named->count ? &named->mentions[i] : NULL;
        const struct mention *form = k < formed->count ? &formed->mentions[k] : NULL;

        if (name && form && name->start < form->end && form->start < name->end) {
            i++;
        } else if (name && (!form || name->start < form->start)) {
            rc = seen(ctx, name);
            i++;
        } else {
            rc = seen(ctx, form);
            k++;
        }
    }
    return rc;
}

int mentions_find(struct tagger *tagger, const char *text, size_t len, const char *lang,
                  mention_seen_fn seen, void *ctx)
{
    struct list named = {0};
    struct list formed = {0};
    int rc = 0;

    for (size_t at = 0; !rc && at < len;) {
        size_t end = tagger_part(text, len, at);

        named.base = formed.base = at;
        named.count = formed.count = 0;
        (void)tagger_read(tagger, text + at, end - at, lang, keep, &named);
        (void)patterns_find(text + at, end - at, keep, &formed);
        rc = tell(&named, &formed, seen, ctx);
        at = end;
    }
    free(named.mentions);
    free(formed.mentions);
    return rc;
}
