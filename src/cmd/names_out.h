/*
 * Entities and decisions as the commands about names print them.
 */
#ifndef CMD_NAMES_OUT_H
#define CMD_NAMES_OUT_H

#include "cmd/command.h"
#include "fmt/json.h"
#include "names/entities.h"

/* Opens the object of an entity, for the caller to go on with and to close. */
void entity_open_json(struct json_writer *json, const struct entity *entity);
/* All of one: its spellings, what may be the same, decisions, and so many of its mentions. */
int name_print(struct cmd *cmd, int64_t id, bool as_json, int64_t mentions, struct err *err);
/* A line for people. */
void decision_print(const struct decision *decision);

/* By which spellings the names of a query were searched. */
void used_names_print(const struct used_names *used);

#endif
