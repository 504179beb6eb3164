/*
 * How far a run that reads documents is, for the messages of news and for the overview.
 */
#ifndef WEB_RUNNING_JSON_H
#define WEB_RUNNING_JSON_H

#include "fmt/json.h"
#include "store/running.h"

/* NULL, when nothing runs, is written as null. */
void running_put_json(struct json_writer *json, const char *key, const struct running *running);

#endif
