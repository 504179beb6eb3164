#include "relate/thread_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/item.h"

void thread_ids_each(const char *field, thread_id_fn *fn, void *ctx)
{
    while ((field = strchr(field, '<')) != NULL) {
        const char *id = field + 1;
        size_t len = strcspn(id, "<> \t\r\n");
        if (id[len] == '>' && len > 0 && len <= THREAD_ID_BYTES)
            fn(ctx, id, len);
        field = id + len;
    }
}

static void add(void *ctx, const char *id, size_t len)
{
    struct thread_ids *ids = ctx;

    for (unsigned i = 0; i < ids->count; i++)
        if (strncmp(ids->ids[i], id, len) == 0 && ids->ids[i][len] == '\0')
            return;
    if (ids->count < THREAD_IDS_MAX)
        ids->ids[ids->count++] = mem_strndup(id, len);
}

/* The fields as the reader gave them; each once. */
struct fields {
    char *id, *answers, *before;
};

static void keep(char **field, const char *value)
{
    if (!*field)
        *field = mem_strdup(value);
}

static int on_meta(void *ctx, const char *key, const char *value)
{
    struct fields *fields = ctx;

    if (strcmp(key, "message-id") == 0)
        keep(&fields->id, value);
    else if (strcmp(key, "in-reply-to") == 0)
        keep(&fields->answers, value);
    else if (strcmp(key, "references") == 0)
        keep(&fields->before, value);
    return 0;
}

/* What a message answers is the last of its references; In-Reply-To, where it names another, is
 * nearer still. */
int thread_ids_load(struct thread_ids *ids, struct sanad_case *kase, int64_t item, struct err *err)
{
    struct fields fields = {0};
    int rc = item_meta_each(kase, item, on_meta, &fields, err);

    *ids = (struct thread_ids){0};
    if (fields.id)
        thread_ids_each(fields.id, add, ids);
    ids->own = ids->count > 0;
    if (fields.before)
        thread_ids_each(fields.before, add, ids);
    if (fields.answers)
        thread_ids_each(fields.answers, add, ids);
    free(fields.id);
    free(fields.answers);
    free(fields.before);
    return rc;
}

void cleanup_thread_ids(struct thread_ids *ids)
{
    for (unsigned i = 0; i < ids->count; i++)
        free(ids->ids[i]);
    *ids = (struct thread_ids){0};
}
