#include "worker/pdf/pdf_told.h"

#include <stdio.h>
#include <string.h>

/* Writes down the range that is being collected. */
static void range_end(struct told_matter *matter)
{
    size_t at = strlen(matter->pages);
    char range[32];

    if (matter->first == 0)
        return;
    if (matter->first == matter->last)
        snprintf(range, sizeof(range), "%s%u", at ? ", " : "", matter->first);
    else
        snprintf(range, sizeof(range), "%s%u-%u", at ? ", " : "", matter->first, matter->last);
    if (at + strlen(range) < sizeof(matter->pages))
        memcpy(matter->pages + at, range, strlen(range) + 1);
    else
        matter->cut = true;
    matter->first = 0;
}

static struct told_matter *matter_of(struct pdf_told *told, enum reason reason, const char *what,
                                     const char *why)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->matters[i].what == what && told->matters[i].why == why)
            return &told->matters[i];
    if (told->count == TOLD_MATTERS_MAX)
        return NULL;
    struct told_matter *matter = &told->matters[told->count++];
    *matter = (struct told_matter){.what = what, .why = why, .reason = reason};
    return matter;
}

void told_page(struct pdf_told *told, uint32_t page, enum reason reason, const char *what,
               const char *why)
{
    struct told_matter *matter = matter_of(told, reason, what, why);

    if (!matter || (matter->first && matter->last == page))
        return;
    if (matter->first && matter->last + 1 != page)
        range_end(matter);
    if (matter->first == 0)
        matter->first = page;
    matter->last = page;
    matter->count++;
}

void told_emit(struct pdf_told *told, struct emit *emit)
{
    for (size_t i = 0; i < told->count; i++) {
        struct told_matter *matter = &told->matters[i];
        range_end(matter);
        emit_warning(emit, matter->reason, "%s %s%s: %s%s%s", matter->count == 1 ? "page" : "pages",
                     matter->pages, matter->cut ? ", and more" : "", matter->what,
                     matter->why ? ": " : "", matter->why ? matter->why : "");
    }
}
