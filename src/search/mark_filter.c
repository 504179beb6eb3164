#include "search/mark_filter.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "marks/marked.h"

#define ANY_LABEL "*"
#define ANY_MARK "yes"

static const struct mark_field {
    enum query_field field;
    enum marks_kind kind;
    const char *none; /* what is said when nothing passes */
} mark_fields[] = {
    {FIELD_TAG, MARKS_TAG, "no document has the tag"},
    {FIELD_LIST, MARKS_LIST, "no document is on the list"},
    {FIELD_COLOUR, MARKS_HIGHLIGHT, "no document is highlighted with"},
    {FIELD_STARRED, MARKS_STAR, "no document is starred:"},
    {FIELD_NOTED, MARKS_NOTE, "no document has a note:"},
};

static const struct mark_field *find_field(enum query_field field)
{
    for (size_t i = 0; i < ARRAY_LEN(mark_fields); i++)
        if (mark_fields[i].field == field)
            return &mark_fields[i];
    return NULL;
}

bool mark_filter_is(enum query_field field)
{
    return find_field(field) != NULL;
}

static int add_item(void *ctx, int64_t item)
{
    id_set_add(ctx, item);
    return 0;
}

int mark_filter_items(struct id_set *items, struct db *db, enum query_field field,
                      const char *value, char *note, struct err *err)
{
    const struct mark_field *by = find_field(field);
    struct marked_wish wish = {.kind = by->kind};
    bool any = strcasecmp(value, ANY_MARK) == 0;

    if (marks_kind_has_label(by->kind))
        wish.label = strcmp(value, ANY_LABEL) == 0 ? NULL : value;
    else if (field == FIELD_STARRED)
        wish.who = any ? NULL : value;
    else
        wish.words = any ? NULL : value;
    int rc = marked_items(db, &wish, add_item, items, err);
    if (!rc && items->count == 0 && !note[0])
        snprintf(note, QUERY_NOTE_MAX, "%s \"%.100s\"", by->none, value);
    return rc;
}
