#include "web/names_json.h"

#include <string.h>

#include "base/clock.h"

void entity_brief_put(struct json_writer *json, const struct entity *entity)
{
    json_put_int(json, "id", entity->id);
    json_put_str(json, "kind", mention_kind_word(entity->kind));
    json_put_str(json, "name", entity->shown);
    json_put_int(json, "documents", entity->documents);
    json_put_int(json, "mentions", entity->mentions);
}

void entity_members_put(struct json_writer *json, const struct entity *entity)
{
    entity_brief_put(json, entity);
    json_put_int(json, "spellings", entity->spellings);
}

void decision_members_put(struct json_writer *json, const struct decision *decision)
{
    char at[32];

    clock_format(decision->at, at);
    json_put_int(json, "decision", decision->id);
    json_put_str(json, "verdict", verdict_word(decision->verdict));
    if (decision->verdict == VERDICT_UNDO) {
        json_put_int(json, "undoes", decision->undoes);
    } else {
        json_put_str(json, "a", decision->a);
        json_put_str(json, "b", decision->b);
    }
    json_put_str(json, "at", at);
    json_put_str(json, "by", decision->who);
    json_put_str(json, "why", decision->why);
    if (decision->undone_by)
        json_put_int(json, "undone_by", decision->undone_by);
}

void decision_put_json(struct json_writer *json, const struct decision *decision)
{
    json_open_object(json, NULL);
    decision_members_put(json, decision);
    json_close_object(json);
}

struct called {
    struct json_writer *json;
    bool found;
};

static int put_called(void *ctx, const struct decision *decision)
{
    struct called *called = ctx;

    if (decision->b[0] == '\0')
        return 1;
    called->found = true;
    json_open_object(called->json, "called");
    decision_members_put(called->json, decision);
    json_close_object(called->json);
    return 1;
}

static int put_note(void *ctx, const struct decision *decision)
{
    if (decision->why[0])
        decision_put_json(ctx, decision);
    return 0;
}

int entity_told_put(struct json_writer *json, struct sanad_case *kase, int64_t entity,
                    struct err *err)
{
    struct called called = {json, false};
    int rc = entity_told(kase, entity, VERDICT_RENAME, put_called, &called, err);

    if (!called.found)
        json_put_null(json, "called");
    json_open_array(json, "notes");
    if (rc >= 0)
        rc = entity_told(kase, entity, VERDICT_NOTE, put_note, json, err);
    json_close_array(json);
    return rc < 0 ? rc : 0;
}

static void put_used(struct json_writer *json, const struct used_name *name)
{
    json_open_object(json, NULL);
    json_put_str(json, "asked", name->asked);
    if (name->entity) {
        json_put_int(json, "id", name->entity);
        json_put_str(json, "name", name->shown);
    }
    json_open_array(json, "spellings");
    for (size_t i = 0; i < name->count; i++) {
        json_open_object(json, NULL);
        json_put_str(json, "spelling", name->spellings[i].shown);
        json_put_int(json, "mentions", name->spellings[i].mentions);
        json_put_bool(json, "used", !name->spellings[i].off);
        json_close_object(json);
    }
    json_close_array(json);
    if (name->left_out)
        json_put_int(json, "left_out", name->left_out);
    json_open_array(json, "others");
    for (size_t i = 0; i < name->other_count; i++) {
        json_open_object(json, NULL);
        json_put_int(json, "id", name->others[i].id);
        json_put_str(json, "name", name->others[i].shown);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

void used_names_put(struct json_writer *json, const struct used_names *used)
{
    json_open_array(json, "names");
    for (size_t i = 0; i < used->count; i++)
        put_used(json, &used->names[i]);
    json_close_array(json);
}

int entity_kind_read(const char *word, int *ret_kind, struct err *err)
{
    *ret_kind = -1;
    if (word[0] == '\0')
        return 0;
    for (int kind = 0; kind < MENTION_KINDS; kind++) {
        if (strcmp(word, mention_kind_word((enum mention_kind)kind)) == 0) {
            *ret_kind = kind;
            return 0;
        }
    }
    return err_set(err, ERR_USAGE,
                   "the kind of a name is one of person, organisation, place, post, "
                   "email, url, phone, iban, card, passport, national-id, plate, "
                   "coordinates, reference");
}
