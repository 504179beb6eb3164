/*
 * Marks and labels as members of answers and of what the commands print for programs.
 */
#ifndef WEB_MARKS_JSON_H
#define WEB_MARKS_JSON_H

#include "fmt/json.h"
#include "marks/marks.h"

/* As an object. */
void label_put_json(struct json_writer *json, const char *key, const struct label *label);

/* Into an open object; places in texts are UTF-16 code units. `me`: whose marks are `mine`. */
void mark_members_put(struct json_writer *json, const struct annotation *mark, const char *me);
/* As an object. */
void mark_put_json(struct json_writer *json, const struct annotation *mark, const char *me);

/* What stands on an item in brief: an array of {kind, label, name, colour, marks}. */
int marked_put(struct json_writer *json, const char *key, struct sanad_case *kase, int64_t item,
               struct err *err);

#endif
