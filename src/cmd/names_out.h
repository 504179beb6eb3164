/*
 * Entities and decisions as the commands about names print them.
 */
#ifndef CMD_NAMES_OUT_H
#define CMD_NAMES_OUT_H

#include "fmt/json.h"
#include "names/entities.h"

void entity_put_json(struct json_writer *json, const struct entity *entity);
void decision_put_json(struct json_writer *json, const struct decision *decision);
/* A line for people. */
void decision_print(const struct decision *decision);

/* By which spellings the names of a query were searched: for people, and as a member "names". */
void used_names_print(const struct used_names *used);
void used_names_put_json(struct json_writer *json, const struct used_names *used);

#endif
