/* What the reader may be about to type: names and words of the case. */
#include <string.h>

#include "names/browse.h"
#include "search/complete.h"
#include "search/search.h"
#include "web/names_json.h"
#include "web/routes.h"

enum { TYPED_MAX = 256, NAMES_GIVEN = 6, WORDS_GIVEN = 6 };

static int put_entity(void *ctx, const struct entity *entity)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    entity_members_put(json, entity);
    json_close_object(json);
    return 0;
}

static int put_word(void *ctx, const char *word, int64_t pages)
{
    struct json_writer *json = ctx;

    json_open_object(json, NULL);
    json_put_str(json, "word", word);
    json_put_int(json, "pages", pages);
    json_close_object(json);
    return 0;
}

/* None in a case in which names were never looked for. */
static int put_names(struct call *call, struct json_writer *json, const char *typed,
                     struct err *err)
{
    struct err unknown = {0};

    if (names_ready(call->kase, &unknown) < 0)
        return 0;
    return entities_complete(call->kase, typed, NAMES_GIVEN, put_entity, json, err);
}

int api_complete(struct call *call, struct err *err)
{
    const char *typed = web_param(call, "q");
    struct json_writer json;
    int result;

    if (strlen(typed) > TYPED_MAX)
        return err_set(err, ERR_USAGE, "\"q\" is longer than %d bytes", TYPED_MAX);
    web_start_json(call, &json);
    json_open_object(&json, NULL);
    json_open_array(&json, "names");
    result = put_names(call, &json, typed, err);
    json_close_array(&json);
    json_open_array(&json, "words");
    if (result == 0)
        result = search_complete(call->kase, typed, WORDS_GIVEN, put_word, &json, err);
    json_close_array(&json);
    json_close_object(&json);
    return result;
}
