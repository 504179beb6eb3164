#include "web/marks_json.h"

#include <string.h>

#include "base/clock.h"
#include "marks/marked.h"
#include "web/utf16.h"

enum { CLOCK_MAX = 32 };

void label_put_json(struct json_writer *json, const char *key, const struct label *label)
{
    json_open_object(json, key);
    json_put_int(json, "id", label->id);
    json_put_str(json, "kind", marks_kind_word(label->kind));
    json_put_str(json, "name", label->name);
    json_put_str(json, "colour", label->colour);
    json_put_int(json, "marks", label->marks);
    json_put_int(json, "open", label->open);
    json_put_str(json, "by", label->who);
    json_put_bool(json, "removed", label->removed);
    json_close_object(json);
}

/* null: it never was. */
static void put_time(struct json_writer *json, const char *key, int64_t at)
{
    char text[CLOCK_MAX];

    clock_format(at, text);
    json_put_str(json, key, at > 0 ? text : NULL);
}

static void put_range(struct json_writer *json, const struct annotation *mark)
{
    struct utf16_map map;
    uint32_t start = 0;
    uint32_t end = 0;

    if (mark->shown != NULL) {
        utf16_map_init(&map, mark->shown->text, mark->shown->text_len);
        start = utf16_at(&map, mark->target.start);
        end = utf16_at(&map, mark->target.end);
        utf16_map_release(&map);
    }
    json_put_int(json, "start", start);
    json_put_int(json, "end", end);
}

static void put_target(struct json_writer *json, const struct annotation *mark)
{
    const struct mark_target *target = &mark->target;

    json_put_int(json, "item", target->item);
    json_put_int(json, "page", target->page);
    json_open_array(json, "regions");
    for (size_t i = 0; i < target->region_count; i++) {
        const struct mark_region *region = &target->regions[i];
        json_open_array(json, NULL);
        json_put_int(json, NULL, region->x0);
        json_put_int(json, NULL, region->y0);
        json_put_int(json, NULL, region->x1);
        json_put_int(json, NULL, region->y1);
        json_close_array(json);
    }
    json_close_array(json);
    json_put_str(json, "quote", target->quote);
    put_range(json, mark);
}

static const char *state_of(const struct annotation *mark)
{
    if (mark->kind != MARKS_LIST)
        return "";
    return mark->done ? "done" : "open";
}

void mark_members_put(struct json_writer *json, const struct annotation *mark, const char *me)
{
    json_put_int(json, "id", mark->id);
    json_put_str(json, "kind", marks_kind_word(mark->kind));
    put_target(json, mark);
    json_put_int(json, "label", mark->label.id);
    json_put_str(json, "name", mark->label.name);
    json_put_str(json, "colour", mark->label.colour);
    json_put_str(json, "text", mark->text);
    json_put_str(json, "lang", mark->lang);
    json_put_str(json, "state", state_of(mark));
    json_put_str(json, "done_by", mark->done_by);
    put_time(json, "done_at", mark->done_at);
    json_put_str(json, "checked_by", mark->checked_by);
    put_time(json, "checked_at", mark->checked_at);
    json_put_str(json, "by", mark->who);
    json_put_bool(json, "mine", strcmp(mark->who, me) == 0);
    put_time(json, "at", mark->at);
    put_time(json, "edited_at", mark->edited_at);
    json_put_int(json, "revisions", mark->revisions);
    json_put_bool(json, "removed", mark->removed);
    json_put_str(json, "path", mark->path);
    json_put_str(json, "title", mark->title);
}

void mark_put_json(struct json_writer *json, const struct annotation *mark, const char *me)
{
    json_open_object(json, NULL);
    mark_members_put(json, mark, me);
    json_close_object(json);
}

static int put_brief(void *ctx, const struct mark_brief *brief)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_str(json, "kind", marks_kind_word(brief->kind));
    json_put_int(json, "label", brief->label);
    json_put_str(json, "name", brief->name);
    json_put_str(json, "colour", brief->colour);
    json_put_int(json, "marks", brief->count);
    json_close_object(json);
    return 0;
}

int marked_put(struct json_writer *json, const char *key, struct sanad_case *kase, int64_t item,
               struct err *err)
{
    json_open_array(json, key);
    int rc = marked_brief(case_db(kase), item, put_brief, json, err);
    json_close_array(json);
    return rc;
}
