/*
 * What is known of names, as members of answers and of what the commands print for programs.
 */
#ifndef WEB_NAMES_JSON_H
#define WEB_NAMES_JSON_H

#include "fmt/json.h"
#include "names/entities.h"

/* The members of an entity, into an open object; in brief without the number of its spellings, for
 * where they are listed themselves. */
void entity_brief_put(struct json_writer *json, const struct entity *entity);
void entity_members_put(struct json_writer *json, const struct entity *entity);

/* Into an open object, and as an object. */
void decision_members_put(struct json_writer *json, const struct decision *decision);
void decision_put_json(struct json_writer *json, const struct decision *decision);

/* What people say of an entity, as members of an open object: "called", the decision that gave it
 * the name it is shown by, or null; "notes", the newest first. */
int entity_told_put(struct json_writer *json, struct sanad_case *kase, int64_t entity,
                    struct err *err);

/* By which spellings the names of a query were searched: the member "names". */
void used_names_put(struct json_writer *json, const struct used_names *used);

/* The kind of that word, -1 for "", ERR_USAGE for another. */
int entity_kind_read(const char *word, int *ret_kind, struct err *err);

#endif
