#include "web/timeline_lanes.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "names/browse.h"
#include "web/routes.h"

enum { LANES_MAX = 8, FOLDERS_GIVEN = 8, LETTERS_MAX = 256 };

void lanes_release(struct lanes_found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        free(found->lanes[i].title);
        item_set_release(&found->lanes[i].set);
    }
}

static int take_item(void *ctx, int64_t item)
{
    item_set_add(ctx, item);
    return 0;
}

static int take_person(void *ctx, const struct entity *entity)
{
    struct lanes_found *found = ctx;

    found->lanes[found->count++] =
        (struct lane){.id = entity->id, .title = mem_strdup(entity->shown)};
    return 0;
}

static int find_persons(struct lanes_found *found, struct err *err)
{
    struct entity_filter filter = {.kind = MENTION_PERSON, .limit = LANES_MAX};
    int result = names_ready(found->kase, err);

    if (result == 0)
        result = entities_each(found->kase, &filter, take_person, found, err);
    for (size_t i = 0; i < found->count && result == 0; i++)
        result =
            entity_items(found->kase, found->lanes[i].id, take_item, &found->lanes[i].set, err);
    return result;
}

static int find_folders(struct lanes_found *found, struct err *err)
{
    struct density_folder folders[LANES_MAX];
    int result = density_folders(found->kase, LANES_MAX, folders, &found->count, err);

    if (result != 0)
        found->count = 0;
    for (size_t i = 0; i < found->count; i++)
        found->lanes[i] = (struct lane){.title = folders[i].path, .set = folders[i].set};
    return result;
}

/* ---- lanes that somebody picked ---- */

static int take_title(void *ctx, const struct entity *entity)
{
    struct lane *lane = ctx;

    lane->id = entity->id;
    lane->title = mem_strdup(entity->shown);
    return 0;
}

/* "#12" a name, "/letters" a folder, "/" the one that all others lie in. */
static int find_picked(struct lanes_found *found, const char *line, struct err *err)
{
    struct lane *lane = &found->lanes[found->count++];

    if (line[0] == '/') {
        lane->title = mem_strdup(line + 1);
        return density_folder(found->kase, lane->title, &lane->set, err);
    }
    char *end;
    int64_t id = line[0] == '#' ? strtoll(line + 1, &end, 10) : 0;
    if (id <= 0 || *end != '\0')
        return err_set(err, ERR_USAGE, "\"picked\" has lines like #12 and /folder");
    int result = entity_one(found->kase, id, take_title, lane, err);
    return result == 0 ? entity_items(found->kase, lane->id, take_item, &lane->set, err) : result;
}

static int find_all_picked(const struct call *call, struct lanes_found *found, struct err *err)
{
    CLEANUP(cleanup_free) char *lines = mem_strdup(web_param(call, "picked"));
    char *rest = lines;
    int result = 0;

    for (char *line; result == 0 && (line = strsep(&rest, "\n")) != NULL;) {
        if (line[0] == '\0')
            continue;
        if (found->count == PICKED_MAX)
            return err_set(err, ERR_USAGE, "there is room for %d lanes", PICKED_MAX);
        result = find_picked(found, line, err);
    }
    return result;
}

int lanes_find(const struct call *call, struct lanes_found *found, struct err *err)
{
    const char *word = web_param(call, "lanes");

    *found = (struct lanes_found){.kase = call->kase};
    if (word[0] == '\0')
        return 0;
    if (strcmp(word, "person") == 0)
        return find_persons(found, err);
    if (strcmp(word, "folder") == 0)
        return find_folders(found, err);
    if (strcmp(word, "picked") == 0)
        return find_all_picked(call, found, err);
    return err_set(err, ERR_USAGE, "\"lanes\" must be person, folder or picked");
}

int lanes_set(const struct call *call, struct item_set *space, const struct item_set **ret_set,
              struct err *err)
{
    const char *folder = http_param(call->request, "folder");
    int64_t name;
    int result = web_number(call, "name", 1, INT32_MAX, 0, &name, err);

    *ret_set = NULL;
    if (result != 0 || (name == 0 && folder == NULL))
        return result;
    *ret_set = space;
    if (name == 0)
        return density_folder(call->kase, folder, space, err);
    result = names_ready(call->kase, err);
    if (result == 0)
        result = entity_now(call->kase, name, &name, err);
    return result == 0 ? entity_items(call->kase, name, take_item, space, err) : result;
}

/* ---- folders that may be picked ---- */

static int put_folder(void *ctx, const char *path, int64_t documents)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_str(json, "path", path);
    json_put_int(json, "documents", documents);
    json_close_object(json);
    return 0;
}

int api_timeline_folders(struct call *call, struct err *err)
{
    const char *letters = web_param(call, "text");
    struct json_writer json;

    if (strlen(letters) > LETTERS_MAX)
        return err_set(err, ERR_USAGE, "\"text\" is longer than %d bytes", LETTERS_MAX);
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "folders");
    int result = density_folders_like(call->kase, letters, FOLDERS_GIVEN, put_folder, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}
